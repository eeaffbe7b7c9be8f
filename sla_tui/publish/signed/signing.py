"""Puts one signature on a PDF: what is there stays byte by byte, and so do the signatures before."""

from __future__ import annotations

import io
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sla_tui.agreement.errors import UserError
from sla_tui.publish.signed import drawing
from sla_tui.publish.signed.keys import Key
from sla_tui.publish.signed.reading import Opened, entry

_SMALLEST = 4.0
"""A field narrower or lower than this, in points, is not meant to be seen."""


def sign(opened: Opened, field: str, key: Key, *, fill: Mapping[str, str], place: str = "") -> bytes:
    """The PDF with ``field`` signed, after the fields in ``fill`` were given what they say.

    The first signature certifies the document, so that from then on only its form may change. Raises ``UserError`` when
    a signature that is there does not permit another one.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    with _read(opened):
        writer: Any = IncrementalPdfFileWriter(io.BytesIO(opened.data))
        found = dict(_widgets(writer.root["/AcroForm"]["/Fields"], ""))
        first = not any(entry(one, "/FT") == "/Sig" and "/V" in one for one in found.values())
        sizes = {name: _size(found[name]) for name in (*fill, field)}
    drawn = {name: _drawn(sizes[name], fill.get(name), key) for name in sizes if min(sizes[name]) > _SMALLEST}
    out = io.BytesIO()
    with _read(opened):
        for name in sizes:
            _write(writer, found[name], fill.get(name), drawn.get(name), sizes[name])
        _signer(field, key, place, certify=first and "/Perms" not in writer.root).sign_pdf(
            writer, existing_fields_only=True, output=out
        )
    return out.getvalue()


def _signer(field: str, key: Key, place: str, *, certify: bool) -> Any:
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.stamp import NoOpStampStyle

    said = PdfSignatureMetadata(
        field_name=field,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        location=place or None,
        name=key.by,
    )
    return PdfSigner(said, key.signer, stamp_style=NoOpStampStyle())


@contextmanager
def _read(opened: Opened) -> Generator[None]:
    """Says of what fails inside that the file does not permit it, or is damaged."""
    from pyhanko.sign.general import SigningError

    try:
        yield
    except SigningError as error:
        message = f"this PDF permits no further signature: {error.msg}"
        raise UserError(message, "sla-tui verify says how it stands", opened.place) from error
    except Exception as error:
        # The readers of forms and descriptions fail in many ways on a file that is damaged where nobody looked yet.
        raise opened.damaged() from error


def _widgets(held: Any, around: str) -> Any:
    """Each field by its whole name."""
    for one in held:
        field = one.get_object()
        if "/T" in field:
            name = f"{around}.{field['/T']}" if around else str(field["/T"])
            yield name, field
            yield from _widgets(entry(field, "/Kids"), name)


def _drawn(size: tuple[float, float], text: str | None, key: Key) -> bytes:
    """What a field shows that says ``text``, or without one that is signed with ``key``."""
    if text is not None:
        return drawing.filled(*size, text)
    name, _, rest = key.by.partition(", ")
    vouched = f"certified by {key.issuer.partition(', ')[0]}" if key.issuer else ""
    below = [" · ".join(one for one in (rest, vouched) if one), f"signed {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"]
    return drawing.signed(*size, name, below)


def _write(writer: Any, field: Any, text: str | None, drawn: bytes | None, size: tuple[float, float]) -> None:
    from pyhanko.pdf_utils import generic

    name = generic.pdf_name
    if text is not None:
        field[name("/V")] = generic.pdf_string(text)
    if drawn is not None:
        field[name("/AP")] = generic.DictionaryObject({name("/N"): drawing.put(writer, drawn, *size)})
    writer.update_container(field)


def _size(field: Any) -> tuple[float, float]:
    """How wide and tall a field is; nothing for one without a place of its own."""
    try:
        left, bottom, right, top = (float(side) for side in field["/Rect"])
    except (KeyError, TypeError, ValueError):
        return 0.0, 0.0
    return abs(right - left), abs(top - bottom)
