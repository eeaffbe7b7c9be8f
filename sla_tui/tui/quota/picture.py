"""The funnel of a quota as a picture in words: a bar a level, what is needed, what is promised, the rates between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from sla_tui.agreement.funnel import Level, Reckoning, capacity, reckon, touches
from sla_tui.agreement.quota import Capacity, Funnel, Terms
from sla_tui.tui.quota.words import grouped
from sla_tui.workshop.origins import origin, said

if TYPE_CHECKING:
    from sla_tui.agreement.money import Money
    from sla_tui.agreement.quota import Quota
    from sla_tui.agreement.terms import Agreement

NAMES = {"lead": "Leads", "mql": "MQLs", "sql": "SQLs", "opportunity": "Opportunities", "won": "Won deals"}
"""What each level is called."""
LABEL, GAP, LEAST = 17, 2, 6
"""Cells of the label, of the gap before a number, and of the narrowest bar."""
EIGHTHS = " ▏▎▍▌▋▊▉"
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide the bar and the two columns of numbers are, in cells, and what the longest bar stands for."""

    bar: int
    needed: int
    promised: int
    most: int


def picture(quota: Quota, agreement: Agreement | None, width: int) -> Content:
    """The funnel from leads to revenue, ``width`` cells wide, and below it what it comes to."""
    found = reckon(quota, agreement)
    return Content("\n").join(
        [*_levels(quota, found, width), Content(""), *(line for line in _comes_to(quota, agreement, found))]
    )


def _levels(quota: Quota, found: Reckoning, width: int) -> Iterator[Content]:
    funnel, goal, brings = quota.funnel or Funnel(), *_revenue(found)
    columns = _columns(found, goal, brings, width)
    key = f"{'● the quota counts these' if found.counted else '':<{LABEL + columns.bar}}"
    yield Content.styled(f"{key}{'needed':>{columns.needed}}{'promised':>{columns.promised}}", "$text-muted")
    for level in found.levels:
        here = level is found.counted
        yield Content.assemble(
            (f"{'●' if here else ' '} {NAMES[level.name]:<{LABEL - 2}}", "bold" if here else ""),
            (_bar(level, columns), "$primary"),
            f"{grouped(level.needed):>{columns.needed}}",
            (f"{grouped(level.promised):>{columns.promised}}", "bold" if here else ""),
        )
        if level.key:
            yield _between(quota, level.key, f"↓ {level.rate if level.rate is not None else 'not known'}", width)
    yield _between(quota, "funnel.average_deal", f"× {funnel.average_deal or 'not known'}", width)
    unit = _unit(found)
    label = f"  {f'Revenue, {unit}' if unit else 'Revenue':<{LABEL - 2}}"
    yield Content(f"{label}{' ' * columns.bar}{goal:>{columns.needed}}{brings:>{columns.promised}}")
    if funnel.revenue_goal is not None and funnel.share_from_marketing is not None:
        words = f"= {funnel.share_from_marketing} of {funnel.revenue_goal}"
        yield _between(quota, "funnel.share_from_marketing", words, width)


def _columns(found: Reckoning, goal: str, brings: str, width: int) -> _Columns:
    needed = [grouped(level.needed) for level in found.levels]
    promised = [grouped(level.promised) for level in found.levels]
    one = GAP + max(map(cell_len, ("needed", goal, *needed)))
    other = GAP + max(map(cell_len, ("promised", brings, *promised)))
    most = max((number for level in found.levels if (number := _length(level)) is not None), default=0)
    return _Columns(max(LEAST, width - LABEL - one - other), one, other, most)


def _length(level: Level) -> int | None:
    return level.needed if level.promised is None else level.promised


def _bar(level: Level, columns: _Columns) -> str:
    """A bar in eighths of a cell, one at least for what there is; as long as the promise, else as the need."""
    number = _length(level)
    if not number or not columns.most:
        return " " * columns.bar
    eighths = max(1, number * columns.bar * 8 // columns.most)
    return f"{'█' * (eighths // 8)}{EIGHTHS[eighths % 8].strip()}".ljust(columns.bar)


def _between(quota: Quota, key: str, words: str, width: int) -> Content:
    """What lies between two levels, and where that number comes from."""
    source = said(origin(quota, key)) if getattr(quota.funnel, key.rpartition(".")[2], None) else ""
    line = Content.assemble(" " * LABEL, words, (f"  {source}" if source else "", ""))
    return line.stylize("$text-muted").truncate(width, ellipsis=True)


def _unit(found: Reckoning) -> str:
    """The currency of both sums; empty when there is none, or they differ."""
    units = {sum_.currency for sum_ in (found.goal, found.brings) if sum_ is not None}
    return units.pop() if len(units) == 1 else ""


def _revenue(found: Reckoning) -> tuple[str, str]:
    """What marketing's leads must bring and what they do, without the currency where it is the same."""
    unit = _unit(found)

    def shown(sum_: Money | None) -> str:
        return UNKNOWN if sum_ is None else str(sum_).removesuffix(f" {unit}") if unit else str(sum_)

    return shown(found.goal), shown(found.brings)


def _comes_to(quota: Quota, agreement: Agreement | None, found: Reckoning) -> Iterator[Content]:
    counted = found.counted
    if counted is not None and counted.needed is not None and counted.promised is not None:
        more, name = counted.promised - counted.needed, NAMES[counted.name]
        if more < 0:
            yield _signed("!", f"{grouped(-more)} {name} fewer than the revenue goal needs.")
        else:
            words = f"{grouped(more)} {name} more than" if more else f"Just as many {name} as"
            yield _signed("✓", f"{words} the revenue goal needs.")
    yield _week(quota, agreement)


def _week(quota: Quota, agreement: Agreement | None) -> Content:
    """``45 a week at most; sales has the hours for 41: 4 reps × 12 hours, 6 touches of 8 minutes a lead``."""
    terms, held, room = quota.quota or Terms(), quota.capacity or Capacity(), capacity(quota, agreement)
    asked = (
        f"{grouped(terms.most_per_week)} a week at most" if terms.most_per_week is not None else "No most a week yet"
    )
    if room is None:
        return _signed("○", f"{asked}; how many sales has the hours for is not known yet.")
    each = f"{held.reps} reps × {held.hours_per_rep_per_week} hours"
    work = f"{touches(quota, agreement)} touches of {held.minutes_per_touch} minutes a lead"
    fits = terms.most_per_week is None or terms.most_per_week <= room
    return _signed("✓" if fits else "!", f"{asked}; sales has the hours for {grouped(room)}: {each}, {work}.")


def _signed(sign: str, words: str) -> Content:
    look = {"!": "bold $warning", "✓": "$success"}.get(sign, "$text-muted")
    return Content.assemble((f"{sign} ", look), words)
