"""Bytes to text to plain values: the one judge of whether a file is TOML, in words a person can act on."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from sla_tui.agreement.errors import Fault, InvalidFile, Place
from sla_tui.record.markers import unsettled
from sla_tui.record.newer import newer_syntax
from sla_tui.record.refusal import refusal
from sla_tui.record.scan import statements

BOM = "\ufeff"
_DEEP = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){64}""")
_WIDE = re.compile(r"\d[\d_]{18}|0x[0-9A-Fa-f_]{16}|0o[0-7_]{21}|0b[01_]{63}")
_LONG_NUMBER = re.compile(r"(?<![\w\"'])[+-]?\d[\d_]{3000,}")
_UTF8 = "save it as UTF-8 in your editor"


def decode(data: bytes, file: str) -> str:
    """The text of a file's bytes, its byte order mark and line ends kept. InvalidFile when it is not UTF-8 text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise _fault(file, 1, 1, "the file is in UTF-16 or UTF-32, and TOML is UTF-8", _UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        place = line_and_column(before, len(before))
        byte = data[error.start]
        raise _fault(
            file, *place, f"the byte 0x{byte:02x} is not UTF-8 text", f"{_UTF8} (it may be Windows-1252 now)"
        ) from None
    if "\0" in text:
        raise _fault(
            file, *line_and_column(text, text.index("\0")), "there is a NUL byte, so this is no text file", _UTF8
        )
    return text


def read_toml(text: str, file: str) -> dict[str, Any]:
    """What ``text`` holds as plain values. InvalidFile, with line and column, when it is not TOML 1.0."""
    body = text.removeprefix(BOM)
    if conflicts := unsettled(body):
        raise InvalidFile(tuple(_unsettled(body, file, one.start) for one in conflicts))
    if any(line.count(".") > 64 for line in body.split("\n")) and (deep := _DEEP.search(body)):
        raise _fault(file, *line_and_column(body, deep.start()), "a key has more than 64 parts", "use fewer")
    try:
        data = tomllib.loads(body)
    except tomllib.TOMLDecodeError as error:
        at, message, fix = refusal(body, str(error))
        raise _fault(file, *line_and_column(body, at), message, fix) from None
    except RecursionError:
        raise _fault(
            file, *_deepest(body), "lists or braces are nested too deeply", "remove some of the brackets"
        ) from None
    except ValueError:
        found = _LONG_NUMBER.search(body)
        place = line_and_column(body, found.start() if found else 0)
        raise _fault(file, *place, "a number has too many digits", "shorten it") from None
    if _WIDE.search(body) and (wide := _wide_number(body)) is not None:
        raise _fault(
            file, *line_and_column(body, wide), "a number is beyond 64 bits", "shorten it, or put it in quotes"
        )
    if _READS_NEWER and (newer := newer_syntax(body)):
        raise _fault(file, *line_and_column(body, newer[0]), newer[1], newer[2])
    return data


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character of ``text``; a byte order mark takes no column."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1 - text.startswith(BOM, start, offset)


def _fault(file: str, line: int, column: int, message: str, fix: str) -> InvalidFile:
    return InvalidFile((Fault(message, fix, "", Place(file, line, column)),))


def _unsettled(text: str, file: str, start: int) -> Fault:
    fix = "keep what is right of the two sides and delete the lines with <<<<<<<, |||||||, ======= and >>>>>>>"
    return Fault("a merge is not settled here", fix, "", Place(file, *line_and_column(text, start)))


def _reads_newer() -> bool:
    try:
        tomllib.loads("a = { b = 1, }")
    except tomllib.TOMLDecodeError:
        return False
    return True


_READS_NEWER = _reads_newer()
"""Whether this Python's tomllib accepts TOML 1.1, which is refused here on every Python."""


def _wide_number(text: str) -> int | None:
    """Where the first whole number stands that no other TOML tool could hold."""
    nodes = [statement.node for statement in statements(text) if statement.node]
    while nodes:
        node = nodes.pop()
        nodes.extend(entry.node for entry in node.entries)
        if _WIDE.match(text, node.start + (text[node.start] in "+-"), node.end):
            try:
                number = int(text[node.start : node.end], 0)
            except ValueError:
                continue
            if not -(2**63) <= number < 2**63:
                return node.start
    return None


def _deepest(text: str) -> tuple[int, int]:
    """About where brackets nest too deeply: behind the first long run of open ones."""
    depth = 0
    for found in re.finditer(r"[\[{\]}]", text):
        depth = max(0, depth + (1 if found[0] in "[{" else -1))
        if depth > 100:
            return line_and_column(text, found.start())
    return 1, 1
