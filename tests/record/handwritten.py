"""Makes TOML as people write it, with a comment on everything, and edits of what it says."""

from __future__ import annotations

import copy
import random
import re
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

IdPath = tuple[str, ...]
"""Keys, and ids of items."""


@dataclass(frozen=True)
class Written:
    """A statement: what it sets, its exact text with the comment lines above it, and every comment it owns."""

    path: IdPath
    value: Any
    text: str
    comments: tuple[str, ...]
    header: bool = False


@dataclass
class Handwritten:
    """A text, what it says, and what must outlive an edit."""

    text: str
    data: dict[str, Any]
    written: list[Written]
    elements: list[tuple[IdPath, Any, str]]
    """Array, element, and the comment the element owns."""
    preamble: str


@dataclass
class _Block:
    """A header and what stands under it, written one after the other."""

    out: list[str] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)


@dataclass
class _Writer:
    rng: random.Random
    eol: str
    blocks: list[_Block] = field(default_factory=lambda: [_Block()])
    chains: dict[str, list[_Block]] = field(default_factory=dict)
    """The blocks of each table at the top, in an order that TOML allows."""
    elements: list[tuple[IdPath, Any, str]] = field(default_factory=list)
    count: int = 0
    _own: list[str] = field(default_factory=list)

    @property
    def out(self) -> list[str]:
        return self.blocks[-1].out

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def comment(self, own: bool = True) -> str:
        self.count += 1
        text = f"#{self.rng.choice(['', ' '])}note {self.count}; [x] = {{ \"'''"
        if own:
            self._own.append(text)
        return text

    def lead(self) -> str:
        """Blank lines and standing comments, written; the comment block that belongs below, returned."""
        if self.chance(0.2):
            self.out.append(self.eol * self.rng.randint(1, 2))
        if self.chance(0.1):
            self.out.append(self.comment(own=False) + self.eol + self.eol)
        return "".join(f"{self.blank()}{self.comment()}{self.eol}" for _ in range(self.rng.choice([0, 0, 0, 1, 2])))

    def blank(self) -> str:
        return self.rng.choice(["", "", "", " ", "  ", "\t"])

    def statement(self, path: IdPath, value: Any, body: str, header: bool = False) -> None:
        """``body`` is made before this, so that ``_own`` holds its comments."""
        inner, self._own = self._own, []
        lead = self.lead()
        tail = self.rng.choice(["", "", " ", f" {self.comment()}", f"\t{self.comment()}"])
        own = [one for one in self._own if one in lead or one in tail]
        text = f"{lead}{self.blank()}{body}{tail}{self.eol}"
        self._own = []
        self.out.append(text)
        self.blocks[-1].written.append(Written(path, value, text, (*inner, *own), header))

    def key(self, key: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9_-]+", key):
            return _quoted(key)
        return self.rng.choice([key, key, key, f'"{key}"', f"'{key}'"])

    def dotted(self, keys: IdPath) -> str:
        return self.rng.choice([".", ".", " . "]).join(map(self.key, keys))

    def pair(self, path: IdPath, keys: IdPath, value: Any) -> None:
        equals = self.rng.choice([" = ", "=", "   = ", " =\t"])
        self.statement(path, value, self.dotted(keys) + equals + self.value(path, value))

    # values

    def value(self, path: IdPath, value: Any, inline: bool = False) -> str:
        if isinstance(value, dict):
            return self.braces(path, value)
        if isinstance(value, list):
            return self.flat(path, value) if self.chance(0.5) else self.rows(path, value)
        return self.scalar(value, inline)

    def scalar(self, value: Any, inline: bool) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return self.rng.choice([str(value), f"{value:_}", hex(value) if value >= 0 else str(value)])
        if isinstance(value, float):
            return repr(value)
        if isinstance(value, (date, time)):
            return value.isoformat()
        plain = _quoted(value)
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value):
            return plain
        if "\n" in value:
            lines = plain[1:-1].replace("\\n", self.eol)
            return plain if inline else self.rng.choice([plain, f'"""{self.eol}{lines}"""'])
        return plain if "'" in value else self.rng.choice([plain, f"'{value}'"])

    def braces(self, path: IdPath, value: dict[str, Any]) -> str:
        pad, comma = self.rng.choice([("", ","), (" ", ", "), ("  ", " , ")])
        inner = comma.join(
            f"{self.key(key)}{self.rng.choice(['=', ' = '])}{self.value((*path, key), one, True)}"
            for key, one in value.items()
        )
        return f"{{{pad}{inner}{pad}}}"

    def flat(self, path: IdPath, value: list[Any]) -> str:
        pad, comma = self.rng.choice([("", ","), (" ", ", "), ("", " ,")])
        inner = comma.join(self.value((*path, *_names(one)), one, True) for one in value)
        return f"[{pad}{inner}{self.rng.choice(['', ',']) if value else ''}{pad}]"

    def rows(self, path: IdPath, value: list[Any]) -> str:
        text = "[" + (f" {self.comment()}" if self.chance(0.2) else "") + self.eol
        leading = self.chance(0.15)
        for i, one in enumerate(value):
            above = self.comment() if text.endswith("\n") and self.chance(0.2) else ""
            if above:
                text += f"    {above}{self.eol}"
            if above and self.chance(0.3):
                text, above = text + self.eol, ""
            last = i == len(value) - 1
            comma = "" if (last and self.chance(0.5)) or (leading and not last) else ","
            body = self.value((*path, *_names(one)), one, True)
            text += f"{', ' if leading and i else '    '}{body}{comma if not (leading and i == len(value)) else ''}"
            beside = self.comment() if self.chance(0.4) else ""
            text += f" {beside}{self.eol}" if beside else self.eol if self.chance(0.8) or leading or last else " "
            for note in (above, beside):
                if note:
                    self.elements.append((path, one, note))
        if self.chance(0.2):
            text += f"    {self.comment()}{self.eol}"
        return text + "]"

    # tables

    def table(self, path: IdPath, keys: IdPath, value: dict[str, Any], bare: bool = False) -> None:
        """``bare``: without a header of its own, so there must be no lines."""
        later: list[tuple[str, Any]] = []
        for key, one in value.items():
            here = (*path, key)
            if bare or (_items(one) and self.chance(0.8)) or (isinstance(one, dict) and self.chance(0.6)):
                later.append((key, one))
            elif isinstance(one, dict) and one and all(not isinstance(x, (dict, list)) for x in one.values()):
                for inner, leaf in one.items():
                    self.pair((*here, inner), (key, inner), leaf)
            else:
                self.pair(here, (key,), one)
        self.rng.shuffle(later)
        for key, one in later:
            names = (*keys, key)
            if isinstance(one, dict) and one and all(map(_items, one.values())) and self.chance(0.5):
                self.table((*path, key), names, one, bare=True)
            elif isinstance(one, dict):
                self.header((*path, key), f"[{self.rng.choice(['', ' '])}{self.dotted(names)}]")
                self.table((*path, key), names, one)
            else:
                for item in one:
                    here = (*path, key, item["id"])
                    self.header(here, f"[[{self.dotted(names)}{self.rng.choice(['', ' '])}]]")
                    self.table(here, names, item)

    def header(self, path: IdPath, body: str) -> None:
        self._own = []
        self.blocks.append(_Block())
        self.chains.setdefault(path[0], []).append(self.blocks[-1])
        self.statement(path, None, body, header=True)

    def ordered(self) -> list[_Block]:
        """The blocks as they stand in the file: often as they came, else with those of several tables mixed."""
        if self.chance(0.7):
            return self.blocks
        chains = [list(chain) for chain in self.chains.values()]
        mixed = self.blocks[:1]
        while chains := [chain for chain in chains if chain]:
            mixed.append(self.rng.choice(chains).pop(0))
        return mixed


