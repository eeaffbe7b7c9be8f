"""What the drafting screen does to entries and sections, and which of it can be done where the cursor is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sla_tui.agreement.examples import agreed
from sla_tui.agreement.paths import Put
from sla_tui.tui.drafting.outline import Outline
from sla_tui.workshop.items import singular
from sla_tui.workshop.places import item_around, item_here, list_here
from sla_tui.workshop.saver import Saving
from sla_tui.workshop.steps import Doing, adding, adding_section, copying, moving, naming, removing

if TYPE_CHECKING:
    from sla_tui.tui.drafting.screen import Drafting


def can(screen: Drafting, action: str) -> bool:
    """Whether an action makes sense where the cursor is."""
    draft, key = screen.draft, screen.form.key
    match action:
        case "edit":
            return not screen.answer.editing and not isinstance(screen.focused, Outline)
        case "remove" | "copy" | "move":
            return bool(item_here(draft.agreement, key))
        case "paste":
            return bool(list_here(draft.agreement, key))
        case "add":
            return not key or bool(list_here(draft.agreement, key))
        case "undo":
            return draft.can_undo
        case "redo":
            return draft.can_redo
        case "agree":
            return bool(key) and agreed(draft.agreement, key) is not None
        case "leave_out":
            return bool(key)
        case "settle":
            return draft.saving.saving is Saving.CONFLICT
        case _:
            return True


def add(screen: Drafting) -> None:
    """Adds an entry to the list at the cursor and begins to fill it in; or the section, if it was left out."""
    agreement = screen.draft.agreement
    if not screen.form.keys:
        screen.do(adding_section(agreement, screen.section))
        screen.form.focus()
        return
    doing = adding(agreement, screen.form.key)
    if doing and screen.do(doing):
        screen.new_items.add(doing.look)
        screen.open_entry(doing.look)


def missing_in(screen: Drafting, key: str, inside: Iterable[str]) -> str:
    """The first answer that is missing in an entry, of those in sight; in a new one even if it may stay open."""
    new = key in screen.new_items
    slots = (screen.draft.at(one) for one in inside)
    return next((slot.key for slot in slots if slot.empty and slot.spec.leaf and (new or not slot.optional)), "")


def remove(screen: Drafting) -> None:
    """Removes the entry at the cursor."""
    key = item_here(screen.draft.agreement, screen.form.key)
    entry = singular(screen.draft.at(key.rpartition(".")[0]).spec.title)
    if screen.do(removing(screen.draft.agreement, key)):
        screen.say(f"Removed one {entry}; u brings it back.")


def copy(screen: Drafting) -> None:
    """Puts a copy of the entry at the cursor below it."""
    screen.do(copying(screen.draft.agreement, item_here(screen.draft.agreement, screen.form.key)))


def move(screen: Drafting, by: int) -> None:
    """Moves the entry at the cursor up or down among those shown beside it."""
    doing = moving(screen.draft.agreement, item_here(screen.draft.agreement, screen.form.key), by)
    if doing:
        screen.do(doing)


def agree(screen: Drafting) -> None:
    """Makes the examples at the cursor what is agreed: one answer, or all of an entry or a list."""
    change = agreed(screen.draft.agreement, screen.form.key)
    if change:
        screen.do(Doing(change, screen.form.key))


def leave_out(screen: Drafting) -> None:
    """Takes the section out of this version."""
    if screen.do(Doing(Put(screen.section, None), screen.section)):
        screen.say("Left out of this version; u brings it back.")


def naming_new(screen: Drafting) -> Doing | None:
    """The step that gives the entry just filled in an id made of its words; None for one that has its id."""
    item = item_around(screen.draft.agreement, screen.form.key)
    doing = naming(screen.draft.agreement, item, screen.form.key) if item in screen.new_items else None
    if doing:
        screen.new_items.discard(item)
    return doing
