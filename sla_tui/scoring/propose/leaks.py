"""Columns that may say what became of a lead rather than what it was: filled in after the outcome, or because of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from sla_tui.scoring.columns import Doubles, Longs
from sla_tui.scoring.propose.columns import Field
from sla_tui.scoring.propose.result import Suspect

_AFTERWARDS = re.compile(
    r"(?<![a-z])(?:notable|quality|profile|tags?|status|(?:(?:deal|sales|lifecycle|lead|pipeline)[ _-]?)?stage"
    r"|convert(?:ed|s)?|conversion|clos(?:ed?|ing)|won|lost|win|deals?|opportunit(?:y|ies)|outcome|disposition|reason"
    r"|contract|invoice[ds]?|order(?:ed|s)?|customer|qualified|disqualified|rejected)(?![a-z])"
)
"""Words in a header for what sales notes down while it works a lead, or once it is decided."""
_JUDGED = re.compile(r"(?<![a-z])(?:score|scoring|index|rating|grade)(?![a-z])")
"""Words for what another system makes of a lead, anew after each thing it does."""
_PERHAPS = re.compile(r"(?<![a-z])(?:last|latest|recent|modified|updated|owner|contacted)(?![a-z])")
"""Words for what goes on changing."""
_NEARLY = 0.9
"""From so often on that a column alone tells won from lost it nearly is the outcome."""
_TELLING = 0.55
_MUCH, _SOME = 0.6, 0.25
"""Differences in the share of leads for which a column is filled in."""


def suspects(fields: Iterable[Field], won: dict[int, Longs], keep: frozenset[int]) -> tuple[tuple[int, Suspect], ...]:
    """The columns to look at, with their place. ``won`` counts by column and code the leads won.

    A column that gives itself away by more than its name is left out unless it is among ``keep``.
    """
    found: list[tuple[int, Suspect]] = []
    for field in fields:
        if not field.known:
            continue
        sure, why = _why(field, won[field.at])
        if why:
            found.append((field.at, Suspect(field.name, why, sure and field.at not in keep)))
    return tuple(found)


def noted_later(header: str) -> bool:
    """Whether a column's header names what is noted, or changes, while a lead is worked or once it is decided."""
    words = _words(header)
    return any(names.search(words) for names in (_JUDGED, _AFTERWARDS, _PERHAPS))


def _words(header: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header).casefold()


def _why(field: Field, won: Longs) -> tuple[bool, str]:
    """Whether it is sure enough to leave it out, and why; no words for a column without suspicion."""
    lost = field.times - won
    wins, losses = int(won.sum()), int(lost.sum())
    known_won = float(won[field.used].sum()) / max(wins, 1)
    known_lost = float(lost[field.used].sum()) / max(losses, 1)
    tells = _tells(won.astype(np.float64), lost.astype(np.float64), field)
    header = _words(field.name)
    if tells >= _NEARLY:
        return True, f"it nearly is the outcome: alone it tells won from lost leads in {100 * tells:.0f} of 100 pairs"
    more, less, whose = max(known_won, known_lost), min(known_won, known_lost), known_won >= known_lost
    filled = (
        f"it is filled in for {_percent(more)} of the leads {'won' if whose else 'lost'}, "
        f"for {_percent(less)} of the {'others' if whose else 'won ones'}"
    )
    if more - less >= _MUCH:
        return True, f"{filled}, so it is known only afterwards"
    if word := _JUDGED.search(header):
        return True, f"{word[0]!r} names a judgement, and one that is kept up follows what became of the lead"
    if word := _AFTERWARDS.search(header):
        sure = tells >= _TELLING or more - less >= _SOME
        return sure, f"{word[0]!r} names what is noted while a lead is worked, or once it is decided"
    if word := _PERHAPS.search(header):
        return False, f"{word[0]!r} names what goes on changing, after the outcome too"
    if more - less >= _SOME:
        return False, f"{filled}; perhaps it was asked afterwards"
    return False, ""


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _tells(won: Doubles, lost: Doubles, field: Field) -> float:
    """How often the column alone ranks a won lead above a lost one, with what stands on few leads as one value."""
    codes = field.used
    if field.names_each or field.dated:
        codes = codes[:0]
    values = (
        _in_tenths(field)
        if field.numeric and len(codes) > 40
        else [codes[[at]] for at in range(len(codes)) if field.times[codes[at]] >= 10]
    )
    named = np.concatenate(values) if values else codes[:0]
    cells = [(float(won[some].sum()), float(lost[some].sum())) for some in values]
    cells.append((float(won.sum() - won[named].sum()), float(lost.sum() - lost[named].sum())))
    filled = [one for one in cells if sum(one)]
    ranked = sorted(filled, key=lambda one: (one[0] + 0.5) / (one[0] + one[1] + 1))
    below, agrees = 0.0, 0.0
    for win, loss in ranked:
        agrees += win * (below + loss / 2)
        below += loss
    pairs = float(won.sum() * lost.sum())
    return agrees / pairs if pairs else 0.5


def _in_tenths(field: Field) -> list[Longs]:
    numbers = field.texts.numbers[field.used]
    edges = np.unique(np.quantile(field.numbers, np.linspace(0, 1, 11)))
    place = np.searchsorted(edges, numbers, side="right")
    return [field.used[place == one] for one in np.unique(place[np.isfinite(numbers)])]
