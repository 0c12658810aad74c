// Lasting addresses, versions, quotations and what became of them, as a person meets them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { newLibrary, startDaemon } from "./daemon.js";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let library;
let daemon;
let browser;
before(async () => {
  library = newLibrary();
  daemon = await startDaemon(library.config);
  browser = await chromium.launch({
    executablePath: process.env.ACERVO_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"],
  });
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  library?.remove();
});

async function open(options = {}) {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: daemon.url, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  return { context, page, problems };
}

async function location(path, lang = "en") {
  const answer = await fetch(daemon.url + path, { redirect: "manual", headers: { "Accept-Language": lang } });
  return [answer.status, answer.headers.get("location")];
}

// A character of the ID replaced by another: the check character tells.
function mistyped(id) {
  const digits = id.match(/-(\d+)-.$/)[1];
  return id.replace(`-${digits}-`, `-${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}-`);
}

test("every lasting address leads to what it names", async () => {
  const id = library.versioned;
  const page = `/en/documents/${id}?language=en`;
  for (const [path, expected] of [
    [`/id/${id}`, `/en/documents/${id}`],
    [`/id/${id.toLowerCase().replaceAll("-", " ").replaceAll(" ", "%20")}`, `/en/documents/${id}`],
    [`/id/${library.old_water}`, `/en/documents/${library.water}`], // an alias, slashes and all
    [`/id/${library.old_water}/fr/p/i`, `/en/documents/${library.water}?language=fr&page=1`],
    [`/id/${encodeURIComponent(library.old_water)}/es`, `/en/documents/${library.water}?language=es`],
    [`/id/${id}/fr`, `/en/documents/${id}?language=fr`],
    [`/id/${id}/en;v=1`, `${page}&v=1`],
    [`/id/${id};v=1`, `${page}&v=1`],
    [`/id/${id}/en;v=1/p/i`, `${page}&v=1&page=1`],
    [`/id/${id}/en;v=1/p/1`, `${page}&v=1&page=2`], // the printed label
    [`/id/${id}/en;v=1/p/3`, `${page}&v=1&page=3`], // no such label: the number
    [`/id/${id}/en/p/1`, `${page}&page=3`], // a page was put before it
    [`/id/${id}/p/I`, `${page}&page=2`],
    [`/id/${id}/en/p/n1`, `${page}&page=1`],
    [`/id/${id}/en;v=1/p/1?quote=share+of`, `${page}&v=1&page=2&quote=share%20of#quote`],
  ]) {
    assert.deepEqual(await location(path), [303, expected], path);
  }
  assert.equal((await location(`/id/${id}/fr`, "es"))[1], `/es/documents/${id}?language=fr`);
  for (const [path, status] of [[`/id/${id}/de`, 404], [`/id/${id}/en;v=3`, 404], [`/id/${id}/en;v=0`, 400], [`/id/${id}/en;v=`, 400],
                                [`/id/${id}/en/p/xii`, 404], [`/id/${id}/en/p/%ff`, 400], ["/id/", 404], ["/id/nothing/of/the/kind", 404],
                                [`/id/${library.withdrawn}/en`, 410], [`/id/${library.members}`, 404]]) {
    assert.equal((await location(path))[0], status, path);
  }
});

test("a fragment of the reader's own is kept: #:~:text= finds its words", async () => {
  const { context, page } = await open();
  await page.goto(`/id/${library.versioned}/en;v=1/p/1#:~:text=share`);
  assert.equal(new URL(page.url()).pathname, `/en/documents/${library.versioned}`);
  await context.close();
});

const words = {
  en: { older: /A newer version exists/, parallel: "This page in Spanish", changed: "What changed" },
  fr: { older: /Il existe une version plus récente/, parallel: "Cette page en espagnol", changed: "Ce qui a changé" },
  es: { older: /Existe una versión más reciente/, parallel: "Esta página en español", changed: "Qué ha cambiado" },
};

