"""The scoring as a query: lead by lead what leads in memory give, in every database that is at hand."""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.assignment import Assignment
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.board import Board
from sla_tui.scoring.compare import compared
from sla_tui.scoring.comparesaid import document
from sla_tui.scoring.export import write_csv
from sla_tui.scoring.grid import usual_grid
from sla_tui.scoring.routing import Routing, routing
from sla_tui.scoring.simulate import start
from sla_tui.scoring.values import folded, number
from sla_tui.scoring.warehouse.addresses import Address, read_address
from sla_tui.scoring.warehouse.compile import Compiler, written
from sla_tui.scoring.warehouse.databases import connected
from sla_tui.scoring.warehouse.dialects import DIALECTS, speech
from sla_tui.scoring.warehouse.expressions import name as ours
from sla_tui.scoring.warehouse.expressions import text
from sla_tui.scoring.warehouse.query import Wanted, query
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


def where_of(world: World, order: str = "") -> Where:
    table = None if world.table is None else Sheet(("leads",), tuple(map(Column, TABLE)), order)
    log = None if world.log is None else Sheet(("log",), tuple(map(Column, LOG)))
    place = None if table is None else 0
    return Where(table, place, log, unknown=tuple(sorted(world.unknown)), as_of=world.as_of)


ASSIGNMENT = Assignment.model_validate(
    {
        "route_around": [{"id": "here", "when": {"field": "title", "contains": "e"}, "to": "ana"}],
        "territories": [
            {"id": "us", "name": "US", "when": {"field": "country", "in": ["US", "us"]}, "owner": "ben"},
            {"id": "small", "when": {"field": "size", "at_most": 10}, "owner": "cleo"},
            {"id": "seen", "when": "visits"},
            {"id": "clicked", "when": "click", "owner": "dan"},
            {"id": "odd", "when": {"field": "nowhere", "known": True}, "owner": "dan"},
            {"id": "open", "owner": "dan"},
        ],
        "fallback": "eve",
    }
)


def tried(scoring: dict[str, Any], world: World, database: str, before: dict[str, Any] | None = None) -> Trial:
    mapping = LeadMapping(unknown=tuple(sorted(world.unknown)))
    made = Scoring.model_validate(with_kinds(scoring))
    other = None if before is None else (Scoring.model_validate(before), "s0")
    there = addresses(world, database)
    return simulate(made, *there, mapping, world.outcome, world.as_of, assignment=ASSIGNMENT, before=other)


def with_kinds(scoring: dict[str, Any]) -> dict[str, Any]:
    """The same points, with groups for fit and for engagement."""
    kinds = ("fit", "engagement")
    groups = [{**one, "kind": kind} for one, kind in zip(scoring.get("groups", []), kinds, strict=False)]
    return {**scoring, "groups": groups}


def same_figures(trial: Trial, board: Board, before: dict[str, Any] | None = None) -> None:
    here, there = trial.summary, board.summary()
    assert replace(here, rejected=()) == replace(there, rejected=())
    table, log = (sum(one.rows for one in here.rejected if one.file.endswith(f"::{name}")) for name in ("leads", "log"))
    assert (table, log) == (len(there.rejected), 0)
    assert trial.span == board.leads.span
    groups = Scoring.model_validate(with_kinds({"groups": [{"id": one.id} for one in board.scoring.groups]})).groups
    kinds = {one.id: one.kind for one in groups}
    told = tuple(one.model_copy(update={"kind": kinds[one.id]}) for one in board.scoring.groups)
    assert trial.grid == usual_grid(board.with_scoring(board.scoring.model_copy(update={"groups": told})))
    assert trial.routing is None or near_nothing(trial.routing) == near_nothing(routing(board, ASSIGNMENT))
    if before is not None:
        assert trial.moved is not None
        one, other = document(trial.moved, "x"), document(compared(board, Scoring.model_validate(before), "s0"), "x")
        assert {**one, "flips": None} == {**other, "flips": None}


