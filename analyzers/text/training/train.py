#!/usr/bin/env python3
"""Trains the language model of analyzers/text from documentation and word lists that Debian packages.

    train.py --fetch --packages FOLDER      download and unpack the packages (about 70 MB)
    train.py --packages FOLDER --out FILE   train

The model scores character 1- to 5-grams of words. The same words, the same boundaries and the same hash are in
detect.cpp: change both. How the file is laid out is written in README.md beside this script.
"""

import argparse
import gettext
import html
import math
import pathlib
import pickle
import re
import struct
import subprocess
import sys
import tempfile
from collections import Counter

PACKAGES = """debian-reference-en debian-reference-fr debian-reference-es debian-handbook installation-guide-amd64
maint-guide maint-guide-fr maint-guide-es maint-guide-it maint-guide-de maint-guide-ca
debian-faq debian-faq-fr debian-faq-it debian-faq-de
developers-reference-fr developers-reference-it developers-reference-de
gnome-user-docs freeciv-data fortunes fortunes-es fortunes-it fortunes-de fortunes-br
libreoffice-help-en-us libreoffice-help-fr libreoffice-help-es libreoffice-help-pt libreoffice-help-it
libreoffice-help-de libreoffice-help-ca
wamerican wbritish wfrench wspanish wportuguese wbrazilian witalian wngerman wcatalan wdutch""".split()

# The three languages first, in the order of the enumeration; then those that only stand for "other".
LANGUAGES = ["en", "fr", "es", "pt", "it", "de", "ca", "nl"]

# Names a language goes by in file paths.
ALIASES = {
    "en": ["en", "en-US", "C", "american", "british"],
    "fr": ["fr", "fr-FR", "french"],
    "es": ["es", "es-ES", "spanish"],
    "pt": ["pt", "pt_BR", "pt-BR", "br", "portuguese", "brazilian"],
    "it": ["it", "it-IT", "italian"],
    "de": ["de", "de-DE", "ngerman"],
    "ca": ["ca", "ca-ES", "catalan"],
    "nl": ["nl", "nl-NL", "dutch"],
}

PROSE = [
    "debian-reference-{0}/usr/share/debian-reference/*.html",
    "debian-handbook/usr/share/doc/debian-handbook/html/{0}/*.html",
    "installation-guide-amd64/usr/share/doc/installation-guide-amd64/{0}/*.html",
    "maint-guide*/usr/share/doc/maint-guide*/html/*.{0}.html",
    "debian-faq*/usr/share/doc/debian/FAQ/**/*.{0}.html",
    "developers-reference-{0}/**/*.html",
    "gnome-user-docs/usr/share/help/{0}/**/*.page",
    "libreoffice-help-{0}/usr/share/libreoffice/help/{0}/**/*.html",
    "libreoffice-help-en-us/usr/share/libreoffice/help/{0}/**/*.html",
    "fortunes*/usr/share/games/fortunes/{0}/*",
]
# Short ones come without a folder of their own.
PLAIN = {"en": ["fortunes/usr/share/games/fortunes/*"], "pt": ["fortunes-br/usr/share/games/fortunes/*"]}
CATALOGUES = "freeciv-data/usr/share/locale/{0}/LC_MESSAGES/freeciv-{1}.mo"
WORD_LISTS = "w*/usr/share/dict/{0}*"

MAX_ORDER = 5
BUCKETS = 16384          # a power of two
SCALE = 12               # steps per nat of a stored score
MAX_WORD = 40            # letters; longer ones are no words


def fetch(folder):
    with tempfile.TemporaryDirectory() as temporary:
        for package in PACKAGES:
            subprocess.run(["apt-get", "download", "-q", package], cwd=temporary, check=True)
            archive = next(pathlib.Path(temporary).glob(package + "_*.deb"))
            subprocess.run(["dpkg-deb", "-x", archive, folder / package], check=True)


def without_markup(text):
    text = re.sub(r"(?is)<(script|style|pre|code|kbd|tt|head|cmd|screen|credit)\b.*?</\1\s*>", " ", text)
    text = re.sub(r"(?i)</?(b|i|em|strong|span|a|q|u|link|gui|key|app|emph)\b[^>]*>", "", text)
    text = re.sub(r"(?s)<!--.*?-->", " ", text)
    return html.unescape(re.sub(r"(?s)<[^>]*>", "\n\n", text))


def blocks_of(language, packages):
    """Paragraphs of running text."""
    seen = set()
    for alias in ALIASES[language]:
        for pattern in PROSE:
            for path in sorted(packages.glob(pattern.format(alias))):
                if path in seen or not path.is_file() or path.suffix == ".dat":
                    continue
                seen.add(path)
                text = path.read_text(encoding="utf-8", errors="replace")
                yield from (without_markup(text) if path.suffix in (".html", ".page") else text).split("\n\n")
        for domain in ("nations", "core"):
            path = packages / CATALOGUES.format(alias, domain)
            if path.is_file():
                with path.open("rb") as file:
                    yield from (str(v) for k, v in gettext.GNUTranslations(file)._catalog.items() if k)
    for pattern in PLAIN.get(language, []):
        for path in sorted(packages.glob(pattern)):
            if path.is_file() and path.suffix not in (".dat", ".u8"):
                yield from path.read_text(encoding="utf-8", errors="replace").split("\n%\n")
    if language == "en":
        for domain in ("nations", "core"):
            with (packages / CATALOGUES.format("fr", domain)).open("rb") as file:
                yield from (k if isinstance(k, str) else k[0] for k in gettext.GNUTranslations(file)._catalog)


WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def words_of(text):
    return [w for w in WORD.findall(text.translate({0x2019: "'"}).lower()) if len(w) <= MAX_WORD]


