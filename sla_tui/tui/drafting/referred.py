"""Before something goes that answers elsewhere name: where that is, and whether it goes all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from sla_tui.workshop.places import brief, named_in, way

if TYPE_CHECKING:
    from sla_tui.agreement.parts import Part
    from sla_tui.tui.drafting.screen import Drafting

SHOWN = 6
"""How many places are listed; the others are counted."""


def unless_named(screen: Drafting, key: str, what: str, go_on: Callable[[], None]) -> None:
    """Goes on at once when nothing names what is at ``key``; else says where it is named and asks."""
    from sla_tui.tui.dialogs.confirm import Confirm, Way

    part = screen.draft.value
    places = named_in(part, key)
    if not places:
        go_on()
        return
    ways = (
        Way("keep", "n", "No, keep it", "Nothing changes."),
        Way("look", "l", "Look at the first of them", "Go there and name something else."),
        Way("remove", "r", "Remove it anyway", "The answers stay as they are, and are to be mended; u brings it back."),
    )

    def chosen(way: str | None) -> None:
        if way == "remove":
            go_on()
        elif way == "look":
            screen.go(places[0])
            screen.form.focus()

    screen.app.push_screen(Confirm(f"Remove {brief(what)}?", said(part, places), ways), chosen)


def said(part: Part, places: tuple[str, ...]) -> Content:
    """The places as lines: the way to each, in words."""
    lines = [Content.styled(f"It is named in {len(places)} {'place' if len(places) == 1 else 'places'}:", "bold")]
    lines += [Content.assemble(("· ", "$text-muted"), way(part, one)) for one in places[:SHOWN]]
    if len(places) > SHOWN:
        lines.append(Content.styled(f"… and {len(places) - SHOWN} more", "$text-muted"))
    return Content("\n").join([*lines, Content("")])
