#!/usr/bin/env python3
"""Shows that check_layers.py sees each kind of breach, and lets right code pass."""
import unittest

from check_layers import cycles, problems_in

ONCE = "#pragma once\n"

# name, file, its text, a part of the expected message ("" for none)
CASES = [
    ("right", "corpus/index/a.cpp", '#include "corpus/index/a.h"\n#include "analyzers/base/result.h"\n', ""),
    ("standard header", "corpus/index/a.cpp", "#include <vector>\n", ""),
    ("xapian where it belongs", "corpus/index/a.h", ONCE + "#include <xapian.h>\n", ""),
    ("test may look inside", "tests/unit/x_test.cpp", '#include "corpus/index/detail/a.h"\n', ""),
    ("indexer includes searchd", "indexer/cli/a.cpp", '#include "searchd/query/a.h"\n', "may not use searchd/query"),
    ("searchd includes indexer", "searchd/http/a.cpp", '#include "indexer/crawl/a.h"\n', "may not use indexer/crawl"),
    ("analysers include corpus", "analyzers/text/a.cpp", '#include "corpus/model/a.h"\n', "may not use corpus/model"),
    ("HTTP includes Xapian", "searchd/http/a.cpp", "#include <xapian.h>\n", "may not use xapian.h"),
    ("HTTP opens the index", "searchd/http/a.cpp", '#include "corpus/index/reader.h"\n', "may not use corpus/index"),
    ("engine knows HTTP", "searchd/search/a.cpp", "#include <Poco/Net/HTTPServer.h>\n", "may not use Poco"),
    ("Poco in corpus", "corpus/config/a.cpp", "#include <Poco/Path.h>\n", "may not use Poco"),
    ("SQLite outside", "corpus/index/a.cpp", "#include <sqlite3.h>\n", "may not use sqlite3"),
    ("private header", "corpus/index/a.cpp", '#include "corpus/catalogue/detail/read.h"\n', "is private"),
    ("parent path", "corpus/index/a.cpp", '#include "../schema/fields.h"\n', "from the top"),
    ("short path", "corpus/index/a.cpp", '#include "a.h"\n', "from the top"),
    ("stemmer in a header", "analyzers/text/detail/a.h", ONCE + "#include <xapian.h>\n", ".cpp files only"),
    ("ICU in a public header", "analyzers/text/a.h", ONCE + "#include <unicode/uchar.h>\n", "public header"),
    ("ICU in a private header", "analyzers/text/detail/a.h", ONCE + "#include <unicode/uchar.h>\n", ""),
    ("unknown module", "corpus/attic/a.cpp", "", "not in MAY_USE"),
    ("no module", "corpus/a.cpp", "", "no module"),
    ("no guard", "corpus/index/a.h", "", "#pragma once"),
    ("product uses tests", "corpus/index/a.cpp", '#include "tests/support/a.h"\n', "only tests"),
]


class CheckLayers(unittest.TestCase):
    def test_cases(self):
        for name, path, text, expected in CASES:
            with self.subTest(name):
                messages = [message for _, message in problems_in(path, text)]
                if expected:
                    self.assertTrue(any(expected in message for message in messages), messages)
                else:
                    self.assertEqual(messages, [])

    def test_arrows_go_one_way(self):
        self.assertEqual(list(cycles()), [])


if __name__ == "__main__":
    unittest.main()
