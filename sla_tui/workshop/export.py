"""An agreement as a file to read, print and sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.finding import Finding
from sla_tui.agreement.parts import slots
from sla_tui.agreement.terms import Agreement
from sla_tui.record.files import read
from sla_tui.record.saving import save

Paper = Literal["a4", "letter"]


class Stopped(UserError):
    """An export was stopped by whoever asked for it; no file was touched."""


class NotReady(UserError):
    """A final version was asked for and there are ``reasons`` against it."""

    def __init__(self, reasons: tuple[Finding, ...], file: Path) -> None:
        count = f"{len(reasons)} thing{'' if len(reasons) == 1 else 's'}"
        remedy = "mend what is listed, or export a draft without --final"
        super().__init__(f"{count} still stand{'s' if len(reasons) == 1 else ''} against a final version", remedy)
        self.place = Place(str(file))
        self.reasons = reasons


def pdf(agreement: Agreement, *, paper: Paper = "a4", final: bool = False) -> bytes:
    """The agreement as the bytes of a PDF to sign, marked DRAFT unless ``final``."""
    from sla_tui.publish.compose import compose
    from sla_tui.publish.pdf import render

    return render(compose(agreement, final=final), paper)


def spelt_out(agreement: Agreement) -> dict[str, str]:
    """By KEY the characters that the PDF's faces cannot draw, so that code points stand for them there."""
    from sla_tui.publish.pdf.faces import undrawn

    places = slots(agreement, type(agreement))
    found = ((slot.key, undrawn(slot.text)) for slot in places if not slot.empty and not slot.spec.nested)
    return {key: lacking for key, lacking in found if lacking}


def default_target(file: Path, agreement: Agreement, *, final: bool = False) -> Path:
    """Where an export goes unless told otherwise: beside the agreement's ``file``, ``northwind-1.0-draft.pdf``."""
    version = (agreement.agreement.version if agreement.agreement else None) or ""
    words = (_slug(file.absolute().parent.name) or "agreement", _slug(version), "" if final else "draft")
    return file.parent / f"{'-'.join(word for word in words if word)}.pdf"


def _slug(words: str) -> str:
    return re.sub(r"[^\w.]+", "-", words).strip("-.")[:80]


def export(
    agreement: Agreement,
    file: Path,
    target: Path | None = None,
    *,
    paper: Paper = "a4",
    final: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> Path:
    """Writes the PDF of the ``agreement`` in ``file`` to ``target`` and returns where it is.

    The file is written whole or stays as it was; it stays when ``stopped`` says so before it is written. Raises
    ``NotReady`` when ``final`` is asked for too early, ``Stopped``, and ``UserError`` when the file cannot be written.
    """
    reasons = _against(agreement) if final else ()
    if reasons:
        raise NotReady(reasons, file)
    goal = target or default_target(file, agreement, final=final)
    if goal.is_dir():
        raise UserError("this is a folder", "name the file to write, such as agreement.pdf", Place(str(goal)))
    if not goal.absolute().parent.is_dir():
        raise UserError("there is no such folder to write into", "make it first", Place(str(goal.parent)))
    held = read(goal) if goal.exists() else None
    if held:
        _may_be_written_over(held.data, goal)
    data = pdf(agreement, paper=paper, final=final)
    if stopped():
        raise Stopped("the export was stopped", "nothing was written")
    if held is None or held.data != data:
        save(goal, data, held.fingerprint if held else None)
    return goal


def _may_be_written_over(data: bytes, goal: Path) -> None:
    """An earlier export may go; an agreement, a lead file or what came back signed may not."""
    if data and not data.startswith(b"%PDF-"):
        raise UserError("this file is no PDF, so it is not written over", "name another file", Place(str(goal)))
    if b"/ByteRange" in data:
        raise UserError(
            "this PDF is signed, so it is not written over", "name another file, or move it", Place(str(goal))
        )


def _against(agreement: Agreement) -> tuple[Finding, ...]:
    from sla_tui.agreement.check import check
    from sla_tui.workshop.final import objections

    return objections(check(agreement))
