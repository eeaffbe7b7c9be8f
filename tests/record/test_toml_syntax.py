"""Reading TOML: version 1.0 and nothing else, and every refusal with line, column and a remedy."""

from __future__ import annotations

import tarfile
from functools import cache
from pathlib import Path

import pytest

from sla_tui.agreement.errors import InvalidFile
from sla_tui.record import syntax
from sla_tui.record.layout import sections
from sla_tui.record.newer import newer_syntax
from sla_tui.record.scan import statements
from sla_tui.record.syntax import BOM, decode, read_toml

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "toml-test.tar.gz"


@cache
def corpus() -> dict[str, bytes]:
    if not CORPUS.exists():
        pytest.skip("the public TOML corpus is not here")
    with tarfile.open(CORPUS) as archive:
        members = [(member.name, archive.extractfile(member)) for member in archive if member.isfile()]
        return {name.removeprefix("toml-test/tests/"): file.read() for name, file in members if file}


def joined(text: str, read: bool = False) -> str:
    """A text from its sections, with or without their lines read."""
    held = sections(text)
    if read:
        assert all(one.path is not None or not one.lines for one in held)
    return "".join(one.text for one in held)


def listed(version: str) -> list[str]:
    return [name for name in corpus()[f"files-toml-{version}"].decode().split() if name.endswith(".toml")]


def refusal(text: str) -> InvalidFile:
    with pytest.raises(InvalidFile) as caught:
        read_toml(text, "agreement.toml")
    return caught.value


def test_every_invalid_file_of_the_public_corpus_gets_one_fault_with_line_and_column() -> None:
    for name in listed("1.0.0"):
        if name.startswith("invalid/"):
            with pytest.raises(InvalidFile) as caught:
                read_toml(decode(corpus()[name], name), name)
            (fault,) = caught.value.faults
            assert fault.place.file == name
            assert fault.place.line > 0
            assert fault.place.column > 0
            assert "this is not TOML:" not in fault.message


def test_every_valid_file_of_the_public_corpus_is_read_and_cut_into_statements() -> None:
    for name in listed("1.0.0"):
        if name.startswith("valid/"):
            text = decode(corpus()[name], name)
            read_toml(text, name)
            body = text.removeprefix(BOM)
            assert "".join(body[one.start : one.end] for one in statements(body)) == body
            assert joined(body) == joined(body, read=True) == body
            assert newer_syntax(body) is None


