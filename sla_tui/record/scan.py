"""Reads the shape of TOML text: where each statement, key and value begins and ends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

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
_BARE = r"[A-Za-z0-9_-]++"
_NAME = rf"{_BARE}(?:\.{_BARE})*+"
_SET = rf"(?P<key>{_BARE})[ \t]*+=[ \t]*+(?P<value>\"(?:[^\"\\\n]++|\\.)*+\"|[^\s,\[\]{{}}#=\"']++)"
_TAIL = r"[ \t]*+(?:#[^\n]*+)?\r?(?:\n|\Z)"
# What nearly every line is, in one match: nothing, a comment, a header, or a key and its value, all bare or plain.
_LINE = re.compile(rf"(?P<indent>[ \t]*+)(?:\[\[(?P<item>{_NAME})\]\]|\[(?P<table>{_NAME})\]|{_SET})?{_TAIL}")
_SETTING = re.compile(rf"[ \t]*+{_SET}{_TAIL}")
_REMARKS = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*")


class Unreadable(ValueError):
    """The text is no TOML; ``offset`` is where the thing begins that has no end or no sense."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"no TOML at offset {offset}")
        self.offset = offset


class Node(NamedTuple):
    """A value in the text from ``start`` to ``end``; ``entries`` when it is an array or an inline table."""

    start: int
    end: int
    opener: str = ""
    entries: tuple[Entry, ...] = ()


class Entry(NamedTuple):
    """One element of an array (no path) or one ``key = value`` of an inline table."""

    path: tuple[str, ...]
    start: int
    node: Node


class Statement(NamedTuple):
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


class Stretch(NamedTuple):
    """What stands under one header, which is None above the first.

    Behind ``last`` there are only comments and blank lines, if anything, and the next header begins at ``end``.
    """

    head: Statement | None
    last: int
    end: int


def stretches(text: str) -> Iterator[Stretch]:
    """``text`` cut where its headers stand; quicker than all its ``statements``. Unreadable as there."""
    head: Statement | None = None
    at = last = 0
    while at < len(text):
        while plain := _SETTING.match(text, at):
            at = last = plain.end()
        at = _end(_REMARKS, text, at)
        for statement in statements(text, at, at + 1):
            if statement.opener in ("[", "[["):
                yield Stretch(head, last, at)
                head, last = statement, statement.end
            elif statement.node:
                last = statement.end
            at = statement.end
    yield Stretch(head, last, at)


def statements(text: str, start: int = 0, stop: int | None = None) -> Iterator[Statement]:
    """The statements of ``text`` that begin from ``start`` to ``stop``, in order, nothing left out between them.

    Text that ``tomllib`` accepts is always readable; this reads a little more, so the two are not the same judge.
    Unreadable when the text is no TOML.
    """
    stop = len(text) if stop is None else min(stop, len(text))
    while start < stop:
        if line := _LINE.match(text, start):
            yield _usual(text, line)
            start = line.end()
            continue
        at = _end(_BLANK, text, start)
        opener = text[at : at + 1]
        path: tuple[str, ...] = ()
        node: Node | None = None
        if opener == "[":
            opener = "[[" if text.startswith("[[", at) else "["
            path, behind = _path(text, at + len(opener))
            closer = "]" * len(opener)
            if not text.startswith(closer, behind):
                raise Unreadable(at)
            behind += len(closer)
        elif opener in ("", "\n", "\r", "#"):
            behind = at
            opener = "#" if opener == "#" else ""
        else:
            path, behind = _path(text, at)
            node = _after_equals(text, at, behind)
            behind, opener = node.end, "="
        end = text.find("\n", behind) + 1 or len(text)
        if text[_end(_BLANK, text, behind) : end].rstrip("\r\n")[:1] not in ("", "#"):
            raise Unreadable(at)
        yield Statement(opener, start, at, end, path, node, behind)
        start = end


def _usual(text: str, line: re.Match[str]) -> Statement:
    """The statement of a line that is like nearly every one."""
    start, end = line.span()
    at = line.end("indent")
    what = line.lastgroup
    if what == "value":
        first, stop = line.span("value")
        return Statement("=", start, at, end, (line["key"],), Node(first, stop), stop)
    if what == "indent":
        return Statement("#" if text.startswith("#", at) else "", start, at, end, (), None, at)
    opener = "[[" if what == "item" else "["
    name = line["item"] or line["table"]
    return Statement(opener, start, at, end, tuple(name.split(".")), None, at + len(name) + 2 * len(opener))


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
