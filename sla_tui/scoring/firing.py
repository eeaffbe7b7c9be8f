"""What one condition would do on the leads: on how many it fires, and how many of those were won."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from sla_tui.scoring.columns import Codes, Longs, blocks
from sla_tui.scoring.leads import read_leads
from sla_tui.scoring.plan import make_plan, source_of
from sla_tui.scoring.scored import NotRead, needs
from sla_tui.scoring.sentence import FEW, number
from sla_tui.scoring.signals import where_fires
from sla_tui.scoring.sources import need_of
from sla_tui.scoring.tally import EXCLUDED, LOST, REJECTED, WON, stage_places

if TYPE_CHECKING:
    from sla_tui.agreement.conditions import Condition
    from sla_tui.scoring.board import Board
    from sla_tui.scoring.sources import Need

_KINDS = REJECTED + 1


@dataclass(frozen=True, slots=True)
class Firing:
    """The leads a condition fires on, of how many, and the outcomes of both."""

    leads: int
    of: int
    known: int = 0
    won: int = 0
    all_known: int = 0
    all_won: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """What a column says, and the outcomes of the leads it says that of."""

    text: str
    leads: int
    known: int
    won: int


class Firings:
    """Conditions tried on a board's leads: on those that are scored, or with ``everybody`` on the excluded ones too.

    What a column's values come to is kept, so that another test of the same column costs no look at the leads.
    """

    def __init__(self, board: Board, everybody: bool = False) -> None:
        self.board = board
        kinds = board.if_scored if everybody else board.outcomes(slice(None))
        self._kinds = kinds
        self._all = np.bincount(kinds, minlength=_KINDS)
        self._held: dict[int, tuple[Codes, Longs]] = {}

    @property
    def told(self) -> bool:
        """Whether anybody's outcome is known."""
        return bool(self._all[LOST] + self._all[WON])

    def firing(self, when: str | Condition, window: int = 0) -> Firing | None:
        """What a condition fires on; None while it is half-built.

        NotRead when the files have to be read for it; UserError for a name that nothing answers.
        """
        source = source_of(when, self.board.leads.names, window=window)
        if source is None:
            return None
        if self.board.leads.missing((need_of(source),)):
            raise NotRead
        signal = self.board.signal(source)
        fires = signal.units > 0
        # Only a column's own codes outlive one test, so only what they come to is worth keeping.
        lasting = source in self.board.plan.sources or self._is_column(signal.codes)
        table = self._by_code(signal.codes, len(fires), lasting)
        return self._firing(table[fires].sum(axis=0))

    def values(self, column: int, most: int) -> tuple[Value, ...]:
        """What a column says, the most frequent first; nothing unknown. Empty while it has not been read as text."""
        texts = self.board.leads.texts(column)
        if texts is None:
            return ()
        table = self._by_code(texts.codes, len(texts.texts), True)
        times = table[:, :3].sum(axis=1)
        times[~texts.known] = 0
        order: list[int] = np.argsort(-times, kind="stable")[:most].tolist()
        return tuple(
            Value(texts.texts[code], int(times[code]), int(table[code, LOST] + table[code, WON]), int(table[code, WON]))
            for code in order
            if times[code]
        )

    def cuts(self, column: int, test: str, most: int) -> tuple[Value, ...]:
        """Numbers of a column to compare with, each with the leads that then pass; lowest first, evenly apart.

        For "between" each stands with the leads from it up to the next. Empty while it has not been read as text.
        """
        texts = self.board.leads.texts(column)
        if texts is None:
            return ()
        numbers, table = texts.numbers, self._by_code(texts.codes, len(texts.texts), True)[:, :3]
        used = np.flatnonzero(np.isfinite(numbers) & (table.sum(axis=1) > 0))
        at, where = np.unique(numbers[used], return_inverse=True)
        by = np.zeros((len(at), 3), np.int64)
        np.add.at(by, where, table[used])
        upto = np.vstack((np.zeros((1, 3), np.int64), np.cumsum(by, axis=0)))
        leads = upto[:, :3].sum(axis=1)
        if not leads[-1]:
            return ()
        steps = np.append(np.linspace(0, 0.9, most - 1), 0.97) * leads[-1]
        found_at = cast("Longs", np.searchsorted(leads[1:], steps, side="right"))
        places = sorted({int(one) for one in found_at})
        found: list[Value] = []
        for place, after in zip(places, [*places[1:], len(at)], strict=True):
            stretch = {"at_least": (place, len(at)), "at_most": (0, place + 1)}.get(test, (place, after))
            unknown, lost, won = (int(one) for one in upto[stretch[1]] - upto[stretch[0]])
            found.append(Value(plainly(float(at[place])), unknown + lost + won, lost + won, won))
        return tuple(found)

    def there(self, when: str | Condition, stage: str, by_points: bool = False) -> tuple[int, int]:
        """How many leads a condition fires on, and how many of those stand at a stage or beyond as it is now.

        ``by_points``: whatever the fast tracks do.
        """
        board = self.board
        ids = [one.id for one in board.plan.stages]
        source = source_of(when, board.leads.names)
        if source is None or stage not in ids:
            return 0, 0
        fires = where_fires(board.signal(source)) & (self._kinds < EXCLUDED)
        places = stage_places(board.plan.stages, board.scores) if by_points else board.stage_places
        beyond = places > ids.index(stage)
        return int(np.count_nonzero(fires)), int(np.count_nonzero(fires & beyond))

    def _is_column(self, codes: Codes) -> bool:
        return any(getattr(column, "codes", None) is codes for column in self.board.leads.columns.values())

    def _by_code(self, codes: Codes, size: int, lasting: bool) -> Longs:
        held = self._held.get(id(codes))
        if held is not None and held[0] is codes:
            return held[1]
        table = np.zeros(size * _KINDS, np.int64)
        for part in blocks(len(codes), len(table)):
            table += np.bincount(codes[part].astype(np.intp) * _KINDS + self._kinds[part], minlength=len(table))
        found = table.reshape(size, _KINDS)
        if lasting:
            self._held[id(codes)] = (codes, found)
        return found

    def _firing(self, found: Longs) -> Firing:
        every = self._all
        return Firing(
            int(found[:3].sum()),
            int(every[:3].sum()),
            int(found[LOST] + found[WON]),
            int(found[WON]),
            int(every[LOST] + every[WON]),
            int(every[WON]),
        )


