"""Why a text is no TOML: what tomllib says of it, in words a person can act on, at the place where the mistake is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from sla_tui.record.markers import is_marker
from sla_tui.record.newer import newer_syntax
from sla_tui.record.scan import Entry, Node, Statement, Unreadable, statements

_AT = re.compile(r"^(?P<message>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.DOTALL)
_CHARACTER = re.compile(r"(?:Illegal|Found invalid) character (?P<quote>['\"])(?P<character>.*)(?P=quote)", re.DOTALL)
_TWICE = re.compile(r"Cannot declare .* twice|Cannot overwrite a value|Duplicate inline table key .*", re.DOTALL)
_COMPLETE = re.compile(r"Cannot (?:mutate immutable|redefine) namespace.*", re.DOTALL)
_ESCAPE = re.compile(r"Unescaped '\\' in a string|Invalid hex value|Escaped character is not a Unicode scalar value")
_OPEN = re.compile(r"Expected newline or end .*|Expected '='.*|Unclosed .*|Invalid (?:value|statement|initial .*)")
"""Where something is not as expected. The mistake may be before that: a quote or a bracket that is not closed."""
_BARE = re.compile(r"[^\s,\[\]{}#=\"']+")
_LONGEST = 100
"""No number and no day is longer, in characters."""
_LARGE = 2**20
"""In a text with more characters nothing is looked up but the place."""
_DAY_OR_TIME = re.compile(r"\d+-\d|\d\d?:\d")
_NUMBER = re.compile(r"[+\-.]*\d")
_QUOTES = "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2032\u2033\u00b4`"

# What tomllib says, as a pattern, and what a person is told instead: message, remedy.
_WORDS: tuple[tuple[str, str, str], ...] = (
    (r"Expected '=' after a key.*", "an = is missing after the key", 'a line is key = value, such as title = "SLA"'),
    (
        r"Expected newline or end of document after a statement",
        "the value or the table's name ends before this, and more follows on the line",
        "put text in double quotes, one key on a line, and # before a comment",
    ),
    (
        r"Expected '\]+' at the end of (?:a table|an array) declaration",
        "the ] that closes the table's name is missing",
        'write [name] or [[name]] alone on its line, with "quotes" around a name with blanks',
    ),
    (r"Unclosed array", "a comma or the closing ] of a list is missing", "check the list that is open here"),
    (r"Unclosed inline table", "a comma or the closing } is missing", "check the braces that are open here"),
    (
        r"Unterminated string|Expected \"['\\\"]+\"|Expected '['\\\"]+'",
        "a text has no closing quote",
        "add the same quotes at its end",
    ),
    (
        r"Unescaped '\\' in a string",
        "a \\ in a text in double quotes starts an escape, and this is none",
        "write \\\\ for the character itself, or put the text in 'single quotes'",
    ),
    (
        r"Invalid hex value|Escaped character is not a Unicode scalar value",
        "the \\u escape names no character",
        "write the character itself, or \\\\ for a \\",
    ),
    (
        r"Invalid initial character for a key part",
        "a key is missing or has a character that needs quotes",
        'keys are letters, digits, _ and -; put others in "quotes"',
    ),
    (
        r"Invalid value",
        "this is not written as TOML has it",
        'put text in double quotes, such as title = "SLA"; true and false are lower case',
    ),
    (r"Invalid statement", "this is no line of TOML", "a line is key = value, [table] or # comment"),
)
_NO_SUCH_TIME = ("there is no such day or time", "a date is written 2027-01-31, a time 09:00:00")
_NO_NUMBER = (
    "this is not written as a number",
    "write numbers as 5, 1000, -3 or 0.5, without zeros before them, and put text in double quotes",
)


class Refusal(NamedTuple):
    """Where in the text the mistake is, what it is, and what to do."""

    offset: int
    message: str
    fix: str


def refusal(text: str, said: str) -> Refusal:
    """tomllib's refusal of ``text``, which it ``said``, put in words and given a place."""
    shape = _Shape(text)
    found = _AT.match(said)
    message = found["message"] if found else said
    if found and found["line"]:
        at = _offset(text, int(found["line"]), int(found["column"]))
    else:
        at = _unclosed(text)
        if not message.startswith("Expected"):
            message = {"[": "Unclosed array", "{": "Unclosed inline table"}.get(text[at : at + 1], message)
    begins, ends = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    if is_marker(text[begins : ends if ends >= 0 else len(text)]):
        return Refusal(begins, "a merge left this line", "delete it once both sides are settled")
    newer = newer_syntax(text) if shape.small else None
    if newer and text.count("\n", 0, newer[0]) <= text.count("\n", 0, at):
        return Refusal(*newer)
    if _TWICE.fullmatch(message) or _COMPLETE.fullmatch(message):
        return _again(shape, at, complete=not _TWICE.fullmatch(message))
    if _ESCAPE.fullmatch(message):
        at = max(begins, text.rfind("\\", 0, at))
    return _odd(shape, at, message) or Refusal(at, *_in_words(message, _opened(shape, at, message)))


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at + column - 1


