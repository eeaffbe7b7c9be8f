"""Leads stored beside an agreement: every lead scores as before, and nobody is known by them any more."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.scoring.engine import Engine, Stopped
from sla_tui.scoring.export import write_csv
from sla_tui.workshop.outofgit import IGNORED, keep_out
from sla_tui.workshop.simulate import read_mapping, sample_files, simulate
from sla_tui.workshop.storing import Export, Stored, in_the_way, said, store
from tests.scoring.conftest import as_csv
from tests.scoring.plainly import World
from tests.scoring.test_against_plain import COUNTS, FIELDS, scorings, worlds

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind"


def scored(agreement: Agreement, folder: Path) -> list[list[str]]:
    """Each lead's score, stage and points as they are told of a folder, without its id."""
    out = io.StringIO()
    write_csv(simulate(agreement, folder).board, out)
    return [row[1:] for row in csv.reader(io.StringIO(out.getvalue()))]


def stored(agreement: Agreement, folder: Path, *, force: bool = False, **mapped: Any) -> Stored:
    """Stores the files that lie in a folder's ``export``."""
    mapping = LeadMapping(**mapped)
    table, log = (path if path.exists() else None for path in (folder / "export/l.csv", folder / "export/a.csv"))
    return store(agreement, folder, Export(table, log, mapping, mapping.outcome), force)


def agreed(rules: list[dict[str, Any]], **more: Any) -> Agreement:
    return Agreement(scoring=Scoring.model_validate({"rules": rules, **more}))


def laid(folder: Path, table: str = "", log: str = "") -> Path:
    (folder / "export").mkdir()
    for text, name in ((table, "l.csv"), (log, "a.csv")):
        if text:
            (folder / "export" / name).write_text(text, "utf-8", newline="")
    return folder


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"))))


def test_the_example_scores_the_same_and_holds_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "northwind"
    shutil.copytree(NORTHWIND, folder)
    agreement = Document[Agreement].load(folder / "agreement.toml", Agreement).value
    before, mapping = scored(agreement, folder), read_mapping(folder)
    table, log = sample_files(folder, mapping)
    export = Export(table, log, mapping, mapping.outcome)
    assert [path.name for path in in_the_way(folder, export)] == ["leads.csv", "activity.csv"]
    kept = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(UserError, match=r"leads\.csv and activity.csv would be written over"):
        store(agreement, folder, export)
    stopped = Engine()
    stopped.stop()
    with pytest.raises(Stopped):
        store(agreement, folder, export, force=True, engine=stopped)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == kept
    done = store(agreement, folder, export, force=True)
    assert scored(agreement, folder) == before
    assert done.leads == len(before) - 1
    text = (folder / "leads.csv").read_text("utf-8") + (folder / "activity.csv").read_text("utf-8")
    assert not {row[0] for row in rows(NORTHWIND / "leads.csv")[1:]} & {row[0] for row in rows(folder / "leads.csv")}
    assert "***" not in text
    assert "Trade fair" not in text
    assert "lead_source" in " ".join(said(done))
    assert "# yes, no, or blank while it is open" in (folder / "leads.toml").read_text("utf-8")
    assert (folder / ".gitignore").read_text("utf-8") == IGNORED
    assert not list(folder.glob(".*.tmp"))


@st.composite
def problems(draw: st.DrawFn) -> tuple[World, dict[str, Any]]:
    world = draw(worlds())
    return world, draw(scorings(world.table is not None, world.log is not None))


@settings(max_examples=5, deadline=None)
@given(problems())
def test_every_lead_scores_as_before(problem: tuple[World, dict[str, Any]]) -> None:
    world, scoring = problem
    headers = {"title": "Contact email", "id": "Prospect"}
    with tempfile.TemporaryDirectory() as name:
        columns = ("id", *COUNTS, *FIELDS, "won")
        held = [[row[one] for one in columns] for row in world.table or ()]
        folder = laid(
            Path(name),
            "" if world.table is None else as_csv([headers.get(one, one) for one in columns], held),
            "" if world.log is None else as_csv(("lead", "activity", "time"), world.log),
        )
        agreement = Agreement(scoring=Scoring.model_validate(scoring))
        told: dict[str, Any] = {
            "id": "Prospect" if world.table is not None else None,
            "names": {"title": "Contact email"},
            "unknown": tuple(sorted(world.unknown)) or None,
            "outcome": world.outcome,
        }
        (folder / "leads.toml").write_text("", "utf-8")
        lies = {"leads": "export/l.csv" if held or world.table is not None else None, "activity": None}
        lies["activity"] = "export/a.csv" if world.log is not None else None
        given_ = LeadMapping(**told, **lies)
        Document[LeadMapping].load(folder / "leads.toml", LeadMapping).save(given_)
        before = scored(agreement, folder)
        stored(agreement, folder, **told)
        assert read_mapping(folder).leads == ("leads.csv" if world.table is not None else None)
        after = scored(agreement, folder)
        # A log's leads stand in the order of their ids.
        assert after == before if world.table is not None else sorted(after) == sorted(before)


