"""Checks of what a lead is: fields that are filled, leads that come in marked, MQL and SQL that can be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.agreement.checks.ladder import ladder, not_above, places, setter
from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.sections.fields import Fields, LeadField
from sla_tui.agreement.sections.intake import Intake, Purchased
from sla_tui.agreement.sections.scoring import Stage
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import did_you_mean


def fields(agreement: Agreement) -> Iterator[Finding]:
    """Each field is there once; a list of values is one to choose from, and names each value once."""
    held = agreement.fields or Fields()
    dropped = {_same(one.what): one.what for one in held.untracked if one.what}
    first: dict[tuple[str, str | None], str] = {}
    for field in held.fields:
        key, name = f"fields.fields.{field.id}", _same(field.name)
        if name and (id_ := first.setdefault((name, field.object), field.id)) != field.id:
            message = f"{field.name} is the name of {id_} too"
            yield warning("field-twice", f"{key}.name", message, "keep one, or give it another name")
        if name in dropped:
            message = f"{field.name} is tracked here, and left out under Not tracked"
            yield error("tracked-and-not", f"{key}.name", message, "take it out of one of the two")
        yield from _values(key, field)


def _values(key: str, field: LeadField) -> Iterator[Finding]:
    values = field.values or ()
    if values and field.kind not in (None, "choice"):
        message = f"{field.name or field.id} has a list of values, but is not chosen from a list"
        yield note("values-unused", f"{key}.values", message, "set its kind to one of a list, or take the values out")
    seen: dict[str, str] = {}
    for value in values:
        if _same(value) in seen:
            message = f"{seen[_same(value)]!r} and {value!r} are the same value"
            yield warning("value-twice", f"{key}.values", message, "keep one spelling")
        seen.setdefault(_same(value), value)


def lead_source(agreement: Agreement) -> Iterator[Finding]:
    """Everything is counted by the lead source: it is chosen from a list, and always there."""
    field = _lead_source(agreement)
    if field is None:
        return
    key, name = f"fields.fields.{field.id}", field.name or field.id
    if field.kind not in (None, "choice"):
        message = f"{name} is not chosen from a list, so nobody can count by it"
        yield warning("free-lead-source", f"{key}.kind", message, "set its kind to one of a list, and list the values")
    if field.must == "if_known":
        message = f"{name} may stay blank, so some leads come from nowhere"
        yield warning("lead-source-open", f"{key}.must", message, "ask for it always, or at handoff at the latest")


def _lead_source(agreement: Agreement) -> LeadField | None:
    held = agreement.fields or Fields()
    return next((field for field in held.fields if field.id == held.lead_source), None)


def ways(agreement: Agreement) -> Iterator[Finding]:
    """Leads come in with a lead source there is, and with fewer points than make them qualified."""
    field, qualified = _lead_source(agreement), _qualified(agreement)
    for way in (agreement.intake or Intake()).ways:
        key = f"intake.ways.{way.id}"
        allowed = (field.values if field and field.kind == "choice" else None) or ()
        if way.source and allowed and way.source not in allowed:
            message = f"{way.source!r} is no allowed value of {(field and field.name) or 'the lead source'}"
            yield error("unknown-lead-source", f"{key}.source", message, did_you_mean(way.source, allowed))
        if field and way.marks and field.id not in way.marks:
            message = f"{field.name or field.id} is not among the fields that are marked"
            yield warning("source-not-marked", f"{key}.marks", message, f"add {field.id}")
        yield from _starts(key, way.start_points, qualified)


def purchased(agreement: Agreement) -> Iterator[Finding]:
    """Bought leads have agreed to be written to, and are not qualified by being bought."""
    held = (agreement.intake or Intake()).purchased or Purchased()
    if held.allowed == "yes" and not held.consent:
        message = "people who never agreed to hear from us may be written to"
        yield warning(
            "bought-without-consent", "intake.purchased.allowed", message, "say under Consent what they agreed"
        )
    if held.allowed != "no":
        yield from _starts("intake.purchased", held.start_points, _qualified(agreement))


def _starts(key: str, points: int | None, qualified: Stage | None) -> Iterator[Finding]:
    if points is not None and qualified and qualified.at is not None and points >= qualified.at:
        message = f"with {points} points they are {qualified.id} (from {qualified.at}) before they did anything"
        fix = "start lower; what is qualified at once is a fast track under Scoring"
        yield warning("starts-qualified", f"{key}.start_points", message, fix)


def _qualified(agreement: Agreement) -> Stage | None:
    """The stage at which a lead is marketing's promise."""
    return _stage(agreement, agreement.mql.stage if agreement.mql else None)


def _stage(agreement: Agreement, id_: str | None) -> Stage | None:
    return next((stage for stage in ladder(agreement) if stage.id == id_), None)


def needs(agreement: Agreement) -> Iterator[Finding]:
    """What must be known before a lead is passed on is not left to chance under the fields."""
    must = {field.id: field for field in (agreement.fields or Fields()).fields}
    for id_ in (agreement.mql.needs if agreement.mql else None) or ():
        field = must.get(id_)
        if field and field.must == "if_known":
            message = f"{field.name or id_} must be known here, yet under Fields it is filled only if we know it"
            yield warning("need-left-open", "mql.needs", message, f"ask for {id_} at handoff at the latest")


def definitions(agreement: Agreement) -> Iterator[Finding]:
    """SQL comes after MQL, and each is in the hands of the side that says so."""
    mql = agreement.mql.stage if agreement.mql else None
    sql = agreement.sql.stage if agreement.sql else None
    if not_above(places(agreement), mql, sql):
        same = f"MQL and SQL are the same stage, {sql}" if mql == sql else f"SQL ({sql}) comes before MQL ({mql})"
        yield error("sql-not-above-mql", "sql.stage", same, "name a stage after the one of MQL")
    stage = _stage(agreement, mql)
    if stage and setter(stage) == "sales":
        message = f"sales sets {stage.id}, so marketing cannot promise one"
        yield warning("mql-set-by-sales", "mql.stage", message, "name a stage reached by points or set by marketing")
    yield from _decider(agreement)


def _decider(agreement: Agreement) -> Iterator[Finding]:
    held = agreement.sql
    stage = _stage(agreement, held.stage if held else None)
    side = setter(stage) if stage else None
    if held and stage and side and held.decided_by and held.decided_by != side:
        said, set_ = (_spoken(one) for one in (held.decided_by, side))
        message = f"it is decided by {said} here, yet under Scoring {stage.id} is set by {set_}"
        yield error("two-deciders", "sql.decided_by", message, "name the same side in both")


def _spoken(party: str) -> str:
    return "both sides" if party == "shared" else party


def _same(text: str | None) -> str:
    return (text or "").strip().casefold()


CHECKS = (fields, lead_source, ways, purchased, needs, definitions)
"""Every check of the fields, intake and stages of qualified leads."""
