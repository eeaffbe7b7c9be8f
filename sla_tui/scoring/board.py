"""The live state: leads under one scoring, quick to move to the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.columns import Codes, Longs, Texts
from sla_tui.scoring.leads import Leads, read_leads
from sla_tui.scoring.plan import Plan, make_plan
from sla_tui.scoring.results import EXCLUDED as EXCLUDED_STAGE
from sla_tui.scoring.results import NONE, LeadRow, Reach, Rejected, RuleCount, StageCount, Summary, Threshold
from sla_tui.scoring.signals import Signal, make_signal, points_by_code, where_fires
from sla_tui.scoring.sources import Need, Source
from sla_tui.scoring.tally import EXCLUDED, LOST, REJECTED, UNKNOWN, WON, Tally, exact_dot, make_tally, stage_places
from sla_tui.scoring.values import won

Scores = npt.NDArray[Any]
"""One signed integer a lead."""
_INT32 = 2**31 - 1


class NotRead(Exception):
    """The scoring uses a column or activity that was not read: ``reread`` reads it, slowly."""


class Board:
    """Leads scored. It never changes; ``with_scoring`` gives the next one and reuses what stays the same.

    A lead is named by its index among the leads read. Figures leave rejected and excluded leads out.
    """

    def __init__(
        self,
        leads: Leads,
        scoring: Scoring,
        outcome: str | None = None,
        as_of: date | None = None,
        before: Board | None = None,
    ) -> None:
        """Scores ``leads``; NotRead when they lack something, UserError when the outcome cannot be told.

        ``outcome`` names a column; ``as_of`` is the day activities are weighed on, the log's last day if None.
        Names that cannot be looked up are the plan's faults and score nothing. ``before``: a board over the same
        leads, outcome and day.
        """
        self.leads, self.scoring, self.outcome, self.as_of = leads, scoring, outcome, as_of
        self.plan = make_plan(scoring, leads.names)
        self._outcome_column = None if outcome is None else leads.names.column(outcome, "outcome")
        if leads.missing(needs(self.plan, self._outcome_column)):
            raise NotRead
        old = before._signals if before else {}
        self._signals: dict[Source, Signal] = {
            source: old.get(source) or make_signal(leads, source, as_of) for source in self.plan.sources
        }
        self._tables = [self._table(place, before) for place in range(len(self.plan.rules))]
        self._kinds = self._make_kinds(before)
        self._fast = self._make_fast(before)
        bound = sum(int(np.abs(table).max(initial=0)) for table in self._tables)
        self._type = np.dtype(np.int32 if bound <= _INT32 // 2 else np.int64)
        base = before if before and before._type == self._type else None
        self._sums, self.scores = self._add_up(base)
        self._tallies: list[Tally] = before._tallies if before and self._same_counts(before) else []
        used = {id(signal.codes) for signal in self._signals.values()}
        same_leads = before is not None and before._kinds is self._kinds
        counts = before._code_counts if before and same_leads else dict[int, tuple[Codes, Longs]]()
        self._code_counts: dict[int, tuple[Codes, Longs]] = {one: held for one, held in counts.items() if one in used}

    def with_scoring(self, scoring: Scoring) -> Board:
        """The board under another scoring. NotRead when it needs more of the files than was read."""
        return self if scoring == self.scoring else Board(self.leads, scoring, self.outcome, self.as_of, self)

    def ready(self, scoring: Scoring) -> bool:
        """Whether ``with_scoring`` can answer at once."""
        return not self.leads.missing(needs(make_plan(scoring, self.leads.names), self._outcome_column))

    def reread(self, scoring: Scoring) -> Board:
        """The board when more of the files is needed: slow. ``leads.engine.stop()`` ends it with Stopped."""
        return open_board(scoring, self.leads, self.outcome, self.as_of)

    # -- the parts a score is made of

    def _table(self, place: int, before: Board | None) -> Longs:
        rule = self.plan.rules[place]
        if before and place < len(before.plan.rules) and before.plan.rules[place] == rule:
            return before._tables[place]
        if rule.source is None:
            return np.zeros(1, np.int64)
        return points_by_code(self._signals[rule.source], rule)

    def _codes(self, place: int) -> Codes | None:
        source = self.plan.rules[place].source
        return None if source is None else self._signals[source].codes

    def _given(self) -> dict[str, tuple[str, Longs, Codes]]:
        """By rule: its group, its points by code, and the leads' codes; rules that give nothing left out."""
        given: dict[str, tuple[str, Longs, Codes]] = {}
        for place, (rule, table) in enumerate(zip(self.plan.rules, self._tables, strict=True)):
            codes = self._codes(place)
            if codes is not None and table.any():
                given[rule.id] = (rule.group, table, codes)
        return given

    def _changes(self, before: Board | None) -> dict[str, Scores]:
        """By group ("" for rules on their own): what its leads' sums change by."""
        now, then = self._given(), before._given() if before else {}
        changes: dict[str, Scores] = {}

        def add(group: str, table: Longs, codes: Codes) -> None:
            part = np.take(table.astype(self._type), codes)
            if group in changes:
                changes[group] += part
            else:
                changes[group] = part

        for name in {**now, **then}:
            new, old = now.get(name), then.get(name)
            if new and old and new[0] == old[0] and new[2] is old[2]:
                if (change := new[1] - old[1]).any():
                    add(new[0], change, new[2])
                continue
            if new:
                add(*new)
            if old:
                add(old[0], -old[1], old[2])
        return changes

    def _add_up(self, before: Board | None) -> tuple[dict[str, Scores], Scores]:
        """The groups' sums before their caps, and the scores, from those of the board before."""
        changes = self._changes(before)
        sums = dict(before._sums) if before else {}
        scores = before.scores if before else np.zeros(self.leads.size, self._type)
        caps, caps_then = dict(self.plan.groups), dict(before.plan.groups) if before else {}
        recapped = {group for group in sums if caps.get(group) != caps_then.get(group)}
        for group in {*changes, *recapped}:
            if not group:
                scores = scores + changes[group]
                continue
            old = sums.get(group)
            if old is None:
                new = changes[group]
                scores = scores + _capped(new, caps.get(group))
            else:
                new = old + changes[group] if group in changes else old
                scores = scores + (_capped(new, caps.get(group)) - _capped(old, caps_then.get(group)))
            sums[group] = new
        return sums, scores

    def _make_kinds(self, before: Board | None) -> npt.NDArray[np.uint8]:
        """What each lead counts as: its outcome, excluded or rejected."""
        if before and before.plan.exclude == self.plan.exclude and before.plan.counted == self.plan.counted:
            return before._kinds
        kinds = self._outcomes.copy()
        for source in self.plan.exclude:
            kinds[where_fires(self._signals[source])] = EXCLUDED
        for column in self.plan.counted:
            counted = self.leads.counted(column)
            if counted.uncountable:
                kinds[np.isin(counted.codes, list(counted.uncountable))] = REJECTED
        return kinds

    @cached_property
    def _outcomes(self) -> npt.NDArray[np.uint8]:
        if self._outcome_column is None:
            return np.full(self.leads.size, UNKNOWN, np.uint8)
        texts = self.leads.texts(self._outcome_column)
        assert texts is not None
        return outcome_kinds(texts, self.leads, self.outcome or "")[texts.codes]

    def _make_fast(self, before: Board | None) -> npt.NDArray[np.uint8] | None:
        """The place of the last stage each lead is lifted to, counted from 1."""
        if not self.plan.fast:
            return None
        if before and before.plan.fast == self.plan.fast:
            return before._fast
        fast = np.zeros(self.leads.size, np.min_scalar_type(len(self.plan.stages)))
        for source, place in self.plan.fast:
            fires = where_fires(self._signals[source])
            fast[fires] = np.maximum(fast[fires], place)
        return fast

    # -- figures

    def _same_counts(self, before: Board) -> bool:
        return before.scores is self.scores and before._kinds is self._kinds and before._fast is self._fast

    @property
    def tally(self) -> Tally:
        """The scored leads by score and outcome; boards that differ only in their stages share one."""
        if not self._tallies:
            self._tallies.append(make_tally(self.scores, self._kinds, self._fast))
        return self._tallies[0]

    @property
    def size(self) -> int:
        """How many leads are scored: neither rejected nor excluded."""
        return self.tally.total

    @cached_property
    def excluded(self) -> int:
        """How many leads are excluded."""
        return int(np.count_nonzero(self._kinds == EXCLUDED))

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
            signal = self._signals[rule.source]
            leads = self._leads_by_code(signal)
            found.append(RuleCount(rule.id, int(leads[signal.units > 0].sum()), exact_dot(leads, table)))
        return tuple(found)

    def _leads_by_code(self, signal: Signal) -> Longs:
        held = self._code_counts.get(id(signal.codes))
        if held is None or held[0] is not signal.codes:
            size = len(signal.units)
            every = np.bincount(signal.codes, minlength=size)
            held = (signal.codes, every - np.bincount(signal.codes[self._left_out], minlength=size))
            self._code_counts[id(signal.codes)] = held
        return held[1]

    @property
    def reaches(self) -> tuple[Reach, ...]:
        """For each stage that points reach: who gets to it or beyond."""
        return tuple(
            self.tally.reach(self.plan.stages, place, self.outcome is not None)
            for place, stage in enumerate(self.plan.stages, 1)
            if stage.at is not None
        )

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
                says = f"{names[column]} {reason}: {clean_line(counted.texts[code])[:40]!r}"
                found += [(int(index), says) for index in np.flatnonzero(counted.codes == code)]
        first = dict(sorted(found, reverse=True))
        lines = self.leads.ids.lines(list(first))
        more = [
            Rejected(str(self.leads.files.leads), line, says) for line, says in zip(lines, first.values(), strict=True)
        ]
        table = str(self.leads.files.leads)
        return tuple(sorted((*self.leads.rejected, *more), key=lambda one: (one.file != table, one.line)))

    def summary(self) -> Summary:
        """All figures at once."""
        tally, known = self.tally, self.outcome is not None
        return Summary(
            leads=tally.total,
            excluded=self.excluded,
            rejected=self.rejected,
            stages=self.stages,
            score=tally.summary(),
            rules=self.rules,
            outcome=tally.outcome(self.outcome) if self.outcome is not None else None,
            thresholds=tally.thresholds(tally.every_at(self.plan.stages)) if known else (),
            reaches=self.reaches,
        )

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
                found.append((_capped(sums[where], cap) - sums[where]).astype(np.int64))
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


def _capped(sums: Scores, cap: int | None) -> Scores:
    return sums if cap is None or cap > np.iinfo(sums.dtype).max else np.clip(sums, -cap, cap)


def needs(plan: Plan, outcome: int | None) -> frozenset[Need]:
    """What a plan and an outcome column need of the files."""
    return plan.needs if outcome is None else plan.needs | {Need("text", outcome)}


def outcome_kinds(texts: Texts, leads: Leads, column: str) -> npt.NDArray[np.uint8]:
    """By code: won, lost or unknown. UserError names a value that tells neither."""
    positive = leads.files.mapping.positive
    used = np.bincount(texts.codes, minlength=len(texts.texts)) > 0
    kinds = np.full(len(texts.texts), UNKNOWN, np.uint8)
    for code, (one, known) in enumerate(zip(texts.texts, texts.known, strict=True)):
        if not (known and used[code]):
            continue
        said = won(one, positive)
        if said is None:
            raise UserError(
                f"the outcome {column!r} says {clean_line(one)[:40]!r}, and nothing tells whether that is won",
                'list what means won in leads.toml, as in positive = ["Closed Won"]',
                Place(str(leads.files.leads)),
            )
        kinds[code] = WON if said else LOST
    return kinds


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
