// Holds the server to docs/api/openapi.yaml: every path, every documented status, every answer against its schema.
import assert from "node:assert/strict";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { newLibrary, routes, startDaemon } from "./daemon.js";
import { exchange, statuses } from "./raw.js";

const description = parse(readFileSync(new URL("../../docs/api/openapi.yaml", import.meta.url), "utf8"));
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(description, "openapi");

let library;
let daemon;
before(async () => {
  library = newLibrary();
  daemon = await startDaemon(library.config);
});
after(async () => {
  await daemon?.stop();
  library?.remove();
});

const seen = new Set(); // "path status"

function documented(path, status) {
  let pointer = `/paths/${path.replaceAll("/", "~1")}/get/responses/${status}`;
  let response = description.paths[path].get.responses[status];
  assert.ok(response, `${path} answered ${status}, which is not documented`);
  if (response.$ref) {
    pointer = response.$ref.slice(1);
    response = description.components.responses[pointer.split("/").pop()];
  }
  return { pointer, response };
}

// Asks, checks the answer against what is documented for `path`, and returns it.
async function ask(path, url, { expected = 200, ...init } = {}) {
  const answer = await fetch(daemon.url + url, { redirect: "manual", ...init });
  assert.equal(answer.status, expected, url);
  const { pointer, response } = documented(path, answer.status);
  const type = answer.headers.get("content-type");
  assert.ok(response.content[type], `${url}: ${type} is not documented for ${answer.status}`);
  for (const header of Object.keys(response.headers ?? {})) {
    assert.ok(answer.headers.has(header), `${url}: no ${header}`);
  }
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  assert.match(answer.headers.get("content-security-policy"), /default-src 'none'/);
  const body = type.includes("json") ? await answer.json() : await answer.text();
  const schema = `openapi#${pointer}/content/${encodeURIComponent(type.replaceAll("/", "~1"))}/schema`;
  const validate = ajv.getSchema(schema);
  assert.ok(validate, schema);
  assert.ok(validate(body), `${url}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body).slice(0, 500)}`);
  if (answer.status >= 400) {
    assert.equal(body.status, answer.status);
  }
  seen.add(`${path} ${answer.status}`);
  return body;
}

const search = (query = "", init) => ask("/api/v1/search", `/api/v1/search${query}`, init);

test("the description is sound OpenAPI 3.1", async () => {
  const checked = await new Validator().validate(structuredClone(description));
  assert.ok(checked.valid, JSON.stringify(checked.errors));
  assert.match(description.openapi, /^3\.1/);
});

test("the server has the paths of the description and no others", () => {
  const served = routes().filter((route) => route.startsWith("/api/")).sort();
  assert.deepEqual(served, Object.keys(description.paths).sort());
});

test("search finds works in each language, with marked snippets", async () => {
  for (const [lang, q] of [["en", "municipalities"], ["fr", "municipalité"], ["es", "municipio"]]) {
    const found = await search(`?q=${encodeURIComponent(q)}&lang=${lang}&size=100`);
    assert.ok(found.total >= library.public_works - 1, `${q}: ${found.total}`);
    assert.equal(found.results.length, found.total);
    assert.equal(new Set(found.results.map((one) => one.id)).size, found.total);
    for (const result of found.results) {
      assert.ok(result.snippets.some((one) => one.html.includes("<mark>")), `${q} ${result.id}`);
    }
  }
});

test("every count of every facet equals the results after the click", async () => {
  let clicks = 0;
  for (const query of ["", "q=municipality", "q=agua&lang=es", "q=municipalité&section=africa&section=europe",
                       "q=report&type=report", "year_from=2015&year_to=2020", "language=fr&q=villes"]) {
    const { facets } = await ask("/api/v1/facets", `/api/v1/facets?${query}`);
    for (const [facet, values] of Object.entries(facets)) {
      for (const { value, count } of values) {
        const others = query.split("&").filter((part) => part && !part.startsWith(`${facet}=`));
        const click = [...others, `${facet}=${encodeURIComponent(value)}`, "size=0"].join("&");
        assert.equal((await search(`?${click}`)).total, count, click);
        clicks += 1;
      }
    }
  }
  assert.ok(clicks > 200, String(clicks));
});

