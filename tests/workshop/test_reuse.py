"""An agreement made from another: what is cleared, what stays, and what it is called now."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.check import check
from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.examples import is_example
from sla_tui.agreement.fingerprint import terms_fingerprint
from sla_tui.agreement.parts import plain, slots
from sla_tui.agreement.paths import Put
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.record.document import Document
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.reuse import reused
from tests.strategies import parts

TEXT = """\
# Ours since 2025. Ana Ruiz keeps the file.
[agreement]
title = "SLA"
organization = "Acme"
version = "1.3"
status = "draft"
starts = 2027-01-01 # New Year
ends = 2027-12-31
schedules = ["scoring"]
notice = "2 months" # agreed late at night

[agreement.calendar]
timezone = "America/New_York"
days = ["mon"]
from = 09:00:00
to = 17:00:00
holidays = [2027-01-01]

[objective]
purpose = "Win together."

[[objective.milestones]]
id = "live"
deliverable = "Live"
date = 2027-02-01
owner = "ana-ruiz"

[stakeholders]
keeper = "ops"
teams = [{ id = "s", name = "Sales", party = "sales", speaks = "ana-ruiz" }]

# Signs for sales.
[[stakeholders.people]]
id = "ana-ruiz"
name = "Ana Ruiz"
title = "VP Sales"
team = "s"
role = "signer"

[[stakeholders.people]]
id = "ruiz-2"
name = "Eva Ruiz"
team = "s"
role = "signer"

[[stakeholders.people]]
id = "ops"
name = "Sam Osei"
role = "editor"

[scoring]
stages = [{ id = "mql", at = 50 }]

[signatures.contacts]
sales = "ana-ruiz"

[[signatures.signers]]
id = "ana-ruiz"
name = "Ana Ruiz"
party = "sales"

[[signatures.signers]]
id = "cro"
name = "Ingrid Falk"

[sources]
"scoring.stages.mql.at" = { kind = "measured", note = "leads of 2026" }
"objective.milestones.live.date" = { kind = "agreed", note = "in May" }
"agreement.notice" = { kind = "agreed" }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "agreement.toml"
    path.write_text(TEXT)
    return path


def changed(file: Path, *changes: Put) -> Agreement:
    draft = Draft.open(file, today=date(2026, 12, 18))
    for change in changes:
        draft.change(change)
    draft.close()
    return draft.value


def held(file: Path) -> dict[str, Any]:
    return tomllib.loads(reused(file).text)


def test_every_date_and_every_name_is_cleared_and_the_words_stay(file: Path) -> None:
    made = held(file)
    header = made["agreement"]
    assert not {"starts", "ends", "signed"} & set(header)
    assert "holidays" not in header["calendar"]
    assert (header["organization"], header["notice"], header["schedules"]) == ("Acme", "2 months", ["scoring"])
    assert made["objective"]["purpose"] == "Win together."
    assert "date" not in made["objective"]["milestones"][0]
    assert not any({"name", "title"} & set(one) for one in made["stakeholders"]["people"])
    assert not any({"name", "title"} & set(one) for one in made["signatures"]["signers"])
    assert made["stakeholders"]["teams"][0]["name"] == "Sales"


def test_ids_that_name_a_person_name_their_part_wherever_they_are_used(file: Path) -> None:
    made = held(file)
    assert [one["id"] for one in made["stakeholders"]["people"]] == ["sales-signer", "sales-signer-2", "ops"]
    assert made["objective"]["milestones"][0]["owner"] == "sales-signer"
    assert made["stakeholders"]["teams"][0]["speaks"] == "sales-signer"
    assert made["signatures"]["contacts"]["sales"] == "sales-signer"
    assert [one["id"] for one in made["signatures"]["signers"]] == ["sales-signer", "cro"]
    assert made["stakeholders"]["keeper"] == "ops"
    said = "called by their part: ana-ruiz is sales-signer, ruiz-2 is sales-signer-2, ana-ruiz is sales-signer"
    assert said in reused(file).said


def test_comments_stay_and_what_still_names_somebody_is_told_with_its_line(file: Path) -> None:
    made = reused(file)
    assert made.text.startswith("# Ours since 2025. Ana Ruiz keeps the file.\n")
    assert "# Signs for sales." in made.text
    assert "# agreed late at night" in made.text
    assert "Ana Ruiz is still named, in line 1" in made.said
    assert not any("Eva Ruiz is still named" in one for one in made.said)


def test_what_was_agreed_or_measured_is_an_example_until_somebody_agrees(file: Path) -> None:
    value = Agreement.model_validate(held(file))
    for slot in slots(value, Agreement):
        if slot.empty or slot.spec.nested or slot.spec.kind is Kind.ID:
            continue
        own = slot.key in {f"agreement.{one}" for one in ("title", "organization", "version", "status", "format")}
        assert is_example(value, slot.key) is not own, slot.key
    assert 'objective = { kind = "example" }' in reused(file).text
    sources = value.sources or {}
    assert sources["scoring.stages.mql.at"].note == "as in 1.3: measured, leads of 2026"
    assert "objective.milestones.live.date" not in sources
    assert not [one for one in check(value) if one.code in ("unknown-source", "unknown-reference")]


