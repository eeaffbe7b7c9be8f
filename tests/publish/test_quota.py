"""A quota as a document: the number, the funnel both ways, the hours, who agreed."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st
from printed import NORTHWIND, agreement, northwind, texts

from sla_tui.agreement.quota import Quota
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import Clause, Document, Heading, Table, Text
from sla_tui.publish.compose.quota import compose_quota
from sla_tui.publish.pdf import render
from tests.strategies import parts


def said(text: Text) -> str:
    return "".join(run.text for run in text).replace("\N{NO-BREAK SPACE}", " ")


def quota(toml: str) -> Quota:
    return Quota.model_validate(tomllib.loads(toml))


def first_quarter() -> Quota:
    return quota((NORTHWIND.parent / "quotas" / "2027-Q1.toml").read_text("utf-8"))


def clauses(document: Document) -> list[str]:
    return [said(one.text) for one in document.blocks if isinstance(one, Clause)]


def table(document: Document, first: str) -> list[list[str]]:
    found = next(one for one in document.blocks if isinstance(one, Table) and one.columns[0].title == first)
    return [[said(cell) for cell in row] for row in found.rows]


def test_the_number_stands_by_segment_with_its_sum() -> None:
    document = compose_quota(first_quarter(), northwind())
    assert clauses(document)[0] == "In the period from 1 January 2027 to 31 March 2027 marketing hands over 260 MQLs."
    rows = table(document, "Segment")
    assert rows[0] == ["Grocery shops", "75"]
    assert rows[-1] == ["All segments", "260"]
    assert sum(int(count) for _, count in rows[:-1]) == 260
    assert "Pace. At least 15, at most 28 a week." in clauses(document)
    assert "Shortfall. Leads that are missing at the end are carried over to the next period." in clauses(document)


def test_the_funnel_is_reckoned_both_ways() -> None:
    document = compose_quota(first_quarter(), northwind())
    levels = {row[0]: row[1:] for row in table(document, "Level")}
    assert levels["MQLs"] == ["247", "260", "45 %"]
    assert levels["Won deals"][2] == ""
    assert any(line.startswith("Revenue. The goal needs 360,000 USD; the quota brings ") for line in clauses(document))
    assert any("a lead gets 6 of them. That is room for 37 leads a week." in line for line in clauses(document))
    assert ["Revenue goal", "Agreed", "Sales plan 2027"] in table(document, "Number")


def test_it_is_a_draft_until_both_sides_have_agreed() -> None:
    whole = first_quarter()
    assert compose_quota(whole, northwind()).final
    assert compose_quota(whole, northwind()).status == "agreed by both sides"
    one_side = whole.model_copy(update={"agreed_by": (whole.agreed_by or ())[:1]})
    document = compose_quota(one_side, northwind())
    assert (document.final, document.status) == (False, "not agreed yet")
    assert all("DRAFT" in page for page in texts(render(document)))
    pages = texts(render(compose_quota(whole, northwind())))
    assert not any("DRAFT" in page or "Signature" in page or "fingerprint ·" in page for page in pages)


def test_an_empty_quota_is_a_document_of_blanks() -> None:
    document = compose_quota(Quota(), Agreement())
    assert clauses(document)[0] == (
        "In the period from to be agreed to to be agreed marketing hands over to be agreed qualified leads."
    )
    assert "Who agreed" in [one.text for one in document.blocks if isinstance(one, Heading)]
    assert "[to be agreed]" in "".join(texts(render(document)))


def test_its_examples_are_marked() -> None:
    given_ = quota(
        """
        [quota]
        least_per_week = 5
        most_per_week = 9
        [funnel]
        win_rate = "30 %"
        [sources]
        funnel = { kind = "example" }
        "quota.least_per_week" = { kind = "example" }
        """
    )
    document = compose_quota(given_, agreement(""))
    assert "Pace. At least 5*, at most 9 a week." in clauses(document)
    marks = {one.text: one.mark for one in document.blocks if isinstance(one, Heading)}
    assert (marks["Number"], marks["Why this number"]) == ("", "Example, not agreed yet")


@given(st.data())
def test_any_quota_is_composed(data: st.DataObject) -> None:
    document = compose_quota(data.draw(parts(Quota)), data.draw(parts(Agreement)))
    for block in document.blocks:
        if isinstance(block, Table):
            assert all(len(row) == len(block.columns) for row in block.rows)
