"""Reads one metadata.toml and writes, for each edition, the metadata pandoc needs.

usage: editions.py METADATA_TOML KEY FOLDER

Writes FOLDER/<file>.json and prints one line an edition: file, language, seconds since 1970 of the date of the work.
"""
import datetime
import json
import pathlib
import sys
import tomllib

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
WORDS = {
    "en": {"contents": "Contents", "abstract": "Abstract", "home": "Home", "publications": "Publications",
           "contact": "Contact", "skip": "Skip to content", "other": "Other languages", "by": "By",
           "footer": "Sample document of Acervo"},
    "fr": {"contents": "Table des matières", "abstract": "Résumé", "home": "Accueil", "publications": "Publications",
           "contact": "Contact", "skip": "Aller au contenu", "other": "Autres langues", "by": "Par",
           "footer": "Document d’exemple d’Acervo"},
    "es": {"contents": "Índice", "abstract": "Resumen", "home": "Inicio", "publications": "Publicaciones",
           "contact": "Contacto", "skip": "Ir al contenido", "other": "Otros idiomas", "by": "Por",
           "footer": "Documento de muestra de Acervo"},
}
BABEL = {"en": "english", "fr": "french", "es": "spanish"}
LOCALE = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}
LANGUAGE_NAME = {"en": "English", "fr": "Français", "es": "Español"}


def date_parts(value):
    """A date, "2021-06" or 2021, as a list of one to three numbers."""
    return [int(part) for part in str(value).split("-")]


def written_date(parts, language):
    if len(parts) == 1:
        return str(parts[0])
    month = MONTHS[language][parts[1] - 1]
    if len(parts) == 2:
        return f"{month} de {parts[0]}" if language == "es" else f"{month} {parts[0]}"
    if language == "es":
        return f"{parts[2]} de {month} de {parts[0]}"
    day = "1er" if language == "fr" and parts[2] == 1 else str(parts[2])
    return f"{day} {month} {parts[0]}"


def describe(edition, siblings):
    language = edition["language"]
    parts = date_parts(edition["date"])
    iso = "-".join(f"{part:02d}" for part in parts)
    number = " ".join(str(edition[name]) for name in ("series", "number") if edition.get(name))
    return {
        "title": edition["title"],
        "subtitle": edition.get("subtitle", ""),
        "author": edition.get("authors", []),
        "date": written_date(parts, language),
        "isodate": iso,
        "lang": LOCALE[language],
        "language": language,
        "babellanguage": BABEL[language],
        "keywords": edition.get("keywords", []),
        "description": edition.get("abstract", ""),
        "summary": edition.get("abstract", ""),
        "seriesline": number,
        "words": WORDS[language],
        "siblings": [{"file": other["file"], "language": other["language"], "name": LANGUAGE_NAME[other["language"]]}
                     for other in siblings if other["language"] != language],
    }


def main(metadata_path, key, folder):
    with open(metadata_path, "rb") as stream:
        works = tomllib.load(stream).get("work", [])
    for work in works:
        if work.get("key") != key:
            sys.exit(f"{metadata_path}: the key is {work.get('key')!r}, the folder is {key!r}")
        siblings = work.get("edition", [])
        for edition in siblings:
            whole = {**{name: value for name, value in work.items() if name != "edition"}, **edition}
            for name in ("file", "language", "title", "date"):
                if name not in whole:
                    sys.exit(f"{metadata_path}: an edition without {name}")
            stem = f"{key}.{whole['language']}."
            if not whole["file"].startswith(stem):
                sys.exit(f"{metadata_path}: {whole['file']} should be named {stem}*")
            parts = (date_parts(whole["date"]) + [1, 1])[:3]
            epoch = int(datetime.datetime(*parts, 9, tzinfo=datetime.timezone.utc).timestamp())
            target = pathlib.Path(folder) / f"{whole['file']}.json"
            target.write_text(json.dumps(describe(whole, siblings), ensure_ascii=False, indent=1), encoding="utf-8")
            print(whole["file"], whole["language"], epoch, sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
