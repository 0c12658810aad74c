#!/usr/bin/env python3
"""Shows that check_links.py sees broken links, and lets right ones pass."""
import tempfile
import unittest
from pathlib import Path

from check_links import problems_in

# text of a.md, a part of the expected message ("" for none)
CASES = [
    ("[b](b.md)", ""),
    ("[b](b.md#the-second-part)", ""),
    ("[here](#top)\n\n# Top\n", ""),
    ("[page](https://example.org/no) <mail@example.org>", ""),
    ("![shot](docs/shot.png)", "docs/shot.png: no such file"),
    ("[b](b.md#nowhere)", "no such heading"),
    ("[gone](gone.md 'title')\n[gone]: gone.md\n", "gone.md: no such file"),
    ('<img src="gone.png" alt="">', "gone.png: no such file"),
    ("see `corpus/schema/fields.h`", ""),
    ("see `corpus/schema/gone.h`", "no such file or folder"),
    ("see `docs/adr/NNNN-title.md` and `corpus/<key>`", ""),
    ("```\n[gone](gone.md)\n```\n", ""),
]


class CheckLinks(unittest.TestCase):
    def test_cases(self):
        with tempfile.TemporaryDirectory() as name:
            top = Path(name)
            (top / "b.md").write_text("# B\n\n## The second part\n", encoding="utf-8")
            (top / "corpus" / "schema").mkdir(parents=True)
            (top / "corpus" / "schema" / "fields.h").touch()
            for text, expected in CASES:
                with self.subTest(text):
                    messages = list(problems_in(top / "a.md", text, top))
                    if expected:
                        self.assertTrue(any(expected in message for message in messages), messages)
                    else:
                        self.assertEqual(messages, [])


if __name__ == "__main__":
    unittest.main()
