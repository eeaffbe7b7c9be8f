"""What the drafting screen asks in dialogs, and what it does with the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual.content import Content

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.life import rule_for
from sla_tui.agreement.parts import specs
from sla_tui.agreement.paths import Batch
from sla_tui.agreement.terms import Agreement
from sla_tui.tui.drafting.help import question
from sla_tui.tui.drafting.outline import LEGEND
from sla_tui.workshop.history import place_of
from sla_tui.workshop.origins import origin, remark
from sla_tui.workshop.places import is_answer, list_here, trail
from sla_tui.workshop.progress import Standing
from sla_tui.workshop.saver import SaveState, Saving
from sla_tui.workshop.steps import Doing
from sla_tui.workshop.visited import heard

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from sla_tui.tui.drafting.screen import Drafting
    from sla_tui.workshop.draft import Draft
    from sla_tui.workshop.together import Decision, Wording


def ask_findings(screen: Drafting) -> None:
    """Lists everything still to settle and goes where one is chosen."""
    from sla_tui.tui.dialogs.findings import Findings

    def chosen(key: str | None) -> None:
        if key:
            screen.go(key)
            screen.form.focus()

    seen = screen.draft.memory.visited
    found = tuple(one for one in heard(screen.draft) if one.section in seen)
    unseen = tuple(one for one in screen.sections if not one.seen and one.standing is Standing.OPEN)
    titles = {one.key: one.title for one in screen.sections}
    screen.app.push_screen(
        Findings(screen.draft.value, found, titles, screen.form.key or screen.section, unseen), chosen
    )


def ask_paste(screen: Drafting, text: str = "") -> None:
    """Takes rows for the list at the cursor; ``text`` is what was pasted already."""
    from sla_tui.tui.dialogs.paste import PasteRows

    draft, key = screen.draft, list_here(screen.draft.value, screen.form.key)
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
        count, entry = len(change.changes), draft.at(key).spec.entry
        screen.say(f"Added {count} × {entry}; u takes {'it' if count == 1 else 'them'} back.")

    screen.app.push_screen(PasteRows(draft.value, key, text), taken)


def ask_origin(screen: Drafting) -> None:
    """Asks where the answer, or all of the entry at the cursor comes from."""
    from sla_tui.tui.dialogs.origin import Origin, Said

    draft, key = screen.draft, screen.form.key
    if not key or (is_answer(draft.value, key) and draft.at(key).empty):
        screen.say("Nothing is answered here yet, so it comes from nowhere.")
        return

    def told(said: Said | None) -> None:
        if said is not None and screen.do(Doing(remark(draft.value, key, said.kind, said.note), key)):
            screen.form.focus()

    screen.app.push_screen(Origin(trail(draft.value, key)[-1], origin(draft.value, key)), told)


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
    about = next(spec.about for spec in specs(type(draft.value)) if spec.key == screen.section)
    if about is not None:
        pieces += [Content.styled(about.question, "bold"), Content(about.purpose)] if about.purpose else []
        pieces += [Content.assemble(("· ", "$text-muted"), hint) for hint in about.hints]
    if isinstance(draft.value, Agreement) and screen.there:
        pieces.append(Content.styled(rule_for(draft.value, screen.section), "$text-muted"))
    asked = question(draft, screen.form.key)
    if asked is not None:
        pieces += [Content(""), Content.styled("Where you are", "bold $primary")]
        pieces.append(Content.assemble((f"{asked.title}  ", "$text-muted"), asked.question))
        pieces += [Content(words) for words in (asked.example, asked.hint, asked.trouble) if words]
    signs = Content("   ").join([Content.assemble((sign, "bold"), f" {words}") for sign, words in LEGEND])
    pieces += [Content(""), Content.styled("Signs", "bold $primary"), signs]
    keys = keys_of(cast("Screen[object]", screen))
    screen.app.push_screen(Help(about.title if about else "", Content("\n").join(pieces), keys))


def ask_export(screen: Drafting) -> None:
    """Exports the agreement as it is now."""
    from sla_tui.tui.dialogs.export import Export

    screen.app.push_screen(Export(screen.draft))


def ask_settle(screen: Drafting) -> None:
    """Settles what keeps the saving waiting: answers given otherwise on disk, a file that is gone or cannot be read."""
    draft = screen.draft
    draft.take_in()
    match draft.saving.saving:
        case Saving.CONFLICT if (wording := draft.wording) and draft.conflicts:
            _ask_conflicts(screen, wording)
        case Saving.GONE:
            _write_anew(screen)
        case Saving.UNREADABLE:
            from sla_tui.tui.dialogs.message import Told

            state = draft.saving
            screen.app.push_screen(Told(UserError(state.message, state.remedy), "Saving waits for the file on disk"))
        case _:
            screen.came()


def _ask_conflicts(screen: Drafting, wording: Wording) -> None:
    from sla_tui.tui.dialogs.conflict import Conflict

    draft, conflicts = screen.draft, screen.draft.conflicts
    known = {at: whose for at, one in enumerate(conflicts) if (whose := draft.decided(one)) is not None}

    def decided(decisions: tuple[Decision, ...] | None) -> None:
        try:
            words = draft.decide(decisions or ())
        except UserError as error:
            screen.say(f"{error.message}; {error.remedy}: press r.", warning=True)
            return
        screen.go(draft.nearest(screen.form.key or screen.section))
        if draft.saving.saving is Saving.CONFLICT:
            screen.say("Nothing is saved until the rest is decided: press r.", warning=True)
        elif words:
            screen.say(from_disk(words))

    screen.app.push_screen(Conflict(wording, conflicts, known), decided)


def _write_anew(screen: Drafting) -> None:
    try:
        screen.draft.write_anew()
    except UserError as error:
        screen.say(f"{error.message}; {error.remedy}", warning=True)
    else:
        screen.show(screen.form.key)
        screen.say("The file is written anew.")


def from_disk(words: tuple[str, ...]) -> str:
    """What others wrote, in passing: the first of it, and how much more."""
    more = len(words) - 1
    return f"From disk: {words[0]}" + (f" (and {more} more)" if more else "")


def ask_close(screen: Drafting) -> None:
    """Closes the agreement, once what is not saved has been spoken about."""
    leave(cast("App[None]", screen.app), screen.draft, screen.dismiss)


def leave(app: App[None], draft: Draft, go: Callable[[], object]) -> None:
    """Calls ``go`` when the newest version is on disk, or when the user wants to leave without."""

    async def settle() -> None:
        state = await asyncio.to_thread(draft.wait)
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
