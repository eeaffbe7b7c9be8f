"""What is only an example is marked where it stands, and the marks are explained in a line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import agreement, northwind, squeezed, texts

from sla_tui.agreement.examples import is_example
from sla_tui.agreement.parts import plain, slots
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import Clause, Heading, Table, Text
from sla_tui.publish.compose import compose, compose_section
from sla_tui.publish.compose.marks import MARK, Marks
from sla_tui.publish.pdf import render
from tests.strategies import parts

EXAMPLE = {"kind": "example"}


def said(text: Text) -> str:
    return "".join(run.text for run in text).replace("\N{NO-BREAK SPACE}", " ")


def lines(given_: Agreement, section: str) -> list[str]:
    found: list[str] = []
    for block in compose_section(given_, section):
        if isinstance(block, Clause):
            found.append(said(block.text))
        elif isinstance(block, Table):
            found += [" | ".join(said(cell) for cell in row) for row in block.rows]
    return found


def marked(given_: Agreement, *keys: str) -> Agreement:
    return Agreement.model_validate({**plain(given_), "sources": dict.fromkeys(keys, EXAMPLE)})


SCORING = """
[scoring]
half_life_days = 30
stages = [{ id = "mql", name = "Marketing qualified lead", at = 50 }, { id = "sql", name = "Sales qualified", at = 80 }]
rules = [{ id = "open", label = "Opens", when = "open", points = 5 }, { id = "buy", when = "buy", points = 9 }]
"""


def test_single_answers_and_entries_carry_the_mark_and_it_is_explained() -> None:
    found = lines(
        marked(agreement(SCORING), "scoring.half_life_days", "scoring.stages.mql.at", "scoring.rules.open"), "scoring"
    )
    assert any("halve every 30 days*." in line for line in found)
    assert "Marketing qualified lead (MQL) | 50* | by points" in found
    assert "Sales qualified (SQL) | 80 | by points" in found
    assert "Opens* | open | 5 | each time" in found
    assert found[-1] == "Examples. What is marked * is an example, not agreed yet."


@pytest.mark.parametrize(
    "keys",
    [("scoring",), ("scoring.half_life_days", "scoring.stages", "scoring.rules.open", "scoring.rules.buy")],
    ids=["by one mark", "by a mark on each of its answers"],
)
def test_a_section_that_is_an_example_as_a_whole_says_so_beside_its_heading_and_nowhere_else(
    keys: tuple[str, ...],
) -> None:
    given_ = marked(agreement(SCORING), *keys)
    heading = compose_section(given_, "scoring")[0]
    assert isinstance(heading, Heading)
    assert heading.mark == "Example, not agreed yet"
    assert not any(MARK in line for line in lines(given_, "scoring"))
    assert not any(line.startswith("Examples") for line in lines(given_, "scoring"))
    assert squeezed("Example, not agreed yet") in squeezed("".join(texts(render(compose(given_)))))


def test_what_is_agreed_inside_an_example_is_not_marked() -> None:
    given_ = agreement(
        SCORING + '[sources]\nscoring = { kind = "example" }\n"scoring.stages.mql" = { kind = "agreed" }'
    )
    found = lines(given_, "scoring")
    assert "Marketing qualified lead (MQL) | 50 | by points" in found
    assert "Sales qualified (SQL)* | 80 | by points" in found


def test_an_example_that_has_no_place_of_its_own_on_the_page_is_named() -> None:
    given_ = agreement(
        """
        [agreement]
        title = "SLA"
        renewal = "talks"
        version = "1.0"
        [sources]
        "agreement.title" = { kind = "example" }
        "agreement.renewal" = { kind = "example" }
        """
    )
    found = lines(given_, "agreement")
    assert "Renewal. After the last day both sides agree anew, and it holds until they have*." in found
    assert found[-1] == "Examples. What is marked * is an example, not agreed yet. Examples too: title."


def test_the_line_on_examples_stays_short_however_many_there_are() -> None:
    given_ = northwind()
    keys = [
        slot.key
        for slot in slots(given_, Agreement)
        if not slot.empty and not slot.spec.nested and slot.spec.kind is not Kind.ID
    ]
    document = compose(marked(given_, *keys[::2]))
    notes = [
        said(one.text) for one in document.sections if isinstance(one, Clause) and said(one.text)[:9] == "Examples."
    ]
    assert len(notes) > 15
    assert max(map(len, notes)) < 160


def test_promises_carry_the_mark_on_the_title_page_too() -> None:
    given_ = agreement(
        """
        [[commitments]]
        id = "call"
        party = "sales"
        activity = "Call"
        within = "2 days"
        from = "received"
        [[commitments]]
        id = "write"
        party = "sales"
        activity = "Write"
        within = "3 days"
        from = "received"
        [sources]
        "commitments.call" = { kind = "example" }
        "commitments.write.within" = { kind = "example" }
        """
    )
    found = lines(given_, "commitments")
    assert any(line.startswith("1.1 | Call*\n") and "2 days of receipt" in line for line in found)
    assert any(line.startswith("1.2 | Write\n") and "3 days* of receipt" in line for line in found)
    terms = {term.label: [said(line) for line in term.lines] for term in compose(given_).key_terms}
    assert terms["Sales promises"] == ["Call within 2 days of receipt*", "Write within 3 days of receipt*"]
    assert terms["*"] == ["an example, not agreed yet"]


@given(st.data())
def test_every_example_is_marked_at_itself_or_around_it_and_nothing_else_is(data: st.DataObject) -> None:
    held = data.draw(parts(Agreement))
    places = [slot for slot in slots(held, Agreement) if not slot.empty and not slot.spec.nested]
    keys = data.draw(st.lists(st.sampled_from([slot.key for slot in places]), max_size=6)) if places else []
    given_ = marked(held, *keys)
    marks = Marks(given_)
    for slot in places:
        if slot.spec.kind is Kind.ID or not slot.spec.ask.asked:
            continue
        around = [slot.key.rsplit(".", at)[0] for at in range(slot.key.count(".") + 1)]
        shown = any(marks.at(key) for key in around)
        assert shown == is_example(given_, slot.key), slot.key


def test_nothing_is_marked_where_nothing_is_an_example() -> None:
    given_ = northwind()
    pages = "".join(texts(render(compose(given_))))
    assert not re.search(r"\*", pages)
