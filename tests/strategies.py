"""Agreements and changes as hypothesis draws them, from the declarations alone: a new section needs nothing here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from hypothesis import strategies as st

from sla_tui.agreement.amounts import Each, Unit
from sla_tui.agreement.money import Money
from sla_tui.agreement.parts import RESERVED_IDS, Part, Slot, Spec, slots, spec_by_key, specs
from sla_tui.agreement.paths import Add, Change, Move, Prune, Put, Remove, at_key
from sla_tui.agreement.schema import json_schema
from sla_tui.agreement.sections.header import FORMAT
from sla_tui.agreement.values import Duration, Kind, Percent

P = TypeVar("P", bound=Part)

HOSTILE = (
    *(
        "",
        " ",
        ", ",
        '"',
        '\\"',
        "\\",
        "'",
        "[",
        "]",
        "{",
        "}",
        "#",
        "=",
        "\n",
        "\r\n",
        "\t",
        "\x1b[31m",
        "\x07",
        "\x9b",
    ),
    *(
        "\u202e",
        "\u200b",
        "\u2028",
        "\ufeff",
        "\x00",
        "é",
        "👩‍👩‍👧",
        "שלום",
        "[markup]",
        "<b>",
        "=cmd()",
        "-1",
        "0",
        "1.5",
    ),
    *(" is ", " in ", " and ", " at least ", "true", "x is y", "not known", '""', "a, b", "%", " per ", "{ a = 1 }"),
)
texts = st.one_of(
    st.text(max_size=12), st.lists(st.sampled_from((*HOSTILE, "mql", "sales", "word")), max_size=5).map("".join)
)
"""Short texts, many of them made of what breaks readers."""
ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,6}", fullmatch=True).filter(lambda id_: id_ not in RESERVED_IDS)
durations = st.builds(
    Duration,
    st.integers(0, 999_999),
    st.sampled_from(["minute", "hour", "business hour", "day", "business day", "week", "month", "quarter"]),
)
percents = st.decimals(0, 100, places=4).map(lambda number: Percent(Decimal(number)))
money = st.builds(
    Money, st.decimals(0, 10**9, places=2).map(lambda sum_: sum_.normalize() + 0), st.sampled_from(["USD", "EUR"])
)
amounts = st.fixed_dictionaries(
    {"count": st.integers(0, 1_000_000), "unit": st.sampled_from(get_args(Unit))},
    optional={"each": st.sampled_from(get_args(Each))},
)
_floats = st.floats(allow_nan=False, allow_infinity=False)
_scalars = st.one_of(texts, st.integers(-(10**15), 10**15), _floats, st.booleans())
_comparable = st.integers(-(10**15), 10**15) | _floats
_tests = {
    "is": _scalars,
    "is_not": _scalars,
    "in": st.lists(_scalars, max_size=3),
    "not_in": st.lists(_scalars, max_size=3),
    "at_least": _comparable,
    "at_most": _comparable,
    "between": st.lists(_comparable, min_size=2, max_size=2),
    "contains": texts,
    "known": st.booleans(),
}
conditions = st.one_of(
    st.just({}),
    texts.map(lambda field: {"field": field}),
    *(st.fixed_dictionaries({"field": texts, test: operand}) for test, operand in _tests.items()),
)
"""Conditions as TOML holds them, half-built ones too."""

_LEAVES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.ID: ids,
    Kind.LINE: texts,
    Kind.PROSE: texts,
    Kind.DATE: st.dates(),
    Kind.TIME: st.times(),
    Kind.DURATION: durations,
    Kind.PERCENT: percents,
    Kind.WORDS: st.lists(texts, max_size=3),
    Kind.MONEY: money,
    Kind.YES_NO: st.booleans(),
    Kind.BOUND: st.integers(-(10**6), 10**6) | texts,
    Kind.DAYS: st.lists(st.dates(), max_size=3),
    Kind.CONDITION: texts | conditions,
    Kind.AMOUNTS: st.lists(amounts, max_size=3),
}


def values(spec: Spec, bounds: Mapping[str, Any] = MappingProxyType({})) -> st.SearchStrategy[Any]:
    """What can stand at one place, in the form TOML has it; ``bounds`` as JSON Schema says them."""
    if spec.kind is Kind.RECORD:
        return tables(spec.type)
    if spec.kind is Kind.LIST:
        return st.lists(tables(spec.type), max_size=3, unique_by=lambda item: item["id"])
    if spec.kind is Kind.CHOICE:
        return st.sampled_from(spec.choices)
    if spec.key == "format":
        return st.just(FORMAT)
    if spec.kind is Kind.LINE and "pattern" in bounds:
        return st.from_regex(bounds["pattern"].strip("^$"), fullmatch=True)
    if spec.kind is Kind.NUMBER:
        return st.integers(bounds.get("minimum", -(10**6)), bounds.get("maximum", 10**6))
    return _LEAVES[spec.kind]


@cache
def _fields(cls: type[Part]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The strategies of the keys that ``cls`` must have and of those it may have."""
    known, said = spec_by_key(cls), json_schema(cls)["properties"]
    drawn = {key: values(spec, said[key]) for key, spec in known.items() if spec.kind is not Kind.MAP}
    must = {key for key in drawn if cls.model_fields[known[key].name].is_required()}
    return {key: drawn[key] for key in must}, {key: drawn[key] for key in drawn if key not in must}


@st.composite
def tables(draw: st.DrawFn, cls: type[Part]) -> dict[str, Any]:
    """Tables that ``cls`` can be built from."""
    must, may = _fields(cls)
    return _with_groups(draw(st.fixed_dictionaries(must, optional=may)))


def _with_groups(table: dict[str, Any]) -> dict[str, Any]:
    """A rule's group must be there; any other name is put right."""
    groups = [group["id"] for group in table.get("groups", ())]
    for at, rule in enumerate(table.get("rules", ())):
        if rule.pop("group", None) is not None and groups:
            rule["group"] = groups[at % len(groups)]
    return table


@st.composite
def parts(draw: st.DrawFn, cls: type[P]) -> P:
    """Values of ``cls``, from nearly empty to full."""
    return cls.model_validate(draw(tables(cls)))


def leaves(part: Part) -> list[Slot]:
    """Every place of ``part`` that holds an answer typed as one text, and is answered."""
    return [slot for slot in slots(part, type(part)) if not slot.spec.nested and not slot.empty]


@st.composite
def changes(draw: st.DrawFn, part: Part) -> Change:
    """A change somebody could ask of ``part``; some are refused."""
    places = [*slots(part, type(part)), *(at_key(part, spec.key) for spec in specs(type(part)) if spec.about)]
    slot = draw(st.sampled_from(places))
    if slot.spec.kind is Kind.LIST and draw(st.booleans()):
        return draw(_list_changes(slot))
    if draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from([Put(slot.key, None), Prune(slot.key)]))
    return Put(slot.key, draw(values(slot.spec)))


@st.composite
def _list_changes(draw: st.DrawFn, slot: Slot) -> Change:
    held = [item.id for item in slot.value or ()]
    if held and draw(st.booleans()):
        key = f"{slot.key}.{draw(st.sampled_from(held))}"
        if draw(st.booleans()):
            return Remove(key)
        return Move(key, draw(st.integers(-1, 4)))
    item = draw(tables(slot.spec.type))
    item.pop("group", None)
    return Add(slot.key, slot.spec.type.model_validate(item), draw(st.none() | st.integers(0, 3)))
