"""The scoring section, where tables of its own read better: stages as they are reached, rules with their points."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.agreement.parts import specs
from sla_tui.agreement.sections.scoring import Rule, Scoring, Stage
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import OPEN, Block, Clause, Column, Run, Table, Text, plain, strong
from sla_tui.publish.compose import words
from sla_tui.publish.compose.generic import Numbering, empty, field, free

_OWN = ("stages", "rules", "half_life_days", "runs_in")


def scoring_blocks(given: Scoring, numbering: Numbering, agreement: Agreement) -> Iterator[Block]:
    """How a score is counted, the stages and rules as tables, then the rest as declared."""
    yield Clause((Run("Score. ", "strong"), *plain(_counting(given))), numbering.next())
    yield from _stages(given, numbering)
    yield from _rules(given, numbering, agreement)
    for spec in specs(Scoring):
        if spec.name not in _OWN:
            held = getattr(given, spec.name)
            if not (empty(held) and free(given, spec)):
                yield from field(held, spec, numbering, agreement)
    runs_in = next(spec for spec in specs(Scoring) if spec.name == "runs_in")
    yield from field(given.runs_in, runs_in, numbering, agreement)


def _counting(given: Scoring) -> str:
    said = "A lead’s score is the sum of the points its rules earn it. "
    if any(rule.cap is not None for rule in given.rules) or any(group.cap is not None for group in given.groups):
        said += "No rule and no group counts for more than its limit, nor for less than the same number below zero. "
    if given.half_life_days:
        return said + f"Points for what a lead did halve every {days(given.half_life_days)}."
    return said + "Points do not fade with time, except where a rule says so."


def days(count: int) -> str:
    """``1 day``, ``30 days``."""
    return f"{words.number(count)}{words.NBSP}day{'' if count == 1 else 's'}"


def stage_name(stage: Stage) -> str:
    """A stage's name with its abbreviation, where its id is one: ``Marketing qualified lead (MQL)``."""
    name = stage.name or stage.id
    short = stage.id.upper()
    return f"{name} ({short})" if len(short) <= 4 and stage.name and short not in name.upper() else name


def _reached(stage: Stage) -> Text:
    if stage.set is None:
        return plain("by points") if stage.at is not None else OPEN
    by = (
        f" by {stage.set_by}"
        if stage.set_by and stage.set_by != "shared"
        else " by either side"
        if stage.set_by
        else ""
    )
    how = {
        "manually": f"set{by or ' by hand'}",
        "accepted": f"set on acceptance{by}",
        "deal_won": f"set when a deal is won{by}",
    }
    return plain(how[stage.set])


def _stages(given: Scoring, numbering: Numbering) -> Iterator[Block]:
    if not given.stages:
        yield Clause((Run("Stages. ", "strong"), *OPEN), numbering.next())
        return
    yield Clause((Run("Stages. ", "strong"), Run("A lead is in the last stage that it has reached.")), numbering.next())
    columns = (Column("Stage"), Column("From points", "right", nowrap=True), Column("Reached"))
    rows = [
        (plain(stage_name(one)), plain("" if one.at is None else words.number(one.at)), _reached(one))
        for one in given.stages
    ]
    yield Table(columns, tuple(rows))


def _fades(rule: Rule) -> str:
    said: list[str] = []
    if rule.half_life_days is not None:
        said.append(f"halves every {days(rule.half_life_days)}" if rule.half_life_days else "does not fade")
    if rule.window_days is not None:
        said.append(f"last {days(rule.window_days)}")
    return ", ".join(said)


def _limit(rule: Rule) -> str:
    if rule.cap is None:
        return ""
    return words.number(-rule.cap if (rule.points or 0) < 0 else rule.cap)


def _counts(rule: Rule) -> str:
    return "" if rule.when is None else "once" if rule.once else "each time"


def _rules(given: Scoring, numbering: Numbering, agreement: Agreement) -> Iterator[Block]:
    if not given.rules:
        yield Clause((Run("Rules. ", "strong"), *OPEN), numbering.next())
        return
    yield Clause(strong("Rules."), numbering.next())
    columns = [
        Column("What for"),
        Column("When"),
        Column("Points", "right", nowrap=True),
        Column("Counts", nowrap=True),
        Column("Limit", "right", nowrap=True),
        Column("Group"),
        Column("Over time", nowrap=True),
    ]
    rows = [_rule(rule, agreement) for rule in given.rules]
    used = [at for at in range(len(columns)) if at in (1, 2) or any(row[at] for row in rows)]
    yield Table(tuple(columns[at] for at in used), tuple(tuple(row[at] for at in used) for row in rows))


def _rule(rule: Rule, agreement: Agreement) -> list[Text]:
    group = words.referred(agreement, "scoring.groups", rule.group) if rule.group else ""
    when = words.condition(rule.when) if rule.when is not None else ""
    cells = [_counts(rule), _limit(rule), group, _fades(rule)]
    return [
        plain(rule.label) if rule.label else (),
        plain(when) if when else OPEN,
        plain(words.number(rule.points)) if rule.points is not None else OPEN,
        *(plain(cell) if cell else () for cell in cells),
    ]
