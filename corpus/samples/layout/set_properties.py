"""Completes the document properties of a DOCX, PPTX or ODT that pandoc made, and makes the file reproducible.

usage: set_properties.py FILE META_JSON

Sets title, author, language, subject, keywords and dates; stores every entry with one fixed date.
"""
import json
import pathlib
import sys
import zipfile
from xml.sax.saxutils import escape

FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip entry can have


def full_date(iso):
    return (iso + "-01-01")[:10] + "T09:00:00Z"


def core_xml(meta):
    """docProps/core.xml of OOXML (ECMA-376 part 2, core properties)."""
    when = full_date(meta["isodate"])
    rows = [
        f"<dc:title>{escape(meta['title'])}</dc:title>",
        f"<dc:creator>{escape('; '.join(meta['author']))}</dc:creator>",
        f"<dc:description>{escape(meta['description'])}</dc:description>",
        f"<dc:language>{meta['lang']}</dc:language>",
        f"<cp:keywords>{escape(', '.join(meta['keywords']))}</cp:keywords>",
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>',
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>',
    ]
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties '
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            + "".join(rows) + "</cp:coreProperties>")


def meta_xml(meta):
    """meta.xml of ODF 1.2 (section 4)."""
    when = full_date(meta["isodate"])[:-1]
    rows = [
        f"<dc:title>{escape(meta['title'])}</dc:title>",
        f"<dc:description>{escape(meta['description'])}</dc:description>",
        f"<meta:initial-creator>{escape('; '.join(meta['author']))}</meta:initial-creator>",
        f"<dc:creator>{escape('; '.join(meta['author']))}</dc:creator>",
        f"<meta:creation-date>{when}</meta:creation-date><dc:date>{when}</dc:date>",
        f"<dc:language>{meta['lang']}</dc:language>",
    ] + [f"<meta:keyword>{escape(word)}</meta:keyword>" for word in meta["keywords"]]
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:meta>'
            + "".join(rows) + "</office:meta></office:document-meta>")


def main(path, meta_path):
    meta = json.loads(pathlib.Path(meta_path).read_text(encoding="utf-8"))
    with zipfile.ZipFile(path) as source:
        entries = [(info.filename, source.read(info)) for info in source.infolist()]
    entries.sort(key=lambda entry: (entry[0] != "mimetype", entry[0] != "[Content_Types].xml", entry[0]))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, data in entries:
            if name == "docProps/core.xml":
                data = core_xml(meta).encode()
            elif name == "meta.xml":
                data = meta_xml(meta).encode()
            info = zipfile.ZipInfo(name, FIXED)
            # ODF 1.2 part 3, section 3.3: the mimetype entry comes first and is not compressed.
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, data)


if __name__ == "__main__":
    main(*sys.argv[1:])
