"""The queries by which a database counts leads and sends no more than the counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import inf

from sqlglot import exp

from sla_tui.scoring.grid import Limits
from sla_tui.scoring.plan import Plan
from sla_tui.scoring.sources import Source, Tested
from sla_tui.scoring.span import LONGEST, MOST_DAYS
from sla_tui.scoring.tally import EXCLUDED, REJECTED, UNKNOWN
from sla_tui.scoring.warehouse.compile import Compiler
from sla_tui.scoring.warehouse.dialects import Speech
from sla_tui.scoring.warehouse.expressions import (
    Sql,
    at_least,
    called,
    case,
    equal,
    flag,
    integer,
    joined,
    name,
    not_null,
    text,
    their,
)
from sla_tui.scoring.warehouse.logs import cell_of_id
from sla_tui.scoring.warehouse.rules import Parts
from sla_tui.scoring.warehouse.steps import with_steps
from sla_tui.scoring.warehouse.tables import Sheet

OF_SCORES, OF_WAYS, OF_FIT, OF_ENGAGEMENT, OF_PAIRS = range(5)
"""What a row of the histogram counts leads by."""
OUT, LEFT_OUT = -1, -2
"""Where a lead stands that is excluded, and one whose row is left out; else it is in the stage of that place."""
_MOST_PAIRS = 30_000
_COUNTED = exp.Count(this=exp.Star())


@dataclass(frozen=True, slots=True)
class Beside:
    """What leads are counted by beside their scores: what says where they go, and groups of points of two kinds.

    ``joint``: by the points of both kinds at once.
    """

    ways: tuple[Source | None, ...] = ()
    fit: tuple[str, ...] = ()
    engagement: tuple[str, ...] = ()
    joint: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """What has to be read for it."""
        return tuple(one for one in self.ways if one is not None)

    @property
    def parts(self) -> tuple[int, ...]:
        """What rows there are of beside those of scores."""
        ways = (OF_WAYS,) if self.ways else ()
        if not (self.fit and self.engagement):
            return ways
        return (*ways, OF_PAIRS) if self.joint else (*ways, OF_FIT, OF_ENGAGEMENT)


NOTHING = Beside()


def histogram(compiler: Compiler, beside: Beside = NOTHING) -> exp.Select:
    """How many leads of which kind have which score and fast track, and what each rule gave them.

    With something ``beside``, rows end in which ways they fit, a 0 or 1 for each, the points of each kind of group,
    and which of these they are counted by.
    """
    steps, parts = compiler.steps(lead_by_lead=False), compiler.parts
    steps["kinds"] = exp.select("*", called(_kind(), "kind"), called(compiler.unclear(), "unclear")).from_("staged")
    counted = exp.LT(this=name("kind"), expression=integer(EXCLUDED))
    cell = ("kind", "why", "score", "lifted")
    shown = [
        called(case((counted.copy(), name(word)), otherwise=integer(0)) if word in cell[2:] else name(word), word)
        for word in cell
    ]
    rules = list(enumerate(compiler.plan.rules, 1))
    figures: list[Sql] = []
    for at, rule in rules:
        fired = integer(0) if rule.source is None else flag(parts.fires(rule.source))
        figures.append(called(fired, f"f{at}"))
    keys = _keys(parts, beside)
    more = [called(case((counted.copy(), key)), word) for word, key in keys.items()]
    steps["shown"] = exp.select(*shown, "unclear", "met", *figures, *(name(f"r{at}") for at, _ in rules), *more).from_(
        "kinds"
    )
    sums = [
        called(exp.Sum(this=name(f"{letter}{at}")), f"sum_{letter}{at}", f"rule {rule.id}" if letter == "f" else "")
        for at, rule in rules
        for letter in "fr"
    ]
    last = exp.select(
        *map(name, cell),
        called(_COUNTED.copy(), "leads"),
        called(exp.Min(this=name("unclear")), "unclear"),
        called(exp.Sum(this=name("met")), "met"),
        *sums,
        *map(name, keys),
        *([called(_part(beside), "part")] if keys else []),
    ).from_("shown")
    if not keys:
        return with_steps(steps, last.group_by(*map(name, cell)))
    sets = [exp.Tuple(expressions=[name(word) for word in words]) for words in (cell, *_sets(beside))]
    last.set("group", exp.Group(grouping_sets=[exp.GroupingSets(expressions=sets)]))
    return with_steps(steps, last)


def _kind() -> Sql:
    return case(
        (exp.GT(this=name("why"), expression=integer(0)), integer(REJECTED)),
        (equal(name("excluded"), integer(1)), integer(EXCLUDED)),
        otherwise=exp.Coalesce(this=name("outcome"), expressions=[integer(UNKNOWN)]),
    )


def _keys(parts: Parts, beside: Beside) -> dict[str, Sql]:
    """By name: what leads are counted by beside their scores, in the order of the numbers of such rows."""
    keys = dict[str, Sql]()
    if OF_WAYS in beside.parts:
        fits = (text("0") if one is None else case((parts.fires(one), text("1")), otherwise=text("0"))
                for one in beside.ways)  # fmt: skip
        keys["ways"] = joined(*fits)
    if beside.fit and beside.engagement:
        keys["fit"], keys["engagement"] = parts.points_of(beside.fit), parts.points_of(beside.engagement)
    return keys


_WORDS = {
    OF_SCORES: ("score",),
    OF_WAYS: ("ways",),
    OF_FIT: ("fit",),
    OF_ENGAGEMENT: ("engagement",),
    OF_PAIRS: ("fit", "engagement", "kind"),
}
"""What rows of each part count by; the first of them says that it is one."""


def _sets(beside: Beside) -> list[tuple[str, ...]]:
    return [_WORDS[part] for part in beside.parts]


def _part(beside: Beside) -> Sql:
    grouped = {
        part: exp.Anonymous(this="GROUPING", expressions=[name(_WORDS[part][0])]) for part in (OF_SCORES, *beside.parts)
    }
    return case(*((equal(is_, integer(0)), integer(part)) for part, is_ in grouped.items()))


def few_pairs(plan: Plan, kinds: Mapping[str, Collection[str]]) -> bool:
    """Whether leads can have so few different pairs of points, by kind of group, that all of them may be sent."""
    pairs = 1.0
    for groups in kinds.values():
        pairs *= sum((_most(plan, group) for group in groups), 1)
    return pairs <= _MOST_PAIRS


def _most(plan: Plan, group: str) -> float:
    """How many points lie between the least and the most that a group can give."""
    sides = {True: 0.0, False: 0.0}
    for rule in plan.rules:
        if rule.group == group and rule.source is not None and rule.points:
            once = isinstance(rule.source, Tested) or rule.source.once
            most = abs(rule.points) if once else inf
            sides[rule.points > 0] += most if rule.cap is None else min(most, rule.cap)
    cap = next((cap for id_, cap in plan.groups if id_ == group), None)
    return sum(side if cap is None else min(side, cap) for side in sides.values())


def grid_cells(compiler: Compiler, beside: Beside, fit: Limits, engagement: Limits) -> exp.Select:
    """How many scored leads of which outcome stand in which cell of a grid: row and column from 0."""
    steps, parts = compiler.steps(lead_by_lead=False), compiler.parts
    axes = {"fit": parts.points_of(beside.fit), "engagement": parts.points_of(beside.engagement)}
    points = [called(made, word) for word, made in axes.items()]
    steps["kinds"] = exp.select(called(_kind(), "kind"), *points).from_("staged")
    bands = [
        called(_band(name(word), limits), f"{word}_band") for word, limits in (("fit", fit), ("engagement", engagement))
    ]
    steps["banded"] = (
        exp.select("kind", *bands).from_("kinds").where(exp.LT(this=name("kind"), expression=integer(EXCLUDED)))
    )
    cell = ("kind", "fit_band", "engagement_band")
    return with_steps(steps, exp.select(*cell, called(_COUNTED.copy(), "leads")).from_("banded").group_by(*cell))


def _band(points: Sql, limits: Limits) -> Sql:
    high, low = limits
    return case(
        (at_least(points, integer(high)), integer(0)),
        (at_least(points.copy(), integer(low)), integer(1)),
        otherwise=integer(2),
    )


def moves(compiler: Compiler) -> exp.Select:
    """How many leads of which outcome stand where under the scoring, and where under the one before.

    Where: the stage's place, 0 below the first, else ``OUT`` or ``LEFT_OUT``.
    """
    assert compiler.was is not None
    steps = compiler.steps(lead_by_lead=False)
    outcome = exp.Coalesce(this=name("outcome"), expressions=[integer(UNKNOWN)])
    stands = [called(_stands(parts), word) for word, parts in (("now", compiler.parts), ("was", compiler.was))]
    steps["moved"] = exp.select(*stands, called(outcome, "kind")).from_(compiler.was.own("staged"))
    cell = ("now", "was", "kind")
    return with_steps(
        steps, exp.select(*map(name, cell), called(_COUNTED.copy(), "leads")).from_("moved").group_by(*map(name, cell))
    )


def _stands(parts: Parts) -> Sql:
    return case(
        (exp.GT(this=name(parts.own("why")), expression=integer(0)), integer(LEFT_OUT)),
        (equal(name(parts.own("excluded")), integer(1)), integer(OUT)),
        otherwise=parts.place(),
    )


def repeated(sheet: Sheet, at: int, speech: Speech) -> exp.Select:
    """A row where some id, in the column at a place, is there twice; else, and that is sure, none."""
    ids = exp.select(called(speech.mark(cell_of_id(speech, sheet.columns[at])), "lead_mark")).from_(sheet.relation())
    marks = exp.select(called(integer(1), "twice")).from_(ids.subquery("marks")).where(not_null(name("lead_mark")))
    return marks.group_by(name("lead_mark")).having(exp.GT(this=_COUNTED.copy(), expression=integer(1))).limit(1)


def days(sheet: Sheet, at: int, speech: Speech) -> exp.Select:
    """The different days that a column's cells begin with, as text; one more than ``MOST_DAYS`` for too many."""
    words = exp.Trim(this=speech.words(their(sheet.columns[at].name)), position="LEADING")
    day = exp.Substring(this=words, start=integer(1), length=integer(LONGEST))
    said = exp.select(called(day, "day_text")).from_(sheet.relation()).subquery("said")
    there = exp.NEQ(this=name("day_text"), expression=text(""))
    return exp.select("day_text").distinct().from_(said).where(there).limit(MOST_DAYS + 1)
