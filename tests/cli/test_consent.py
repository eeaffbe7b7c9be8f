"""Consent and sittings on the command line."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.sittings import put_beside

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind" / "agreement.toml"


@pytest.fixture
def northwind(tmp_path: Path) -> Path:
    """The folder of a whole agreement, without what lies beside it."""
    file = tmp_path / "northwind" / "agreement.toml"
    file.parent.mkdir()
    file.write_bytes(NORTHWIND.read_bytes())
    return file.parent


def records(folder: Path) -> list[Path]:
    return sorted(folder.glob("sittings/*.toml"))


def test_a_side_consents_and_what_to_is_printed_with_fingerprints(run: Run, sample: Path) -> None:
    done = run("consent", sample.parent, "--party", "sales", "--by", "Ana Ruiz", "--section", "scoring")
    assert done.code == 0
    (record,) = records(sample.parent)
    first, second, last = done.out.splitlines()
    assert first == str(record)
    text = record.read_text("utf-8")
    fingerprint = second.split()[2]
    assert second.split()[:2] == ["Scoring", "scoring"]
    assert f'fingerprint = "{fingerprint}' in text
    assert 'by = "Ana Ruiz"' in text
    assert last == "sales consents to 1 section, as they now read"
    again = run("consent", sample.parent, "--party", "sales", "--section", "scoring")
    assert "as said there before" in again.out
    assert record.read_text("utf-8") == text


def test_how_consent_stands_is_listed_for_each_section_and_side(run: Run, sample: Path) -> None:
    assert run("consent", sample).code == 1
    run("consent", sample, "--party", "sales", "--by", "Ana Ruiz")
    run("consent", sample, "--party", "marketing")
    done = run("consent", sample)
    assert (done.code, done.out.splitlines()[-1]) == (0, "6 consents, all fresh")
    run("set", sample, "scoring.rules.open.points=3")
    done = run("consent", sample)
    assert done.code == 1
    heading, *rows, last = done.out.splitlines()
    assert heading.split() == ["SECTION", "KEY", "FINGERPRINT", "MARKETING", "SALES"]
    assert [row.split()[1] for row in rows] == ["agreement", "scoring", "commitments"]
    assert ["stale" in row for row in rows] == [False, True, False]
    assert "by Ana Ruiz" in rows[1]
    assert last == "2 stale of 6 consents"
    assert run("consent", sample, "--section", "commitments").code == 0


def test_json_says_the_same_in_full(run: Run, sample: Path) -> None:
    given = json.loads(run("consent", sample, "--party", "sales", "--format", "json").out)
    assert Path(given["sitting"]) == records(sample.parent)[0]
    assert {one["new"] for one in given["consents"]} == {True}
    held = json.loads(run("consent", sample, "--format", "json").out)
    assert (held["missing"], held["stale"], held["unreadable"]) == (3, 0, [])
    first, second = held["consents"][:2]
    assert (first["party"], first["state"], first["given"]) == ("marketing", "none", None)
    assert second["given"]["fingerprint"] == second["fingerprint"] == given["consents"][0]["fingerprint"]
    assert len(second["fingerprint"]) == 64
    assert second["given"]["sitting"] == Path(given["sitting"]).stem


def test_what_cannot_be_consented_to_is_exit_2(run: Run, sample: Path) -> None:
    done = run("consent", sample, "--party", "sales", "--section", "scorin")
    assert done.code == 2
    assert "no section is called 'scorin' in this version; did you mean 'scoring'?" in done.err
    assert run("consent", sample, "--party", "shared").code == 2
    assert "--by and --reservation go with --party" in run("consent", sample, "--by", "Ana").err
    record = put_beside(sample)
    assert "this is a sitting, and an agreement is needed" in run("consent", record).err
    sample.write_text("[agreement]\ntitel = 1\n")
    assert run("consent", sample, "--party", "sales").code == 2


def test_a_sitting_that_cannot_be_read_is_said_and_nothing_counts_as_fresh(run: Run, sample: Path) -> None:
    run("consent", sample, "--party", "sales")
    run("consent", sample, "--party", "marketing")
    put_beside(sample, "[siting]\n", "2026-01-01")
    done = run("consent", sample)
    assert done.code == 1
    assert "the sitting 2026-01-01 cannot be read" in done.err
    assert json.loads(run("consent", sample, "--format", "json").out)["unreadable"] == ["2026-01-01"]


def test_what_a_name_holds_cannot_speak_to_the_terminal(run: Run, sample: Path) -> None:
    run("consent", sample, "--party", "sales", "--by", "A\x1b[31m\u202ena")
    assert "\x1b" not in run("consent", sample).out
    text = records(sample.parent)[0].read_text("utf-8").replace('by = "', 'by = "\\u001b[31m')
    records(sample.parent)[0].write_text(text, "utf-8")
    assert "\x1b" not in run("consent", sample).out


# -- the record itself


def test_answers_of_a_record_are_read_given_added_and_removed(run: Run, sample: Path) -> None:
    record = put_beside(sample)
    assert run("get", record, "votes.ana.fist").out == "4\n"
    assert run("set", record, "sitting.ended=3:30 pm", "votes.ana.fist=5").code == 0
    added = run("add", record, "parked", "what=Partner leads", "owner=Tomas Reyes", "by=2027-01-11")
    assert added.out == "parked.partner-leads\n"
    assert run("add", record, "decisions", "what=MQL from 55", "about=scoring.stages.mql.at").code == 0
    assert run("remove", record, "attendance.ana-ruiz").code == 0
    text = record.read_text("utf-8")
    assert "ended = 15:30:00\n" in text
    assert "# In the big room.\n" in text
    assert "ana-ruiz" not in text
    assert "at most 5" in run("set", record, "votes.ana.fist=6").err
    assert "not in this sitting" in run("remove", record, "overrides").err


def test_a_mapping_is_read_and_changed_as_any_file(run: Run, sample: Path) -> None:
    mapping = sample.with_name("leads.toml")
    mapping.write_text('# ours\nleads = "leads.csv"\n')
    assert run("set", mapping, 'names={ email_open = "Opened" }', "outcome=won").code == 0
    assert mapping.read_text().startswith('# ours\nleads = "leads.csv"\noutcome = "won"\n')
    assert run("get", mapping, "names").out == 'names = { email_open = "Opened" }\n'
    assert "not in this lead mapping" in run("remove", mapping, "unknown").err
    assert run("check", mapping).code == 0


def test_a_record_is_made_for_its_day_or_for_now(run: Run, sample: Path) -> None:
    done = run("new", sample.parent / "sittings")
    (record,) = records(sample.parent)
    assert done.out.splitlines()[0] == str(record)
    assert done.code == 0
    planned = sample.parent / "sittings" / "2030-01-14.toml"
    assert run("new", planned).code == 0
    assert "date = 2030-01-14\n" in planned.read_text("utf-8")
    assert "started" not in planned.read_text("utf-8").partition("[[steps]]")[0]
    assert run("new", planned).code == 2
    assert run("check", sample).code == 0


def test_editors_find_the_schema_of_sittings_beside_the_agreement(run: Run, sample: Path) -> None:
    put_beside(sample)
    printed = json.loads(run("schema", "--of", "sitting").out)
    assert printed["properties"]["votes"]["title"] == "Votes"
    assert run("schema", sample).out.splitlines()[-1] == str(sample.with_name("sitting.schema.json"))
    assert json.loads(sample.with_name("sitting.schema.json").read_text("utf-8")) == printed


def test_an_agreement_is_checked_with_its_sittings_and_its_mapping(run: Run, sample: Path) -> None:
    record = put_beside(sample)
    run("consent", sample, "--party", "sales")
    run("set", record, f"sitting.date={date.today() + timedelta(days=9)}", "votes.ana.section=scorin")
    run("add", record, "consents", "section=scoring", "party=sales", "fingerprint=0123456789ab")
    mapping = sample.with_name("leads.toml")
    mapping.write_text("leds = 1\n")
    broken = put_beside(sample, "[[votes]]\nid = 'a'\nfist = 6\n", "2026-01-01")
    done = run("check", sample, "--format", "json")
    assert done.code == 2
    found = {(one["file"], one["code"], one["key"]) for one in json.loads(done.out)["findings"]}
    assert {
        (str(record), "consent-ahead", "sitting.date"),
        (str(record), "unknown-reference", "votes.ana.section"),
        (str(mapping), "invalid", "leds"),
        (str(broken), "invalid", "votes.a.fist"),
        (str(sample), "sitting-unreadable", "agreement"),
    } <= found


@pytest.mark.parametrize("command", ["open", "export"])
def test_what_a_record_is_not_made_for_is_refused_with_what_it_is(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("sla_tui.cli.starting._need_terminal", lambda *_: None)
    done = run(command, put_beside(sample))
    assert done.code == 2
    assert "this is a sitting, and an agreement or a quota is needed" in done.err
    assert "this is a lead mapping" in run(command, sample.with_name("leads.toml")).err


# -- a final version


def test_a_final_version_waits_for_consent_once_there_has_been_a_sitting(run: Run, northwind: Path) -> None:
    assert run("check", northwind, "--final").code == 0
    run("consent", northwind, "--party", "sales")
    done = run("check", northwind, "--final", "--format", "json")
    wrong = [one for one in json.loads(done.out)["findings"] if one["severity"] == "error"]
    assert done.code == 1
    assert {one["code"] for one in wrong} == {"no-consent"}
    assert run("check", northwind).code == 0
    refused = run("export", northwind, "--final")
    assert refused.code == 1
    assert "--despite" in refused.err
    assert not list(northwind.glob("*.pdf"))
    run("consent", northwind, "--party", "marketing")
    assert run("check", northwind, "--final").code == 0
    assert run("export", northwind, "--final").code == 0


def test_a_reason_goes_past_lacking_consent_and_into_the_record_alone(run: Run, northwind: Path) -> None:
    from pypdf import PdfReader

    run("consent", northwind, "--party", "sales")
    reason = "Marketing consented on the phone"
    done = run("export", northwind, "--final", "-o", "a.pdf", "--despite", reason, "--by", "Sam Osei")
    (record,) = records(northwind)
    assert (done.code, done.out) == (0, "a.pdf\n")
    assert f"the reason stands in {record}" in done.err
    text = record.read_text("utf-8")
    assert f'reason = "{reason}"' in text
    assert 'by = "Sam Osei"' in text.partition("[[overrides]]")[2]
    assert not [page for page in PdfReader("a.pdf").pages if reason in page.extract_text()]
    run("set", northwind, "agreement.ends=")
    assert run("export", northwind, "--final", "-o", "b.pdf", "--despite", reason).code == 1
    assert not Path("b.pdf").exists()
    assert record.read_text("utf-8") == text


def test_a_reason_without_need_is_said_to_be_none(run: Run, northwind: Path) -> None:
    done = run("export", northwind, "--final", "-o", "a.pdf", "--despite", "no time")
    assert done.code == 0
    assert "nobody's consent is lacking" in done.err
    assert "--despite goes with --final" in run("export", northwind, "--despite", "no time").err
    assert "--despite goes with --final" in run("export", northwind, "--final", "--despite", " ").err
    assert "--by goes with --despite" in run("export", northwind, "--by", "Sam Osei").err
