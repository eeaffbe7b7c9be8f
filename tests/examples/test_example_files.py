"""The files of the examples and templates: in order, short lines, the schema beside them, the leads they name."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from shelf import EXAMPLES, ROOT, every_example, every_text, read

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.parts import Part
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.schema import schema_text
from sla_tui.agreement.terms import Agreement

MAPPINGS = sorted(ROOT.glob("*/leads.toml"))
WITH_QUOTAS = [path for path in EXAMPLES if (path.parent / "quotas").is_dir()]
REMEDY = "write it again with sla-tui schema"


def said_in_order(said: object, part: object) -> bool:
    """Whether the keys of tables stand in the model's order, those that hold tables after those that do not."""
    if isinstance(said, list):
        return all(map(said_in_order, said, part))
    if not isinstance(said, dict) or not isinstance(part, Part):
        return True
    fields = {info.alias or name: getattr(part, name) for name, info in type(part).model_fields.items()}
    plain_keys = [key for key in said if not holds_tables(said[key])]
    table_keys = [key for key in said if holds_tables(said[key])]
    return (
        plain_keys == [key for key in fields if key in plain_keys]
        and table_keys == [key for key in fields if key in table_keys]
        and all(said_in_order(said[key], fields[key]) for key in said)
    )


def holds_tables(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value))


@every_text
def test_keys_stand_in_the_order_of_the_model(path: Path):
    assert said_in_order(tomllib.loads(path.read_text("utf-8")), read(path))


def test_keys_out_of_order_are_noticed():
    said = {"scoring": {"stages": [{"id": "mql", "at": 50, "name": "MQL"}]}}
    assert not said_in_order(said, Agreement.model_validate(said))


@every_text
def test_lines_are_short_enough_to_read_side_by_side(path: Path):
    assert [line for line in path.read_text("utf-8").splitlines() if len(line) > 120] == []


@every_example
def test_an_example_names_its_schema_first_and_brings_the_present_one(path: Path):
    assert path.read_text("utf-8").startswith("#:schema ./agreement.schema.json\n")
    assert path.with_name("agreement.schema.json").read_text("utf-8") == schema_text(Agreement), REMEDY


@pytest.mark.parametrize("path", WITH_QUOTAS, ids=lambda path: path.parent.name)
def test_so_do_its_quotas(path: Path):
    for quota in sorted(path.parent.glob("quotas/*.toml")):
        assert quota.read_text("utf-8").startswith("#:schema ../quota.schema.json\n"), quota.name
    assert path.with_name("quota.schema.json").read_text("utf-8") == schema_text(Quota), REMEDY


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.parent.name)
def test_a_lead_mapping_names_files_that_are_there(path: Path):
    mapping = LeadMapping.model_validate(tomllib.loads(path.read_text("utf-8")))
    assert path.with_name(mapping.leads).is_file()
    assert mapping.activity is None or path.with_name(mapping.activity).is_file()
