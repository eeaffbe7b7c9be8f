"""What entries are called: their own words, or what their kind is called by."""

from __future__ import annotations

from sla_tui.agreement.naming import item_name
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.goals import ConversionGoal
from sla_tui.agreement.sections.handoff import Carried
from sla_tui.agreement.sections.pipeline import WayBack


def test_an_entry_is_called_by_its_first_own_words() -> None:
    assert item_name(Commitment(id="a", party="sales", applies_to="mql", activity="Follow up")) == "Follow up"
    assert item_name(Commitment(id="a", party="sales", applies_to="mql")) == ""


def test_an_entry_without_words_of_its_own_is_called_by_what_it_names_or_chooses() -> None:
    assert item_name(Carried(id="a", field="activity-history")) == "activity history"
    assert item_name(WayBack(id="a", what="lost", next="It gets the newsletter")) == "lost"
    assert item_name(ConversionGoal.model_validate({"id": "a", "from": "mql", "to": "sql"})) == "mql to sql"
    assert item_name(ConversionGoal.model_validate({"id": "a", "to": "sql"})) == "sql"
