"""The people that an agreement names wherever it does: who can be offered by name, and what is said of them already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

from sla_tui.agreement.parts import Item, Part, slots, specs
from sla_tui.agreement.paths import Put, at_key
from sla_tui.agreement.sections.stakeholders import Person
from sla_tui.agreement.terms import Agreement

PERSON = "person"
"""What an answer that names a person says of itself."""
_SIGNS = "signer"


class Somebody(NamedTuple):
    """A name with the job title, the side and the role it has where it stands; empty for what is not said there."""

    name: str
    title: str = ""
    party: str = ""
    role: str = ""


def people(parts: Iterable[Part]) -> tuple[Somebody, ...]:
    """Everybody with a name in these files, whoever signs first; each once, with all that is said of them."""
    found: dict[str, Somebody] = {}
    for part in parts:
        for one in _named_in(part):
            known = found.get(one.name.casefold(), one)
            found[one.name.casefold()] = Somebody(*(had or new for had, new in zip(known, one, strict=True)))
    return tuple(sorted(found.values(), key=lambda one: one.role != _SIGNS))


def _named_in(part: Part) -> Iterator[Somebody]:
    sides = _sides(part)
    for slot in slots(part, type(part)):
        if slot.spec.ask.names == PERSON and not slot.empty:
            holder = at_key(part, slot.key.rpartition(".")[0]).value
            team = holder.team if isinstance(holder, Person) else None
            party = _said(holder, "party") or sides.get(team or "", "")
            yield Somebody(cast(str, slot.value), _said(holder, "title"), party, _said(holder, "role"))


def _sides(part: Part) -> dict[str, str]:
    """The side of each team that has one."""
    held = part.stakeholders if isinstance(part, Agreement) else None
    return {team.id: team.party for team in held.teams if team.party} if held else {}


def _said(holder: Any, key: str) -> str:
    return cast("str | None", getattr(holder, key, None)) or ""


def known_besides(part: Part, item_key: str, item: Item) -> tuple[Put, ...]:
    """What else the file says of the person an entry names, where the entry leaves it open: job title and side."""
    keys = {spec.key: spec for spec in specs(type(item))}
    name = next((getattr(item, spec.name) for spec in keys.values() if spec.ask.names == PERSON), None)
    one = next((one for one in people((part,)) if name and one.name.casefold() == name.casefold()), None)
    said = {"title": one.title, "party": one.party} if one else {}
    return tuple(
        Put(f"{item_key}.{key}", value)
        for key, value in said.items()
        if value and key in keys and getattr(item, keys[key].name) is None
    )