def _quoted(value: str) -> str:
    """A text in double quotes, every character that may not stand there as an escape."""
    named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return (
        '"' + "".join(named.get(one) or (one if " " <= one != "\x7f" else f"\\u{ord(one):04x}") for one in value) + '"'
    )


def _items(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and "id" in one for one in value)


def _names(one: Any) -> IdPath:
    return (one["id"],) if isinstance(one, dict) and "id" in one else ()


def scalar(rng: random.Random) -> Any:
    return rng.choice(
        [
            rng.randint(-50, 5000),
            rng.randint(0, 9) / 4,
            rng.choice([True, False]),
            rng.choice(["text", "with 'quotes'", 'and "these"', "a # b", "", "x = [1]", "two\nlines\nof text", "é 漢"]),
            date(2027, rng.randint(1, 12), 3),
            time(9, rng.randint(0, 59)),
        ]
    )


def any_value(rng: random.Random, depth: int) -> Any:
    kind = rng.random()
    if depth and kind < 0.15:
        return table(rng, depth - 1)
    if depth and kind < 0.3:
        return [item(rng, depth - 1) for _ in range(rng.randint(1, 3))]
    if kind < 0.4:
        return rng.sample(range(100), rng.randint(0, 5))
    if kind < 0.45:
        return [[1, 2], ["a", "b"], []]
    if kind < 0.5:
        return [{"count": rng.randint(1, 9), "unit": one} for one in rng.sample(["call", "email", "meeting"], 2)]
    return scalar(rng)


