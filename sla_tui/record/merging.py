"""The three-way merge of a file: the plain merge of lines where it says what is meant, else answer by answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from sla_tui.agreement.clashes import Clash, Conflict, Whose
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.merge import leaning, merged
from sla_tui.agreement.parts import Part, plain
from sla_tui.agreement.renames import Versions, aligned
from sla_tui.agreement.sameness import same
from sla_tui.record.document import parse
from sla_tui.record.edit import edit
from sla_tui.record.lines import line_merge
from sla_tui.record.markers import SIZE, Names, marked, settled_as_before
from sla_tui.record.pairing import Table, is_list, is_table
from sla_tui.record.scan import statements
from sla_tui.record.sheet import Name, sheet
from sla_tui.record.spelling import settle
from sla_tui.record.syntax import BOM, read_toml
from sla_tui.record.weave import By, weave

P = TypeVar("P", bound=Part)

_BY: dict[Whose, By] = {Whose.MINE: "ours", Whose.BEFORE: "base", Whose.THEIRS: "theirs"}


@dataclass(frozen=True, slots=True)
class MergedText(Generic[P]):
    """The merged file: its text, with markers around each of the ``conflicts``, and its value with mine in these."""

    text: str
    value: P
    conflicts: tuple[Conflict, ...]


def merge_texts(
    base: str, ours: str, theirs: str, model: type[P], file: str = "", names: Names | None = None, size: int = SIZE
) -> MergedText[P]:
    """Merges two texts, ``ours`` and ``theirs``, that both came from ``base``, which is empty where they have none.

    The plain merge of lines is taken when it can be read and says what the merge of the values says. Else each
    statement is that of the side that changed it, comments and all. Where both changed one answer differently, what
    both say stands between markers; taking ours at all of them, or theirs at all of them, gives a file that can be
    read. ``file`` is its name in messages, ``names`` those of the sides on the markers, ``size`` the markers' length.

    Raises ``InvalidFile`` or ``UserError`` when one of the texts cannot be read, and RuntimeError when the merge cannot
    be written. Then there is nothing but the plain merge.
    """
    names = names or Names()
    texts = settled_as_before(base), ours, theirs
    sides = zip(texts, (names.base, names.ours, names.theirs), strict=True)
    values = [parse(text, f"{file} ({name})", model) for text, name in sides]
    versions = aligned(*values)
    result = merged(versions)
    if not result.conflicts:
        lines = line_merge(*texts)
        if lines is not None and _says(lines, result.value):
            return MergedText(lines, result.value, ())
    layout = _Layout.merged(*texts)
    even = [
        text if value is now else _brought(text, now)
        for text, value, now in zip(
            map(_Layout.off, texts), values, (versions.base, versions.ours, versions.theirs), strict=True
        )
    ]
    writer = _Writer(even, versions, result.conflicts)
    if not result.conflicts:
        return MergedText(layout.on(writer.text(Whose.MINE, result.value)), result.value, ())
    text = writer.marked(result.value, names, size)
    return MergedText(layout.on(text, whole=True), result.value, result.conflicts)


class _Writer(Generic[P]):
    """Writes what was merged onto three texts, in which one entry has one id and line ends are plain."""

    def __init__(self, texts: list[str], versions: Versions[P], conflicts: tuple[Conflict, ...]) -> None:
        self._ours = texts[1]
        self._sheets = [sheet(text) for text in texts]
        self._versions = versions
        self._places = [_name(one) for one in conflicts if one.kind not in (Clash.MOVED, Clash.RENAMED)]

    def text(self, whose: Whose, value: P) -> str:
        """The text that says ``value``, which is by one of the versions where there is a conflict."""
        base, ours, theirs = self._sheets
        for candidate in (weave(base, ours, theirs, self._clashes, _BY[whose]), self._ours):
            try:
                return _brought(candidate, value)
            except (ValueError, UserError):
                continue
        raise RuntimeError("the merged values cannot be written so that they read back the same")

    def marked(self, value: P, names: Names, size: int) -> str:
        """The text with markers where there is a conflict."""
        ours = self.text(Whose.MINE, value)
        theirs, base = (self.text(one, leaning(self._versions, one)) for one in (Whose.THEIRS, Whose.BEFORE))
        if ours == theirs:
            raise RuntimeError("there is a conflict that no text shows")
        return marked(_statements(ours), _statements(base), _statements(theirs), names, size)

    def _clashes(self, name: Name, header: bool) -> bool:
        return any(name[: len(place)] == place or (not header and place[: len(name)] == name) for place in self._places)


def _name(conflict: Conflict) -> Name:
    if not conflict.entry:
        return tuple(conflict.key.split(".")) if conflict.key else ()
    return (*conflict.key.removesuffix(f".{conflict.entry}").split("."), conflict.entry)


def _statements(text: str) -> list[str]:
    return [text[one.start : one.end] for one in statements(text)]


def _says(text: str, value: Part) -> bool:
    try:
        return same(parse(text, "", type(value)), value)
    except UserError:
        return False


def _brought(text: str, value: Part) -> str:
    """``text`` changed to say ``value``, what already says so as it stands. ValueError when that cannot be."""
    raw = read_toml(text, "")
    said = _sound(raw, type(value))
    if same(said, value) and raw == read_toml(text, ""):
        return text
    wanted = plain(value)
    for held in (settle(raw, plain(said), wanted), wanted):
        result = edit(text, held)
        if held is wanted or _says(result, value):
            return result
    raise ValueError("the values cannot be written so that they read back the same")


def _sound(raw: Table, model: type[P]) -> P:
    """What ``raw`` says, once all is taken out of it that the model refuses."""
    while True:
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            one = error.errors(include_url=False)[-1]
            _drop(raw, (*one["loc"], *one.get("ctx", {}).get("at", ())))


def _drop(raw: Table, path: tuple[int | str, ...]) -> None:
    """Takes out what lies deepest on a path; all where nothing of the path is there."""
    here: Any = raw
    take_out = raw.clear
    for part in path:
        held = dict[Any, Any](enumerate(here) if is_list(here) else here if is_table(here) else ())
        if part not in held:
            break
        take_out = partial(here.pop, part)
        here = held[part]
    take_out()


@dataclass(frozen=True, slots=True)
class _Layout:
    """A byte order mark, the line ends, and whether the last line has none."""

    mark: str
    eol: str
    cut: bool

    @classmethod
    def of(cls, text: str) -> _Layout:
        body = text.removeprefix(BOM)
        eol = "\r\n" if "\r\n" in body else "\n"
        return cls(text[: len(text) - len(body)], eol, bool(body) and not body.endswith("\n"))

    @classmethod
    def merged(cls, base: str, ours: str, theirs: str) -> _Layout:
        """What either side made of it."""
        was, mine, other = (cls.of(text) for text in (base, ours, theirs))
        return cls(
            other.mark if mine.mark == was.mark else mine.mark,
            other.eol if mine.eol == was.eol else mine.eol,
            other.cut if mine.cut == was.cut else mine.cut,
        )

    @staticmethod
    def off(text: str) -> str:
        """A text without: each line ends with a line feed."""
        body = text.removeprefix(BOM).replace("\r\n", "\n")
        return body if body.endswith("\n") or not body else f"{body}\n"

    def on(self, text: str, whole: bool = False) -> str:
        """A text with it; a ``whole`` one ends its last line whatever was before."""
        if self.cut and not whole:
            text = text.removesuffix("\n")
        return self.mark + text.replace("\n", self.eol)
