#!/usr/bin/env python3
"""Reads citations back with programs that are not ours, and compares field by field what they understood.

usage: read_back.py MAKE_CITATIONS PANDOC RIS2XML
"""
import csv
import json
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree as tree
from pathlib import Path

make_citations, pandoc, ris2xml = sys.argv[1:4]
MODS = "{http://www.loc.gov/mods/v3}"
DC = "{http://purl.org/dc/elements/1.1/}"
DATACITE = "{http://datacite.org/schema/kernel-4}"
# A brace without its fellow: the one thing that BibTeX cannot carry to every reader.
UNBALANCED = "UCLG-2022-0005-E"


def run(*command, data=None):
    return subprocess.run(command, input=data, capture_output=True, check=True, text=True, encoding="utf-8").stdout


def one_line(text):
    return " ".join(text.split())


def typeset(text):
    """As TeX and typographers write it."""
    return one_line(text).replace("'", "’").replace("‘", "`")


def author(name):
    """"Given Family" of CSL's name."""
    parts = [name.get(part, "") for part in ("given", "dropping-particle", "non-dropping-particle", "family", "literal")]
    return " ".join(part for part in parts if part)


def written(name):
    return " ".join(reversed(name.split(", "))) if name.count(",") == 1 else name


def date(item):
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    return "-".join(f"{part:02d}" for part in parts)


class ReadBack(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        subprocess.run([make_citations, cls.folder], check=True)
        cls.expected = json.loads((cls.folder / "expected.json").read_text(encoding="utf-8"))

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def csl(self, form, file):
        return json.loads(run(pandoc, "-f", form, "-t", "csljson", self.folder / file))

    def compare(self, item, wanted, same):
        name = wanted["id"]
        self.assertEqual(item["type"], "report", name)
        self.assertEqual(same(item["title"]), same(wanted["title"]), name)
        self.assertEqual([same(author(one)) for one in item.get("author", [])],
                         [same(written(one)) for one in wanted["authors"]], name)
        self.assertEqual(date(item), wanted["date"], name)
        self.assertEqual(item["publisher"], wanted["publisher"], name)
        self.assertEqual(item["genre"], "Report", name)
        self.assertEqual(item["URL"], wanted["url"], name)
        self.assertEqual(item.get("collection-title", ""), wanted["series"], name)
        self.assertEqual(item.get("collection-number", item.get("number", "")), wanted["number"], name)
        self.assertEqual(item.get("ISBN", ""), wanted["isbn"], name)
        self.assertEqual(same(item.get("abstract", "")), same(wanted["abstract"]), name)

    def test_bibtex_by_pandoc(self):
        items = self.csl("bibtex", "works.bib")
        self.assertEqual([item["id"] for item in items], [one["id"] + "-en" for one in self.expected])
        for item, wanted in zip(items, self.expected):
            if wanted["id"] == UNBALANCED:
                wanted = {**wanted, "title": re.sub("[{}]", "", wanted["title"])}
            self.compare(item, wanted, typeset)
        self.assertEqual(items[0]["DOI"], "10.1234/a_b(c)%d")
        self.assertEqual(items[0]["keyword"], "Housing, water, tariffs")

    def test_csl_json_by_pandoc(self):
        items = self.csl("csljson", "works.json")
        self.assertEqual([item["id"] for item in items], [one["id"] for one in self.expected])
        for item, wanted in zip(items, self.expected):
            self.compare(item, wanted, lambda text: re.sub("[\"'“”‘’`]", "", one_line(text)))  # citeproc sets quotes
        self.assertEqual(items[0]["DOI"], "10.1234/a_b(c)%d")

    def test_ris_by_bibutils(self):
        records = tree.fromstring(run(ris2xml, self.folder / "works.ris").lstrip("\ufeff")).findall(MODS + "mods")
        self.assertEqual([record.get("ID") for record in records], [one["id"] for one in self.expected])
        for record, wanted in zip(records, self.expected):
            def text(path):
                return record.findtext("/".join(MODS + part for part in path.split("/")), "")
            subtitle = text("titleInfo/subTitle")
            title = text("titleInfo/title") + (": " + subtitle if subtitle else "")
            self.assertEqual(title, one_line(wanted["title"]))
            # It splits organisations into words, and the "and" of one into two names: the words are all there.
            names = " ".join(part.text for part in record.iter(MODS + "namePart"))
            self.assertEqual(names.split(), re.sub(r"\band\b", "", " ".join(map(written, wanted["authors"]))).split())
            self.assertEqual(text("originInfo/dateIssued"), wanted["date"])
            self.assertEqual(text("originInfo/publisher"), wanted["publisher"])
            self.assertEqual(text("location/url"), wanted["url"])
            self.assertEqual(text("abstract"), one_line(wanted["abstract"]))
            self.assertEqual(text("part/detail/number"), wanted["number"])
            identifiers = {one.get("type"): one.text for one in record.findall(MODS + "identifier")}
            self.assertEqual(identifiers.get("isbn", ""), wanted["isbn"])

    def test_chicago_as_citeproc_writes_it(self):
        def same(text):
            text = urllib.parse.unquote(re.sub("[“”]", "", text)).lower()
            return re.sub(r"\s+", " ", text.replace(" report. ", " ")).strip()
        entries = run(pandoc, "--citeproc", "-f", "csljson", "-t", "plain", "--wrap=none", self.folder / "works.json")
        theirs = {same(entry) for entry in entries.split("\n\n")}
        plain = [one for one in self.expected if one["authors"] and "{" not in one["title"]]
        self.assertGreater(len(plain), 3)
        for wanted in plain:
            self.assertIn(same(wanted["chicago"]), theirs)

    def test_csv(self):
        with (self.folder / "works.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["id"] for row in rows], [one["id"] for one in self.expected])
        for row, wanted in zip(rows, self.expected):
            self.assertEqual(row["title"].replace(" '@", " @").lstrip("'"), one_line(wanted["title"]).replace(" '@", " @"))
            self.assertEqual(row["date"], wanted["date"])
            self.assertEqual(row["url"], wanted["url"])

    def test_xml_by_expat(self):
        for wanted in self.expected:
            core = tree.parse(self.folder / (wanted["id"] + ".oai_dc.xml")).getroot()
            self.assertEqual(core.findtext(DC + "title"), one_line(wanted["title"]))
            self.assertEqual(core.findtext(DC + "date", ""), wanted["date"])
            self.assertIn(wanted["id"], [one.text for one in core.findall(DC + "identifier")])
            cite = tree.parse(self.folder / (wanted["id"] + ".datacite.xml")).getroot()
            self.assertEqual(cite.findtext(f"{DATACITE}titles/{DATACITE}title"), one_line(wanted["title"]))
            self.assertRegex(cite.findtext(DATACITE + "publicationYear"), r"^\d{4}$")
            names = [one.text for one in cite.iter(DATACITE + "creatorName")]
            self.assertEqual([written(name) for name in names],
                             [written(one) for one in wanted["authors"]] or [wanted["publisher"]])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
