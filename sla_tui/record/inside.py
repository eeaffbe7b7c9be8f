"""Rewrites one value of a TOML text, keeping what did not change in it: spacing, elements' comments, spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from sla_tui.record.pairing import Table, is_list, is_table, pairs, same
from sla_tui.record.prose import on_one_line, over_lines
from sla_tui.record.scan import Node

_WIDTH = 100
_COMMA = re.compile(r"(?:[ \t\r\n]++|#[^\n]*)*+,")
_NOTHING: Any = object()


def key_text(path: tuple[str, ...]) -> str:
    """A dotted key as TOML writes it."""
    if all(map(is_bare, path)):
        return ".".join(path)
    import tomlkit

    return ".".join(tomlkit.key(part).as_string() for part in path)


def is_bare(key: str) -> bool:
    """Whether a key needs no quotes."""
    return re.fullmatch(r"[A-Za-z0-9_-]+", key) is not None


def render(value: Any, eol: str = "\n", column: int | None = None) -> str:
    """The value of a statement as TOML; text over several lines and long lists take several lines.

    So does long text, where ``column`` says how much stands before it on its line.
    """
    if isinstance(value, str) and (text := over_lines(value, column)):
        return text.replace("\n", eol)
    line = inline(value)
    if is_list(value) and len(line) > _WIDTH:
        return f"[{eol}" + "".join(f"    {inline(one)},{eol}" for one in value) + "]"
    return line


def inline(value: Any) -> str:
    """A value as TOML on one line."""
    if is_table(value):
        inner = ", ".join(f"{key_text((key,))} = {inline(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if is_list(value):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, time)):
        return value.isoformat()
    return on_one_line(value) if isinstance(value, str) else repr(value)


def rewrite(text: str, node: Node, old: Any, new: Any, eol: str) -> str:
    """The text of ``node``'s value (``old``) once it is ``new``. Comments go only with the elements they belong to."""
    if same(old, new):
        return text[node.start : node.end]
    if node.opener == "[" and is_list(new):
        return _Array(text, node, eol).changed(old, new)
    if node.opener == "{" and is_table(new):
        return _braces(text, node, old, new, eol)
    return render(new, eol, node.start - text.rfind("\n", 0, node.start) - 1)


@dataclass(slots=True)
class _Cell:
    """One element with the text before it, and the comma and comment behind it on its line."""

    lead: str
    body: str
    tail: str = ""


@dataclass(slots=True)
class _Array:
    """An array cut into a head (what follows the bracket on its line), a cell an element, and a foot."""

    text: str
    node: Node
    eol: str
    head: str = ""
    foot: str = ""
    trailing: bool = False
    cells: list[_Cell] = field(default_factory=lambda: [])

    def __post_init__(self) -> None:
        entries = self.node.entries
        first = entries[0].start if entries else self.node.end - 1
        self.head, lead = _line_apart(self.text[self.node.start + 1 : first])
        for i, entry in enumerate(entries):
            stop = entries[i + 1].start if i + 1 < len(entries) else self.node.end - 1
            tail, rest = _tail_apart(self.text[entry.node.end : stop])
            self.cells.append(_Cell(lead, self.text[entry.start : entry.node.end], tail))
            lead = rest
        self.foot = lead
        self.trailing = bool(self.cells) and _has_comma(self.cells[-1].tail)

    def changed(self, old: list[Any], new: list[Any]) -> str:
        """The array's text once it holds ``new``."""
        if not self.cells and "#" not in self.head + self.foot:
            return render(new, self.eol)
        to = pairs(old, new)
        ready: dict[int, _Cell] = {}
        standing = ""
        for i, cell in enumerate(self.cells):
            if i not in to:
                standing += _standing(cell.lead)
                continue
            body = rewrite(self.text, self.node.entries[i].node, old[i], new[to[i]], self.eol)
            ready[to[i]] = _Cell(self._behind(standing, cell.lead), body, cell.tail)
            standing = ""
        fresh = self._fresh_lead()
        self.foot = self._behind(standing, self.foot)
        return self._joined([ready.get(j) or _Cell(fresh, inline(one)) for j, one in enumerate(new)])

    def _behind(self, standing: str, rest: str) -> str:
        """``rest`` after a comment that outlived its neighbours, on a new line."""
        return standing + (self.eol if standing and "\n" not in rest else "") + rest

    def _fresh_lead(self) -> str:
        """What stands before an element that is new: a line of its own when the others have theirs."""
        leads = [cell.lead for cell in self.cells if "\n" in cell.lead]
        if leads:
            return self.eol + leads[-1].rpartition("\n")[2]
        return self.eol + "    " if not self.cells and "\n" in self.foot else self._glue()

    def _glue(self) -> str:
        """What stands between a comma and the next element on the line."""
        return self.cells[1].lead if len(self.cells) > 1 and "\n" not in self.cells[1].lead else " "

    def _joined(self, cells: list[_Cell]) -> str:
        out = "[" + self.head
        in_comment = "#" in self.head
        for i, cell in enumerate(cells):
            lead, last = cell.lead, i == len(cells) - 1
            if in_comment and "\n" not in lead:
                lead = self.eol + "    "
            elif "\n" not in lead:
                lead = "" if i == 0 else lead or self._glue()
            tail = _with_comma(cell.tail, not last or self.trailing)
            out += lead + cell.body + tail
            in_comment = "#" in tail
        if not cells and not (self.head + self.foot).strip():
            return "[]"
        return out + (self.eol if in_comment and "\n" not in self.foot else "") + self.foot + "]"


