"""Markdown, the page for a browser and the Word document: all text is found in them as text, and none of it acts."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from printed import document, northwind, signer, squeezed

from sla_tui.publish import docx as word
from sla_tui.publish import html, markdown
from sla_tui.publish.blocks import (
    Annex,
    Bullets,
    Clause,
    Column,
    Detail,
    Document,
    Figure,
    Heading,
    KeyTerm,
    Run,
    Step,
    Table,
    plain,
)
from sla_tui.publish.columns import shares
from sla_tui.publish.compose import compose
from sla_tui.publish.markdown.inline import CELL, inline
from sla_tui.publish.seal import standing
from sla_tui.publish.shown import shown
from tests.naughty import KEPT, STRIPPED

RENDERERS = {"md": markdown.render, "html": html.render, "docx": word.render}
MEANT = (
    "<b>tags</i> & </p></td><para>",
    '<img src="/etc/hostname" onerror=alert(1)> <script src=//x.example></script> <!-- -->',
    '<a href="javascript:alert(1)">click</a> http://x.example www.x.example x@y.example mailto:x@y.example',
    "![image](/etc/hostname) [link](http://x.example) [note][^1] [^1]: <http://x.example> [ref]: /x",
    "**strong** _emphasis_ `code` ~~gone~~ ``` ==mark== ^up^ $x$ :smile: #1 {#id .class} @somebody",
    "- item\n+ item\n1. item\n2) item\n# heading\n> quote\n    code\n---\n===\n| a | b |\n|---|---|\n```\n: meant\n***",
    "&amp; &lt;b&gt; &#65; &nosuch; \\* \\",
    "=cmd|' /C calc'!A0 @SUM(1+1)*cmd",
    "]]> <![CDATA[ <?xml?> <!DOCTYPE x> <!ENTITY a SYSTEM 'file:///etc/hostname'>",
    '{ HYPERLINK "http://x.example" } { INCLUDETEXT "/etc/hostname" } TOC \\o PAGE «MERGEFIELD»',
    'expression(alert(1)) url(http://x.example) </style> style="x" \'single\' "double"',
    "Łódź Ελλάδα Привет עברית 漢字 👩\u200d👩\u200d👧 ≥ ≤ → ✓ ☐ − “ ” e\u0301",
    "x" * 20_000,
)
TEXTS = (*MEANT, *KEPT, *(text for text, _ in STRIPPED))


def everywhere(text: str) -> tuple[Document, int]:
    """``text`` in every place a document has for one, and how many of them show it to whoever reads."""
    blocks = (
        Heading(text, "1", mark=text, anchor=text),
        Heading(text, level=2),
        Clause((Run(text, "strong"), Run(text), Run(text, "emphasis"), Run(text, "open"), Run(text, "quiet")), "1.1"),
        Clause(plain(text), anchor="there"),
        Detail((Run(text, to="there"), Run(text, to="nowhere"))),
        Bullets((plain(text), plain(text))),
        Table((Column(text), Column("Points", "right")), ((plain(text), plain("5")), (plain("y"), plain(text))), text),
        Figure("funnel", (Step(text, text, 4.0), Step("b", text, 1.0)), text),
    )
    who = signer(name=text, party=text)
    said = document(
        *blocks,
        title=text,
        organization=text,
        version=text,
        status=text,
        key_terms=(KeyTerm(text, (plain(text), plain(text)), text),),
        signing=Heading(text),
        signing_words=(Clause(plain(text)),),
        signers=(replace(who, title=text, organization=text), signer("mara")),
        annexes=(Annex((Heading(text, "A"), Clause(plain(text))), "ab" * 32, (who,)),),
    )
    return said, 30


def normal(text: str) -> str:
    return squeezed(shown(text))


def found(said: str, text: str, times: int) -> bool:
    return not normal(text) or said.count(normal(text)) >= times


class Page(HTMLParser):
    """A page as a browser reads it: what it says, and every element with its attributes."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.said: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def all(self, name: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(name)) is not None]


def test_a_page_says_every_text_and_obeys_none() -> None:
    known = {tag for tag, _ in Page(html.render(everywhere("Two\nlines")[0])).elements}
    for text in TEXTS:
        said, times = everywhere(text)
        page = Page(html.render(said))
        assert found(squeezed("".join(page.said)), text, times), text
        assert {tag for tag, _ in page.elements} <= known
        assert known.isdisjoint({"script", "img", "link", "iframe", "form", "object", "base"})
        assert all(href.startswith("#") for href in page.all("href"))
        assert {href[1:] for href in page.all("href")} <= set(page.all("id"))
        assert len(page.all("id")) == len(set(page.all("id")))
        assert not [name for _, held in page.elements for name in held if name.startswith("on") or name == "style"]
        assert not page.all("src")


