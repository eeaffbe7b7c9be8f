"""What ties a printed agreement to its text: the terms inside the PDF, and the revision they are from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.terms import Agreement

if TYPE_CHECKING:
    from sla_tui.publish.blocks import Document

NAME = "agreement.toml"
"""The attachment's name."""
AMENDED = "amended.toml"
"""The name of the attachment with the terms that an amendment changes."""
MIME = "application/toml"
_SHOWN = 9
"""Digits of a revision, as in the log."""


def bound(
    document: Document, agreement: Agreement, file: Path | None = None, *, amends: Agreement | None = None
) -> Document:
    """``document`` with the terms it prints inside, from which its fingerprint can be computed again.

    It names the revision too, where git has the agreement's ``file`` as it is. An amendment holds what it ``amends``
    as well.
    """
    from sla_tui.agreement.fingerprint import terms_fingerprint
    from sla_tui.publish.blocks import Attachment

    said = f"The terms as they are printed, fingerprint sha256:{document.fingerprint}"
    held = [Attachment(NAME, embedded_text(agreement).encode(), said, MIME)]
    if amends:
        said = f"The terms before this amendment, fingerprint sha256:{terms_fingerprint(amends)}"
        held.append(Attachment(AMENDED, embedded_text(amends).encode(), said, MIME))
    revision = revision_of(file, agreement) if file else ""
    return replace(document, attachments=(*document.attachments, *held), revision=revision)


def embedded_text(agreement: Agreement) -> str:
    """The terms in the canonical layout without what is not printed: comments, and where an answer comes from.

    That something is only an example is printed, and so it stays.
    """
    from sla_tui.record.canonical import laid_out

    sources = agreement.sources or {}
    examples = {key: one.model_copy(update={"note": None}) for key, one in sources.items() if one.kind == "example"}
    return laid_out(agreement.model_copy(update={"sources": examples or None}), lasting=True)


def revision_of(file: Path, agreement: Agreement) -> str:
    """The first digits of the revision in which ``file`` says what ``agreement`` does; empty where git has none."""
    from sla_tui.agreement.errors import UserError
    from sla_tui.record.document import Document
    from sla_tui.record.git import last_revision

    try:
        found = last_revision(file)
        if found and Document[Agreement].load(file, Agreement).value != agreement:
            return ""
    except UserError:
        return ""
    return found[:_SHOWN]
