"""The package that a Word document is: named parts, what they are, how they hang together, always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

from sla_tui.publish import linear
from sla_tui.publish.blocks import Document
from sla_tui.publish.docx.styles import numbering, settings, styles
from sla_tui.publish.seal import BLANK, seal
from sla_tui.publish.shown import one_line
from sla_tui.publish.tags import Markup, element, text, void

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_DAY = date(1980, 1, 1)
"""Zip files know no earlier one."""


def package(document: Document, body: Markup, running: Mapping[str, Markup]) -> bytes:
    """The file; ``running`` are the headers and footers by the name that the body calls them by."""
    language = linear.language(document)
    kinds = {"styles": styles(language), "numbering": numbering(), "settings": settings(language)}
    parts = {
        "[Content_Types].xml": _content_types([*kinds, *running]),
        "_rels/.rels": _relations(
            {
                "main": (f"{OFFICE}/officeDocument", "word/document.xml"),
                "core": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                "more": (f"{OFFICE}/extended-properties", "docProps/app.xml"),
            }
        ),
        "docProps/core.xml": _core(document),
        "docProps/app.xml": _more(),
        "word/document.xml": body,
        "word/_rels/document.xml.rels": _relations(
            {name: (f"{OFFICE}/{_kind(name)}", f"{name}.xml") for name in (*kinds, *running)}
        ),
        **{f"word/{name}.xml": part for name, part in (*kinds.items(), *running.items())},
    }
    return _zipped(parts, max(document.day, _FIRST_DAY))


def _kind(name: str) -> str:
    """What a part is: ``header`` of ``header2``."""
    return name.rstrip("0123456789")


def _content_types(names: list[str]) -> Markup:
    def of(part: str, kind: str) -> Markup:
        return void("Override", PartName=part, ContentType=kind)

    return element(
        "Types",
        void("Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"),
        void("Default", Extension="xml", ContentType="application/xml"),
        of("/word/document.xml", f"{_WORD}.document.main+xml"),
        of("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        of("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        *(of(f"/word/{name}.xml", f"{_WORD}.{_kind(name)}+xml") for name in names),
        xmlns=f"{_PACKAGE}/content-types",
    )


def _relations(parts: Mapping[str, tuple[str, str]]) -> Markup:
    related = (void("Relationship", Id=name, Type=kind, Target=target) for name, (kind, target) in parts.items())
    return element("Relationships", *related, xmlns=f"{_PACKAGE}/relationships")


def _core(document: Document) -> Markup:
    """What the file says of itself; nothing of the machine or the hour."""
    day = f"{document.day.isoformat()}T00:00:00Z"
    said = {
        "dc:title": one_line(document.title),
        "dc:subject": linear.identity(document),
        "dc:creator": one_line(document.organization),
        "cp:keywords": f"fingerprint sha256:{document.fingerprint}" if document.fingerprint else "",
        "dc:language": linear.language(document),
        "cp:lastModifiedBy": "sla-tui",
        "cp:revision": "1",
        "cp:version": one_line(document.version),
        "cp:contentStatus": one_line(document.status) if document.final else linear.DRAFT,
    }
    return element(
        "cp:coreProperties",
        *(element(name, text(words)) for name, words in said.items() if words),
        element("dcterms:created", text(day), xsi__type="dcterms:W3CDTF"),
        element("dcterms:modified", text(day), xsi__type="dcterms:W3CDTF"),
        xmlns__cp=f"{_PACKAGE}/metadata/core-properties",
        xmlns__dc="http://purl.org/dc/elements/1.1/",
        xmlns__dcterms="http://purl.org/dc/terms/",
        xmlns__xsi="http://www.w3.org/2001/XMLSchema-instance",
    )


def _more() -> Markup:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return element("Properties", element("Application", text("sla-tui")), xmlns=namespace)


def _zipped(parts: Mapping[str, Markup], day: date) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            # Both would tell the system it was made on.
            entry.create_system, entry.external_attr = 0, 0
            file.writestr(entry, f"{_HEAD}{part}".encode(), zipfile.ZIP_DEFLATED)
        # Gone as soon as another program saves the file, which says that it is no longer what was exported.
        file.comment = BLANK.encode()
    return seal(target.getvalue())
