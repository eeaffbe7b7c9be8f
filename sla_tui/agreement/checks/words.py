"""Checks of the words: each explained once, and no abbreviation left for the reader to guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sla_tui.agreement.finding import Finding, note, warning
from sla_tui.agreement.lists import FIELDS, PIPELINE, STAGES, SYSTEMS, TEAMS
from sla_tui.agreement.naming import names_in
from sla_tui.agreement.parts import Part, Slot
from sla_tui.agreement.sections.glossary import Glossary
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind

_ABBREVIATION = re.compile(r"(?<![\w&#@./])(?<![A-Z0-9]-)([A-Z]{3,5})s?(?![\w&@/]|\.\w|-[A-Z0-9])")
_IN_PASSING = re.compile(
    r"\(([A-Z]{3,5})s?\)"  # sales development (SDR)
    r"|\b([A-Z]{3,5})s? \("  # SDR (sales development)
    r"|^((?:[A-Z]{3,5}, )*[A-Z]{3,5}):",  # SDR: sales development
    re.MULTILINE,
)
_SHOUTED = 12
"""Letters from which on a text in capitals only is no abbreviation but a voice."""
_KNOWN_TO_ALL = frozenset(
    (
        *("CRM", "SLA", "KPI", "ROI", "API", "CSV", "PDF", "URL", "HTML", "FAQ", "USA", "UTC", "GDPR"),
        *("CEO", "CFO", "CMO", "COO", "CRO", "CTO", "CIO", "SVP", "EVP"),
        *("USD", "EUR", "GBP", "JPY", "CAD", "AUD", "CHF", "INR"),
        *("ALL", "AND", "ANY", "BOTH", "EACH", "EVERY", "MAY", "MUST", "NEVER", "NOT", "NOW", "ONE"),
        *("ONLY", "SHALL", "THE", "WILL", "YES"),
    )
)
"""Abbreviations nobody asks about, and words in capitals for weight."""
_TEXT = (Kind.LINE, Kind.PROSE)
_NAMES = (*STAGES, *PIPELINE, *TEAMS, *SYSTEMS, *FIELDS)
_NOT_READ = frozenset({"agreement", "signatures", "stakeholders", "technology", "fields"})
"""Sections of names and of what experts call things."""


def defined_twice(agreement: Agreement) -> Iterator[Finding]:
    """A word that two entries explain, as their term or as another word for it."""
    seen: dict[str, str] = {}
    for term in (agreement.glossary or Glossary()).terms:
        for word in (term.term, *(term.also or ())):
            first = seen.setdefault(_folded(word), term.id) if word else term.id
            if first != term.id:
                message = f"{word!r} is explained twice, here and in {first}"
                yield warning("defined-twice", f"glossary.terms.{term.id}", message, "keep one of the two")


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def undefined(root: Part, places: Iterable[Slot]) -> Iterator[Finding]:
    """An abbreviation that is used and that neither the glossary nor a name explains; said once, where it first stands.

    Silent without a glossary: whoever left it out has said that none is needed.
    """
    if not isinstance(root, Agreement) or root.glossary is None:
        return
    used = _used(places)
    for by in (_by_name(root), _in_passing(places)) if used else ():
        used = {word: key for word, key in used.items() if word not in by}
    for word, key in used.items():
        message = f"{word} is used and not explained"
        yield note("undefined-term", key, message, f"add {word} to the glossary, or write it out")


def _used(places: Iterable[Slot]) -> dict[str, str]:
    """The abbreviations in running text, each with the KEY at which it first stands."""
    found: dict[str, str] = {}
    for slot in places:
        if _is_text(slot):
            for word in abbreviations(slot.value):
                if slot.key.partition(".")[0] not in _NOT_READ:
                    found.setdefault(word, slot.key)
    return found


def _is_text(slot: Slot) -> bool:
    return type(slot.value) is str and slot.spec.kind in _TEXT and not slot.spec.ask.of


@lru_cache(maxsize=20_000)
def abbreviations(text: str) -> tuple[str, ...]:
    """The words of three to five capitals in a text that a reader may have to be told, plural or not."""
    if text.isupper() and len(text) > _SHOUTED:
        return ()
    return tuple(word for word in _ABBREVIATION.findall(text) if word not in _KNOWN_TO_ALL)


def _by_name(agreement: Agreement) -> set[str]:
    """Every abbreviation that the glossary or the name of something explains."""
    words = {section.upper() for section in ("mql", "sql") if getattr(agreement, section) is not None}
    for term in (agreement.glossary or Glossary()).terms:
        for word in (term.term or "", *(term.also or ())):
            words |= _spoken_for("", word)
    for list_key in _NAMES:
        for id_, name in names_in(agreement, list_key).items():
            words |= _spoken_for(id_, name)
    for person in agreement.stakeholders.people if agreement.stakeholders else ():
        words |= _spoken_for("", person.title or "")
    return words


def _spoken_for(id_: str, name: str) -> set[str]:
    """What a name explains: its words, its initials, and its id."""
    words = re.findall(r"\w+", name)
    long = [word for word in words if word.lower() not in ("a", "and", "for", "of", "the", "to")]
    initials = {"".join(word[0] for word in some).upper() for some in (words, long)}
    return {
        id_.upper(),
        *(word.upper() for word in words),
        *(word.upper().removesuffix("S") for word in words),
        *initials,
    }


def _in_passing(places: Iterable[Slot]) -> set[str]:
    """Every abbreviation that a text explains as it goes."""
    return {word for slot in places if _is_text(slot) for word in _told(slot.value)}


@lru_cache(maxsize=20_000)
def _told(text: str) -> tuple[str, ...]:
    found = (match[1] or match[2] or match[3] for match in _IN_PASSING.finditer(text))
    return tuple(word for held in found for word in held.split(", "))
