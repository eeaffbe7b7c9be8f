"""What the columns of lead files mean: what is asked and suggested, and what leads.toml then says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.workshop.mapping import answered, asked, look, remember, unknown_words
from sla_tui.workshop.simulate import read_mapping

SCORING = Scoring.model_validate(
    {
        "rules": [
            {"id": "a", "when": {"field": "job", "in": ["CEO"]}, "points": 5},
            {"id": "b", "when": "email_click", "points": 5},
            {"id": "c", "when": "webinar", "points": 5},
        ],
        "exclude": [{"id": "d", "when": {"field": "country", "is": "XX"}}],
    }
)
TABLE = "Lead ID,Occupation,Country,Won\n1,CEO,Select,yes\n2,Select,DE,no\n3,-,n/a,no\n"
LOG = "leadId,activityTypeId,activityDate\n1,11,2027-01-01\n2,10,2027-01-02\n"


def files(folder: Path) -> tuple[Path, Path]:
    (folder / "leads.csv").write_text(TABLE, "utf-8")
    (folder / "activity.csv").write_text(LOG, "utf-8")
    return folder / "leads.csv", folder / "activity.csv"


def found(seen: Any, mapping: LeadMapping) -> dict[str, str]:
    return {one.key: one.found for one in asked(SCORING, seen, mapping)}


def test_each_name_of_the_scoring_stands_beside_what_was_found_for_it(tmp_path: Path) -> None:
    seen = look(*files(tmp_path))
    assert found(seen, LeadMapping()) == {
        "names.job": "",
        "counts.email_click": "11",
        "counts.webinar": "",
        "names.country": "Country",
        "id": "Lead ID",
        "outcome": "",
        "created": "",
        "log.lead": "leadId",
        "log.activity": "activityTypeId",
        "log.time": "activityDate",
    }
    mapping = answered(answered(LeadMapping(), "names.job", "Occupation"), "counts.webinar", "10", activity=True)
    mapping = answered(answered(mapping, "outcome", "Won"), "log.time", "activityDate")
    now = found(seen, mapping)
    assert (now["names.job"], now["counts.webinar"], now["outcome"]) == ("Occupation", "10", "Won")
    back = answered(answered(answered(mapping, "names.job", None), "counts.webinar", None), "log.time", None)
    assert answered(back, "outcome", None) == LeadMapping()


def test_a_counted_name_is_a_column_or_an_activity_never_both() -> None:
    mapping = answered(answered(LeadMapping(), "counts.x", "open", activity=True), "counts.x", "Opens")
    assert (mapping.names, mapping.activities) == ({"x": "Opens"}, None)


def test_words_for_unknown_are_suggested_from_the_first_rows(tmp_path: Path) -> None:
    seen = look(files(tmp_path)[0], None)
    assert unknown_words(seen, LeadMapping()) == (("Select", 2), ("-", 1), ("n/a", 1))
    assert dict(unknown_words(seen, LeadMapping(unknown=("DE", "zzz"))))["DE"] == 1


def test_only_what_changed_is_written_and_comments_and_other_writers_stay(tmp_path: Path) -> None:
    path = tmp_path / "leads.toml"
    path.write_text('unknown = ["Select"] # the form\n\n[names]\njob = "Old" # theirs\nother = "Kept"\n', "utf-8")
    before = read_mapping(tmp_path)
    path.write_text(path.read_text("utf-8") + 'late = "Column"\n', "utf-8")
    after = answered(answered(before, "names.job", "Occupation"), "outcome", "Won")
    remember(tmp_path, before, after)
    text = path.read_text("utf-8")
    said = tomllib.loads(text)
    assert said["names"] == {"job": "Occupation", "other": "Kept", "late": "Column"}
    assert said["outcome"] == "Won"
    assert "# the form" in text
    assert "# theirs" in text


def test_a_first_leads_toml_is_laid_out_and_a_broken_one_is_left_alone(tmp_path: Path) -> None:
    remember(tmp_path, LeadMapping(), LeadMapping())
    assert not (tmp_path / "leads.toml").exists()
    mapping = LeadMapping(unknown=("Select", "-"), names={"job": 'Wh"at, # is it?'})
    remember(tmp_path, LeadMapping(), mapping)
    assert read_mapping(tmp_path) == mapping
    (tmp_path / "leads.toml").write_text("unknown = [\n", "utf-8")
    with pytest.raises(UserError):
        remember(tmp_path, LeadMapping(), mapping)
    assert (tmp_path / "leads.toml").read_text("utf-8") == "unknown = [\n"
