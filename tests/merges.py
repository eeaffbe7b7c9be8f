"""Makes three versions of a file as two people leave them behind, and says by itself what their merge is."""

from __future__ import annotations

import os
import random
import re
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sla_tui.agreement.amounts import Amount
from sla_tui.agreement.clashes import Clash, Conflict
from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.money import Money
from sla_tui.agreement.parts import Item, Part, Spec, plain, slots, spec_by_key, specs
from sla_tui.agreement.paths import Add, Move, Put, Remove, apply, at_key
from sla_tui.agreement.references import rename
from sla_tui.agreement.sources import Source
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration, Kind, Percent
from sla_tui.record.document import Document, parse
from sla_tui.record.edit import edit
from sla_tui.record.files import Fingerprint

NORTHWIND = Path(__file__).parents[1] / "agreements" / "northwind" / "agreement.toml"
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
"""Whether many merges are wanted, of many files, rather than a few soon."""

NOTE = re.compile(r"# [ot]\d+ said")
"""A comment that ``case`` put in."""


# Versions


@dataclass
class Side:
    """What one person made of the file."""

    value: Agreement
    text: str
    renamed: dict[str, str] = field(default_factory=dict)
    """The old id by the new one."""


@dataclass
class Case:
    """A file, and what two people made of it."""

    base: Side
    ours: Side
    theirs: Side


@cache
def _northwind() -> tuple[str, Agreement]:
    text = NORTHWIND.read_text("utf-8")
    return text, parse(text, "northwind", Agreement)


@cache
def _bases() -> tuple[Side, ...]:
    """Files of about 160 to 300 lines, each with some of the sections of a large one, comments and all."""
    text, value = _northwind()
    made: list[Side] = []
    sections = [spec.name for spec in specs(Agreement) if spec.about]
    for seed in range(12 if DEEP else 4):
        rng = random.Random(seed)
        wanted = 150 + 15 * seed
        names = rng.sample(sections, len(sections))
        kept = dict(plain(value))
        kept["scoring"]["rules"] = rng.sample(kept["scoring"]["rules"], 5)
        kept["commitments"] = rng.sample(kept["commitments"], 4)
        for name in [*names, "sources"]:
            if name not in ("scoring", "commitments") and len(edit(text, kept).splitlines()) > wanted:
                kept.pop(name, None)
        short = edit(text, kept)
        made.append(Side(parse(short, "short", Agreement), short))
    return tuple(made)


def case(seed: int, renames: bool = True) -> Case:
    """Three versions."""
    rng = random.Random(seed)
    base = rng.choice(_bases())
    lists = [slot for slot in slots(base.value, Agreement) if slot.spec.kind is Kind.LIST and slot.value]
    list_ = rng.choice(lists)
    focus = rng.choice(["", f"{list_.key}.", f"{list_.key}.{rng.choice(list_.value).id}.", "scoring.", "agreement."])
    return Case(base, *(_edited(base, rng, letter, renames, focus) for letter in "ot"))


def _edited(base: Side, rng: random.Random, letter: str, renames: bool, focus: str) -> Side:
    """What one side makes of it; most of its changes are within ``focus``, where the other side is busy too."""
    value = base.value
    renamed: dict[str, str] = {}
    for n in range(rng.choice([1, 1, 2, 2, 3, 4, 6])):
        for _ in range(20):
            near = focus if rng.random() < 0.7 else ""
            try:
                value = _change(value, base.value, rng, f"{letter}{n}", renamed, renames, near)
            except (UserError, IndexError):
                continue
            break
    text = Document(Path("x"), Agreement, base.value, base.text, Fingerprint("", (0, 0, 0, 0))).written(value)
    return Side(value, _noted(text, rng, letter), renamed)


def _change(
    value: Agreement, base: Agreement, rng: random.Random, mark: str, renamed: dict[str, str], renames: bool, near: str
) -> Agreement:
    places = [one for one in slots(value, type(value)) if f"{one.key}.".startswith(near)]
    lists = [one for one in places if one.spec.kind is Kind.LIST]
    items = [(one.key, item) for one in lists for item in one.value or ()]
    free = [one for one in places if one.spec.leaf and not _under(one.key, renamed)]
    what = rng.choices(
        ["set", "clear", "add", "remove", "move", "rename", "remark", "section"], [10, 2, 4, 2, 2, 1.5, 1, 0.5]
    )[0]
    if what == "set":
        slot = rng.choice([one for one in free if one.spec.kind is not Kind.ID])
        return apply(value, Put(slot.key, drawn(slot.spec, rng, mark)))[0]
    if what == "clear":
        slot = rng.choice([one for one in free if one.spec.kind is not Kind.ID and not one.empty])
        return apply(value, Put(slot.key, None))[0]
    if what == "remark":
        key = rng.choice([one.key for one in free])
        held = {**(value.sources or {}), key: Source(kind=rng.choice(["agreed", "measured"]), note=mark)}
        return apply(value, Put("sources", held))[0]
    if what == "section":
        spec = rng.choice([one for one in specs(Agreement) if one.about and f"{one.key}.".startswith(near)])
        there = getattr(value, spec.name)
        if there is None and spec.kind is Kind.RECORD and not renamed:
            return apply(value, Put(spec.key, _northwind()[1].__dict__[spec.name]))[0]
        return apply(value, Put(spec.key, None))[0]
    if what == "add":
        slot = rng.choice(lists)
        item = drawn_item(slot.spec, rng, mark)
        return apply(value, Add(slot.key, item, rng.choice([None, rng.randint(0, len(slot.value or ()))])))[0]
    key, item = rng.choice(items)
    if _under(f"{key}.{item.id}", renamed):
        return value
    if what == "remove":
        return apply(value, Remove(f"{key}.{item.id}"))[0]
    if what == "move":
        return apply(value, Move(f"{key}.{item.id}", rng.randint(0, len(at_key(value, key).value) - 1)))[0]
    was = next((one for one in at_key(base, key).value or () if one.id == item.id), None) if _has(base, key) else None
    if renames and was == item and _known_again(value, key, item):
        renamed[f"{mark}-new"] = item.id
        return apply(value, rename(value, f"{key}.{item.id}", f"{mark}-new"))[0]
    return value


