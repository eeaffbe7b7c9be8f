"""The life of the wording: which was signed, what changed since, and who may change what between two signings."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sla_tui.agreement.fingerprint import fingerprints, fixed_fingerprints, same_fingerprint, schedules
from sla_tui.agreement.lists import WHO
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Item, Part
from sla_tui.agreement.paths import Batch, Change, Put, UnknownKey, apply, at_key
from sla_tui.agreement.references import nameable
from sla_tui.agreement.sections.header import Limit, Signed
from sla_tui.agreement.sections.signatures import Signer
from sla_tui.agreement.standing import header_of
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Bound, Kind


def put_in_force(agreement: Agreement, today: date) -> Put:
    """The change that records the wording, as it is now, as the one that was signed.

    A wording that stands recorded already keeps its day.
    """
    header, held = header_of(agreement), signed(agreement)
    terms, apart = fingerprints(agreement)
    same = held is not None and (held.version, held.terms, held.schedules or {}) == (header.version, terms, apart)
    on = held.on if held and same else today
    fixed = fixed_fingerprints(agreement, _free(agreement)) or None
    now = Signed(version=header.version, on=on, terms=terms, schedules=apart or None, fixed=fixed)
    return Put("agreement.signed", now)


def _free(agreement: Agreement) -> tuple[str, ...]:
    """The KEYs that somebody may change between two signings."""
    return tuple(one.key for one in header_of(agreement).limits if one.key)


def recorded(part: Part, change: Change, today: date) -> Put | None:
    """What goes with a change that puts an agreement in force: the record of the wording it leaves. None for any other.

    Raises ``Refused`` or ``UnknownKey`` for a change that cannot be made.
    """
    if not isinstance(part, Agreement) or not _activates(change):
        return None
    return put_in_force(apply(part, change)[0], today)


def _activates(change: Change) -> bool:
    match change:
        case Batch(changes):
            return any(_activates(one) for one in changes)
        case Put("agreement.status", "active"):
            return True
        case _:
            return False


def signed(agreement: Agreement) -> Signed | None:
    """The wording that was signed last, if one is recorded."""
    return agreement.agreement.signed if agreement.agreement else None


def terms_changed(agreement: Agreement) -> bool:
    """Whether the terms say something else than the ones signed; False while none are recorded."""
    held = signed(agreement)
    return held is not None and held.terms is not None and not same_fingerprint(fingerprints(agreement)[0], held.terms)


def changed_schedules(agreement: Agreement) -> tuple[str, ...]:
    """The schedules that say something else than on the day of signing; none while that is not recorded."""
    held = signed(agreement)
    then = (held.schedules if held else None) or {}
    if not then:
        return ()
    now = fingerprints(agreement)[1]
    return tuple(one for one in now if one in then and not same_fingerprint(now[one], then[one]))


def beyond_limits(agreement: Agreement) -> tuple[str, ...]:
    """The schedules that changed since the day of signing where no limit leaves them open.

    None once the terms changed, which hold the limits, and none while nothing is recorded.
    """
    held = signed(agreement)
    then = (held.fixed if held else None) or {}
    if not then or terms_changed(agreement):
        return ()
    now = fixed_fingerprints(agreement, _free(agreement))
    return tuple(one for one in now if one in then and not same_fingerprint(now[one], then[one]))


def gone_schedules(agreement: Agreement) -> tuple[str, ...]:
    """The schedules that were there on the day of signing and are not any more; none while that is not recorded."""
    held = signed(agreement)
    now = schedules(agreement)
    return tuple(one for one in (held.schedules if held else None) or {} if one not in now)


def signing(agreement: Agreement) -> tuple[Signer, ...]:
    """The signers who sign a new version: all but those who left."""
    return tuple(one for one in (agreement.signatures.signers if agreement.signatures else ()) if one.left is None)


def schedule_of(agreement: Agreement, key: str) -> str:
    """The schedule that a KEY lies in, a section or the id of one in the team's own words; empty for the terms."""
    apart = schedules(agreement)
    section, _, rest = key.partition(".")
    own = rest.partition(".")[0]
    if section == "custom" and section not in apart:
        return own if own in apart else ""
    return section if section in apart else ""


def word_for(agreement: Agreement, key: str) -> Literal["signed", "schedule"]:
    """Whether the section at a KEY is signed word by word, or a schedule that may change between signings."""
    return "schedule" if schedule_of(agreement, key) else "signed"


def rule_for(agreement: Agreement, key: str) -> str:
    """Who may change the section at a KEY between two signings, in a sentence or two.

    ``Schedule: Sam Osei may change Marketing qualified lead (from points), 45 to 60, without new signatures.``
    """
    section = schedule_of(agreement, key)
    if not section:
        return "Signed: a change here needs new signatures."
    given = [one for one in header_of(agreement).limits if one.key and schedule_of(agreement, one.key) == section]
    by: dict[str, list[str]] = {}
    for one in given:
        by.setdefault(_who(agreement, one.by), []).append(_what(agreement, one, section))
    rules = [f"{who} may change {' and '.join(what)}" for who, what in by.items()]
    said = "; ".join(rules) or "it may change between signings; who may do it is not said"
    changed = signed(agreement) if section in changed_schedules(agreement) else None
    since = f" Changed since {changed.on}." if changed and changed.on else ""
    return f"Schedule: {said}{', without new signatures' if rules else ''}.{since}"


def _who(agreement: Agreement, id_: str | None) -> str:
    return (nameable(agreement, WHO) or {}).get(id_ or "", id_ or "somebody not named yet")


def _what(agreement: Agreement, limit: Limit, section: str) -> str:
    key = limit.key or ""
    what = "it" if key in (section, f"custom.{section}") else called(agreement, key)
    return f"{what}{', ' if span(limit) else ''}{span(limit)}"


def span(limit: Limit) -> str:
    """Between what a limit holds a value: ``45 to 60``, ``at least 45``; empty without bounds."""
    return bounds(limit.at_least, limit.at_most)


def bounds(least: Bound | None, most: Bound | None) -> str:
    """Two bounds in words, either of which may be open."""
    if least is not None and most is not None:
        return f"{least} to {most}"
    return f"at least {least}" if least is not None else f"at most {most}" if most is not None else ""


def called(agreement: Agreement, key: str) -> str:
    """What stands at a KEY, in words: a section's title, an entry's name, ``Marketing qualified lead (from points)``.

    The KEY itself where nothing of the kind is there.
    """
    try:
        slot = at_key(agreement, key)
    except UnknownKey:
        return key
    if slot.spec.about:
        return slot.spec.about.title
    if isinstance(slot.value, Item):
        return item_name(slot.value) or slot.value.id
    around = key.rpartition(".")[0]
    while "." in around:
        holder = at_key(agreement, around)
        if isinstance(holder.value, Item) and holder.spec.kind is Kind.RECORD:
            return f"{item_name(holder.value) or holder.value.id} ({slot.spec.title.lower()})"
        around = around.rpartition(".")[0]
    return slot.spec.title
