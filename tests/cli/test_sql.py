"""sql: the scoring as a query; and simulate on leads that stay in a database."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import Run

LEADS = "id,email_open,demo_request,won\na,5,2,yes\nb,30,0,no\nc,x,0,no\nd,,0,\na,1,1,no\n"


@pytest.fixture
def folder(sample: Path) -> Path:
    (sample.parent / "leads.csv").write_text(LEADS)
    connection = duckdb.connect(str(sample.parent / "crm.duckdb"))
    table = sample.parent / "leads.csv"
    connection.execute(f"CREATE TABLE leads AS SELECT * FROM read_csv('{table}', all_varchar=true)")
    connection.close()
    return sample.parent


def test_the_query_gives_the_rows_that_simulate_lists(run: Run, folder: Path) -> None:
    done = run("sql", folder, "--dialect", "duckdb")
    assert (done.code, done.err) == (0, "")
    assert "/* rule open" in done.out
    connection = duckdb.connect(str(folder / "crm.duckdb"), read_only=True)
    found = connection.execute(done.out)
    assert [one[0] for one in found.description or ()] == ["id", "score", "stage", "open", "demo"]
    rows = {",".join(map(str, row)) for row in found.fetchall() if row[0] != "a"}
    connection.close()
    assert rows == set(run("simulate", folder, "--format", "csv").out.splitlines()[2:])


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark", "databricks", "snowflake", "bigquery", "redshift"])
def test_tables_are_named_as_told_in_every_dialect(run: Run, folder: Path, dialect: str) -> None:
    done = run("sql", folder, "--dialect", dialect, "--table", 'CRM."my leads"', "--what", "histogram")
    assert (done.code, done.err) == (0, "")
    mark = "`" if dialect in ("spark", "databricks", "bigquery") else '"'
    assert f"FROM {mark}CRM{mark}.{mark}my leads{mark}" in done.out
    assert f"{mark}email_open{mark}" in done.out


def test_without_sample_leads_names_mean_what_they_say(run: Run, folder: Path) -> None:
    (folder / "leads.csv").unlink()
    (folder / "leads.toml").write_text('[names]\nemail_open = "Emails opened"\n')
    counted = run("sql", folder, "--dialect", "postgres")
    assert (counted.code, '"Emails opened"' in counted.out, '"demo_request"' in counted.out) == (0, True, True)
    heard = run("sql", folder, "--dialect", "postgres", "--activity", "events", "--as-of", "2027-03-01")
    assert (heard.code, "'2027-03-01'" in heard.out, "'demo_request'" in heard.out) == (0, True, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--dialect", "oracle"), "oracle"),
        ((), "--dialect"),
        (("--dialect", "duckdb", "--table", "a..b"), "'a..b' is no name of a table"),
        (("--dialect", "duckdb", "--order", "creation"), "no column for the order 'creation'"),
    ],
)
def test_what_cannot_be_written_is_told(run: Run, folder: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run("sql", folder, *arguments)
    assert (done.code, done.out, says in done.err) == (2, "", True)


def test_a_database_gives_the_figures_of_the_file(run: Run, folder: Path) -> None:
    options = ("--outcome", "won", "--format", "json")
    there = json.loads(run("simulate", folder, "--leads", f"duckdb:{folder}/crm.duckdb::leads", *options).out)
    here = json.loads(run("simulate", folder, *options).out)
    told = [(one["rows"], one["reason"]) for one in there.pop("rejected")]
    assert sorted(told) == [(1, "email_open is not a number"), (1, "repeats the id of another row")]
    assert len(here.pop("rejected")) == 2
    assert there == here
    text = run("simulate", folder, "--leads", f"duckdb:{folder}/crm.duckdb::leads")
    assert text.code == 0
    assert "2 rows left out" in text.out
    assert "no list of leads" in text.out


def test_leads_toml_may_name_a_database_which_is_counted_and_never_read(run: Run, folder: Path) -> None:
    (folder / "leads.toml").write_text('leads = "duckdb:crm.duckdb::leads"\noutcome = "won"\n')
    other = folder / "other.toml"
    other.write_text((folder / "agreement.toml").read_text().replace("at = 50", "at = 5"))
    done = run("simulate", folder, "--against", other, "--set", "scoring.stages.mql.at=20")
    assert (done.code, done.err) == (0, "")
    assert "from 5 points before, 20 now" in " ".join(done.out.split())
    assert "Come in" not in done.out
    assert "no list of leads" in done.out
    for words in (("suggest", folder), ("simulate", folder, "--leads", "mysql://ana:hush@db.example/crm::leads")):
        refused = run(*words)
        assert (refused.code, refused.out, "hush" in refused.err) == (2, "", False)
        assert "only counted there, by simulate" in refused.err or "mysql:// addresses" in refused.err
        assert refused.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--leads", "duckdb:crm.duckdb::lead"), "there is no table 'lead'; did you mean 'leads'?"),
        (("--leads", "duckdb:none.duckdb::leads"), "there is no such file"),
        (("--leads", "duckdb:leads.csv::leads"), "this is no DuckDB database"),
        (("--leads", "duckdb:crm.duckdb::leads", "--activity", "log.csv"), "both in one database"),
        (("--leads", "duckdb:crm.duckdb::leads", "--activity", "duckdb:b.duckdb::log"), "not in one database"),
        (("--leads", "duckdb:crm.duckdb::leads", "--format", "csv"), "no list of leads"),
        (("--leads", "duckdb:crm.duckdb::leads", "--outcome", "email_open"), "nothing tells whether that is won"),
        (("--leads", "duckdb:crm.duckdb::leads", "--outcome", "sold"), "no column for the outcome 'sold'"),
    ],
)
def test_what_a_database_cannot_do_is_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(folder)
    done = run("simulate", folder, *arguments)
    assert (done.code, done.out, says in done.err) == (2, "", True)