def test_a_page_is_whole_and_lets_a_reader_find_the_way() -> None:
    page = html.render(compose(northwind())).decode()
    root = ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>"))
    assert root.get("lang") == "en"
    assert [one.tag for one in root.iter() if re.fullmatch("h[1-6]", one.tag)][:3] == ["h1", "h2", "h2"]
    levels = [int(one.tag[1]) for one in root.iter() if re.fullmatch("h[1-6]", one.tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tables = list(root.iter("table"))
    assert len(tables) > 20
    assert all("".join(one.find("caption").itertext()) for one in cast("list[Any]", tables))
    assert all(head.get("scope") in ("col", "row") and "".join(head.itertext()) for head in root.iter("th"))
    places = {one.get("id") for one in root.iter()}
    chapters = [cast(Any, one.find("a")).get("href") for one in cast(Any, root.find(".//nav")).iter("li")]
    assert len(chapters) > 15
    assert {href[1:] for href in chapters} <= places
    policy = next(one.get("content") or "" for one in root.iter("meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert (
        next(one for one in root.iter() if one.get("role") == "img")
        .attrib["aria-label"]
        .startswith("The stages, lowest first.")
    )


PARSER = MarkdownIt("gfm-like")
HARMLESS = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak"),
    *("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close", "list_item_open"),
    *("list_item_close", "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close"),
    *("tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close", "blockquote_open", "blockquote_close"),
    *("strong_open", "strong_close", "em_open", "em_close", "link_open", "link_close"),
}


def tokens(source: str) -> list[Token]:
    return [one for token in PARSER.parse(source) for one in (token, *(token.children or ()))]


def text_of(source: str) -> str:
    """What Markdown says, once it is seen that none of it is anything but text in places we made."""
    read = tokens(source)
    strays = {one.type for one in read if one.type not in HARMLESS and one.content != CELL}
    assert not strays
    assert all(str(one.attrs["href"]).startswith("#") for one in read if one.type == "link_open")
    return "".join(one.content for one in read if one.type == "text")


def test_markdown_says_every_text_and_obeys_none() -> None:
    for text in TEXTS:
        said, times = everywhere(text)
        assert found(squeezed(text_of(markdown.render(said).decode())), text, times), text


SIGNS = st.text(alphabet="*_`[]()<>&|#-+=.:!\\~^$@{}%\"'/ \n1a\u00a0é—", max_size=24)


@given(SIGNS | st.text(max_size=24), st.sampled_from(["plain", "strong", "emphasis"]))
def test_no_sign_is_markup_wherever_it_stands(text: str, tone: Any) -> None:
    said = inline((Run(text, tone), Run("tail"), Run(text, "strong"), Run(text)), lambda _: "")
    assert squeezed(text_of(said)) == normal(f"{text}tail{text}{text}")
    cell = inline(plain(text), lambda _: "", CELL)
    assert squeezed(text_of(f"| a |\n| --- |\n| {cell} | b |\n")) == f"a{normal(text)}"
    assert squeezed(text_of(f"- {inline(plain(text), lambda _: '')}")) == normal(text)


def test_markdown_links_lead_to_the_headings_there_are() -> None:
    source = markdown.render(compose(northwind())).decode()
    read = PARSER.parse(source)
    titles = [read[at + 1].content for at, token in enumerate(read) if token.type == "heading_open"]
    slugs = {re.sub(r"[^\w\- ]", "", one.replace("\\", "").lower()).replace(" ", "-") for one in titles}
    links = [str(one.attrs["href"]) for one in tokens(source) if one.type == "link_open"]
    assert len(links) > 15
    assert {link[1:] for link in links} <= slugs
    assert "> **DRAFT** This text is not agreed yet." in source
    assert "<" not in source.replace(CELL, "")


def written(data: bytes) -> Any:
    return cast(Any, docx.Document(io.BytesIO(data)))


def test_a_word_document_says_every_text_and_obeys_none() -> None:
    plainly = zipfile.ZipFile(io.BytesIO(word.render(everywhere("Word")[0]))).namelist()
    for text in TEXTS:
        said, times = everywhere(text)
        file = written(word.render(said))
        body = file.element.body
        assert found(squeezed("".join(one.text or "" for one in body.iter(qn("w:t")))), text, times), text
        assert {one.text for one in body.iter(qn("w:instrText"))} == {' TOC \\o "1-1" \\n \\h \\z '}
        names = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
        assert {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} <= names
        assert not [one for one in file.part.rels.values() if one.is_external]
        assert [
            str(part.partname)[1:] for part in file.part.package.iter_parts() if "media" in str(part.partname)
        ] == []
        assert file.core_properties.title == " ".join(shown(text).split())
    assert plainly[0] == "[Content_Types].xml"


def test_a_word_document_is_made_of_what_word_knows() -> None:
    file = written(word.render(compose(northwind()), "letter"))
    headings = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    assert headings[1] == "2\tObjective"
    assert any(one.startswith("Annex A\t") for one in headings)
    tables = [one for one in file.tables if one.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(tables) == len(file.tables) - 2  # the key terms and the ladder
    assert file.tables[-1].rows[0].cells[0].text == "For"
    assert [round(side.inches, 1) for side in (file.sections[0].page_width, file.sections[0].page_height)] == [
        8.5,
        11.0,
    ]
    footer = file.sections[0].footer._element
    assert [one.get(qn("w:instr")).strip() for one in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert "DRAFT" in file.sections[0].header.paragraphs[0].text
    core = file.core_properties
    assert (core.author, core.language, core.content_status) == ("Northwind Traders", "en", "DRAFT")
    assert core.created.isoformat() == "2027-01-01T00:00:00+00:00"


@pytest.mark.parametrize("name", RENDERERS)
def test_a_final_version_says_nothing_of_a_draft(name: str) -> None:
    def said(final: bool) -> str:
        data = RENDERERS[name](document(Clause(plain("Words.")), final=final, status="for signature"))
        if name != "docx":
            return data.decode().partition("<style>")[0] + data.decode().partition("</style>")[2]
        parts = zipfile.ZipFile(io.BytesIO(data))
        return "".join(parts.read(one).decode() for one in parts.namelist() if "styles" not in one)

    assert "DRAFT" in said(False)
    assert "DRAFT" not in said(True)


@pytest.mark.parametrize("name", RENDERERS)
def test_the_same_document_is_the_same_file_and_known_again(name: str) -> None:
    whole = compose(northwind())
    data = RENDERERS[name](whole)
    assert data == RENDERERS[name](compose(northwind()))
    assert standing(data) == "whole"
    assert standing(RENDERERS[name](replace(whole, title="sla-tui export sha256:" + "0" * 64))) == "whole"
    if name == "docx":
        target = io.BytesIO()
        written(data).save(target)
        assert standing(target.getvalue()) == "strange"
    else:
        assert standing(data.replace(b"\n", b"\r\n")) == "whole"
        assert standing(data.replace(b"Objective", b"Purpose")) == "changed"
    assert standing(b"# Notes\n") == "strange"


SCRIPT = """
from hashlib import sha256
from printed import northwind
from sla_tui.publish import docx, html, markdown
from sla_tui.publish.compose import compose
print(*(sha256(one.render(compose(northwind()))).hexdigest() for one in (markdown, html, docx)))
"""


def test_the_same_document_is_the_same_file_in_other_surroundings() -> None:
    given = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LANG": "C", "LC_ALL": "tr_TR.UTF-8", "SOURCE_DATE_EPOCH": "1"}
    command = [sys.executable, "-c", SCRIPT]
    here = Path(__file__).parent
    elsewhere = subprocess.run(command, cwd=here, env=os.environ | given, stdout=subprocess.PIPE, check=True).stdout
    made = [sha256(render(compose(northwind()))).hexdigest() for render in RENDERERS.values()]
    assert elsewhere.decode().split() == made


@pytest.mark.parametrize("name", RENDERERS)
def test_a_document_with_nothing_in_it_and_one_with_much_are_written(name: str) -> None:
    nothing = Document("", "", "", "", "", document().day, False)
    assert RENDERERS[name](nothing)
    rows = tuple((plain(str(at)), plain("text")) for at in range(5000))
    many = tuple(signer(f"s{at}", f"Name {at}") for at in range(500))
    much = document(Table((Column("No"), Column("What")), rows), signers=many, annexes=(Annex((), "", many),))
    data = RENDERERS[name](much)
    text = written(data).element.xml if name == "docx" else data.decode()
    assert all(f"Name {at}" in text for at in range(0, 500, 7))
    assert "4999" in text


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    rows = tuple((plain("3"), plain("word " * 40), plain("Ana Ruiz")) for _ in range(3))
    number, words, name = shares(Table((Column("No"), Column("What"), Column("Who")), rows))
    assert number < name < words
    assert number + words + name == 100
    assert shares(Table((Column(""),), ())) == [100]
    said = shares(Table((Column("No", hangs=True), Column("a", share=0.6), Column("b", share=0.4)), ()))
    assert said[1] > said[2] > said[0]
    assert shares(Table((Column("Topic", share=0.6), Column("Notes", share=0.4)), ())) == [60, 40]
