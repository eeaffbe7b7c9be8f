"""leads.toml says which column means what, and nothing else."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.parts import plain, specs
from tests.strategies import parts

TEXT = """
leads = "leads.csv"
activity = "activity.csv"
id = "Prospect ID"
outcome = "Converted"
positive = ["Closed Won", "1"]
unknown = ["Select", "null"]
created = "Create Date"
names = { email_open = "Emails opened" }
activities = { email_open = "Email: opened" }

[log]
lead = "Lead"
activity = "Type"
time = "When"
"""


def test_a_mapping_is_read_and_written_as_it_stands() -> None:
    mapping = LeadMapping.model_validate(tomllib.loads(TEXT))
    assert mapping.positive == ("Closed Won", "1")
    assert mapping.names == {"email_open": "Emails opened"}
    assert mapping.log is not None
    assert mapping.log.time == "When"
    assert plain(mapping) == tomllib.loads(TEXT)


def test_nothing_has_to_be_mapped() -> None:
    assert plain(LeadMapping()) == {}


@pytest.mark.parametrize(
    "table",
    [{"lead": "x"}, {"positive": "won"}, {"positive": [1]}, {"names": {"a": 1}}, {"log": {"when": "x"}}, {"id": 1}],
)
def test_unknown_keys_and_other_types_are_refused(table: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        LeadMapping.model_validate(table)


def test_maps_of_columns_are_no_questions_of_the_walk() -> None:
    assert [spec.key for spec in specs(LeadMapping)] == [
        "leads",
        "activity",
        "id",
        "outcome",
        "positive",
        "unknown",
        "created",
        "log",
    ]


@given(parts(LeadMapping))
def test_what_is_written_plainly_is_read_as_what_it_was(mapping: LeadMapping) -> None:
    assert LeadMapping.model_validate(plain(mapping)) == mapping
