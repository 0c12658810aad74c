// What a person does, in three languages, with scripts and without, in a real browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { newLibrary, startDaemon } from "./daemon.js";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const executablePath = process.env.ACERVO_CHROMIUM ?? "/usr/bin/chromium";

let library;
let daemon;
let browser;
before(async () => {
  library = newLibrary();
  daemon = await startDaemon(library.config);
  browser = await chromium.launch({
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"],
  });
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  library?.remove();
});

const readers = [
  { lang: "en", q: "municipality", passage: "tariffs", mark: "tariffs", other: "fr", found: /documents found/ },
  { lang: "fr", q: "municipalites", passage: "reseaux", mark: "réseaux", other: "es", found: /documents trouvés/ },
  { lang: "es", q: "municipios", passage: "tarifa", mark: "tarifas", other: "en", found: /documentos encontrados/ },
];

const total = async (page) => Number(await page.locator("[data-total]").getAttribute("data-total"));

async function open(javaScriptEnabled, options = {}) {
  const context = await browser.newContext({ javaScriptEnabled, baseURL: daemon.url, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  return { context, page, problems };
}

async function violations(page) {
  // Scripts of the page's own are refused by its policy; the driver's evaluate is not.
  await page.evaluate(axeSource);
  const { violations: found } = await page.evaluate(() => globalThis.axe.run());
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 2).join(" | ")}`);
}

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    for (const reader of readers) {
      test(`${reader.lang}: search, narrow down, turn the page, read, change language`, async () => {
        const { context, page, problems } = await open(javaScriptEnabled);
        await page.goto(`/${reader.lang}/`);
        assert.equal(await page.getAttribute("html", "lang"), reader.lang);
        await page.fill("#q", reader.q);
        await Promise.all([page.waitForURL(/q=/), page.click(".box button")]);
        assert.match(await page.textContent("[data-total]"), reader.found);
        const all = await total(page);
        assert.ok(all > 10);

        // The next page holds the rest.
        assert.equal(await page.locator(".hit").count(), 10);
        await Promise.all([page.waitForURL(/page=2/), page.click('.paging a[rel="next"]')]);
        assert.equal(await page.locator(".hit").count(), all - 10);
        await Promise.all([page.waitForURL((url) => !/page=/.test(url)), page.click('.paging a[rel="prev"]')]);

        // The number beside a value is the number of results after choosing it.
        const value = page.locator('[data-facet="section"] li').first();
        const promised = Number(await value.locator(".count").textContent());
        const box = value.locator("input");
        const name = await box.getAttribute("value");
        if (javaScriptEnabled) {
          await Promise.all([page.waitForURL(/section=/), box.check({ noWaitAfter: true }).catch(() => {})]);
          await page.waitForLoadState();
          assert.equal(await page.evaluate(() => document.activeElement.value), name, "focus stays on the choice");
        } else {
          await box.check();
          await Promise.all([page.waitForURL(/section=/), page.click(".apply button")]);
        }
        assert.equal(await total(page), promised);
        await Promise.all([page.waitForURL((url) => !/section=/.test(url)),
                           page.locator(".active li a").first().click()]);
        assert.equal(await total(page), all);

        // The passage opens at its page, marked, with the printed label.
        await page.fill("#q", reader.passage);
        await Promise.all([page.waitForNavigation(), page.click(".box button")]);
        assert.equal(await total(page), 1);
        await Promise.all([page.waitForURL(/page=2/), page.locator(".at-page").first().click()]);
        assert.equal(await page.locator(".page-text mark").first().textContent(), reader.mark);
        assert.match(await page.textContent("#page-title"), /1 \(2 /);
        assert.equal(await page.getAttribute(".page-text", "lang"), reader.lang);
        await Promise.all([page.waitForURL(/page=3/), page.click('.turn a[rel="next"]')]);
        assert.equal(await page.locator('.turn a[rel="next"]').count(), 0);

        // Another language of the site keeps the query and the edition.
        await Promise.all([page.waitForURL(new RegExp(`/${reader.other}/documents/`)),
                           page.click(`.languages a[hreflang="${reader.other}"]`)]);
        assert.equal(await page.getAttribute("html", "lang"), reader.other);
        assert.equal(await page.getAttribute("h1", "lang"), reader.lang);
        assert.match(page.url(), new RegExp(`q=${reader.passage}`));
        await Promise.all([page.waitForURL(new RegExp(`/${reader.other}/\\?q=`)), page.click(".back a")]);
        assert.equal(await page.inputValue("#q"), reader.passage);
        assert.deepEqual(problems, []);
        await context.close();
      });
    }

    test("nothing found, a filter that hides all, a page too far, a wrong address", async () => {
      const { context, page } = await open(javaScriptEnabled);
      await page.goto("/fr/?q=xyzzyx&section=africa");
      assert.equal(await total(page), 0);
      assert.equal(await page.locator(".empty li").count(), 3);
      await page.goto("/en/?q=municipality&page=9");
      assert.equal(await page.locator(".empty a").count(), 1);
      assert.equal((await page.goto("/es/?page=many")).status(), 400);
      assert.match(await page.textContent("main"), /«page»/);
      assert.equal((await page.goto("/es/nada")).status(), 404);
      assert.equal(await page.getAttribute("html", "lang"), "es");
      assert.equal((await page.goto(`/en/documents/${library.withdrawn}`)).status(), 410);
      await context.close();
    });
  });
}

test("another spelling is one link away, and keeps the filters", async () => {
  const { context, page, problems } = await open(false);
  for (const [lang, q, expected] of [["en", "municipalty", "municipality"], ["fr", "perequasion", "péréquation"],
                                     ["es", "nivelasion", "nivelación"]]) {
    await page.goto(`/${lang}/?q=${q}&section=africa`);
    assert.equal(await total(page), 0);
    const link = page.locator(".did-you-mean a");
    assert.equal(await link.textContent(), expected);
    await Promise.all([page.waitForURL((url) => url.searchParams.get("q") === expected), link.click()]);
    assert.ok((await total(page)) > 0);
    assert.match(page.url(), /section=africa/);
    assert.equal(await page.locator(".did-you-mean").count(), 0);
  }
  assert.deepEqual(problems, []);
  await context.close();
});

const chips = [
  { lang: "en", q: "right to housing", words: "“right to housing”", other: "fr:droit au logement",
    title: "Also searched as", name: "Do not search for droit au logement (French, from our glossary)" },
  { lang: "fr", q: "droit au logement", words: "« droit au logement »", other: "es:derecho a la vivienda",
    title: "Aussi cherché comme", name: "Ne plus chercher derecho a la vivienda (Espagnol, de notre glossaire)" },
  { lang: "es", q: "derecho a la vivienda", words: "«derecho a la vivienda»", other: "en:right to housing",
    title: "Buscado también como", name: "Dejar de buscar right to housing (Inglés, de nuestro glosario)" },
];

for (const javaScriptEnabled of [true, false]) {
  for (const { lang, q, words, other, title, name } of chips) {
    test(`${lang}: what a search was also searched as, off and on again, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
      const { context, page, problems } = await open(javaScriptEnabled, { viewport: { width: 1440, height: 900 } });
      const code = other.slice(0, 2);
      const chip = page.locator(`.also-first .chip[data-id="${other}"]`);
      // In the other language alone: only a translation finds these.
      await page.goto(`/${lang}/?q=${q.replaceAll(" ", "+")}&language=${code}&sort=title`);
      assert.equal(await page.textContent("#also-title"), title);
      assert.equal(await page.locator(".also-first .also-word").first().textContent(), words);
      const all = await total(page);
      assert.ok(all > 0);
      assert.equal(await chip.locator(`[lang="${code}"]`).textContent(), other.slice(3));
      await page.getByRole("link", { name, exact: true }).first().waitFor();
      assert.ok((await page.locator(".hit mark").allTextContents()).length > 0);

      // By keyboard: off.
      await chip.focus();
      await Promise.all([page.waitForURL(/without=/), page.keyboard.press("Enter")]);
      assert.equal(await chip.locator("s").textContent(), other.slice(3));
      assert.match(page.url(), new RegExp(`language=${code}`));
      assert.match(page.url(), /sort=title/);
      if (javaScriptEnabled) {
        await page.waitForLoadState();
        assert.equal(await page.evaluate(() => document.activeElement.dataset.id), other, "focus stays on the choice");
      }
      // Paging, the other languages of the site and the filters' form keep it.
      for (const kept of [".languages a", ".hit h3 a"]) {
        for (const href of await page.locator(kept).evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
          assert.deepEqual(new URL(href, daemon.url).searchParams.getAll("without"), [other], href);
        }
      }
      await Promise.all([page.waitForNavigation(), page.locator(".apply button").click()]);
      assert.deepEqual(new URL(page.url()).searchParams.getAll("without"), [other]);
      // On again.
      await Promise.all([page.waitForURL((url) => !/without=/.test(url)), chip.click()]);
      assert.equal(await chip.locator("s").count(), 0);
      assert.equal(await total(page), all);

      // Only my words, kept by the form, and back.
      await Promise.all([page.waitForURL(/xlang=off/), page.click(".also-switch")]);
      assert.equal(await page.locator(".chip").count(), 0);
      assert.equal(await total(page), 0);
      await Promise.all([page.waitForNavigation(), page.click(".box button")]);
      assert.match(page.url(), /xlang=off/);
      await Promise.all([page.waitForURL((url) => !/xlang=/.test(url)), page.click(".also-switch")]);
      assert.equal(await total(page), all);
      assert.deepEqual(problems, []);
      await context.close();
    });
  }
}

