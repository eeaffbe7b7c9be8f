"""Brings a TOML text to new values: what did not change keeps its bytes, what goes takes its own comments along."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sla_tui.agreement.errors import InvalidFile
from sla_tui.record.inside import is_bare, key_text, render, rewrite
from sla_tui.record.layout import Line, Path, Section, sections
from sla_tui.record.pairing import Table, are_tables, is_list, is_table, pairs, same
from sla_tui.record.syntax import BOM, read_toml


class Refused(ValueError):
    """The edit cannot be written without touching something else, so nothing was."""


def edit(text: str, new: Table, old: Table | None = None) -> str:
    """``text`` changed so that it reads as ``new``; ``old`` is what it reads as now, where that is known.

    Statements whose value stays keep their bytes and comments; new ones go where the order of ``new`` has them. A
    byte order mark, the file's line ends and a missing last line end are kept. ``text`` must be TOML that
    ``read_toml`` accepts. Refused when the result would not read back equal.
    """
    source = text.removeprefix(BOM)
    eol = "\r\n" if "\r\n" in source else "\n"
    cut = bool(source) and not source.endswith("\n")
    if cut:
        source += eol
    result = _Editor(source, tomllib.loads(source) if old is None else old, new, eol).result()
    if cut:
        result = result.rstrip("\r\n")
    try:
        written = same(read_toml(result, ""), new)
    except InvalidFile as error:
        raise Refused(f"the edit does not read back: {error}") from error
    if not written:
        raise Refused("the edit would change other values")
    return text[: len(text) - len(text.removeprefix(BOM))] + result


class _Match(NamedTuple):
    """A place of the old values that the new ones still have."""

    old: Any
    new: Any
    path: Path


class _Editor:
    """One edit. ``heads`` and ``lines`` find the sections and statements kept or added, by their new path."""

    def __init__(self, source: str, old: Table, new: Table, eol: str) -> None:
        self._source = source
        self._old = old
        self._new = new
        self._eol = eol
        self._out: list[Section] = []
        self._heads: dict[Path, Section] = {}
        self._lines: dict[Path, Line] = {}
        self._pairs: dict[Path, dict[int, int]] = {}
        self._leads: dict[Path, str] = {}
        self._known: set[Path] = set()
        self._whole: set[Path] = set()
        """The tables under a header in which, and below which, everything is the very same."""

    def result(self) -> str:
        self._keep()
        self._known = {path[:i] for path in (*self._heads, *self._lines) for i in range(len(path) + 1)}
        self._fill(self._new, ())
        self._order_items()
        return self._joined()

    # What is there already

    def _keep(self) -> None:
        for section in sections(self._source):
            if section.path is None:
                self._out.append(section)
                continue
            found = self._find(section.path)
            if found and is_table(found.new):
                depth, section.path = len(section.path), found.path
                if found.old is found.new:
                    self._whole.add(found.path)
                else:
                    section.lines = [line for line in section.lines if self._keeps(line, found, depth)]
                self._heads[found.path] = section
                self._out.append(section)

    def _keeps(self, line: Line, table: _Match, depth: int) -> bool:
        """Whether a line of ``table`` (``depth`` keys down) stays; if its value changed, with the new one in it."""
        if line.path is None:
            return True
        found = self._find(line.path[depth:], table)
        if found is None:
            return False
        if found.old == [] and as_sections(found.path, found.new):
            self._leads[found.path] = line.lead
            return False
        statement = line.statement
        if not same(found.old, found.new) and statement and (node := statement.node):
            value = rewrite(self._source, node, found.old, found.new, self._eol)
            line.body = self._source[statement.start : node.start] + value + self._source[node.end : statement.end]
        line.path = found.path
        self._lines[found.path] = line
        return True

    def _find(self, path: Path, within: _Match | None = None) -> _Match | None:
        """Where what stood at ``path`` is now; ``within`` is the table it starts from, else the whole."""
        old: Any = self._old
        new: Any = self._new
        now: Path = ()
        if within:
            old, new, now = within
        for i, key in enumerate(path):
            if isinstance(key, int):
                at = self._paired(path[:i], old, new).get(key)
                if at is None:
                    return None
                old, new, now = old[key], new[at], (*now, at)
            elif not is_table(new) or key not in new:
                return None
            else:
                old, new, now = old[key], new[key], (*now, key)
        return _Match(old, new, now)

    def _paired(self, path: Path, old: list[Any], new: Any) -> dict[int, int]:
        if path not in self._pairs:
            self._pairs[path] = pairs(old, new) if are_tables(new) else {}
        return self._pairs[path]

    # What is missing

    def _fill(self, table: Table, path: Path) -> None:
        for key, value in table.items():
            here = (*path, key)
            if here in self._lines or here in self._whole:
                continue
            known = here in self._known
            if known and is_table(value):
                self._fill(value, here)
            elif (known and are_tables(value)) or (as_sections(here, value, table) and not self._dotted(path)):
                self._add_nested(here, value)
            else:
                self._add_line(table, here, value)

    def _add_nested(self, path: Path, value: Any) -> None:
        parts = [((*path, i), one) for i, one in enumerate(value)] if is_list(value) else [(path, value)]
        for here, part in parts:
            if here in self._whole:
                continue
            if here in self._heads:
                self._fill(part, here)
            else:
                self._add_section(here, part)

    def _add_line(self, table: Table, path: Path, value: Any) -> None:
        parent = path[:-1]
        dotted = self._dotted(parent)
        home = dotted[-1][0] if dotted else self._home(parent)
        earlier = _before(table, path[-1])
        places = _last_under([line.path for line in home.lines], [(*parent, key) for key in earlier])
        if dotted and not places:
            places = [home.lines.index(dotted[-1][1])]
        like = home.lines[places[-1]] if places else next((line for line in home.lines if line.path), None)
        found = re.match(r"[ \t]*", like.body) if like else None
        line = self._line(path, home.path or (), value, found[0] if found else "")
        home.lines.insert(places[-1] + 1 if places else 0, line)

    def _line(self, path: Path, base: Path, value: Any, indent: str = "") -> Line:
        key = key_text(tuple(str(part) for part in path[len(base) :]))
        begun = f"{indent}{key} = "
        line = Line(path, "", f"{begun}{render(value, self._eol, len(begun))}{self._eol}")
        self._lines[path] = line
        return line

    def _home(self, path: Path) -> Section:
        if path not in self._heads:
            self._add_section(path, {})
        return self._heads[path]

    def _dotted(self, path: Path) -> list[tuple[Section, Line]]:
        """The statements that set something under ``path`` by dotted keys, when it has no header of its own."""
        if path in self._heads or path not in self._known:
            return []
        return [
            (section, line)
            for section in self._out
            if section.path is not None and len(section.path) < len(path) and _under(path, section.path)
            for line in section.lines
            if _under(line.path, path)
        ]

    def _add_section(self, path: Path, value: Table) -> None:
        in_list = isinstance(path[-1], int)
        name = key_text(tuple(part for part in path if isinstance(part, str)))
        header = f"[[{name}]]" if in_list else f"[{name}]"
        lead = self._leads.pop(path[:-1], "")
        section = Section(path, f"{self._eol}{lead}{header}{self._eol}")
        self._out.insert(self._place(path), section)
        self._heads[path] = section
        section.lines = [
            self._line((*path, key), path, one)
            for key, one in value.items()
            if not as_sections((*path, key), one, value)
        ]
        self._fill(value, path)

    def _place(self, path: Path) -> int:
        """Where a new section goes: above its own parts, else behind what comes before it in the order of values."""
        parent = path[:-2] if isinstance(path[-1], int) else path[:-1]
        there = [section.path for section in self._out]
        above = [i for i, one in enumerate(there) if _under(one, path)]
        if above:
            return above[0]
        name = path[len(parent)]
        before = [(*parent, key) for key in (*_before(_at(self._new, parent), name), name)]
        if behind := _last_under(there, before):
            return behind[-1] + 1
        if parent in self._heads:
            return self._out.index(self._heads[parent]) + 1
        beside = [i for i, one in enumerate(there) if _under(one, parent)]
        return beside[0] if beside else len(self._out)

    # All of it

    def _order_items(self) -> None:
        """Puts the items of each array of tables in the new order; what stands between them stays where it is."""
        last: dict[Path, int] = {}
        mixed: set[Path] = set()
        for path in (section.path for section in self._out if section.path):
            for i, part in enumerate(path):
                if isinstance(part, int):
                    if part < last.get(path[:i], 0):
                        mixed.add(path[:i])
                    last[path[:i]] = part
        for path in sorted(mixed, key=len):
            places = [i for i, section in enumerate(self._out) if _under(section.path, path)]
            for i, section in zip(
                places, sorted((self._out[i] for i in places), key=_position(len(path))), strict=True
            ):
                self._out[i] = section

    def _joined(self) -> str:
        result: list[str] = []
        before: Section | None = None
        for section in self._out:
            text = section.text
            if not text:
                continue
            if not result and self._source[:1] not in ("\r", "\n"):
                text = text.lstrip("\r\n")
            elif section.path and section.after is not before and not _blank_between(result, text):
                text = self._eol + text
            result.append(text)
            before = section
        return "".join(result)


def _blank_between(result: list[str], text: str) -> bool:
    """Whether a blank line, or nothing at all, stands between what is written and the section to come."""
    tail = "".join(result[-2:])[-3:]
    return not tail or tail.endswith(("\n\n", "\n\r\n")) or not text.split("\n", 1)[0].strip()


def _before(table: Table, key: str | int) -> list[str]:
    """The keys that stand before ``key``."""
    keys = list(table)
    return keys[: keys.index(str(key))]


def _last_under(paths: list[Path | None], parents: list[Path]) -> list[int]:
    """The positions of ``paths`` under the last of ``parents`` that has any."""
    for parent in reversed(parents):
        if found := [i for i, path in enumerate(paths) if _under(path, parent)]:
            return found
    return []


def _position(depth: int) -> Callable[[Section], int]:
    return lambda section: int((section.path or ())[depth])


def _under(path: Path | None, parent: Path) -> bool:
    return path is not None and path[: len(parent)] == parent


def _at(table: Any, path: Path) -> Any:
    for key in path:
        table = table[key]
    return table


def as_sections(path: Path, value: Any, beside: Iterable[str] = ()) -> bool:
    """Whether a new value gets headers of its own; ``beside`` are the keys of the table it stands in.

    Items with ids do, and records; but a record inside an item, a list of nameless tables, and a table whose key, or
    one beside it, needs quotes (so it is data, not a field's name) stand in braces.
    """
    if are_tables(value):
        return all("id" in item for item in value)
    if not is_table(value):
        return False
    return all(isinstance(part, str) and is_bare(part) for part in path) and all(is_bare(key) for key in beside)
