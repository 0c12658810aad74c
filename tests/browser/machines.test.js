// What other programs read, asked for over HTTP by programs that are not ours: a harvester, a feed reader, a robot.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { after, before, test } from "node:test";
import harvesting from "oai-pmh";
import robotsParser from "robots-parser";
import FeedParser from "rss-parser";
import { newLibrary, startDaemon } from "./daemon.js";
import { exchange, statuses } from "./raw.js";

const { OaiPmh } = harvesting;

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

// Throws when the page is not as its schema says.
function validate(page, schema) {
  const file = fileURLToPath(new URL(`schemas/${schema}.xsd`, import.meta.url));
  execFileSync("xmllint", ["--noout", "--nonet", "--schema", file, "-"], { input: page, stdio: "pipe" });
}

const get = (path, headers = {}) => fetch(daemon.url + path, { headers, redirect: "manual" });
const text = async (path) => (await get(path)).text();
const oaiId = (id) => `oai:127.0.0.1:${id}`;

async function all(iterable) {
  const list = [];
  for await (const one of iterable) {
    list.push(one);
  }
  return list;
}

test("a harvester reads the whole library, and learns what has gone", async () => {
  const harvester = new OaiPmh(`${daemon.url}/oai`);
  const identity = await harvester.identify();
  assert.equal(identity.protocolVersion, "2.0");
  assert.equal(identity.deletedRecord, "persistent");
  assert.equal(identity.baseURL, `${daemon.url}/oai`);
  const formats = await harvester.listMetadataFormats();
  assert.deepEqual(formats.map((one) => one.metadataPrefix), ["oai_dc", "oai_datacite"]);
  const sets = await all(harvester.listSets());
  assert.ok(sets.some((one) => one.setSpec === "section:africa" && one.setName === "Africa"));

  const headers = await all(harvester.listIdentifiers({ metadataPrefix: "oai_dc" }));
  const deleted = headers.filter((one) => one.$?.status === "deleted").map((one) => one.identifier);
  assert.deepEqual(deleted, [oaiId(library.withdrawn)]);
  assert.equal(headers.length, library.public_works + 1);
  assert.ok(!headers.some((one) => one.identifier === oaiId(library.members)));

  for (const metadataPrefix of ["oai_dc", "oai_datacite"]) {
    const records = await all(harvester.listRecords({ metadataPrefix }));
    assert.equal(records.filter((one) => one.metadata).length, library.public_works);
  }
  const some = await all(harvester.listRecords({ metadataPrefix: "oai_dc", set: "section:africa", from: identity.earliestDatestamp }));
  assert.ok(some.length > 0 && some.length < library.public_works);
  const water = some.find((one) => one.header.identifier === oaiId(library.water));
  assert.equal(water.metadata["oai_dc:dc"]["dc:title"].length, 3);
});

test("every OAI answer is valid, wrong questions too, and POST asks like GET", async () => {
  for (const query of ["verb=Identify", "verb=%3Cx%3E", "", "verb=Identify&x=%22", "verb=ListRecords&metadataPrefix=%00",
    `verb=GetRecord&metadataPrefix=oai_dc&identifier=${oaiId(library.members)}`, "verb=ListSets",
    "verb=ListMetadataFormats", "verb=ListIdentifiers&metadataPrefix=oai_dc", "verb=ListRecords&metadataPrefix=oai_dc",
    "verb=ListRecords&metadataPrefix=oai_datacite", "verb=ListRecords&metadataPrefix=x", "verb=ListSets&resumptionToken=x"]) {
    const answer = await get(`/oai?${query}`);
    assert.equal(answer.status, 200, query);
    assert.equal(answer.headers.get("content-type"), "text/xml; charset=utf-8");
    const asked = await answer.text();
    validate(asked, "oai-pmh");
    const posted = await fetch(`${daemon.url}/oai`, { method: "POST", body: new URLSearchParams(query) });
    assert.equal(posted.status, 200, query);
    const withoutTime = (page) => page.replace(/<responseDate>[^<]*/, "");
    assert.equal(withoutTime(await posted.text()), withoutTime(asked));
  }
});

