"""The sittings of an agreement: what there is, one more, and the one that is going on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sla_tui.agreement.consent import day_of, in_order
from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.paths import new_id
from sla_tui.agreement.sitting import Particulars, Sitting, Step
from sla_tui.agreement.standing import header_of
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document, create
from sla_tui.record.trouble import AlreadyThere, trouble
from sla_tui.workshop.folder import FILE, SITTINGS, is_sitting, sitting_files
from sla_tui.workshop.schemas import heading, write_schema

HEADING = heading(Sitting)
"""The first line of a new record: where editors find the schema."""
PLAN = (
    ("Purpose, period, how we decide", 5),
    ("Roles; both sides write down when a lead is an MQL, in silence", 7),
    ("Both sides sort twelve sample leads", 8),
    ("Scoring and thresholds", 20),
    ("Assignment, and leads that fit no territory", 8),
    ("What sales promises", 12),
    ("Leads sent back, and who decides when we cannot agree", 8),
    ("What marketing promises, what travels with a lead, the quota", 6),
    ("The rest: consent, or parked", 6),
    ("When we meet; findings; fist-to-five by section", 6),
    ("Read back, print, sign or set a day", 4),
)
"""The steps of a first workshop with their minutes: ninety in all."""
_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(-[1-9][0-9]*)?")


@dataclass(frozen=True, slots=True)
class Listed:
    """One sitting of an agreement; ``trouble`` says why its file cannot be read, and then only its path is known."""

    path: Path
    sitting: Sitting
    trouble: str = ""

    @property
    def name(self) -> str:
        """What it is called: its file's name."""
        return self.path.stem

    @property
    def day(self) -> date | None:
        """The day on which it is held."""
        return day_of(self.name, self.sitting)


def listed(agreement: Path) -> tuple[Listed, ...]:
    """The sittings beside an agreement's file, the first one first, those in trouble where their names have them."""
    found = {file.stem: _listed(file) for file in sitting_files(agreement)}
    order = in_order((name, one.sitting) for name, one in found.items())
    return tuple(found[name] for name, _ in order)


def _listed(file: Path) -> Listed:
    try:
        return Listed(file, Document[Sitting].load(file, Sitting).value)
    except UserError as error:
        return Listed(
            file, Sitting(), f"line {error.place.line}: {error.message}" if error.place.line else error.message
        )


def wall_clock(agreement: Agreement) -> datetime:
    """Day and time as they are written into a record: by the agreement's time zone where it names one, in seconds."""
    calendar = header_of(agreement).calendar
    try:
        zone = ZoneInfo(calendar.timezone) if calendar and calendar.timezone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = None
    return datetime.now(zone).replace(tzinfo=None, microsecond=0)


# -- one more


def begin(agreement: Path, value: Agreement, now: datetime | None = None) -> Path:
    """Makes the record of a sitting that starts now, with the steps of a workshop; its file. Raises ``UserError``."""
    return _begun(agreement, now or wall_clock(value), _steps(PLAN))


def going_on(agreement: Path, now: datetime) -> Path:
    """The record of the sitting that is going on today: the last one begun and not ended, else one begun for it.

    Raises ``UserError``, also when the last one of today cannot be read.
    """
    named = [(file.stem, file) for file in sitting_files(agreement) if _NAME.fullmatch(file.stem)]
    today = sorted((len(name), name, file) for name, file in named if name.startswith(f"{now.date()}"))
    if today:
        held = Document[Sitting].load(today[-1][2], Sitting).value.sitting
        if held is None or held.ended is None:
            return today[-1][2]
    return _begun(agreement, now)


def begin_at(path: Path) -> Path:
    """Makes the record of a file in an agreement's folder of sittings, or today's of that folder; its file.

    Raises ``UserError``, also when there is no agreement beside that folder.
    """
    name = path.stem if is_sitting(path) else ""
    agreement = (path.parent if name else path).parent / FILE
    if not agreement.exists():
        raise UserError("there is no agreement beside these sittings", "check the path", Place(str(agreement)))
    value = Document[Agreement].load(agreement, Agreement).value
    if not name:
        return begin(agreement, value)
    planned = Sitting(sitting=Particulars(date=_day_in(name, path)), steps=_steps(PLAN))
    _write(path, planned)
    write_schema(agreement, Sitting)
    return path


def _day_in(name: str, path: Path) -> date:
    found = _NAME.fullmatch(name)
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise UserError("a sitting is called by its day", "name it as in 2026-11-30.toml", Place(str(path))) from None


def _begun(agreement: Path, now: datetime, steps: tuple[Step, ...] = ()) -> Path:
    """Writes a new record under the name of its day, with a number where there is one already."""
    sitting = Sitting(sitting=Particulars(date=now.date(), started=now.time()), steps=steps or None)
    number = 1
    while True:
        file = agreement.parent / SITTINGS / f"{now.date()}{f'-{number}' if number > 1 else ''}.toml"
        try:
            _write(file, sitting)
        except AlreadyThere:
            number += 1
        else:
            write_schema(agreement, Sitting)
            return file


def _write(file: Path, sitting: Sitting) -> None:
    from sla_tui.record.canonical import laid_out

    try:
        file.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise trouble(error, file.parent, "make") from error
    create(file, laid_out(sitting, HEADING))


def _steps(plan: Sequence[tuple[str, int]]) -> tuple[Step, ...]:
    made: dict[str, Step] = {}
    for words, minutes in plan:
        id_ = new_id(words, made)
        made[id_] = Step(id=id_, step=words, minutes=minutes)
    return tuple(made.values())
