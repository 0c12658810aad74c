#!/usr/bin/env python3
"""Checks the Markdown files of the checkout: relative links and images resolve, `#anchors` exist, and paths in
backticks that begin with a folder of ours exist.

usage: check_links.py [FOLDER]

Texts in corpus/samples/sources and files are sample documents, not documentation, and are left out.
"""
import re
import sys
from pathlib import Path
from urllib.parse import unquote

SKIP = ("build/", "data/", ".git/", "node_modules/", "corpus/samples/sources/", "corpus/samples/files/")
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
REFERENCE = re.compile(r"^\s{0,3}\[[^\]]+\]:\s+<?(\S+?)>?(?:\s|$)", re.MULTILINE)
SOURCE = re.compile(r"<(?:img|a|source)\b[^>]*?\b(?:src|href)=\"([^\"]+)\"")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
# A path of ours: it begins with a room, and nothing in it stands for something else (<key>, *, NNNN, {a,b}, …).
OUR_PATH = re.compile(r"^(?:\./)?((?:analyzers|corpus|indexer|searchd|web-ui|tests|docs|\.ci)/[\w./-]+)$")
PLACEHOLDER = re.compile(r"NNNN|\.\.\.")


def anchor(heading):
    """The fragment that Git hosts give a heading."""
    text = re.sub(r"[`*]|\[|\]\([^)]*\)|\]", "", heading.strip()).lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors_of(text):
    return {anchor(line.lstrip("#")) for line in FENCE.sub("", text).splitlines() if re.match(r"#{1,6}\s", line)}


def problems_in(path, text, top):
    prose = FENCE.sub("", text)
    without_code = CODE.sub("", prose)
    targets = LINK.findall(without_code) + REFERENCE.findall(without_code) + SOURCE.findall(without_code)
    for target in targets:
        if re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.IGNORECASE):
            continue
        name, _, fragment = unquote(target).partition("#")
        place = (top / name.lstrip("/") if name.startswith("/") else path.parent / name) if name else path
        if name and not place.exists():
            yield f"link to {target}: no such file"
        elif fragment and place.suffix == ".md" and fragment not in anchors_of(
                place.read_text(encoding="utf-8") if name else text):
            yield f"link to {target}: no such heading"
    for code in CODE.findall(prose):
        found = OUR_PATH.match(code)
        if found and not PLACEHOLDER.search(code) and not (top / found.group(1)).exists():
            yield f"`{code}`: no such file or folder"


def main():
    top = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    count = wrong = 0
    for path in sorted(top.rglob("*.md")):
        relative = path.relative_to(top).as_posix()
        if any(relative.startswith(skip) or f"/{skip}" in relative for skip in SKIP):
            continue
        count += 1
        for message in problems_in(path, path.read_text(encoding="utf-8"), top):
            print(f"{relative}: {message}")
            wrong += 1
    print(f"{count} Markdown files, {wrong} problems")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main())
