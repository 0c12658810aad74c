// Citations over HTTP: formats, negotiation, the block on the page, lists. JSON-LD is read by an independent library.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import jsonld from "jsonld";
import { newLibrary, startDaemon } from "./daemon.js";

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

const get = (path, headers = {}) => fetch(daemon.url + path, { headers, redirect: "manual" });
const citation = (query, id = library.water) => get(`/api/v1/documents/${id}/citation?${query}`);

const types = {
  bibtex: "application/x-bibtex",
  ris: "application/x-research-info-systems",
  csljson: "application/vnd.citationstyles.csl+json",
  dublincore: "application/xml",
  datacite: "application/vnd.datacite.datacite+xml",
  jsonld: "application/ld+json",
};

// Offline, and without trusting what stands at an address: the vocabulary alone.
const documentLoader = (url) => {
  assert.match(url, /^https:\/\/schema\.org\/?$/);
  return { contextUrl: null, documentUrl: url, document: { "@context": { "@vocab": "https://schema.org/" } } };
};

test("every format, under its own type and name", async () => {
  for (const [format, type] of Object.entries(types)) {
    const answer = await citation(`format=${format}&language=fr`);
    assert.equal(answer.status, 200, format);
    assert.equal(answer.headers.get("content-type").split(";")[0], type);
    assert.match(answer.headers.get("content-disposition"), new RegExp(`^attachment; filename="${library.water}\\.`));
    assert.match(await answer.text(), /L’eau pour chaque quartier/, format);
  }
  assert.equal((await citation("format=word")).status, 400);
  assert.equal((await citation("language=de&format=ris")).status, 404);
});

test("DataCite records are valid, of every work", async () => {
  const schema = fileURLToPath(new URL("schemas/datacite.xsd", import.meta.url));
  const found = await (await get("/api/v1/search?size=100")).json();
  assert.equal(found.results.length, library.public_works);
  for (const { id } of found.results) {
    const record = await (await citation("format=datacite", id)).text();
    execFileSync("xmllint", ["--noout", "--nonet", "--schema", schema, "-"], { input: record, stdio: "pipe" });
  }
});

