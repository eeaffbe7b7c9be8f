"""Pages held against a document: whatever is not on them is named, and where a page ends does not matter."""

from __future__ import annotations

from printed import document

from sla_tui.publish.blocks import Clause, Column, Document, Heading, KeyTerm, Table, plain
from sla_tui.publish.signed.wording import unsaid

LONG = "Sales calls every lead within 4 hours, and writes to it twice in the week after."
AGAIN = "Marketing hands over every lead with the name, the company and what it asked for."


def said(*more: str) -> Document:
    cells = tuple((plain(text), plain("95 %")) for text in ("Call", *more))
    return document(
        Heading("Promises", "1"),
        Clause(plain(LONG), "1.1"),
        Table((Column("What"), Column("Of them")), cells),
        Clause(plain(AGAIN), "1.2"),
        key_terms=(KeyTerm("Promises", (plain("A call in 4 hours"), plain("Two emails"), plain("A report")), "in 1"),),
    )


def squeezed(*words: str) -> str:
    return "".join("".join(words).split())


COVER = squeezed("Promises A call in 4 hours Two emails A report")
TABLE = "What Of them Call 95 %"
END = "9 Signatures 9.1 Those who sign agree."
BODY = squeezed("1 Promises 1.1", LONG, TABLE, "1.2", AGAIN, END)


def test_pages_that_say_all_of_it_miss_nothing() -> None:
    assert unsaid(said(), [COVER, BODY]) == ()
    assert unsaid(said(), [COVER, BODY[:60], BODY[60:]]) == ()


def test_what_is_not_on_them_is_named() -> None:
    assert unsaid(said(), [COVER, BODY.replace("within4hours", "within8hours")]) == (LONG,)
    assert unsaid(said(), [COVER, BODY.replace("95%", "59%")]) == ("95 %",)
    assert unsaid(said("Call"), [COVER, BODY]) == ("Call", "95 %")
    assert unsaid(said(), [COVER, BODY.replace(squeezed(AGAIN), "")]) == (AGAIN,)
    assert unsaid(said(), []) != ()


def test_a_text_said_elsewhere_is_not_said_in_its_place() -> None:
    turned = squeezed("1 Promises 1.1", AGAIN, TABLE, "1.2", LONG, END)
    assert AGAIN in unsaid(said(), [COVER, turned])


def test_the_title_page_may_shorten_a_list_and_says_so() -> None:
    assert unsaid(said(), [COVER.replace("4hours", "8hours"), BODY]) == ("A call in 4 hours",)
    assert unsaid(said(), [squeezed("A call in 4 hours and 2 more, in 1"), BODY]) == ()
    assert unsaid(said(), [squeezed("3, in 1"), BODY]) == ()
    assert unsaid(said(), [squeezed("A call in 4 hours and 1 more, in 1"), BODY]) == ("Two emails",)


def test_a_row_cut_by_the_end_of_a_page_is_said() -> None:
    cut = BODY.replace("andwrites", "95%WhatOfthemandwrites")
    assert unsaid(said(), [COVER, cut]) == ()
