"""The scoring as a query: lead by lead what leads in memory give, in every database that is at hand."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.board import Board
from sla_tui.scoring.export import write_csv
from sla_tui.scoring.warehouse.addresses import Address, read_address
from sla_tui.scoring.warehouse.compile import Compiler, written
from sla_tui.scoring.warehouse.databases import connected
from sla_tui.scoring.warehouse.dialects import DIALECTS, speech
from sla_tui.scoring.warehouse.run import Trial, simulate
from sla_tui.scoring.warehouse.tables import Column, Sheet, Where

from .plainly import World
from .test_against_plain import COUNTS, FIELDS, board_of, problems

TABLE = ("id", *COUNTS, *FIELDS, "won")
LOG = ("lead", "activity", "time")


def filled(world: World, file: Path) -> None:
    """A DuckDB file with the world's tables, all of text."""
    connection = duckdb.connect(str(file))
    for name, columns, rows in (("leads", TABLE, _rows(world)), ("log", LOG, world.log)):
        if rows is not None:
            connection.execute(f"CREATE TABLE {name} ({', '.join(f'{one} VARCHAR' for one in columns)})")
            if rows:
                marks = ", ".join("?" for _ in columns)
                connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    connection.close()


def _rows(world: World) -> list[tuple[str, ...]] | None:
    return None if world.table is None else [tuple(row[name] for name in TABLE) for row in world.table]


def addresses(world: World, database: str) -> tuple[Address | None, Address | None]:
    return (
        None if world.table is None else read_address(f"{database}::leads"),
        None if world.log is None else read_address(f"{database}::log"),
    )


def of_memory(board: Board) -> list[list[str]]:
    out = io.StringIO()
    write_csv(board, out)
    out.seek(0)
    return sorted(list(csv.reader(out))[1:])


def where_of(world: World, board: Board, order: str = "") -> Where:
    table = None if world.table is None else Sheet(("leads",), tuple(map(Column, TABLE)), order)
    log = None if world.log is None else Sheet(("log",), tuple(map(Column, LOG)))
    place = None if table is None else 0
    return Where(table, place, log, unknown=tuple(sorted(world.unknown)), as_of=world.as_of)


def tried(scoring: dict[str, Any], world: World, database: str) -> Trial:
    mapping = LeadMapping(unknown=tuple(sorted(world.unknown)))
    made = Scoring.model_validate(scoring)
    return simulate(made, *addresses(world, database), mapping, world.outcome, world.as_of)


def same_figures(trial: Trial, board: Board) -> None:
    here, there = trial.summary, board.summary()
    assert replace(here, rejected=()) == replace(there, rejected=())
    table, log = (
        sum(one.rows for one in here.rejected if one.file.endswith(f"::{name}")) for name in ("leads", "log")
    )
    assert (table, log) == (len(there.rejected), 0)


@given(problems())
def test_duckdb_gives_every_lead_and_figure_as_memory_does(problem: tuple[World, list[dict[str, Any]]]) -> None:
    world, (scoring, other, *_) = problem
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "w.duckdb"
        filled(world, file)
        for step in (scoring, other):
            board = board_of(world, step, Path(folder))
            compiler = Compiler(board.plan, where_of(world, board, "rowid"), speech("duckdb"))
            with connected(read_address(f"duckdb:{file}::leads")) as database:
                found = database.rows(written(compiler.leads(), compiler.speech))
            assert sorted([str(cell) for cell in row] for row in found) == of_memory(board)
            same_figures(tried(step, world, f"duckdb:{file}"), board)
