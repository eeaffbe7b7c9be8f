"""What a database counts beside the scores, under awkward names; and databases that are not as they should be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.assignment import Assignment
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.simulate import Simulation
from sla_tui.scoring.simulate import simulate as in_memory
from sla_tui.scoring.warehouse.addresses import read_address
from sla_tui.scoring.warehouse.databases import connected
from sla_tui.scoring.warehouse.query import Wanted, query
from sla_tui.scoring.warehouse.run import Trial, simulate

from .conftest import Written, as_csv

COUNT, COUNTRY, SIZE = 'a"b; DROP TABLE leads', "select", "größe — 大小"
LONG = "the column of which somebody wrote a whole sentence as its name"[:60]
TABLE = ("Id", COUNT, COUNTRY, SIZE, LONG, "created", "order")
LOG = ("from", "group by", "user")
DAYS = (
    "3.1.2027",
    "14.02.2027 09:30",
    "31.01.27",
    "7.3.2027 23:59:59",
    "28.02.2027 11:05 PM",
    "31.02.2027",
    "1.1.2027 25:00",
)
SCORING = Scoring.model_validate(
    {
        "half_life_days": 20,
        "rules": [
            {"id": "count", "when": COUNT, "points": 3, "cap": 20, "group": "does"},
            {"id": "country", "when": {"field": COUNTRY, "in": ["O'Neill; --", "*/ x"]}, "points": 20, "group": "is"},
            {"id": "size", "when": {"field": SIZE, "at_least": 50}, "points": -15, "group": "is"},
            {"id": "long", "when": {"field": LONG, "contains": "ß"}, "points": 7},
            {"id": "did", "when": 'opened "it"', "points": 8, "group": "does", "window_days": 40},
            {"id": "once", "when": 'opened "it"', "points": 5, "per": "once", "half_life_days": 0},
        ],
        "groups": [{"id": "is", "kind": "fit", "cap": 18}, {"id": "does", "kind": "engagement"}],
        "stages": [{"id": "mql", "at": 20}, {"id": "sal", "set": "accepted"}, {"id": "sql", "at": 35}],
        "exclude": [{"id": "out", "when": {"field": COUNTRY, "is": "nobody"}}],
        "fast_track": [{"id": "up", "when": {"field": SIZE, "is": 7}, "stage": "sql"}],
    }
)
BEFORE = SCORING.model_copy(update={"rules": SCORING.rules[1:], "stages": SCORING.stages[:1], "fast_track": ()})
ASSIGNMENT = Assignment.model_validate(
    {
        "territories": [
            {"id": "o", "when": {"field": COUNTRY, "contains": "o"}, "owner": "ana"},
            {"id": "big", "when": {"field": SIZE, "at_least": 40}, "owner": "ben"},
        ],
        "fallback": "cleo",
    }
)
MAPPING = LeadMapping.model_validate(
    {"outcome": "order", "log": dict(zip(("lead", "activity", "time"), LOG, strict=True)), "unknown": ["-"]}
)


def rows() -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    countries = ("O'Neill; --", "*/ x", "nobody", "-", "Oslo", "o")
    table = [
        (
            f"0{n}",
            str(n % 9),
            countries[n % 6],
            str(n),
            ("Straße", "", "x")[n % 3],
            f"{n % 28 + 1}/{n % 3 + 1}/2027",
            ("yes", "no", "")[n % 3],
        )
        for n in range(60)
    ]
    log = [(f"0{n % 70}", ('opened "it"', "other")[n % 3 == 0], DAYS[n % len(DAYS)]) for n in range(200)]
    return table, log


def filled(run: Callable[[str], Any], many: Callable[[str, list[tuple[str, ...]]], Any], mark: str) -> None:
    for name, columns, content in zip(("my leads", "log"), (TABLE, LOG), rows(), strict=True):
        kinds = ", ".join('"{}" TEXT'.format(one.replace('"', '""')) for one in columns)
        run(f'DROP TABLE IF EXISTS "{name}"')
        run(f'CREATE TABLE "{name}" ({kinds})')
        many(f'INSERT INTO "{name}" VALUES ({", ".join(mark for _ in columns)})', content)


def both_ways(database: str, write: Written) -> tuple[Trial, Simulation]:
    table, log = rows()
    files = write(as_csv(TABLE, table)), write(as_csv(LOG, log), "log.csv")
    there = read_address(f"{database}::my leads"), read_address(f"{database}::log")
    trial = simulate(SCORING, *there, MAPPING, assignment=ASSIGNMENT, before=(BEFORE, "mql"))
    return trial, in_memory(SCORING, *files, MAPPING, assignment=ASSIGNMENT)


def same(trial: Trial, simulation: Simulation) -> None:
    from sla_tui.scoring.compare import compared
    from sla_tui.scoring.comparesaid import document, text

    here, there = trial.summary, simulation.summary
    assert replace(here, rejected=()) == replace(there, rejected=())
    assert sum(one.rows for one in here.rejected) == len(there.rejected) > 0
    assert (trial.routing, trial.grid) == (simulation.routing, simulation.grid)
    assert trial.grid is not None
    assert trial.grid.told
    assert trial.pace(None) == simulation.pace(None)
    assert trial.span is not None
    assert trial.span.column == "created"
    assert {one.code for one in trial.findings} <= {one.code for one in simulation.findings}
    assert "dates-assumed" in {one.code for one in trial.findings}
    other = compared(simulation.board, BEFORE, "mql")
    assert trial.moved is not None
    assert {**document(trial.moved, "x"), "flips": 0} == {**document(other, "x"), "flips": 0}
    assert document(trial.moved, "x")["flips"] is None
    assert (
        text(trial.moved, "x")
        == text(other, "x").partition("\n\nCome in")[0].partition("\n\nGo out")[0].rstrip() + "\n"
    )


@contextmanager
def written_to(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(str(file))
    try:
        yield connection
    finally:
        connection.close()


def test_duckdb_counts_weeks_ways_cells_and_moves_as_memory_does(tmp_path: Path, write: Written) -> None:
    file = tmp_path / "odd's.duckdb"
    with written_to(file) as connection:
        filled(connection.execute, connection.executemany, "?")
    before = file.read_bytes()
    same(*both_ways(f"duckdb:{file}", write))
    assert file.read_bytes() == before


def test_postgres_counts_weeks_ways_cells_and_moves_as_memory_does(postgres: str, write: Written) -> None:
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:
        filled(connection.execute, connection.cursor().executemany, "%s")
        try:
            same(*both_ways(postgres, write))
            with connected(read_address(f"{postgres}::log")) as database:
                with pytest.raises(UserError, match="read-only transaction"):
                    database.rows('DELETE FROM "log" RETURNING 1')
                assert database.rows('SELECT count(*) FROM "log"') == [(200,)]
        finally:
            connection.execute('DROP TABLE "my leads"; DROP TABLE "log"')


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark", "snowflake", "bigquery", "redshift"])
def test_the_query_reads_day_first_dates_where_leads_toml_or_the_sample_says_so(dialect: str, write: Written) -> None:
    table, log = rows()
    files = {"leads_file": write(as_csv(TABLE, table)), "activity_file": write(as_csv(LOG, log), "log.csv")}
    wanted = Wanted(dialect, "leads", "log", **files)
    told = query(SCORING, MAPPING, wanted)
    assert MAPPING.log is not None
    named = MAPPING.model_copy(update={"log": MAPPING.log.model_copy(update={"dates": "day first"})})
    assert query(SCORING, named, wanted) == told
    assert "read with the day first" in told
    assert "[./-]" in told
    assert "[./-]" not in query(SCORING, MAPPING, Wanted(dialect, "leads", "log"))


def tried(file: Path, table: str = "leads") -> Trial:
    scoring = Scoring.model_validate({"rules": [{"id": "opens", "when": "opens", "points": 1}]})
    return simulate(scoring, read_address(f"duckdb:{file}::{table}"), None, LeadMapping())


def test_empty_tables_views_schemas_and_ids_that_are_none_or_twice(tmp_path: Path) -> None:
    file = tmp_path / "crm.duckdb"
    with written_to(file) as connection:
        connection.execute("CREATE TABLE leads (id VARCHAR, opens INTEGER); CREATE VIEW seen AS SELECT * FROM leads")
        connection.execute('CREATE SCHEMA "my sales"')
        connection.execute(
            'CREATE TABLE "my sales".leads AS SELECT * FROM '
            "(VALUES (NULL, 1), (' ', 2), ('a', 3), ('a', 4)) t(id, opens)"
        )
    for table in ("leads", "seen", "main.leads", "crm.main.leads"):
        assert tried(file, table).summary.leads == 0
    there = tried(file, "my sales.leads").summary
    assert (there.leads, there.score.max) == (1, 3)
    assert {one.reason: one.rows for one in there.rejected} == {"has no id": 2, "repeats the id of another row": 1}
    with pytest.raises(UserError) as refused:
        tried(file, "lead")
    assert "there is no table 'lead'" in str(refused.value)
    assert refused.value.remedy == "did you mean 'leads'?"
    with pytest.raises(UserError) as refused:
        tried(file, "nowhere")
    assert refused.value.remedy == "known: leads, seen, my sales.leads"


def test_a_database_that_another_program_writes_to_is_told(tmp_path: Path) -> None:
    file = tmp_path / "crm.duckdb"
    program = (
        f"import duckdb, sys; c = duckdb.connect({str(file)!r}); c.execute('CREATE TABLE leads (id INT)'); "
        "c.execute('CHECKPOINT'); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(UserError, match="cannot be opened as a DuckDB database") as refused:
            tried(file)
        other.communicate("")
    assert refused.value.remedy == "check that it is one, and that no other program has it open for writing"
    (tmp_path / "torn.duckdb").write_bytes(file.read_bytes()[:4096])
    with pytest.raises(UserError, match="cannot be opened as a DuckDB database"):
        tried(tmp_path / "torn.duckdb")
    with pytest.raises(UserError, match="this is a folder"):
        tried(tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "postgres://ana:hu/sh@db.example/crm::leads",
        "postgres://ana:hu#sh@db.example/crm::leads",
        "postgres://ana:hush@db.example:x/crm::leads",
        "postgres://ana@db.example/crm?pasword=hush::leads",
        "postgres://ana:hush@127.0.0.1:1/crm?password=hush2&application_name=x::leads",
        "mysql://ana:hush@db.example/crm::leads",
    ],
)
def test_no_part_of_a_password_is_told(url: str) -> None:
    pytest.importorskip("psycopg")
    from sla_tui.scoring.warehouse.addresses import in_database

    with pytest.raises(UserError) as refused:
        simulate(Scoring(), read_address(url) if in_database(url) else None, None, LeadMapping())
    assert not [
        part for part in ("hu/", "hu#", "hush", "sh@", "hush2") if part in f"{refused.value} {refused.value.remedy}"
    ]


def test_a_file_is_never_looked_for_where_a_database_is_named(tmp_path: Path) -> None:
    for name, shown in (
        ("duckdb:crm.duckdb::leads", "duckdb:crm"),
        ("postgres://ana:hush@db.example/crm::t", "db.example"),
    ):
        with pytest.raises(UserError, match="only counted there, by simulate") as refused:
            in_memory(Scoring(), tmp_path / name)
        assert "hush" not in str(refused.value)
        assert shown in str(refused.value)


def test_territories_have_no_say_in_which_of_several_rows_with_one_id_is_the_lead(
    tmp_path: Path, write: Written
) -> None:
    scoring = Scoring.model_validate(
        {
            "rules": [{"id": "us", "when": {"field": "country", "is": "US"}, "points": 10}],
            "stages": [{"id": "mql", "at": 10}],
        }
    )
    seen = Assignment.model_validate({"territories": [{"id": "seen", "when": "visits", "owner": "ben"}]})
    table = [("a", "US", "-1"), ("b", "US", "1"), ("c", "US", "-1"), ("c", "DE", "2")]
    file = tmp_path / "w.duckdb"
    with written_to(file) as database:
        database.execute("CREATE TABLE leads (id TEXT, country TEXT, visits TEXT)")
        database.executemany("INSERT INTO leads VALUES (?, ?, ?)", table)
    trial = simulate(scoring, read_address(f"duckdb:{file}::leads"), None, LeadMapping(), assignment=seen)
    leads = write(as_csv(("id", "country", "visits"), table))
    here = in_memory(scoring, leads, None, LeadMapping(), assignment=seen)
    assert trial.routing is not None
    assert here.routing is not None
    assert (trial.routing.none, trial.routing.one) == (here.routing.none, here.routing.one) == (2, 1)
