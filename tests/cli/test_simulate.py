"""simulate: figures for people, programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from sla_tui.workshop import beside
from tests.checkout import repository
from tests.cli.conftest import Run

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind"
LEADS = "id,email_open,demo_request,won\na,5,2,yes\nb,30,0,no\n=cmd(),x,0,no\nc,,0,\n"


@pytest.fixture
def folder(sample: Path) -> Path:
    (sample.parent / "leads.csv").write_text(LEADS)
    return sample.parent


def test_the_first_line_says_what_the_threshold_means(run: Run) -> None:
    done = run("simulate", NORTHWIND)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("At 50, sales gets ")


def test_json_tells_the_weeks_and_what_sales_has_the_time_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "the_day", lambda: date(2027, 5, 1))
    document = json.loads(run("simulate", NORTHWIND, "--format", "json").out)
    assert document["weeks"] == {"weeks": 20.0, "from": "2026-07-04", "to": "2026-11-20", "column": "created"}
    assert document["capacity"] == {
        "quota": "2027-Q2",
        "stage": "mql",
        "hours_per_week": 40,
        "minutes_per_lead": 48,
        "leads_per_week": 50,
        "average_deal": "18 000 USD",
        "cost_per_hour": None,
    }


def test_where_leads_go_and_fit_against_engagement_are_told(run: Run) -> None:
    told = json.loads(run("simulate", NORTHWIND, "--format", "json").out)
    routing, grid = told["routing"], told["grid"]
    assert sum(share["leads"] for share in routing["shares"]) == routing["leads"] == told["leads"]
    assert {way["id"] for way in routing["ways"]} >= {"canada", "united-states", "key-accounts"}
    assert routing["rest"] == "tomas-reyes"
    assert [cell["name"] for cell in grid["cells"]] == [row + column for row in "ABC" for column in "123"]
    assert sum(cell["leads"] for cell in grid["cells"]) == told["leads"]
    said = " ".join(run("simulate", NORTHWIND).out.split())
    assert f"Of {told['leads']} leads, {routing['around']} skip the usual way" in said
    assert "Tomás Reyes" in said
    assert "Fit × engagement (A from " in said


def test_json_has_the_promised_keys_and_figures(run: Run, folder: Path) -> None:
    done = run("simulate", folder, "--outcome", "won", "--format", "json")
    document = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert {"leads", "rejected", "stages", "score", "rules", "outcome", "thresholds"} <= set(document)
    assert document["leads"] == 3
    assert [(one["line"], "email_open" in one["reason"]) for one in document["rejected"]] == [(4, True)]
    assert [(stage["id"], stage["leads"]) for stage in document["stages"]] == [("none", 1), ("mql", 2)]
    assert document["outcome"] == {"column": "won", "known": 2, "positive": 1}
    at_50 = next(one for one in document["thresholds"] if one["at"] == 50)
    assert (at_50["leads"], at_50["positive"], at_50["precision"], at_50["recall"]) == (2, 1, 0.5, 1.0)


def test_without_an_outcome_json_has_none(run: Run, folder: Path) -> None:
    document = json.loads(run("simulate", folder, "--format", "json").out)
    assert "outcome" not in document
    assert "thresholds" not in document


def test_csv_rows_add_up_and_the_rows_left_out_are_told(run: Run, folder: Path) -> None:
    done = run("simulate", folder, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert list(rows[0]) == ["id", "score", "stage", "open", "demo"]
    assert [(row["id"], row["score"], row["stage"]) for row in rows] == [
        ("a", "90", "mql"),
        ("b", "60", "mql"),
        ("c", "0", "none"),
    ]
    assert all(int(row["open"]) + int(row["demo"]) == int(row["score"]) for row in rows)
    assert "1 row left out" in done.err


def test_a_lead_called_a_formula_is_none_in_the_spreadsheet(run: Run, folder: Path) -> None:
    (folder / "leads.csv").write_text('id,email_open,demo_request\n"=cmd(1,2)",1,0\n@x,1,0\n\x1b[31m,1,0\n')
    done = run("simulate", folder, "--format", "csv")
    assert done.code == 0
    assert [row[0][:1] for row in csv.reader(io.StringIO(done.out))][1:3] == ["'", "'"]
    assert "\x1b" not in done.out


def test_another_answer_is_tried_and_not_saved(run: Run, sample: Path, folder: Path) -> None:
    before = sample.read_bytes()
    answers = ["--set", "scoring.stages.mql.at=70", "--set", "scoring.rules.open.points=1"]
    document = json.loads(run("simulate", folder, *answers, "--format", "json").out)
    assert [stage["leads"] for stage in document["stages"]] == [2, 1]
    assert sample.read_bytes() == before


def test_names_no_column_answers_are_told_at_the_rules_lines(run: Run, sample: Path, folder: Path) -> None:
    (folder / "leads.csv").write_text("id,email_opened,demo\na,1,1\n")
    done = run("simulate", folder)
    assert (done.code, done.out) == (2, "")
    line = sample.read_text().splitlines().index('when = "email_open"') + 1
    assert f"sla-tui: {sample}:{line}:1: scoring.rules.open.when: " in done.err
    assert "leads.csv" in done.err


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"id;email_open,demo\n",
        b"id,id,email_open,demo_request\na,b,1,1\n",
        b"id,opens\na,1\n",
    ],
)
def test_a_file_that_holds_no_such_leads_is_exit_2(run: Run, folder: Path, data: bytes) -> None:
    (folder / "leads.csv").write_bytes(data)
    done = run("simulate", folder)
    assert done.code == 2
    assert done.err.startswith("sla-tui: ")
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp1252"),
        lambda text: text.replace("\n", "\r\n").encode(),
    ],
)
def test_files_as_spreadsheets_save_them_are_read(run: Run, folder: Path, encode: object) -> None:
    (folder / "leads.csv").write_bytes(encode("id,email_open,demo_request\nMüller,5,2\nb,1,0\n"))
    document = json.loads(run("simulate", folder, "--format", "json").out)
    assert (document["leads"], document["rejected"]) == (2, [])


def test_ragged_rows_are_rejected_with_their_line(run: Run, folder: Path) -> None:
    (folder / "leads.csv").write_text("id,email_open,demo_request\na,1,0\nb,1\nc,1,0,9\nd,2,0\n")
    document = json.loads(run("simulate", folder, "--format", "json").out)
    assert document["leads"] == 2
    assert [one["line"] for one in document["rejected"]] == [3, 4]


def test_it_needs_scoring_and_leads(run: Run, sample: Path) -> None:
    assert run("simulate", sample).code == 2
    run("remove", sample, "scoring")
    done = run("simulate", sample, "--leads", "x.csv")
    assert done.code == 2
    assert "no scoring" in done.err


def test_a_table_alone_says_that_the_log_beside_the_agreement_was_not_given(run: Run) -> None:
    done = run("simulate", NORTHWIND, "--leads", NORTHWIND / "leads.csv")
    assert (done.code, done.out) == (2, "")
    told = next(line for line in done.err.splitlines() if "'email_open'" in line)
    assert "no activity log was given" in told
    assert f"--activity {NORTHWIND / 'activity.csv'}" in told
    assert "did you mean" not in done.err
    activity = ("--activity", NORTHWIND / "activity.csv")
    assert run("simulate", NORTHWIND, "--leads", NORTHWIND / "leads.csv", *activity).code == 0


def test_where_no_log_is_known_the_nearest_column_is_named(run: Run, folder: Path) -> None:
    (folder / "leads.csv").write_text("id,email_opens,demo_request\na,1,1\n")
    done = run("simulate", folder, "--leads", folder / "leads.csv")
    assert done.code == 2
    assert "no activity log" not in done.err
    (folder / "leads.csv").write_text("id,email_opend,demo_request\na,1,1\n")
    assert "did you mean 'email_opend'?" in run("simulate", folder, "--leads", folder / "leads.csv").err


def test_against_a_revision_or_another_agreement_the_leads_that_change_are_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = repository(monkeypatch, folder)
    agreement = made.root / "agreement.toml"
    made.write("agreement.toml", (folder / "agreement.toml").read_text())
    made.write("leads.csv", LEADS)
    made.commit("First draft")
    other = made.root / "other.toml"
    other.write_text(agreement.read_text().replace("at = 50", "at = 200"))
    options = ("--outcome", "won", "--set", "scoring.stages.mql.at=70")
    document = json.loads(run("simulate", agreement, *options, "--against", "HEAD", "--format", "json").out)
    told = document["against"]
    assert (told["at"], told["in"]["leads"], told["out"]["leads"]) == ({"before": 50, "after": 70}, 0, 1)
    assert told["flips"] == [{"id": "b", "before": 60, "after": 60, "in": False, "won": False}]
    said = run("simulate", agreement, *options, "--against", other)
    assert "1 lead comes in (1 won), none goes out; 0 stay." in " ".join(said.out.split())
    for against, words in (
        ("HEAD~9", "git knows no revision"),
        ("nowhere.toml", "no such file"),
        (agreement.parent / "leads.toml", "no such file"),
    ):
        refused = run("simulate", agreement, "--against", against)
        assert (refused.code, words in refused.err) == (2, True), refused.err
    assert "choose --format text or json" in run("simulate", agreement, "--against", "HEAD", "--format", "csv").err


def test_why_rows_are_left_out_is_told_without_who_they_are(run: Run, folder: Path) -> None:
    (folder / "leads.csv").write_text(
        "Email,email_open,demo_request\nann@b.example,bo@c.example,0\ncy@b.example,1,0\ncy@b.example,2,0\n"
    )
    (folder / "leads.toml").write_text('id = "Email"\n')
    for format_ in ("json", "text"):
        out = run("simulate", folder, "--format", format_).out
        assert "repeats the id" in out
        assert "@" not in out