def _line_apart(gap: str) -> tuple[str, str]:
    """What stands on the first line of ``gap``, and the rest from the line end on."""
    found = re.search(r"\r?\n", gap)
    return (gap[: found.start()], gap[found.start() :]) if found else (gap, "")


def _tail_apart(gap: str) -> tuple[str, str]:
    """An element's own tail (comma, comment) and what leads the next; a comma on a later line is drawn up."""
    found = _COMMA.match(gap)
    comma = found.end() - 1 if found else -1
    if "\n" not in gap:
        return gap[: comma + 1], gap[comma + 1 :]
    tail, rest = _line_apart(gap)
    if comma >= len(tail):
        return "," + tail, gap[len(tail) : comma] + gap[comma + 1 :]
    return tail, rest


def _has_comma(tail: str) -> bool:
    return _COMMA.match(tail) is not None


def _with_comma(tail: str, wanted: bool) -> str:
    if wanted == _has_comma(tail):
        return tail
    return "," + tail if wanted else tail.replace(",", "", 1)


def _standing(lead: str) -> str:
    """The comments in ``lead`` that a blank line keeps apart from the element below them."""
    first, *lines = lead.split("\n")[:-1] or [""]
    blank = [i for i, line in enumerate(lines) if not line.strip()]
    kept = "\n".join(lines[: blank[-1]]).rstrip() if blank else ""
    return f"{first}\n{kept}" if kept else ""


def _braces(text: str, node: Node, old: Table, new: Table, eol: str) -> str:
    """An inline table with its values changed in place, and new keys where the order of ``new`` has them."""
    kept: list[tuple[tuple[str, ...], str, str]] = []
    stop = 0
    for entry in node.entries:
        gap = text[stop : entry.start] if stop else ""
        stop = entry.node.end
        value = _at(new, entry.path)
        if value is not _NOTHING:
            body = text[entry.start : entry.node.start] + rewrite(text, entry.node, _at(old, entry.path), value, eol)
            kept.append((entry.path, gap, body))
    order = {key: i for i, key in enumerate(new)}
    for path, value in list(_missing(new, (), [path for path, _, _ in kept])):
        before = [i for i, (other, _, _) in enumerate(kept) if order[other[0]] <= order[path[0]]]
        at = before[-1] + 1 if before else 0
        kept.insert(at, (path, ", ", f"{key_text(path)} = {inline(value)}"))
    if not kept:
        return "{}"
    opening = text[node.start + 1 : node.entries[0].start] if node.entries else " "
    closing = text[stop : node.end - 1] if node.entries else " "
    inner = kept[0][2] + "".join((gap or ", ") + body for _, gap, body in kept[1:])
    return "{" + opening + inner + closing + "}"


def _at(table: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if not is_table(table) or key not in table:
            return _NOTHING
        table = table[key]
    return table


def _missing(new: Table, base: tuple[str, ...], kept: list[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What ``new`` holds that no kept entry sets."""
    for key, value in new.items():
        path = (*base, key)
        if path in kept:
            continue
        if is_table(value) and any(other[: len(path)] == path for other in kept):
            yield from _missing(value, path, kept)
        else:
            yield path, value
