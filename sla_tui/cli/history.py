"""What changed: between two versions, and from revision to revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import counted, one_line, say, say_json, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_tui.agreement.diff import Comparison
    from sla_tui.agreement.parts import Part
    from sla_tui.agreement.telling import Told
    from sla_tui.workshop.revisions import Changed, Log, Where


@click.command(
    "diff",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui diff agreements/northwind                  since the last revision
  sla-tui diff HEAD~3:agreements/northwind           since three revisions before
  sla-tui diff v1.0:agreements/northwind v1.1        between two revisions
  sla-tui diff agreements/one agreements/other       without git, too""",
)
@click.argument("old")
@click.argument("new", required=False)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: str, new: str | None, format_: str) -> int:
    """Say what changed from one version to another.

    OLD and NEW are each a PATH, REVISION:PATH, or a revision of what the other names. An agreement's folder is
    compared with its quotas. The exit code is 1 when something differs.
    """
    from sla_tui.workshop.revisions import between

    one, other = _sides(old, new)
    held = between(one, other)
    number = sum(len(file.comparison.differences) for file in held)
    if format_ == "json":
        files = [_file_as_json(file, held[0].comparison.new) for file in held if _differs(file)]
        say_json({"old": _where_as_json(one), "new": _where_as_json(other), "files": files, "differences": number})
    else:
        say(f"{one.words} → {other.words}")
        for file in filter(_differs, held):
            _print_file(file, held[0].comparison.new, alone=file is held[0])
        say(counted(number, "difference"))
    return 1 if number else 0


def _sides(old: str, new: str | None) -> tuple[Where, Where]:
    """What is compared: without NEW, the file as it is; a lone PATH is held against its last revision."""
    import os

    from sla_tui.agreement.errors import Place, UserError
    from sla_tui.workshop.revisions import Where, where

    if new is None:
        given = where(old)
        if not given.revision and not os.path.lexists(given.path):
            raise UserError("there is no such file or folder", "a revision is written REVISION:PATH", Place(old))
        return (given, Where(given.path)) if given.revision else (Where(given.path, "HEAD"), given)
    other = where(new)
    one = where(old, other.path)
    return one, where(new, one.path) if not other.revision else other


def _differs(file: Changed) -> bool:
    return file.new or file.gone or bool(file.comparison.differences)


def _print_file(file: Changed, lists: Part, alone: bool) -> None:
    from pathlib import PurePath

    indent = ""
    if not alone:
        state = " is new" if file.new else " is gone" if file.gone else ""
        say(f"Quota {PurePath(file.name).stem}{state}")
        indent = "  "
        if state:
            return
    _print_told(_told(file.comparison, lists), indent)


def _told(comparison: Comparison[Any], lists: Part | None) -> tuple[Told, ...]:
    from sla_tui.agreement.telling import Telling

    return Telling(comparison, lists).sections()


def _print_told(told: Iterable[Told], indent: str) -> None:
    for section in told:
        say(f"{indent}{section.title}")
        for line in section.lines:
            say(f"{indent}  {one_line(line)}")


def _where_as_json(place: Where) -> dict[str, Any]:
    return {"path": str(place.path), "revision": place.revision or None}


def _file_as_json(file: Changed, lists: Part) -> dict[str, Any]:
    kind = "added" if file.new else "removed" if file.gone else "changed"
    return {"file": file.name, "kind": kind, "sections": _sections_as_json(file.comparison, lists)}


def _sections_as_json(comparison: Comparison[Any], lists: Part | None = None) -> list[dict[str, Any]]:
    from sla_tui.agreement.diff import by_section
    from sla_tui.agreement.parts import spec_by_key
    from sla_tui.agreement.telling import Telling

    telling, known = Telling(comparison, lists), spec_by_key(type(comparison.new))
    return [
        {
            "section": section,
            "title": known[section].title,
            "differences": [
                {
                    "key": one.key,
                    "kind": one.how.value,
                    "old": _as_json(one.old),
                    "new": _as_json(one.new),
                    "words": telling.words(one),
                }
                for one in differences
            ],
        }
        for section, differences in by_section(comparison.differences).items()
    ]


def _as_json(value: Any) -> Any:
    """A value as JSON holds it: as in TOML, with days and times as text."""
    from datetime import date, time

    from sla_tui.agreement.parts import plain

    held = None if value is None else plain(value)
    if isinstance(held, dict):
        return {key: _as_json(one) for key, one in held.items()}
    if isinstance(held, list):
        return [_as_json(one) for one in held]
    return held.isoformat() if isinstance(held, (date, time)) else held


@click.command(
    "log",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui log agreements/northwind -n 10
  sla-tui log agreements/northwind/quotas/2027-Q1.toml --format json""",
)
@click.argument("path")
@click.option("-n", "most", type=click.IntRange(min=1), metavar="N", help="Only the last N revisions.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def log(path: str, most: int | None, format_: str) -> None:
    """List a file's revisions and what each changed.

    PATH is an agreement, or the file of a quota; it has to lie in a git checkout. Renamed files are followed.
    """
    from pathlib import Path

    from sla_tui.workshop.revisions import Log

    held = Log(Path(path))
    if format_ == "json":
        say_json(_log_as_json(held, most))
    else:
        _print_log(held, most)


def _print_log(held: Log, most: int | None) -> None:
    from sla_tui.workshop.revisions import AS_BEFORE

    if not held.revisions:
        say(f"git has no revision of {held.file} yet; git add and git commit it")
        return
    waiting, trouble = _waiting(held)
    if waiting is not None or trouble:
        say("not committed yet")
        _print_changes(waiting, AS_BEFORE if waiting is not None else f"cannot be read: {trouble}")
    for entry in held.entries(most):
        revision = entry.revision
        say(f"{revision.short}  {revision.when:%Y-%m-%d}  {revision.author}  {revision.subject}")
        _print_changes(entry.comparison, entry.said)
    if held.cut and most is None:
        warn("sla-tui: older revisions are not in this checkout; git fetch --unshallow gets them")


def _waiting(held: Log) -> tuple[Comparison[Any] | None, str]:
    """What is not committed yet, or why that cannot be told."""
    from sla_tui.agreement.errors import UserError

    try:
        return held.waiting(), ""
    except UserError as error:
        return None, str(error)


def _print_changes(comparison: Comparison[Any] | None, nothing: str) -> None:
    if comparison is None or not comparison.differences:
        say(f"  {one_line(nothing)}")
    else:
        _print_told(_told(comparison, None), "  ")


def _log_as_json(held: Log, most: int | None) -> dict[str, Any]:
    waiting, trouble = _waiting(held)
    return {
        "path": str(held.file),
        "waiting": _sections_as_json(waiting) if waiting is not None else None,
        "trouble": trouble or None,
        "revisions": list(_entries_as_json(held, most)),
        "cut": held.cut,
    }


def _entries_as_json(held: Log, most: int | None) -> Iterator[dict[str, Any]]:
    for entry in held.entries(most):
        revision, comparison = entry.revision, entry.comparison
        yield {
            "revision": revision.hash,
            "date": revision.when.isoformat(),
            "author": revision.author,
            "subject": revision.subject,
            "path": revision.version.path,
            "before": [one.revision for one in revision.before],
            "trouble": entry.trouble or None,
            "sections": _sections_as_json(comparison) if comparison is not None else None,
        }
