#!/usr/bin/env python3
"""Runs acervo-search evaluate over test collections and prints one table. Called by ./dev eval.

usage: evaluate_all.py ACERVO-SEARCH FOLDER [COLLECTION...]

FOLDER holds the collections, a folder each: docs.jsonl, queries.tsv, qrels.tsv, and in multilingual ones
qrels.<query language>-<document language>.tsv, which are evaluated one by one on the documents of that language.
"""
import json
import re
import subprocess
import sys
import time
from pathlib import Path

PAIR = re.compile(r"qrels\.([a-z]{2})-([a-z]{2})\.tsv$")
FIGURES = ("ndcg_at_10", "mrr_at_10", "recall_at_100")


def rows_of(collection):
    """(label, further arguments) for each evaluation of a collection."""
    pairs = sorted((found.groups(), path) for path in collection.glob("qrels.*-*.tsv")
                   if (found := PAIR.search(path.name)))
    if not pairs:
        return [(collection.name, [])]
    return [(f"{collection.name} {query}>{document}", ["--qrels", str(path), "--doc-lang", document])
            for (query, document), path in pairs]


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    program, folder, names = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    collections = [path for path in sorted(folder.iterdir())
                   if (path / "docs.jsonl").is_file() and (path / "queries.tsv").is_file()
                   and (not names or path.name in names)]
    if not collections:
        print(f"no collections in {folder}: a collection is a folder with docs.jsonl and queries.tsv", file=sys.stderr)
        return 1
    print(f"{'collection':<28} {'queries':>8} {'nDCG@10':>8} {'MRR@10':>8} {'R@100':>8} {'seconds':>8}")
    failed = 0
    sums = dict.fromkeys(FIGURES, 0.0)
    count = 0
    for collection in collections:
        for label, arguments in rows_of(collection):
            began = time.monotonic()
            run = subprocess.run([program, "evaluate", "--collection", str(collection), *arguments, "--json"],
                                 capture_output=True, text=True, check=False)
            try:
                if run.returncode != 0:
                    raise ValueError((run.stderr.strip() or f"exit status {run.returncode}").splitlines()[-1])
                answer = json.loads(run.stdout)
                figures = [float(answer[name]) for name in FIGURES]
                queries = int(answer["queries"])
            except (ValueError, KeyError, TypeError) as error:
                print(f"{label:<28} failed: {error}", flush=True)
                failed += 1
                continue
            print(f"{label:<28} {queries:>8} " + " ".join(f"{figure:>8.4f}" for figure in figures) +
                  f" {time.monotonic() - began:>8.1f}", flush=True)
            for name, figure in zip(FIGURES, figures):
                sums[name] += figure
            count += 1
    if count:
        print(f"{'mean of ' + str(count) + ' rows':<28} {'':>8} " +
              " ".join(f"{sums[name] / count:>8.4f}" for name in FIGURES))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
