"""A scoring with its names looked up: what each rule reads, and by which numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.errors import Fault, InvalidFile, UserError
from sla_tui.agreement.sections.scoring import Rule, Scoring
from sla_tui.scoring.headers import Names
from sla_tui.scoring.sources import Counted, Happened, Need, Source, Tested, need_of


@dataclass(frozen=True, slots=True)
class RulePlan:
    """One rule; ``source`` is None while it is half-built and scores 0. Group is "" for a rule on its own."""

    id: str
    source: Source | None
    points: int
    cap: int | None
    group: str


@dataclass(frozen=True, slots=True)
class StagePlan:
    """One stage; ``at`` is None where no points reach it. ``set``: by somebody, not by score."""

    id: str
    name: str
    at: int | None
    set: bool


@dataclass(frozen=True)
class Plan:
    """A scoring ready to compute. ``fast`` pairs what lifts a lead with the place of its stage, counted from 1.

    ``faults`` names what could not be looked up; those rules, exclusions and fast tracks do nothing.
    """

    rules: tuple[RulePlan, ...]
    groups: tuple[tuple[str, int | None], ...]
    stages: tuple[StagePlan, ...]
    exclude: tuple[Source, ...]
    fast: tuple[tuple[Source, int], ...]
    faults: tuple[Fault, ...] = ()

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Everything that is read, each once."""
        all_of = [rule.source for rule in self.rules if rule.source] + [*self.exclude, *(one for one, _ in self.fast)]
        return tuple(dict.fromkeys(all_of))

    @cached_property
    def needs(self) -> frozenset[Need]:
        """What has to be read from the files for it."""
        return frozenset(need_of(source) for source in self.sources)

    @cached_property
    def counted(self) -> tuple[int, ...]:
        """The columns used as counts, in which a cell that is no count rejects its row."""
        return tuple(sorted({source.column for source in self.sources if isinstance(source, Counted)}))

    def demand_names(self) -> None:
        """Raises InvalidFile with every name that could not be looked up."""
        if self.faults:
            raise InvalidFile(self.faults)


T = TypeVar("T")


def make_plan(scoring: Scoring, names: Names) -> Plan:
    """Looks up every name of a scoring. What cannot be found is among the plan's faults, with its KEY."""
    faults: list[Fault] = []

    def tried(key: str, look_up: Callable[[], T]) -> T | None:
        try:
            return look_up()
        except UserError as error:
            faults.append(Fault(error.message, error.remedy, key, error.place))
            return None

    rules = tuple(
        RulePlan(
            rule.id,
            tried(f"scoring.rules.{rule.id}.when", lambda rule=rule: _rule_source(rule, scoring, names)),
            rule.points or 0,
            rule.cap,
            rule.group or "",
        )
        for rule in scoring.rules
    )
    exclude = [
        tried(f"scoring.exclude.{one.id}.when", lambda one=one: source_of(one.when, names)) for one in scoring.exclude
    ]
    stages = tuple(
        StagePlan(stage.id, stage.name or stage.id, None if stage.set else stage.at, stage.set is not None)
        for stage in scoring.stages
    )
    places = {stage.id: place for place, stage in enumerate(stages, 1) if not stage.set}
    fast = [
        (
            tried(f"scoring.fast_track.{track.id}.when", lambda track=track: source_of(track.when, names)),
            places[track.stage],
        )
        for track in scoring.fast_track
        if track.stage in places
    ]
    return Plan(
        rules,
        tuple((group.id, group.cap) for group in scoring.groups),
        stages,
        tuple(source for source in exclude if source is not None),
        tuple((source, place) for source, place in fast if source is not None),
        tuple(faults),
    )


def _rule_source(rule: Rule, scoring: Scoring, names: Names) -> Source | None:
    if rule.when is None or rule.points is None:
        return None
    half_life = scoring.half_life_days if rule.half_life_days is None else rule.half_life_days
    return source_of(rule.when, names, rule.once, half_life or 0, rule.window_days or 0)


def source_of(
    when: str | Condition | None, names: Names, once: bool = True, half_life: int = 0, window: int = 0
) -> Source | None:
    """What a ``when`` reads; None while it is half-built. UserError for a name that no column answers."""
    if isinstance(when, Condition):
        if when.test is None or not when.field:
            return None
        test, operand = when.test
        return Tested(names.column(when.field), test, repr(operand), operand)
    if not when:
        return None
    found = names.count(when)
    return Happened(found, once, half_life, window) if isinstance(found, str) else Counted(found, once)
