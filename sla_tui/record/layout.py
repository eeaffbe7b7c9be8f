"""A TOML text as sections of lines, each with the comments that belong to it; joined, they are the text again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from sla_tui.record.scan import Statement, statements

Path = tuple[str | int, ...]
"""Where a value stands: keys, and positions (from 0) in arrays."""


@dataclass(eq=False, slots=True)
class Line:
    """A ``key = value`` statement with the comment block it owns, or (no path) comments and blanks standing alone."""

    path: Path | None
    lead: str
    body: str = ""
    statement: Statement | None = None

    @property
    def text(self) -> str:
        """Its text, comments first."""
        return self.lead + self.body


@dataclass(eq=False, slots=True)
class Section:
    """What stands under one header; path ``()`` for the keys above the first, None for comments between sections.

    ``after`` is the section it followed in the file that was read.
    """

    path: Path | None
    head: str = ""
    lines: list[Line] = field(default_factory=lambda: [])
    after: Section | None = None
    statement: Statement | None = None

    @property
    def text(self) -> str:
        """Its text, header and its comments first."""
        return self.head + "".join(line.text for line in self.lines)


def headed(text: str) -> Iterator[tuple[Path, Statement]]:
    """Every statement that is no comment, with its full path: positions filled in where a table is in an array."""
    counts: dict[Path, int] = {}
    table: Path = ()
    for statement in statements(text):
        if statement.opener in ("[", "[["):
            table = _header_path(statement, counts)
            yield table, statement
        elif statement.node:
            yield table + statement.path, statement


def _header_path(statement: Statement, counts: dict[Path, int]) -> Path:
    path: Path = ()
    last = len(statement.path) - 1
    for i, key in enumerate(statement.path):
        path += (key,)
        if i == last and statement.opener == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path += (counts[path],)
    return path


def sections(text: str) -> list[Section]:
    """The sections of ``text`` in order; the one with path ``()`` is always among them.

    Who owns a comment: a block directly above a line or header belongs to it; one followed by a blank line stands
    alone; the file's first block is a preamble and its last an epilogue, which no edit removes.
    """
    reader = _Reader(text)
    counts: dict[Path, int] = {}
    for statement in statements(text):
        reader.take(statement, counts)
    return reader.finish()


class _Reader:
    """Gathers sections while comments and blanks wait for the statement that decides whose they are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._current = Section(())
        self._sections = [self._current]
        self._waiting: list[str] = []

    def take(self, statement: Statement, counts: dict[Path, int]) -> None:
        text = self._text[statement.start : statement.end]
        if statement.opener in ("#", ""):
            self._waiting.append(text)
        elif statement.node:
            rest, own = self._shared_out()
            if rest:
                self._current.lines.append(Line(None, "".join(rest)))
            path = (self._current.path or ()) + statement.path
            self._current.lines.append(Line(path, "".join(own), text, statement))
        else:
            rest, own = self._shared_out()
            spacing = self._set_apart(rest, keep_blanks=True)
            head = "".join(spacing) + "".join(own) + text
            self._current = Section(_header_path(statement, counts), head, statement=statement)
            self._sections.append(self._current)

    def finish(self) -> list[Section]:
        if self._at_top():
            self._sections.insert(0, Section(None, "".join(self._waiting)))
        else:
            self._set_apart(self._waiting, keep_blanks=False)
        full = [section for section in self._sections if section.text]
        for before, section in pairwise(full):
            section.after = before
        return self._sections

    def _at_top(self) -> bool:
        return len(self._sections) == 1 and not self._current.lines

    def _shared_out(self) -> tuple[list[str], list[str]]:
        """The waiting lines: those that do not belong to the statement now read, and those that do."""
        waiting, self._waiting = self._waiting, []
        cut = len(waiting)
        while cut and waiting[cut - 1].strip():
            cut -= 1
        rest, own = waiting[:cut], waiting[cut:]
        if not self._at_top():
            return rest, own
        if not any(line.strip() for line in rest):
            rest, own = rest + own, []
        self._sections.insert(0, Section(None, "".join(rest)))
        return [], own

    def _set_apart(self, rest: list[str], keep_blanks: bool) -> list[str]:
        """Gives comments between two sections a place of their own; returns the blank lines above a header."""
        glued = next((i for i, line in enumerate(rest) if not line.strip()), len(rest))
        end = len(rest)
        while keep_blanks and end > glued and not rest[end - 1].strip():
            end -= 1
        if glued:
            self._current.lines.append(Line(None, "".join(rest[:glued])))
        if end > glued:
            self._sections.append(Section(None, "".join(rest[glued:end])))
        return rest[end:]
