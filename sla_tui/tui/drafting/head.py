"""The words above the form: whose agreement this is, which section, how far it is, what it asks, where in it one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from sla_tui.agreement.examples import within
from sla_tui.agreement.life import schedule_of
from sla_tui.agreement.lists import WHO
from sla_tui.agreement.parts import Part, plain, spec_by_key
from sla_tui.agreement.paths import at_key, is_item
from sla_tui.agreement.references import nameable
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.tui.drafting.outline import words
from sla_tui.workshop.places import BETWEEN, above, item_around, trail
from sla_tui.workshop.progress import Progress, Standing

ABSENT = "Not in this version. Press a to add it.\nA adds it with what is usual."
ONLY_OPEN = "Only what is open is shown; o shows everything."
LEAST = 8
"""Cells below which a word of the trail is not cut."""


def title(part: Part) -> str:
    """Whose agreement it is, its status and its title, which may be cut."""
    if not isinstance(part, Agreement):
        return type(part).__name__
    header = part.agreement
    said = [header.organization, header.status or "draft", header.title] if header else ["New agreement"]
    return " · ".join(word for word in said if word)


@dataclass(frozen=True, slots=True)
class Where:
    """Which of how many sections of this version it is, and whether only what is open is shown."""

    number: int
    of: int
    only_open: bool = False

    @property
    def words(self) -> str:
        """``17/25``."""
        return f"{self.number}/{self.of}" if self.number else ""


def where(sections: Sequence[Progress], key: str, only_open: bool) -> Where:
    """Where the section ``key`` stands among those of this version."""
    held = [one.key for one in sections if one.standing is not Standing.ABSENT]
    return Where(held.index(key) + 1 if key in held else 0, len(held), only_open)


def complete(sections: Sequence[Progress]) -> str:
    """``9 of 25 complete``: how many sections of this version are."""
    held = [one.standing for one in sections if one.standing is not Standing.ABSENT]
    return f"{held.count(Standing.COMPLETE)} of {len(held)} complete" if held else ""


def heading(part: Part, section: Progress, at: Where, key: str, open_item: str, room: int) -> Content:
    """A section's title and question; for one left out, what it is for and how it is added.

    Within an entry that is open, the way to it stands beside the title.
    """
    said = _heading(part, section, at, key, open_item, room)
    return Content.assemble(said, "\n", (ONLY_OPEN, "$warning")) if at.only_open else said


def _heading(part: Part, section: Progress, at: Where, key: str, open_item: str, room: int) -> Content:
    about = spec_by_key(type(part))[section.key].about
    if section.standing is Standing.ABSENT:
        first = Content.assemble((section.title, "bold $primary"), (f"  {words(section)}", "$text-muted"))
        purpose = about.purpose if about else ""
        return Content.assemble(first, f"\n\n{purpose}\n\n{ABSENT}")
    first = _trail(part, key, open_item, room) or _standing(part, section, at, room)
    if about is None:
        return first
    head = Content.assemble(first, "\n", (about.question, "bold"))
    if about.purpose and not section.answered and not plain(getattr(part, section.key)):
        head = Content.assemble(head, "\n", (about.purpose, "$text-muted"))
    return head


def _standing(part: Part, section: Progress, at: Where, room: int) -> Content:
    left = room - cell_len(section.title) - cell_len(at.words) - 4
    said = list(_said(part, section))
    fits = next((one for one in said if cell_len(one) <= left), said[-1])
    return Content.assemble((section.title, "bold $primary"), (f"  {at.words}  {fits}", "$text-muted"))


def _said(part: Part, section: Progress) -> Iterator[str]:
    """How far a section is and whether it is signed, the fullest first."""
    count = f"{section.answered} of {section.asked}" if section.asked else ""
    answered = f"{count} answered" if count else words(section)
    for whole, short in _signed(part, section.key):
        yield f"{answered} · {whole}"
        yield f"{answered} · {short}"
        if count:
            yield f"{count} · {short}"
    yield answered


def _signed(part: Part, key: str) -> Iterator[tuple[str, str]]:
    """Whether a section is signed or a schedule, at length and in short."""
    if not isinstance(part, Agreement):
        return
    if not schedule_of(part, key):
        yield "terms, signed word by word", "terms, signed"
        return
    names = nameable(part, WHO) or {}
    held = part.agreement.limits if part.agreement else ()
    limits = [one for one in held if one.key and schedule_of(part, one.key) == key]
    by = ", ".join(dict.fromkeys(names.get(one.by, one.by) for one in limits if one.by))
    if by:
        yield f"schedule: may change between signings, by {by}", f"schedule, by {by}"
    yield "schedule: may change between signings", "schedule"


def _trail(part: Part, key: str, open_item: str, room: int) -> Content | None:
    """The way to the open entry the cursor is in, and to the list in it; None outside of one."""
    place = _innermost(part, key, open_item)
    if not place:
        return None
    section, *way = trail(part, place)
    *before, last = (Content(word) for word in shortened(way, room - cell_len(section)))
    between = Content.styled(BETWEEN, "$text-muted")
    way_before = [Content.assemble((section, "bold $primary")), *(word.stylize("$text-muted") for word in before)]
    return between.join([*way_before, last.stylize("bold")])


def _innermost(part: Part, key: str, open_item: str) -> str:
    """The open entry that ``key`` is in or at, or the list within it; empty outside of one."""
    for one in (key, *above(key)) if open_item else ():
        holder = one if is_item(part, one) else item_around(part, one)
        is_place = one == holder or at_key(part, one).spec.kind is Kind.LIST
        if is_place and holder and within(open_item, holder):
            return one
    return ""


def shortened(way: Sequence[str], room: int) -> tuple[str, ...]:
    """The words of a trail, cut or left out from the front until they fit ``room`` cells with what is before each."""
    kept = list(way)
    while len(kept) > 2 and sum(min(LEAST, cell_len(word)) for word in kept) + len(BETWEEN) * len(kept) > room:
        kept = ["…", *kept[2 if kept[0] == "…" else 1 :]]
    widths = [cell_len(word) for word in kept]
    while sum(widths) + len(BETWEEN) * len(kept) > room and max(widths) > LEAST:
        widths[widths.index(max(widths))] -= 1
    pairs = zip(kept, widths, strict=True)
    return tuple(word if cell_len(word) <= width else f"{set_cell_size(word, width - 1)}…" for word, width in pairs)