def _has(base: Agreement, key: str) -> bool:
    try:
        return at_key(base, key).value is not None
    except UserError:
        return False


def _under(key: str, renamed: dict[str, str]) -> bool:
    return any(part in renamed for part in key.split("."))


def _known_again(value: Agreement, key: str, item: Item) -> bool:
    words = [s for s in specs(type(item)) if s.kind in (Kind.LINE, Kind.PROSE, Kind.CONDITION) and not s.ask.of]
    others = [one for one in at_key(value, key).value if one.id != item.id]
    return any(
        getattr(item, s.name) is not None and all(getattr(one, s.name) != getattr(item, s.name) for one in others)
        for s in words
    )


def drawn(spec: Spec, rng: random.Random, mark: str) -> Any:
    """An answer; one of two sides may well draw the same."""
    kind, number = spec.kind, rng.randint(1, 60)
    if kind is Kind.CHOICE:
        return rng.choice(spec.choices)
    if spec.key == "format":
        return 1
    if spec.key in ("fingerprint", "terms"):
        return f"{number:012x}"
    values: dict[Kind, Any] = {
        Kind.LINE: rng.choice([f"words of {mark}", "the same words", 'a "quoted" # thing']),
        Kind.PROSE: rng.choice([f"first line\n\nand more by {mark}", "the same\nover two lines", "one line"]),
        Kind.NUMBER: number,
        Kind.DATE: date(2027, 1 + number % 12, 3),
        Kind.TIME: time(number % 24, 30),
        Kind.DURATION: Duration(number, rng.choice(["day", "business hour"])),
        Kind.PERCENT: Percent(Decimal(number)),
        Kind.MONEY: Money(Decimal(number), "USD"),
        Kind.YES_NO: rng.random() < 0.5,
        Kind.BOUND: number,
        Kind.WORDS: tuple(f"word {n}" for n in range(number % 4)),
        Kind.DAYS: tuple(date(2027, 3, 1 + n) for n in range(number % 4)),
        Kind.CONDITION: rng.choice([f"count_{number}", Condition.model_validate({"field": "x", "is": number})]),
        Kind.AMOUNTS: (Amount(count=number, unit="call"),),
    }
    return values[kind]


def drawn_item(spec: Spec, rng: random.Random, mark: str) -> Item:
    """A new entry, under an id that the other side may choose too."""
    fields = [one for one in specs(spec.type) if one.leaf and one.kind is not Kind.ID and one.key != "group"]
    said = {one.key: drawn(one, rng, mark) for one in fields if rng.random() < 0.6 or _required(spec.type, one)}
    return spec.type.model_validate({"id": rng.choice([f"{mark}-item", f"{mark}-item", "new-item"]), **said})


def _required(cls: type[Part], spec: Spec) -> bool:
    return cls.model_fields[spec.name].is_required()


def _noted(text: str, rng: random.Random, letter: str) -> str:
    """The text with some comments and some spacing of a person's own."""
    lines: list[str] = []
    inside = False
    count = 0
    share = rng.choice([0, 0.005, 0.01, 0.02])
    for line in text.split("\n"):
        plain_line = bool(re.match(r"[a-z_]+ = [^\[{]*$", line)) and not inside and '"""' not in line
        if line.count('"""') % 2:
            inside = not inside
        if plain_line and rng.random() < share:
            count += 1
            lines.append(f"# {letter}{count} said")
        if plain_line and rng.random() < share and "#" not in line:
            count += 1
            line = f"{line}  # {letter}{count} said"
        elif plain_line and rng.random() < share / 2:
            line = line.replace(" = ", "  =  ", 1)
        lines.append(line)
    return "\n".join(lines)


# What their merge is


Flat = dict[tuple[str, ...], Any]


