"""The scoring section, where tables of its own read better: stages as they are reached, rules with their points."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.agreement.lists import GROUPS
from sla_tui.agreement.sections.scoring import Rule, Scoring, Stage
from sla_tui.publish.blocks import OPEN, Block, Column, Run, Table, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.declared import formed
from sla_tui.publish.compose.figures import ladder
from sla_tui.publish.compose.forms import Form, Given, Strung, covered, says
from sla_tui.publish.compose.generic import field
from sla_tui.publish.compose.phrases import Case, Else
from sla_tui.publish.compose.prose import clauses
from sla_tui.publish.compose.writer import Writer, places

_KINDS = {"fit": "who they are", "engagement": "what they do"}
_CAP = Else(": at most {cap} points", ": no cap")
_GROUPS = Strung(
    "groups", "Groups", ("{name}", Case("kind", {kind: f"({said})" for kind, said in _KINDS.items()}, "({kind})"), _CAP)
)
_TELLING_GROUPS = Strung("groups", "Groups", ("{name}", _CAP))
"""For groups whose names say what kind they are."""
FORMS: tuple[Form, ...] = (
    _GROUPS,
    Given("fast_track", lead="Lifted to a stage at once, whatever the points:"),
    Given("exclude", lead="Not scored:"),
    says(
        "Runs in",
        "The score is worked out day to day in {runs_in.system}",
        ", field {runs_in.field}",
        ". {runs_in.keeper} makes sure that it matches this agreement",
    ),
)
_SAID = frozenset({"stages", "rules", "half_life_days"})


def scoring_blocks(given: Scoring, key: str, writer: Writer) -> Iterator[Block]:
    """How a score is counted, the stages and rules as tables, then the rest."""
    yield from clauses("Score", plain(_counting(given, f"{key}.half_life_days", writer)), writer)
    yield from _stages(given, f"{key}.stages", writer)
    yield from _rules(given, f"{key}.rules", writer)
    telling = all(group.name and group.name.casefold() == _KINDS.get(group.kind or "") for group in given.groups)
    for form in FORMS:
        yield from formed(_TELLING_GROUPS if telling and form is _GROUPS else form, given, Scoring, key, writer)
    held = _SAID | covered(FORMS)
    for slot in places(given, Scoring, key):
        if slot.spec.key not in held:
            yield from field(slot, writer)


def _counting(given: Scoring, key: str, writer: Writer) -> str:
    said = "A lead’s score is the sum of the points its rules earn it. "
    if any(rule.cap is not None for rule in given.rules) or any(group.cap is not None for group in given.groups):
        said += "No rule and no group gives more points than its cap, or takes more away. "
    if given.half_life_days:
        return said + f"Points for what a lead did halve every {days(given.half_life_days)}{writer.marks.at(key)}."
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
        "deal_won": f"when a deal is won{f', set{by}' if by else ''}",
    }
    return plain(how[stage.set])


def _marked(text: Text, *marks: str) -> Text:
    """A cell with the mark of any answer in it."""
    mark = next(filter(None, marks), "")
    return (*text, Run(mark)) if mark and text else text


def _stages(given: Scoring, key: str, writer: Writer) -> Iterator[Block]:
    if not given.stages:
        yield from clauses("Stages", OPEN, writer)
        return
    yield from clauses("Stages", plain("A lead is in the last stage that it has reached."), writer)
    yield from ladder(given.stages)
    columns = (Column("Stage"), Column("From points", "right", nowrap=True), Column("Reached"))
    rows: list[tuple[Text, ...]] = []
    for one in given.stages:
        here, at = f"{key}.{one.id}", writer.marks.at
        name = _marked(plain(stage_name(one)), at(here), at(f"{here}.name"))
        points = _marked(plain("" if one.at is None else words.number(one.at)), at(f"{here}.at"))
        rows.append((name, points, _marked(_reached(one), at(f"{here}.set"), at(f"{here}.set_by"))))
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


def _rules(given: Scoring, key: str, writer: Writer) -> Iterator[Block]:
    if not given.rules:
        yield from clauses("Rules", OPEN, writer)
        return
    named = "Under When stand the names of fields and activities as the lead data spells them."
    yield from clauses("Rules", plain(named), writer)
    columns = [
        Column("What for"),
        Column("When"),
        Column("Points", "right", nowrap=True),
        Column("Counts", nowrap=True),
        Column("Cap", "right", nowrap=True),
        Column("Group"),
        Column("Over time", nowrap=True),
    ]
    rows = [_rule(rule, f"{key}.{rule.id}", writer) for rule in given.rules]
    used = [at for at in range(len(columns)) if at in (1, 2) or any(row[at] for row in rows)]
    yield Table(tuple(columns[at] for at in used), tuple(tuple(row[at] for at in used) for row in rows))


def _rule(rule: Rule, key: str, writer: Writer) -> list[Text]:
    group = writer.names.of(GROUPS, rule.group) if rule.group else ""
    when = words.condition(rule.when) if rule.when is not None else ""
    cells: list[tuple[Text, tuple[str, ...]]] = [
        (plain(rule.label) if rule.label else (), ("label",)),
        (plain(when) if when else OPEN, ("when",)),
        (plain(words.number(rule.points)) if rule.points is not None else OPEN, ("points",)),
        *(
            (plain(said) if said else (), names)
            for said, names in (
                (_counts(rule), ("per",)),
                (_limit(rule), ("cap",)),
                (group, ("group",)),
                (_fades(rule), ("half_life_days", "window_days")),
            )
        ),
    ]
    row = [_marked(text, *(writer.marks.at(f"{key}.{name}") for name in names)) for text, names in cells]
    first = 0 if row[0] else 1
    row[first] = _marked(row[first], writer.marks.at(key))
    return row
