"""An agreement's scoring on leads: which files, which answers are tried, and what stays as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.paths import Refused, UnknownKey
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.workshop.simulate import sample_files, simulate, what_if

LEADS = "id,email_open,demo_request,won\na,5,2,yes\nb,30,0,no\nc,,0,\n"


@pytest.fixture
def agreement(sample: Path) -> Agreement:
    return Document[Agreement].load(sample, Agreement).value


@pytest.fixture
def folder(sample: Path) -> Path:
    (sample.parent / "leads.csv").write_text(LEADS)
    return sample.parent


def in_stage(agreement: Agreement, folder: Path, **options: object) -> dict[str, int | None]:
    summary = simulate(agreement, folder, **options).summary
    return {stage.id: stage.leads for stage in summary.stages}


def test_the_leads_beside_the_agreement_are_tried(agreement: Agreement, folder: Path) -> None:
    assert in_stage(agreement, folder) == {"none": 1, "mql": 2}


def test_what_if_tries_other_answers_and_keeps_the_agreement(agreement: Agreement, folder: Path) -> None:
    tried = what_if(agreement, [("scoring.stages.mql.at", "70"), ("scoring.rules.open.points", "1")])
    assert in_stage(tried, folder) == {"none": 2, "mql": 1}
    assert in_stage(agreement, folder) == {"none": 1, "mql": 2}


@pytest.mark.parametrize(
    ("answer", "error"), [(("scoring.rules.x.points", "1"), UnknownKey), (("scoring.rules.open.points", "x"), Refused)]
)
def test_what_if_refuses_what_set_would(agreement: Agreement, answer: tuple[str, str], error: type[UserError]) -> None:
    with pytest.raises(error):
        what_if(agreement, [answer])


def test_leads_toml_says_which_file_and_which_outcome(agreement: Agreement, folder: Path) -> None:
    (folder / "leads.csv").rename(folder / "export.csv")
    (folder / "leads.toml").write_text('leads = "export.csv"\noutcome = "won"\n')
    outcome = simulate(agreement, folder).summary.outcome
    assert outcome is not None
    assert (outcome.known, outcome.positive) == (2, 1)


def test_a_named_file_takes_the_place_of_the_folders(agreement: Agreement, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("id,email_open,demo_request\nz,0,5\n")
    assert in_stage(agreement, folder, leads=tmp_path / "other.csv") == {"none": 0, "mql": 1}


def test_a_log_is_weighed_on_the_day_asked_for(agreement: Agreement, folder: Path) -> None:
    log = folder / "log.csv"
    log.write_text("lead,activity,time\na,demo_request,2026-01-01\na,demo_request,2026-03-01\n")
    late, early = (
        simulate(agreement, folder, activity=log, as_of=day).summary.score.max
        for day in (date(2026, 12, 1), date(2026, 2, 1))
    )
    assert (late, early) == (80, 40)


def test_only_files_that_are_there_are_taken_without_a_mapping(folder: Path) -> None:
    assert sample_files(folder, LeadMapping()) == (folder / "leads.csv", None)
    assert sample_files(folder, LeadMapping(activity="log.csv")) == (None, folder / "log.csv")


def test_without_leads_it_says_how_to_name_some(agreement: Agreement, sample: Path) -> None:
    with pytest.raises(UserError, match="--leads"):
        simulate(agreement, sample.parent)


def test_without_scoring_it_says_so(folder: Path) -> None:
    with pytest.raises(UserError, match="no scoring"):
        simulate(Agreement(), folder)


def test_names_no_column_answers_are_told_all_at_once(agreement: Agreement, folder: Path) -> None:
    (folder / "leads.csv").write_text("id,opens\na,1\n")
    with pytest.raises(InvalidFile) as caught:
        simulate(agreement, folder)
    assert {fault.key for fault in caught.value.faults} == {"scoring.rules.open.when", "scoring.rules.demo.when"}


def test_a_broken_leads_toml_is_told_with_its_line(agreement: Agreement, folder: Path) -> None:
    (folder / "leads.toml").write_text('leads = "leads.csv"\noutcom = "won"\n')
    with pytest.raises(InvalidFile) as caught:
        simulate(agreement, folder)
    assert caught.value.faults[0].place.line == 2


def test_what_leads_toml_says_of_its_own_file_is_left_aside_for_another_and_that_is_said(
    agreement: Agreement, folder: Path, tmp_path: Path
) -> None:
    (folder / "leads.toml").write_text(
        'leads = "leads.csv"\nid = "id"\noutcome = "won"\npositive = ["yes"]\n[names]\nemail_open = "Email_Open"\n'
    )
    other = tmp_path / "other.csv"
    other.write_text("Lead ID,EMAIL_OPEN,demo_request\na,30,0\n")
    told: list[str] = []
    summary = simulate(agreement, folder, other, told=told.append).summary
    assert (summary.leads, summary.outcome) == (1, None)
    assert told == [
        "leads.toml is about other leads: other.csv has no 'id', 'won', so what it says of that is left aside"
    ]
    (folder / "leads.csv").write_text(other.read_text())
    with pytest.raises(UserError, match="no column for the outcome 'won'"):
        simulate(agreement, folder, told=told.append)
    assert len(told) == 1
