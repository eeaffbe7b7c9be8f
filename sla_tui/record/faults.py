"""Why a file is not what it should be: pydantic's errors with KEY, line and column, in words a person understands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from sla_tui.agreement.errors import Fault, Place
from sla_tui.agreement.text import line
from sla_tui.record.layout import Path
from sla_tui.record.pairing import Table, is_list, is_table
from sla_tui.record.places import Places, key_of
from sla_tui.record.wording import Problem, put, shown

_MOST = 200
_LOOKED_AT = 2000


def faults_of(error: ValidationError, model: type[BaseModel], data: Table, text: str, file: str) -> tuple[Fault, ...]:
    """Every reason why ``data`` (what ``text`` holds) is no ``model``, in the order of the file.

    A custom error may point deeper with ``ctx["at"]``. Beyond 200 faults the rest is counted.
    """
    places = Places(text)
    grouped: dict[tuple[Path, bool], list[_Found]] = {}
    for details in error.errors(include_url=False, include_input=False)[:_LOOKED_AT]:
        found = _found(details, model, data)
        grouped.setdefault((found.path, found.in_union), []).append(found)
    for found in _duplicates(data, ()):
        grouped.setdefault((found.path, False), [found])
    groups = sorted(grouped.values(), key=lambda group: _place(places, group[0]))
    faults = [_fault(group, data, places, file) for group in groups[:_MOST]]
    rest = len(groups[_MOST:]) + max(0, error.error_count() - _LOOKED_AT)
    if rest:
        faults.append(Fault(f"and {rest} more faults", "put these right first", "", Place(file)))
    return tuple(faults)


@dataclass(frozen=True, slots=True)
class _Found:
    """One error with its true path, the model whose keys were possible there, and whether arms of a union failed."""

    details: ErrorDetails
    path: Path
    known: tuple[str, ...] = ()
    in_union: bool = False


def _duplicates(value: Any, path: Path) -> Iterator[_Found]:
    """Ids used twice in one list. The model looks for them only once all else in the list is right."""
    if is_table(value):
        for key, inner in value.items():
            yield from _duplicates(inner, (*path, key))
    elif is_list(value):
        seen: set[str] = set()
        for i, item in enumerate(value):
            name = item.get("id") if is_table(item) else None
            if isinstance(name, str) and name in seen:
                said = f"the id {shown(name)} is used twice in this list"
                yield _Found({"type": "duplicate_id", "loc": (), "msg": said, "input": name}, (*path, i, "id"))
            elif isinstance(name, str):
                seen.add(name)
            yield from _duplicates(item, (*path, i))


def _fault(group: list[_Found], data: Table, places: Places, file: str) -> Fault:
    found = group[0]
    value: Any = data
    for part in found.path:
        value = value[part] if _has(value, part) else None
    problem = Problem(
        name=_name(found.path),
        header=str(line(".".join(part for part in found.path if isinstance(part, str)))),
        value=value,
        kinds=tuple(dict.fromkeys(one.details["type"] for one in group)),
        message=found.details["msg"],
        context=found.details.get("ctx") or {},
        known=found.known,
    )
    message, fix = put(problem)
    return Fault(message, fix, str(line(key_of(data, found.path))), Place(file, *_place(places, found)))


def _place(places: Places, found: _Found) -> tuple[int, int]:
    if found.details["type"] == "extra_forbidden":
        return places.of_key(found.path)
    return places.of_value(found.path)


def _name(path: Path) -> str:
    """What a path is called in a sentence."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, str):
        return str(line(last[:80]))
    return f"item {last + 1} of {_name(path[:-1])}"


def _has(value: Any, part: object) -> bool:
    if is_list(value):
        return isinstance(part, int) and 0 <= part < len(value)
    return is_table(value) and part in value


@dataclass(slots=True)
class _Walk:
    """Follows an error's ``loc`` through the annotations, so that a union's tag is not taken for a key."""

    types: list[Any]
    path: list[str | int] = field(default_factory=lambda: [])
    in_union: bool = False
    known: tuple[str, ...] = ()


def _found(details: ErrorDetails, model: type[BaseModel], data: Table) -> _Found:
    walk = _Walk([model])
    for part in details["loc"]:
        _step(walk, part)
    at = (details.get("ctx") or {}).get("at", ())
    path: list[str | int] = [*walk.path, *(at if isinstance(at, (list, tuple)) else (at,))]
    return _Found(details, tuple(path), walk.known, walk.in_union)


def _step(walk: _Walk, part: str | int) -> None:
    arms = [arm for one in walk.types for arm in _arms(one)]
    if len(arms) > 1:
        narrowed = [arm for label, arm in arms if label == part]
        walk.types = [_untagged(arm) for arm in narrowed or [arm for _, arm in arms]]
        walk.in_union = not narrowed
        return
    if part == "[key]":
        return
    walk.path.append(part)
    walk.types = []
    for _, arm in arms:
        if isinstance(arm, type) and issubclass(arm, BaseModel):
            keys = {info.alias or name: info.annotation for name, info in arm.model_fields.items()}
            walk.known = tuple(keys)
            walk.types = [keys[str(part)]] if part in keys else []
        elif get_origin(arm) in (tuple, list, set, frozenset) and isinstance(part, int):
            items = [one for one in get_args(arm) if one is not Ellipsis]
            walk.types = items[part : part + 1] if get_origin(arm) is tuple and len(items) > 1 else items[:1]
        elif get_origin(arm) is dict:
            walk.types = [get_args(arm)[1]]


def _arms(annotation: Any) -> list[tuple[str, Any]]:
    """The arms of a union, each with the label pydantic puts in ``loc``; anything else is its own only arm."""
    bare = _untagged(annotation)
    if get_origin(bare) not in (Union, UnionType):
        return [("", bare)]
    arms: list[tuple[str, Any]] = []
    for arm in get_args(bare):
        if arm is NoneType:
            continue
        tags = [note.tag for note in get_args(arm)[1:] if isinstance(note, Tag)] if _annotated(arm) else []
        inner = _untagged(arm)
        if tags or get_origin(inner) not in (Union, UnionType):
            arms.append((tags[0] if tags else getattr(inner, "__name__", ""), inner))
        else:
            arms.extend(_arms(inner))
    return arms


def _annotated(annotation: Any) -> bool:
    return get_origin(annotation) is Annotated


def _untagged(annotation: Any) -> Any:
    while _annotated(annotation) or hasattr(annotation, "__value__"):
        annotation = get_args(annotation)[0] if _annotated(annotation) else annotation.__value__
    return annotation
