"""Every language the fonts carry: what is printed as it stands, where its lines end, and what is spelt out."""

from __future__ import annotations

from pathlib import Path

import pytest
from printed import document, read, squeezed, texts

from sla_tui.publish.blocks import Clause, Run, plain
from sla_tui.publish.pdf import cjk, coverage, look, render
from sla_tui.publish.pdf.faces import faces, text_width
from sla_tui.publish.pdf.glyphs import parted
from sla_tui.publish.pdf.setting import broken

FACES = (look.SERIF, look.SERIF_STRONG, look.SERIF_EMPHASIS, look.SANS, look.SANS_STRONG)
LETTERS = {
    "signs": "≥≤→✓☐×−–—…“”„«»€£§©™½•·",
    "western": "".join(map(chr, (*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180)))),
    "vietnamese": "ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹƠơƯưĐđ",
    "greek": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωΆΈΉΊΌΎΏάέήίόύώϊϋΐΰᾠἀ",
    "cyrillic": "".join(map(chr, range(0x400, 0x460))) + "ҐґҒғҚқҢңӘәӨөҮүҰұҺһ",
}
CHINESE = "北风贸易公司的潜在客户在两小时内跟进。"


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cjk, "cuts", lambda strong: ())


@pytest.mark.parametrize("letters", LETTERS.values(), ids=LETTERS)
def test_each_shipped_face_or_its_stand_in_has_the_letters_of_europe_and_vietnam(letters: str) -> None:
    for name in FACES:
        held = [points for face, points in faces(name) if face in FACES]
        assert not [char for char in letters if not any(ord(char) in points for points in held)]


def test_the_fonts_licences_are_in_the_package() -> None:
    for face in FACES:
        licence = "OFL-serif.txt" if "Serif" in face else "OFL-sans.txt"
        assert "SIL Open Font License, Version 1.1" in (coverage.shipped(face).parent / licence).read_text("utf-8")


@pytest.mark.parametrize("name", [look.SERIF, look.SANS_STRONG, "SC", "KR"])
def test_what_a_face_has_is_read_as_reportlab_reads_it(name: str) -> None:
    from reportlab.pdfbase.ttfonts import TTFontFace

    found = next((cut.file for cut in cjk.cuts(strong=True) if f"NotoSans{name}" in cut.name), None)
    file: Path = found or coverage.shipped(name)
    held = coverage.code_points(file)
    theirs = set(TTFontFace(str(file)).charToGlyph)
    assert held <= theirs
    assert all(coverage.unicodedata.category(chr(point))[0] == "M" for point in theirs - held)


def test_chinese_japanese_and_korean_are_set_in_the_faces_of_the_extra() -> None:
    said = "优先 日本語のテスト 한국어 ①"
    pdf = render(document(Clause((Run(said), Run(said, "strong")), "1.1"), title=said, language="zh-CN"))
    assert pdf == render(document(Clause((Run(said), Run(said, "strong")), "1.1"), title=said, language="zh-CN"))
    assert squeezed("".join(texts(pdf))).count(squeezed(said)) >= 3
    fonts = {str(font.get_object()["/BaseFont"]) for page in read(pdf).pages for font in _fonts(page)}
    assert {name.partition("+")[2] for name in fonts if "Noto" in name} == {
        *("NotoSansSC-Regular", "NotoSansSC-SemiBold"),
        *("NotoSansKR-Regular", "NotoSansKR-SemiBold"),
    }


def _fonts(page: object) -> list[object]:
    return list(page["/Resources"]["/Font"].values())  # type: ignore[index]


@pytest.mark.parametrize(
    ("language", "first"),
    [("en", "SC"), ("ja", "JP"), ("ja-JP", "JP"), ("ko", "KR"), ("zh-TW", "TC"), ("zh-Hant-HK", "TC"), ("zh", "SC")],
)
def test_ideographs_have_the_shapes_that_readers_of_the_language_know(language: str, first: str) -> None:
    with cjk.written_in(language):
        assert cjk.cuts(strong=False)[0].name == f"NotoSans{first}-Regular"
    assert cjk.cuts(strong=False)[0].name == "NotoSansSC-Regular"


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_they_are_spelt_out() -> None:
    assert coverage.unprinted("in 漢字: a漢") == "漢字"
    assert "[U+6F22][U+5B57]" in squeezed("".join(texts(render(document(Clause(plain("漢字"), "1.1"))))))


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("plain", ""),
        ("Łódź ≥ 95 %\n– “Ελλάδα” 北风 e\u0301", ""),
        ("a 🚀🚀 b", "🚀"),
        ("שלום ש", "שלום"),
        ("x\u030c", "\u030c"),
        ("so\u00adft\u200b", ""),
    ],
)
def test_what_is_not_printed_as_it_stands_is_known_without_printing(text: str, lacking: str) -> None:
    assert coverage.unprinted(text) == lacking


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("潜在客户", "潜|在|客|户"),
        ("跟进（“标准”）。优先", "跟|进|（“标|准”）。|优|先"),
        ("「休日」は除く、マーケット", "「休|日」|は|除|く、|マー|ケッ|ト"),
        ("在24小时内CRM里", "在|24|小|时|内|CRM|里"),
        ("価格は¥500です", "価|格|は|¥500|で|す"),
        ("한국어입니다", "한국어입니다"),
        ("naïve-привет", "naïve-привет"),
        ("x\u030cy", "x\u030c|y"),
    ],
)
def test_a_line_may_end_between_ideographs_but_not_before_what_closes(text: str, parts: str) -> None:
    assert "|".join(parted(text, faces(look.SERIF))) == parts


def test_text_without_spaces_fills_its_lines() -> None:
    lines = broken(plain(CHINESE * 4), look.BODY, 200)
    said = ["".join(segment[2] for segment in line.segments) for line in lines]
    assert "".join(said) == CHINESE * 4
    assert all(200 - 2 * look.BODY.size < line.width <= 200 for line in lines[:-1])
    assert not [line for line in said if line.startswith("。")]
    assert lines[0].width == pytest.approx(sum(text_width(s[2], s[0], look.BODY.size) for s in lines[0].segments))


def test_words_are_found_on_pages_whether_or_not_the_extra_was_there_to_print_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sla_tui.publish.signed.wording import unsaid

    said = document(Clause(plain(f"{CHINESE * 3} 🚀"), "1.1"))
    printed = [[squeezed(page) for page in texts(render(said))]]
    monkeypatch.setattr(cjk, "cuts", lambda strong: ())
    printed.append([squeezed(page) for page in texts(render(said))])
    assert "北" in printed[0][1]
    assert "[U+5317]" in printed[1][1]
    assert not [unsaid(said, pages) for pages in printed if unsaid(said, pages)]
    assert unsaid(document(Clause(plain(f"{CHINESE * 3} 🛑"), "1.1")), printed[0])
