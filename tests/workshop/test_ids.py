"""Ids: given when the visit is over, followed wherever they are named, and never those of another entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_tui.agreement.paths import Batch, Put, Refused
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.steps import adding
from sla_tui.workshop.visit import Visit

TEXT = """\
[stakeholders]
keeper = "tomas"

[[stakeholders.teams]]
id = "sdr"
name = "SDR"

[[stakeholders.people]]
id = "tomas"
name = "Tomas"

[review]
may_ask = ["sdr", "tomas"]

[[custom]]
id = "own"

[sources]
"stakeholders.people.tomas.name" = { kind = "agreed" }
"""


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    file = tmp_path / "agreement.toml"
    file.write_text(TEXT, "utf-8")
    return Draft.open(file)


def test_an_id_typed_letter_by_letter_is_given_once_and_followed(draft: Draft) -> None:
    visit = Visit(draft, "stakeholders.people.tomas.id")
    for text in ("s", "sd", "sdr-", "sdr-m"):
        assert visit.typed(text) == ""
        assert draft.at("stakeholders.keeper").value == "tomas"
    assert visit.over() == "stakeholders.people.sdr-m.id"
    assert draft.at("stakeholders.keeper").value == "sdr-m"
    assert draft.at("review.may_ask").value == ("sdr", "sdr-m")
    assert draft.value.sources is not None
    assert set(draft.value.sources) == {"stakeholders.people.sdr-m.name"}
    draft.undo()
    assert draft.at("review.may_ask").value == ("sdr", "tomas")


@pytest.mark.parametrize("text", ["sdr", "2_a", "none", "Tomás!"])
def test_an_id_that_cannot_be_stays_in_the_field_and_changes_nothing(draft: Draft, text: str) -> None:
    visit, before = Visit(draft, "stakeholders.people.tomas.id"), draft.value
    assert visit.typed(text)
    assert visit.over() == "stakeholders.people.tomas.id"
    assert draft.value == before
    assert draft.memory.refused == {"stakeholders.people.tomas.id": text}


def test_an_id_set_among_other_answers_is_followed_too(draft: Draft) -> None:
    draft.change(Batch((Put("stakeholders.people.tomas.id", "t"), Put("review.every", "quarter"))))
    assert draft.at("stakeholders.keeper").value == "t"
    assert set(draft.value.sources or {}) == {"stakeholders.people.t.name"}


@pytest.mark.parametrize(
    ("key", "id_"),
    [("stakeholders.teams.sdr.id", "tomas"), ("stakeholders.people.tomas.id", "sdr"), ("custom.own.id", "fields")],
)
def test_an_id_that_answers_would_take_for_something_else_is_refused(draft: Draft, key: str, id_: str) -> None:
    with pytest.raises(Refused, match="something else"):
        draft.change(Put(key, id_))


def test_a_new_entry_gets_an_id_that_nothing_else_has(draft: Draft) -> None:
    doing = adding(draft.value, "stakeholders.people")
    assert doing is not None
    draft.change(doing.change)
    draft.change(Put(f"{doing.look}.name", "SDR"))
    assert {one.id for one in draft.value.stakeholders.people}.isdisjoint({"sdr"})