def near_nothing(found: Routing) -> Routing:
    """It without the columns that are near a name: one database's table has one more than the file."""
    return replace(found, ways=tuple(replace(way, trouble=way.trouble.partition(";")[0]) for way in found.ways))


def own_ids(world: World) -> bool:
    """Whether no id is there twice: then nothing hangs on which of its rows is kept."""
    ids = [row["id"] for row in world.table or []]
    return len(ids) == len(set(ids))


def scored_there(world: World, board: Board, dialect: str, order: str) -> str:
    """The query that lists the world's leads."""
    compiler = Compiler(board.plan, where_of(world, order), speech(dialect))
    return written(compiler.leads(), compiler.speech)


def as_text(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    return sorted([str(cell) for cell in row] for row in rows)


@settings(max_examples=12)
@given(problems())
def test_duckdb_gives_every_lead_and_figure_as_memory_does(problem: tuple[World, list[dict[str, Any]]]) -> None:
    world, (scoring, before, *_) = problem
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "w.duckdb"
        filled(world, file)
        board = board_of(world, scoring, Path(folder))
        with connected(read_address(f"duckdb:{file}::leads")) as database:
            found = database.rows(scored_there(world, board, "duckdb", "rowid"))
        assert as_text(found) == of_memory(board)
        board = board_of(world, scoring, Path(folder), assignment=ASSIGNMENT)
        same_figures(tried(scoring, world, f"duckdb:{file}", before), board, before if own_ids(world) else None)


def numbered(world: World) -> list[tuple[Any, ...]] | None:
    """The table's rows, each with its place, for databases whose tables have no order."""
    return None if world.table is None else [(*row, at) for at, row in enumerate(_rows(world) or [])]


def test_postgres_gives_every_lead_and_figure_as_memory_does(postgres: str, tmp_path: Path) -> None:
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:

        @settings(max_examples=8)
        @given(problems())
        def each(problem: tuple[World, list[dict[str, Any]]]) -> None:
            world, (scoring, before, *_) = problem
            connection.execute("DROP TABLE IF EXISTS leads; DROP TABLE IF EXISTS log")
            for name, columns, rows in (("leads", TABLE, numbered(world)), ("log", LOG, world.log)):
                if rows is not None:
                    place = ", place INT" if name == "leads" else ""
                    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{one} TEXT' for one in columns)}{place})")
                    for row in rows:
                        marks = ", ".join("%s" for _ in row)
                        connection.cursor().execute(f"INSERT INTO {name} VALUES ({marks})", row)
            board = board_of(world, scoring, tmp_path)
            query = scored_there(world, board, "postgres", "place")
            assert as_text(connection.execute(query).fetchall()) == of_memory(board)
            if own_ids(world):
                board = board_of(world, scoring, tmp_path, assignment=ASSIGNMENT)
                same_figures(tried(scoring, world, postgres, before), board, before)

        each()
        with pytest.raises(UserError, match="there is no table 'nowhere'"):
            simulate(Scoring(), read_address(f"{postgres}::nowhere"), None, LeadMapping())
        assert not connection.execute("SELECT 1 FROM pg_tables WHERE tablename = 'nowhere'").fetchall()


def test_spark_gives_every_lead_as_memory_does(tmp_path: Path) -> None:
    sql = pytest.importorskip("pyspark.sql")
    maker = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    quick = maker.config("spark.sql.shuffle.partitions", "1").config("spark.sql.session.timeZone", "UTC")
    session = quick.config("spark.driver.host", "127.0.0.1").getOrCreate()
    try:

        @settings(max_examples=5)
        @given(problems())
        def each(problem: tuple[World, list[dict[str, Any]]]) -> None:
            world, (scoring, *_) = problem
            for name, columns, rows in (("leads", TABLE, numbered(world)), ("log", LOG, world.log)):
                if rows is not None:
                    kinds = [f"{one} STRING" for one in columns] + (["place INT"] if name == "leads" else [])
                    session.createDataFrame(rows, ", ".join(kinds)).createOrReplaceTempView(name)
            board = board_of(world, scoring, tmp_path)
            found = session.sql(scored_there(world, board, "spark", "place")).collect()
            assert as_text(found) == of_memory(board)

        each()
    finally:
        session.stop()


EVIL = ("a'; DROP TABLE leads; --", 'b" OR 1=1 /*', "c*/ SELECT 1 /*", "d`\\'", "Σίσυφος", "$$%s:x?{{y}}")


@pytest.mark.parametrize("dialect", list(DIALECTS))
def test_names_and_values_stay_names_and_values(dialect: str) -> None:
    import sqlglot
    from sqlglot import exp

    conditions = [{"field": one, "is": one} for one in EVIL] + [{"field": one, "contains": one} for one in EVIL]
    scoring = {
        "rules": [
            {"id": f"r{at}", "label": f"*/ {one} /* */*/\n; DROP TABLE leads", "when": when, "points": 1}
            for at, (one, when) in enumerate(zip(EVIL * 3, [*conditions, *(f"did {one}" for one in EVIL)], strict=True))
        ]
    }
    wanted = Wanted(dialect, table='"we;ird""t"', activity="log")
    made = query(Scoring.model_validate(scoring), LeadMapping(unknown=EVIL[:2]), wanted, "x\n*/; DROP TABLE y")
    # Spark is written as Databricks, which is the same SQL with its own name in the library.
    statements = sqlglot.parse(made, dialect=speech(dialect).sqlglot)
    assert [type(one) for one in statements] == [exp.Select]
    (statement,) = statements
    assert statement is not None
    read = {column.name for column in statement.find_all(exp.Column)}
    said = {literal.this for literal in statement.find_all(exp.Literal) if literal.is_string}
    assert set(EVIL) <= read
    assert {*EVIL, *(f"did {one}" for one in EVIL)} <= said
    assert 'we;ird"t' in {table.name for table in statement.find_all(exp.Table)}
    assert not [line for line in made.splitlines() if line.startswith(("; DROP", "DROP"))]


def test_injection_in_duckdb_counts_what_it_names(tmp_path: Path) -> None:
    file = tmp_path / "evil.duckdb"
    connection = duckdb.connect(str(file))
    columns = ", ".join(f'"{one.replace(chr(34), chr(34) * 2)}" VARCHAR' for one in ("id", *EVIL))
    connection.execute(f"CREATE TABLE leads ({columns})")
    connection.execute(f"INSERT INTO leads VALUES ({', '.join('?' for _ in range(len(EVIL) + 1))})", ["1", *EVIL])
    connection.close()
    rules = [{"id": f"r{at}", "when": {"field": one, "is": one}, "points": 1} for at, one in enumerate(EVIL)]
    rules.append({"id": "case", "when": {"field": "Σίσυφος", "contains": "ΣΊΣΥΦΟΣ"}, "points": 100})
    address = read_address(f"duckdb:{file}::leads")
    trial = simulate(Scoring.model_validate({"rules": rules}), address, None, LeadMapping())
    assert (trial.summary.leads, trial.summary.score.max) == (1, 100 + len(EVIL))


def test_typed_columns_read_as_their_text(tmp_path: Path) -> None:
    """The same table as Parquet, which memory reads as text, gives the same figures."""
    file, parquet, log = tmp_path / "t.duckdb", tmp_path / "t.parquet", tmp_path / "log.parquet"
    connection = duckdb.connect(str(file))
    connection.execute(
        "CREATE TABLE leads AS SELECT i AS id, i % 3 AS opens, i / 4 AS size, (i % 5 = 0) AS vip, "
        "CAST(i / 7 AS DECIMAL(9, 3)) AS part, CASE WHEN i % 4 = 0 THEN 'nan'::DOUBLE ELSE i END AS odd, "
        "CASE WHEN i % 11 = 0 THEN -1 ELSE i % 2 END AS visits, i % 2 = 1 AS won FROM range(40) t(i)"
    )
    connection.execute(
        "CREATE TABLE log AS SELECT i % 50 AS lead, 'click' AS activity, "
        "TIMESTAMPTZ '2027-01-31 23:30:00-02:00' - to_days((i * 3)::INTEGER) AS time FROM range(200) t(i)"
    )
    connection.execute(f"COPY leads TO '{parquet}'; COPY log TO '{log}'")
    connection.close()
    rules = [
        {"id": "opens", "when": "opens", "points": 3, "cap": 5},
        {"id": "visits", "when": "visits", "points": -3},
        {"id": "size", "when": {"field": "size", "at_least": 4.25}, "points": 7},
        {"id": "vip", "when": {"field": "vip", "is": True}, "points": 11},
        {"id": "part", "when": {"field": "part", "in": [1, "0.143", 2.143]}, "points": 13},
        {"id": "odd", "when": {"field": "odd", "between": [3, 30]}, "points": 17},
        {"id": "known", "when": {"field": "odd", "known": True}, "points": 19},
        {"id": "click", "when": "click", "points": 23, "half_life_days": 9},
        {"id": "slow", "when": "click", "points": -29, "half_life_days": 500, "window_days": 590},
    ]
    scoring = Scoring.model_validate({"rules": rules, "stages": [{"id": "mql", "at": 60}]})
    for unknown in ((), ("7", "nan", "1.25")):
        mapping = LeadMapping(unknown=unknown)
        board = start(scoring, parquet, log, mapping, "won")
        there = (read_address(f"duckdb:{file}::{name}") for name in ("leads", "log"))
        same_figures(simulate(scoring, *there, mapping, "won"), board)


@pytest.mark.parametrize(
    "letters", ["1", " 1.", ".5", "+5", "1E+5", "1_000", "1__0", "1_0.5", "+-1", "--1", "1e400", "1e-400"]
)
def test_duckdb_reads_a_number_where_memory_does(letters: str) -> None:
    value = speech("duckdb").number(text(letters)).sql(dialect="duckdb")
    assert duckdb.sql(f"SELECT {value}").fetchall() == [(number(letters),)]


def test_small_letters_are_the_same_everywhere() -> None:
    letters = [chr(at) for at in range(1, 0x2FFF)]
    connection = duckdb.connect()
    folding = speech("duckdb").folded(ours("letter")).sql(dialect="duckdb")
    found = connection.execute(f"SELECT {folding} FROM (SELECT unnest(?::VARCHAR[]) AS letter)", [letters]).fetchall()
    assert [one for (one,) in found] == [folded(one) for one in letters]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("duckdb:crm.duckdb", "duckdb:FILE::TABLE"),
        ("postgres://ana:hush@[::1]/crm", "names no table"),
        ("duckdb:::leads", "names no file"),
        ('duckdb:f::a"b', "no name of a table"),
    ],
)
def test_an_address_that_is_none_is_refused_without_its_secrets(typed: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as refused:
        read_address(typed)
    assert "hush" not in str(refused.value)


def test_no_password_is_shown() -> None:
    address = read_address("postgres://ana:hush@127.0.0.1:1/crm?password=hush::leads")
    assert "hush" not in f"{address} {address!r}"
    pytest.importorskip("psycopg")
    with pytest.raises(UserError, match=r"no connection to postgres://127\.0\.0\.1:1/crm") as refused:
        simulate(Scoring(), address, None, LeadMapping())
    assert "hush" not in str(refused.value)


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UserError, match=r"sla-tui\[postgres\]"):
        simulate(Scoring(), read_address("postgres://db.example/crm::leads"), None, LeadMapping())
