"""Reading and changing single answers: the form without the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import say, say_finding, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sla_tui.agreement.check import Finding
    from sla_tui.agreement.parts import Part, Slot
    from sla_tui.agreement.paths import Change, Put
    from sla_tui.record.document import Document
    from sla_tui.workshop.draft import Draft

_KEYS = """\b
A KEY is a path of names and ids:  objective.purpose  scoring.rules.email-open.points"""


@click.command("get", cls=Command, epilog=_KEYS)
@click.argument("path")
@click.argument("key", required=False, default="")
def get(path: str, key: str) -> None:
    """Print what stands at a KEY.

    One answer is printed as it is typed, a part as lines KEY = value, all of it without a KEY. PATH is an agreement's
    folder or file, or the file of one of its quotas or sittings.
    """
    from sla_tui.agreement.parts import Part, Slot, slots
    from sla_tui.agreement.paths import at_key

    held = _document(path).value
    if not key:
        _print_lines(slots(held, type(held)))
        return
    slot = at_key(held, key)
    if slot.value is None:
        warn(f"sla-tui: {key} is not in this {_called(held)} yet")
    elif slot.spec.leaf is not None:
        say(slot.text)
    elif isinstance(slot.value, Part):
        _print_lines(slots(slot.value, type(slot.value), key))
    elif isinstance(slot.value, tuple):
        _print_lines(place for item in slot.value for place in slots(item, slot.spec.type, f"{key}.{item.id}"))
    else:
        _print_lines([Slot(key, slot.spec, slot.value, optional=True)])


@click.command(
    "set",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui set agreements/northwind agreement.ends=2027-12-31 objective.scope=
  sla-tui set agreements/northwind 'scoring.rules.fit.when=country in US, CA'
  sla-tui set agreements/northwind 'commitments.call.amounts=[{ count = 3, unit = "call" }]'
Nothing after the = takes the answer out; a section is put in with add and taken out with remove.""",
)
@click.argument("path")
@click.argument("assignments", nargs=-1, required=True, metavar="KEY=VALUE...")
def set_(path: str, assignments: tuple[str, ...]) -> None:
    """Give answers, all in one save or none.

    A VALUE is text as it stands; lists and conditions may also be written as in TOML.
    """
    from sla_tui.agreement.paths import Refused, apply, at_key
    from sla_tui.workshop.typed import put

    draft = _draft(path)
    reached = draft.value
    changes: list[Put] = []
    for key, value in map(assignment, assignments):
        change = put(reached, key, value)
        if change.value is None and at_key(reached, key).spec.about is not None:
            raise Refused(f"{key} is a section with all its answers", f"take it out with: sla-tui remove PATH {key}")
        reached, _ = apply(reached, change)
        changes.append(change)
    _make(draft, changes, [change.key for change in changes])


