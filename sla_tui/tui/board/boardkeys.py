"""The keys shown on the board: of some thirty, those that matter most on the panel one is on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sla_tui.tui.keys import KeyBar

if TYPE_CHECKING:
    from collections.abc import Mapping

PANEL = "panel({!r})"
WEIGHING = ("flips", "suggest", PANEL.format("limits"), "effects", "keep", "territories", "cards", "grid")
ELSEWHERE = (*(PANEL.format(name) for name in ("stages", "rules", "leads", "statistics")), *WEIGHING)
FIRST: Mapping[str, tuple[str, ...]] = {
    "stages": ("stop", "nudge(1)", *ELSEWHERE, "edit", "undo"),
    "rules": ("stop", "nudge(1)", "off", "edit", "build", "add", *ELSEWHERE[:3], "effects", "undo", *ELSEWHERE[3:]),
    "limits": ("stop", "nudge(1)", "screen.edit", "add", "build", "remove", "undo", *ELSEWHERE),
    "leads": ("stop", "screen.why", "reveal", *ELSEWHERE),
    "statistics": ("stop", *ELSEWHERE),
}
"""What is shown first, by the panel in front of one."""
NOT_THERE = {"statistics": ("edit",)}
"""What does nothing there that is meant."""


class BoardKeys(KeyBar):
    """The board's line of keys."""

    def __init__(self) -> None:
        super().__init__(last=("help", "back"))

    def arranged(self, actions: Sequence[str]) -> Sequence[str]:
        """Those of the panel first; not the key that leads to where one is."""
        focused = self.screen.focused
        here = (focused.id if focused else None) or ""
        order = FIRST.get(here, ())
        out = (PANEL.format(here), *NOT_THERE.get(here, ()))
        places = {action: order.index(action) for action in actions if action in order}
        return sorted((one for one in actions if one not in out), key=lambda one: places.get(one, len(order)))
