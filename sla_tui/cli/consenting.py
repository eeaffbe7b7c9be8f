"""Consent: a side's word on the wording of sections, and how that word stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import aligned, counted, one_line, say, say_json, warn

if TYPE_CHECKING:
    from pathlib import Path

    from sla_tui.agreement.consent import Standing
    from sla_tui.workshop.consents import Given


@click.command(
    "consent",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui consent agreements/northwind
  sla-tui consent agreements/northwind --party sales --by 'Ana Ruiz'
  sla-tui consent agreements/northwind --party sales --section scoring --section mql""",
)
@click.argument("path")
@click.option("--party", type=click.Choice(["marketing", "sales"]), help="Whose consent is given.")
@click.option("--section", "sections", multiple=True, metavar="S", help="Only this section (again for more).")
@click.option("--by", default="", metavar="NAME", help="Who says so.")
@click.option("--reservation", default="", metavar="TEXT", help="What they consent in spite of.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def consent(path: str, party: Any, sections: tuple[str, ...], by: str, reservation: str, format_: str) -> int:
    """Record a side's consent, or say how it stands.

    With --party that side consents to the sections as they now read on disk, all of them unless some are named. It is
    written into the record of today's sitting; one is begun if there is none.

    Without --party each section is listed with both sides' consent: fresh, stale because the section reads otherwise
    since, or none. The exit code is 1 when something is stale or missing.
    """
    from pathlib import Path

    if party is None:
        if by or reservation:
            raise click.UsageError("--by and --reservation go with --party: whose consent is it?")
        return _standing(Path(path), sections, format_)
    from sla_tui.workshop.consents import consent as give

    given = give(Path(path), party, sections, by=by, reservation=reservation)
    if format_ == "json":
        say_json(
            {"sitting": str(given.record), "party": party, "consents": [_given(one, given) for one in given.stands]}
        )
        return 0
    say(str(given.record))
    rows = ((one.title, one.section, one.fingerprint[:_SHOWN], _news(one, given)) for one in given.stands)
    say("\n".join(f"  {line}" for line in aligned(rows)))
    say(f"{party} consents to {counted(len(given.stands), 'section')}, as they now read")
    return 0


_SHOWN = 12
"""How many characters of a fingerprint are shown."""


def _news(one: Standing, given: Given) -> str:
    return "" if one.section in given.new else "as said there before"


def _given(one: Standing, given: Given) -> dict[str, Any]:
    return {"section": one.section, "fingerprint": one.fingerprint, "new": one.section in given.new}


def _standing(path: Path, wanted: tuple[str, ...], format_: str) -> int:
    from sla_tui.agreement.consent import Consented
    from sla_tui.workshop.consents import stands

    held = stands(path, wanted)
    stale = sum(one.state is Consented.STALE for one in held.stands)
    missing = sum(one.state is Consented.NONE for one in held.stands)
    for name in held.unread:
        warn(f"the sitting {name} cannot be read, and neither can the consents in it; sla-tui check says why")
    if format_ == "json":
        consents = [_as_json(one) for one in held.stands]
        say_json({"consents": consents, "stale": stale, "missing": missing, "unreadable": list(held.unread)})
    else:
        _print(held.stands, stale, missing)
    return 1 if stale or missing or held.unread else 0


def _print(stands: tuple[Standing, ...], stale: int, missing: int) -> None:
    by_section: dict[str, list[Standing]] = {}
    for one in stands:
        by_section.setdefault(one.section, []).append(one)
    sides = [one.party.upper() for one in next(iter(by_section.values()), ())]
    rows = [("SECTION", "KEY", "FINGERPRINT", *sides)]
    for section, held in by_section.items():
        rows.append((held[0].title, section, held[0].fingerprint[:_SHOWN], *(_said(one) for one in held)))
    say("\n".join(aligned(rows)))
    of = counted(len(stands), "consent")
    lacking = [f"{count} {word}" for count, word in ((stale, "stale"), (missing, "missing")) if count]
    say(f"{' and '.join(lacking)} of {of}" if lacking else f"{of}, all fresh")


def _said(one: Standing) -> str:
    return one_line(f"{one.state.value}, {one.word}" if one.word else one.state.value)


def _as_json(one: Standing) -> dict[str, Any]:
    word = one.word
    return {
        "section": one.section,
        "title": one.title,
        "party": one.party,
        "state": one.state.value,
        "fingerprint": one.fingerprint,
        "given": {
            "sitting": word.sitting,
            "date": str(word.day) if word.day else None,
            "at": str(word.consent.at) if word.consent.at else None,
            "by": word.consent.by,
            "fingerprint": word.consent.fingerprint,
            "reservation": word.consent.reservation,
        }
        if word
        else None,
    }
