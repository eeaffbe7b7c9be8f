"""How the agreements of a folder stand, and what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sla_tui.cli.days import given_day
from sla_tui.cli.group import Command
from sla_tui.cli.output import aligned, counted, one_line, say, say_json

if TYPE_CHECKING:
    from datetime import date

    from sla_tui.workshop.library import Entry


@click.command("status", cls=Command, epilog="Example: sla-tui status agreements --as-of 2027-11-01")
@click.argument("folder", default="agreements")
@click.option("--as-of", "day", metavar="DATE", help="The day to look at (default: today).")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(folder: str, day: str | None, format_: str) -> int:
    """Say which agreements expire, are unsigned or lack a quota.

    FOLDER holds agreements, or is the folder of one. What needs doing first comes first. The exit code is 1 when
    something needs doing.
    """
    from datetime import date
    from pathlib import Path

    from sla_tui.agreement.errors import Place, UserError
    from sla_tui.workshop.library import agreements
    from sla_tui.workshop.status import urgency

    today = given_day(day) or date.today()
    if not Path(folder).exists():
        raise UserError("there is no such folder", "name the one that your agreements lie in", Place(folder))
    found = sorted(agreements(Path(folder), today), key=lambda one: (urgency(one.life), one.name))
    needy = sum(_needs(one) for one in found)
    if format_ == "json":
        say_json({"as_of": str(today), "agreements": [_as_json(one, today) for one in found], "needy": needy})
    elif found:
        _print(found, today, needy)
    else:
        say(f"no agreements in {folder}")
    return 1 if needy else 0


def _needs(entry: Entry) -> bool:
    return entry.life is None or bool(entry.life.needs)


_HEADINGS = ("AGREEMENT", "VERSION", "STATUS", "LAST DAY", "NOTICE BY", "WHERE")


def _print(found: list[Entry], today: date, needy: int) -> None:
    rows = [_row(one, today) for one in found]
    heading, *lines = aligned((_HEADINGS, *rows))
    say(heading)
    for entry, line in zip(found, lines, strict=True):
        say(line)
        for message in [need.message for need in entry.life.needs] if entry.life else [entry.trouble]:
            say(f"  ! {one_line(message)}")
    of = counted(len(found), "agreement")
    say(f"{needy} of {of} {'needs' if needy == 1 else 'need'} something" if needy else f"{of}: nothing needs doing")


def _row(entry: Entry, today: date) -> tuple[str, ...]:
    where = str(entry.path.parent)
    if entry.life is None:
        return entry.name, "", "cannot be read", "", "", where
    from sla_tui.agreement.standing import in_days

    life = entry.life
    last = f"{life.last} ({in_days(life.last, today)})" if life.last else ""
    return entry.name, entry.version, life.words, last, str(life.notice or ""), where


def _as_json(entry: Entry, today: date) -> dict[str, Any]:
    life = entry.life
    needs = [(need.kind.value, need.message) for need in life.needs] if life else [("invalid", entry.trouble)]
    return {
        "path": str(entry.path),
        "organization": entry.organization or None,
        "title": entry.title or None,
        "version": entry.version or None,
        "phase": life.phase.value if life else None,
        "words": life.words if life else "cannot be read",
        "last_day": str(life.last) if life and life.last else None,
        "days_left": (life.last - today).days if life and life.last else None,
        "notice_by": str(life.notice) if life and life.notice else None,
        "successor": life.successor or None if life else None,
        "needs": [{"kind": kind, "message": message} for kind, message in needs],
    }
