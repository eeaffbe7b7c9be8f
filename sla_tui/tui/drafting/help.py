"""What to say about one place of an agreement: its question, an example, what is wrong with it, its choices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sla_tui.agreement.beside import beside
from sla_tui.agreement.check import Severity
from sla_tui.agreement.conditions import reading
from sla_tui.agreement.examples import agreed, is_example
from sla_tui.agreement.life import word_for
from sla_tui.agreement.parts import Slot
from sla_tui.agreement.paths import is_item
from sla_tui.agreement.references import nameable
from sla_tui.agreement.standing import header_of
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.tui.drafting.answer import Question, Way
from sla_tui.tui.drafting.several import Pool
from sla_tui.workshop.choosing import entries, few, names_entries
from sla_tui.workshop.items import article
from sla_tui.workshop.newcomers import newcomers
from sla_tui.workshop.origins import origin, said
from sla_tui.workshop.refused import why_refused
from sla_tui.workshop.suggest import Suggestions

if TYPE_CHECKING:
    from sla_tui.agreement.check import Finding
    from sla_tui.workshop.draft import Draft

CONDITIONS = ("country in US, CA", "employees at least 51", "title contains VP", "phone known")
"""Conditions as they may be written, beside a field's own example."""


def question(draft: Draft, key: str, refusal: str = "") -> Question | None:
    """What the answer panel shows for the place at ``key``."""
    if not key:
        return None
    if is_item(draft.value, key):
        list_slot = draft.at(key.rpartition(".")[0])
        entry = list_slot.spec.entry
        hint = f"Enter opens this {entry}; a adds one, Del removes it, c copies it, Shift+↑↓ moves it."
        if agreed(draft.value, key):
            hint = f"~ it holds examples: y agrees to them all, Enter opens this {entry}."
        return Question(entry.capitalize(), list_slot.spec.question or _about(list_slot), hint, _trouble(draft, key))
    slot = draft.at(key)
    if slot.spec.kind is Kind.LIST:
        from sla_tui.workshop.presets import known_usual

        usual = "; A offers the usual ones" if known_usual(draft.value, key) else ""
        hint = f"a adds {article(slot.spec.entry)}{usual}; v pastes rows."
        return Question(slot.spec.title, slot.spec.question or _about(slot), hint, _trouble(draft, key))
    if slot.spec.kind is Kind.RECORD:
        hint = "~ all of it is an example: y agrees to it, ↓ goes to its answers."
        return Question(slot.spec.title, _about(slot), hint if agreed(draft.value, key) else "")
    trouble = refusal or why_refused(draft, slot) or _trouble(draft, key)
    if refusal or slot.key in draft.memory.refused:
        return Question(slot.spec.title, slot.spec.question, "", trouble)
    comes_to = _read_as(slot) or beside(slot.spec, slot.value, draft.value, draft.known.today)
    hint, example = _hint(draft, slot)
    hint = "   ".join(words for words in (_noted(draft, key), hint, _from(draft, slot), _signed(draft, slot)) if words)
    return Question(slot.spec.title, slot.spec.question, hint, trouble, example, _reads(slot), comes_to)


_AS_TYPED = frozenset({Kind.LINE, Kind.PROSE, Kind.WORDS, Kind.CHOICE, Kind.YES_NO, Kind.CONDITION})
"""Answers that are kept as they are typed, but for blanks."""


_COUNTED = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.MONEY})
"""Answers that somebody counted, or guessed."""


def _reads(slot: Slot) -> str:
    """The answer as it is kept; empty where it is kept as it is typed."""
    return "" if slot.empty or slot.spec.kind in _AS_TYPED else slot.text


def _read_as(slot: Slot) -> str:
    """What a condition was understood as; empty for any other answer and one that is half-built."""
    words = reading(slot.value) if slot.spec.kind is Kind.CONDITION and not slot.empty else ""
    return f"→ {words}" if words else ""


def _from(draft: Draft, slot: Slot) -> str:
    """Where an answer comes from, where that is said; in a quota, whose numbers have to come from somewhere, how."""
    source = origin(draft.value, slot.key)
    if slot.empty or (source is not None and source.kind == "example"):
        return ""
    if source is None:
        counts = slot.spec.kind in _COUNTED and not isinstance(draft.value, Agreement)
        return "source not said: m says it" if counts else ""
    return said(source) if source.note or source.kind == "measured" else ""


def _signed(draft: Draft, slot: Slot) -> str:
    """That a change of the answer needs new signatures, where the agreement is in force."""
    part = draft.value
    if not isinstance(part, Agreement) or header_of(part).status != "active" or slot.spec.ask.fact:
        return ""
    return "signed: a change here is signed anew" if word_for(part, slot.key) == "signed" else ""


def _about(slot: Slot) -> str:
    return slot.spec.about.question if slot.spec.about else ""


def _hint(draft: Draft, slot: Slot) -> tuple[str, str]:
    """A word on the answer, and an example of one."""
    if not slot.empty and is_example(draft.value, slot.key):
        return "~ only an example yet: y agrees to it, Enter answers otherwise", ""
    example = f"for example: {slot.spec.spoken_example}" if slot.spec.spoken_example else ""
    if slot.spec.kind is Kind.CONDITION:
        example = f"for example: {', or '.join(dict.fromkeys((slot.spec.example, *CONDITIONS)))}"
    return "may stay open" if slot.optional and slot.spec.kind is not Kind.ID else "", example


def _trouble(draft: Draft, key: str) -> str:
    """What is wrong at a place."""
    return _first(one for one in draft.findings if one.key == key and one.severity is not Severity.NOTE)


def _noted(draft: Draft, key: str) -> str:
    """What there is to note at a place, where nothing is wrong there."""
    said = _first(one for one in draft.findings if one.key == key and one.severity is Severity.NOTE)
    return f"· {said}" if said else ""


def _first(findings: Iterable[Finding]) -> str:
    for finding in findings:
        if not finding.undecided:
            return f"{finding.message}; {finding.fix}" if finding.fix else finding.message
    return ""


def way(draft: Draft[Any], slot: Slot, names: Iterable[str] = ()) -> Way:
    """How the question at a place is answered; ``names`` are those that conditions can be about, beside the known."""
    if choices := few(slot):
        return choices
    if names_entries(slot) and (found := pool(draft, slot)) != Pool(()):
        return found
    return Suggestions(draft.value, slot.key, names, draft.known.agreement)


def pool(draft: Draft[Any], slot: Slot) -> Pool:
    """What there is to choose from at a place: in the file itself, else in the agreement that a quota belongs to."""
    other = nameable(draft.value, slot.spec.ask.of) is None and draft.known.agreement
    return Pool(entries(other or draft.value, slot), newcomers(draft.value, slot))
