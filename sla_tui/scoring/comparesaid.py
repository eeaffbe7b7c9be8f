"""What two scorings of the same leads differ in, in words: for ``simulate --against`` and for the board."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sla_tui.scoring.results import Flip, Removal, Some
from sla_tui.scoring.sentence import number

if TYPE_CHECKING:
    from sla_tui.scoring.compare import Comparison
    from sla_tui.scoring.warehouse.figures import Moved

SHOWN = 10
"""Leads that are listed in text, each way."""
_WIDTH = 80


def document(found: Comparison | Moved, version: str) -> dict[str, Any]:
    """What ``simulate --format json`` says under ``against``; ``before`` is the version compared with.

    ``flips`` is None where nobody can list the leads.
    """
    then, now = found.at
    return {
        "version": version,
        "stage": found.stage,
        "at": {"before": then, "after": now},
        "in": asdict(found.came),
        "out": asdict(found.went),
        "both": asdict(found.stayed),
        "stages": [asdict(one) for one in found.stages],
        "unanswered": list(found.unanswered),
        "flips": [
            {"id": one.id, "before": one.before, "after": one.after, "in": one.enters, "won": one.won}
            for one in found.page(0, found.flips)
        ]
        if found.listed
        else None,
    }


def text(found: Comparison | Moved, version: str) -> str:
    """The same as plain text for a terminal of 80 columns."""
    lines = [textwrap.fill(headline(found, version), _WIDTH)]
    if missing := unanswered(found, version):
        lines.append(textwrap.fill(missing, _WIDTH))
    width = max(5, *(min(44, len(one.name)) for one in found.stages))
    lines += ["", f"{'Stage':<{width}}  {'before':>9}  {'now':>9}  {'change':>9}"]
    for one in found.stages:
        then, now = ("–" if count is None else number(count) for count in (one.before, one.after))
        change = "" if one.before is None or one.after is None else signed(one.after - one.before)
        lines.append(f"{one.name[:width]:<{width}}  {then:>9}  {now:>9}  {change:>9}".rstrip())
    for enters, group, words in ((True, found.came, "Come in"), (False, found.went, "Go out")):
        if group.leads and found.listed:
            start = 0 if enters else found.came.leads
            lines += ["", f"{words}, score before and now:"]
            lines += [f"  {_flip(one)}" for one in found.page(start, min(SHOWN, group.leads))]
            if group.leads > SHOWN:
                lines.append(f"  and {number(group.leads - SHOWN)} more; --format json lists all")
    return "\n".join(lines) + "\n"


def headline(found: Comparison | Moved, version: str, stage: str = "") -> str:
    """Who comes in and who goes out at the stage, and what became of them; ``stage`` is what to call it."""
    then, now = found.at
    if then is None and now is None:
        return f"Against {version}: points reach no stage {found.stage!r} in either."
    points = f" (from {_points(then)} points before, {_points(now)} now)" if then != now else f" (from {now} points)"
    said = f"Against {version}, at {stage or found.name}{points}"
    if not found.flips:
        return f"{said}: the same {_leads(found.stayed.leads)}."
    return f"{said}: {_group(found.came, 'in')}, {_group(found.went, 'out')}; {number(found.stayed.leads)} stay."


def unanswered(found: Comparison | Moved, version: str) -> str:
    """That names of the version compared with are not in these files; empty where all are."""
    faults = len({*found.unanswered})
    if not faults:
        return ""
    what = "condition names" if faults == 1 else "conditions name"
    return f"In {version} {number(faults)} {what} nothing in these files; that gave no points."


def removal(one: Removal, stage: str) -> str:
    """What a rule is there for at a stage: who would come in or stay out without its points."""
    if not one.leads and not one.won:
        return f"Without this rule: as many leads at {stage}."
    more = "more" if one.leads > 0 else "fewer"
    said = f"Without this rule: {_leads(abs(one.leads))} {more} at {stage}"
    if one.now.outcome and one.now.all_positive:
        said += f", {signed(one.won)} won" if one.won else ", none of them won"
        if one.precision is not None:
            before = one.now.positive / one.now.known
            said += f"; precision {_percent(before)} → {_percent(before + one.precision)}"
    return f"{said}."


def signed(value: int) -> str:
    """A change with its sign; ``±0`` for none."""
    return "±0" if not value else f"{'+' if value > 0 else '−'}{number(abs(value))}"


def _points(at: int | None) -> str:
    return "no" if at is None else str(at)


def _leads(count: int) -> str:
    return "1 lead" if count == 1 else f"{number(count)} leads"


def _group(some: Some, way: str) -> str:
    if not some.leads:
        return f"none {'comes' if way == 'in' else 'goes'} {way}"
    one, many = ("comes", "come") if way == "in" else ("goes", "go")
    said = f"{_leads(some.leads)} {one if some.leads == 1 else many} {way}"
    if not some.known:
        return said
    of_them = "" if some.known == some.leads else f" of {number(some.known)} known"
    return f"{said} ({number(some.won)} won{of_them})"


def _flip(one: Flip) -> str:
    won = {True: "won", False: "not won", None: ""}[one.won]
    return f"{one.id:<24}  {one.before:>6} → {one.after:<6}  {won}".rstrip()


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