test("references in the reader's language, of a page with its label", async () => {
  const text = async (query) => (await citation(query)).text();
  assert.match(await text("format=apa&lang=en"), /^Ndiaye, A\., & Ortega, L\. \(2019\)\. Water for every district\. United Cities/);
  assert.match(await text("format=chicago&lang=fr&language=fr"), /^Ndiaye, Awa, et Luis Ortega\. 2019\. L’eau pour chaque quartier\. /);
  assert.match(await text("format=iso690&lang=es&language=es"), /^NDIAYE, Awa y ORTEGA, Luis\. Agua para cada barrio \[en línea\].*\[consulta: \d/);
  assert.match(await text("format=apa&lang=en&page=1"), /\(p\. i\).*\/id\/[^/]+\/en;v=1\/p\/n1$/m);
  assert.equal((await citation("format=apa&page=99")).status, 404);
  const all = await (await citation("lang=fr")).json();
  assert.deepEqual(all.references.map((one) => one.style), ["apa", "chicago", "iso690"]);
  for (const { url, media_type } of all.formats) {
    assert.equal((await get(new URL(url, daemon.url).pathname + new URL(url, daemon.url).search)).headers.get("content-type").split(";")[0], media_type);
  }
});

test("the short address gives what is asked for", async () => {
  const leads = async (accept) => (await get(`/id/${library.water}`, { accept })).headers.get("location");
  for (const [format, type] of Object.entries(types)) {
    const location = await leads(type);
    assert.match(location, new RegExp(`/citation\\?format=${format}$`), type);
    assert.equal((await get(location)).headers.get("content-type").split(";")[0], type);
  }
  assert.match(await leads("text/x-bibliography; style=chicago-author-date"), /format=chicago$/);
  assert.match(await leads("application/x-bibtex, */*"), /format=bibtex$/);
  assert.match(await leads("application/x-bibtex;q=0.3, application/ld+json;q=0.7"), /format=jsonld$/);
  for (const page of ["*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "image/png", "", ",;q=,",
                      "application/x-bibtex;q=0", "text/html, application/ld+json;q=0.9"]) {
    assert.match(await leads(page), /^\/en\/documents\//, page);
  }
  assert.match((await get(`/id/${library.water}`)).headers.get("vary"), /Accept, Accept-Language/);
});

test("what may not be read cannot be cited", async () => {
  for (const query of ["", "format=bibtex", "format=apa"]) {
    assert.equal((await citation(query, library.members)).status, 404);
    assert.equal((await citation(query, library.withdrawn)).status, 410);
  }
  for (const format of ["bibtex", "ris", "csljson", "csv"]) {
    const answer = await get(`/api/v1/search/export?format=${format}`);
    assert.doesNotMatch(await answer.text(), new RegExp(`${library.members}|${library.withdrawn}|zanzibarine`));
    assert.equal(answer.headers.get("acervo-total"), String(library.public_works));
  }
});

test("JSON-LD expands to a report with its translations", async () => {
  const [work] = await jsonld.expand(await (await citation("format=jsonld&language=es")).json(), { documentLoader, base: "https://library.example/" });
  const property = (node, name) => node[`https://schema.org/${name}`];
  assert.deepEqual(work["@type"], ["https://schema.org/Report"]);
  assert.equal(property(work, "name")[0]["@value"], "Agua para cada barrio");
  assert.equal(property(work, "datePublished")[0]["@value"], "2019-03-22");
  assert.deepEqual(property(work, "author").map((one) => property(one, "familyName")[0]["@value"]), ["Ndiaye", "Ortega"]);
  const translations = property(work, "workTranslation");
  assert.deepEqual(translations.map((one) => property(one, "inLanguage")[0]["@value"]).sort(), ["en", "es", "fr"]);
  for (const one of translations) {
    assert.equal(property(one, "translationOfWork")[0]["@id"], work["@id"]);
  }
  assert.ok((await jsonld.toRDF(work, { documentLoader, base: "https://library.example/" })).length > 30);
});

test("the page carries the tags and the data of its edition", async () => {
  for (const [language, title] of [["en", "Water for every district"], ["fr", "L’eau pour chaque quartier"]]) {
    const html = await (await get(`/en/documents/${library.water}?language=${language}`)).text();
    const tag = (name) => [...html.matchAll(new RegExp(`<meta name="${name}" content="([^"]*)">`, "g"))].map((one) => one[1]);
    assert.deepEqual(tag("citation_title"), [title]);
    assert.deepEqual(tag("citation_language"), [language]);
    assert.deepEqual(tag("citation_author"), ["Ndiaye, Awa", "Ortega, Luis"]);
    assert.deepEqual(tag("citation_publication_date"), ["2019/03/22"]);
    const data = html.match(/<script type="application\/ld\+json">([^<]*)<\/script>/)[1];
    assert.equal(JSON.parse(data).name, title);
  }
  const quoted = await (await get(`/fr/documents/${library.french_only}`)).text();
  const data = quoted.match(/<script type="application\/ld\+json">([^<]*)<\/script>/)[1];
  assert.match(JSON.parse(data).name, /^Gras <b> & «"l'esprit"»/);
});

test("a list of results is exported in its order, and a search is cited", async () => {
  const found = await (await get("/api/v1/search?q=municipality&sort=title&size=100")).json();
  const exported = await get("/api/v1/search/export?q=municipality&sort=title&format=csljson");
  assert.deepEqual((await exported.json()).map((one) => one.id), found.results.map((one) => one.id));
  assert.equal(exported.headers.get("acervo-exported"), String(found.total));
  const csv = await (await get("/api/v1/search/export?q=municipality&format=csv")).text();
  assert.equal(csv.trim().split("\r\n").length, found.total + 1);

  const html = await (await get("/en/?q=municipality")).text();
  const links = [...html.matchAll(/href="(\/api\/v1\/search\/export[^"]*)"/g)].map((one) => one[1].replaceAll("&amp;", "&"));
  assert.equal(links.length, 4);
  for (const link of links) {
    assert.equal((await get(link)).headers.get("acervo-total"), String(found.total), link);
  }
  const cited = html.match(/href="([^"]*generation=g[^"]*)"/)[1].replaceAll("&amp;", "&").replace(/&#x2F;/g, "/");
  assert.ok(cited.startsWith(daemon.url + "/en/"), cited);
  const again = await (await fetch(cited)).text();
  assert.match(again, /This search was cited on \d+ \w+ \d{4} \(index g\d+\)/);
  const forged = await (await get("/en/?q=municipality&generation=gPwned&on=2026-11-25")).text();
  assert.doesNotMatch(forged, /Pwned/);
});

test("what is copied is a whole address: as the configuration says, or as the reader called the site", async () => {
  const reference = async (headers) =>
    (await get(`/api/v1/documents/${library.water}/citation?format=apa&lang=en`, headers)).text();
  assert.match(await reference(), new RegExp(`${daemon.url}/id/${library.water}/en\\n$`));
  const found = await (await get("/api/v1/search?q=municipality")).json();
  assert.ok(found.results.every((one) => one.url.startsWith(daemon.url + "/")));
});
