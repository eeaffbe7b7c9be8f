"""A TOML text as sections of lines, each with the comments that belong to it; joined, they are the text again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sla_tui.record.scan import Statement, statements, stretches

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


class Section:
    """What stands under one header; path ``()`` for the keys above the first, None for comments between sections.

    ``after`` is the section it followed in the file that was read, ``statement`` its header there. Its lines are read
    when they are asked for: most edits leave most sections as they are.
    """

    __slots__ = ("_lines", "_source", "after", "head", "path", "start", "statement", "stop")

    def __init__(
        self, path: Path | None, head: str = "", statement: Statement | None = None, source: str = "", start: int = 0
    ) -> None:
        self.path = path
        self.head = head
        self.statement = statement
        self.after: Section | None = None
        self.start = self.stop = start
        self._source = source
        self._lines: list[Line] | None = None

    @property
    def lines(self) -> list[Line]:
        """Its statements and the comments among them; to be changed in place."""
        if self._lines is None:
            self._lines = list(_lines(self._source, self.start, self.stop, self.path or ()))
        return self._lines

    @lines.setter
    def lines(self, lines: list[Line]) -> None:
        self._lines = lines

    @property
    def text(self) -> str:
        """Its text, header and its comments first."""
        if self._lines is None:
            return self.head + self._source[self.start : self.stop]
        return self.head + "".join(line.text for line in self._lines)


def _lines(source: str, start: int, stop: int, table: Path) -> Iterator[Line]:
    waiting: list[str] = []
    for statement in statements(source, start, stop):
        text = source[statement.start : statement.end]
        if not statement.node:
            waiting.append(text)
            continue
        if waiting:
            rest, own = _shared_out(waiting)
            if rest:
                yield Line(None, "".join(rest))
            text, waiting = text, []
            yield Line(table + statement.path, "".join(own), text, statement)
        else:
            yield Line(table + statement.path, "", text, statement)
    if waiting:
        yield Line(None, "".join(waiting))


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
    found: list[Section] = []
    counts: dict[Path, int] = {}
    lead = ""
    for head, last, end in stretches(text):
        if head is None:
            size = _preamble(text, last, end)
            found += Section(None, text[:size]), Section((), source=text, start=size)
            last = max(last, size)
        else:
            header = lead + text[head.start : head.end]
            found.append(Section(_header_path(head, counts), header, head, text, head.end))
        found[-1].stop = last
        waiting = _remarks(text, last, end)
        rest, own = _shared_out(waiting) if end < len(text) else (waiting, [])
        lead = "".join((*_set_apart(found, rest, end < len(text)), *own))
    full = [section for section in found if section.text]
    for before, section in pairwise(full):
        section.after = before
    return found


def _remarks(text: str, start: int, end: int) -> list[str]:
    """The lines of a stretch of comments and blanks, with their ends."""
    *lines, rest = text[start:end].split("\n")
    return [*(f"{line}\n" for line in lines), *([rest] if rest else [])]


def _preamble(text: str, last: int, end: int) -> int:
    """How long the comments at the top are that belong to nothing, given the first stretch."""
    if not last and end == len(text):
        return end
    first = next(one.start for one in statements(text) if one.node) if last else end
    rest, own = _shared_out(_remarks(text, 0, first))
    return sum(map(len, rest if any(line.strip() for line in rest) else (*rest, *own)))


def _shared_out(waiting: list[str]) -> tuple[list[str], list[str]]:
    """Comments and blanks: the lines that do not belong to the statement below them, and those that do."""
    cut = len(waiting)
    while cut and waiting[cut - 1].strip():
        cut -= 1
    return waiting[:cut], waiting[cut:]


def _set_apart(found: list[Section], rest: list[str], keep_blanks: bool) -> list[str]:
    """Gives comments behind a section a place of their own; returns the blank lines above the next header."""
    glued = next((i for i, line in enumerate(rest) if not line.strip()), len(rest))
    end = len(rest)
    while keep_blanks and end > glued and not rest[end - 1].strip():
        end -= 1
    found[-1].stop += sum(map(len, rest[:glued]))
    if end > glued:
        found.append(Section(None, "".join(rest[glued:end])))
    return rest[end:]
