"""A page in the terminal: nothing is lost, nothing is wider than the window, and tables are read at any width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.style import Style

from sla_tui.publish.blocks import Block, Bullets, Clause, Column, Detail, Heading, Run, Table, plain
from sla_tui.tui.page import LOOKS, page_lines

LOOK = {look: Style(bold=look == "strong") for look in LOOKS}
PEOPLE = Table(
    (Column("Name"), Column("What they do"), Column("Leads", "right", nowrap=True)),
    (
        (plain("Ana Ruiz"), plain("Accepts or returns every lead within a business day"), plain("40")),
        (plain("Sam Osei"), plain("Keeps the scoring"), plain("7")),
    ),
)


def lines(*blocks: Block, width: int = 60) -> list[str]:
    return [line.plain.rstrip() for line in page_lines(blocks, width, LOOK)]


def test_a_clause_stands_beside_its_number() -> None:
    said = lines(Clause(plain("one two three four five six seven"), "3.2"), width=24)
    assert said[0].startswith("3.2   one two")
    assert all(line.startswith("      ") for line in said[1:])


def test_a_heading_says_what_kind_of_section_it_is() -> None:
    assert lines(Heading("Scoring", "5", mark="Schedule")) == ["5     Scoring  Schedule"]


def test_what_is_open_is_seen_without_colour() -> None:
    assert lines(Clause((Run("Within "), Run("to be agreed", "open"), Run(".")))) == ["      Within [to be agreed]."]


def test_a_table_has_its_columns_side_by_side_where_there_is_room() -> None:
    head, rule, first, *_ = lines(PEOPLE, width=76)
    assert head.split() == ["Name", "What", "they", "do", "Leads"]
    assert set(rule.strip()) == {"─"}
    assert first.endswith("   40") or first.endswith("  40")


def test_a_table_that_cannot_be_read_side_by_side_is_read_row_by_row() -> None:
    wide = Table(tuple(Column(f"Column {n}") for n in range(6)), (tuple(plain(f"answer {n}") for n in range(6)),))
    said = lines(wide, width=40)
    assert said[0].split() == ["Column", "0", "answer", "0"]
    assert len(said) == 6


@pytest.mark.parametrize("width", [20, 33, 47, 80, 120])
@given(data=st.data())
def test_no_line_is_wider_than_the_page_and_no_word_is_lost(width: int, data: st.DataObject) -> None:
    words = st.lists(st.text("abcdefg", min_size=1, max_size=6), min_size=1, max_size=20)
    text = words.map(lambda some: plain(" ".join(some)))
    block: st.SearchStrategy[Block] = st.one_of(
        text.map(lambda one: Clause(one, "12.3")),
        text.map(Detail),
        st.lists(text, min_size=1, max_size=3).map(lambda some: Bullets(tuple(some))),
        words.map(lambda some: Heading(" ".join(some), "4")),
        st.tuples(text, text, text).map(lambda row: Table((Column("A"), Column("B"), Column("C")), (row,))),
    )
    given_blocks = data.draw(st.lists(block, max_size=4))
    shown = page_lines(given_blocks, width, LOOK)
    assert all(line.cell_length <= width for line in shown)
    said = {word for line in shown for word in line.plain.split()}
    assert all(word in said for one in given_blocks for run in _runs(one) for word in run.text.split())


def _runs(block: Block) -> list[Run]:
    match block:
        case Clause(text) | Detail(text):
            return list(text)
        case Bullets(items):
            return [run for item in items for run in item]
        case Table(_, rows):
            return [run for row in rows for cell in row for run in cell]
        case Heading(text):
            return [Run(text)]
