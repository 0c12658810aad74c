"""What the language model is trained from: words with their frequencies, out of packages of Debian 12."""

import gettext
import html
import pathlib
import re
import subprocess
import sys
import tempfile
from collections import Counter

PACKAGES = """onboard-data
debian-reference-en debian-reference-fr debian-reference-es debian-handbook installation-guide-amd64
gnome-user-docs freeciv-data fortunes fortunes-es fortunes-it fortunes-de fortunes-br
libreoffice-help-en-us libreoffice-help-fr libreoffice-help-es libreoffice-help-pt libreoffice-help-it
libreoffice-help-de libreoffice-help-ca
wamerican wbritish wfrench wspanish wportuguese wbrazilian wgalician-minimos wcatalan witalian wngerman wdutch
wswedish wdanish wnorwegian wpolish wesperanto
hunspell-oc hunspell-an hunspell-ro hunspell-af hunspell-is hunspell-cs hunspell-sk hunspell-sl hunspell-hr
hunspell-lt hunspell-lv hunspell-hu hunspell-eu hunspell-tr hunspell-uz hunspell-kmr hunspell-br hunspell-gd
hunspell-sw hunspell-id hunspell-vi hunspell-gug wmanx
libreoffice-l10n-ast libreoffice-l10n-oc libreoffice-l10n-af libreoffice-l10n-is libreoffice-l10n-sk libreoffice-l10n-lt
libreoffice-l10n-eu libreoffice-l10n-uz libreoffice-l10n-kmr libreoffice-l10n-cy libreoffice-l10n-rw
libreoffice-l10n-zu libreoffice-l10n-xh libreoffice-l10n-nso libreoffice-l10n-st libreoffice-l10n-om""".split()

# The columns of the model: the three languages in the order of the enumeration, then those that only stand for
# "other". Languages that share a column are mixed in equal parts.
COLUMNS = {
    "en": ["en"],
    "fr": ["fr"],
    "es": ["es"],
    "pt": ["pt", "gl"],
    "it": ["it"],
    "ca": ["ca", "oc", "an", "ast"],
    "ro": ["ro"],
    "de": ["de", "lb"],
    "nl": ["nl", "af"],
    "nordic": ["sv", "da", "nb", "is"],
    "slavic": ["pl", "cs", "sk", "sl", "hr"],
    "turkic": ["tr", "uz", "kmr"],
    "finnic": ["fi", "et", "hu", "lt", "lv", "eu"],
    "celtic": ["ga", "gd", "br", "cy", "gv"],
    "african": ["sw", "rw", "zu", "xh", "nso", "st", "om"],
    "asian": ["id", "vi"],
    "any": ["eo", "gug"],
}

# Names a language goes by in file names, where its code alone is not enough.
ALIASES = {
    "en": ["en", "en-US", "C", "en_US", "en_GB", "en_CA", "en_AU", "american-english", "british-english"],
    "fr": ["fr", "fr-FR", "fr_FR", "french"],
    "es": ["es", "es-ES", "es_ES", "spanish"],
    "pt": ["pt", "pt_BR", "pt_PT", "pt-BR", "br", "portuguese", "brazilian"],
    "gl": ["gl", "gl_ES", "galician-minimos"],
    "it": ["it", "it-IT", "it_IT", "italian"],
    "ca": ["ca", "ca-ES", "catalan"],
    "oc": ["oc", "oc_FR"],
    "an": ["an", "an_ES"],
    "ast": ["ast"],
    "ro": ["ro", "ro-RO", "ro_RO"],
    "de": ["de", "de-DE", "de_DE", "ngerman"],
    "lb": ["lb_LU"],
    "nl": ["nl", "nl-NL", "nl_NL", "dutch"],
    "af": ["af", "af_ZA"],
    "sv": ["sv", "sv-SE", "sv_SE", "swedish"],
    "da": ["da", "da-DK", "da_DK", "danish"],
    "nb": ["nb", "nb-NO", "bokmaal", "nynorsk"],
    "is": ["is", "is_IS"],
    "pl": ["pl", "pl-PL", "pl_PL", "polish"],
    "cs": ["cs", "cs-CZ", "cs_CZ"],
    "sk": ["sk", "sk_SK"],
    "sl": ["sl", "sl_SI"],
    "hr": ["hr", "hr-HR", "hr_HR", "sr@latin"],
    "tr": ["tr", "tr-TR", "tr_TR"],
    "uz": ["uz", "uz_UZ"],
    "kmr": ["kmr@latin", "kmr_Latn"],
    "hu": ["hu", "hu_HU"],
    "fi": ["fi"],
    "et": ["et"],
    "lt": ["lt", "lt_LT"],
    "lv": ["lv", "lv_LV"],
    "eu": ["eu", "eu_ES"],
    "ga": ["ga", "ga_IE"],
    "gd": ["gd", "gd_GB"],
    "br": ["br_FR"],
    "eo": ["eo", "eo_XX", "esperanto"],
    "cy": ["cy"],
    "gv": ["manx"],
    "sw": ["sw_KE", "sw_TZ"],
    "rw": ["rw"],
    "zu": ["zu"],
    "xh": ["xh"],
    "nso": ["nso"],
    "st": ["st"],
    "om": ["om"],
    "id": ["id", "id-ID", "id_ID"],
    "vi": ["vi", "vi-VN", "vi_VN"],
    "gug": ["gug_PY"],
}

