"""What is missing before a workshop, and who brings it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import counted, one_line, say, say_json

if TYPE_CHECKING:
    from sla_tui.workshop.ready import Point, Readiness


@click.command("ready", cls=Command, epilog="Example: sla-tui ready agreements/northwind")
@click.argument("path")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def ready(path: str, format_: str) -> int:
    """Say what is missing before the workshop, and who brings it.

    Leads that can be scored, known outcomes, capacity, names, territories, a signer for each side. The exit code is 1
    when something is missing.
    """
    from pathlib import Path

    from sla_tui.workshop.ready import readiness

    # As for simulate: DuckDB wants to be collected at the end, what was made before it need not be.
    gc.freeze()
    held = readiness(Path(path))
    missing = sum(not point.ready for point in held.points)
    if format_ == "json":
        say_json(_as_json(held, missing))
    else:
        _print(held, missing)
    return 1 if missing else 0


def _print(held: Readiness, missing: int) -> None:
    width = max(len(point.title) for point in held.points)
    for point in held.points:
        say(f"{'✓' if point.ready else '○'} {point.title:<{width}}  {_said(point)}")
    say("")
    for who, points in held.by_who:
        say(f"Ask {who} for: {', '.join(point.title[:1].lower() + point.title[1:] for point in points)}")
    left = f"{counted(held.open, 'open question')} and {counted(held.examples, 'example')} are left for the room"
    say(f"{missing} of {len(held.points)} missing; {left}" if missing else f"everything is ready; {left}")


def _said(point: Point) -> str:
    return one_line(point.found if point.ready else f"{'; '.join(point.missing)} ({point.who})")


def _as_json(held: Readiness, missing: int) -> dict[str, Any]:
    return {
        "points": [
            {
                "code": point.code,
                "title": point.title,
                "ready": point.ready,
                "found": point.found if point.ready else None,
                "missing": list(point.missing),
                "who": point.who,
            }
            for point in held.points
        ],
        "missing": missing,
        "open": held.open,
        "examples": held.examples,
    }