def read_too(board: Board, need: Need) -> Board:
    """The board when ``need`` is read of the files too: slow."""
    column = None if board.outcome is None else board.leads.names.column(board.outcome, "outcome")
    wanted = needs(make_plan(board.scoring, board.leads.names), column) | {need}
    leads = read_leads(board.leads.files, lambda _: wanted, before=board.leads)
    return type(board)(leads, board.scoring, board.outcome, board.as_of)


def said(found: Firing, verb: str = "Fires for") -> str:
    """What a condition comes to, in a sentence: ``Fires for 812 of 9 240 leads; 61 % of them were won (38 % …)``."""
    if not found.of:
        return "There are no leads to try it on."
    if not found.leads:
        return f"{verb} none of {number(found.of)} leads."
    if found.leads == found.of:
        return f"{verb} all {number(found.of)} leads{_base(found)}."
    return f"{verb} {number(found.leads)} of {number(found.of)} leads{_won(found)}."


def _base(found: Firing) -> str:
    if found.all_known < FEW:
        return ""
    return f"; {percent(found.all_won, found.all_known)} of {_whose(found.all_known, found.of)} were won"


def _won(found: Firing) -> str:
    if found.all_known < FEW:
        return ""
    if not found.known:
        return "; the outcome of none of them is known"
    overall = f"({percent(found.all_won, found.all_known)} overall)"
    if found.known < FEW:
        return f"; {number(found.won)} of {_whose(found.known, found.leads)} won, too few to say {overall}"
    return f"; {percent(found.won, found.known)} of {_whose(found.known, found.leads)} were won {overall}"


def _whose(known: int, leads: int) -> str:
    if known < FEW and known == leads:
        return number(known)
    return "them" if known == leads else f"the {number(known)} with a known outcome"


def plainly(value: float) -> str:
    """A number as it is typed: ``50``, ``2.5``."""
    return str(int(value)) if value.is_integer() else f"{value:.6f}".rstrip("0")


def percent(part: int, whole: int) -> str:
    """A share in whole percent: ``41 %``."""
    return f"{100 * part / whole:.0f} %"
