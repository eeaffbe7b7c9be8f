"""One call from leads with outcomes to a proposal: rules, how good they are, thresholds, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.paths import new_id
from sla_tui.agreement.sections.scoring import Rule
from sla_tui.scoring.board import Board
from sla_tui.scoring.columns import Doubles, Flags, Longs
from sla_tui.scoring.propose.candidates import candidates, features
from sla_tui.scoring.propose.columns import Field, fields
from sla_tui.scoring.propose.cutoffs import Arrivals, Trial, cutoffs
from sla_tui.scoring.propose.dates import came
from sla_tui.scoring.propose.leaks import suspects
from sla_tui.scoring.propose.learning import Material, Points, Rows, learn
from sla_tui.scoring.propose.result import FOLDS, Chance, Cutoff, Proposal, Proposed, Quality, Today, Wanted, Watch
from sla_tui.scoring.propose.signs import flags
from sla_tui.scoring.propose.testing import chance, dealt, quality
from sla_tui.scoring.sentence import number
from sla_tui.scoring.signals import make_signal, where_fires
from sla_tui.scoring.tally import EXCLUDED, LOST, WON

FEWEST = 20
"""Fewer won or lost leads than that teach nothing."""
MOST_LEADS = 20_000
"""Of more leads than that a sample is learned from, with as many of the rarer outcome as it holds; rules and thresholds
are then counted on all."""
MOST_FEATURES, MOST_CELLS = 1_500, 20_000_000
"""So many different things are learned from at most, and so many times leads, to keep within memory and seconds."""
FEWEST_EACH = 3
"""Of each column so many are tried, however many columns there are."""
_LATER = 0.7
"""The share of the leads, the first ones, that the time split learns from."""
_NO_SIGNAL = "nothing in these columns tells won leads from lost ones better than chance would, so no rule is proposed"
_NOT_HELD = "on leads held back the best rules do no better than chance, so none is proposed"
_NO_RULE = "no single rule is worth its place, so none is proposed"


def propose(board: Board, wanted: Wanted, stage: str = "", watch: Watch | None = None) -> Proposal:
    """Rules learned from the outcomes of a board's leads, which were read with everything in their files.

    ``stage`` is the one that leads are handed over at. The same leads, wishes and seed give the same answer. Raises
    UserError when there is too little to learn from, Stopped when told to stop.
    """
    return _Proposing(board, wanted, stage, watch or Watch()).run()


@dataclass(frozen=True, eq=False)
class _Trial:
    """Rules learned from some leads, and the leads held back; both by their place among those learned from."""

    points: Points
    rules: tuple[Rule, ...]
    learned: Rows
    held: Rows


class _Proposing:
    """One proposal on its way."""

    def __init__(self, board: Board, wanted: Wanted, stage: str, watch: Watch) -> None:
        self.board, self.wanted, self.stage, self.watch = board, wanted, stage, watch
        self.leads = board.leads
        self.random = np.random.default_rng(wanted.seed)
        self.kinds = np.array(self._under(()).kinds(slice(None)), np.uint8)
        known = np.flatnonzero((self.kinds == LOST) | (self.kinds == WON))
        self._demand_outcomes()
        self.rows = self._sample(known)
        self.won: Flags = self.kinds[self.rows] == WON
        found = (
            np.bincount(self.kinds[known], minlength=EXCLUDED),
            np.bincount(self.kinds[self.rows], minlength=EXCLUDED),
        )
        self.stands_for = float(found[0][LOST] / found[1][LOST]), float(found[0][WON] / found[1][WON])

    def _sample(self, known: Rows) -> Rows:
        """The leads to learn from: where they are too many, of the rarer outcome up to half, and others at random."""
        if len(known) <= MOST_LEADS:
            return known
        kinds = [known[self.kinds[known] == kind] for kind in (LOST, WON)]
        few, many = sorted(kinds, key=len)
        rare = self.random.choice(few, min(len(few), MOST_LEADS // 2), replace=False)
        return np.sort(np.concatenate((rare, self.random.choice(many, MOST_LEADS - len(rare), replace=False))))

    def _demand_outcomes(self) -> None:
        won, lost = (int(np.count_nonzero(self.kinds == kind)) for kind in (WON, LOST))
        place, column = Place(str(self.leads.files.leads)), self.board.outcome
        if not len(self.kinds):
            raise UserError("there are no leads in it to learn from", "name a table with a row for each lead", place)
        if not won + lost:
            message = f"no lead has a known outcome in {column!r}"
            raise UserError(message, "name the column that says who was won", place)
        if not won or not lost:
            whole = f"{'every' if won else 'no'} lead was won"
            if won + lost < len(self.kinds):
                known = f"the {number(won + lost)} leads with a known outcome"
                whole = f"{'all' if won else 'none'} of {known} {'were' if won else 'was'} won"
            message = f"by {column!r} {whole}, so there is nothing to compare"
            raise UserError(message, 'list what means won in leads.toml, as in positive = ["Closed Won"]', place)
        if min(won, lost) < FEWEST:
            message = f"too few outcomes to learn from: {number(won)} won, {number(lost)} lost"
            raise UserError(message, f"at least {FEWEST} of each are needed; take in older leads", place)

    def _under(self, rules: tuple[Rule, ...]) -> Board:
        """The leads under today's scoring with other rules, by the engine that every figure comes from."""
        return self.board.with_scoring(self.board.scoring.model_copy(update={"rules": rules}))

    def _scores(self, board: Board) -> Longs:
        return board.scores[self.rows].astype(np.int64)

    def run(self) -> Proposal:
        self.watch.at(0.3, "looking through the columns")
        when, dated, says = came(self.leads, self.wanted.created)
        material = self._material(says)
        self.watch.at(0.4, "adding up")
        sums = material.sums()
        luck = Chance(0, 0, False)
        if material.candidates:
            luck = chance(material, sums, self.random, lambda: self.watch.at(0.5, "comparing with chance"))
        nothing = self._nothing(luck, when if dated else None)
        if not luck.signal:
            return replace(nothing, reason=_NO_SIGNAL)
        trials: list[_Trial] = []
        for part in range(FOLDS):
            self.watch.at(0.55 + 0.06 * part, f"learning without part {part + 1} of {FOLDS}")
            others = [one for one in range(FOLDS) if one != part]
            points = learn(material, sums, others, self.wanted.rules, self.wanted.most)
            trials.append(self._trial(points, material.part != part))
        tried = [self._tried(one) for one in trials]
        cross = self._quality(trials, tried)
        nothing = replace(nothing, cross=cross)
        if cross.auc.low <= 0.5:
            return replace(nothing, reason=_NOT_HELD)
        self.watch.at(0.85, "learning from all leads")
        points = learn(material, sums, range(FOLDS), self.wanted.rules, self.wanted.most)
        if not points:
            return replace(nothing, reason=_NO_RULE)
        self.watch.at(0.9, "holding it against time")
        later = self._later(material, when)
        rules = self._rules(points)
        self.watch.at(0.95, "finding thresholds")
        found = replace(
            nothing,
            rules=self._proposed(points, rules, trials),
            later=later,
            cutoffs=self._cutoffs(rules, nothing, when if dated else None, tried),
        )
        return replace(found, notes=tuple(self._notes(found, when is not None)))

    # -- what there is to learn from

    def _material(self, created: str) -> Material:
        names = self.leads.names
        outcome = self.board.outcome
        gone = {names.column(one, "name") for one in self.wanted.without}
        gone |= {names.column(outcome, "outcome")} if outcome is not None else set()
        identity = names.id()
        gone |= {identity} if identity is not None else set()
        gone |= {at for at, name in enumerate(names.columns or ()) if name == created}
        keep = frozenset(names.column(one, "name") for one in self.wanted.keep)
        held = list(fields(self.leads, self.rows, frozenset(gone)))
        won = {one.at: _by_code(one, self.rows[self.won]) for one in held}
        self.doubted = suspects(held, won, keep)
        left_out = {at for at, one in self.doubted if one.left_out}
        support = max(10, len(self.rows) // 200)
        usable = [one for one in held if one.at not in left_out]
        most = max(FEWEST_EACH, min(MOST_FEATURES, MOST_CELLS // len(self.rows)) // max(len(usable), 1))
        said, self.thinned = candidates(usable, self.leads, self.board.scoring, support, most)
        kept, told = features(said, self.leads, self.rows, self.board.as_of, support)
        return Material(self.leads, kept, told, self.won, dealt(self.won, FOLDS, self.random))

    # -- how good it is

    def _trial(self, points: Points, learned: Flags) -> _Trial:
        return _Trial(points, self._rules(points), np.flatnonzero(learned), np.flatnonzero(~learned))

    def _tried(self, one: _Trial) -> Trial:
        scores = self._scores(self._under(one.rules))
        won = self.won
        return Trial(scores[one.learned], won[one.learned], scores[one.held], won[one.held], self.stands_for)

    def _quality(self, trials: Sequence[_Trial], tried: Sequence[Trial]) -> Quality:
        before = self._scores(self.board)
        today = [before[one.held] for one in trials] if before.any() else None
        return quality([one.held for one in tried], today, [one.won for one in tried], self.random)

    def _later(self, material: Material, when: Doubles | None) -> Quality | None:
        """How well rules from the first leads do on the last ones; None where dates or outcomes are too few."""
        if when is None:
            return None
        came_at = when[self.rows]
        dated = np.isfinite(came_at)
        if dated.sum() < len(came_at) / 2:
            return None
        cut = float(np.quantile(came_at[dated], _LATER))
        learned, held = dated & (came_at < cut), dated & (came_at >= cut)
        if min(int(np.count_nonzero(self.won[one] == kind)) for one in (learned, held) for kind in (0, 1)) < FEWEST:
            return None
        first = material.some(np.flatnonzero(learned))
        points = learn(first, first.sums(), range(FOLDS), self.wanted.rules, self.wanted.most)
        one = _Trial(points, self._rules(points), np.flatnonzero(learned), np.flatnonzero(held))
        return self._quality([one], [self._tried(one)])

    def _cutoffs(
        self, rules: tuple[Rule, ...], found: Proposal, when: Doubles | None, tried: Sequence[Trial]
    ) -> tuple[Cutoff, ...]:
        board, came = self._under(rules), None
        if when is not None and found.weeks:
            dated = np.isfinite(when) & (self.kinds < EXCLUDED)
            came = Arrivals(found.weeks, when[dated], board.scores[dated].astype(np.int64))
        return cutoffs(board.tally, self.wanted, came, found.today, tried, self.random)

    # -- what is said of it

    def _rules(self, points: Points) -> tuple[Rule, ...]:
        """The rules, with ids that none of today's has, so that they may stand beside those."""
        taken = [rule.id for rule in self.board.scoring.rules]
        rules: list[Rule] = []
        for candidate, worth in points:
            name = new_id(candidate.words, taken)
            taken.append(name)
            rules.append(candidate.rule(worth, name))
        return tuple(rules)

    def _proposed(self, points: Points, rules: tuple[Rule, ...], trials: Sequence[_Trial]) -> tuple[Proposed, ...]:
        scored = self.kinds < EXCLUDED
        known, won = scored & (self.kinds > 0), self.kinds == WON
        doubtful = {at for at, _ in self.doubted}
        today = [(one.source, one) for one in self.board.plan.rules]
        found: list[Proposed] = []
        for (candidate, worth), rule in zip(points, rules, strict=True):
            assert candidate.source is not None
            fires = where_fires(make_signal(self.leads, candidate.source, self.board.as_of))
            leads, fired, wins = (int(np.count_nonzero(fires & one)) for one in (scored, known, won))
            rest = (int(np.count_nonzero(known)) - fired, int(np.count_nonzero(won)) - wins)
            again = sum(any(o.of == candidate.of and (w > 0) == (worth > 0) for o, w in t.points) for t in trials)
            like = next((one for source, one in today if source == candidate.source), None)
            found.append(
                Proposed(
                    rule,
                    leads,
                    fired,
                    wins,
                    again,
                    like.id if like else "",
                    like.points if like else None,
                    tuple(flags(candidate, worth, (fired, wins), rest, again, candidate.column in doubtful)),
                )
            )
        return tuple(found)

    def _nothing(self, luck: Chance, when: Doubles | None) -> Proposal:
        """The proposal before there is any: what was looked at."""
        scored = self.kinds < EXCLUDED
        weeks = None
        if when is not None and len(dates := when[scored & np.isfinite(when)]):
            weeks = max((float(dates.max() - dates.min()) + 1) / 7, 1.0)
        return Proposal(
            outcome=self.board.outcome or "",
            leads=int(np.count_nonzero(scored)),
            known=int(np.count_nonzero(scored & (self.kinds > 0))),
            won=int(np.count_nonzero(self.kinds == WON)),
            learned=len(self.rows),
            wanted=self.wanted,
            rules=(),
            reason="",
            chance=luck,
            cross=None,
            later=None,
            today=self._today,
            cutoffs=(),
            suspects=tuple(one for _, one in self.doubted),
            weeks=weeks,
        )

    @cached_property
    def _today(self) -> Today:
        plan, scoring = self.board.plan, self.board.scoring
        lost = tuple(
            rule.id
            for rule, planned in zip(scoring.rules, plan.rules, strict=True)
            if planned.source is None and rule.when is not None and rule.points is not None
        )
        for reach in self.board.reaches:
            if reach.stage == self.stage:
                return Today(len(plan.rules), lost, reach.stage, reach.at, reach.leads, reach.known, reach.positive)
        return Today(len(plan.rules), lost, self.stage)

    def _notes(self, found: Proposal, timed: bool) -> list[str]:
        notes: list[str] = []
        if found.today.missing:
            notes.append(
                f"Of today's {found.today.rules} rules {len(found.today.missing)} find nothing in these files and were "
                f"measured as giving no points: {', '.join(found.today.missing[:6])}"
                f"{', …' if len(found.today.missing) > 6 else '.'}"
            )
        if self.board.left_out:
            notes.append(f"Rows that could not be read and were left out: {number(self.board.left_out)}.")
        if found.known < found.leads:
            notes.append(
                f"The outcome of {number(found.leads - found.known)} leads is not known; if sales chose whom to follow "
                "up, the others may differ."
            )
        if self.leads.events and self.board.as_of is None:
            notes.append("A log goes on after an outcome: give the day to look back from with --as-of.")
        if not timed:
            notes.append("No column says when a lead came, so nothing was held against time; name one with --created.")
        elif found.later is None:
            notes.append("Too few outcomes lie before or after a day in time to hold the rules against time.")
        if self.wanted.capacity is not None and not any(one.why == "capacity" for one in found.cutoffs):
            told = (
                "how many leads come in a week is not known without dates"
                if found.weeks is None
                else "no score is that rare"
            )
            notes.append(f"There is no threshold by capacity: {told}.")
        if not any(one.why == "worth" for one in found.cutoffs):
            notes.append(f"If a won lead pays for working {found.worth:.1f}, no threshold pays for the work it makes.")
        if self.thinned:
            notes.append(
                f"There are so many columns that of {number(self.thinned)} only some values were tried; leave out with "
                "--without those that say nothing."
            )
        if len(self.rows) < found.known:
            won = int(np.count_nonzero(self.won))
            learned = f"{number(won)} won and {number(len(self.rows) - won)} lost leads"
            notes.append(f"Learned from {learned}, drawn at random; counted on all.")
        return notes


def _by_code(field: Field, rows: Rows) -> Longs:
    return np.bincount(field.texts.codes[rows], minlength=len(field.texts.texts)).astype(np.int64)