def table(rng: random.Random, depth: int) -> dict[str, Any]:
    keys = rng.sample(["alpha", "beta", "gamma", "delta", "eta", "theta", "iota-1", "2027"], rng.randint(0, 5))
    return {key: any_value(rng, depth) for key in keys}


def item(rng: random.Random, depth: int) -> dict[str, Any]:
    return {"id": f"i{rng.randint(0, 10**9)}", **table(rng, depth)}


def handwritten(rng: random.Random, data: dict[str, Any] | None = None) -> Handwritten:
    """A file nobody's program wrote; ``data`` is what it says, else anything."""
    writer = _Writer(rng, rng.choice(["\n", "\n", "\r\n"]))
    data = table(rng, 3) if data is None else data
    preamble = writer.comment(own=False) if rng.random() < 0.5 else ""
    if preamble:
        writer.out.append(preamble + writer.eol + writer.eol)
    writer.table((), (), data)
    blocks = writer.ordered()
    if rng.random() < 0.2:
        blocks[-1].out.append(writer.eol + writer.comment(own=False) + writer.eol)
    text = "".join(part for block in blocks for part in block.out)
    if rng.random() < 0.2:
        text = text.removesuffix(writer.eol)
    return Handwritten(text, data, [one for block in blocks for one in block.written], writer.elements, preamble)


def _tables_of(data: Any) -> list[dict[str, Any]]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [*([data] if isinstance(data, dict) else []), *(one for part in inner for one in _tables_of(part))]


def _lists_of(data: Any) -> list[list[Any]]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [*([data] if isinstance(data, list) else []), *(one for part in inner for one in _lists_of(part))]


def edited(data: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The same values with one to four things set, added, removed or moved."""
    data = copy.deepcopy(data)
    for _ in range(rng.randint(1, 4)):
        lists = _lists_of(data)
        if lists and rng.random() < 0.5:
            _edit_list(rng.choice(lists), rng)
        else:
            _edit_table(rng.choice(_tables_of(data)), rng)
    return data


def _edit_list(values: list[Any], rng: random.Random) -> None:
    action = rng.choice(["add", "add", "remove", "move", "change"])
    at = rng.randrange(len(values)) if values else 0
    like = values[0] if values else 0
    if action == "add" or not values:
        fresh = item(rng, 1) if isinstance(like, dict) and "id" in like else rng.randint(100, 10**6)
        fresh = {"count": rng.randint(10, 99), "unit": "x"} if isinstance(like, dict) and "id" not in like else fresh
        values.insert(rng.randint(0, len(values)), fresh)
    elif action == "remove":
        values.pop(at)
    elif action == "move":
        values.insert(rng.randrange(len(values)), values.pop(at))
    elif isinstance(like, dict):
        _edit_table(values[at], rng)
    else:
        values[at] = rng.randint(100, 10**6)


def _edit_table(values: dict[str, Any], rng: random.Random) -> None:
    keys = [key for key in values if key != "id"]
    action = rng.choice(["set", "set", "add", "remove"])
    if action == "add" or not keys:
        held = list(values.items())
        held.insert(rng.randint(0, len(held)), (f"new{rng.randint(0, 99)}", any_value(rng, 2)))
        values.clear()
        values.update(held)
    elif action == "remove":
        values.pop(rng.choice(keys))
    else:
        values[rng.choice(keys)] = any_value(rng, 1)


GONE: Any = object()


def at(data: Any, path: IdPath) -> Any:
    """What stands at a path of keys and ids; GONE when nothing does."""
    for part in path:
        if isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, list):
            found = [one for one in data if isinstance(one, dict) and one.get("id") == part]
            if len(found) != 1:
                return GONE
            data = found[0]
        else:
            return GONE
    return data
