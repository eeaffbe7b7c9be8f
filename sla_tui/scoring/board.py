"""The live state: leads under one scoring, quick to move to the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.columns import Longs, Texts, count_codes
from sla_tui.scoring.leads import Leads, read_leads
from sla_tui.scoring.plan import make_plan
from sla_tui.scoring.readtable import uncountable
from sla_tui.scoring.results import EXCLUDED as EXCLUDED_STAGE
from sla_tui.scoring.results import NONE, LeadRow, Reach, Rejected, RuleCount, StageCount, Summary, Threshold
from sla_tui.scoring.scored import NotRead, Scored, capped, needs
from sla_tui.scoring.signals import Signal, make_signal, where_fires
from sla_tui.scoring.sources import Need, Source
from sla_tui.scoring.tally import EXCLUDED, LOST, REJECTED, WON, Tally, exact_dot, make_tally, stage_places, summarize

__all__ = ["Board", "NotRead", "open_board"]


class Board(Scored):
    """Leads scored. It never changes; ``with_scoring`` gives the next one and reuses what stays the same.

    A lead is named by its index among the leads read. Figures leave rejected and excluded leads out.
    """

    def with_scoring(self, scoring: Scoring) -> Board:
        """The board under another scoring. NotRead when it needs more of the files than was read."""
        return self if scoring == self.scoring else Board(self.leads, scoring, self.outcome, self.as_of, self)

    def ready(self, scoring: Scoring) -> bool:
        """Whether ``with_scoring`` can answer at once."""
        return not self.leads.missing(needs(make_plan(scoring, self.leads.names), self._outcome_column))

    def reread(self, scoring: Scoring) -> Board:
        """The board when more of the files is needed: slow. ``leads.engine.stop()`` ends it with Stopped."""
        return open_board(scoring, self.leads, self.outcome, self.as_of)

    @property
    def tally(self) -> Tally:
        """The scored leads by score and outcome; boards that differ only in their stages share one."""
        if not self._tallies:
            self._tallies.append(make_tally(self.scores, self._kinds, self._fast, self._sorts))
        return self._tallies[0]

    @property
    def size(self) -> int:
        """How many leads are scored: neither rejected nor excluded."""
        return self.tally.total

    @cached_property
    def excluded(self) -> int:
        """How many leads are excluded."""
        return int(np.count_nonzero(self._kinds == EXCLUDED))

    @property
    def left_out(self) -> int:
        """How many rows are no lead, or none that can be scored."""
        return len(self.leads.rejected) + self.leads.size - self.size - self.excluded

    @property
    def scored_leads(self) -> npt.NDArray[np.bool_]:
        """By lead: whether it is scored, neither rejected nor excluded."""
        return self._kinds < EXCLUDED

    @property
    def stage_places(self) -> npt.NDArray[Any]:
        """By lead: the place of the stage reached, counted from 1; 0 below the first."""
        places = stage_places(self.plan.stages, self.scores)
        return places if self._fast is None else np.maximum(places, self._fast)

    @property
    def if_scored(self) -> npt.NDArray[np.uint8]:
        """By lead: what it counts as if no exclusion left it out."""
        return np.where(self._kinds == EXCLUDED, self._outcomes, self._kinds)

    def signal(self, source: Source) -> Signal:
        """What each lead did or is; KeyError when the leads do not hold what it needs."""
        return self._signals.get(source) or make_signal(self.leads, source, self.as_of)

    def both(self, one: Source, other: Source) -> int:
        """On how many leads two of the plan's sources fire together."""
        key = (one, other)
        if key not in self._met:
            first, second = self._signals[one], self._signals[other]
            if first.codes is second.codes:
                fire = (first.units > 0) & (second.units > 0)
                self._met[key] = int(self._leads_by_code(first)[fire].sum())
            else:
                fire = where_fires(first) & where_fires(second) & self.scored_leads
                self._met[key] = int(np.count_nonzero(fire))
        return self._met[key]

    def fired(self, source: Source) -> int:
        """On how many scored leads one of the plan's sources fires."""
        signal = self._signals[source]
        return int(self._leads_by_code(signal)[signal.units > 0].sum())

    def caught(self, source: Source) -> int:
        """On how many leads one of the plan's sources fires, excluded ones too."""
        key = (source, source)
        if key not in self._met:
            fire = where_fires(self._signals[source]) & (self._kinds != REJECTED)
            self._met[key] = int(np.count_nonzero(fire))
        return self._met[key]

    def outcomes(self, where: npt.NDArray[np.intp] | slice) -> npt.NDArray[np.uint8]:
        """What some leads count as: ``WON``, ``LOST`` or another word of the tally."""
        return self._kinds[where]

    def group_sums(self, group: str) -> npt.NDArray[Any]:
        """By lead: the points of a group, held within its cap."""
        sums = self._sums.get(group)
        return (
            np.zeros(self.leads.size, self._type) if sums is None else capped(sums, dict(self.plan.groups).get(group))
        )

    def held(self, group: str) -> int:
        """On how many leads a group's cap takes points away, or gives negative ones back."""
        sums, cap = self._sums.get(group), dict(self.plan.groups).get(group)
        return 0 if sums is None or cap is None else int(np.count_nonzero((np.abs(sums) > cap) & self.scored_leads))

    def lifted(self, source: Source, stage: str) -> int:
        """How many scored leads one of the plan's fast tracks brings further than their points."""
        place = next((at for at, one in enumerate(self.plan.stages, 1) if one.id == stage), 0)
        below = stage_places(self.plan.stages, self.scores) < place
        return int(np.count_nonzero(where_fires(self._signals[source]) & below & self.scored_leads))

    @cached_property
    def _left_out(self) -> npt.NDArray[np.intp]:
        """The leads in no figure."""
        return np.flatnonzero(self._kinds >= EXCLUDED)

    @property
    def stages(self) -> tuple[StageCount, ...]:
        """How many leads stand in each stage, ``none`` first."""
        return self.tally.stage_counts(self.plan.stages)

    @property
    def rules(self) -> tuple[RuleCount, ...]:
        """On how many leads each rule fired, and its points in all."""
        found: list[RuleCount] = []
        for rule, table in zip(self.plan.rules, self._tables, strict=True):
            if rule.source is None:
                found.append(RuleCount(rule.id, 0, 0))
                continue
            leads = self._leads_by_code(self._signals[rule.source])
            found.append(RuleCount(rule.id, self.fired(rule.source), exact_dot(leads, table)))
        return tuple(found)

    def _leads_by_code(self, signal: Signal) -> Longs:
        held = self._code_counts.get(id(signal.codes))
        if held is None or held[0] is not signal.codes:
            size = len(signal.units)
            every = count_codes(signal.codes, size)
            held = (signal.codes, every - count_codes(signal.codes[self._left_out], size))
            self._code_counts[id(signal.codes)] = held
        return held[1]

    @property
    def reaches(self) -> tuple[Reach, ...]:
        """For each stage that points reach: who gets to it or beyond."""
        return self.tally.reaches(self.plan.stages, self.outcome is not None)

    def threshold(self, at: int) -> Threshold:
        """What the leads at or above ``at`` points are like."""
        return self.tally.threshold(at, self.outcome is not None)

    @cached_property
    def rejected(self) -> tuple[Rejected, ...]:
        """Every row left out, with its line and why. Looks into the file again when a count was none."""
        found: list[tuple[int, str]] = []
        names = self.leads.names.columns or ()
        for column in self.plan.counted:
            counted = self.leads.counted(column)
            for code, reason in counted.uncountable.items():
                assert isinstance(counted, Texts)
                says = uncountable(names[column], counted.texts[code], reason)
                found += [(int(index), says) for index in np.flatnonzero(counted.codes == code)]
        first = dict(sorted(found, reverse=True))
        lines = self.leads.ids.lines(list(first))
        table = str(self.leads.files.leads)
        more = [Rejected(table, line, says) for line, says in zip(lines, first.values(), strict=True)]
        if self.leads.repeats is not None:
            others = self.leads.repeats.reasons(self._kinds != REJECTED)
            more += [Rejected(table, line, says) for lead, (line, says) in others.items() if lead not in first]
        return tuple(sorted((*self.leads.rejected, *more), key=lambda one: (one.file != table, one.line)))

    def summary(self) -> Summary:
        """All figures at once."""
        return summarize(self.tally, self.plan.stages, self.outcome, self.excluded, self.rejected, self.rules)

    # -- single leads

    def page(self, start: int, size: int) -> tuple[LeadRow, ...]:
        """Scored leads from place ``start`` (from 0) on, highest score first, in the file's order among equals."""
        upto = np.cumsum(self.tally.by_score[::-1])
        stop = min(start + size, self.size)
        if start < 0 or start >= stop:
            return ()
        first, last = (int(np.searchsorted(upto, place, side="right")) for place in (start, stop - 1))
        high, low = self.tally.scores[::-1][[first, last]]
        within = (self.scores >= low) & (self.scores <= high) & (self._kinds < EXCLUDED)
        found = np.flatnonzero(within)
        ordered = found[np.argsort(-self.scores[found].astype(np.int64), kind="stable")]
        skipped = start - (int(upto[first - 1]) if first else 0)
        return self.lead_rows(ordered[skipped : skipped + stop - start].tolist())

    def place_of(self, at: int) -> int:
        """How many leads score at least ``at``: the place in ``page`` of the first one below it."""
        return self.tally.at_least(at)

    def lead_rows(self, indexes: Sequence[int]) -> tuple[LeadRow, ...]:
        """Some leads with their points by rule."""
        where = np.array(indexes, np.intp)
        points, caps = self.points(where), self.caps(where)
        stages = self.stage_names(where)
        return tuple(
            LeadRow(
                index,
                name,
                int(self.scores[index]),
                stage,
                tuple(int(column[at]) for column in points),
                tuple(int(column[at]) for column in caps),
                {WON: True, LOST: False}.get(int(self._kinds[index])),
            )
            for at, (index, name, stage) in enumerate(zip(indexes, self.leads.ids.some(indexes), stages, strict=True))
        )

    def points(self, where: npt.NDArray[np.intp] | slice) -> list[Longs]:
        """By rule: the points of some leads after the rule's cap."""
        size = len(self.scores[where])
        found: list[Longs] = []
        for place, table in enumerate(self._tables):
            codes = self._codes(place)
            found.append(np.zeros(size, np.int64) if codes is None else table[codes[where]])
        return found

    def caps(self, where: npt.NDArray[np.intp] | slice) -> list[Longs]:
        """By group: what its cap changes on some leads."""
        size = len(self.scores[where])
        found: list[Longs] = []
        for group, cap in self.plan.groups:
            sums = self._sums.get(group)
            if sums is None or cap is None:
                found.append(np.zeros(size, np.int64))
            else:
                found.append((capped(sums[where], cap) - sums[where]).astype(np.int64))
        return found

    def stage_names(self, where: npt.NDArray[np.intp] | slice) -> list[str]:
        """The stages of some leads; ``excluded`` for an excluded one."""
        places = stage_places(self.plan.stages, self.scores[where])
        if self._fast is not None:
            places = np.maximum(places, self._fast[where])
        names = [NONE, *(stage.id for stage in self.plan.stages)]
        return [
            EXCLUDED_STAGE if kind == EXCLUDED else names[place]
            for place, kind in zip(places.tolist(), self._kinds[where].tolist(), strict=True)
        ]

    def kinds(self, where: slice) -> list[int]:
        """What some leads count as."""
        return self._kinds[where].tolist()


def open_board(
    scoring: Scoring,
    leads: Leads,
    outcome: str | None = None,
    as_of: date | None = None,
    everything: bool = False,
) -> Board:
    """A board after reading from the leads' files whatever the scoring needs and they lack."""

    def wanted(names: Any) -> Iterable[Need]:
        return needs(make_plan(scoring, names), None if outcome is None else names.column(outcome, "outcome"))

    fuller = read_leads(leads.files, wanted, everything, before=leads)
    return Board(fuller, scoring, outcome, as_of)
