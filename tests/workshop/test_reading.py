"""How a section reads is what is printed of it, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from sla_tui.agreement.parts import specs
from sla_tui.agreement.paths import Put, apply
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import Clause, Heading, Table
from sla_tui.publish.compose import compose
from sla_tui.record.document import Document
from sla_tui.workshop.reading import reading
from tests.tui.conftest import NORTHWIND

WORDS: dict[str, Any] = {"id": "data", "title": "Data protection", "text": "As the policy says."}


@pytest.fixture(scope="module")
def northwind() -> Agreement:
    return Document[Agreement].load(NORTHWIND, Agreement).value


def test_the_sections_one_after_another_are_the_document(northwind: Agreement) -> None:
    document = compose(northwind)
    keys = [spec.key for spec in specs(Agreement) if spec.about and spec.key not in ("custom", "signatures")]
    said = [block for key in keys for block in reading(northwind, key)]
    apart = reading(northwind, "custom")
    assert sorted(map(repr, (*said, *apart))) == sorted(map(repr, document.sections))
    assert said[0] == document.blocks[0]


def test_the_signatures_read_with_who_signs(northwind: Agreement) -> None:
    heading, *_, table = reading(northwind, "signatures")
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert northwind.signatures
    names = [one.name for one in northwind.signatures.signers if one.left is None]
    assert [row[1][0].text for row in table.rows] == names


def test_sections_in_the_teams_own_words_are_read_together() -> None:
    held = Agreement.model_validate({"objective": {}, "custom": [WORDS]})
    assert [block for block in reading(held, "custom") if isinstance(block, Heading)] == [
        Heading("Data protection", "2", anchor="custom.data")
    ]


def test_a_section_left_out_reads_as_nothing() -> None:
    assert reading(Agreement(), "handoff") == ()
    assert reading(Agreement(), "signatures") == ()


def test_the_whole_goes_from_title_to_signatures(northwind: Agreement) -> None:
    whole, document = reading(northwind), compose(northwind)
    assert whole[0] == Heading(document.title)
    assert set(document.blocks) <= set(whole)
    assert document.signing in whole
    assert whole[-1] == document.annexes[-1].blocks[-1]


def test_what_is_said_follows_the_answers() -> None:
    held, _ = apply(Agreement(), Put("objective", {"purpose": "Win more."}))
    assert any(isinstance(one, Clause) and "Win more." in repr(one.text) for one in reading(held, "objective"))