test("on a telephone what was also searched takes one line until it is opened", async () => {
  const { context, page } = await open(false, { viewport: { width: 360, height: 780 } });
  await page.goto("/fr/?q=budget+participatif+logement+eau+climat");
  assert.equal(await page.locator(".chip:visible").count(), 0);
  assert.ok((await page.locator(".also").boundingBox()).height < 70);
  await page.locator(".also summary").focus();
  await page.keyboard.press("Enter");
  await page.locator(".chip:visible").first().waitFor();
  assert.equal(await page.locator(".chip:visible").count(), await page.locator(".also-all .chip").count());
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await context.close();
});

test("a document's page marks what was searched, not what was switched off", async () => {
  const { context, page } = await open(false);
  const url = `/en/documents/${library.water}?language=es&page=2&q=drinking+water`;
  const marks = () => page.locator(".page-text mark").allTextContents();
  await page.goto(url);
  assert.ok((await marks()).includes("agua"));
  await page.goto(`${url}&xlang=off`);
  assert.deepEqual(await marks(), []);
  for (const link of [".turn a", ".page-list a", ".editions a", ".languages a", ".back a"]) {
    for (const href of await page.locator(link).evaluateAll((links) => links.map((one) => one.getAttribute("href")))) {
      assert.equal(new URL(href, daemon.url).searchParams.get("xlang"), "off", `${link} ${href}`);
    }
  }
  await context.close();
});

