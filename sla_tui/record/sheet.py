"""A text as named pieces: each statement with its comments, to be found again in another version of the file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from sla_tui.record.layout import Line, Path, Section, sections
from sla_tui.record.pairing import is_table

Name = tuple[str, ...]
"""Keys, and ids of entries; an entry without an id is called by its place."""

HEAD: Name = ("",)
"""What a section's header is called among its pieces."""
FIRST: Name = ("", "first")
LAST: Name = ("", "last")
"""The parts that hold the file's first and last comments."""

_HEADER = re.compile(r"""[ \t]*+\[\[?(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\]"'#\n])*\]\]?""")


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement: the blank lines and standing comments above it, the comments it owns, and its own parts.

    ``start`` is all up to its value, ``tail`` all behind it; a header has no value.
    """

    gap: str = ""
    lead: str = ""
    start: str = ""
    value: str = ""
    tail: str = ""

    @property
    def body(self) -> str:
        """The statement itself."""
        return self.start + self.value + self.tail

    @property
    def text(self) -> str:
        """All of it."""
        return self.gap + self.lead + self.body


Part = dict[Name, Piece]
"""What stands under one header, the header first."""


@dataclass(slots=True)
class Sheet:
    """The parts of a text by name, ``()`` for the keys above the first header; ``items`` are entries of lists."""

    parts: dict[Name, Part] = field(default_factory=lambda: {})
    items: set[Name] = field(default_factory=lambda: set())

    @property
    def text(self) -> str:
        """The text."""
        return "".join(piece.text for part in self.parts.values() for piece in part.values())


def sheet(text: str) -> Sheet:
    """The pieces of a text that is TOML and ends each line with a line feed; joined, they are the text again."""
    data = tomllib.loads(text)
    made = Sheet()
    gap = ""
    for i, section in enumerate(sections(text)):
        if section.path is None and i == 0:
            made.parts[FIRST] = {HEAD: Piece(section.text)}
        elif section.path is None:
            gap += section.text
        else:
            name = _named(data, section.path)
            part: Part = {}
            if section.statement:
                part[HEAD], gap = _header(section, text, gap), ""
                if section.statement.opener == "[[":
                    made.items.add(name)
            for line in section.lines:
                if line.path is None:
                    gap += line.lead
                else:
                    part[_named(data, line.path)], gap = _assignment(line, text, gap), ""
            made.parts[name] = part
    made.parts[LAST] = {HEAD: Piece(gap)}
    return made


def _header(section: Section, text: str, gap: str) -> Piece:
    statement = section.statement
    body = text[statement.start : statement.end] if statement else ""
    above = section.head.removesuffix(body).split("\n")[:-1]
    cut = len(above)
    while cut and above[cut - 1].strip():
        cut -= 1
    found = _HEADER.match(body)
    end = found.end() if found else len(body)
    return Piece(gap + _lines(above[:cut]), _lines(above[cut:]), body[:end], "", body[end:])


def _lines(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _assignment(line: Line, text: str, gap: str) -> Piece:
    statement = line.statement
    if statement is None or statement.node is None:
        return Piece(gap, line.lead, line.body)
    node = statement.node
    return Piece(
        gap, line.lead, text[statement.start : node.start], text[node.start : node.end], text[node.end : statement.end]
    )


def _named(data: Any, path: Path) -> Name:
    name: list[str] = []
    for part in path:
        here: Any = data[part]
        id_ = here.get("id") if isinstance(part, int) and is_table(here) else None
        name.append(id_ if isinstance(id_, str) else str(part))
        data = here
    return tuple(name)
