"""Reads the shape of TOML text: where each statement, key and value begins and ends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]++|#[^\n]*)*+")
_KEY = re.compile(r'"(?:[^"\\\n]++|\\.)*+"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')
# Before Python 3.11.5 a possessive group with a lookahead or a counted repeat inside loses its place (gh-106052).
_SCALAR = re.compile(
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']++|'{1,2}(?!'))*'{3,5}"
    r'|"(?!"")(?:[^"\\\n]++|\\.)*+"'
    r"|'(?!'')[^'\n]*+'"
    r"|\d{4}-\d\d-\d\d[ Tt]\d\d:[^\s,\[\]{}#]*+"
    r"|[^\s,\[\]{}#=\"']++"
)


class Unreadable(ValueError):
    """The text is no TOML; ``offset`` is where the thing begins that has no end or no sense."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"no TOML at offset {offset}")
        self.offset = offset


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value in the text from ``start`` to ``end``; ``entries`` when it is an array or an inline table."""

    start: int
    end: int
    opener: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One element of an array (no path) or one ``key = value`` of an inline table."""

    path: tuple[str, ...]
    start: int
    node: Node


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """One whole statement with its line end: ``[table]``, ``[[table]]``, ``key = value``, a comment or a blank line.

    ``opener`` is ``[``, ``[[``, ``=``, ``#`` or empty; ``start`` lies before its indentation, ``at`` after it; from
    ``stop`` on there is only a comment, if anything.
    """

    opener: str
    start: int
    at: int
    end: int
    path: tuple[str, ...] = ()
    node: Node | None = None
    stop: int = 0


def statements(text: str) -> Iterator[Statement]:
    """Every statement of ``text`` in order, nothing left out between them. Unreadable when the text is no TOML.

    Text that ``tomllib`` accepts is always readable; this reads a little more, so the two are not the same judge.
    """
    start = 0
    while start < len(text):
        at = _end(_BLANK, text, start)
        opener = text[at : at + 1]
        path: tuple[str, ...] = ()
        node: Node | None = None
        if opener == "[":
            opener = "[[" if text.startswith("[[", at) else "["
            path, stop = _path(text, at + len(opener))
            closer = "]" * len(opener)
            if not text.startswith(closer, stop):
                raise Unreadable(at)
            stop += len(closer)
        elif opener in ("", "\n", "\r", "#"):
            stop = at
            opener = "#" if opener == "#" else ""
        else:
            path, stop = _path(text, at)
            node = _after_equals(text, at, stop)
            stop, opener = node.end, "="
        end = text.find("\n", stop) + 1 or len(text)
        if text[_end(_BLANK, text, stop) : end].rstrip("\r\n")[:1] not in ("", "#"):
            raise Unreadable(at)
        yield Statement(opener, start, at, end, path, node, stop)
        start = end


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _path(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """The dotted key that begins at or after ``start``, and the offset behind it and its blanks."""
    parts: list[str] = []
    while True:
        found = _KEY.match(text, _end(_BLANK, text, start))
        if not found:
            raise Unreadable(start)
        parts.append(_unquoted(found[0]))
        start = _end(_BLANK, text, found.end())
        if not text.startswith(".", start):
            return tuple(parts), start
        start += 1


def _unquoted(key: str) -> str:
    if key[0] not in "\"'":
        return key
    if "\\" not in key:
        return key[1:-1]
    try:
        return tomllib.loads(f"k = {key}")["k"]
    except tomllib.TOMLDecodeError:
        return key


def _after_equals(text: str, at: int, stop: int) -> Node:
    if not text.startswith("=", stop):
        raise Unreadable(at)
    return _value(text, _end(_BLANK, text, stop + 1))


def _value(text: str, start: int) -> Node:
    opener = text[start : start + 1]
    if opener not in ("[", "{"):
        found = _SCALAR.match(text, start)
        if not found:
            raise Unreadable(start)
        return Node(start, found.end())
    closer = "]" if opener == "[" else "}"
    entries: list[Entry] = []
    stop = _end(_GAP, text, start + 1)
    while not text.startswith(closer, stop):
        if stop == len(text):
            raise Unreadable(start)
        if opener == "[":
            path, node = (), _value(text, stop)
        else:
            path, behind = _path(text, stop)
            node = _after_equals(text, stop, behind)
        entries.append(Entry(path, stop, node))
        stop = _end(_GAP, text, node.end)
        if text.startswith(",", stop):
            stop = _end(_GAP, text, stop + 1)
        elif not text.startswith(closer, stop):
            raise Unreadable(start)
    return Node(start, stop + 1, opener, tuple(entries))