test("a form is taken at this address only, when it is small and whole", async () => {
  const form = "verb=Identify";
  const post = (path, body, more = "") =>
    exchange(daemon.url, `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\n${more || `Content-Length: ${body.length}\r\n`}\r\n${body}`);
  assert.deepEqual(statuses(await post("/oai", form)), [200]);
  assert.deepEqual(statuses(await post("/api/v1/health", "", "Content-Length: 3\r\n")), [405]);
  assert.deepEqual(statuses(await post("/oai", form, "Content-Length: 9000\r\n")), [413]);
  assert.deepEqual(statuses(await post("/oai", "", "Content-Length: 3\r\nContent-Length: 3\r\n")), [413]);
  assert.deepEqual(statuses(await post("/oai", "", "Transfer-Encoding: chunked\r\n")), [413]);
  // What follows a form is a request of its own.
  const two = await exchange(daemon.url, `POST /oai HTTP/1.1\r\nHost: x\r\n` +
    `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}` +
    `GET /api/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  assert.deepEqual(statuses(two), [200, 200]);
});

test("all metadata in one file: compressed, named by its content, unchanged while nothing changes", async () => {
  const answer = await get("/data/works.jsonl.gz", { "accept-encoding": "identity" });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/gzip");
  assert.equal(answer.headers.get("content-encoding"), null);
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.equal(Number(answer.headers.get("content-length")), bytes.length);
  const works = gunzipSync(bytes).toString("utf8").trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(works.length, library.public_works);
  assert.ok(works.every((one) => one.editions.length > 0));
  assert.ok(![library.members, library.withdrawn].some((id) => works.some((one) => one.id === id)));
  assert.equal(works.find((one) => one.id === library.water).editions.length, 3);

  const etag = answer.headers.get("etag");
  for (const known of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
    const again = await get("/data/works.jsonl.gz", { "if-none-match": known });
    assert.equal(again.status, 304, known);
    assert.equal(again.headers.get("etag"), etag);
    assert.equal((await again.arrayBuffer()).byteLength, 0);
  }
  assert.equal((await get("/data/works.jsonl.gz", { "if-none-match": '"x"' })).status, 200);
  const head = await fetch(`${daemon.url}/data/works.jsonl.gz`, { method: "HEAD" });
  assert.equal(head.headers.get("etag"), etag);
  assert.equal(Number(head.headers.get("content-length")), bytes.length);
});

test("a feed reader reads the feed of a search, a section and a theme", async () => {
  const parser = new FeedParser();
  const every = await parser.parseString(await text("/en/feed"));
  assert.equal(every.items.length, library.public_works);
  const french = await parser.parseString(await text("/fr/feed?q=eau&section=africa&theme=water-and-sanitation"));
  assert.equal(french.title, "Acervo: eau, Afrique, Eau et assainissement");
  assert.deepEqual(french.items.map((one) => one.id), [`${daemon.url}/id/${library.water}`]);
  assert.equal(french.items[0].title, "L’eau pour chaque quartier");
  assert.ok(!Number.isNaN(Date.parse(french.items[0].pubDate ?? french.items[0].isoDate)));
  const marked = await parser.parseString(await text(`/fr/feed?q=id:${library.french_only}`));
  assert.match(marked.items[0].title, /<b>/); // as text, not as markup
  assert.equal((await parser.parseString(await text("/en/feed?q=zzzzzz"))).items.length, 0);
  assert.equal((await get("/en/feed?year_from=x")).status, 400);
});

test("feeds, sitemaps and small texts need not be sent twice", async () => {
  for (const path of ["/en/feed?q=water", "/sitemap.xml", "/sitemaps/first.xml", "/robots.txt", "/llms.txt", "/es/opensearch.xml"]) {
    const answer = await get(path);
    assert.equal(answer.status, 200, path);
    const again = await get(path, { "if-none-match": answer.headers.get("etag") });
    assert.equal(again.status, 304, path);
    assert.equal(await again.text(), "");
  }
});

test("a robot finds every work and no search", async () => {
  const robots = robotsParser(`${daemon.url}/robots.txt`, await text("/robots.txt"));
  assert.ok(robots.isAllowed(`${daemon.url}/en/`, "anybot"));
  assert.ok(robots.isAllowed(`${daemon.url}/en/documents/${library.water}?language=fr&page=2`, "anybot"));
  assert.ok(robots.isDisallowed(`${daemon.url}/en/?q=water&section=africa`, "anybot"));
  assert.ok(robots.isDisallowed(`${daemon.url}/api/v1/search?q=water`, "anybot"));
  const [index] = robots.getSitemaps();
  const parts = [...(await (await fetch(index)).text()).matchAll(/<loc>([^<]*)<\/loc>/g)].map((one) => one[1]);
  const pages = [];
  for (const part of parts) {
    const page = await (await fetch(part)).text();
    validate(page, "sitemap");
    pages.push(...[...page.matchAll(/<loc>([^<]*)<\/loc>/g)].map((one) => one[1]));
    assert.equal([...page.matchAll(/hreflang="(en|fr|es)"/g)].length, 9 * library.public_works);
  }
  assert.equal(new Set(pages).size, 3 * library.public_works);
  for (const page of pages.slice(0, 4)) {
    assert.equal((await fetch(page)).status, 200, page);
  }
  assert.equal((await get("/sitemaps/x")).status, 404);
});

test("pages tell browsers and programs where to go on", async () => {
  const page = await text("/fr/?q=eau");
  const search = page.match(/<link rel="search"[^>]*href="([^"]*)"/)[1];
  assert.match(await text(search), /template="http[^"]*\/fr\/\?q=\{searchTerms\}"/);
  const feed = page.match(/<link rel="alternate" type="application\/atom\+xml"[^>]*href="([^"]*)"/)[1];
  assert.match(await text(feed.replaceAll("&amp;", "&")), /^<\?xml/);

  const link = (await get(`/en/documents/${library.water}`)).headers.get("link");
  assert.match(link, new RegExp(`<${daemon.url}/id/${library.water}>;rel="cite-as"`));
  const described = [...link.matchAll(/<([^>]*)>;rel="describedby";type="([^"]*)"/g)];
  assert.ok(described.length >= 7);
  for (const [, url, type] of described) {
    const answer = await fetch(url);
    assert.equal(answer.status, 200, url);
    assert.equal(answer.headers.get("content-type").split(";")[0], type);
  }
  const redirect = await get(`/id/${library.water}`);
  assert.equal(redirect.status, 303);
  assert.equal(redirect.headers.get("link"), link);
});

test("addresses come from the request's host only when it is one", async () => {
  const ask = (host) => exchange(daemon.url, `GET /robots.txt HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  assert.match(await ask("library.example"), /Sitemap: http:\/\/library\.example\/sitemap\.xml/);
  assert.doesNotMatch(await ask("evil.example/<b>"), /evil/);
});
