"""Line and column of what a TOML text says, and the way from a KEY to it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from sla_tui.record.layout import Path, headed
from sla_tui.record.pairing import is_list, is_table
from sla_tui.record.scan import Node
from sla_tui.record.syntax import BOM


class Places:
    """Where everything in one text stands; made once for as many questions as there are."""

    def __init__(self, text: str) -> None:
        """``text`` must be TOML that ``read_toml`` accepts."""
        body = text.removeprefix(BOM)
        self._starts = [0]
        at = body.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = body.find("\n", at + 1)
        self._spots: dict[Path, tuple[int, int]] = {}
        for path, statement in headed(body):
            base = len(path) - len(statement.path) if statement.node else 0
            for i in range(base + 1, len(path)):
                self._spots.setdefault(path[:i], (statement.at, statement.at))
            self._spots[path] = (statement.at, statement.node.start if statement.node else statement.at)
            if statement.node:
                self._descend(path, statement.node)

    def _descend(self, path: Path, node: Node) -> None:
        for i, entry in enumerate(node.entries):
            here = path + (entry.path or (i,))
            for j in range(len(path) + 1, len(here)):
                self._spots.setdefault(here[:j], (entry.start, entry.start))
            self._spots[here] = (entry.start, entry.node.start)
            self._descend(here, entry.node)

    def of_key(self, path: Path) -> tuple[int, int]:
        """Line and column, from 1, of the key, header or element that sets ``path``, or of the nearest above it."""
        return self._at(path, 0)

    def of_value(self, path: Path) -> tuple[int, int]:
        """Line and column, from 1, of the value at ``path``; of what is nearest above it when there is none."""
        return self._at(path, 1)

    def _at(self, path: Path, which: int) -> tuple[int, int]:
        for i in range(len(path), 0, -1):
            if spot := self._spots.get(path[:i]):
                offset = spot[which if i == len(path) else 0]
                line = bisect_right(self._starts, offset)
                return line, offset - self._starts[line - 1] + 1
        return 1, 1


def place_of(text: str, path: Path) -> tuple[int, int]:
    """Line and column, from 1, of the nearest statement that sets (a part of) ``path``; 1, 1 when none does."""
    return Places(text).of_key(path)


def key_of(data: Any, path: Path) -> str:
    """The KEY of ``path``: items by their id where they have one, else by position from 1."""
    parts: list[str] = []
    for part in path:
        inner = _step(data, part)
        if isinstance(part, int):
            name = inner.get("id") if is_table(inner) else None
            parts.append(name if isinstance(name, str) and name else str(part + 1))
        else:
            parts.append(part)
        data = inner
    return ".".join(parts)


def path_of(data: Any, key: str) -> Path:
    """The path of a KEY in plain values, as far as it leads; a key with dots of its own is found too."""
    parts = key.split(".") if key else []
    path: Path = ()
    while parts:
        taken, part = _resolved(data, parts)
        if taken == 0:
            break
        path += (part,)
        data = _step(data, part)
        parts = parts[taken:]
    return path


def _resolved(data: Any, parts: list[str]) -> tuple[int, str | int]:
    """How many parts name one thing of ``data``, and its place there; 0 when none does."""
    if is_list(data):
        for i, item in enumerate(data):
            if is_table(item) and item.get("id") == parts[0]:
                return 1, i
        at = int(parts[0]) - 1 if parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 10 else -1
        return (1, at) if 0 <= at < len(data) else (0, 0)
    if is_table(data):
        for taken in range(1, len(parts) + 1):
            if (name := ".".join(parts[:taken])) in data:
                return taken, name
    return 0, 0


def _step(data: Any, part: str | int) -> Any:
    if isinstance(part, int):
        return data[part] if is_list(data) and 0 <= part < len(data) else None
    return data.get(part) if is_table(data) else None
