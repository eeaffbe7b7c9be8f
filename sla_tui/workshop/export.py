"""An agreement as a file to read, print and sign, and a quota as one to read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.finding import Finding
from sla_tui.agreement.parts import slots
from sla_tui.agreement.terms import Agreement
from sla_tui.record.files import read
from sla_tui.record.saving import save
from sla_tui.workshop.final import CONSENT, objections

if TYPE_CHECKING:
    from sla_tui.agreement.known import Known
    from sla_tui.agreement.quota import Quota
    from sla_tui.publish.blocks import Document
    from sla_tui.publish.paged import Paged

Format = Literal["pdf", "md", "html", "docx"]
What = Literal["agreement", "amendment", "agenda", "minutes"]
Paper = Literal["a4", "letter"]
Esign = Literal["fields", "ink", "acrobat", "docusign", "dropbox", "pandadoc"]

FORMATS: dict[Format, str] = {
    "pdf": "a PDF to sign",
    "md": "Markdown for a wiki",
    "html": "one page for a browser",
    "docx": "a Word document to comment in",
}
"""What each format is for; its name is the usual suffix too."""
SIGNED: tuple[What, ...] = ("agreement", "amendment")
"""What is signed, and so is a draft until it is final."""
SUFFIXES: dict[str, Format] = {".markdown": "md", ".htm": "html", **{f".{one}": one for one in FORMATS}}


class Stopped(UserError):
    """An export was stopped by whoever asked for it; no file was touched."""


class NotReady(UserError):
    """A final version was asked for and there are ``reasons`` against it."""

    def __init__(self, reasons: tuple[Finding, ...], file: Path) -> None:
        count = f"{len(reasons)} thing{'' if len(reasons) == 1 else 's'}"
        remedy = "mend what is listed, or export a draft without --final"
        if all(reason.code in CONSENT for reason in reasons):
            remedy = f"{remedy}, or say with --despite why it is made without consent"
        super().__init__(f"{count} still stand{'s' if len(reasons) == 1 else ''} against a final version", remedy)
        self.place = Place(str(file))
        self.reasons = reasons


def format_of(target: Path | None) -> Format:
    """The format that a file's name asks for: a PDF where it asks for none of the others."""
    return SUFFIXES.get(target.suffix.casefold(), "pdf") if target else "pdf"


def pdf(
    value: Agreement | Quota,
    *,
    paper: Paper = "a4",
    esign: Esign = "fields",
    large: bool = False,
    final: bool = False,
    of: Agreement | None = None,
    file: Path | None = None,
) -> bytes:
    """An agreement as the bytes of a PDF to sign, marked DRAFT unless ``final``; or a quota ``of`` one.

    A quota is marked until both sides have agreed to it. ``file`` is where the agreement lies. ``esign`` is the
    convention by which a signing platform finds what to fill in, ``large`` prints for whoever sees badly.
    """
    from sla_tui.workshop.documents import composed

    return rendered(composed(value, file, final=final, of=of), "pdf", paper=paper, esign=esign, large=large)


def rendered(
    document: Document,
    format: Format,
    *,
    paper: Paper = "a4",
    esign: Esign = "fields",
    large: bool = False,
    begun: Callable[[int], object] = lambda _: None,
    told: Callable[[Paged], object] = lambda _: None,
) -> bytes:
    """A document as a file in one of the formats; ``begun`` and ``told`` hear of the pages of a PDF."""
    match format:
        case "md":
            from sla_tui.publish.markdown import render

            return render(document)
        case "html":
            from sla_tui.publish.html import render

            return render(document, paper)
        case "docx":
            from sla_tui.publish.docx import render

            return render(document, paper)
        case "pdf":
            from sla_tui.publish.pdf import paged

            made = paged(document, paper, esign=esign, large=large, begun=begun)
            told(made)
            return made.data


def unprinted(value: Agreement | Quota) -> tuple[Finding, ...]:
    """The findings on text that a PDF shows as code points."""
    from sla_tui.agreement.checks import letters
    from sla_tui.publish.pdf import coverage

    return tuple(letters.unprinted(letters.hits(slots(value, type(value)), coverage.unprinted)))