TELLTALE = {
    "en": {"the", "and", "of", "is", "this", "with", "you", "are", "be", "for", "will", "can", "by"},
}


def is_english(words):
    return sum(w in TELLTALE["en"] for w in words) > max(1, 0.12 * len(words))


def read_language(language, packages):
    """How often each word stands in prose, and the words of the lists."""
    prose = Counter()
    blocks = {" ".join(b.split()) for b in blocks_of(language, packages)}
    for block in sorted(blocks):
        words = words_of(block)
        # Translations are often unfinished: what stayed English is not counted.
        if language == "en" or not is_english(words):
            prose.update(words)
    listed = set()
    for alias in ALIASES[language]:
        for path in packages.glob(WORD_LISTS.format(alias)):
            if path.is_file() and not path.is_symlink():
                listed.update(w for line in path.read_text(encoding="utf-8").split("\n") for w in words_of(line))
    print(f"{language}: {sum(prose.values())} words of prose, {len(prose)} different, {len(listed)} listed",
          file=sys.stderr)
    return prose, listed


def read_all(packages, cache):
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    read = {language: read_language(language, packages) for language in LANGUAGES}
    if cache:
        cache.write_bytes(pickle.dumps(read))
    return read


def word_weights(prose, listed, options):
    # Frequent words of manuals are not that frequent elsewhere.
    weights = Counter({word: count ** options.damping for word, count in prose.items()})
    each = options.lexicon * sum(weights.values()) / max(1, len(listed))
    for word in listed:
        weights[word] += each
    return weights


PLAIN_LETTERS = str.maketrans("àâäáãåçèéêëìíîïñòóôöõùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy")


def grams_of(word):
    padded = f" {word} "
    for first in range(len(padded)):
        for order in range(1, MAX_ORDER + 1):
            if first + order > len(padded):
                break
            gram = padded[first:first + order]
            if gram != " ":
                yield gram


def gram_probabilities(counts, options):
    grams = Counter()
    for word, count in counts.items():
        plain = word.translate(PLAIN_LETTERS)
        for gram in grams_of(word):
            grams[gram] += count * (1 - options.unaccented)
        for gram in grams_of(plain):
            grams[gram] += count * options.unaccented
    totals = Counter()
    for gram, count in grams.items():
        totals[len(gram)] += count
    return {gram: count / totals[len(gram)] for gram, count in grams.items()}


def fnv1a(text):
    value = 0x811C9DC5
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    # FNV's low bits know little of the last letter: mix once.
    value ^= value >> 15
    return (value * 0x2C1B3C6D) & 0xFFFFFFFF


def train(packages, options):
    read = read_all(packages, options.cache)
    models = [gram_probabilities(word_weights(*read[language], options), options) for language in LANGUAGES]
    mass = Counter()
    for index, model in enumerate(models):
        for gram, p in model.items():
            mass[gram] = max(mass[gram], p if index < 3 else p * 0.5)
    # Enough to choose from; the long tail was seen in one list and nowhere else.
    rows = {}
    for gram, _ in mass.most_common(options.grams * 6):
        logs = [math.log(model.get(gram, 0) + options.floor) for model in models]
        centre = sum(logs[:3]) / 3
        rows[gram] = [x - centre for x in logs]
    # The longest known n-gram at a place speaks for it: one that says what its beginning says already is not needed.
    worth = {}
    for gram, row in rows.items():
        before = rows.get(gram[:-1], [0] * len(row))
        news = [x - y for x, y in zip(row, before)]
        worth[gram] = mass[gram] * (max(news[:3]) - min(news[:3]) + 0.5 * (max(news) - min(news)))
    table = {}
    for gram in sorted(worth, key=lambda g: (-worth[g], g))[:options.grams]:
        scores = bytes(max(-127, min(127, round(x * SCALE))) & 0xFF for x in rows[gram])
        table.setdefault(fnv1a(gram), scores)  # the weightier of two that collide came first
    return table


def write(table, out):
    buckets = [[] for _ in range(BUCKETS)]
    for key, scores in table.items():
        buckets[key % BUCKETS].append((key >> 16, scores))
    offsets, prints, scores = [0], [], []
    for bucket in buckets:
        for mark, row in sorted(bucket):
            prints.append(mark)
            scores.append(row)
        offsets.append(len(prints))
    with open(out, "wb") as file:
        file.write(b"ACVLANG1")
        file.write(struct.pack("<5I", len(LANGUAGES), BUCKETS, len(prints), SCALE, MAX_ORDER))
        file.write(struct.pack(f"<{len(offsets)}I", *offsets))
        file.write(struct.pack(f"<{len(prints)}H", *prints))
        file.write(b"".join(scores))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--packages", type=pathlib.Path, required=True, help="where the packages are unpacked")
    parser.add_argument("--fetch", action="store_true", help="download and unpack them first")
    parser.add_argument("--out", type=pathlib.Path, help="the model to write")
    parser.add_argument("--cache", type=pathlib.Path, help="where to keep the words once read")
    parser.add_argument("--grams", type=int, default=88000)
    parser.add_argument("--damping", type=float, default=1.0)
    parser.add_argument("--lexicon", type=float, default=0.1, help="weight of the word lists, as a share of the prose")
    parser.add_argument("--unaccented", type=float, default=0.25, help="share of the mass seen without accents")
    parser.add_argument("--floor", type=float, default=2e-6, help="added to every probability")
    options = parser.parse_args()
    if options.fetch:
        fetch(options.packages)
    if options.out:
        write(train(options.packages, options), options.out)


if __name__ == "__main__":
    main()
