// Starts the real daemon on a free port over a fresh test library, and stops it.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const searchd = process.env.ACERVO_SEARCHD;
const makeLibrary = process.env.ACERVO_MAKE_TEST_LIBRARY;
if (!searchd || !makeLibrary) {
  throw new Error("ACERVO_SEARCHD and ACERVO_MAKE_TEST_LIBRARY must name the two programs; ctest sets them");
}

export function newLibrary() {
  const folder = mkdtempSync(join(tmpdir(), "acervo-web-"));
  const made = JSON.parse(execFileSync(makeLibrary, [folder], { encoding: "utf8" }));
  return { ...made, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// Resolves when the program ends: { code, signal, out, err }.
export function run(...args) {
  const child = spawn(searchd, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => {
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    child.on("close", (code, signal) => resolve({ code, signal, out, err }));
  });
  return { child, ended };
}

// Resolves when the daemon says it is ready.
export async function startDaemon(config, ...args) {
  const { child, ended } = run("--config", config, ...args);
  const ready = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said = line.match(/^Acervo is ready: (http:\/\/\S+)\/$/);
      if (said) {
        resolve(said[1]);
      }
    });
    ended.then(({ code, err }) => reject(new Error(`the daemon ended with ${code}: ${err}`)));
  });
  const url = await ready;
  return {
    url,
    child,
    ended,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

export function routes() {
  return execFileSync(searchd, ["--routes"], { encoding: "utf8" }).trim().split("\n");
}
