#!/usr/bin/env python3
"""Trains the language model of analyzers/text from packages of Debian 12.

    train.py --fetch --packages FOLDER      download and unpack the packages (about 160 MB)
    train.py --packages FOLDER --out FILE   train (three minutes)

What is modelled, and how the file is laid out, is written in README.md beside this script. The same words, the same
boundaries and the same hash are in detect.cpp and detail/language_model.cpp: change both.
"""

import argparse
import math
import pathlib
import pickle
import struct
from collections import Counter

import sources

MAX_ORDER = 5
BUCKETS = 16384          # a power of two
SCALE = 12               # steps per nat of a stored score
WORD_MARK = "="          # begins the key of a whole word
OURS = 3                 # the columns that are languages of ours
ALPHABET = 400           # letters; what a letter that a language never met is shared among
LIST_SHARE = 60000       # words taken of a list


PLAIN_LETTERS = str.maketrans("àâäáãåçèéêëìíîïñòóôöõùúûüýÿăąćčďęěğįķļľńňőřśşšţťůűųźżžșțāēīōūėģ",
                              "aaaaaaceeeeiiiinooooouuuuyyaaccdeegikllnnorsssttuuuzzzstaeioueg")


def shares(counts, power=1.0):
    weights = {word: count ** power for word, count in counts.items()}
    total = sum(weights.values())
    return {word: weight / total for word, weight in weights.items()} if total else {}


def mixed(parts):
    """Distributions with weights, as one; those that are empty leave their weight to the others."""
    parts = [(part, weight) for part, weight in parts if part]
    total = sum(weight for _, weight in parts)
    mixture = Counter()
    for part, weight in parts:
        for word, share in part.items():
            mixture[word] += share * weight / total
    return mixture


def with_plain(words, share):
    """Part of the mass without accents: capitals and queries are typed so."""
    both = Counter()
    for word, mass in words.items():
        plain = word.translate(PLAIN_LETTERS)
        if plain == word:
            both[word] += mass
        else:
            both[word] += mass * (1 - share)
            both[plain] += mass * share
    return both