PROSE = [
    "debian-reference-{0}/usr/share/debian-reference/*.html",
    "debian-handbook/usr/share/doc/debian-handbook/html/{0}/*.html",
    "installation-guide-amd64/usr/share/doc/installation-guide-amd64/{0}/*.html",
    "gnome-user-docs/usr/share/help/{0}/**/*.page",
    "libreoffice-help-{0}/usr/share/libreoffice/help/{0}/**/*.html",
    "libreoffice-help-en-us/usr/share/libreoffice/help/{0}/**/*.html",
    "fortunes*/usr/share/games/fortunes/{0}/*",
]
# Short ones come without a folder of their own.
PLAIN = {"en": ["fortunes/usr/share/games/fortunes/*"], "pt": ["fortunes-br/usr/share/games/fortunes/*"]}
CATALOGUES = [
    "freeciv-data/usr/share/locale/{0}/LC_MESSAGES/freeciv-nations.mo",
    "freeciv-data/usr/share/locale/{0}/LC_MESSAGES/freeciv-core.mo",
    "libreoffice-l10n-*/usr/lib/libreoffice/program/resource/{0}/LC_MESSAGES/*.mo",
]
FREQUENCIES = "onboard-data/usr/share/onboard/models/{0}.lm"
WORD_LISTS = ["w*/usr/share/dict/{0}", "hunspell-*/usr/share/hunspell/{0}.dic"]

MAX_WORD = 40  # letters; longer ones are no words
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def fetch(folder):
    with tempfile.TemporaryDirectory() as temporary:
        for package in PACKAGES:
            subprocess.run(["apt-get", "download", "-q", package], cwd=temporary, check=True)
            archive = next(pathlib.Path(temporary).glob(package + "_*.deb"))
            subprocess.run(["dpkg-deb", "-x", archive, folder / package], check=True)


def words_of(text):
    return [w for w in WORD.findall(text.translate({0x2019: "'"}).lower()) if len(w) <= MAX_WORD]


def without_markup(text):
    text = re.sub(r"(?is)<(script|style|pre|code|kbd|tt|head|cmd|screen|credit)\b.*?</\1\s*>", " ", text)
    text = re.sub(r"(?i)</?(b|i|em|strong|span|a|q|u|link|gui|key|app|emph)\b[^>]*>", "", text)
    text = re.sub(r"(?s)<!--.*?-->", " ", text)
    return html.unescape(re.sub(r"(?s)<[^>]*>", "\n\n", text))


def catalogue(path):
    with path.open("rb") as file:
        return sorted(gettext.GNUTranslations(file)._catalog.items(), key=str)


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
        for pattern in CATALOGUES:
            for path in sorted(packages.glob(pattern.format(alias))):
                # Marks of the keys that open a menu stand within words.
                yield from (str(v).replace("_", "").replace("~", "") for k, v in catalogue(path) if k)
    for pattern in PLAIN.get(language, []):
        for path in sorted(packages.glob(pattern)):
            if path.is_file() and path.suffix not in (".dat", ".u8"):
                yield from path.read_text(encoding="utf-8", errors="replace").split("\n%\n")
    if language == "en":
        for pattern in CATALOGUES[:2]:
            yield from (k if isinstance(k, str) else k[0] for k, _ in catalogue(packages / pattern.format("fr")))


ENGLISH = {"the", "and", "of", "is", "this", "with", "you", "are", "be", "for", "will", "can", "by"}


def is_english(words):
    return sum(w in ENGLISH for w in words) > max(1, 0.12 * len(words))


def prose_of(language, packages):
    counts = Counter()
    for block in sorted({" ".join(b.split()) for b in blocks_of(language, packages)}):
        words = words_of(block)
        # Translations are often unfinished: what stayed English is not counted.
        if language == "en" or not is_english(words):
            counts.update(words)
    return counts


def frequencies_of(language, packages):
    """How often words stand in an encyclopedia; names and borrowed words too, as people write them in that language."""
    counts = Counter()
    for alias in ALIASES[language]:
        path = packages / FREQUENCIES.format(alias)
        if path.is_file():
            unigrams = path.read_text(encoding="utf-8").split("\\1-grams:\n")[1].split("\n\n")[0]
            for line in unigrams.split("\n"):
                count, word = line.split(" ", 1)
                if not word.startswith("<"):
                    for part in words_of(word):
                        counts[part] += int(count)
    return counts


def lines_of(path):
    data = path.read_bytes()
    encoding = "utf-8"
    if path.suffix == ".dic":
        declared = re.search(rb"(?m)^SET\s+(\S+)", path.with_suffix(".aff").read_bytes())
        encoding = declared.group(1).decode("ascii") if declared else "latin-1"
    # Behind a slash stand the affixes a word takes.
    return [line.split("/")[0].split("\t")[0] for line in data.decode(encoding, errors="replace").splitlines()]


def listed_of(language, packages):
    listed = set()
    for alias in ALIASES[language]:
        for pattern in WORD_LISTS:
            for path in sorted(packages.glob(pattern.format(alias))):
                if path.is_file() and not path.is_symlink():
                    listed.update(w for line in lines_of(path) for w in words_of(line))
    return listed


def read_all(packages):
    """For every language: its words in an encyclopedia, in prose (both with how often), and in lists."""
    read = {}
    for language in [code for codes in COLUMNS.values() for code in codes]:
        found = frequencies_of(language, packages), prose_of(language, packages), listed_of(language, packages)
        print(f"{language}: {len(found[0])} words with a frequency, {sum(found[1].values())} of prose "
              f"({len(found[1])} different), {len(found[2])} listed", file=sys.stderr)
        read[language] = found
    return read
