"""How a part of an agreement declares itself, once, and the one walk every reader uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from sla_tui.agreement.money import Money
from sla_tui.agreement.values import Duration, Kind, Leaf, Percent


@dataclass(frozen=True, slots=True)
class About:
    """What a section is: its title, the question it puts to the room, a word on what it is for, and hints.

    An ``annex`` is looked up rather than promised, so it is printed behind the signatures; signed it is all the same.
    """

    title: str
    question: str
    purpose: str = ""
    hints: tuple[str, ...] = ()
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """What JSON Schema has no word for about one answer.

    ``optional``: leaving it open is no finding. ``of``: the KEYs of the lists whose ids it names (``agreement.lists``);
    an id that two of them hold means the entry of the first. ``words``: how a choice reads in a sentence, where that
    differs from its spelling; ``glosses``: what a choice means. ``asked`` False: the program keeps it, the room is not
    asked. ``own``: it belongs to one agreement alone, so one made from it asks anew, as for every date. ``fact``: it
    says what became of the agreement, not what was agreed, and is no part of the signed wording. ``entry``: what one
    entry of a list is called, where that is not its title without the plural. ``names``: what it is the name of, such
    as a ``person``; its examples are made up, so they are shown and never offered.
    """

    optional: bool = False
    asked: bool = True
    of: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    glosses: tuple[tuple[str, str], ...] = ()
    own: bool = False
    fact: bool = False
    entry: str = ""
    names: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One slot of the sentence an item reads as: words before it, its field, words after it.

    ``turn`` gives both words where they depend on what else is said: it gets the answers by key, None for a gap.
    ``needs`` is the key of the slot without which this one is not said.
    """

    key: str
    before: str = ""
    after: str = ""
    turn: Callable[[Mapping[str, Any]], tuple[str, str]] | None = None
    needs: str = ""


class Part(BaseModel):
    """A frozen table of an agreement's files; unknown keys and loose types are refused.

    Modules that only declare parts do without ``from __future__ import annotations``: pydantic would have to compile
    every annotation again at every start.
    """

    # A part of an agreement is built as a part of it, and on its own only once something uses it so.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    reads: ClassVar[tuple[Phrase, ...]] = ()
    """The sentence an item of this kind reads as; empty for one that is shown as a row of its answers."""
    groups_by: ClassVar[str] = ""
    """The field by whose value a list of these is grouped on screen and page."""
    called_by: ClassVar[tuple[str, ...]] = ()
    """The answers that an item of this kind is called by; empty: its first words of its own."""
    row: ClassVar[tuple[str, ...]] = ()
    """The answers that stand for an item in one row, most telling first; empty: all, in order."""

    def spared(self) -> frozenset[str]:
        """The keys that need no answer, given the other answers."""
        return frozenset()


RESERVED_IDS = frozenset({"none", "id", "score", "stage"})


def _not_reserved(value: str) -> str:
    if value in RESERVED_IDS:
        raise PydanticCustomError("reserved_id", "{id} is a word of the format and cannot be an id", {"id": value})
    return value


def _schema_of_id(schema: dict[str, Any]) -> None:
    schema["not"] = {"enum": sorted(RESERVED_IDS)}


Id = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80, json_schema_extra=_schema_of_id),
    AfterValidator(_not_reserved),
    Leaf(Kind.ID, lambda text: text.strip().lower().replace(" ", "-")),
]
"""What an item is called in KEYs and references; it stays when the item's words change."""


def _read_fingerprint(text: str) -> str:
    digits = text.strip().lower()
    if not re.fullmatch(_FINGERPRINT, digits):
        raise ValueError("a fingerprint is the 12 to 64 digits, 0 to 9 and a to f, that the program shows for it")
    return digits


_FINGERPRINT = r"^[0-9a-f]{12,64}$"
Fingerprint = Annotated[str, Field(pattern=_FINGERPRINT), Leaf(Kind.LINE, _read_fingerprint)]
"""A SHA-256 over what is said, in hexadecimal: its first 12 digits at least."""


