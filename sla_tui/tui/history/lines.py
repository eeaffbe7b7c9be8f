"""The lines of the history screen: one a revision, and what one changed by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from sla_tui.record.git import Revision
from sla_tui.tui.when import when
from sla_tui.workshop.past import NEVER, Look, Seen

DAY, AUTHOR = 11, 14
"""Cells for the day, and most for the author."""
MARK = "◆ "
"""Before the revision that others are held against."""
INDENT = 2
"""Cells by which a change stands under its section."""
MOST = 200
"""Changes listed at once; of more their number is said."""
NOW = "As it is now"
NOTHING_NEW = "As it is now: nothing since the last revision"
WAITING = "Not committed yet"


class Line(NamedTuple):
    """A line of changes: the KEYs it is about, and its words; without KEYs it only says something."""

    keys: tuple[str, ...]
    words: Content


def day(revision: Revision, now: datetime) -> str:
    """The day of a revision, as on the clock here."""
    return when(revision.when.astimezone(now.tzinfo), now)


def author_room(revisions: Sequence[Revision]) -> int:
    """The cells of the column with the authors."""
    return min(AUTHOR, max((cell_len(one.author) for one in revisions), default=0))


def first_row(waiting: bool | None, marked: bool) -> Content:
    """The first line: the file as it is now; ``waiting`` is None while it is not known whether git has it so."""
    look = "bold $warning" if waiting else "$text-muted"
    return Content.assemble((MARK if marked else "  ", "bold $accent"), (_now_words(waiting), look))


def _now_words(waiting: bool | None) -> str:
    return NOW if waiting is None else WAITING if waiting else NOTHING_NEW


def row(revision: Revision, now: datetime, room: int, marked: bool) -> Content:
    """The line of a revision: day, who, the message's first line."""
    author = Content(revision.author).truncate(room, ellipsis=True).plain
    return Content.assemble(
        (MARK if marked else "  ", "bold $accent"),
        (f"{day(revision, now):<{DAY}}  ", "$text-muted"),
        f"{set_cell_size(author, room)}  ",
        (revision.subject, "bold"),
    )


def about(look: Look, now: datetime, waiting: bool | None) -> Content:
    """What is shown below or beside the list: which revision, or from which to which."""
    held, since = look.revision, look.since
    if since is not None:
        to = f"{day(held, now)} ({held.short})" if held is not None else "now"
        return Content.assemble(
            ("From ", "$text-muted"), f"{day(since, now)} ({since.short})", (" to ", "$text-muted"), to
        )
    if held is None:
        return Content.styled(_now_words(waiting), "bold")
    head = f"{held.when:%Y-%m-%d %H:%M} · {held.author} · {held.short}"
    return Content.assemble((head, "$text-muted"), "\n", (held.subject, "bold"))


def changes(seen: Seen, look: Look, width: int) -> Iterator[Line]:
    """What one looks at, by section, in lines at most ``width`` cells wide."""
    if seen.said:
        yield Line((), hung(sentence(seen.said), width, 0))
    if seen.said == NEVER:
        yield Line((), hung("Press c to make its first one; from then on its history is told here.", width, 0))
    if seen.unreadable:
        held = look.revision or look.since
        see = f"; git show {held.short}:{held.version.path} shows its text" if held is not None else ""
        yield Line(
            (), hung(f"It is passed over: others are held against the last one that can be read{see}.", width, 0)
        )
    number = 0
    for section in seen.told:
        if number >= MOST:
            break
        yield Line((section.section,), Content.styled(section.title, "bold $primary"))
        for words, keys in zip(section.lines, section.keys, strict=True):
            number += 1
            if number <= MOST:
                yield Line(keys, hung(words, width, INDENT))
    more = sum(len(one.lines) for one in seen.told) - MOST
    if more > 0:
        yield Line((), Content.styled(f"… and {more} more; sla-tui diff lists them all.", "$text-muted"))


def hung(words: str, width: int, indent: int) -> Content:
    """Words broken into lines that all stand ``indent`` cells in, the later ones two more."""
    first, *more = Content(words).wrap(max(10, width - indent - 2)) or [Content("")]
    lines = [first.pad_left(indent), *(line.pad_left(indent + 2) for line in more)]
    return Content("\n").join(lines)


def sentence(words: str) -> str:
    """Words as a sentence of their own."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('…') else '.'}"