def thinned(listed):
    ordered = sorted(listed)
    return dict.fromkeys(ordered[::max(1, len(ordered) // LIST_SHARE)], 1)


class Column:
    """One column of the model: how probable a word is, and a character given those that follow it."""

    def __init__(self, languages, options):
        tokens, types = [], []
        for frequencies, prose, listed in languages:
            tokens.append((mixed([(shares(frequencies), 1 - options.prose),
                                  (shares(prose, options.damping), options.prose)]), 1))
            types.append((mixed([(shares(frequencies, options.rarity), 1), (shares(prose, options.rarity), 0.5),
                                 (shares(thinned(listed)), options.lexicon)]), 1))
        self.words = with_plain(mixed(tokens), options.unaccented)
        self.count_grams(with_plain(mixed(types), options.unaccented), options.tokens)
        self.known, self.cache = options.known, {}

    def count_grams(self, words, tokens):
        self.grams = Counter()
        for word, mass in words.items():
            padded = f" {word} "
            mass *= tokens
            for first in range(len(padded) - 1):
                for last in range(first + 1, min(first + MAX_ORDER, len(padded)) + 1):
                    self.grams[padded[first:last]] += mass
        self.count_contexts()

    def count_contexts(self):
        # What stands in front of a context: how much, and how many different characters.
        self.context, self.kinds = Counter(), Counter()
        for gram, count in self.grams.items():
            self.context[gram[1:]] += count
            self.kinds[gram[1:]] += 1

    def log_gram(self, gram):
        return math.log(self.gram(gram))

    def gram(self, gram):
        """Of the first character given the rest: Witten and Bell's interpolation over the orders."""
        if not gram:
            return 1 / ALPHABET
        found = self.cache.get(gram)
        if found is None:
            context = gram[1:]
            lower = self.gram(gram[:-1])
            kinds = self.kinds[context]
            found = (self.grams[gram] + kinds * lower) / (self.context[context] + kinds) if kinds else lower
            self.cache[gram] = found
        return found

    def spelt(self, word):
        padded = f" {word} "
        return math.exp(sum(self.log_gram(padded[i:i + MAX_ORDER]) for i in range(len(padded) - 1)))

    def word(self, word):
        return self.known * self.words.get(word, 0) + (1 - self.known) * self.spelt(word)


class AnyColumn(Column):
    """A language never met: letters follow each other as in the languages that were, within three characters."""

    def __init__(self, columns, options):
        self.words, self.known = {}, 0.0
        self.grams, self.cache = Counter(), {}
        for column in columns:
            for gram, count in column.grams.items():
                if len(gram) <= options.any_order:
                    self.grams[gram] += count / len(columns)
        self.count_contexts()


def centred(logs):
    centre = max(logs)
    return [x - centre for x in logs]


def spread(row):
    return max(row[:OURS]) - min(row[:OURS]) + 0.5 * (max(row) - min(row))


def gram_rows(columns, limit):
    mass = Counter()
    for index, column in enumerate(columns):
        for gram, count in column.grams.items():
            if len(gram) <= MAX_ORDER and gram != " ":
                mass[gram] = max(mass[gram], count if index < OURS else count * 0.4)
    rows, worth = {}, {}
    for gram, _ in mass.most_common(limit * 5):
        rows[gram] = [column.log_gram(gram) for column in columns]
    for gram, row in rows.items():
        # The longest known n-gram at a place speaks for it: one that says what its beginning says is not needed.
        before = rows.get(gram[:-1], [0] * len(row))
        worth[gram] = mass[gram] * spread([x - y for x, y in zip(row, before)])
    best = sorted(worth, key=lambda g: (-worth[g], g))[:limit]
    return {gram: centred(rows[gram]) for gram in best}


def word_rows(columns, grams, limit):
    mass = Counter()
    for index, column in enumerate(columns):
        for word, share in column.words.items():
            mass[word] = max(mass[word], share if index < OURS else share * 0.3)
    rows, worth = {}, {}
    for word, share in mass.most_common(limit * 3):
        row = centred([math.log(column.word(word)) for column in columns])
        rows[word] = row
        spelt = spelt_by(grams, word, len(columns))
        worth[word] = share * spread([x - y for x, y in zip(row, spelt)])
    best = sorted(worth, key=lambda w: (-worth[w], w))[:limit]
    return {WORD_MARK + word: rows[word] for word in best}


def spelt_by(grams, word, width):
    """What the model says about a word it does not know as a whole."""
    padded = f" {word} "
    scores = [0.0] * width
    for first in range(len(padded) - 1):
        for length in range(MAX_ORDER, 0, -1):
            row = grams.get(padded[first:first + length]) if first + length <= len(padded) else None
            if row:
                scores = [x + y for x, y in zip(scores, row)]
                break
    return scores


def train(read, options):
    columns = [Column([read[code] for code in codes], options) for codes in sources.COLUMNS.values()]
    columns[-1] = AnyColumn(columns, options)
    grams = gram_rows(columns, options.grams)
    return {**grams, **word_rows(columns, grams, options.words)}


def fnv1a(text):
    value = 0x811C9DC5
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    # FNV's low bits know little of the last letter: mix once.
    value ^= value >> 15
    return (value * 0x2C1B3C6D) & 0xFFFFFFFF


def quantised(row):
    return bytes(max(-127, min(127, round(x * SCALE))) & 0xFF for x in row)


def write(rows, out):
    buckets = [[] for _ in range(BUCKETS)]
    taken = set()
    for key, row in rows.items():
        mark = fnv1a(key)
        if mark not in taken:  # the weightier of two that collide came first
            taken.add(mark)
            buckets[mark % BUCKETS].append((mark >> 16, quantised(row)))
    offsets, prints, scores = [0], [], []
    for bucket in buckets:
        for mark, row in sorted(bucket):
            prints.append(mark)
            scores.append(row)
        offsets.append(len(prints))
    with open(out, "wb") as file:
        file.write(b"ACVLANG2")
        file.write(struct.pack("<5I", len(sources.COLUMNS), BUCKETS, len(prints), SCALE, MAX_ORDER))
        file.write(struct.pack(f"<{len(offsets)}I", *offsets))
        file.write(struct.pack(f"<{len(prints)}H", *prints))
        file.write(b"".join(scores))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--packages", type=pathlib.Path, required=True, help="where the packages are unpacked")
    parser.add_argument("--fetch", action="store_true", help="download and unpack them first")
    parser.add_argument("--out", type=pathlib.Path, help="the model to write")
    parser.add_argument("--cache", type=pathlib.Path, help="where to keep the words once read")
    parser.add_argument("--grams", type=int, default=25000)
    parser.add_argument("--words", type=int, default=18000)
    parser.add_argument("--prose", type=float, default=0.3, help="share of the documentation among running text")
    parser.add_argument("--damping", type=float, default=0.9, help="frequent words of manuals are rarer elsewhere")
    parser.add_argument("--rarity", type=float, default=0.4, help="how much frequency counts in the spelling of words")
    parser.add_argument("--lexicon", type=float, default=0.7, help="weight of the word lists in the spelling of words")
    parser.add_argument("--tokens", type=float, default=2e5, help="size of the text that the mixture stands for")
    parser.add_argument("--any-order", type=int, default=3, help="n-grams that an unknown language is modelled by")
    parser.add_argument("--unaccented", type=float, default=0.2, help="share of the mass seen without accents")
    parser.add_argument("--known", type=float, default=0.9, help="share of running text that is words seen in training")
    return parser


def main():
    options = arguments().parse_args()
    if options.fetch:
        sources.fetch(options.packages)
    if options.cache and options.cache.exists():
        read = pickle.loads(options.cache.read_bytes())
    else:
        read = sources.read_all(options.packages)
        if options.cache:
            options.cache.write_bytes(pickle.dumps(read))
    if options.out:
        write(train(read, options), options.out)


if __name__ == "__main__":
    main()
