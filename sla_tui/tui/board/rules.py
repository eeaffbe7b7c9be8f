"""The rules as a list: points, what for, when, its limits, and what each did to the leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sla_tui.agreement.conditions import say_when
from sla_tui.scoring.sentence import number
from sla_tui.tui.board.lines import Pieces, Points, fit

if TYPE_CHECKING:
    from sla_tui.agreement.sections.scoring import Rule

POINTS = 6
LIMITS = 11
"""Cells for per and cap, before the group."""
FIXED = 2 + POINTS + 2
"""Cells before the words: sign, points, a gap."""


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule and what it did: None while no leads are there, or it cannot be counted. ``off``: switched off for now;
    ``trouble``: what is wrong with it; ``remarks``: what may well be meant.
    """

    rule: Rule
    leads: int | None = None
    points: int | None = None
    off: bool = False
    trouble: str = ""
    remarks: str = ""


class Rules(Points):
    """Shows rules with one cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,plus", "nudge(1)", "points", key_display="←→", id="points.one", tooltip="One point more"),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.views: tuple[RuleView, ...] = ()
        self.empty = "No rules yet: r, then a adds one."

    @property
    def id_here(self) -> str:
        """The id of the rule at the cursor; empty without rules."""
        return self.views[self.at].rule.id if self.views else ""

    @property
    def here(self) -> RuleView | None:
        """The rule at the cursor."""
        return self.views[self.at] if self.views else None

    def show(self, views: Sequence[RuleView], at: str = "") -> None:
        """Shows rules, with the cursor on the one called ``at``, or where it was."""
        held, self.views = (self.views, self.at), tuple(views)
        ids = [view.rule.id for view in self.views]
        if at in ids:
            self.at = ids.index(at)
        if held != (self.views, self.at):
            self.renew(len(self.views))

    def _group(self, width: int) -> int:
        """Cells for the group's name."""
        longest = max((len(view.rule.group or "") for view in self.views), default=0)
        return max(5, min(longest, 5 if width < 88 else 12))

    def _columns(self, width: int) -> tuple[int, int, bool, bool]:
        """Cells for what for and when; whether the limits and the points given have room."""
        limits = width >= 66
        given = width >= 54
        rest = width - FIXED - 1 - 7 - (8 if given else 0) - (LIMITS + self._group(width) if limits else 0)
        when = max(0, min(32, rest * 2 // 5)) if rest >= 40 else 0
        return rest - when - (2 if when else 0), when, limits, given

    def head(self, width: int) -> str:
        label, when, limits, given = self._columns(width)
        words = f"{'Points':>{2 + POINTS}}  {fit('What for', label)}"
        if when:
            words += f"  {fit('When', when)}"
        if limits:
            words += f"  Per   Cap {fit('Group', self._group(width))}"
        words += f"{'Leads':>7}"
        if given:
            words += f"{'Given':>8}"
        return words

    def line(self, at: int, width: int) -> Pieces:
        view = self.views[at]
        rule = view.rule
        label, when, limits, given = self._columns(width)
        here = at == self.at
        off = "off" if view.off else "muted"
        points = "?" if rule.points is None else f"{rule.points:+d}" if rule.points else "0"
        pieces: list[tuple[str, str]] = [
            ("› " if here else "! " if view.trouble else "○ " if view.off else "  ", "accent" if here else "sign"),
            (fit(points, POINTS, right=True), "cursor" if here else "off" if view.off else "strong"),
            (f"  {fit(said(rule), label)}", "off" if view.off else "strong" if here else "text"),
        ]
        if when:
            pieces.append((f"  {fit(condition(rule), when)}", off))
        if limits:
            cap = "" if rule.cap is None else str(rule.cap)
            per, group = "once" if rule.once else "each", fit(rule.group or "", self._group(width))
            pieces.append((f"  {per} {fit(cap, 4, right=True)} {group}", off))
        pieces.append((fit(self._fired(view), 7, right=True), "text"))
        if given:
            silent = view.points is None or view.off
            pieces.append((fit("" if silent else number(view.points or 0), 8, right=True), "muted"))
        return pieces

    def _fired(self, view: RuleView) -> str:
        if view.off:
            return "off"
        if view.leads is None:
            return "?" if view.trouble else ""
        return number(view.leads)


def said(rule: Rule) -> str:
    """What a rule is for, in its own words or by its id."""
    return rule.label or condition(rule) or rule.id


def condition(rule: Rule) -> str:
    """When a rule fires, in words; what is missing while it is not said."""
    return (say_when(rule.when) if rule.when is not None else "") or "when? not said yet"


def details(rule: Rule, fading: int) -> str:
    """Everything about a rule that its line may lack, on one line; ``fading`` is the scoring's half-life in days."""
    half_life = fading if rule.half_life_days is None else rule.half_life_days
    words = [
        f"when {condition(rule)}" if rule.when is not None else condition(rule),
        "once" if rule.once else "each time",
    ]
    words.append(f"cap {rule.cap}" if rule.cap is not None else "no cap")
    words.append(f"group {rule.group}" if rule.group else "no group")
    if isinstance(rule.when, str) and half_life:
        words.append(f"half after {half_life} days")
    if rule.window_days:
        words.append(f"last {rule.window_days} days")
    return " · ".join(words)