class Item(Part):
    """A part that stands in a list and is named by its id there."""

    id: Annotated[Id, Field(title="Id", description="What is it called in keys and references?"), Ask(optional=True)]


T = TypeVar("T", bound=Item)


def _unique(items: tuple[T, ...]) -> tuple[T, ...]:
    seen: set[str] = set()
    for at, item in enumerate(items):
        if item.id in seen:
            raise PydanticCustomError(
                "duplicate_id", "the id {id} is used twice in this list", {"id": item.id, "at": [at, "id"]}
            )
        seen.add(item.id)
    return items


Items = Annotated[tuple[T, ...], Field(strict=False), AfterValidator(_unique)]
"""A list of items with unique ids."""


@dataclass(frozen=True, slots=True)
class Spec:
    """What a part says about one of its fields; one object for all values of that part.

    ``type`` is the class of a record or of a list's items, else the leaf's own annotation.
    ``leaf`` reads and shows typed text; records and lists have none.
    """

    name: str
    key: str
    title: str
    question: str
    examples: tuple[str, ...]
    kind: Kind
    type: Any
    leaf: Leaf | None
    ask: Ask
    about: About | None
    choices: tuple[str, ...]
    default: Any

    @property
    def example(self) -> str:
        """The first answer to think of; empty for none. The others are as usual."""
        return self.examples[0] if self.examples else ""

    @property
    def spoken_example(self) -> str:
        """The first answer to think of as it is said; empty for none, and for ids, which say nothing to a reader."""
        names_ids = self.ask.of and "**" not in self.ask.of
        return "" if names_ids else self.word(self.example) if self.kind is Kind.CHOICE else self.example

    @property
    def nested(self) -> bool:
        """Whether it holds parts of its own."""
        return self.leaf is None

    @property
    def entry(self) -> str:
        """What one entry of a list is called: ``Fast tracks`` holds a ``fast track``."""
        word = self.title.lower()
        return self.ask.entry or (f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s"))

    def word(self, choice: str) -> str:
        """How one choice reads."""
        return dict(self.ask.words).get(choice, choice.replace("_", " "))

    def read(self, text: str) -> Any:
        """The value that typed text stands for, None for blank; ValueError says how it is written."""
        if self.leaf is None:
            raise ValueError(f"{self.title} holds several answers; name one of them")
        return self.leaf.read(text) if text.strip() else None

    def show(self, value: Any) -> str:
        """A value as typed text; the empty text for none."""
        return "" if value is None or self.leaf is None else self.leaf.show(value)


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of an agreement: its KEY, what is said about it, and what stands there."""

    key: str
    spec: Spec
    value: Any
    optional: bool

    @property
    def empty(self) -> bool:
        """Whether nothing has been answered here."""
        return self.value is None or self.value == () or self.value == ""

    @property
    def text(self) -> str:
        """The value as typed text."""
        return self.spec.show(self.value)


def bare(annotation: Any) -> Any:
    """``X | None`` without its None; real unions stay whole."""
    if get_origin(annotation) in (Union, UnionType):
        rest = [arm for arm in get_args(annotation) if arm is not NoneType]
        return rest[0] if len(rest) == 1 else annotation
    return annotation


def _first(found: tuple[Any, ...], kind: type[Any]) -> Any:
    return next((one for one in reversed(found) if isinstance(one, kind)), None)


def _choice(words: tuple[str, ...], spoken: Mapping[str, str]) -> Leaf:
    def read(text: str) -> str:
        typed = text.strip().lower()
        for word in words:
            if typed in (word, word.replace("_", " "), spoken.get(word, "").lower()):
                return word
        raise ValueError(f"one of these is needed: {', '.join(words)}")

    return Leaf(Kind.CHOICE, read)


def _spec(name: str, info: FieldInfo) -> Spec:
    annotation, notes = bare(info.annotation), tuple(info.metadata)
    if get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        notes = (*more, *notes)
    leaf = cast(Leaf | None, _first(notes, Leaf))
    ask = cast(Ask, _first(notes, Ask) or Ask())
    about = cast(About | None, _first(notes, About))
    choices: tuple[str, ...] = ()
    kind, type_ = leaf.kind if leaf else Kind.RECORD, annotation
    if leaf is None and get_origin(annotation) is Literal:
        choices = get_args(annotation)
        kind, leaf = Kind.CHOICE, _choice(choices, dict(ask.words))
    elif get_origin(annotation) is dict:
        kind = Kind.MAP
    elif leaf is None and get_origin(annotation) is tuple:
        kind, type_ = Kind.LIST, get_args(annotation)[0]
    elif leaf is None and not (isinstance(annotation, type) and issubclass(annotation, Part)):
        raise TypeError(f"{name}: {annotation} says neither what it holds nor how it is typed")
    return Spec(
        name=name,
        key=info.alias or name,
        title=info.title or (about.title if about else name.replace("_", " ").capitalize()),
        question=info.description or "",
        examples=tuple(str(one) for one in info.examples or ()),
        kind=kind,
        type=type_,
        leaf=leaf,
        ask=ask,
        about=about,
        choices=choices,
        default=None if info.is_required() else info.get_default(),
    )


@cache
def specs(cls: type[Part]) -> tuple[Spec, ...]:
    """What ``cls`` says about each of its fields, in order. Maps of remarks are no answers and not among them."""
    return tuple(spec for spec in spec_by_key(cls).values() if spec.kind is not Kind.MAP)


@cache
def spec_by_key(cls: type[Part]) -> Mapping[str, Spec]:
    """What ``cls`` says about each of its fields, maps too, by the key they have in TOML."""
    return {info.alias or name: _spec(name, info) for name, info in cls.model_fields.items()}


def join(*parts: str) -> str:
    """A KEY from its parts."""
    return ".".join(part for part in parts if part)


@cache
def _blank(cls: type[Part]) -> Part:
    return cls.model_construct()


def spared_in(part: Part | None, cls: type[Part]) -> frozenset[str]:
    """The keys that need no answer in ``part``, or in one of ``cls`` that nothing stands in yet."""
    return (_blank(cls) if part is None else part).spared()


def may_stay_open(spec: Spec, value: Any, spared: frozenset[str], around: bool) -> bool:
    """Whether leaving it open is no finding, given what is ``spared`` and whether that holds ``around`` it.

    An optional record that has been begun is to be finished.
    """
    if isinstance(value, Part) and value.model_fields_set:
        return False
    return around or spec.ask.optional or spec.key in spared


def slots(part: Part | None, cls: type[Part], key: str = "", optional: bool = False) -> Iterator[Slot]:
    """Every place of ``part`` in order: answers, records walked into, lists followed by the places of their items.

    An absent section is passed over; an absent record inside one is walked with nothing in it.
    """
    spared = spared_in(part, cls)
    for spec in specs(cls):
        value, here = getattr(part, spec.name, None), join(key, spec.key)
        if spec.about and value is None:
            continue
        free = may_stay_open(spec, value, spared, optional)
        if spec.kind is Kind.RECORD:
            yield from slots(value, spec.type, here, free)
        else:
            yield Slot(here, spec, value, free)
            if spec.kind is Kind.LIST:
                for item in cast(tuple[Item, ...], value or ()):
                    yield from slots(item, spec.type, join(here, item.id))


def told(part: Part) -> Iterator[tuple[str, str, Any]]:
    """What TOML holds of a part: name, key and value of each field that is neither None nor its default."""
    for name, info in type(part).model_fields.items():
        inner = getattr(part, name)
        if inner is not None and (info.is_required() or inner != info.get_default(call_default_factory=True)):
            yield name, info.alias or name, inner


def plain(value: Any) -> Any:
    """What TOML holds of a value: None and defaults left out, in the model's order; dates and times stay themselves."""
    if isinstance(value, Part):
        return {key: plain(inner) for _, key, inner in told(value)}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in cast(tuple[Any, ...], value)]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in cast(dict[str, Any], value).items()}
    if isinstance(value, (Duration, Percent, Money)):
        return str(value)
    if isinstance(value, (str, int, float, bool, date, time)):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form")
