"""Rules proposed from past outcomes: which files teach them, and the proposal as TOML to paste."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.parts import plain
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import clean_line
from sla_tui.record.inside import inline
from sla_tui.workshop.fitting import fitted
from sla_tui.workshop.room import room_of
from sla_tui.workshop.simulate import handed_over, read_mapping, sample_files

if TYPE_CHECKING:
    from sla_tui.scoring.engine import Engine
    from sla_tui.scoring.pace import Room
    from sla_tui.scoring.propose.result import Proposal, Proposed, Wanted


def propose(
    agreement: Agreement,
    path: Path,
    wanted: Wanted,
    leads: Path | None = None,
    activity: Path | None = None,
    outcome: str | None = None,
    as_of: date | None = None,
    progress: Callable[[float, str], None] = lambda share, what: None,
    engine: Engine | None = None,
) -> Proposal:
    """Rules learned from leads with outcomes, beside what the agreement's own rules do on them.

    Files, outcome and day are found as for ``simulate``, beside the agreement's file at ``path``; what sales has the
    time for, and what a deal pays for, by its quota unless asked for. ``progress`` hears how far it is and what is
    done; ``engine.stop()`` from another thread ends it with Stopped. Raises ``UserError``.
    """
    from sla_tui.scoring.engine import Engine
    from sla_tui.scoring.propose.propose import propose as run
    from sla_tui.scoring.propose.result import Watch
    from sla_tui.scoring.simulate import start

    folder, stage = path.parent, handed_over(agreement)
    mapping = read_mapping(folder)
    own = sample_files(folder, mapping)
    if leads is None and activity is None:
        leads, activity = own
    if leads is None:
        remedy = "name a table with a row for each lead and a column for its outcome: --leads FILE"
        raise UserError("there is no table of leads to learn from", remedy)
    mapping = fitted(mapping, own, (leads, activity)).mapping
    if outcome is None and mapping.outcome is None:
        remedy = "name it with --outcome COLUMN, or in leads.toml as outcome"
        raise UserError("no column is named that says which leads were won", remedy)
    engine = engine or Engine()
    held = engine
    progress(0.0, "reading the leads")
    scoring = agreement.scoring or Scoring()
    board = start(scoring, leads, activity, mapping, outcome, as_of, everything=True, engine=engine)
    room = room_of(agreement, path)
    return run(board, by_quota(wanted, room, stage), stage, Watch(progress, lambda: held.stopped))


def by_quota(wanted: Wanted, room: Room | None, stage: str) -> Wanted:
    """What is wanted, with the capacity and the worth of a won lead that a quota for leads of ``stage`` says."""
    if room is None or room.stage not in (None, stage):
        return wanted
    if wanted.capacity is None and room.leads:
        wanted = replace(wanted, capacity=float(room.leads), capacity_by=f"quota {room.quota}")
    if wanted.worth is None and room.pays is not None and room.pays >= 1:
        wanted = replace(wanted, worth=room.pays, worth_by=f"quota {room.quota}")
    return wanted


def as_toml(found: Proposal) -> str:
    """The proposed rules as they stand in an agreement's file, with what is to be known of each as a comment."""
    return "\n".join(_toml(found)) + "\n"


def _toml(found: Proposal) -> Iterator[str]:
    from sla_tui.scoring.propose.saying import cutoff_said, headline

    yield from (f"# {line}" for line in headline(found).splitlines())
    if not found.rules:
        return
    yield "# Put these in place of the rules under [scoring] that are there."
    for one in found.cutoffs:
        yield from textwrap.wrap(clean_line(cutoff_said(one, found)), 80, initial_indent="# ", subsequent_indent="#   ")
    if found.threshold and found.today.stage:
        yield f"# A threshold is set with: sla-tui set PATH scoring.stages.{found.today.stage}.at={found.threshold.at}"
    for one in found.rules:
        yield ""
        yield from _rule(one)


def _rule(one: Proposed) -> Iterator[str]:
    share = f", {100 * one.won / one.known:.0f} % of them won" if one.known else ""
    yield f"# fires on {one.leads} leads{share}"
    yield from (f"# {clean_line(flag)}" for flag in one.flags)
    yield "[[scoring.rules]]"
    yield from (f"{key} = {inline(value)}" for key, value in plain(one.rule).items())
