"""What the drafting screen does to entries and sections, and which of it can be done where the cursor is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sla_tui.agreement.examples import agreed
from sla_tui.agreement.paths import Put
from sla_tui.agreement.terms import Agreement
from sla_tui.tui.drafting.outline import Outline
from sla_tui.tui.drafting.referred import unless_named
from sla_tui.workshop.places import entry_words, examples_in, item_around, item_here, list_here
from sla_tui.workshop.saver import WAITING
from sla_tui.workshop.steps import (
    Doing,
    adding,
    adding_section,
    bringing_back,
    copying,
    left_out,
    moving,
    naming,
    removing,
)

if TYPE_CHECKING:
    from sla_tui.tui.drafting.screen import Drafting


def can(screen: Drafting, action: str) -> bool:
    """Whether an action makes sense where the cursor is."""
    draft, key = screen.draft, screen.form.key
    match action:
        case "edit":
            return not screen.answer.editing and not isinstance(screen.focused, Outline)
        case "remove" | "copy" | "move":
            return bool(item_here(draft.value, key))
        case "paste":
            return bool(list_here(draft.value, key))
        case "add" | "usual":
            return not screen.there or bool(list_here(draft.value, key))
        case "undo":
            return draft.can_undo
        case "redo":
            return draft.can_redo
        case "leave_out":
            return screen.there
        case "preview":
            return isinstance(draft.value, Agreement)
        case "settle":
            return draft.saving.saving in WAITING
        case _:
            return True


def place(screen: Drafting) -> str:
    """What is in hand: the whole section in the outline, else the place at the cursor."""
    return screen.section if isinstance(screen.focused, Outline) else screen.form.key


def add(screen: Drafting) -> None:
    """Adds an entry to the list at the cursor and begins to fill it in; or the section, if it was left out."""
    agreement = screen.draft.value
    if not screen.there:
        held = screen.left_out.get(screen.section)
        if held is None:
            screen.do(adding_section(agreement, screen.section))
        elif screen.do(bringing_back(agreement, screen.section, held)):
            screen.say("It is back, with the answers it had.")
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
    """Removes the entry at the cursor, once it is said where it is named."""
    key = item_here(screen.draft.value, screen.form.key)
    slot = screen.draft.at(key)
    entry = screen.draft.at(key.rpartition(".")[0]).spec.entry

    def go_on() -> None:
        if screen.do(removing(screen.draft.value, key)):
            screen.say(f"Removed one {entry}; u brings it back.")

    unless_named(screen, key, entry_words(slot.value), go_on)


def copy(screen: Drafting) -> None:
    """Puts a copy of the entry at the cursor below it."""
    screen.do(copying(screen.draft.value, item_here(screen.draft.value, screen.form.key)))


def move(screen: Drafting, by: int) -> None:
    """Moves the entry at the cursor up or down among those shown beside it."""
    doing = moving(screen.draft.value, item_here(screen.draft.value, screen.form.key), by)
    if doing:
        screen.do(doing)


def agree(screen: Drafting) -> None:
    """Makes the examples in hand what is agreed: one answer, all of an entry or a list, or in the outline a section."""
    key = place(screen)
    change, count = agreed(screen.draft.value, key), len(examples_in(screen.draft.value, key))
    if change is None:
        screen.say("Nothing to agree to here: no example stands here.")
    elif screen.do(Doing(change, screen.form.key or key)):
        screen.say("Agreed; u takes it back." if count == 1 else f"{count} examples agreed; u takes it back.")


def ended(screen: Drafting) -> str:
    """What can be done where the last answer of an entry, or of a section, was given."""
    around = item_around(screen.draft.value, screen.form.key)
    if not around:
        return "Done here: n goes on to what is open, ] to the next section."
    entry = screen.draft.at(around.rpartition(".")[0]).spec.entry
    return f"Done: n goes on to what is open, a adds another {entry}."


def leave_out(screen: Drafting) -> None:
    """Takes the section out of this version, once it is said where it is named."""
    section = screen.section

    def go_on() -> None:
        held = left_out(screen.draft.value, section)
        if screen.do(Doing(Put(section, None), section)):
            screen.left_out[section] = held
            screen.say("Left out of this version; a or u brings it back as it was.")

    unless_named(screen, section, screen.draft.at(section).spec.title, go_on)


def naming_new(screen: Drafting) -> Doing | None:
    """The step that gives the entry just filled in an id made of its words; None for one that has its id."""
    item = item_around(screen.draft.value, screen.form.key)
    doing = naming(screen.draft.value, item, screen.form.key) if item in screen.new_items else None
    if doing:
        screen.new_items.discard(item)
    return doing
