"""What each thing a lead did or is counts, and what each rule and group makes of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlglot import exp

from sla_tui.scoring.plan import Plan, RulePlan
from sla_tui.scoring.sources import Counted, Happened, Source
from sla_tui.scoring.warehouse.cells import Cells, total
from sla_tui.scoring.warehouse.expressions import Sql, added, at_least, called, case, cast, integer, name, text, times
from sla_tui.scoring.warehouse.fading import Fading, fadings
from sla_tui.scoring.weighing import ONE

_BITS = ONE.bit_length() - 1


@dataclass(frozen=True)
class Parts:
    """The columns that a plan becomes: signals ``s1``…, rules ``r1``…, groups' sums ``g1``… and caps ``c1``….

    ``sources`` are all that the query reads, its own and those of others. ``mark`` goes before the names of its own
    columns, where a query tries two plans.
    """

    plan: Plan
    cells: Cells | None
    sources: tuple[Source, ...]
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    mark: str = ""

    def own(self, word: str) -> str:
        """The name of one of its columns."""
        return f"{self.mark}{word}"

    @cached_property
    def happened(self) -> tuple[Happened, ...]:
        """What is read from the log."""
        return tuple(one for one in self.sources if isinstance(one, Happened))

    @cached_property
    def fadings(self) -> dict[int, Fading]:
        """By half-life: how it fades."""
        return fadings(self.happened)

    def signal(self, source: Source) -> str:
        """The name of what a source counts."""
        return f"s{self.sources.index(source) + 1}"

    def signals(self) -> list[Sql]:
        """What each source counts on a lead: times, or 1 and 0, or 1024ths where it fades."""
        found: list[Sql] = []
        for source in self.sources:
            word = self.signal(source)
            if isinstance(source, Happened):
                counted = exp.Coalesce(this=name(f"d{word[1:]}", "did"), expressions=[integer(0)])
            else:
                assert self.cells is not None
                counted = self.cells.count(source) if isinstance(source, Counted) else self.cells.holds(source)
            found.append(called(counted, word, self._told(source)))
        return found

    def _told(self, source: Source) -> str:
        if isinstance(source, Happened):
            fades = f", in 1024ths, half in {source.half_life} days" if source.half_life else ""
            lately = f", in the last {source.window} days" if source.window else ""
            return f"activity {source.activity}{', once' if source.once else ''}{lately}{fades}"
        assert self.cells is not None
        column = self.cells.sheet.columns[source.column].name
        if isinstance(source, Counted):
            return f"count {column}{', once' if source.once else ''}"
        spelled = source.spelling.lower() if isinstance(source.operand, bool) else source.spelling
        return f"{column} {source.test.replace('_', ' ')} {spelled}"

    def done(self) -> list[Sql]:
        """By lead, from the log: ``d1``… beside the signal of the same number."""
        found: list[Sql] = []
        for source in self.happened:
            fires = exp.EQ(this=name("activity", "happened"), expression=text(source.activity))
            age = name("age", "happened")
            recent = exp.and_(fires, exp.LT(this=age, expression=integer(source.window))) if source.window else fires
            amount = self.fadings[source.half_life].weight() if source.half_life else integer(1)
            chosen = case((recent, amount))
            summed = exp.Max(this=chosen) if source.once else exp.Sum(this=chosen)
            # A sum of whole numbers is no whole number to every database.
            found.append(called(cast(summed, "bigint"), f"d{self.signal(source)[1:]}"))
        return found

    def rules(self) -> list[Sql]:
        """Each rule's points, after its cap."""
        return [
            called(self._points(rule), self.own(f"r{at}"), f"rule {rule.id}{self._label(rule.id)}")
            for at, rule in enumerate(self.plan.rules, 1)
        ]

    def _label(self, id_: str) -> str:
        label = self.labels.get(id_)
        return f": {label}" if label else ""

    def _points(self, rule: RulePlan) -> Sql:
        if rule.source is None or not rule.points:
            return integer(0)
        units = name(self.signal(rule.source))
        if isinstance(rule.source, Happened) and rule.source.half_life:
            points = _whole(rule.points, units)
        else:
            points = times(rule.points, units)
        if rule.cap is None:
            return points
        return at_most_of(points, rule.cap) if rule.points > 0 else at_least_of(points, -rule.cap)

    def sums(self) -> list[Sql]:
        """Each capped group's points before its cap."""
        return [
            called(total(self._members(group)), self.own(f"g{at}"), f"group {group}")
            for at, group, _ in self._capped_groups()
        ]

    def caps(self) -> list[Sql]:
        """What each group's cap changes."""
        found: list[Sql] = []
        for at, group, cap in self._capped_groups():
            whole = name(self.own(f"g{at}"))
            held = at_least_of(at_most_of(whole, cap), -cap)
            change = exp.Sub(this=held, expression=whole.copy())
            found.append(called(change, self.own(f"c{at}"), f"cap of group {group}"))
        return found

    def _capped_groups(self) -> list[tuple[int, str, int]]:
        groups = enumerate(self.plan.groups, 1)
        return [(at, group, cap) for at, (group, cap) in groups if cap is not None and self._members(group)]

    def _members(self, group: str) -> list[str]:
        return [self.own(f"r{at}") for at, rule in enumerate(self.plan.rules, 1) if rule.group == group]

    def cap_of(self, at: int) -> Sql:
        """What the cap of the group at a place, from 1, changes."""
        return name(self.own(f"c{at}")) if any(at == one for one, _, _ in self._capped_groups()) else integer(0)

    def score(self) -> Sql:
        """The sum of all rules and of what caps change."""
        rules = [name(self.own(f"r{at}")) for at in range(1, len(self.plan.rules) + 1)]
        return added([*rules, *(name(self.own(f"c{at}")) for at, _, _ in self._capped_groups())])

    def points_of(self, groups: Collection[str]) -> Sql:
        """The sum of some groups, each within its cap."""
        held = [at for at, (group, _) in enumerate(self.plan.groups, 1) if group in groups]
        members = [name(one) for at in held for one in self._members(self.plan.groups[at - 1][0])]
        return added([*members, *(self.cap_of(at) for at in held)])

    def reached(self) -> Sql:
        """The place of the last stage that the score reaches, from 1; 0 below the first."""
        places = [
            (at_least(name(self.own("score")), integer(stage.at)), integer(place))
            for place, stage in reversed(list(enumerate(self.plan.stages, 1)))
            if stage.at is not None and not stage.set
        ]
        return case(*places, otherwise=integer(0)) if places else integer(0)

    def place(self) -> Sql:
        """The place of the stage that a lead is in: by its score, or by a fast track to a later one."""
        lifted, reached = name(self.own("lifted")), name(self.own("reached"))
        return case((exp.GT(this=lifted, expression=reached), lifted.copy()), otherwise=reached.copy())

    def lifted(self) -> Sql:
        """The place of the last stage that a fast track lifts a lead to; 0 for none."""
        tracks = sorted(self.plan.fast, key=lambda one: -one[1])
        places = [(self.fires(source), integer(place)) for source, place in tracks]
        return case(*places, otherwise=integer(0)) if places else integer(0)

    def fires(self, source: Source) -> Sql:
        """Whether a source fired at all."""
        return exp.GT(this=name(self.signal(source)), expression=integer(0))


def _whole(points: int, units: Sql) -> Sql:
    """floor(points · units / 1024 + 0.5), in whole numbers that are never negative where they are shifted."""
    half = ONE // 2 if points > 0 else ONE // 2 - 1
    rounded = exp.BitwiseRightShift(
        this=exp.paren(exp.Add(this=times(abs(points), units), expression=integer(half)), copy=False),
        expression=integer(_BITS),
    )
    return rounded if points > 0 else exp.Neg(this=exp.paren(rounded, copy=False))


def at_most_of(this: Sql, most: int) -> Sql:
    """A number, or ``most`` where that is less. Never asked about NULL, on which databases differ."""
    return exp.Anonymous(this="LEAST", expressions=[this, integer(most)])


def at_least_of(this: Sql, least: int) -> Sql:
    """A number, or ``least`` where that is more."""
    return exp.Anonymous(this="GREATEST", expressions=[this, integer(least)])