for (const [lang, said] of Object.entries(words)) {
  test(`${lang}: an old version is read, says so, and leads to the new one and to what changed`, async () => {
    const { context, page, problems } = await open();
    const id = library.versioned;
    await page.goto(`/${lang}/documents/${id}?language=en&v=1&page=2`);
    assert.match(await page.textContent(".page-text"), /decide on a share of the investment budget/);
    assert.match(await page.textContent(".notice"), said.older);
    assert.equal(await page.locator(".versions li").count(), 2);
    // References name the version that is read.
    for (const reference of await page.locator(".citation").allTextContents()) {
      assert.match(reference, new RegExp(`/id/${id}/en;v=1/p/n2`));
    }
    // Turning the page stays in the version.
    assert.match(await page.getAttribute('.turn a[rel="next"]', "href"), /v=1/);
    // The same page of the newest version, which moved.
    await Promise.all([page.waitForURL((url) => url.searchParams.get("page") === "3" && !url.searchParams.has("v")),
                       page.locator(".notice a").first().click()]);
    assert.match(await page.textContent(".page-text"), /decide on a fifth of the investment budget/);
    assert.equal(await page.locator(".notice").count(), 0);
    await page.locator(".versions .changes-link").click();
    await page.waitForURL(/\/changes\?/);
    assert.equal(await page.textContent("h1"), said.changed);
    assert.deepEqual(await page.locator(".change del").allTextContents(), ["share "]);
    assert.ok((await page.locator(".change ins").allTextContents()).includes("fifth "));
    assert.equal(await page.locator(".change").count(), 2); // the preface and the changed page
    assert.equal(await page.locator(".summary li").count(), 3);
    assert.equal(await page.getAttribute('meta[name="robots"]', "content"), "noindex");
    // The same page of another edition.
    await page.goto(`/${lang}/documents/${id}?language=en&page=3`);
    await Promise.all([page.waitForURL((url) => url.searchParams.get("language") === "es"),
                       page.getByRole("link", { name: said.parallel }).click()]);
    assert.equal(new URL(page.url()).searchParams.get("page"), "2");
    assert.equal(await page.getAttribute(".page-text", "lang"), "es");
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test("a version is shown under the names it had, and machines are led to the edition as it is now", async () => {
  const { context, page } = await open();
  const id = library.versioned;
  const canonical = () => page.getAttribute('link[rel="canonical"]', "href");
  await page.goto(`/en/documents/${id}?language=en&v=1&page=2&q=budget`);
  assert.doesNotMatch(await page.textContent("main"), /Second edition/);
  assert.equal(await canonical(), `${daemon.url}/en/documents/${id}`);
  await page.goto(`/en/documents/${id}?language=en&page=2&q=budget`);
  assert.match(await page.textContent("main"), /Second edition/);
  assert.equal(await canonical(), `${daemon.url}/en/documents/${id}?language=en&page=2`);
  await page.goto(`/fr/documents/${id}?language=en&v=1`);
  assert.equal(await canonical(), `${daemon.url}/fr/documents/${id}?language=en`);
  await page.goto(`/fr/documents/${id}?language=fr&quote=anything+at+all`);
  assert.equal(await canonical(), `${daemon.url}/fr/documents/${id}`);
  await page.goto("/fr/?q=budget");
  assert.equal(await page.locator('link[rel="canonical"]').count(), 0);
  await context.close();
});

test("a passage is cited, found again where it moved, or said to have changed", async () => {
  const { context, page } = await open();
  const id = library.versioned;
  await page.goto(`/en/documents/${id}?language=en&v=1&page=3`);
  await page.click(".cite-page summary");
  await page.fill("#quote-text", "give municipalities\nthe MEANS");
  await Promise.all([page.waitForURL(/quote=/), page.click(".cite-page button")]);
  assert.equal(await page.textContent("#quote"), "give municipalities the means");
  const permalink = new URL(await page.getAttribute("#quote-permalink", "href"), daemon.url);
  assert.equal(permalink.pathname, `/id/${id}/en;v=1/p/2`);
  // Its address leads back; in the newest version it stands one page later.
  await page.goto(permalink.href);
  assert.equal(await page.textContent("#quote"), "give municipalities the means");
  await page.goto(permalink.pathname.replace(";v=1", "") + "?quote=give+municipalities+the+means");
  assert.equal(await page.textContent("#quote"), "give municipalities the means");
  await page.goto(`/fr/documents/${id}?language=en&page=3&quote=give+municipalities+the+means`);
  assert.match(await page.textContent(".notice"), /se trouve maintenant à la page 2/);

  // What was changed: said, with the way to the version that has it and the page that comes closest.
  const old = "Assemblies of residents decide on a share of the investment budget";
  await page.goto(`/en/documents/${id}?language=en&quote=${encodeURIComponent(old)}`);
  assert.match(await page.textContent(".notice"), /The text has changed/);
  assert.match(await page.textContent(".notice"), /Page 1, shown below/);
  assert.match(await page.textContent(".page-text"), /decide on a fifth/);
  await Promise.all([page.waitForURL(/v=1/), page.locator(".notice a").click()]);
  assert.equal(await page.textContent("#quote"), old);
  await page.goto(`/es/documents/${id}?language=en&quote=zanzibar+nunca+estuvo+ahora`);
  assert.match(await page.textContent(".notice"), /no está en ninguna versión/);
  assert.equal(await page.locator(".page-text").count(), 0);
  await context.close();
});

test("with scripts, what is marked in the text is proposed for citing", async () => {
  const { context, page, problems } = await open({ javaScriptEnabled: true });
  await page.goto(`/en/documents/${library.water}?page=2`);
  await page.locator(".page-text").selectText();
  await page.waitForFunction(() => document.querySelector("#quote-text").value.startsWith("Drinking water"));
  assert.equal(await page.evaluate(() => document.querySelector(".cite-page details").open), true);
  assert.deepEqual(problems, []);
  await context.close();
});

test("quoted markup is shown, not obeyed", async () => {
  const { context, page, problems } = await open({ javaScriptEnabled: true });
  const quote = "<script>alert(1)</script> n’est que du texte";
  await page.goto(`/fr/documents/${library.french_only}?quote=${encodeURIComponent(quote)}`);
  assert.match(await page.textContent("#quote"), /^script>alert\(1\)<\/script> n’est que du texte$/);
  assert.equal(await page.locator("main script").count(), 0);
  await page.goto(`/fr/documents/${library.french_only}?quote=${encodeURIComponent("<b>x</b><script>y()</script>")}`);
  assert.equal(await page.locator("main script, blockquote b").count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a draft that was for members stays theirs when the report is opened", async () => {
  const { context, page } = await open();
  const id = library.opened;
  await page.goto(`/en/documents/${id}?language=en`);
  assert.deepEqual(await page.locator(".versions li > a:first-child").allTextContents(), ["Version 3", "Version 1"]);
  for (const path of [`/en/documents/${id}?language=en&v=2`, `/en/documents/${id}/changes?language=en&from=2`,
                      `/en/documents/${id}/changes?language=en&to=2`, `/en/documents/${id}/parallel?language=en&v=2&to=fr`,
                      `/id/${id}/en;v=2`, `/id/${id}/en;v=2/p/1`]) {
    const answer = await page.goto(path);
    assert.equal(answer.status(), 404, path);
    assert.doesNotMatch(await answer.text(), /secret draft/);
  }
  await page.goto(`/en/documents/${id}?language=en&quote=The+secret+draft+said+otherwise`);
  assert.match(await page.textContent(".notice"), /stands in no version/);
  await context.close();
});

test("an ID with a typing mistake names the works that may be meant, and only those", async () => {
  const { context, page } = await open();
  for (const [lang, id] of [["en", library.water], ["fr", library.water], ["es", library.versioned]]) {
    for (const path of [`/${lang}/documents/${mistyped(id)}`, `/id/${mistyped(id)}`]) {
      const answer = await page.goto(path);
      assert.equal(answer.status(), 404, path);
      assert.ok((await page.locator(".nearest a").allTextContents()).includes(id), path);
    }
  }
  await page.locator(".nearest a", { hasText: library.versioned }).click();
  assert.equal(await page.locator("h1").count(), 1);
  assert.match(page.url(), new RegExp(library.versioned));
  for (const hidden of [library.members, library.withdrawn]) {
    assert.equal((await page.goto(`/en/documents/${mistyped(hidden)}`)).status(), 404);
    assert.ok(!(await page.locator(".nearest a").allTextContents()).includes(hidden));
  }
  await context.close();
});

test("a withdrawn work says when and why", async () => {
  const { context, page } = await open();
  for (const path of [`/en/documents/${library.withdrawn}`, `/id/${library.withdrawn}`]) {
    assert.equal((await page.goto(path)).status(), 410);
    const told = await page.textContent(".tombstone");
    assert.match(told, new RegExp(library.withdrawn));
    assert.match(told, /taken back by its authors/);
    assert.match(told, new RegExp(String(new Date().getUTCFullYear())));
    assert.match(await page.getAttribute(".tombstone a", "href"), new RegExp(`/documents/${library.water}$`));
  }
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1440]) {
    test(`accessible and within the screen: ${colorScheme}, ${width} pixels`, async () => {
      const { context, page } = await open({ javaScriptEnabled: true, colorScheme, viewport: { width, height: 900 } });
      const id = library.versioned;
      for (const url of [`/en/documents/${id}?language=en&v=1&page=2`, `/fr/documents/${id}?language=en&page=3&quote=give+municipalities+the+means`,
                         `/es/documents/${id}?language=en&quote=decide+on+a+share+of+the+investment`, `/fr/documents/${id}/changes?language=en`,
                         `/es/documents/${mistyped(id)}`, `/fr/documents/${library.withdrawn}`]) {
        await page.goto(url);
        await page.evaluate(axeSource);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html}`), [], url);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${url} is ${wide} pixels too wide`);
        if (process.env.ACERVO_SCREENSHOTS) {
          const name = `${colorScheme}-${width}-${url.replaceAll(/[^a-z0-9]+/gi, "_").slice(0, 80)}.png`;
          await page.screenshot({ path: `${process.env.ACERVO_SCREENSHOTS}/${name}`, fullPage: true });
        }
      }
      await context.close();
    });
  }
}