def _in_words(message: str, opened: str) -> tuple[str, str]:
    found = _CHARACTER.fullmatch(message)
    if found:
        if found["character"] == r"\r":
            return _character("\r")
        if found["character"] == r"\n":
            return "a text has no closing quote on its line", 'add it, or use """ for text over several lines'
        return f"the character {found['character']} may not stand here", "remove it"
    if message == "Invalid date or datetime":
        return _NO_SUCH_TIME
    for pattern, words, fix in _WORDS:
        if re.fullmatch(pattern, message, re.DOTALL):
            return f"{words}{opened}", fix
    return f"this is not TOML: {message}", "compare with a line that works"


def _odd(shape: _Shape, at: int, message: str) -> Refusal | None:
    """What is odd in the text where tomllib only says that it expected something else."""
    if not _OPEN.fullmatch(message):
        return None
    text, here = shape.text, shape.text[at : at + 1]
    if here in _QUOTES and here:
        return Refusal(at, f"{here} is no quote that TOML knows", "write straight quotes: \"text\" or 'text'")
    if here not in ("", "\n", "\t", " ") and (not here.isprintable() or here.isspace()):
        return Refusal(at, *_character(here))
    start = at
    while start > max(0, at - _LONGEST) and _BARE.match(text, start - 1):
        start -= 1
    word = _BARE.match(text, start, at + _LONGEST)
    goes_on = start < at and message.startswith(("Expected newline", "Unclosed"))
    if word and (goes_on or message == "Invalid value"):
        if _DAY_OR_TIME.match(word[0]):
            return Refusal(start, *_NO_SUCH_TIME)
        if _NUMBER.match(word[0]):
            return Refusal(start, *_NO_NUMBER)
    if message == "Invalid value" and (not here or here in "\n#,=]}"):
        fix = "write one, or leave the line out where there is no answer yet"
        return Refusal(at, f"a value is missing{_opened(shape, at, message)}", fix)
    return None


def _character(character: str) -> tuple[str, str]:
    if character == "\r":
        return "a lone carriage return stands here", "end lines with a line feed, or with both"
    name = unicodedata.name(character, "").lower()
    said = f"U+{ord(character):04X}{f', {name},' if name else ''}"
    return f"the character {said} may not stand here", "remove it, or write a plain blank"


def _opened(shape: _Shape, at: int, message: str) -> str:
    """In which line the statement begins, where that is not the line at hand."""
    if not _OPEN.fullmatch(message):
        return ""
    start = shape.begins(at)
    return f" (part of what begins in line {shape.line(start)})" if "\n" in shape.text[start:at] else ""


class _Shape:
    """The statements of a text as far as they can be read; none of a very large one, which would take long."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.small = len(text) <= _LARGE

    def statements(self) -> Iterator[Statement]:
        """The statements before anything that cannot be read."""
        if self.small:
            with suppress(Unreadable, RecursionError):
                yield from statements(self.text)

    def around(self, at: int) -> Statement | None:
        """The statement in which a place lies, or at whose end."""
        return next((one for one in self.statements() if one.start <= at < one.end or one.stop == at), None)

    def begins(self, at: int) -> int:
        """Where the statement begins in which a place lies, also where it cannot be read to its end."""
        end = 0 if self.small else at
        for one in self.statements():
            if one.start <= at < one.end:
                return one.at
            end = one.end
        return end

    def line(self, at: int) -> int:
        """The line of a place, from 1."""
        return self.text.count("\n", 0, at) + 1


def _unclosed(text: str) -> int:
    """Where the thing begins that the end of the text leaves open; else the end."""
    try:
        for _ in statements(text):
            pass
    except Unreadable as error:
        return error.offset
    except RecursionError:
        pass
    return len(text)


# -- what stands there a second time


def _again(shape: _Shape, at: int, complete: bool) -> Refusal:
    """What is said again, with the line that said it first where that is plain."""
    statement = shape.around(at)
    if statement is None:
        return Refusal(at, "this stands here a second time", "remove one of the two")
    entry = next((one for one in _entries(statement.node) if one.node.end == at), None)
    start, path = (entry.start, entry.path) if entry else (statement.at, statement.path)
    what = f"{'key' if statement.node else 'table'} {'.'.join(path)}"
    if complete and statement.opener.startswith("["):
        return Refusal(start, f"the {what} is complete elsewhere", "put what it holds there")
    if complete:
        return Refusal(start, f"the {what} belongs to a table that is complete elsewhere", "put it where that stands")
    first = None if entry else _first(shape, statement)
    line = f" (first in line {shape.line(first)})" if first is not None else ""
    fix = "remove or rename one of the two" if statement.node else "join the two or rename one"
    return Refusal(start, f"the {what} stands here a second time{line}", fix)


def _entries(node: Node | None) -> Iterator[Entry]:
    for entry in node.entries if node else ():
        yield entry
        yield from _entries(entry.node)


def _first(shape: _Shape, again: Statement) -> int | None:
    """Where the same key stands before it in the same table, or the same table before it."""
    found: int | None = None
    for one in shape.statements():
        if one.start >= again.start:
            break
        if again.node and one.opener.startswith("["):
            found = None
        elif one.path == again.path and one.opener == again.opener and found is None:
            found = one.at
    return found
