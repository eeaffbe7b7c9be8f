"""Why a lead scored so: the points of each rule that gave any, what caps took, and the sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from sla_tui.tui.board.rules import said
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog

if TYPE_CHECKING:
    from sla_tui.agreement.sections.scoring import Rule, Scoring
    from sla_tui.scoring.results import LeadRow


HANG = 8
"""Cells of the points and the gap behind them."""


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a score: how many points, for what, and a word more."""

    points: int
    words: str
    more: str = ""


def shares(scoring: Scoring, row: LeadRow) -> tuple[Share, ...]:
    """What a lead's score is made of, the largest first, caps last; together they are the score."""
    fading = scoring.half_life_days or 0
    given = [
        Share(points, said(rule), _more(rule, points, fading))
        for rule, points in zip(scoring.rules, row.points, strict=True)
        if points
    ]
    given.sort(key=lambda share: -abs(share.points))
    held = [
        Share(points, f"{group.name or group.id}: cap {group.cap}")
        for group, points in zip(scoring.groups, row.caps, strict=True)
        if points
    ]
    return (*given, *held)


def _more(rule: Rule, points: int, fading: int) -> str:
    if rule.cap is not None and abs(points) == rule.cap:
        return f"at its cap of {rule.cap}"
    if rule.once:
        fades = rule.points is not None and points != rule.points
        return "faded" if fades else ""
    half_life = fading if rule.half_life_days is None else rule.half_life_days
    each = f"{rule.points} each" if rule.points is not None and abs(rule.points) != abs(points) else ""
    whole = not rule.points or points % rule.points == 0
    return ", ".join(words for words in (each, "" if whole or not half_life else "faded") if words)


def by_fast_track(scoring: Scoring, row: LeadRow) -> bool:
    """Whether the lead stands in a later stage than its score reaches."""
    ids = [stage.id for stage in scoring.stages]
    if row.stage not in ids:
        return False
    at = scoring.stages[ids.index(row.stage)].at
    return at is None or row.score < at


def explained(
    scoring: Scoring,
    row: LeadRow,
    stage: str,
    fields: tuple[tuple[str, str], ...] = (),
    width: int | None = None,
    most: int | None = None,
    wraps: bool = True,
) -> list[Content]:
    """The lead at the cursor in some lines: its score adding up, then the ``fields`` asked for.

    In ``width`` cells where that is given: what is longer is wrapped, or cut where it ``wraps`` not. Where its score
    takes more than ``most`` lines, the smallest parts are told as one, so that it still adds up.
    """
    fast = "  by a fast track" if by_fast_track(scoring, row) else ""
    stands = Content.assemble(f"  score {row.score}  ", (stage, "bold $primary"), (fast, "$text-muted"))
    name = Content.styled(row.id, "bold")
    if width is not None:
        name = name.truncate(max(8, width - stands.cell_length), ellipsis=True)
    lines: list[Content] = [name + stands]
    parts = shares(scoring, row)
    lines += _within(parts, width if wraps else None, None if most is None else max(2, most - 2))
    if not parts:
        lines.append(Content.styled("     0  no rule fired", "$text-muted"))
    elif len(parts) > 1:
        lines.append(Content.assemble((f"{'= ' + str(row.score):>6}", "bold $primary")))
    if fields:
        lines.append(Content(""))
        width = max(len(name) for name, _ in fields)
        lines += [Content.assemble((f"  {name:<{width}}  ", "$text-muted"), text) for name, text in fields]
    return lines


def _within(parts: tuple[Share, ...], width: int | None, most: int | None) -> list[Content]:
    lines: list[Content] = []
    for at, share in enumerate(parts):
        words = wrapped([_said(share)], width) if width else [_said(share)]
        last = at == len(parts) - 1
        if most is not None and len(lines) + len(words) > (most if last else most - 1):
            rest = parts[at:]
            more = "Enter shows them" if len(rest) > 1 else "Enter shows it"
            return [*lines, _said(Share(sum(one.points for one in rest), f"{len(rest)} more", more))]
        lines += words
    return lines


def _said(share: Share) -> Content:
    return Content.assemble((f"{share.points:>+6}", "bold"), f"  {share.words}", (f"  {share.more}", "$text-muted"))


class LeadCard(Dialog[None]):
    """All that made one lead's score, and what the table says of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q", "leave", "close", show=False, id="source.leave", tooltip="Close this"),
        CLOSE,
    ]

    def __init__(self, lines: list[Content]) -> None:
        super().__init__("Why this score")
        self._lines = lines

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(classes="scrolls"):
            yield Static(Content("\n").join(self._lines))


def wrapped(lines: list[Content], width: int) -> list[Content]:
    """Lines in ``width`` cells; what a line goes on with stands under its words, not under its points."""
    found: list[Content] = []
    for line in lines:
        if line.cell_length <= width:
            found.append(line)
            continue
        first, *rest = line.wrap(width)
        again = Content(" ").join(rest).wrap(max(10, width - HANG)) if rest else []
        found += [first, *(one.pad_left(HANG) for one in again)]
    return found