def flat(value: Part, names: dict[str, str]) -> Flat:
    """Every answer by its place, with the old ids of what was renamed; sections and entries by a place of their own."""

    def old(text: Any) -> Any:
        if isinstance(text, str):
            return ".".join(names.get(part, part) for part in text.split(".")) if text else text
        return [old(one) for one in text] if isinstance(text, list) else text

    found: Flat = {}

    def walk(part: Part, at: tuple[str, ...]) -> None:
        for spec in spec_by_key(type(part)).values():
            held, here = getattr(part, spec.name), (*at, spec.key)
            if held is None or (held == () and spec.kind is Kind.LIST and not spec.about):
                continue
            if spec.about or spec.kind is Kind.RECORD:
                found[(*here, "")] = True
            if spec.kind is Kind.RECORD:
                walk(held, here)
            elif spec.kind is Kind.MAP:
                found.update({(*here, old(name)): plain(one) for name, one in held.items()})
            elif spec.kind is Kind.LIST:
                for item in held:
                    found[(*here, old(item.id), "")] = item.id
                    walk(item, (*here, old(item.id)))
            elif spec.kind is not Kind.ID:
                answer = plain(held)
                found[here] = repr(old(answer) if spec.ask.of else answer)

    walk(value, ())
    return found


def orders(value: Part, names: dict[str, str]) -> dict[tuple[str, ...], list[str]]:
    """The ids of each list in their order."""
    found: dict[tuple[str, ...], list[str]] = {}
    for slot in slots(value, type(value)):
        if slot.spec.kind is Kind.LIST:
            key = tuple(names.get(part, part) for part in slot.key.split("."))
            found[key] = [names.get(item.id, item.id) for item in slot.value or ()]
    return found


CLASH: Any = object()


def expected(base: Flat, ours: Flat, theirs: Flat) -> Flat:
    """Place by place: what the side that changed it says; CLASH where both did, differently."""
    found: Flat = {}
    for place in {*base, *ours, *theirs}:
        was, mine, other = base.get(place), ours.get(place), theirs.get(place)
        found[place] = mine if other in (was, mine) else other if mine == was else CLASH
    return {place: one for place, one in found.items() if one is not None}


def place_of(conflict: Conflict, names: dict[str, str]) -> tuple[str, ...]:
    """Where a conflict is, in the form of ``flat``."""
    if conflict.entry:
        entry = ".".join(names.get(part, part) for part in conflict.entry.split("."))
        return (*conflict.key.removesuffix(f".{conflict.entry}").split("."), entry)
    parts = tuple(names.get(part, part) for part in conflict.key.split("."))
    return (*parts[:-1], "") if conflict.kind is Clash.RENAMED else parts


def under(place: tuple[str, ...], around: tuple[str, ...]) -> bool:
    return place[: len(around)] == around


def wrong(case: Case, value: Part, conflicts: tuple[Conflict, ...]) -> list[str]:
    """What is wrong with a merge; nothing when it is right."""
    names = {**case.ours.renamed, **case.theirs.renamed}
    base, ours, theirs, result = (
        flat(one, names) for one in (case.base.value, case.ours.value, case.theirs.value, value)
    )
    wanted = expected(base, ours, theirs)
    places = {place_of(one, names): one for one in conflicts if one.kind is not Clash.MOVED}
    said: list[str] = []
    for place in {*wanted, *result}:
        if any(under(place, one) for one in places):
            if result.get(place) != ours.get(place):
                said.append(f"{place} is not mine: {result.get(place)}")
        elif wanted.get(place) is CLASH:
            said.append(f"{place} was decided silently: {result.get(place)}")
        elif wanted.get(place) != result.get(place):
            said.append(f"{place} is {result.get(place)}, not {wanted.get(place)}")
    for place, conflict in places.items():
        if conflict.kind is not Clash.NEEDED and not _both_changed(case, names, place):
            said.append(f"{place} is no conflict ({conflict.kind})")
    for one in conflicts:
        if one.kind is Clash.MOVED and len({one.before, one.mine, one.theirs}) < 3:
            said.append(f"{one.key} was moved by one side")
    return said + _misplaced(case, value, names, {one.key for one in conflicts if one.kind is Clash.MOVED})


def _both_changed(case: Case, names: dict[str, str], place: tuple[str, ...]) -> bool:
    """Whether each of the three versions has something else at or within a place."""
    base, ours, theirs = (
        {at: held for at, held in {**flat(one.value, names), **orders(one.value, names)}.items() if under(at, place)}
        for one in (case.base, case.ours, case.theirs)
    )
    return base != ours and ours != theirs and theirs != base


def _misplaced(case: Case, value: Part, names: dict[str, str], moved: set[str]) -> list[str]:
    """Two entries that one side alone turned round, and that do not stand as that side has them."""
    sides = [orders(one.value, names) for one in (case.base, case.ours, case.theirs)]
    said: list[str] = []
    for key, ids in orders(value, names).items():
        if ".".join(key) in moved:
            continue
        lists = [one.get(key, []) for one in sides]
        common = [id_ for id_ in ids if all(id_ in one for one in lists)]
        was, mine, other = ([id_ for id_ in one if id_ in common] for one in lists)
        if (mine == was and common != other) or (other == was and common != mine):
            said.append(f"{key} has another order")
    return said
