"""A decision as a revision: the message proposed for it, what it would hold, and making it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sla_tui.agreement.diff import compare
from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.parts import Part
from sla_tui.agreement.rewording import brief
from sla_tui.agreement.telling import Telling, Told
from sla_tui.record import committing
from sla_tui.record.committing import Pending
from sla_tui.record.git import Checkout
from sla_tui.workshop.revisions import Log

_SUBJECT = 72
"""Letters of a message's first line, and of any other."""
_SOURCES = "sources"
FIRST = "First version"
NO_ANSWER = "Comments, order or spelling; no answer changed"


def proposed_message(sections: Sequence[Told]) -> str:
    """What a revision could be called that changes this: a line of at most 72 letters, then all of it by section.

    Where answers come from is named in the first line only when nothing else differs. Empty for no difference.
    """
    told = [one for one in sections if one.lines]
    decided = [one for one in told if one.section != _SOURCES] or told
    lines = [_alone(one, line) for one in decided for line in one.lines]
    if not lines:
        return ""
    subject = next(one for one in _subjects(decided, lines) if one)
    body = list(_body(told))
    whole = len(lines) == 1 and subject == lines[0] and decided == told
    return subject if whole else "\n".join((subject, *body))


def _alone(told: Told, line: str) -> str:
    """A line that stands without its section's title above it."""
    if told.section == _SOURCES or ": " in line:
        return line
    small = line[:1].lower() + line[1:] if line[1:2].islower() else line
    return f"{told.title}: {small}"


def _subjects(decided: Sequence[Told], lines: Sequence[str]) -> Iterator[str]:
    """First lines, the most telling one first; empty where it is too long."""
    all_ = "; ".join(lines)
    yield all_ if len(all_) <= _SUBJECT else ""
    more = f"; and {len(lines) - 1} more" if len(lines) > 1 else ""
    start = f"{lines[0]}{more}"
    yield start if len(start) <= _SUBJECT else ""
    titles = [one.title for one in decided]
    if len(titles) > 1:
        named = f"{', '.join(titles[:-1])} and {titles[-1]}: {len(lines)} changes"
        yield named if len(named) <= _SUBJECT else ""
    yield f"{brief(lines[0], _SUBJECT - len(more))}{more}"


def _body(told: Iterable[Told]) -> Iterator[str]:
    for one in told:
        yield ""
        yield one.title
        for line in one.lines:
            yield textwrap.fill(
                line,
                _SUBJECT,
                initial_indent="- ",
                subsequent_indent="  ",
                break_long_words=False,
                break_on_hyphens=False,
            )


@dataclass(frozen=True, slots=True)
class Proposal:
    """A revision to be made: the message proposed for it, empty where none can be, and what it would hold."""

    message: str
    pending: Pending


def proposal(path: Path, value: Part, lists: Part) -> Proposal:
    """A revision of the file at ``path``, which says ``value``; ``lists`` is whose entries its answers name.

    Raises ``UserError`` where there is nothing to commit, and what ``committable`` and ``Log`` raise.
    """
    log = Log(path)
    held = committable([path])
    if not held.changed:
        raise UserError("nothing changed since the last revision", "change something first", Place(path.name))
    last = log.last()
    if last is None:
        return Proposal("" if log.revisions else FIRST, held)
    told = Telling(compare(last, value), lists).sections()
    return Proposal(proposed_message(told) or NO_ANSWER, held)


def committable(paths: Sequence[Path]) -> Pending:
    """What a revision of ``paths`` would hold, to be shown before ``commit``. Raises ``UserError``."""
    return committing.pending(Checkout.around(paths[0]), paths)


def commit(paths: Sequence[Path], message: str) -> str:
    """Makes a revision of ``paths`` as they lie on disk and of nothing else; its hash. Raises ``UserError``."""
    return committing.commit(Checkout.around(paths[0]), paths, message)
