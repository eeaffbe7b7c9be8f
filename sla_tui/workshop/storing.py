"""Leads stored beside an agreement: only what its scoring uses, and nothing by which anybody is known."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.terms import Agreement
from sla_tui.record.canonical import laid_out
from sla_tui.record.document import Document, create
from sla_tui.record.leftovers import temporary_name
from sla_tui.record.trouble import trouble
from sla_tui.workshop.folder import MAPPING
from sla_tui.workshop.mapping import HEADING
from sla_tui.workshop.outofgit import keep_out
from sla_tui.workshop.simulate import LOG, TABLE

if TYPE_CHECKING:
    from sla_tui.agreement.sections.assignment import Assignment
    from sla_tui.scoring.board import Board
    from sla_tui.scoring.engine import Engine
    from sla_tui.scoring.keeping import Keeping
    from sla_tui.scoring.results import Rejected

_NAMED = 20
"""Columns that are named; of more, the first and how many."""


@dataclass(frozen=True, slots=True)
class Export:
    """The files that leads come from, and what their columns mean. ``outcome`` None: nobody says who was won."""

    leads: Path | None
    activity: Path | None
    mapping: LeadMapping
    outcome: str | None = None


@dataclass(frozen=True)
class Stored:
    """What was written: ``leads`` rows of the table, ``happened`` rows of the log; None for a file that is not.

    ``ignored`` says what was done to keep the files out of git.
    """

    folder: Path
    leads: int | None
    happened: int | None
    kept: Keeping
    rejected: tuple[Rejected, ...]
    ignored: str = ""


def in_the_way(folder: Path, export: Export) -> tuple[Path, ...]:
    """The files that storing would write over."""
    return tuple(path for path in targets(folder, export) if os.path.lexists(path))


def targets(folder: Path, export: Export) -> list[Path]:
    """The files that storing writes, apart from leads.toml."""
    pairs = ((export.leads, TABLE), (export.activity, LOG))
    return [folder / name for source, name in pairs if source is not None]


def _nothing(_: str) -> None:
    return None


def store(
    agreement: Agreement,
    folder: Path,
    export: Export,
    force: bool = False,
    engine: Engine | None = None,
    doing: Callable[[str], None] = _nothing,
) -> Stored:
    """Writes ``leads.csv``, ``activity.csv`` and what they mean into the ``folder`` of an agreement.

    Each file is written whole beside its place, scored there, and takes its place only when every lead has the score,
    stage and outcome that it has in the export. Nothing is written over unless ``force``. Slow: ``engine.stop()``
    ends it with Stopped, and then nothing has changed; ``doing`` is told what is going on. Raises UserError;
    InvalidFile with every name of the scoring that no column answers.
    """
    from sla_tui.scoring.engine import Engine
    from sla_tui.scoring.stored import same_leads

    if agreement.scoring is None:
        raise UserError("the agreement has no scoring to keep columns for", "put one in first")
    if not force and (there := in_the_way(folder, export)):
        names = " and ".join(path.name for path in there)
        raise UserError(f"{names} would be written over", "say so with --force, or move it away", Place(str(there[0])))
    engine = engine or Engine()
    doing("reading the leads")
    board = _scored(agreement, export, engine)
    board.plan.demand_names()
    with ExitStack() as until_done:
        for only_asked in (True, False):
            kept, written, counts = _write(board, agreement.assignment, folder, only_asked, until_done, doing)
            doing("scoring what was written")
            after = Export(written.get(TABLE), written.get(LOG), kept.mapping, kept.mapping.outcome)
            if same_leads(board, _scored(agreement, after, engine), agreement.assignment):
                break
        else:
            raise UserError("the leads would score otherwise once stored, so nothing was", "keep the export itself")
        document, text = _mapping(folder, kept, written)
        ignored = keep_out(folder, list(written))
        for name, temporary in written.items():
            _take_place(temporary, folder / name, force)
        if document is not None:
            document.save(_with_files(kept, written))
        else:
            create(folder / MAPPING, text)
    return Stored(folder, counts.get(TABLE), counts.get(LOG), kept, board.rejected, ignored)


def _scored(agreement: Agreement, export: Export, engine: Engine) -> Board:
    from sla_tui.scoring.simulate import start

    assert agreement.scoring is not None
    # What the mapping names as the outcome would be taken for want of another.
    mapping = export.mapping.model_copy(update={"outcome": None})
    return start(
        agreement.scoring,
        export.leads,
        export.activity,
        mapping,
        export.outcome if export.leads is not None else None,
        engine=engine,
        assignment=agreement.assignment,
    )


def _write(
    board: Board,
    assignment: Assignment | None,
    folder: Path,
    only_asked: bool,
    until_done: ExitStack,
    doing: Callable[[str], None],
) -> tuple[Keeping, dict[str, Path], dict[str, int]]:
    """The files under passing names, gone at the end unless they took their places; and their rows."""
    from sla_tui.scoring.keeping import keeping
    from sla_tui.scoring.stored import Key, write_log, write_table
    from sla_tui.scoring.tablefile import opened

    files, key = board.leads.files, Key()
    if files.leads is None:
        kept = keeping(board, assignment, None)
    else:
        with opened(files.leads, head=True) as table:
            kept = keeping(board, assignment, table, only_asked)
    written: dict[str, Path] = {}
    counts: dict[str, int] = {}
    for source, name, write in ((files.leads, TABLE, write_table), (files.activity, LOG, write_log)):
        if source is not None:
            doing(f"writing {name}")
            written[name] = folder / temporary_name(name, secrets.token_hex(4))
            until_done.callback(_discard, written[name])
            counts[name] = write(board, kept, key, written[name])
    return kept, written, counts


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _with_files(kept: Keeping, written: dict[str, Path]) -> LeadMapping:
    named = {part: name if name in written else None for part, name in (("leads", TABLE), ("activity", LOG))}
    return kept.mapping.model_copy(update=named)


def _mapping(folder: Path, kept: Keeping, written: dict[str, Path]) -> tuple[Document[LeadMapping] | None, str]:
    """The leads.toml that is there, and the text of a new one where there is none; both can say what is to be said."""
    path, value = folder / MAPPING, _with_files(kept, written)
    try:
        if not path.exists():
            return None, laid_out(value, HEADING)
        document = Document[LeadMapping].load(path, LeadMapping)
        return document, document.written(value)
    except RuntimeError as error:
        raise UserError("a column's name cannot be written to leads.toml", "rename the column in the file") from error


def _take_place(temporary: Path, target: Path, force: bool) -> None:
    try:
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        if not force and os.path.lexists(target):
            raise FileExistsError
        temporary.replace(target)
    except FileExistsError as error:
        raise UserError(f"{target.name} came to be meanwhile", "try again", Place(str(target))) from error
    except OSError as error:
        raise trouble(error, target, "write") from error


def said(stored: Stored) -> list[str]:
    """What was stored and what was left out, a sentence a line."""
    kept = stored.kept
    lines: list[str] = []
    if stored.leads is not None:
        lines.append(f"{TABLE}: {_counted(stored.leads, 'lead')} under new ids; {_columns(kept)}.")
        if kept.asked:
            lines.append(f"Of {_listed(kept.asked)} only what conditions ask is kept, for it names or reaches people.")
        if kept.left_out:
            lines.append(f"Left out: {_listed(kept.left_out)}.")
    if stored.happened is not None:
        whose = f"what no rule uses is “{kept.other}”" if kept.others else "all of it used by rules"
        lines.append(f"{LOG}: {_counted(stored.happened, 'row')}, times cut to the day; {whose}.")
    if out := len(stored.rejected):
        lines.append(f"{_counted(out, 'row')} that cannot be scored {'is' if out == 1 else 'are'} not in it.")
    lines.append("Every lead scores as before. Which new id was whose, nobody can tell any more: keep the export.")
    lines.append(f"{MAPPING} says what the columns are.")
    return [*lines, f"{stored.ignored[0].upper()}{stored.ignored[1:]}."] if stored.ignored else lines


def _columns(kept: Keeping) -> str:
    return f"kept: {_listed([one.name for one in kept.columns])}" if kept.columns else "no column is used"


def _listed(names: Sequence[str]) -> str:
    from sla_tui.agreement.text import clean_line

    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED + 1 else ""
    return ", ".join(clean_line(name) for name in (names[:_NAMED] if more else names)) + more


def _counted(count: int, word: str) -> str:
    from sla_tui.scoring.sentence import number

    return f"{number(count)} {word if count == 1 else word + 's'}"