test("suggestions while typing: keys, mistakes, another language, a click", async () => {
  const { context, page, problems } = await open(true);
  await page.goto("/fr/");
  const options = page.locator("#suggestions [role=option]");
  assert.equal(await page.getAttribute("#q", "aria-expanded"), "false");
  await page.locator("#q").pressSequentially("saneamien");
  // Before it there may be answers to fewer letters, which are another word in another language.
  await options.first().filter({ hasText: "Eau et assainissement (Agua y saneamiento)" }).waitFor();
  assert.equal(await page.getAttribute("#q", "aria-expanded"), "true");
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.getAttribute("#q", "aria-activedescendant"), "suggestion-0");
  assert.equal(await options.first().getAttribute("aria-selected"), "true");
  await page.keyboard.press("Escape");
  await options.first().waitFor({ state: "hidden" });
  assert.equal(await page.inputValue("#q"), "saneamien");

  await page.fill("#q", "quartierr");
  await options.filter({ hasText: "L’eau pour chaque quartier" }).waitFor();
  await page.keyboard.press("ArrowUp");
  assert.equal(await options.last().getAttribute("aria-selected"), "true");
  await Promise.all([page.waitForURL(new RegExp(`/fr/documents/${library.water}`)),
                     options.filter({ hasText: "L’eau pour chaque quartier" }).click()]);

  await page.goto("/en/");
  await page.fill("#q", "housing");
  await options.first().waitFor();
  await Promise.all([page.waitForURL(/\/en\/\?q=housing/), page.keyboard.press("Enter")]);
  assert.deepEqual(problems, []);
  await context.close();
});

test("the root follows the reader's language, the short address leads to the work", async () => {
  for (const [locale, lang] of [["es-AR", "es"], ["fr-SN", "fr"], ["de-DE", "en"]]) {
    const { context, page } = await open(true, { locale });
    await page.goto("/");
    assert.equal(new URL(page.url()).pathname, `/${lang}/`);
    await page.goto(`/id/${library.water.toLowerCase()}`);
    assert.equal(new URL(page.url()).pathname, `/${lang}/documents/${library.water}`);
    await context.close();
  }
});

test("markup in titles and texts is shown, not obeyed", async () => {
  const { context, page, problems } = await open(true);
  await page.goto(`/fr/documents/${library.french_only}?page=2&q=balisage`);
  assert.match(await page.textContent("h1"), /<b> & «"l'esprit"»/);
  assert.equal(await page.locator("main script, h1 b").count(), 0);
  await page.goto("/en/?q=" + encodeURIComponent('"><script>alert(1)</script>'));
  assert.equal(await page.inputValue("#q"), '"><script>alert(1)</script>');
  assert.equal(await page.locator("body script").count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1440]) {
    test(`accessible and within the screen: ${colorScheme}, ${width} pixels`, async () => {
      const { context, page } = await open(true, { colorScheme, viewport: { width, height: 900 } });
      for (const url of ["/fr/", "/fr/?q=budget+participatif+eau+potable&without=es%3Aagua+potable", "/es/?q=vivienda&xlang=off", "/en/?q=municipality&section=africa&year_from=2010", "/es/?q=%22agua+xyzzyx", "/fr/?q=perequasion",
                         `/en/documents/${library.water}`,
                         `/fr/documents/${library.water}?language=es&page=2&q=agua`, "/es/nada"]) {
        await page.goto(url);
        assert.deepEqual(await violations(page), [], url);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${url} is ${wide} pixels too wide`);
      }
      await context.close();
    });
  }
}

test("alternates name the three languages of every page", async () => {
  const { context, page } = await open(false);
  for (const url of ["/en/?q=water&section=africa", `/fr/documents/${library.water}`]) {
    await page.goto(url);
    const alternates = await page.locator('link[rel="alternate"][hreflang]').evaluateAll((links) =>
      links.map((link) => [link.hreflang, link.getAttribute("href")]));
    assert.deepEqual(alternates.map((one) => one[0]), ["en", "fr", "es"]);
    for (const [lang, href] of alternates) {
      assert.ok(href.startsWith(daemon.url + `/${lang}/`), href);
      const answer = await fetch(href);
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), new RegExp(`<html lang="${lang}">`));
    }
  }
  await context.close();
});
