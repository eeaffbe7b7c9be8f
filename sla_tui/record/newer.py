"""Finds what only TOML 1.1 allows: most tools, and Python before 3.15, cannot read it, so no file here may hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sla_tui.record.scan import Node, Unreadable, statements

_ESCAPES = re.compile(r"(?:[^\\]++|\\[^ex])*+\\[ex]")
_NO_SECONDS = re.compile(r"(?:\d{4}-\d\d-\d\d[ Tt])?\d\d:\d\d(?!\d|:)")


def newer_syntax(text: str) -> tuple[int, str, str] | None:
    """Offset, message and remedy of the first TOML 1.1 construct in ``text``, None when there is none.

    Looks no further than the text makes sense.
    """
    try:
        for statement in statements(text):
            if statement.node:
                for offset, message, remedy in _in_node(text, statement.node):
                    return offset, message, remedy
    except (Unreadable, RecursionError):
        pass
    return None


def _in_node(text: str, node: Node) -> Iterator[tuple[int, str, str]]:
    if node.opener:
        if node.opener == "{":
            yield from _in_braces(text, node)
        for entry in node.entries:
            yield from _in_node(text, entry.node)
        return
    raw = text[node.start : node.end]
    if raw[0] == '"' and (found := _ESCAPES.match(raw)):
        escape = raw[found.end() - 2 : found.end()]
        yield (
            node.start + found.end() - 2,
            f"the escape {escape} needs TOML 1.1",
            "write the character itself or \\u00XX",
        )
    elif _NO_SECONDS.match(raw):
        yield node.start, "a time without seconds needs TOML 1.1", "add the seconds, as in 09:00:00"


def _in_braces(text: str, node: Node) -> Iterator[tuple[int, str, str]]:
    """A table in braces ends on the line it begins on, and has no comma after its last value."""
    stop = node.start + 1
    for entry in node.entries:
        gap = text[stop : entry.start]
        if "\n" in gap:
            yield _broken_line(stop + gap.index("\n"))
        stop = entry.node.end
    tail = text[stop : node.end]
    if "\n" in tail:
        yield _broken_line(stop + tail.index("\n"))
    if node.entries and "," in tail.split("#")[0]:
        yield stop + tail.index(","), "a comma after the last value in { } needs TOML 1.1", "remove that comma"


def _broken_line(offset: int) -> tuple[int, str, str]:
    return offset, "a table in { } over several lines needs TOML 1.1", "put it on one line, or write it as a [table]"