def test_newer_syntax_is_found_whatever_this_python_reads() -> None:
    newer = [
        name
        for name in set(listed("1.1.0")) - set(listed("1.0.0"))
        if name.startswith("valid/") and not name.startswith("valid/spec-1.1.0")
    ]
    assert newer
    for name in newer:
        assert newer_syntax(corpus()[name].decode()) is not None


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a = { b = 1, }", (1, 12), "a comma after the last value"),
        ("x = 0\na = {\n b = 1 }", (2, 6), "several lines"),
        ("a = { # c\n b = 1 }", (1, 10), "several lines"),
        (r'a = "\e"', (1, 6), r"\e"),
        (r'a = "é\\ \x41"', (1, 10), r"\x"),
        ("a = 09:30", (1, 5), "seconds"),
        ("a = 2027-01-01 09:30", (1, 5), "seconds"),
        ("a = [1, { b = [09:30] }]", (1, 16), "seconds"),
    ],
)
def test_toml_1_1_is_refused(monkeypatch: pytest.MonkeyPatch, text: str, place: tuple[int, int], words: str) -> None:
    error = refusal(text)
    assert (error.place.line, error.place.column) == place
    assert words in error.message
    monkeypatch.setattr(syntax, "_READS_NEWER", True)
    monkeypatch.setattr(syntax.tomllib, "loads", lambda _: {})
    assert str(refusal(text)) == str(error)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a = 1\nb == 2", (2, 4), "value"),
        ("[t]\nb = 0\n[a]\nb = 1\nb = [\n2]", (5, 1), "the key b stands here a second time (first in line 4)"),
        ("[a]\n[b]\n[a]", (3, 1), "the table a stands here a second time (first in line 1)"),
        ("a = { b = 1, c = [\n2], b = 3 }", (2, 5), "the key b stands here a second time; "),
        ("a.b = 1\n[a]\nb = 2", (2, 1), "the table a "),
        ("a = { b = 1 }\na.c = 2", (2, 1), "the key a.c belongs to a table that is complete"),
        ("a = hello", (1, 5), "double quotes"),
        ("title = Sales", (1, 9), "double quotes"),
        ('a = "open\nb = 1', (1, 10), "closing quote"),
        ('a = 1\nb = """open\nmore', (2, 5), "closing quote"),
        ("a = [1,\n  2\nb = 3", (3, 1), "closing ]"),
        ("a = 1\nb = [1,", (2, 5), "closing ]"),
        ("a = 2027-02-30", (1, 5), "no such day"),
        ("a 1", (1, 3), "="),
        ("[a", (1, 1), "closes the table's name"),
        ('p = "C:\\data"', (1, 8), "single quotes"),
        ('p = "C:\\users"', (1, 8), "names no character"),
        ("a = \nb = 2", (1, 5), "a value is missing; write one, or leave the line out"),
        ("a = \u201cSLA\u201d", (1, 5), "straight quotes"),
        ("a =\u00a01", (1, 4), "U+00A0, no-break space, may not stand here"),
        ("\fa = 1", (1, 1), "U+000C may not stand here"),
        ("a = 1\n\rb = 2", (2, 1), "carriage return"),
        ("a = 2027-13-01", (1, 5), "no such day"),
        ("a = [25:00:00]", (1, 6), "no such day or time"),
        ("a = [1 2]", (1, 8), "a comma or the closing ]"),
        ("a = []\n[[a]]", (2, 1), "the table a is complete elsewhere"),
        ("[a] b = 1", (1, 5), "ends before this"),
        ("a = 007", (1, 5), "without zeros before them"),
        ("a = .5", (1, 5), "write numbers as"),
        ("a = 95 %", (1, 8), "double quotes"),
        ("a = [\n  1,\n\n[b]\nc = 2", (4, 2), "has it (part of what begins in line 1)"),
        ('a = 1\nb = """x\nc = 2\nd = """y"""', (4, 8), "ends before this, and more follows"),
        ("b = '''x\nc = 2\nd = '''y'''", (3, 8), "(part of what begins in line 1)"),
        ("[a b]\nc = 1", (1, 4), "a name with blanks"),
        ("a = 1 b = 2", (1, 7), "one key on a line"),
        ("a = 1\rb = 2", (1, 6), "line"),
        ("# \x07\na = 1", (1, 3), "may not stand here"),
    ],
)
def test_a_syntax_error_is_said_in_words_with_its_place(text: str, place: tuple[int, int], words: str) -> None:
    error = refusal(text)
    assert (error.place.line, error.place.column) == place
    assert words in str(error)
    assert error.remedy


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        ("a = 1\nb = 'caf\u00e9'\n".encode("cp1252"), (2, 9), "0xe9"),
        ("a = 1".encode("utf-16"), (1, 1), "UTF-16"),
        ("a = 1".encode("utf-16-be"), (1, 1), "NUL"),
        (b"a = 1\nb = '\x00'", (2, 6), "NUL"),
        ("\ufeffa = '\u00e9".encode() + b"\xff", (1, 7), "0xff"),
    ],
)
def test_bytes_that_are_no_utf8_text_are_named_with_their_place(
    data: bytes, place: tuple[int, int], words: str
) -> None:
    with pytest.raises(InvalidFile) as caught:
        decode(data, "agreement.toml")
    assert (caught.value.place.line, caught.value.place.column) == place
    assert words in caught.value.message
    assert "UTF-8" in str(caught.value)


def test_a_byte_order_mark_is_tolerated_and_takes_no_column() -> None:
    assert read_toml(decode("\ufeffa = 1\n".encode(), "f"), "f") == {"a": 1}
    assert refusal("\ufeffa = x").place.column == 5


@pytest.mark.parametrize("opener", ["[", "{a=", "[[[[["])
def test_deep_nesting_is_a_fault_not_a_crash(opener: str) -> None:
    error = refusal("b = 1\na = " + opener * 5000)
    assert error.place.line == 2


def test_a_key_of_very_many_parts_is_refused_at_once() -> None:
    assert "64 parts" in refusal("x = 1\n" + "a." * 500_000 + "a = 1").message


def test_a_number_of_very_many_digits_is_refused_with_its_place() -> None:
    error = refusal("x = 1\ny = " + "9" * 10_000)
    assert (error.place.line, error.place.column) == (2, 5)


@pytest.mark.parametrize("number", ["9223372036854775808", "-9_223_372_036_854_775_809", "0x" + "f" * 5000])
def test_a_number_beyond_64_bits_is_refused_with_its_place(number: str) -> None:
    error = refusal(f"x = 1\ny = [1, {number}]")
    assert (error.place.line, error.place.column) == (2, 9)


def test_the_widest_numbers_and_digits_in_text_are_read() -> None:
    text = "a = 9223372036854775807\nb = -9223372036854775808\nc = '99999999999999999999'\nd = 99999999999999999999.5\n"
    assert read_toml(text, "f")["b"] == -(2**63)


def test_megabytes_are_read_or_refused_without_delay() -> None:
    assert len(read_toml("".join(f"k{i} = [\n [1, 2],\n]\n" for i in range(30_000)), "f")) == 30_000
    assert refusal("a = '" + "x" * 5_000_000).place.line == 1
    assert refusal("[" * 5_000_000).place.line == 1
    assert refusal("x" * 5_000_000).place.line == 1
    assert refusal('"' * 5_000_000).place.line == 1
