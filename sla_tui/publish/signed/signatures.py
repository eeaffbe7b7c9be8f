"""The signatures on a PDF: by whom, when, whole or broken, trusted or not, and what changed after each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sla_tui.publish.signed import trust
from sla_tui.publish.signed.changes import UNCHANGED, Since, since
from sla_tui.publish.signed.reading import Opened


class State(StrEnum):
    """What a signature is worth, whoever made it."""

    WHOLE = "whole"
    """What was signed is as it was, and whatever came after it was permitted."""
    MODIFIED = "modified"
    """What was signed is still there, but the file was changed since in a way the signature does not permit."""
    BROKEN = "broken"
    """What was signed is not what is there, or the signature is not the signer's."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature; ``why`` says why it is not whole, ``distrust`` why it is not trusted.

    ``when`` is the signer's own word unless it is ``stamped`` by an authority that is trusted. The first signature may
    ``certify`` the document, so that only its form may change from then on, or nothing where it is ``sealed``.
    ``lapsed`` is the day on which its certificate ended, where that is past.
    """

    field: str
    state: State
    by: str = ""
    issuer: str = ""
    when: datetime | None = None
    stamped: bool = False
    certifies: bool = False
    sealed: bool = False
    trusted: bool = False
    why: str = ""
    distrust: str = ""
    lapsed: datetime | None = None
    since: Since = UNCHANGED

    @property
    def whole(self) -> bool:
        """Whether it holds for the file as it is."""
        return self.state is State.WHOLE


_DISTRUST = {
    "NO_CERTIFICATE_CHAIN_FOUND": "none of the trusted certificates vouches for it",
    "OUT_OF_BOUNDS_NO_POE": "its certificate was not valid then",
    "OUT_OF_BOUNDS_NOT_REVOKED": "its certificate was not valid then",
    "EXPIRED": "its certificate had expired",
    "NOT_YET_VALID": "its certificate was not valid yet",
    "REVOKED_NO_POE": "its certificate was revoked",
    "REVOKED_CA_NO_POE": "the certificate of its issuer was revoked",
    "REVOKED": "its certificate was revoked",
    "CHAIN_CONSTRAINTS_FAILURE": "the trusted certificates do not vouch for it in a way that holds",
    "SIG_CONSTRAINTS_FAILURE": "its certificate is not meant for signing documents",
}
_UNSAFE = ("CRYPTO_CONSTRAINTS_FAILURE", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE")


def signatures(opened: Opened, roots: Sequence[Any] | None, attachment: str) -> tuple[Signature, ...]:
    """Every signature in the order in which they were made; ``roots`` are the certificates trusted, None for not said.

    What became of the file's ``attachment`` since is told of each.
    """
    from pyhanko.sign import fields

    form: Any = fields
    try:
        held: list[Any] = list(form.enumerate_sig_fields(opened.reader, filled_status=True))
    except Exception as error:
        raise opened.damaged() from error
    found = [_looked_at(opened, roots, attachment, name, field) for name, _, field in held]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _looked_at(
    opened: Opened, roots: Sequence[Any] | None, attachment: str, name: str, field: Any
) -> tuple[int, Signature]:
    """A signature, and the revision of the file in which it was made."""
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    try:
        held: Any = EmbeddedPdfSignature(opened.reader, field, name)
        return int(held.signed_revision), _judged(opened, roots, attachment, held)
    except Exception as error:
        # What has been tampered with can fail in any way, and a signature that cannot be read proves nothing.
        why = f"it cannot be read ({type(error).__name__})"
        return opened.reader.total_revisions, Signature(name, State.BROKEN, why=why)


def _judged(opened: Opened, roots: Sequence[Any] | None, attachment: str, held: Any) -> Signature:
    from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp

    when: datetime | None = held.self_reported_timestamp
    if when is not None and when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    judging = trust.context(roots or (), when)
    stamps = held.sig_object_type == "/DocTimeStamp"
    judge: Any = async_validate_pdf_timestamp if stamps else async_validate_pdf_signature
    status: Any = asyncio.run(judge(held, judging))
    stamp: Any = status if stamps else status.timestamp_validity
    permitted = _harmless(status) if stamps else bool(status.docmdp_ok)
    stamped = bool(stamp and stamp.intact and stamp.valid and stamp.trusted)
    problem = getattr(status.trust_problem_indic, "name", "")
    state, why = _state(status, permitted, problem)
    entire = status.coverage.name == "ENTIRE_FILE"
    certificate = held.signer_cert
    ends: datetime = certificate.not_valid_after
    trusted = bool(roots) and state is not State.BROKEN and bool(status.trusted)
    return Signature(
        field=held.field_name,
        state=state,
        by=trust.called(certificate),
        issuer=trust.issuer(certificate),
        when=stamp.timestamp if stamps or stamped else when,
        stamped=stamped,
        certifies=_certifies(opened, held),
        sealed=getattr(held.docmdp_level, "name", "") == "NO_CHANGES",
        trusted=trusted,
        why=why,
        distrust="" if trusted or roots is None else _DISTRUST.get(problem, "its certificate cannot be checked"),
        lapsed=ends if ends < datetime.now(UTC) else None,
        since=UNCHANGED
        if entire or state is State.BROKEN
        else since(opened, held.signed_revision, attachment, permitted),
    )


def _harmless(status: Any) -> bool:
    """Whether what came after a time stamp, if anything did, is of the kind that signatures permit."""
    level = getattr(status.diff_result, "modification_level", None)
    return level is not None and level.name != "OTHER"


def _state(status: Any, permitted: bool, problem: str) -> tuple[State, str]:
    if not status.intact:
        return State.BROKEN, "what it covers was changed, be it only by saving the file anew"
    if not status.valid:
        return State.BROKEN, "it was not made with the key of its certificate"
    if problem in _UNSAFE:
        return State.BROKEN, "it was made in a way that can be forged by now"
    if status.coverage.name not in ("ENTIRE_FILE", "ENTIRE_REVISION"):
        return State.BROKEN, "it covers only part of the file"
    if not permitted:
        return State.MODIFIED, "the file was changed since in a way it does not permit"
    return State.WHOLE, ""


def _certifies(opened: Opened, held: Any) -> bool:
    try:
        return opened.root["/Perms"].raw_get("/DocMDP").reference == held.sig_field.raw_get("/V").reference
    except (KeyError, AttributeError):
        return False
