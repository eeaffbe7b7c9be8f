"""The PDF: what every page carries, what stays together, and that it is the same file every time."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from printed import FINGERPRINT, document, northwind, read, signer, squeezed, texts, with_all_beside

from sla_tui.publish.blocks import Block, Bullets, Clause, Column, Heading, KeyTerm, Run, Table, plain
from sla_tui.publish.compose import compose
from sla_tui.publish.pdf import render

WORDS = "Sales follows up on every qualified lead within the time that both sides have agreed. "


def lines(page: str, line: str) -> int:
    return page.splitlines().count(line)


def clauses(count: int, words: str = WORDS * 3) -> list[Block]:
    return [Heading("Commitments", "1"), *(Clause(plain(words), f"1.{at}") for at in range(1, count + 1))]


def test_every_page_says_which_of_how_many_it_is_and_of_which_text() -> None:
    pages = texts(render(document(*clauses(40))))
    assert len(pages) > 3
    for at, page in enumerate(pages, 1):
        assert f"page {at} of {len(pages)}" in page
        assert FINGERPRINT[:12] in page
        assert "Version 1.0" in page
        assert "Service Level Agreement" in page


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_page_of_a_draft_says_so_and_no_page_of_a_final_one(paper: str) -> None:
    draft = document(*clauses(20))
    assert all("DRAFT" in page for page in texts(render(draft, paper)))  # pyright: ignore
    assert not any("DRAFT" in page for page in texts(render(replace(draft, final=True), paper)))  # pyright: ignore


def test_what_the_cover_lacks_is_a_blank_there() -> None:
    cover = texts(render(document(organization="", version="")))[0]
    assert "[organization to be agreed]" in cover
    assert "Version" not in cover


def test_a_long_title_breaks_into_lines_of_much_the_same_width() -> None:
    from sla_tui.publish.pdf import look
    from sla_tui.publish.pdf.setting import balanced

    lines = balanced(plain("Sales and Marketing Service Level Agreement"), look.TITLE, 450).lines
    assert [line.segments[0][2].rstrip() for line in lines] == ["Sales and Marketing", "Service Level Agreement"]


def test_paper_has_the_size_asked_for() -> None:
    assert read(render(document(), "letter")).pages[0].mediabox[2:] == [612, 792]
    assert [round(float(side)) for side in read(render(document(), "a4")).pages[0].mediabox[2:]] == [595, 842]


def test_the_file_says_what_it_is() -> None:
    reader = read(render(document(language="de")))
    described = reader.metadata
    assert described is not None
    assert described.title == "Service Level Agreement"
    assert described.author == "Northwind Traders"
    assert FINGERPRINT in described["/Keywords"]
    assert str(described.creation_date).startswith("2027-01-01")
    assert reader.root_object["/Lang"] == "de"


def test_the_outline_names_the_sections_and_leads_to_their_pages() -> None:
    blocks = [*clauses(30), Heading("Data protection", "2"), Clause(plain("Kept."), "2.1"), Heading("Part", "", 2)]
    reader = read(render(document(*blocks)))
    entries = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry["/Title"] for entry in entries] == ["1 Commitments", "2 Data protection", "9 Signatures"]
    for entry in entries:
        page = reader.get_destination_page_number(entry)
        assert page is not None
        assert str(entry["/Title"]).split(" ", 1)[1] in reader.pages[page].extract_text()


@pytest.mark.parametrize("count", range(1, 30))
def test_the_signatures_stand_on_one_page_with_the_last_clause(count: int) -> None:
    blocks = [*clauses(count), Clause(plain("This is the last clause of all."), "1.99")]
    last = texts(render(document(*blocks)))[-1]
    assert "This is the last clause of all." in last
    assert "Signatures" in last
    assert lines(last, "Signature") == 2
    assert "Mara Lindqvist" in last


@pytest.mark.parametrize("count", range(1, 30, 4))
def test_of_several_clauses_on_signing_the_last_stands_with_the_signatures(count: int) -> None:
    signing = tuple(Clause(plain(f"Signing clause {at}. {WORDS * 3}"), f"9.{at}") for at in range(1, 6))
    pages = texts(render(document(*clauses(count), signing_words=signing)))
    assert "Signing clause 5." in pages[-1]
    assert lines(pages[-1], "Signature") == 2
    assert [sum(f"Signing clause {at}." in page for page in pages) for at in range(1, 6)] == [1] * 5
    heading = next(page for page in pages if "Signatures" in page)
    assert "Signing clause 1." in heading


def test_a_document_that_nobody_signs_ends_with_its_last_block() -> None:
    pages = texts(render(document(*clauses(3), signing_words=(), signers=(), fingerprint="")))
    assert "Signatures" not in "".join(pages)
    assert "fingerprint" not in "".join(pages)


def test_the_mark_of_a_heading_stands_beside_it_and_never_on_it() -> None:
    from sla_tui.publish.pdf import look
    from sla_tui.publish.pdf.setting import width
    from sla_tui.publish.pdf.story import body

    title = "What both sides agree on when they find out that they did not agree on it before"
    (piece, *_) = body(document(Heading(title, "1", mark="Schedule"), signing_words=(), signers=()), 420, 700)
    beside = width(plain("Schedule"), look.ASIDE)
    assert len(piece.lines) > 1
    assert max(line.width for line in piece.lines) + beside < 420
    page = texts(render(document(Heading("Scoring", "1", mark="Schedule"), Clause(plain("Points."), "1.1"))))[1]
    assert "Schedule" in page


def test_an_address_too_long_for_its_line_is_cut_where_its_parts_meet() -> None:
    from sla_tui.publish.pdf import look
    from sla_tui.publish.pdf.setting import broken, width

    address = "https://crm.northwind.example/dashboards/sla-acceptance/by-team"
    room = width(plain(address), look.CELL) * 0.6
    said = ["".join(text for _, _, text, _ in line.segments) for line in broken(plain(address), look.CELL, room)]
    assert "".join(said) == address
    assert len(said) == 2
    assert said[0].endswith(("/", "-", "."))
    unbroken = "x" * 200
    pieces = broken(plain(unbroken), look.CELL, 100)
    assert "".join(text for line in pieces for _, _, text, _ in line.segments) == unbroken
    assert all(line.width <= 100 for line in pieces)


def test_the_end_of_a_long_last_clause_stands_with_the_signatures() -> None:
    pages = texts(render(document(*clauses(6), Clause(plain(WORDS * 60 + "The end."), "2.1"))))
    assert "The end." in pages[-1]
    assert "Signatures" in pages[-1]


def test_the_last_rows_of_a_last_table_stand_with_the_signatures() -> None:
    rows = tuple((plain(f"row {at}"), plain(str(at))) for at in range(200))
    pages = texts(render(document(Heading("Rules", "1"), Table((Column("What"), Column("Points", "right")), rows))))
    assert "row 199" in pages[-1]
    assert "Signatures" in pages[-1]
    assert squeezed("".join(pages)).count("row199") == 1


def test_many_signers_fill_several_pages_and_no_block_is_split() -> None:
    signers = tuple(signer(f"s{at}", f"Signer Number {at}") for at in range(17))
    pages = texts(render(document(*clauses(3), signers=signers)))
    assert sum(lines(page, "Signature") for page in pages) == 17
    for page in pages:
        assert page.count("Signer Number") == lines(page, "Place Date") == lines(page, "Signature")


def test_a_heading_never_ends_a_page() -> None:
    for filler in range(1, 16):
        blocks = [*clauses(filler), Heading("Alone", "2"), Clause(plain("Never alone. " + WORDS * 2), "2.1")]
        page = next(page for page in texts(render(document(*blocks))) if "Alone" in page)
        assert "Never alone." in page


def test_a_table_of_a_thousand_rows_repeats_its_header_and_loses_no_row() -> None:
    rows = tuple((plain(f"Rule {at:04}"), plain("email_open"), plain(str(at))) for at in range(1000))
    table = Table((Column("What for"), Column("When"), Column("Points", "right", nowrap=True)), rows)
    pages = texts(render(document(Heading("Rules", "1"), table, Clause(plain("End."), "1.1"))))
    for page in pages:
        assert ("Rule 0" in page) == ("What for" in page)
    said = "\n".join(pages)
    assert all(said.count(f"Rule {at:04}") == 1 for at in range(1000))


def test_a_row_taller_than_a_page_goes_on_on_the_next() -> None:
    tall = " ".join(f"word{at}" for at in range(3000))
    table = Table(
        (Column("What"), Column("Points", "right")), ((plain(tall), plain("5")), (plain("after"), plain("6")))
    )
    pages = texts(render(document(Heading("Rules", "1"), table, Clause(plain("End."), "1.1"))))
    said = " ".join(" ".join(pages).split())
    assert all(f"word{at} " in said for at in range(3000))
    assert any("after" in page for page in pages)


def test_columns_share_the_width_by_what_they_hold() -> None:
    from sla_tui.publish.pdf.tables import column_widths

    columns = (Column("What"), Column("Points", "right", nowrap=True), Column("Why"))
    table = Table(columns, ((plain("Opens an email"), plain("−15"), plain(WORDS * 3)),))
    short, number, long = column_widths(table, 400)
    assert number < short < long
    assert short + number + long < 400


def test_key_terms_too_many_for_the_title_page_are_counted_there() -> None:
    terms = tuple(
        KeyTerm(who, tuple(plain(f"{who} promise {at}") for at in range(30)), "in section 4")
        for who in ("Sales", "Both")
    )
    pages = texts(render(document(*clauses(3), key_terms=(*terms, KeyTerm("In force", (plain("2027"),))))))
    assert pages[0].count("more, in section 4") == 2
    assert "In force" in pages[0]
    assert "1 Commitments" not in pages[0]
    assert "Commitments" in pages[1]


def test_numbers_bullets_and_open_answers_are_on_the_page() -> None:
    blocks = (
        Heading("Goals", "3"),
        Clause((Run("By "), Run("to be agreed", "open")), "3.1"),
        Bullets((plain("first goal"), plain("second goal"))),
        Clause(plain("End."), "3.2"),
    )
    said = "".join(texts(render(document(*blocks))))
    for words in ("3.1", "[to be agreed]", "• first goal", "3.2"):
        assert squeezed(words) in squeezed(said)


def test_fonts_are_embedded_and_nothing_else_is() -> None:
    reader = read(render(compose(northwind())))
    fonts = {
        name: font.get_object()
        for page in reader.pages
        for name, font in page["/Resources"]["/Font"].items()  # pyright: ignore
    }
    ours = [font for font in fonts.values() if "Agreement" in font["/BaseFont"]]
    assert ours
    assert all("/FontFile2" in font["/FontDescriptor"] and "/ToUnicode" in font for font in ours)


SCRIPT = "import sys; from printed import with_all_beside; sys.stdout.buffer.write(with_all_beside())"


def test_the_same_agreement_gives_the_same_bytes_anywhere() -> None:
    surroundings = (
        {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LANG": "C", "SOURCE_DATE_EPOCH": "1"},
        {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LANG": "de_DE.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    )
    here, command = Path(__file__).parent, [sys.executable, "-c", SCRIPT]
    made = [
        subprocess.run(command, cwd=here, env=os.environ | given, stdout=subprocess.PIPE, check=True).stdout
        for given in surroundings
    ]
    assert made[0] == made[1] == with_all_beside()
    assert b"/EmbeddedFile" in made[0]
    assert "Quota of MQLs, 2027-Q2" in texts(made[0])[1]


def test_one_process_prints_many_documents_alike() -> None:
    first, other = document(*clauses(3)), document(*clauses(5, "ΑΒΓ абв ≥ ✓ "))
    made = [render(one) for one in (first, other, first, other)]
    assert made[:2] == made[2:]
    assert made[0] != made[1]


def test_in_large_print_the_title_page_still_says_promises_and_no_word_is_cut_for_another_column() -> None:
    from sla_tui.publish.pdf import look
    from sla_tui.publish.pdf.setting import width
    from sla_tui.publish.pdf.tables import column_widths

    terms = tuple(
        KeyTerm(who, tuple(plain(f"{who} promise {at} " * 9) for at in range(8)), "in section 4") for who in "ABCD"
    )
    first = texts(render(document(*clauses(3), key_terms=terms), large=True))[0]
    assert "A promise 0" in first
    assert "8, in section 4" not in first
    table = Table(
        (Column("Promise", share=0.8), Column("Within", share=0.2)), ((plain("Call"), plain("qualification")),)
    )
    narrow = column_widths(table, 130)
    assert narrow[1] == pytest.approx(width(plain("qualification"), look.CELL))
    assert sum(narrow) == pytest.approx(130 - 9)