test("paging shows every work once", async () => {
  const ids = [];
  for (let page = 1; page <= 3; page += 1) {
    ids.push(...(await search(`?size=5&sort=title&page=${page}`)).results.map((one) => one.id));
  }
  assert.equal(ids.length, library.public_works);
  assert.equal(new Set(ids).size, ids.length);
});

test("notes say what was ignored, in the language asked for", async () => {
  const en = await search("?q=%22open&lang=en");
  const fr = await search("?q=%22open&lang=fr");
  assert.deepEqual(en.notes.map((one) => one.code), ["unbalancedQuote"]);
  assert.notEqual(en.notes[0].message, fr.notes[0].message);
});

test("what words are also searched as is said, and can be switched off", async () => {
  const asked = "?q=derecho+a+la+vivienda&lang=es&language=fr";
  const id = "fr:droit au logement";
  const idOn = ({ expansions }) => expansions.flatMap((one) => one.alternatives).find((one) => one.id === id)?.on;
  const found = await search(asked);
  assert.ok(found.total > 0);
  assert.equal(found.expansions[0].words, "derecho a la vivienda");
  assert.equal(idOn(found), true);
  const every = found.expansions.flatMap((one) => one.alternatives).map((one) => one.id);
  const off = await search(`${asked}&${every.map((one) => `without=${encodeURIComponent(one)}`).join("&")}`);
  assert.equal(idOn(off), false);
  assert.equal(off.total, 0);
  const own = await search(`${asked}&xlang=off`);
  assert.deepEqual(own.expansions, []);
  assert.equal(own.total, 0);
  // Staff's own words lead, and the words are shown as typed.
  const staff = await search("?q=Canteens&lang=en");
  assert.equal(staff.expansions[0].words, "Canteens");
  assert.deepEqual([staff.expansions[0].alternatives[0].id, staff.expansions[0].alternatives[0].origin],
                   ["es:comedor", "staff"]);

  const pagePath = "/api/v1/documents/{id}/pages/{n}";
  const page = (rest) => ask(pagePath, `/api/v1/documents/${library.water}/pages/2?language=es&q=drinking+water${rest}`);
  assert.match((await page("")).html, /<mark>agua<\/mark>/);
  const { expansions } = await search("?q=drinking+water");
  const offs = expansions.flatMap((one) => one.alternatives).map((one) => `&without=${encodeURIComponent(one.id)}`);
  assert.doesNotMatch((await page(offs.join(""))).html, /<mark>/);
  assert.doesNotMatch((await page("&xlang=off")).html, /<mark>/);
});

test("what is not public is nowhere", async () => {
  const found = await search("?q=zanzibarine");
  assert.equal(found.total, 0);
  await ask("/api/v1/documents/{id}", `/api/v1/documents/${library.members}`, { expected: 404 });
  const suggested = await ask("/api/v1/suggest", "/api/v1/suggest?q=Nego");
  assert.deepEqual(suggested.suggestions, []);
});

