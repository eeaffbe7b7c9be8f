"""What the drafting screen asks in dialogs, and what it does with the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual.content import Content

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.parts import specs
from sla_tui.agreement.paths import Batch
from sla_tui.tui.drafting.help import question
from sla_tui.workshop.history import place_of
from sla_tui.workshop.items import singular
from sla_tui.workshop.places import list_here
from sla_tui.workshop.refused import to_settle
from sla_tui.workshop.saver import SaveState, Saving

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from sla_tui.tui.drafting.screen import Drafting
    from sla_tui.workshop.draft import Draft


def ask_findings(screen: Drafting) -> None:
    """Lists everything still to settle and goes where one is chosen."""
    from sla_tui.tui.dialogs.findings import Findings

    def chosen(key: str | None) -> None:
        if key:
            screen.go(key)
            screen.form.focus()

    titles = {spec.key: spec.about.title for spec in specs(type(screen.draft.agreement)) if spec.about}
    screen.app.push_screen(Findings(to_settle(screen.draft), titles, screen.form.key or screen.section), chosen)


def ask_paste(screen: Drafting, text: str = "") -> None:
    """Takes rows for the list at the cursor; ``text`` is what was pasted already."""
    from sla_tui.tui.dialogs.paste import PasteRows

    draft, key = screen.draft, list_here(screen.draft.agreement, screen.form.key)
    if not key:
        screen.say("Rows go into a list: move to one, then paste.", warning=True)
        return

    def taken(change: Batch | None) -> None:
        if change is None:
            return
        try:
            draft.change(change)
        except UserError as error:
            screen.say(f"{error.message}; {error.remedy}", warning=True)
            return
        screen.go(place_of(change))
        screen.form.focus()
        count, entry = len(change.changes), singular(draft.at(key).spec.title)
        screen.say(f"Added {count} × {entry}; u takes {'it' if count == 1 else 'them'} back.")

    screen.app.push_screen(PasteRows(draft.agreement, key, text), taken)


def pasted(screen: Drafting, text: str) -> None:
    """Text pasted while nothing is being answered: rows go to the dialog, a word is no answer to anything."""
    if "\t" in text or len(text.strip().splitlines()) > 1:
        ask_paste(screen, text)
    else:
        screen.say("Press Enter first to answer with what you paste.")


def ask_help(screen: Drafting) -> None:
    """Help on the place at the cursor, and the keys that work there."""
    from sla_tui.tui.dialogs.help import Help, keys_of

    draft, pieces = screen.draft, list[Content]()
    about = next(spec.about for spec in specs(type(draft.agreement)) if spec.key == screen.section)
    if about is not None:
        pieces += [Content.styled(about.question, "bold"), Content(about.purpose)] if about.purpose else []
        pieces += [Content.assemble(("· ", "$text-muted"), hint) for hint in about.hints]
    asked = question(draft, screen.form.key)
    if asked is not None:
        pieces += [Content(""), Content.styled("Where you are", "bold $primary")]
        pieces.append(Content.assemble((f"{asked.title}  ", "$text-muted"), asked.question))
        pieces += [Content(words) for words in (asked.hint, asked.trouble) if words]
    keys = keys_of(cast("Screen[object]", screen))
    screen.app.push_screen(Help(about.title if about else "", Content("\n").join(pieces), keys))


def ask_export(screen: Drafting) -> None:
    """Exports the agreement as it is now."""
    from sla_tui.tui.dialogs.export import Export

    screen.app.push_screen(Export(screen.draft))


def ask_settle(screen: Drafting) -> None:
    """Asks which version is kept after the file was changed by another program."""
    from sla_tui.tui.dialogs.conflict import Conflict, Versions

    draft = screen.draft
    why, theirs = "", None
    try:
        theirs = draft.on_disk()
    except UserError as error:
        why = f"{error.message}; {error.remedy}" if error.remedy else error.message

    def settled(way: str | None) -> None:
        settle = {"mine": draft.keep_mine, "theirs": draft.take_theirs}.get(way or "")
        if settle is None:
            screen.say("Nothing is saved until this is settled: press r.", warning=True)
            return
        try:
            copy = settle()
        except UserError as error:
            screen.say(f"{error.message}; {error.remedy}", warning=True)
            return
        screen.go(screen.section)
        if way == "theirs":
            screen.say("Theirs is here; u brings yours back.")
        else:
            screen.say(f"Your version is kept; a copy of theirs is in {copy}" if copy else "Your version is kept.")

    versions = Versions(draft.path, draft.document.value, draft.agreement, theirs, why)
    screen.app.push_screen(Conflict(versions), settled)


def ask_close(screen: Drafting) -> None:
    """Closes the agreement, once what is not saved has been spoken about."""
    leave(cast("App[None]", screen.app), screen.draft, screen.dismiss)


def leave(app: App[None], draft: Draft, go: Callable[[], object]) -> None:
    """Calls ``go`` when the newest version is on disk, or when the user wants to leave without."""

    async def settle() -> None:
        state = await asyncio.to_thread(draft.flush)
        if state.saving is Saving.SAVED:
            go()
        else:
            _ask_unsaved(app, state, go)

    app.run_worker(settle(), group="leaving", exclusive=True)


def _ask_unsaved(app: App[None], state: SaveState, go: Callable[[], object]) -> None:
    from sla_tui.tui.dialogs.confirm import Confirm, Way

    ways = (
        Way("stay", "s", "Stay", "Put it right and it is saved by itself."),
        Way("leave", "l", "Leave anyway", "A copy of your version is kept, and you are told where."),
    )
    said = Content.assemble(
        ("! ", "bold $warning"), f"Not saved: {state.message or 'the disk does not answer'}\n", state.remedy, "\n"
    )

    def chosen(way: str | None) -> None:
        if way == "leave":
            go()

    app.push_screen(Confirm("Leave without saving?", said, ways), chosen)
