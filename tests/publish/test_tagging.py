"""The structure tree: what a reader who does not see the page is told, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from sla_tui.publish.blocks import Bullets, Clause, Column, Heading, KeyTerm, Run, Table, plain
from sla_tui.publish.compose import compose
from sla_tui.publish.pdf import look, render
from sla_tui.publish.pdf.setting import broken
from tests.publish.printed import document, northwind, read


def walk(element: Any) -> Iterator[Any]:
    """The structure elements below this one, in reading order."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        held = kid.get_object()
        if isinstance(held, dict) and held.get("/Type") == "/StructElem":
            yield held
            yield from walk(held)


def tree(pdf: bytes) -> list[Any]:
    return list(walk(read(pdf).trailer["/Root"]["/StructTreeRoot"]))


def tags(pdf: bytes) -> list[str]:
    return [element["/S"][1:] for element in tree(pdf)]


def test_headings_clauses_lists_tables_and_fields_are_told_apart_in_reading_order() -> None:
    table = Table((Column("Field"), Column("Meaning")), ((plain("Email"), plain("Address")),) * 3, named=True)
    held = tags(
        render(
            document(
                Heading("Fields", "1"), Clause(plain("A lead has:"), "1.1"), Bullets((plain("a"), plain("b"))), table
            )
        )
    )
    assert held[held.index("H2") :][:13] == [
        "H2", "P", "L", "LI", "LBody", "LI", "LBody", "Table", "TR", "TH", "TH", "TR", "TH",
    ]  # fmt: skip
    assert held.count("H1") == 1
    assert held.count("Form") == 6


def test_a_table_over_many_pages_stays_one_table_with_one_header() -> None:
    rows = tuple((plain(f"Field {at}"), plain("Meaning")) for at in range(200))
    pdf = render(document(Table((Column("Field"), Column("Meaning")), rows), signers=(), signing_words=()))
    held = tags(pdf)
    assert len(read(pdf).pages) > 3
    assert (held.count("Table"), held.count("TR"), held.count("TH"), held.count("TD")) == (1, 201, 2, 400)


def test_what_leads_somewhere_is_a_link_to_that_place() -> None:
    said = (Run("See "), Run("Scoring", to="scoring"), Run("."))
    pdf = render(document(Clause(said, "1.1"), Heading("Scoring", "2", anchor="scoring")))
    (link,) = [
        note.get_object() for page in read(pdf).pages for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Link"
    ]  # fmt: skip
    assert link["/Contents"] == "Scoring"
    assert link["/Dest"]
    assert "Link" in tags(pdf)


def test_every_mark_of_every_page_belongs_to_an_element_and_back() -> None:
    pdf = render(compose(northwind()))
    reader = read(pdf)
    root: Any = reader.trailer["/Root"]["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    by_number = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in reader.pages:
        source = page.get_contents().get_data()
        assert source.count(b"BDC") == source.count(b"EMC")
        marks = by_number[page["/StructParents"]].get_object()
        assert source.count(b"/MCID") == len(marks)
        for note in page.get("/Annots", []):
            element = by_number[note.get_object()["/StructParent"]].get_object()
            assert element["/S"] in ("/Form", "/Link")


def test_the_description_is_also_kept_as_xmp() -> None:
    reader = read(render(document(title="Sales & <Marketing>")))
    packet = reader.trailer["/Root"]["/Metadata"].get_data()
    held = ElementTree.fromstring(packet.decode())
    said = [element.text for element in held.iter() if element.text and element.text.strip()]
    assert "Sales & <Marketing>" in said
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_read_aloud_words_of_two_lines_stay_apart_and_the_contents_go_down_their_columns() -> None:
    long = " ".join(["One promise after another, each of them counted."] * 6)
    headings = tuple(Heading(f"Part {at}", str(at), anchor=f"part-{at}") for at in range(1, 13))
    table = Table(
        (Column("No.", hangs=True), Column("Sales promises")), ((plain("2.1"), plain("Call")),) * 3, named=True
    )
    terms = (KeyTerm("Promises", (plain("Call"), plain("Write"))),)
    pdf = render(document(*headings, Clause(plain("They hold."), "1.1"), table, key_terms=terms))
    links = [element for element in tree(pdf) if element["/S"] == "/Link"]
    places = [
        str(kid["/Obj"].get_object()["/Contents"]) for link in links for kid in link["/K"] if "/Obj" in kid
    ]  # fmt: skip
    assert places[:12] == [f"{at} Part {at}" for at in range(1, 13)]
    heads = [element for element in tree(pdf) if element["/S"] == "/TH"]
    assert heads[0]["/A"]["/RowSpan"] == 2
    assert [head["/A"]["/Scope"] for head in heads[1:]] == ["/Column", "/Column", "/Row", "/Row", "/Row"]
    assert next(element["/A"]["/Summary"] for element in tree(pdf) if element["/S"] == "/Table") == "Key terms"
    *others, last = ["".join(segment[2] for segment in line.segments) for line in broken(plain(long), look.BODY, 200)]
    assert len(others) > 3
    assert all(line.endswith(" ") and not line.endswith("  ") for line in others)
    assert not last.endswith(" ")