test("markup in a document is text", async () => {
  const found = await search("?q=balisage+script&lang=fr");
  assert.equal(found.results[0].id, library.french_only);
  assert.match(found.results[0].snippets[0].html, /&lt;<mark>script<\/mark>&gt;/);
  for (const { html } of found.results.flatMap((one) => one.snippets)) {
    assert.doesNotMatch(html.replaceAll(/<\/?mark>/g, ""), /[<>"']/);
  }
});

test("a document and its pages", async () => {
  const path = "/api/v1/documents/{id}";
  const document = await ask(path, `/api/v1/documents/${library.water}?lang=fr`);
  assert.deepEqual(document.editions.map((one) => one.language), ["fr", "en", "es"]);
  assert.deepEqual(document.editions[0].pages.map((one) => one.label), ["i", "1", "2"]);
  assert.ok(document.themes.length > 0 && document.themes.every((one) => one.automatic === false));
  assert.deepEqual(document.concepts, [], "this library has no lexicon");
  const typed = library.water.toLowerCase().replaceAll("-", " ");
  assert.equal((await ask(path, `/api/v1/documents/${encodeURIComponent(typed)}`)).id, library.water);

  const pagePath = "/api/v1/documents/{id}/pages/{n}";
  const page = (rest, init) => ask(pagePath, `/api/v1/documents/${library.water}/pages/${rest}`, init);
  const second = await page("2?language=es&q=aguas");
  assert.equal(second.label, "1");
  assert.match(second.html, /<mark>agua<\/mark>/);
  assert.equal((await page("1")).html, undefined);
  await page("4", { expected: 404 });
  await page("1?language=de", { expected: 404 });
  assert.equal((await page("two", { expected: 400 })).parameter, "n");
  await ask(path, `/api/v1/documents/${library.withdrawn}`, { expected: 410 });
  await ask(pagePath, `/api/v1/documents/${library.withdrawn}/pages/1`, { expected: 410 });
  await ask(path, "/api/v1/documents/UCLG-2019-0001-0", { expected: 404 });
});

test("citations and exports", async () => {
  const path = "/api/v1/documents/{id}/citation";
  for (const { name } of description.paths[path].get.parameters.filter((one) => one.name)) {
    assert.ok(["format", "language", "page"].includes(name), name);
  }
  for (const format of description.paths[path].get.parameters.find((one) => one.name === "format").schema.enum) {
    await ask(path, `/api/v1/documents/${library.water}/citation?format=${format}&page=2`);
  }
  await ask(path, `/api/v1/documents/${library.withdrawn}/citation`, { expected: 410 });
  await ask(path, `/api/v1/documents/${library.members}/citation`, { expected: 404 });
  for (const format of ["bibtex", "ris", "csljson", "csv"]) {
    await ask("/api/v1/search/export", `/api/v1/search/export?q=water&format=${format}`);
  }
});

test("the pages of a document where words stand", async () => {
  const path = "/api/v1/documents/{id}/search";
  const pages = (id, rest, init) => ask(path, `/api/v1/documents/${id}/search?${rest}`, init);
  const found = await pages(library.water, "language=es&q=agua");
  assert.equal(found.edition, "es");
  assert.ok(found.total > 0);
  assert.equal(found.pages.length, Math.min(found.total, found.size));
  for (const hit of found.pages) {
    assert.match(hit.html, /<mark>/);
  }
  assert.deepEqual(found.pages.map((hit) => hit.page), found.pages.map((hit) => hit.page).sort((a, b) => a - b));
  const last = await pages(library.water, `language=es&q=agua&size=1&page=${found.total}`);
  assert.equal(last.pages[0].page, found.pages.at(-1).page);
  assert.equal((await pages(library.water, "language=es&q=agua&size=0")).total, found.total);
  assert.equal((await pages(library.water, "language=es&q=zanzibarine")).total, 0);
  assert.equal((await pages(library.water, "q=")).total, 0);
  assert.equal((await pages(library.water, "q=agua&size=101", { expected: 400 })).parameter, "size");
  await pages(library.withdrawn, "q=agua", { expected: 410 });
  await pages(library.members, "q=zanzibarine", { expected: 404 });
});

test("values of a facet are found by what they are called", async () => {
  const path = "/api/v1/facets/{facet}";
  const values = (rest, init) => ask(path, `/api/v1/facets/${rest}`, init);
  const all = await values("country?limit=1000&lang=en");
  const { facets } = await ask("/api/v1/facets", "/api/v1/facets?lang=en");
  assert.deepEqual(all.values.map(({ matched, ...value }) => value), facets.country);
  for (const { value, label, count, parent } of all.values) {
    const found = await values(`country?limit=1000&lang=en&prefix=${encodeURIComponent(label.slice(0, 4))}`);
    assert.ok(found.values.some((one) => one.value === value), label);
    assert.equal((await search(`?size=0&country=${value}`)).total, count);
    if (parent !== "") {
      assert.ok(all.values.find((one) => one.value === parent).count >= count, `${value} below ${parent}`);
    }
  }
  const africa = await values("country?prefix=afrique&lang=en");
  assert.ok(africa.values.every(({ label, matched }) => /afri/i.test(label + matched)));
  await values("nothing", { expected: 404 });
  assert.equal((await values("country?limit=0", { expected: 400 })).parameter, "limit");
});

test("the years' histogram counts what a click finds", async () => {
  for (const query of ["", "q=water&", "year=2019&section=africa&", "year_from=2015&year_to=2018&language=fr&"]) {
    const { histogram } = await ask("/api/v1/facets", `/api/v1/facets?${query}histogram=5`);
    assert.equal(histogram.interval, 5);
    for (const { year_from, year_to, count } of histogram.spans) {
      const others = query.split("&").filter((part) => part && !part.startsWith("year"));
      const click = [...others, `year_from=${year_from}`, `year_to=${year_to}`, "size=0"].join("&");
      assert.equal((await search(`?${click}`)).total, count, click);
    }
  }
  for (const wrong of ["0", "-1", "1001", "five", "2.5"]) {
    const refused = await ask("/api/v1/facets", `/api/v1/facets?histogram=${wrong}`, { expected: 400 });
    assert.equal(refused.parameter, "histogram");
  }
});

test("similar works", async () => {
  const path = "/api/v1/documents/{id}/similar";
  const { id, similar } = await ask(path, `/api/v1/documents/${library.water}/similar?limit=3&lang=fr`);
  assert.equal(id, library.water);
  assert.ok(similar.length <= 3);
  for (const work of similar) {
    assert.notEqual(work.id, library.water);
    assert.notEqual(work.id, library.members);
    await ask("/api/v1/documents/{id}", `/api/v1/documents/${work.id}`);
  }
  await ask(path, `/api/v1/documents/${library.withdrawn}/similar`, { expected: 410 });
  await ask(path, `/api/v1/documents/${library.members}/similar`, { expected: 404 });
  assert.equal((await ask(path, `/api/v1/documents/${library.water}/similar?limit=21`, { expected: 400 })).parameter, "limit");
});

test("versions, a page of each, and what changed between them", async () => {
  const path = "/api/v1/documents/{id}";
  const work = await ask(path, `/api/v1/documents/${library.versioned}?lang=en`);
  const [edition] = work.editions;
  assert.deepEqual(edition.versions.map((one) => one.number), [2, 1]);
  assert.match(edition.permalink, new RegExp(`/id/${library.versioned}/en;v=2$`));
  assert.deepEqual(work.editions[1].versions.map((one) => one.number), [1]);
  const page = (query) => ask(`${path}/pages/{n}`, `/api/v1/documents/${library.versioned}/pages/${query}`);
  const old = await page("2?language=en&v=1");
  assert.deepEqual([old.version, old.newest_version, old.label], [1, 2, "1"]);
  assert.match(old.permalink, /\/en;v=1\/p\/1$/);
  assert.match(old.text, /a share of/);
  assert.match((await page("3?language=en")).text, /a fifth of/);

  const quoted = async (query) => (await page(`1?language=en&${query}`)).quote;
  const there = await quoted("v=1&quote=" + encodeURIComponent("residents DECIDE\non a share"));
  assert.deepEqual(there.page, { number: 2, label: "1" });
  assert.equal(there.html, "<mark>residents decide on a share</mark>");
  const gone = await quoted("quote=" + encodeURIComponent("Assemblies of residents decide on a share of the investment budget"));
  assert.equal(gone.found, false);
  assert.deepEqual([gone.other_version.number, gone.closest_page.number], [1, 3]);
  const never = await quoted("quote=zanzibar");
  assert.deepEqual([never.found, never.other_version, never.closest_page], [false, null, null]);

  const changes = (query, init) => ask(`${path}/changes`, `/api/v1/documents/${query}`, init);
  const found = await changes(`${library.versioned}/changes?language=en`);
  assert.deepEqual([found.from.number, found.to.number, found.same, found.total], [1, 2, 2, 2]);
  assert.deepEqual(found.changes.map((one) => [one.how, one.before?.number ?? 0, one.after.number]),
                   [["added", 0, 1], ["changed", 2, 3]]);
  assert.deepEqual(found.changes[1].words.filter((one) => one.how !== "same").map((one) => one.text), ["share ", "fifth "]);
  assert.equal((await changes(`${library.water}/changes`)).total, 0);
  assert.equal((await changes(`${library.versioned}/changes?language=en&to=3`, { expected: 404 })).parameter, "to");
  assert.equal((await changes(`${library.versioned}/changes?language=en&from=0`, { expected: 400 })).parameter, "from");
  await changes(`${library.withdrawn}/changes`, { expected: 410 });
});

test("drafts for members are not there for the public", async () => {
  const path = "/api/v1/documents/{id}";
  const { editions } = await ask(path, `/api/v1/documents/${library.opened}?lang=en`);
  assert.deepEqual(editions[0].versions.map((one) => one.number), [3, 1]);
  await ask(`${path}/pages/{n}`, `/api/v1/documents/${library.opened}/pages/1?language=en&v=2`, { expected: 404 });
  await ask(`${path}/changes`, `/api/v1/documents/${library.opened}/changes?language=en&from=2`, { expected: 404 });
  const { quote } = await ask(`${path}/pages/{n}`, `/api/v1/documents/${library.opened}/pages/1?language=en&quote=secret+draft`);
  assert.deepEqual([quote.found, quote.other_version], [false, null]);
});

test("a mistyped ID names the nearest works, a withdrawn one says why", async () => {
  const path = "/api/v1/documents/{id}";
  const slips = (id) => [id.replace(/\d(?=-.$)/, (digit) => (Number(digit) + 1) % 10), // a wrong digit
                         id.replace(/(\d)(\d)(?=-\d+-.$)/, "$2$1")]; // two swapped
  for (const slip of slips(library.water).filter((one) => one !== library.water)) {
    const problem = await ask(path, `/api/v1/documents/${slip}`, { expected: 404 });
    const near = problem.nearest.find((one) => one.id === library.water);
    assert.ok(near, slip);
    assert.match(near.title, /Water|eau|Agua/);
  }
  for (const hidden of [library.members, library.withdrawn]) {
    const problem = await ask(path, `/api/v1/documents/${slips(hidden)[0]}`, { expected: 404 });
    assert.ok(!(problem.nearest ?? []).some((one) => one.id === hidden));
  }
  const tombstone = await ask(path, `/api/v1/documents/${library.withdrawn}`, { expected: 410 });
  assert.equal(tombstone.id, library.withdrawn);
  assert.equal(tombstone.reason, "taken back by its authors");
  assert.equal(tombstone.successor.id, library.water);
  // What is for members answers as what was never given.
  const hidden = await ask(path, `/api/v1/documents/${library.members}`, { expected: 404 });
  assert.equal(hidden.detail, "there is no document with this ID");
  assert.ok(!("nearest" in hidden && hidden.nearest.some((one) => one.id === library.members)));
});

test("another spelling is proposed, with the filters kept, and finds something", async () => {
  for (const [lang, q, expected] of [["en", "municipalty", "municipality"], ["fr", "perequasion", "péréquation"],
                                     ["es", "agua AND potabel", "agua AND potable"]]) {
    const found = await search(`?q=${encodeURIComponent(q)}&lang=${lang}&section=africa&sort=newest`);
    assert.equal(found.total, 0);
    assert.equal(found.did_you_mean.query, expected);
    assert.equal(found.did_you_mean.html.replaceAll(/<\/?mark>/g, ""), expected);
    const url = new URL(found.did_you_mean.url, daemon.url);
    assert.equal(url.pathname, `/${lang}/`);
    assert.deepEqual(Object.fromEntries(url.searchParams), { q: expected, section: "africa", sort: "newest" });
    assert.ok((await search(url.search)).total > 0);
  }
  for (const q of ["municipality", "zanzibarin", "xqzvwk", ""]) {
    assert.equal((await search(`?q=${q}`)).did_you_mean, null, q);
  }
});

test("suggestions and health", async () => {
  const suggested = async (q, lang = "en") =>
    (await ask("/api/v1/suggest", `/api/v1/suggest?q=${encodeURIComponent(q)}&limit=6&lang=${lang}`)).suggestions;
  for (const q of ["wat", "wather", "disrtict"]) {
    assert.ok((await suggested(q)).some((one) => one.value === library.water), q);
  }
  const theme = (await suggested("saneam", "fr")).find((one) => one.kind === "theme");
  assert.equal(theme.text, "Eau et assainissement");
  assert.equal(theme.matched, "Agua y saneamiento");
  const person = (await suggested("Ndaye")).find((one) => one.kind === "person");
  assert.equal(person.text, "Awa Ndiaye");
  assert.equal(person.count, library.public_works);
  for (const one of [theme, person, ...(await suggested("wat"))]) {
    assert.equal((await fetch(daemon.url + one.url)).status, 200, one.url);
  }
  assert.equal((await search(new URL(person.url, daemon.url).search)).total, library.public_works);
  const health = await ask("/api/v1/health", "/api/v1/health");
  assert.ok(health.documents >= 40);
});

test("malformed parameters are named", async () => {
  for (const [query, parameter] of [["page=0", "page"], ["page=1001", "page"], ["size=101", "size"], ["sort=best", "sort"],
                                    ["year_from=20x", "year_from"], ["lang=de", "lang"], ["q=a&q=b", "q"],
                                    ["colour=red", "colour"]]) {
    assert.equal((await search(`?${query}`, { expected: 400 })).parameter, parameter, query);
  }
  await search("?q=%ff", { expected: 400 });
  await search("?q=%2", { expected: 400 });
  await search("?page=&size=&year_to="); // what forms send
});

// Statuses that every path shares.
test("methods, bodies, lengths and wrong parameters on every path", async () => {
  for (const path of Object.keys(description.paths)) {
    const url = path.replace("{id}", library.water).replace("{n}", "1").replace("{facet}", "country");
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      await ask(path, url, { method, expected: 405 });
    }
    await ask(path, `${url}?q=${"a".repeat(8200)}`, { expected: 414 });
    await ask(path, `${url}?colour=red`, { expected: 400 });
    await ask(path, url);
    const head = await fetch(daemon.url + url, { method: "HEAD" });
    assert.equal(head.status, 200);
    assert.equal(await head.text(), "");
  }
});

test("a body is refused and its connection closed", async () => {
  for (const path of Object.keys(description.paths)) {
    const url = path.replace("{id}", library.water).replace("{n}", "1").replace("{facet}", "country");
    const smuggled = "GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n";
    const received = await exchange(
      daemon.url,
      `GET ${url} HTTP/1.1\r\nHost: x\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    );
    assert.deepEqual(statuses(received), [413], url);
    const { pointer } = documented(path, 413);
    const validate = ajv.getSchema(`openapi#${pointer}/content/application~1problem%2Bjson/schema`);
    assert.ok(validate(JSON.parse(received.split("\r\n\r\n")[1])), ajv.errorsText(validate.errors));
    seen.add(`${path} 413`);
  }
});

test("header values come back nowhere", async () => {
  const evil = "=?utf-8?q?fr=0D=0AInjected:_1?=";
  for (const url of ["/", "/en/", "/api/v1/health", "/nowhere", "/id/" + library.water]) {
    const received = await exchange(
      daemon.url,
      `GET ${url} HTTP/1.1\r\nHost: ${evil}\r\nAccept-Language: ${evil}\r\nUser-Agent: ${evil}\r\nConnection: close\r\n\r\n`,
    );
    assert.doesNotMatch(received, /Injected/, url);
  }
});

test("without an index left, 503 tells when to try again", async () => {
  const broken = newLibrary();
  // A catalogue and an index that vanish under a running daemon: new readers cannot be opened.
  const other = await startDaemon(broken.config);
  try {
    renameSync(join(broken.folder, "data", "index"), join(broken.folder, "data", "gone"));
    renameSync(join(broken.folder, "data", "catalogue.sqlite"), join(broken.folder, "data", "gone.sqlite"));
    const ours = daemon;
    daemon = other;
    try {
      for (const path of Object.keys(description.paths)) {
        const url = path.replace("{id}", broken.water).replace("{n}", "1").replace("{facet}", "country");
        // The first reader may still serve from what it holds open; several at once need new ones.
        const answers = await Promise.all(Array.from({ length: 12 }, () => fetch(other.url + url)));
        for (const answer of answers.filter((one) => one.status === 503)) {
          assert.ok(Number(answer.headers.get("retry-after")) > 0);
          const { pointer } = documented(path, 503);
          const validate = ajv.getSchema(`openapi#${pointer}/content/application~1problem%2Bjson/schema`);
          assert.ok(validate(await answer.json()), ajv.errorsText(validate.errors));
          seen.add(`${path} 503`);
        }
        assert.ok(answers.every((one) => one.status === 200 || one.status === 503),
                  answers.map((one) => one.status).join(" "));
      }
    } finally {
      daemon = ours;
    }
  } finally {
    await other.stop();
    broken.remove();
  }
});

test("every documented status was exercised", () => {
  const missing = [];
  for (const [path, { get }] of Object.entries(description.paths)) {
    for (const status of Object.keys(get.responses)) {
      if (!seen.has(`${path} ${status}`)) {
        missing.push(`${path} ${status}`);
      }
    }
  }
  assert.deepEqual(missing, []);
});
