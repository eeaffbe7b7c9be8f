"""Dialogs by which one moves about in an agreement and sees it otherwise: going to, finding, reading as on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_tui.agreement.terms import Agreement
from sla_tui.tui.drafting.outline import SIGNS
from sla_tui.workshop.progress import Standing

if TYPE_CHECKING:
    from sla_tui.tui.drafting.view import DraftView


def _went(screen: DraftView, key: str | None) -> None:
    if key:
        screen.go(key)
        screen.enter()


def ask_goto(screen: DraftView) -> None:
    """Goes to a section, a list or an entry by some letters of its name."""
    from sla_tui.tui.dialogs.goto import GoTo

    signs = {one.key: SIGNS[one.standing] for one in screen.sections}
    screen.app.push_screen(GoTo(screen.draft.value, signs, screen.section), lambda key: _went(screen, key))


def ask_find(screen: DraftView) -> None:
    """Finds words wherever they stand."""
    from sla_tui.tui.dialogs.find import Find

    dialog = Find(screen.draft.value, {one.key: one.title for one in screen.sections}, screen.sought)

    def found(key: str | None) -> None:
        screen.sought = dialog.typed
        _went(screen, key)

    screen.app.push_screen(dialog, found)


def ask_preview(screen: DraftView) -> None:
    """Shows how the section in hand reads on the page; goes on with the one read last."""
    from sla_tui.tui.dialogs.preview import Preview

    part = screen.draft.value
    there = tuple((one.key, one.title) for one in screen.sections if one.standing is not Standing.ABSENT)
    if not isinstance(part, Agreement) or not there:
        return

    def read(section: str | None) -> None:
        if section and section != screen.section:
            screen.go(section)

    screen.app.push_screen(Preview(part, there, screen.section), read)
