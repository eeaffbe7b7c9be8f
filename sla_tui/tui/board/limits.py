"""What a scoring holds beside rules and stages, as a list: fading, groups, exclusions, fast tracks, their effects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sla_tui.agreement.conditions import say_when
from sla_tui.scoring.sentence import number
from sla_tui.tui.board.lines import Pieces, Points, fit
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog

if TYPE_CHECKING:
    from sla_tui.agreement.conditions import When
    from sla_tui.agreement.sections.scoring import Scoring
    from sla_tui.scoring.board import Board as Scored

FADING, GROUPS, EXCLUDE, FAST = (
    "scoring.half_life_days",
    "scoring.groups",
    "scoring.exclude",
    "scoring.fast_track",
)
ADDED = ((GROUPS, "a group: rules that share a cap"), (EXCLUDE, "an exclusion: leads that are not scored at all"),
         (FAST, "a fast track: what lifts a lead to a stage at once"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class LimitView:
    """One line by its KEY: what it is, its words, its number or stage, and what it did to the leads."""

    key: str
    what: str
    words: str
    value: str
    effect: str = ""
    trouble: str = ""


def limit_views(scoring: Scoring | None, scored: Scored | None, names: dict[str, str]) -> Iterator[LimitView]:
    """The lines of a scoring, with their effects where leads are there; ``names`` are the stages'."""
    if scoring is None:
        return
    days = scoring.half_life_days
    yield LimitView(FADING, "Fading", "points by age", f"half {days} d" if days else "none", _faded(scored))
    rules = {group.id: sum(rule.group == group.id for rule in scoring.rules) for group in scoring.groups}
    for group in scoring.groups:
        count = f"{rules[group.id]} {'rule' if rules[group.id] == 1 else 'rules'}"
        words = " · ".join(word for word in (group.name or group.id, group.kind or "", count) if word)
        cap = "no cap" if group.cap is None else f"cap {group.cap}"
        held = "" if scored is None or group.cap is None else f"holds {number(scored.held(group.id))}"
        yield LimitView(f"{GROUPS}.{group.id}", "Group", words, cap, held)
    caught = _caught(scored)
    for one in scoring.exclude:
        key = f"{EXCLUDE}.{one.id}"
        out = f"out {number(caught[key])}" if key in caught else ""
        yield LimitView(key, "Exclusion", _words(one.label, one.when), "", out)
    for track in scoring.fast_track:
        key, to = f"{FAST}.{track.id}", names.get(track.stage or "", track.stage or "?")
        jumps = f"{number(_lifted(scored, track.when, track.stage))} jump" if key in caught else ""
        yield LimitView(key, "Fast track", _words(track.label, track.when), f"→ {to}", jumps)


def _words(label: str | None, when: When | None) -> str:
    said = (say_when(when) if when is not None else "") or "when? not said yet"
    return f"{label} · {said}" if label else said


def _caught(scored: Scored | None) -> dict[str, int]:
    if scored is None:
        return {}
    from sla_tui.scoring.overlaps import caught

    return caught(scored)


def _lifted(scored: Scored | None, when: When | None, stage: str | None) -> int:
    from sla_tui.scoring.plan import source_of

    source = source_of(when, scored.leads.names) if scored is not None else None
    return scored.lifted(source, stage or "") if scored is not None and source is not None else 0


def _faded(scored: Scored | None) -> str:
    """How many rules fade; that none can, where nothing has a date."""
    if scored is None:
        return ""
    from sla_tui.scoring.sources import Happened

    dated = [rule.source for rule in scored.plan.rules if isinstance(rule.source, Happened)]
    fading = sum(bool(source.half_life) for source in dated)
    return f"{fading} {'rule' if fading == 1 else 'rules'}" if dated else "no dates"


def applies(scored: Scored | None, key: str) -> str:
    """To what fading, a window or a cap does not apply on these leads, where its number is typed; empty for none."""
    if scored is None:
        return ""
    from sla_tui.scoring.sources import Counted, Happened

    sources = {rule.id: rule.source for rule in scored.plan.rules}
    if key == FADING:
        still = sum(not isinstance(source, Happened) for source in sources.values() if source is not None)
        return f"counts and conditions have no dates: {still} of {len(sources)} rules do not fade" if still else ""
    listed, _, name = key.rpartition(".")
    source = sources.get(listed.removeprefix("scoring.rules.")) if listed.startswith("scoring.rules.") else None
    if source is None or isinstance(source, Happened):
        return ""
    what = "a count in the table" if isinstance(source, Counted) else "a condition on a field"
    if name in ("half_life_days", "window_days"):
        done = "its points do not fade" if name == "half_life_days" else "no window applies"
        return f"{what} has no dates, so {done}; an activity of a log has"
    if name == "cap" and (not isinstance(source, Counted) or source.once):
        return "it counts once, so it gives its points and never more"
    return ""


class Limits(Points):
    """Shows those lines with one cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,plus", "nudge(1)", "more", key_display="←→", id="limits.more", tooltip="One more, or the next stage"
        ),
        Binding(
            "enter,f2", "screen.edit", "change", id="limits.edit", tooltip="Type the number, or build the condition"
        ),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.views: tuple[LimitView, ...] = ()
        self.empty = "No scoring yet. a adds it."

    @property
    def here(self) -> LimitView | None:
        """The line at the cursor."""
        return self.views[self.at] if self.views else None

    def show(self, views: Sequence[LimitView], at: str = "") -> None:
        """Shows lines, with the cursor on the one with the KEY ``at``, or where it was."""
        held, self.views = (self.views, self.at), tuple(views)
        keys = [view.key for view in self.views]
        if at in keys:
            self.at = keys.index(at)
        if held != (self.views, self.at):
            self.renew(len(self.views))

    def head(self, width: int) -> str:
        return f"  {fit('Limit', 10)}  {fit('What', _room(width))}  {fit('Value', 14)}{'Leads':>11}"

    def line(self, at: int, width: int) -> Pieces:
        view, here = self.views[at], at == self.at
        return [
            ("› " if here else "! " if view.trouble else "  ", "accent" if here else "sign"),
            (fit(view.what, 10), "muted"),
            (f"  {fit(view.words, _room(width))}  ", "strong" if here else "text"),
            (fit(view.value, 14), "cursor" if here and view.value else "strong"),
            (fit(view.effect, 11, right=True), "text"),
        ]


def _room(width: int) -> int:
    return max(10, width - 41)


class AddWhat(Dialog[str]):
    """Asks what to add; hands back the list it goes to."""

    BINDINGS: ClassVar[list[BindingType]] = [CLOSE]

    def __init__(self, now: str) -> None:
        super().__init__("What to add?", "r and then a adds a rule")
        self._now = now

    def body(self) -> Iterable[Widget]:
        picker = OptionList(*(Option(Content(words), id=listed) for listed, words in ADDED), compact=True)
        picker.highlighted = next((at for at, (listed, _) in enumerate(ADDED) if listed == self._now), 1)
        yield picker

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)
