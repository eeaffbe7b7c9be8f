"""What answering does beyond one answer: somebody new, two promises of one, another editor's text, what is usual."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.values import Kind
from sla_tui.tui.drafting.editors import pasted
from sla_tui.tui.editor import write
from sla_tui.workshop.newcomers import with_new
from sla_tui.workshop.places import list_here
from sla_tui.workshop.steps import Doing
from sla_tui.workshop.visit import Visit

if TYPE_CHECKING:
    from sla_tui.agreement.parts import Item
    from sla_tui.agreement.paths import Change
    from sla_tui.tui.drafting.screen import Drafting
    from sla_tui.workshop.draft import Draft


def took(screen: Drafting, key: str, change: Change) -> None:
    """Makes the change that an offer stands for, in place of what was typed."""
    screen.draft.memory.refuse(key, None)
    screen.refusal = ""
    if screen.do(Doing(change, key)):
        screen.form.focus()


def added(draft: Draft[Any], key: str, list_key: str, name: str) -> str:
    """Adds somebody or something new and names it in the answer, as one step; what is wrong with it, or nothing."""
    try:
        draft.change(with_new(draft.value, draft.at(key), list_key, name))
    except UserError as error:
        return f"{error.message}; {error.remedy}" if error.remedy else error.message
    draft.memory.refuse(key, None)
    return ""


def written(screen: Drafting, visit: Visit, text: str) -> Visit:
    """Lets the answer be written in the user's own editor; what comes of it is a step of its own."""
    done = write(screen.app, text)
    screen.refresh(layout=True)
    if done.said:
        screen.say(done.said, warning=done.text is None)
    if done.text is None:
        return visit
    own = Visit(screen.draft, visit.key)
    screen.answer.rewrite(pasted(done.text.rstrip(), lines=own.slot.spec.kind is Kind.PROSE))
    return own


def usual_ones(screen: Drafting) -> None:
    """Asks which usual entries the list at the cursor gets; a section that was left out gets its usual answers."""
    ask = _ask_entries(screen) if screen.there else _take_section(screen)
    screen.run_worker(ask, group="usual", exclusive=True)


async def _take_section(screen: Drafting) -> None:
    from sla_tui.workshop.presets import usual_section

    doing = await asyncio.to_thread(usual_section, screen.draft.value, screen.section)
    if doing is None:
        screen.say("There is nothing usual for this section; a adds it empty.")
    elif screen.do(doing):
        screen.form.focus()
        screen.say("Added with what is usual, as examples to agree on with y; u takes it back.")


async def _ask_entries(screen: Drafting) -> None:
    from sla_tui.tui.dialogs.presets import Usual
    from sla_tui.workshop.presets import adding_usual, usual

    part, key = screen.draft.value, screen.form.key
    list_key = list_here(part, key)
    if not list_key:
        return
    title = screen.draft.at(list_key).spec.title
    items = await asyncio.to_thread(usual, part, list_key)
    if not items:
        screen.say(f"The templates have no other {title.lower()}; a adds one of your own.")
        return

    def chosen(picked: tuple[Item, ...] | None) -> None:
        if picked and screen.do(adding_usual(screen.draft.value, key, list_key, picked)):
            screen.form.focus()
            back = "u takes it back" if len(picked) == 1 else "u takes them back"
            screen.say(f"Added {len(picked)}, as examples to agree on with y; {back}.")

    screen.app.push_screen(Usual(title, items), chosen)