def test_where_an_answer_came_from_names_the_last_version_only(file: Path) -> None:
    file.write_text(TEXT.replace('kind = "measured", note = "leads', 'kind = "agreed", note = "as in 0.9: leads'))
    assert held(file)["sources"]["scoring.stages.mql.at"]["note"] == "as in 1.3: leads of 2026"


def test_what_it_does_is_said(file: Path) -> None:
    said = reused(file).said
    assert said[:2] == ("version 1.0, a draft", "kept: the organization, Acme")
    assert "cleared: 4 dates, 5 names, 1 job title" in said
    assert "everything else is an example until you agree to it" in said


def test_from_one_that_was_signed_it_is_the_next_version_and_takes_its_place(file: Path) -> None:
    signed = changed(file, Put("agreement.status", "active"))
    header = held(file)["agreement"]
    assert (header["version"], header["status"]) == ("2.0", "draft")
    assert header["supersedes"] == terms_fingerprint(signed)
    assert reused(file).said[0] == "version 2.0, a draft that takes the place of 1.3"


def test_what_was_signed_is_what_it_takes_the_place_of_whatever_was_written_since(file: Path) -> None:
    signed = changed(file, Put("agreement.status", "active"))
    changed(file, Put("agreement.status", "draft"), Put("agreement.title", "Another"), Put("agreement.version", "1.4"))
    header = held(file)["agreement"]
    assert (header["version"], header["supersedes"]) == ("2.0", terms_fingerprint(signed))
    assert reused(file).said[0] == "version 2.0, a draft that takes the place of 1.3"


@pytest.mark.parametrize("status", ["active", "ended", "superseded"])
def test_a_status_by_hand_is_believed(file: Path, status: str) -> None:
    file.write_text(TEXT.replace('"draft"', f'"{status}"'))
    value = Document[Agreement].load(file, Agreement).value
    assert held(file)["agreement"]["supersedes"] == terms_fingerprint(value)


@pytest.mark.parametrize(
    ("version", "status", "following"),
    [
        ("1.3", "draft", "1.0"),
        ("1.3", "active", "2.0"),
        ("9", "active", "10"),
        ("v2.1.7", "active", "v3.0.0"),
        ("spring", "active", None),
        ("spring", "draft", None),
    ],
)
def test_the_number_of_the_new_one(file: Path, version: str, status: str, following: str | None) -> None:
    file.write_text(TEXT.replace('"1.3"', f'"{version}"').replace('"draft"', f'"{status}"'))
    assert held(file)["agreement"].get("version") == following


def test_who_left_does_not_sign_again(file: Path) -> None:
    text = TEXT.replace('id = "cro"', 'id = "cro"\nleft = 2027-03-01\nsuccessor = "ana-ruiz"')
    file.write_text(text)
    (one,) = held(file)["signatures"]["signers"]
    assert one == {"id": "sales-signer", "party": "sales"}
    file.write_text(text.replace('successor = "ana-ruiz"\n', ""))
    assert [one["id"] for one in held(file)["signatures"]["signers"]] == ["sales-signer", "cro"]


def test_one_made_from_one_made_so_is_the_same_again(file: Path) -> None:
    first = reused(file).text
    file.write_text(first)
    again = reused(file)
    assert tomllib.loads(again.text) == tomllib.loads(first)
    assert not any(one.startswith(("cleared", "called")) for one in again.said)


def test_nearly_nothing_can_be_a_template_too(file: Path) -> None:
    for text in ("# only words\n", "[agreement]\n", '[signatures]\nsigners = [{ id = "x" }]\n'):
        file.write_text(text)
        assert tomllib.loads(reused(file).text).get("agreement", {}).get("status") in (None, "draft")


def test_what_is_no_agreement_is_refused(file: Path) -> None:
    file.write_text("[agreement]\ntitel = 'x'\n")
    with pytest.raises(InvalidFile):
        reused(file)
    with pytest.raises(UserError):
        reused(file.parent / "nowhere.toml")


@given(st.data())
def test_any_agreement_can_be_reused_and_then_holds_no_name_and_no_date(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    from sla_tui.record.edit import edit

    file = tmp_path_factory.mktemp("any") / "agreement.toml"
    file.write_bytes(edit("", plain(data.draw(parts(Agreement)))).encode())
    value = Agreement.model_validate(tomllib.loads(reused(file).text))
    left = [slot.key for slot in slots(value, Agreement) if not slot.empty and slot.spec.ask.own]
    assert not left
    assert not [one.key for one in slots(value, Agreement) if not one.empty and one.spec.kind in (Kind.DATE, Kind.DAYS)]
