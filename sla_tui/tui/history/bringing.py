"""Asks from which version something is brought back, and shows before what that would change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from sla_tui.tui.dialogs.confirm import Confirm, Way
from sla_tui.tui.history.lines import day
from sla_tui.workshop.past import Bringing, Look, Side

KEYS = {Side.BEFORE: "b", Side.THIS: "t", Side.SINCE: "f", Side.LAST: "l"}
SHOWN = 4
"""Lines of what would change that are shown of one way."""


def side_words(side: Side, look: Look, now: datetime) -> str:
    """How a version is called: ``As before this revision``, ``As on 12 Jan 2025``."""
    if side is Side.LAST:
        return "As in the last revision"
    if side is Side.BEFORE:
        return "As before this revision"
    held = look.since if side is Side.SINCE else look.revision
    if held is None or look.since is None:
        return "As in this revision"
    return f"As on {day(held, now)} ({held.short})"


def told(bringing: Bringing, shown: int = SHOWN) -> tuple[str, ...]:
    """What it would change, in few lines."""
    lines = bringing.lines
    return lines if len(lines) <= shown else (*lines[: shown - 1], f"… and {len(lines) - shown + 1} more")


def possible(ways: Sequence[Bringing]) -> tuple[Bringing, ...]:
    """Those that would change something."""
    return tuple(one for one in ways if one.change is not None and one.told)


def why_not(ways: Sequence[Bringing], look: Look, now: datetime) -> tuple[str, ...]:
    """Of those that would change nothing: why."""
    return tuple(
        f"{side_words(one.side, look, now)}: {one.trouble or 'it says so now'}."
        for one in ways
        if one.change is None or not one.told
    )


def asked(what: str, ways: Sequence[Bringing], look: Look, now: datetime) -> Confirm:
    """The dialog; it hands back the side chosen."""
    said = [Content.styled(what, "bold")]
    said += [Content.styled(words, "$text-muted") for words in why_not(ways, look, now)]
    offered = [
        Way(one.side.value, KEYS[one.side], side_words(one.side, look, now), _outcome(one)) for one in possible(ways)
    ]
    keep = Way("keep", "n", "Leave it as it is now", "Nothing is changed.")
    return Confirm("Bring back", Content("\n").join([*said, Content("")]), (*offered, keep))


def _outcome(one: Bringing) -> str:
    return "\n   ".join([*told(one), *(f"! {words}" for words in one.lost[:2])])