@click.command(
    "add",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui add agreements/northwind scoring.rules label='Asks for a demo' when=demo_request points=40
  sla-tui add agreements/northwind scoring        puts a section in""",
)
@click.argument("path")
@click.argument("key")
@click.argument("assignments", nargs=-1, metavar="[KEY=VALUE...]")
def add(path: str, key: str, assignments: tuple[str, ...]) -> None:
    """Add an item to a list, or a section.

    Prints its KEY. The answers' keys are those within the item; without an id it is named after its first words.
    """
    from sla_tui.agreement.paths import Add
    from sla_tui.agreement.references import ids_beside
    from sla_tui.agreement.values import Kind
    from sla_tui.workshop.items import fresh

    draft = _draft(path)
    slot = draft.at(key)
    answers = dict(map(assignment, assignments))
    if slot.spec.kind is Kind.LIST and not _is_item(slot):
        item = fresh(slot, answers, ids_beside(draft.value, key))
        _make(draft, [Add(key, item)], [f"{key}.{item.id}"])
        say(f"{key}.{item.id}")
    else:
        _make(draft, _section(draft, slot, answers), [key])
        say(key)


_SHOWN = 12
"""How many answers are listed that name what was removed."""


@click.command("remove", cls=Command, epilog="Example: sla-tui remove agreements/northwind scoring.rules.email-open")
@click.argument("path")
@click.argument("key")
def remove(path: str, key: str) -> None:
    """Take out an item, a section or an answer.

    Says which answers still name what is gone.
    """
    from sla_tui.agreement.paths import Put, Remove, UnknownKey, is_item
    from sla_tui.workshop.places import named_in, way

    draft = _draft(path)
    slot = draft.at(key)
    if slot.value is None or slot.value == ():
        raise UnknownKey(f"{key} is not in this {_called(draft.value)}, so nothing was removed")
    places = named_in(draft.value, key)
    _make(draft, [Remove(key) if is_item(draft.value, key) else Put(key, None)], [])
    found = {finding.key for finding in draft.findings}
    quiet = [one for one in places if one not in found]
    for one in quiet[:_SHOWN]:
        warn(f"{one}: still names what was in {key} ({way(draft.value, one)})")
    if len(quiet) > _SHOWN:
        warn(f"… and {len(quiet) - _SHOWN} more answers")


@click.command("move", cls=Command, epilog="Example: sla-tui move agreements/northwind scoring.rules.email-open 1")
@click.argument("path")
@click.argument("key")
@click.argument("place", metavar="N", type=int)
def move(path: str, key: str, place: int) -> None:
    """Move an item to place N of its list, counted from 1."""
    from sla_tui.agreement.paths import Move, Refused, item_at

    draft = _draft(path)
    slot, _ = item_at(draft.value, key)
    if not 1 <= place <= len(slot.value):
        raise Refused(f"{slot.key} has no place {place}", f"places are 1 to {len(slot.value)}")
    _make(draft, [Move(key, place - 1)], [])


def _document(path: str) -> Document[Any]:
    from pathlib import Path

    from sla_tui.record.document import Document
    from sla_tui.workshop.folder import agreement_file, model_of

    file = agreement_file(Path(path))
    return Document[Any].load(file, model_of(file))


def _called(held: Part) -> str:
    """``agreement``, ``quota``, ``sitting``, ``lead mapping``."""
    from sla_tui.agreement.leads import LeadMapping

    return "lead mapping" if isinstance(held, LeadMapping) else type(held).__name__.lower()


def _draft(path: str) -> Draft[Any]:
    from pathlib import Path

    from sla_tui.workshop.draft import Draft

    return Draft.open(Path(path))


def assignment(text: str) -> tuple[str, str]:
    """The KEY and the VALUE of an argument."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise click.UsageError(f"{text!r} is no KEY=VALUE, such as objective.scope='All inbound leads'")
    return key.strip(), value


def _is_item(slot: Slot) -> bool:
    return not isinstance(slot.value, tuple | None)


def _section(draft: Draft[Any], slot: Slot, answers: dict[str, str]) -> list[Change]:
    """The changes that put a section in, with answers within it."""
    from sla_tui.agreement.paths import Put, Refused, UnknownKey, apply
    from sla_tui.workshop.typed import put

    key = slot.key
    if slot.spec.about is None:
        raise UnknownKey(f"{key} is no list", "name a list, such as scoring.rules, or use set for an answer")
    if slot.value is not None:
        raise Refused(f"{key} is part of this {_called(draft.value)} already", f"use set {key}.… for its answers")
    changes: list[Change] = [Put(key, {})]
    reached, _ = apply(draft.value, changes[0])
    for name, value in answers.items():
        change = put(reached, f"{key}.{name}", value)
        reached, _ = apply(reached, change)
        changes.append(change)
    return changes


def _make(draft: Draft[Any], changes: Sequence[Change], keys: list[str]) -> None:
    """Makes the changes as one, saves, and tells of the findings they leave: new ones, and those at ``keys``."""
    from sla_tui.agreement.errors import Place, UserError
    from sla_tui.agreement.paths import Batch
    from sla_tui.workshop.saver import Saving

    before = set(draft.findings)
    draft.change(Batch(tuple(changes)))
    state = draft.close()
    if state.saving is not Saving.SAVED:
        message = state.message or "it could not be saved in time"
        raise UserError(message, state.remedy or "try again", Place(str(draft.path)))
    _tell(draft, (finding for finding in draft.findings if finding not in before or _at(finding.key, keys)))


def _at(key: str, keys: list[str]) -> bool:
    return any(key == one or key.startswith(f"{one}.") for one in keys)


def _tell(draft: Draft[Any], findings: Iterable[Finding]) -> None:
    for finding in findings:
        say_finding(
            draft.document.place(finding.key), finding.severity, finding.key, finding.message, finding.fix, err=True
        )


def _print_lines(places: Iterable[Slot]) -> None:
    from sla_tui.agreement.parts import plain
    from sla_tui.agreement.values import Kind
    from sla_tui.record.inside import render

    for place in places:
        if not place.empty and place.spec.kind is not Kind.LIST:
            say(f"{place.key} = {render(plain(place.value))}")
