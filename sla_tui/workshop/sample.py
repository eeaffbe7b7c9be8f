"""What an agreement's sample leads are good for before anybody looks at them: found, mapped, with known outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop.folder import MAPPING
from sla_tui.workshop.simulate import LOG, TABLE, read_mapping, sample_files

if TYPE_CHECKING:
    from sla_tui.agreement.sections.scoring import Scoring
    from sla_tui.scoring.board import Board

ENOUGH = 30
"""Known outcomes below which a precision says little: its 95 % interval is wider than a third of the scale."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was found, and what is missing: files that can be read, columns for every name, leads known to be won."""

    found: str = ""
    missing: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    outcome: str = ""
    outcome_missing: tuple[str, ...] = ()


def look_at(agreement: Agreement, folder: Path) -> Sample:
    """The sample leads in an agreement's folder, looked at with its scoring. Reads them: slow for many."""
    if agreement.scoring is None:
        return Sample(missing=("the agreement has no scoring to try on them",))
    try:
        mapping = read_mapping(folder)
        table, log = sample_files(folder, mapping)
    except UserError as error:
        return Sample(missing=(_said(error),))
    if table is None and log is None:
        return Sample(missing=(f"put an export of past leads beside it as {TABLE}, a log of what they did as {LOG}",))
    try:
        board, wrong = _board(agreement.scoring, mapping, table, log)
    except UserError as error:
        return Sample(missing=(_said(error),))
    names = " and ".join(one.name for one in (table, log) if one)
    found = f"{board.size} leads in {names}" if board.size else ""
    unmapped = tuple(f"{fault.key}: {fault.message}" for fault in board.plan.faults)
    outcome, lacking = (f"{mapping.outcome} of {names}", (wrong,)) if wrong else _outcome(board)
    return Sample(found, () if found else (f"no lead stands in {names}",), unmapped, outcome, lacking)


def _board(scoring: Scoring, mapping: LeadMapping, table: Path | None, log: Path | None) -> tuple[Board, str]:
    """The leads scored, and what keeps their outcome from being known. Raises ``UserError``."""
    from sla_tui.scoring.simulate import start

    try:
        return start(scoring, table, log, mapping), ""
    except UserError as error:
        if mapping.outcome is None or table is None:
            raise
        return start(scoring, table, log, mapping.model_copy(update={"outcome": None})), _said(error)


def _outcome(board: Board) -> tuple[str, tuple[str, ...]]:
    """How many outcomes are known, and what is missing of them."""
    if board.outcome is None:
        return "", (f'name the column that says who was won, as in outcome = "won" in {MAPPING}',)
    held = board.tally.outcome(board.outcome)
    said = f"{held.known} known, {held.positive} of them won"
    if held.known < ENOUGH:
        return said, (f"{said}; with fewer than {ENOUGH} known the figures say little",)
    if held.positive in (0, held.known):
        return said, (f"{said}; leads that were won and leads that were lost are needed",)
    return said, ()


def _said(error: UserError) -> str:
    file = f"{Path(error.place.file).name}: " if error.place.file else ""
    return f"{file}{error.message}{f'; {error.remedy}' if error.remedy else ''}"