def test_of_a_person_only_what_conditions_ask_is_kept(tmp_path: Path) -> None:
    table = (
        "Record ID,Email,Phone,Company,Visits,Turnover,Reach,Created\n"
        '1,ann@GMAIL.com,,=HYPERLINK("x"),-0,120000000,@ann,2027-01-31 10:00\n'
        "2,bo@acme.example,+41 44,+1 Ltd,3,,+41 44 123 45 67,2027-03-01\n3,-,,-,,,,2027-03-02\n"
    )
    conditions = [
        {"field": "email", "contains": "gmail.com"},
        {"field": "email", "is": "bo@acme.example"},
        {"field": "phone", "known": True},
        {"field": "company", "known": True},
        "Visits",
        {"field": "turnover", "known": True},
        {"field": "reach", "known": True},
    ]
    agreement = agreed([{"id": f"r{at}", "when": when, "points": 1 << at} for at, when in enumerate(conditions)])
    folder = laid(tmp_path, table)
    stored(agreement, folder, unknown=("-",))
    header, *leads = rows(folder / "leads.csv")
    assert header == ["id", "Email", "Phone", "Company", "Visits", "Turnover", "Reach", "Created"]
    assert [lead[1:] for lead in leads] == [
        ["known gmail.com", "", '\'=HYPERLINK("x")', "-0", "120000000", "known", "2027-01-31"],
        ["bo@acme.example", "known", "'+1 Ltd", "3", "", "known", "2027-03-01"],
        ["", "", "-", "", "", "", "2027-03-02"],
    ]
    assert [row[0] for row in scored(agreement, folder)[1:]] == ["105", "126", "0"]
    # Nothing links two imports: the same lead gets another id each time.
    stored(agreement, folder, force=True, unknown=("-",))
    assert not {lead[0] for lead in leads} & {row[0] for row in rows(folder / "leads.csv")}


def test_a_log_keeps_what_rules_count_and_on_which_days_there_was_more(tmp_path: Path) -> None:
    log = (
        "leadId,activityTypeId,activityDate\n7,10,2027-01-05T23:30:00-02:00\n7,10,2027-01-05T20:00:00Z\n"
        "7,99,2027-01-01\n7,99,2027-01-01\n8,99,2027-02-01\n9,10,2027-01-02\n9,10,2027-03-01\n"
    )
    agreement = agreed([{"id": "open", "when": "email_open", "points": 1}], half_life_days=30)
    folder = laid(tmp_path, "Lead ID,Name\n7,Ann\n8,Bo\n", log)
    stored(agreement, folder)
    assert [(row[1], row[2]) for row in sorted(rows(folder / "activity.csv"), key=lambda row: row[2])] == [
        *[("other", "2027-01-01"), ("10", "2027-01-05"), ("10", "2027-01-06"), ("other", "2027-02-01")],
        *[("other", "2027-03-01"), ("activity", "time")],
    ]
    assert read_mapping(folder).activities == {"email_open": "10"}
    assert len(rows(folder / "leads.csv")[0]) == 1
    assert [row[0] for row in scored(agreement, folder)[1:]] == ["1", "0"]


def test_names_without_a_column_and_ids_that_are_counted_are_refused(tmp_path: Path) -> None:
    folder = laid(tmp_path, "id,x\n1,2\n")
    with pytest.raises(InvalidFile, match="land"):
        stored(agreed([{"id": "a", "when": {"field": "land", "is": "CH"}, "points": 1}]), folder)
    with pytest.raises(UserError, match="these ids cannot be replaced"):
        stored(agreed([{"id": "a", "when": "id", "points": 1}]), folder)
    assert [path.name for path in folder.iterdir()] == ["export"]


def test_what_gitignore_lacks_is_added_and_what_git_has_is_said(tmp_path: Path) -> None:
    ignore = tmp_path / ".gitignore"
    ignore.write_text("# ours\n*.csv\n!leads.csv", "utf-8")
    assert keep_out(tmp_path, ["leads.csv", "activity.csv"]).startswith("leads.csv went into .gitignore")
    assert ignore.read_text("utf-8") == "# ours\n*.csv\n!leads.csv\n/leads.csv\n"
    assert keep_out(tmp_path, ["leads.csv", "activity.csv"]) == ""
    (tmp_path / "leads.csv").write_text("id\n", "utf-8")
    for command in (("init", "-q"), ("add", "-f", "leads.csv")):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert keep_out(tmp_path, ["leads.csv"]).startswith("git keeps versions of leads.csv; git rm --cached")
