"""Which document is asked for of a file, and what must be known to write it: quotas, sittings, an earlier version."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.known import NOTHING, Known
from sla_tui.agreement.terms import Agreement

if TYPE_CHECKING:
    from sla_tui.agreement.diff import Comparison
    from sla_tui.agreement.quota import Quota
    from sla_tui.publish.blocks import Document
    from sla_tui.publish.compose.cover import Changes
    from sla_tui.workshop.export import What

_TOLD = 6
"""Changes named on the title page; where there are more their number is."""


def composed(
    value: Agreement | Quota,
    file: Path | None,
    *,
    what: What = "agreement",
    against: str = "",
    final: bool = False,
    of: Agreement | None = None,
    known: Known | None = None,
) -> Document:
    """The document that ``what`` of ``file``, which says ``value``, is written as; ``of`` is a quota's agreement.

    An agreement names on its title page what changed ``against`` a revision or another file; an amendment holds
    nothing else. Raises ``UserError`` where there is nothing to write, or nothing to hold it against.
    """
    from sla_tui.workshop.beside import known_beside

    known = known or (known_beside(file) if file else NOTHING)
    if not isinstance(value, Agreement):
        from sla_tui.publish.compose.quota import compose_quota

        return compose_quota(value, of or known.agreement or Agreement())
    match what:
        case "agreement":
            return _agreement(value, file, against, final, known)
        case "amendment":
            return _amendment(value, file, against, final)
        case "agenda":
            return _agenda(value, file)
        case "minutes":
            return _minutes(value, file, known)


def _agreement(value: Agreement, file: Path | None, against: str, final: bool, known: Known) -> Document:
    from sla_tui.publish.compose import compose
    from sla_tui.workshop.embedding import bound

    findings = () if final else _findings(value, known)
    changes = _changes(_compared(value, file, against)) if against else None
    quotas = _quotas(value, known)
    return bound(compose(value, final=final, quotas=quotas, changes=changes, findings=findings), value, file)


def _findings(value: Agreement, known: Known) -> tuple[Any, ...]:
    from sla_tui.agreement.check import check

    # What is not printed as it stands hangs on the fonts of the machine; the document is to be the same on any.
    return tuple(check(value, replace(known, unprinted=None)))


def _quotas(agreement: Agreement, known: Known) -> list[tuple[str, Quota]]:
    """The quotas beside an agreement whose period begins within its own, in their order."""
    from sla_tui.agreement.standing import header_of

    header = header_of(agreement)
    within: list[tuple[str, Quota]] = []
    for name, quota in known.quotas or ():
        first = quota.quota.from_ if quota.quota else None
        if first and (header.starts or first) <= first <= (header.ends or first):
            within.append((name, quota))
    return sorted(within, key=lambda one: one[0])


def _compared(value: Agreement, file: Path | None, against: str) -> Comparison[Agreement]:
    """``value`` beside the version that ``against`` names."""
    from sla_tui.agreement.diff import compare
    from sla_tui.workshop.revisions import value_at, where

    place = where(against, beside=file)
    old = value_at(place)
    if not isinstance(old, Agreement):
        raise UserError("this is no agreement", "name a revision, or an agreement's folder or file", Place(place.words))
    return compare(old, value)


def _changes(comparison: Comparison[Agreement]) -> Changes:
    from sla_tui.agreement.telling import Telling
    from sla_tui.publish.compose.amendment import called
    from sla_tui.publish.compose.cover import Changes

    told = [one for one in Telling(comparison).sections() if one.section != "sources"]
    lines = [
        f"{one.title}: {line}"
        for one in told
        for line, keys in zip(one.lines, one.keys, strict=True)
        if keys != ("agreement.version",)
    ]
    more = len(lines) - _TOLD
    shown = lines if more <= 0 else [*lines[: _TOLD - 1], f"and {more + 1} more changes"]
    return Changes(called(comparison.old, comparison.new), tuple(shown))


def _amendment(value: Agreement, file: Path | None, against: str, final: bool) -> Document:
    from sla_tui.publish.compose.amendment import compose_amendment
    from sla_tui.workshop.embedding import bound

    if not against:
        raise UserError("an amendment changes a version", "name it, as in --against HEAD~1 or --against 1.0/")
    comparison = _compared(value, file, against)
    return bound(compose_amendment(comparison, final=final), value, file, amends=comparison.old)


def _agenda(value: Agreement, file: Path | None) -> Document:
    from sla_tui.publish.compose.meetings import compose_agenda

    if not (value.communication and value.communication.meetings):
        place = Place(str(file)) if file else Place("")
        raise UserError("no meeting is agreed yet", "name one under Communication, then export its agenda", place)
    return compose_agenda(value)


def _minutes(value: Agreement, file: Path | None, known: Known) -> Document:
    from sla_tui.publish.compose.meetings import compose_minutes

    if known.unread_sittings:
        name = max(known.unread_sittings)
        place = Place(str(file.parent / "sittings" / f"{name}.toml")) if file else Place(name)
        raise UserError("this sitting cannot be read", "sla-tui check on it says why; mend it first", place)
    if not known.sittings:
        place = Place(str(file.parent / "sittings")) if file else Place("")
        raise UserError("no sitting is recorded here", "record one first", place)
    name, sitting = max(known.sittings, key=lambda one: one[0])
    return compose_minutes(sitting, value, name)
