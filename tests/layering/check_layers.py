#!/usr/bin/env python3
"""Checks who includes whom: the rooms and modules of the design, third parties, private headers.

usage: check_layers.py [FOLDER]    FOLDER is the checkout, "." when left out

A new line in MAY_USE or THIRD_PARTY needs a decision record in docs/adr.
"""
import re
import sys
from pathlib import Path

# What a module may include, beside itself. Modules of indexer and of searchd never include each other's.
MAY_USE = {
    "analyzers/base": [],
    "analyzers/text": ["analyzers/base"],
    "analyzers/lexicon": ["analyzers/base", "analyzers/text"],
    "corpus/access": ["analyzers/base"],
    "corpus/model": ["analyzers/base", "analyzers/text"],
    "corpus/config": ["analyzers/base", "corpus/model"],
    "corpus/cite": ["analyzers/base", "corpus/model", "corpus/vocabulary"],
    "corpus/identifier": ["analyzers/base", "analyzers/text"],
    "corpus/schema": ["analyzers/base", "analyzers/text"],
    "corpus/vocabulary": ["analyzers/base", "analyzers/text"],
    "corpus/catalogue": ["analyzers/base", "corpus/access", "corpus/identifier", "corpus/model"],
    "corpus/passage": ["analyzers/base", "analyzers/text", "corpus/model"],
    "corpus/index": ["analyzers/base", "analyzers/lexicon", "analyzers/text", "corpus/access", "corpus/catalogue",
                     "corpus/identifier", "corpus/model", "corpus/schema", "corpus/vocabulary"],
    "indexer/crawl": ["analyzers/base", "analyzers/text", "corpus/config", "corpus/model"],
    "indexer/extract": ["analyzers/base", "analyzers/text", "corpus/model"],
    "indexer/lexicon": ["analyzers/base", "analyzers/lexicon", "analyzers/text", "corpus/catalogue", "corpus/model",
                        "corpus/vocabulary", "indexer/extract", "indexer/worker"],
    "indexer/worker": ["analyzers/base", "analyzers/text", "corpus/model", "indexer/extract"],
    "indexer/pairing": ["analyzers/base", "analyzers/lexicon", "analyzers/text", "corpus/catalogue", "corpus/model"],
    "indexer/pipeline": ["analyzers/base", "analyzers/lexicon", "analyzers/text", "corpus/access", "corpus/catalogue",
                         "corpus/config", "corpus/identifier", "corpus/index", "corpus/model", "corpus/schema",
                         "corpus/vocabulary", "indexer/crawl", "indexer/extract", "indexer/worker"],
    "indexer/cli": ["analyzers/base", "analyzers/lexicon", "analyzers/text", "corpus/access", "corpus/catalogue",
                    "corpus/config", "corpus/identifier", "corpus/index", "corpus/model", "corpus/schema",
                    "corpus/vocabulary", "indexer/crawl", "indexer/extract", "indexer/lexicon", "indexer/pairing",
                    "indexer/pipeline", "indexer/worker"],
    "searchd/query": ["analyzers/base", "analyzers/lexicon", "analyzers/text", "corpus/identifier", "corpus/schema",
                      "corpus/vocabulary"],
    "searchd/search": ["analyzers/base", "analyzers/lexicon", "analyzers/text", "corpus/access", "corpus/catalogue",
                       "corpus/identifier", "corpus/index", "corpus/model", "corpus/schema", "corpus/vocabulary",
                       "searchd/query"],
    "searchd/oai": ["analyzers/base", "corpus/access", "corpus/catalogue", "corpus/cite", "corpus/model", "corpus/vocabulary"],
    "searchd/http": ["analyzers/base", "analyzers/lexicon", "analyzers/text", "corpus/access", "corpus/catalogue",
                     "corpus/cite", "corpus/config", "corpus/identifier", "corpus/model", "corpus/passage", "corpus/schema",
                     "corpus/vocabulary", "searchd/oai", "searchd/query", "searchd/search", "web-ui/templates",
                     "web-ui/components", "web-ui/i18n"],
    "searchd/cli": ["analyzers/base", "analyzers/lexicon", "analyzers/text", "corpus/access", "corpus/catalogue",
                    "corpus/config", "corpus/identifier", "corpus/index", "corpus/model", "corpus/schema",
                    "corpus/vocabulary", "searchd/query", "searchd/search", "searchd/http"],
    "web-ui/i18n": ["analyzers/base"],
    "web-ui/templates": ["analyzers/base", "web-ui/i18n"],
    "web-ui/components": ["analyzers/base", "web-ui/i18n", "web-ui/templates"],
}