def default_target(
    file: Path, value: Agreement | Quota, *, final: bool = False, format: Format = "pdf", what: What = "agreement"
) -> Path:
    """Where an export goes unless told otherwise: beside its ``file``, ``northwind-1.0-draft.pdf``, ``2027-Q1.pdf``."""
    if not isinstance(value, Agreement):
        return file.with_suffix(f".{format}")
    version = (value.agreement.version if value.agreement else None) or ""
    kind = "" if what == "agreement" else what
    draft = "draft" if what in SIGNED and not final else ""
    words = (_slug(file.absolute().parent.name) or "agreement", _slug(version), kind, draft)
    return file.parent / f"{'-'.join(word for word in words if word)}.{format}"


def _slug(words: str) -> str:
    return re.sub(r"[^\w.]+", "-", words).strip("-.")[:80]


def export(
    value: Agreement | Quota,
    file: Path,
    target: Path | None = None,
    *,
    format: Format | None = None,
    paper: Paper = "a4",
    esign: Esign = "fields",
    large: bool = False,
    final: bool = False,
    what: What = "agreement",
    against: str = "",
    as_of: date | None = None,
    stopped: Callable[[], bool] = lambda: False,
    despite: Callable[[tuple[Finding, ...]], object] | None = None,
    begun: Callable[[int], object] = lambda _: None,
    told: Callable[[Paged], object] = lambda _: None,
) -> Path:
    """Writes the agreement or quota in ``file`` to ``target`` and returns where it is.

    ``what`` else is written of an agreement: an amendment ``against`` a revision or another file, the agenda of its
    meetings, or the minutes of its last sitting. ``as_of`` is the day on which a draft's open points are found, by
    default today; the same files and options give the same bytes on the same day. Without a ``format`` the target's
    name says which; ``esign`` and ``large`` are for a PDF, of which ``begun`` is told each page before it is set, and
    ``told`` what stands where. The file is written whole or stays as it was; it stays when ``stopped``, asked at every
    page, says so. With ``despite`` lacking consent is passed over: it is told what that is, before the file is
    written, so as to record why. Raises ``NotReady`` when ``final`` is asked for too early, ``Stopped``, and
    ``UserError`` when the file cannot be written.
    """
    from sla_tui.workshop.beside import known_beside
    from sla_tui.workshop.documents import composed

    known = known_beside(file, as_of)
    reasons = _objections(value, known) if final and what in SIGNED else ()
    passed = tuple(reason for reason in reasons if despite and reason.code in CONSENT)
    if len(passed) < len(reasons):
        raise NotReady(tuple(reason for reason in reasons if reason not in passed), file)
    kind = format or format_of(target)
    goal = target or default_target(file, value, final=final, format=kind, what=what)
    if goal.is_dir():
        raise UserError("this is a folder", f"name the file to write, such as agreement.{kind}", Place(str(goal)))
    if not goal.absolute().parent.is_dir():
        raise UserError("there is no such folder to write into", "make it first", Place(str(goal.parent)))
    held = read(goal) if goal.exists() else None
    if held:
        _may_be_written_over(held.data, goal, kind)

    def go_on(page: int = 0) -> None:
        if stopped():
            raise Stopped("the export was stopped", "nothing was written")
        if page:
            begun(page)

    document = composed(value, file, what=what, against=against, final=final, known=known)
    go_on()
    data = rendered(document, kind, paper=paper, esign=esign, large=large, begun=go_on, told=told)
    go_on()
    if despite and passed:
        despite(passed)
    if held is None or held.data != data:
        save(goal, data, held.fingerprint if held else None)
    return goal


def _may_be_written_over(data: bytes, goal: Path, format: Format) -> None:
    """An earlier export may go; an agreement, a lead file, what came back signed or was commented in may not."""
    if reason := _kept(data, format):
        raise UserError(f"{reason}, so it is not written over", "name another file, or move it", Place(str(goal)))


def _kept(data: bytes, format: Format) -> str:
    """Why a file is to stay, empty where it may go."""
    from sla_tui.publish.seal import standing

    if not data:
        return ""
    if format == "pdf":
        signed = "this PDF is signed" if b"/ByteRange" in data else ""
        return signed if data.startswith(b"%PDF-") else "this file is no PDF"
    said = {
        "changed": "somebody has worked on this file since it was exported",
        "strange": "this file is no earlier export",
    }
    return said.get(standing(data), "")


def _objections(value: Agreement | Quota, known: Known) -> tuple[Finding, ...]:
    from sla_tui.agreement.check import check

    return objections(check(value, known), value, known)
