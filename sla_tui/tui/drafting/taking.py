"""Shows what others wrote, and leaves what is being answered here as undisturbed as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_tui.agreement.paths import UnknownKey
from sla_tui.workshop.places import item_around

if TYPE_CHECKING:
    from sla_tui.tui.drafting.screen import Drafting


def shown(screen: Drafting) -> None:
    """Shows the Draft as it is now, the cursor where it was or as near as there still is something."""
    draft, key = screen.draft, screen.form.key
    visit = screen.visit
    if screen.open_item and draft.nearest(screen.open_item) != screen.open_item:
        screen.open_item = item_around(draft.value, draft.nearest(screen.open_item))
    if visit is not None:
        try:
            now = draft.at(visit.key).value
        except UnknownKey:
            screen.close_editor()
        else:
            if now != visit.held:
                screen.begin_anew(visit.key)
                return
    near = draft.nearest(key) if key else ""
    screen.show(key) if near == key else screen.go(near)