# Third parties that only some modules may include: a pattern on the included path, and the modules.
THIRD_PARTY = [
    (re.compile(r"xapian"), ["corpus/index", "searchd/query", "searchd/search", "analyzers/text"]),
    (re.compile(r"Poco/(Net|Util)/"), ["searchd/http", "searchd/cli", "indexer/cli"]),
    (re.compile(r"Poco/"), ["searchd/search", "searchd/http", "searchd/cli", "indexer/cli"]),
    (re.compile(r"sqlite3"), ["corpus/catalogue"]),
    (re.compile(r"serd/"), ["corpus/vocabulary"]),
    (re.compile(r"raptor2/"), ["indexer/lexicon"]),
    (re.compile(r"poppler/|poppler-|gumbo|md4c|zip\.h|gsf/"), ["indexer/extract"]),
    (re.compile(r"libxml/"), ["indexer/extract", "corpus/cite"]),
    (re.compile(r"toml\+\+/"), ["corpus/config", "indexer/crawl", "corpus/catalogue"]),
]

# Types of these stay out of public headers, except of the modules that exist to wrap them.
NOT_IN_PUBLIC_HEADERS = re.compile(r"xapian|Poco/|unicode/|libxml/|sqlite3")
WRAPPERS = ["corpus/index", "searchd/query", "searchd/http"]

ROOMS = ("analyzers", "corpus", "indexer", "searchd", "web-ui")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def module_of(path):
    """The first two folders: corpus/schema/fields.h -> corpus/schema; "" outside the rooms or directly in one."""
    parts = Path(path).parts
    return "/".join(parts[:2]) if len(parts) > 2 and parts[0] in ROOMS else ""


def problems_in(relative, text):
    """Yields what is wrong with the includes of one file. relative: path from the checkout, with slashes."""
    module = module_of(relative)
    is_test = relative.startswith("tests/")
    is_header = relative.endswith(".h")
    is_private = "/detail/" in relative or not is_header
    if not is_test and not module:
        yield 0, "lies in no module"
        return
    if module and module not in MAY_USE:
        yield 0, f"module {module} is not in MAY_USE"
        return
    if is_header and "#pragma once" not in text:
        yield 0, "header without #pragma once"
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        ours, target = found.group(1) == '"', found.group(2)
        if ".." in Path(target).parts:
            yield number, f"{target}: give the path from the top of the checkout"
            continue
        used = module_of(target)
        if ours and not used and not target.startswith("tests/") and not is_test:
            yield number, f"{target}: give the path from the top of the checkout"
        if is_test:
            continue
        if target.startswith("tests/"):
            yield number, f"{target}: only tests use tests"
        if used and used != module:
            if used not in MAY_USE[module]:
                yield number, f"{module} may not use {used}"
            if "/detail/" in target:
                yield number, f"{target} is private to {used}"
        if used:
            continue
        for pattern, allowed in THIRD_PARTY:
            if pattern.match(target) and module not in allowed:
                yield number, f"{module} may not use {target}"
        if NOT_IN_PUBLIC_HEADERS.match(target) and not is_private and module not in WRAPPERS:
            yield number, f"{target} in a public header"
        if module == "analyzers/text" and is_header and target.startswith("xapian"):
            yield number, f"{target}: analyzers/text uses the stemmers in .cpp files only"


def cycles():
    """Modules that reach themselves through MAY_USE."""
    for start in MAY_USE:
        seen, to_visit = set(), list(MAY_USE[start])
        while to_visit:
            module = to_visit.pop()
            if module not in seen:
                seen.add(module)
                to_visit += MAY_USE.get(module, [])
        if start in seen:
            yield start


def main():
    top = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    count = wrong = 0
    for module in cycles():
        print(f"MAY_USE: {module} uses itself through others")
        wrong += 1
    for room in ROOMS + ("tests",):
        for path in sorted((top / room).rglob("*")):
            if path.suffix not in (".h", ".cpp") or "node_modules" in path.parts:
                continue
            relative = path.relative_to(top).as_posix()
            count += 1
            for number, message in problems_in(relative, path.read_text(encoding="utf-8")):
                print(f"{relative}:{number}: {message}" if number else f"{relative}: {message}")
                wrong += 1
    print(f"{count} files, {wrong} problems")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main())
