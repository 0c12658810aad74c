// The daemon as a process: how it starts, ends, and what it writes down.
import assert from "node:assert/strict";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { newLibrary, run, startDaemon } from "./daemon.js";
import { exchange, statuses } from "./raw.js";

let library;
before(() => {
  library = newLibrary();
});
after(() => library?.remove());

test("a port in use is said in one line, with what to do", async () => {
  const first = await startDaemon(library.config);
  const port = new URL(first.url).port;
  const { code, err, out } = await run("--config", library.config, "--port", port).ended;
  assert.equal(code, 1);
  assert.equal(out, "");
  assert.equal(err.trim().split("\n").length, 1, err);
  assert.match(err, new RegExp(`port ${port}.*--port`));
  assert.equal((await first.stop()).code, 0);
});

test("no index yet, no configuration, a wrong one: a clear line each", async () => {
  const empty = join(library.folder, "empty.toml");
  writeFileSync(empty, 'data = "nothing-here"\n');
  const without = await run("--config", empty).ended;
  assert.equal(without.code, 1);
  assert.match(without.err, /no index .*nothing-here.*acervo-indexer/);

  const wrong = join(library.folder, "wrong.toml");
  writeFileSync(wrong, 'data = "data"\n[search]\nprot = 8080\n');
  const refused = await run("--config", wrong).ended;
  assert.notEqual(refused.code, 0);
  assert.match(refused.err, /wrong\.toml:3/);

  assert.match((await run("--config", join(library.folder, "none.toml")).ended).err, /none\.toml/);
  assert.notEqual((await run().ended).code, 0);
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  test(`${signal} finishes the requests in flight and ends with 0`, async () => {
    const daemon = await startDaemon(library.config);
    const pending = Array.from({ length: 4 }, (_, i) =>
      fetch(`${daemon.url}/en/?q=municipality&page=1&size=100&n=${i}`).then((answer) => answer.text()));
    await Promise.race(pending);
    daemon.child.kill(signal);
    const ended = await daemon.ended;
    assert.equal(ended.code, 0, ended.err);
    for (const settled of await Promise.allSettled(pending)) {
      // Answered whole, or never taken: nothing is cut.
      if (settled.status === "fulfilled") {
        assert.match(settled.value, /<\/html>\s*$/);
      }
    }
    await assert.rejects(fetch(`${daemon.url}/en/`));
  });
}

test("SIGHUP reopens the access log; each request is one line of JSON", async () => {
  const daemon = await startDaemon(library.config);
  const log = join(library.folder, "access.log");
  await fetch(`${daemon.url}/api/v1/health`);
  renameSync(log, `${log}.1`);
  daemon.child.kill("SIGHUP");
  // The signal is taken by another thread: ask until its effect is seen.
  let asked = 0;
  for (let found = false; !found; asked += 1) {
    assert.ok(asked < 500, "the log was not reopened");
    await fetch(`${daemon.url}/fr/?q=secret%20words&n=${asked}`);
    try {
      found = readFileSync(log, "utf8").includes("\n");
    } catch {
      // Not there yet.
    }
  }
  await exchange(daemon.url, "G\"T /a%0Ab\"c HTTP/1.1\r\nHost: x\r\nUser-Agent: =?utf-8?q?a=0D=0AX?=\r\nConnection: close\r\n\r\n");
  assert.equal((await daemon.stop()).code, 0);
  const lines = readFileSync(`${log}.1`, "utf8").trim().split("\n").concat(readFileSync(log, "utf8").trim().split("\n"));
  for (const line of lines) {
    const record = JSON.parse(line);
    assert.deepEqual(Object.keys(record).slice(0, 6), ["time", "method", "path", "status", "ms", "bytes"]);
    assert.doesNotMatch(line, /secret/);
  }
  assert.ok(lines.some((line) => line.includes('"method":"G\\"T"')));
});

test("keep-alive answers several requests on one connection", async () => {
  const daemon = await startDaemon(library.config);
  const one = "GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n";
  const last = one.replace("Host: x", "Host: x\r\nConnection: close");
  const received = await exchange(daemon.url, one + one + last);
  assert.deepEqual(statuses(received), [200, 200, 200]);
  await daemon.stop();
});

test("rubbish gets an answer or a closed connection, and the daemon stays", async () => {
  const daemon = await startDaemon(library.config);
  for (const bytes of ["\r\n\r\n", "GET\r\n\r\n", "GET /\0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                       "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                       "GET /en/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                       "GET /assets/%2e%2e%2fstyle.css HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                       `GET /${"a".repeat(20000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`]) {
    const received = await exchange(daemon.url, bytes).catch(() => "");
    assert.ok(statuses(received).every((status) => status >= 400 && status < 500), received.slice(0, 100));
    assert.equal((await fetch(`${daemon.url}/api/v1/health`)).status, 200);
  }
  await daemon.stop();
});

test("four clients at once get what one gets", async () => {
  const daemon = await startDaemon(library.config);
  const urls = ["/api/v1/search?q=municipality", "/fr/?q=logement", `/en/documents/${library.water}?page=2&q=water`,
                "/api/v1/facets?q=agua", "/api/v1/suggest?q=ci", `/api/v1/documents/${library.water}`];
  const text = (url) => fetch(daemon.url + url).then((answer) => answer.text());
  const alone = await Promise.all(urls.map(text));
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let round = 0; round < 10; round += 1) {
      for (const [i, url] of urls.entries()) {
        assert.equal(await text(url), alone[i], url);
      }
    }
  }));
  assert.equal((await daemon.stop()).code, 0);
});

test("assets are cached for good, by the hash in their address", async () => {
  const daemon = await startDaemon(library.config);
  const page = await (await fetch(`${daemon.url}/en/`)).text();
  const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((one) => one[1]);
  assert.ok(assets.length >= 3);
  for (const asset of assets) {
    const answer = await fetch(daemon.url + asset);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("cache-control"), /immutable/);
    const again = await fetch(daemon.url + asset, { headers: { "if-none-match": answer.headers.get("etag") } });
    assert.equal(again.status, 304);
    assert.equal(await again.text(), "");
  }
  assert.equal((await fetch(`${daemon.url}/assets/style.0000000000000000.css`)).status, 404);
  await daemon.stop();
});
