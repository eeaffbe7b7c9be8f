"""The comments of a TOML text and what each belongs to, so that they can be written into another layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sla_tui.record.layout import Path, Section, sections
from sla_tui.record.scan import Node, Statement, statements

Block = tuple[str, ...]
"""Comment lines that stand together."""
Where = Literal["top", "apart", "above", "beside", "foot", "below", "bottom"]
"""How a comment stands to what it belongs to.

``above`` it, ``beside`` it on its line, ``apart`` from it with a blank line between; at the ``foot`` of an array,
behind its last element; ``below`` all statements of a table; at the ``top`` or the ``bottom`` of the file.
"""
_COMMENT = re.compile(r"#[^\n]*")


@dataclass(frozen=True, slots=True)
class Note:
    """Comment lines, and the path of what they belong to."""

    where: Where
    path: Path
    lines: Block


def notes_of(text: str) -> Iterator[Note]:
    """The comments of ``text`` in order. It is TOML that ``read_toml`` accepts, with line feeds only."""
    held = sections(text)
    for at, section in enumerate(held):
        if section.path is not None:
            yield from _of_section(text, section, section.path)
            continue
        after = next((one.path for one in held[at:] if one.path is not None), None)
        where: Where = "top" if at == 0 else "bottom" if after is None else "apart"
        yield from (Note(where, after or (), block) for block in blocks_in(section.text))


def _of_section(text: str, section: Section, path: Path) -> Iterator[Note]:
    if section.statement:
        size = section.statement.end - section.statement.start
        yield from _of_statement(text, path, section.statement, section.head[: len(section.head) - size])
    for at, line in enumerate(section.lines):
        if line.path is not None and line.statement:
            yield from _of_statement(text, line.path, line.statement, line.lead)
            continue
        after = next((one.path for one in section.lines[at:] if one.path is not None), None)
        for block in blocks_in(line.text):
            yield Note("below", path, block) if after is None else Note("apart", after, block)


def _of_statement(text: str, path: Path, statement: Statement, lead: str) -> Iterator[Note]:
    yield from (Note("above", path, block) for block in blocks_in(lead))
    if statement.node:
        yield from _within(text, path, statement.node)
    if tail := text[statement.stop : statement.end].strip():
        yield Note("beside", path, (tail,))


def _within(text: str, path: Path, node: Node) -> Iterator[Note]:
    """The comments between the elements of an array, and those in the arrays within it."""
    if not node.opener:
        return
    stop, before = node.start + 1, None
    for at, entry in enumerate(node.entries):
        here = path + (entry.path or (at,))
        yield from _between(text[stop : entry.start], before, Note("above", here, ()))
        yield from _within(text, here, entry.node)
        stop, before = entry.node.end, here
    yield from _between(text[stop : node.end], before, Note("foot", path, ()))


def _between(gap: str, before: Path | None, else_: Note) -> Iterator[Note]:
    """Shares out the comments of a gap: the one on the line of the element ``before`` it is that one's."""
    line_end = gap.find("\n")
    for found in _COMMENT.finditer(gap):
        line = (found[0].rstrip(" \t"),)
        beside = before is not None and found.start() < line_end
        yield Note("beside", before or (), line) if beside else Note(else_.where, else_.path, line)


def blocks_in(text: str) -> list[Block]:
    """The comment lines of a text without statements, parted where blank lines part them."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if comment := line.strip(" \t"):
            found[-1].append(comment)
        elif found[-1]:
            found.append([])
    return [tuple(block) for block in found if block]


def comments(text: str) -> Counter[str]:
    """Every comment of a text, and how often it stands there."""
    return Counter(one.rstrip(" \t\r\n") for statement in statements(text) for one in _comments(text, statement))


def _comments(text: str, statement: Statement) -> Iterator[str]:
    if statement.node:
        yield from _inner(text, statement.node)
    if tail := text[statement.stop : statement.end].strip():
        yield tail


def _inner(text: str, node: Node) -> Iterator[str]:
    if not node.opener:
        return
    stop = node.start
    for entry in node.entries:
        yield from _COMMENT.findall(text, stop, entry.start)
        yield from _inner(text, entry.node)
        stop = entry.node.end
    yield from _COMMENT.findall(text, stop, node.end)
