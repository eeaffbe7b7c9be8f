"""What differs between two versions, in the agreement's words: ``Follow up: within 24 → 4 business hours``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from sla_tui.agreement.calling import OWN_WORDS, Names, items_at, small, title_and_unit, titled
from sla_tui.agreement.diff import Comparison, Difference, How, by_section, compare
from sla_tui.agreement.money import Money
from sla_tui.agreement.parts import Part, Spec, spec_by_key
from sla_tui.agreement.rewording import SHORT, brief, quoted, reworded
from sla_tui.agreement.sources import Source
from sla_tui.agreement.values import Duration, Kind, Percent

_ALIKE = 3
"""Remarks of one section that say the same and are told one by one; of more their number is told."""

_WHOLE = {How.TAKEN_IN: "now part of this version", How.LEFT_OUT: "no longer part of this version"}


class Told(NamedTuple):
    """What differs in one section: its key, its title, and a line a difference; of each line the KEYs it tells of."""

    section: str
    title: str
    lines: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...] = ()


def words(difference: Difference, old: Part, new: Part) -> str:
    """One difference between two versions in words. ``Telling`` is quicker for many."""
    return Telling(compare(old, new)).words(difference)


class Telling:
    """Says the differences of one comparison; ``lists`` is whose entries answers name, where that is another file."""

    def __init__(self, comparison: Comparison[Any], lists: Part | None = None) -> None:
        self._differences = comparison.differences
        self._part: Part = comparison.new
        self._old = Names(comparison.old, lists)
        self._new = Names(comparison.new, lists)

    def sections(self) -> tuple[Told, ...]:
        """All differences in words by section, in the model's order; many remarks that say the same are counted."""
        known = spec_by_key(type(self._part))
        told: list[Told] = []
        for section, held in by_section(self._differences).items():
            lines = tuple(self._lines(held))
            words, keys = tuple(line for line, _ in lines), tuple(keys for _, keys in lines)
            told.append(Told(section, known[section].title, words, keys))
        return tuple(told)

    def words(self, difference: Difference) -> str:
        """One difference in words."""
        match difference.how:
            case How.TAKEN_IN | How.LEFT_OUT:
                return f"{difference.spec.title}: {_WHOLE[difference.how]}"
            case How.MOVED:
                return f"Moved: {self._new.called(difference.key)}, {self._where(difference)}"
            case How.RENAMED:
                entry = self._new.called(difference.key.removesuffix(".id"))
                return f"{entry}: id {difference.old} → {difference.new}"
            case How.ADDED | How.REMOVED if not difference.entry:
                return self._entry(difference)
            case _:
                return self._remark(difference) if difference.entry else self._answer(difference)

    def _where(self, difference: Difference) -> str:
        place: int = difference.new
        if place == 0:
            return "now first"
        list_key = difference.key.rpartition(".")[0]
        before = items_at(self._part, list_key)[place - 1]
        return f"now after {self._new.called(f'{list_key}.{before.id}')}"

    def _entry(self, difference: Difference) -> str:
        """An entry that came or went: what it is, what it is called, and what it says first."""
        added = difference.how is How.ADDED
        names = self._new if added else self._old
        around = names.around(difference.key)
        noun = difference.spec.entry
        said = names.summary(difference.key, difference.new if added else difference.old)
        return _joined(around, f"{'new' if added else 'removed'} {noun}: {said}")

    def _answer(self, difference: Difference) -> str:
        """An answer that is another one."""
        spec, old, new = difference.spec, difference.old, difference.new
        around = self._new.around(difference.key)
        was, now = (names.said(spec, value) for names, value in ((self._old, old), (self._new, new)))
        if not was and not now:
            return _at(around, spec, "still open, written in another way")
        if not now:
            return _at(around, spec, f"left open (was {was})")
        if not was:
            return _turned(around, spec, now, " (was open)")
        if spec.kind in (Kind.WORDS, Kind.DAYS):
            return _at(around, spec, self._list(spec, old, new))
        if spec.kind is Kind.CONDITION:
            return _turned(around, spec, f"{quoted(was)} → {quoted(now)}")
        if spec.kind not in OWN_WORDS or spec.ask.of:
            return _turned(around, spec, f"{_first(old, new, was)} → {now}")
        entry = difference.key.rpartition(".")[0]
        if len(old) <= SHORT and len(new) <= SHORT and self._old.called(entry) == old:
            return _joined(self._new.around(entry), f"{quoted(old)} is now called {quoted(new)}")
        return _turned(around, spec, reworded(old, new))

    def _list(self, spec: Spec, old: Iterable[Any], new: Iterable[Any]) -> str:
        """What a list of words or days holds now that it did not, and the other way round."""
        before, after = list(old), list(new)
        put_in = self._new.listed(spec, tuple(one for one in after if one not in before))
        out = self._old.listed(spec, tuple(one for one in before if one not in after))
        said = [f"with {put_in}"] if put_in else []
        said += [f"without {out}"] if out else []
        return ", ".join(said) or "in another order"

    def _remark(self, difference: Difference) -> str:
        held = difference.new or difference.old
        if isinstance(held, Source):
            return f"{self._new.place(difference.entry)}: {_state(difference)}"
        start = f"{difference.spec.title}: {difference.entry}"
        if difference.how is How.REMOVED:
            return f"{start} is gone"
        return f"{start} is {difference.new}" + (f" (was {difference.old})" if difference.old is not None else "")

    def _lines(self, differences: Iterable[Difference]) -> Iterable[tuple[str, tuple[str, ...]]]:
        held = list(differences)
        alike: dict[tuple[str, str], list[str]] = {}
        for one in held:
            alike.setdefault(_alike(one), []).append(one.key)
        for one in held:
            name = _alike(one)
            keys = alike[name]
            if one.how in _WHOLE:
                yield _WHOLE[one.how], (one.key,)
            elif not name[0] or len(keys) <= _ALIKE:
                yield self.words(one), (one.key,)
            elif one.key == keys[0]:
                yield f"{self._new.place(name[0])}: {len(keys)} places {name[1]}", tuple(keys)


