"""Text that means harm or merely trouble: all of it is printed, none of it is obeyed."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import document, read, signer, squeezed, texts

from sla_tui.agreement.terms import Agreement
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
    Signer,
    Step,
    Table,
    plain,
)
from sla_tui.publish.compose import compose
from sla_tui.publish.pdf import render
from sla_tui.publish.pdf.glyphs import clean, spell_out

HARMFUL = {
    "tags": "<b>tags</i> & </para><para>",
    "image": '<img src="/etc/hostname" width="10"/>',
    "link": '<a href="javascript:alert(1)">click</a> <link href="http://x.example/">y</link>',
    "console markup": "[bold red]text[/] [@click=app.quit]",
    "entities": "&amp; &lt;b&gt; &#65; &nosuch;",
    "formula": "=cmd|' /C calc'!A0",
    "pdf syntax": r"(\) Tj ET endstream endobj << /JS (app.alert) >>",
    "template": "%(x)s {0} %s ${HOME}",
    "latin and more": "Łódź Ελλάδα Привет ș ğ ≥ ≤ → ✓ ☐ − · – — “ ” €",
    "combining": "e\u0301 a\u030a n\u0303",
}


def everywhere(text: str) -> Document:
    """``text`` in every place a document has for one."""
    blocks = (
        Heading(text, "1"),
        Heading(text, level=2),
        Clause((Run(text, "strong"), Run(text), Run(text, "emphasis"), Run(text, "open")), "1.1"),
        Detail(plain(text)),
        Bullets((plain(text),)),
        Table((Column(text), Column("Points", "right")), ((plain(text), plain("5")), (plain("y"), plain(text)))),
        Clause(plain(text), "1.2"),
    )
    return document(
        *blocks,
        title=text,
        organization=text,
        version=text,
        status=text,
        key_terms=(KeyTerm(text, (plain(text), plain(text)), text),),
        signers=(signer(name=text, party=text), signer("mara")),
    )


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL)
def test_harmful_text_is_printed_as_it_stands(text: str) -> None:
    pdf = render(everywhere(text))
    said = squeezed(unicodedata.normalize("NFC", "".join(texts(pdf))))
    assert said.count(squeezed(unicodedata.normalize("NFC", text))) >= 12
    assert b"/URI" not in pdf
    assert b"/JavaScript" not in pdf
    assert b"/Subtype /Image" not in pdf
    assert all(widget["/Subtype"] == "/Widget" for page in read(pdf).pages for widget in page.get("/Annots", ()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a rocket \U0001f680 here", "arocket[U+1F680]here"),
        ("\U0001f468\u200d\U0001f469", "[U+1F468][U+1F469]"),
        ("\u05e9\u05dc\u05d5\u05dd", "[U+05E9][U+05DC][U+05D5][U+05DD]"),
        ("e\u0323\u0301 x\u030c", "ẹ[U+0301]x[U+030C]"),
        ("สวัสดี", "[U+0E2A][U+0E27][U+0E31][U+0E2A][U+0E14][U+0E35]"),
        ("private \ue000", "private[U+E000]"),
    ],
)
def test_what_no_face_can_draw_is_spelt_out(text: str, shown: str) -> None:
    assert squeezed("".join(texts(render(everywhere(text))))).count(shown) >= 10


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202eevil\u2066 order", "evil order"),
        ("so\u00adft" + "\u00ad" * 5000 + "ly", "softly"),
        ("\x1b[31mred\x07\x00", "[31mred"),
        ("lone \ud800 half", "lone  half"),
        ("star\ufe0f", "star"),
    ],
)
def test_what_cannot_be_seen_is_left_out(text: str, shown: str) -> None:
    assert clean(text) == shown
    assert squeezed("".join(texts(render(everywhere(text))))).count(squeezed(shown)) >= 12


def test_a_word_longer_than_a_page_is_broken_and_whole() -> None:
    pages = texts(render(document(Clause(plain("x" * 20_000), "1.1"), Clause(plain("End."), "1.2"))))
    assert sum(page.count("x") for page in pages) >= 20_000
    assert len(pages) > 4


def test_long_text_in_every_place_is_printed_whole() -> None:
    text = " ".join(f"word{at}" for at in range(400))
    said = " ".join("\n".join(texts(render(everywhere(text)))).split())
    for at in range(400):
        assert len(re.findall(rf"\bword{at}\b", said)) >= 12


def test_a_paragraph_of_any_length_is_printed_whole() -> None:
    text = " ".join(f"w{at}" for at in range(30_000))
    said = " ".join("".join(texts(render(document(Clause(plain(text), "1.1"))))).split())
    assert all(re.search(rf"\bw{at}\b", said) for at in range(0, 30_000, 997))


def test_a_signer_with_a_long_name_is_named_in_full_before_the_block() -> None:
    name = " ".join(f"name{at}" for at in range(200))
    said = " ".join("".join(texts(render(document(Clause(plain("x"), "1"), signers=(signer(name=name),))))).split())
    assert "In full: " in said
    assert all(f"name{at}" in said for at in range(200))


def test_hundreds_of_signers_have_a_block_each_and_put_no_initials() -> None:
    many = tuple(signer(f"s{at}", f"Name {at}") for at in range(500))
    pdf = render(
        document(Clause(plain("x"), "1"), signers=many, annexes=(Annex((Heading("A", "A"),), "ab" * 32, many),))
    )
    assert pdf.count(b"/FT /Sig") == 500
    assert b"initials_" not in pdf


def test_a_figure_whose_names_are_too_long_to_draw_is_said_in_words() -> None:
    steps = (Step("Lead"), Step("name " * 1000))
    for kind, most in (("ladder", steps), ("funnel", steps * 200)):
        said = "".join(texts(render(document(Figure(kind, most, "What it shows, in words.")))))
        assert "What it shows, in words." in said


def test_a_heading_of_any_length_takes_one_line_of_the_contents() -> None:
    heads = [Heading("long " * 1000, str(at), anchor=f"h{at}") for at in range(1, 13)]
    contents = texts(render(document(*heads)))[1]
    assert contents.count("…") == 12
    assert contents.index("Contents") < contents.index("…")


def test_a_document_with_nothing_in_it_is_printed() -> None:
    blank = Signer("s", "", "", "", "")
    nothing = (Heading(""), Clause(()), Bullets(()), Table((), ()), Table((Column(""),), ()), Figure("ladder", (), ""))
    words = dict.fromkeys(("title", "organization", "version", "status", "fingerprint"), "")
    annexes = (Annex(()), Annex((Heading(""),), "ab" * 32, (blank,)))
    terms = (KeyTerm("", ()), KeyTerm("", ((),)))
    assert texts(render(document(*nothing, signers=(blank,), annexes=annexes, key_terms=terms, **words)))


def test_a_defined_word_may_be_a_pattern_a_letter_or_a_part_of_another() -> None:
    words = ("(a|b)*", "[z", "\\", ".*", "x", "lead", "sales lead", "^$")
    terms = [{"id": f"t{at}", "term": word, "meaning": "m"} for at, word in enumerate(words)]
    text = "A sales lead, then leads: (a|b)* or [z; x, not x-ray, ax or leading."
    own = [{"id": "c", "title": "Own", "text": text}]
    made = compose(Agreement.model_validate({"glossary": {"terms": terms}, "custom": own}))
    clause = next(
        one for one in made.blocks if isinstance(one, Clause) and "x-ray" in "".join(run.text for run in one.text)
    )
    assert "".join(run.text for run in clause.text).endswith(text)
    linked = [run.text for run in clause.text if run.to]
    assert linked == ["sales lead", "leads", "(a|b)*", "[z", "x"]


def test_annexes_beyond_the_alphabet_have_two_letters() -> None:
    own = [{"id": f"c{at}", "title": f"Own {at}", "text": "Text."} for at in range(60)]
    header = {"schedules": [one["id"] for one in own]}
    made = compose(Agreement.model_validate({"agreement": header, "custom": own}))
    letters = [block.number for annex in made.annexes for block in annex.blocks if isinstance(block, Heading)]
    assert letters[24:28] == ["Y", "Z", "AA", "AB"]
    assert len(set(letters)) == 60


def test_nothing_that_reads_pictures_is_loaded_to_print() -> None:
    program = "import sys; from sla_tui.agreement.terms import Agreement; from sla_tui.workshop.export import pdf"
    program += "; pdf(Agreement()); sys.exit('PIL._imaging' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_line_breaks_in_text_are_line_breaks_on_the_page() -> None:
    page = texts(render(document(Clause(plain("first\nsecond\r\nthird"), "1.1"))))[1]
    assert "first \nsecond \nthird" in page


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_no_character_is_lost(text: str) -> None:
    from sla_tui.publish import pdf
    from sla_tui.publish.pdf.faces import faces
    from sla_tui.publish.pdf.look import SERIF

    said = squeezed("".join(texts(pdf.render(document(Clause(plain(f"»{text}«"), "1.1"))))))
    drawn = [points for _, points in faces(SERIF)]
    wanted = "".join(c if any(ord(c) in one for one in drawn) else spell_out(c) for c in squeezed(clean(text)))
    assert f"»{wanted}«" in said
