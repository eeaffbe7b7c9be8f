"""How scores are made: points by rule, caps by group, and what each lead counts as."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.columns import Codes, Longs, Texts, blocks
from sla_tui.scoring.leads import Leads
from sla_tui.scoring.plan import Plan, make_plan
from sla_tui.scoring.signals import Signal, make_signal, points_by_code, weigh
from sla_tui.scoring.sources import Need, Source
from sla_tui.scoring.tally import EXCLUDED, LOST, REJECTED, UNKNOWN, WON, Sorts, Tally, make_sorts
from sla_tui.scoring.values import won

Scores = npt.NDArray[Any]
"""One signed integer a lead."""
_INT32 = 2**31 - 1


class NotRead(Exception):
    """The scoring uses a column or activity that was not read: ``reread`` reads it, slowly."""


class Scored:
    """Leads with their scores under one scoring, made from those of the scoring before where there is one."""

    def __init__(
        self,
        leads: Leads,
        scoring: Scoring,
        outcome: str | None = None,
        as_of: date | None = None,
        before: Scored | None = None,
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
        weigh(leads, (source for source in self.plan.sources if source not in old), as_of)
        self._signals: dict[Source, Signal] = {
            source: old.get(source) or make_signal(leads, source, as_of) for source in self.plan.sources
        }
        self._tables = [self._table(place, before) for place in range(len(self.plan.rules))]
        self._kinds = self._make_kinds(before)
        self._fast = self._make_fast(before)
        same_sorts = before is not None and before._kinds is self._kinds and before._fast is self._fast
        self._sorts_made: list[Sorts] = before._sorts_made if before and same_sorts else []
        bound = sum(int(np.abs(table).max(initial=0)) for table in self._tables)
        self._type = np.dtype(np.int32 if bound <= _INT32 // 2 else np.int64)
        base = before if before and before._type == self._type else None
        self._sums, self.scores = self._add_up(base)
        same_counts = before is not None and same_sorts and before.scores is self.scores
        self._tallies: list[Tally] = before._tallies if before and same_counts else []
        used = {id(signal.codes) for signal in self._signals.values()}
        same_leads = before is not None and before._kinds is self._kinds
        counts = before._code_counts if before and same_leads else dict[int, tuple[Codes, Longs]]()
        self._met: dict[tuple[Source, Source], int] = before._met if before and same_leads else {}
        self._code_counts: dict[int, tuple[Codes, Longs]] = {one: held for one, held in counts.items() if one in used}

    def _table(self, place: int, before: Scored | None) -> Longs:
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

    def _changes(self, before: Scored | None) -> dict[str, Scores]:
        """By group ("" for rules on their own): what its leads' sums change by."""
        now, then = self._given(), before._given() if before else {}
        changes: dict[str, Scores] = {}

        def add(group: str, table: Longs, codes: Codes) -> None:
            sums, points = changes.setdefault(group, np.zeros(self.leads.size, self._type)), table.astype(self._type)
            for part in blocks(len(codes)):
                sums[part] += points.take(codes[part])

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

    def _add_up(self, before: Scored | None) -> tuple[dict[str, Scores], Scores]:
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
                scores = scores + capped(new, caps.get(group))
            else:
                new = old + changes[group] if group in changes else old
                scores = scores + (capped(new, caps.get(group)) - capped(old, caps_then.get(group)))
            sums[group] = new
        return sums, scores

    def _make_kinds(self, before: Scored | None) -> npt.NDArray[np.uint8]:
        """What each lead counts as: its outcome, excluded or rejected."""
        if before and before.plan.exclude == self.plan.exclude and before.plan.counted == self.plan.counted:
            return before._kinds
        if before:
            self.__dict__["_outcomes"] = before._outcomes
        kinds = self._outcomes
        for source in self.plan.exclude:
            kinds = np.maximum(kinds, _where_fires(self._signals[source], EXCLUDED))
        for column in self.plan.counted:
            counted = self.leads.counted(column)
            if counted.uncountable:
                none = np.zeros(len(counted.counts), np.uint8)
                none[list(counted.uncountable)] = REJECTED
                kinds = np.maximum(kinds, none.take(counted.codes))
        if self.leads.repeats is not None:
            kinds = kinds.copy()
            kinds[self.leads.repeats.others(kinds != REJECTED)] = REJECTED
        return kinds

    @cached_property
    def _outcomes(self) -> npt.NDArray[np.uint8]:
        if self._outcome_column is None:
            return np.full(self.leads.size, UNKNOWN, np.uint8)
        texts = self.leads.texts(self._outcome_column)
        assert texts is not None
        return outcome_kinds(texts, self.leads, self.outcome or "")[texts.codes]

    def _make_fast(self, before: Scored | None) -> npt.NDArray[np.uint8] | None:
        """The place of the last stage each lead is lifted to, counted from 1."""
        if not self.plan.fast:
            return None
        if before and before.plan.fast == self.plan.fast:
            return before._fast
        fast = np.zeros(self.leads.size, np.uint8)
        for source, place in self.plan.fast:
            fast = np.maximum(fast, _where_fires(self._signals[source], place))
        return fast

    @property
    def _sorts(self) -> Sorts:
        """What each lead counts as, apart from its score; boards that agree in that share it."""
        if not self._sorts_made:
            self._sorts_made.append(make_sorts(self._kinds, self._fast))
        return self._sorts_made[0]


def _where_fires(signal: Signal, mark: int) -> npt.NDArray[Any]:
    """By lead: ``mark`` where it fired, else 0."""
    return np.where(signal.units > 0, mark, 0).astype(np.min_scalar_type(mark)).take(signal.codes)


def capped(sums: Scores, cap: int | None) -> Scores:
    """Sums held within a cap on either side."""
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
