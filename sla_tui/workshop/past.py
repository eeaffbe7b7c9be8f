"""A file's history as one looks at it: what a revision changed, any two held together, and what of them comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Lock

from sla_tui.agreement.calling import Names
from sla_tui.agreement.diff import compare
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.parts import Part
from sla_tui.agreement.paths import Change, apply
from sla_tui.agreement.renames import aligned
from sla_tui.agreement.telling import Telling, Told
from sla_tui.record.git import Revision
from sla_tui.workshop.restoring import called_now, restoring_all
from sla_tui.workshop.revisions import AS_BEFORE, Log, why_unreadable

_FEW = 16
"""Revisions read together while somebody waits for the words among them; more would hold up the screen."""
NEVER = "git has no version of this file yet"
UNREADABLE = "nothing to compare with: no version in git can be read"


@dataclass(frozen=True, slots=True)
class Look:
    """What one looks at: what one revision changed; with ``since``, all that changed after that one.

    ``revision`` is None for the file as it is now, held against the last revision.
    """

    revision: Revision | None = None
    since: Revision | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What differs, by section; where nothing does, or it cannot be told, what is ``said`` instead.

    ``unreadable``: sla-tui cannot read one of the versions.
    """

    told: tuple[Told, ...] = ()
    said: str = ""
    unreadable: bool = False


class Side(StrEnum):
    """Which version something is brought back from."""

    BEFORE = "before"
    """The one before the revision looked at."""
    THIS = "this"
    """The revision looked at."""
    SINCE = "since"
    """The earlier one of two."""
    LAST = "last"
    """The last one there is."""


@dataclass(frozen=True, slots=True)
class Bringing:
    """One way to bring something back.

    ``told`` is what it would change, nothing where it says so now; ``lost`` are the answers, in words, that would name
    what is not there; ``trouble`` is why it cannot be done, and then there is no ``change``.
    """

    side: Side
    change: Change | None = None
    told: tuple[Told, ...] = ()
    lost: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What it would change, a line each."""
        return tuple(line if ": " in line else f"{one.title}: {line}" for one in self.told for line in one.lines)


@dataclass
class Past:
    """The revisions of one file, the last first. Reading takes a while: it may be asked from any thread.

    Raises ``NoHistory`` without git or outside of a checkout, as ``Log`` does.
    """

    path: Path
    _log: Log = field(init=False)
    _lock: Lock = field(init=False, default_factory=Lock)

    def __post_init__(self) -> None:
        self._log = Log(self.path)
        self.cut = self._log.cut

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The revisions, the last first."""
        return self._log.revisions

    def is_waiting(self, now: Part) -> bool:
        """Whether the file, which says ``now``, is another than in the last revision."""
        with self._lock:
            last = self._log.last()
            return self._log.is_dirty() or (last is not None and bool(compare(last, now).differences))

    def see(self, look: Look, now: Part, lists: Part | None = None) -> Seen:
        """What ``look`` shows; ``now`` is what the file says, ``lists`` whose entries its answers name."""
        with self._lock:
            try:
                if look.revision is not None and look.since is None:
                    entry = self._log.entry(look.revision)
                    told = () if entry.comparison is None else Telling(entry.comparison, lists).sections()
                    return Seen(told, entry.said, bool(entry.trouble))
                old = self._log.last() if look.since is None else self._log.value(look.since)
                new = now if look.revision is None else self._log.value(look.revision)
            except UserError as error:
                return Seen((), f"cannot be read: {why_unreadable(error)}", unreadable=True)
        if old is None:
            return Seen(said=UNREADABLE if self.revisions else NEVER)
        told = Telling(compare(old, new), lists).sections()
        return Seen(told, "" if told else AS_BEFORE)

    def bring(self, look: Look, keys: Sequence[str], now: Part, lists: Part | None = None) -> tuple[Bringing, ...]:
        """The ways to bring back what stands at ``keys`` in ``look``; without any, the whole version."""
        return tuple(self._brought(look, side, keys, now, lists) for side in _sides(look, whole=not keys))

    def _brought(self, look: Look, side: Side, keys: Sequence[str], now: Part, lists: Part | None) -> Bringing:
        try:
            with self._lock:
                old = self._version(look, side)
                seen = now if look.revision is None else self._log.value(look.revision)
            if old is None:
                return Bringing(side, trouble=UNREADABLE if self.revisions else NEVER)
            if keys and not any(key.endswith(".id") for key in keys):
                # An entry that got another id since is known again by what it said in between.
                old = aligned(seen, old, now).ours
            held = restoring_all(now, old, called_now(keys, seen, now, old) or ("",))
        except UserError as error:
            return Bringing(side, trouble="; ".join(word for word in (why_unreadable(error), error.remedy) if word))
        after, _ = apply(now, held.change)
        names = Names(after, lists)
        lost = tuple(f"{names.place(one.key)} would name {one.id}, which is not there" for one in held.lost)
        return Bringing(side, held.change, Telling(compare(now, after), lists).sections(), lost)

    def _version(self, look: Look, side: Side) -> Part | None:
        match side:
            case Side.LAST:
                return self._log.last()
            case Side.SINCE if look.since is not None:
                return self._log.value(look.since)
            case Side.BEFORE if look.revision is not None:
                return self._log.before(look.revision)
            case _:
                return self._log.value(look.revision) if look.revision is not None else None

    def found(self, words: str, lists: Part | None = None) -> Iterator[tuple[Revision, bool]]:
        """Each revision, and whether its day, hash, author, message and what it changed hold all of ``words``."""
        wanted = words.casefold().split()
        for entry in self._log.beside().entries(at_once=_FEW):
            held = entry.revision
            told = () if entry.comparison is None else Telling(entry.comparison, lists).sections()
            changed = (line for one in told for line in (one.title, *one.lines))
            said = (f"{held.when:%Y-%m-%d}", held.hash, held.author, held.subject, entry.said, *changed)
            yield held, _holds(" ".join(said), wanted)


def _holds(said: str, wanted: Sequence[str]) -> bool:
    folded = said.casefold()
    return all(word in folded for word in wanted)


def _sides(look: Look, whole: bool) -> tuple[Side, ...]:
    """The versions that something of ``look`` can be brought back from."""
    if look.since is not None:
        return (Side.SINCE,) if look.revision is None else (Side.SINCE, Side.THIS)
    if look.revision is None:
        return (Side.LAST,)
    return (Side.THIS,) if whole else (Side.BEFORE, Side.THIS)