def _first(old: Any, new: Any, words: str) -> str:
    """The former answer, without the unit where both have the same."""
    match old, new:
        case (Duration(), Duration()) if old.unit == new.unit:
            return str(old.count)
        case (Percent(), Percent()):
            return words.removesuffix(" %")
        case (Money(), Money()) if old.currency == new.currency:
            return words.removesuffix(f" {old.currency}")
        case _:
            return words


def _turned(around: str, spec: Spec, words: str, more: str = "") -> str:
    """What an answer is now: ``Follow up: within 24 → 4 business hours``, ``Half-life: 60 → 30 days``."""
    if around:
        return f"{around}: {small(titled(spec, words))}{more}"
    title, unit = title_and_unit(spec)
    return f"{title}: {words}{unit}{more}"


def _at(around: str, spec: Spec, words: str) -> str:
    """What is said of an answer, with its title before the colon: ``Business hours, holidays: without 2027-12-24``."""
    return f"{around}, {small(spec.title)}: {words}" if around else f"{spec.title}: {words}"


def _joined(around: str, words: str) -> str:
    return f"{around}, {words}" if around else words[:1].upper() + words[1:]


def _state(difference: Difference) -> str:
    """What a remark says now of where an answer comes from."""
    old, new = cast("Source | None", difference.old), cast("Source | None", difference.new)
    if new is None:
        return "no longer an example" if old and old.kind == "example" else "where it comes from is no longer said"
    kind = "an example" if new.kind == "example" else new.kind
    return f"{kind} ({brief(new.note)})" if new.note else kind


def _alike(difference: Difference) -> tuple[str, str]:
    """The section a remark is on and what it says; empty for anything else."""
    if difference.entry and isinstance(difference.new or difference.old, Source):
        return difference.entry.partition(".")[0], _state(difference)
    return "", ""
