"""The outline: every section with its standing in a sign and a word, those of this version first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sla_tui.workshop.progress import Progress, Standing

SIGNS = {Standing.COMPLETE: "✓", Standing.OPEN: "○", Standing.WRONG: "!", Standing.ABSENT: "–"}
LOOKS = {
    Standing.COMPLETE: "$success",
    Standing.OPEN: "$text-muted",
    Standing.WRONG: "bold $warning",
    Standing.ABSENT: "$text-disabled",
}
SCHEDULE = "≈"
"""Marks a section that may change between two signings."""
LEGEND = (
    ("✓", "complete"),
    ("○", "open, or not looked at yet"),
    ("!", "to mend"),
    ("~", "an example, not agreed yet"),
    ("·", "a word on it; nothing to mend"),
    ("–", "not in this version: a adds it"),
    (SCHEDULE, "a schedule: it may change between two signings"),
)
NARROW, WIDE = 26, 31
"""Cells for a section's row beside the scroll bar."""
APART = "not in this version"


def words(section: Progress) -> str:
    """A section's standing in a word or two."""
    match section.standing:
        case Standing.WRONG:
            return f"{section.wrong} to mend"
        case Standing.OPEN:
            return f"{section.open} open" if section.open else "not seen"
        case Standing.COMPLETE:
            return "complete"
        case Standing.ABSENT:
            return "left out"


def in_order(sections: Iterable[Progress]) -> tuple[Progress, ...]:
    """The sections of this version, then those left out; each in the order of the agreement."""
    return tuple(sorted(sections, key=lambda one: one.standing is Standing.ABSENT))


class Outline(OptionList):
    """The sections; moving in it shows them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "down", show=False, id="outline.down"),
        Binding("k", "cursor_up", "up", show=False, id="outline.up"),
        Binding(
            "enter,right,l,tab", "select", "into it", key_display="Enter", id="outline.in", tooltip="Into the section"
        ),
    ]

    _sections: tuple[Progress, ...] = ()
    _here = ""
    _schedules: frozenset[str] = frozenset()
    _shown: tuple[object, ...] = ()

    def on_resize(self) -> None:
        self._renew()

    def show(self, sections: tuple[Progress, ...], key: str, schedules: frozenset[str] = frozenset()) -> None:
        """Shows how the ``sections`` stand, with ``key`` highlighted and in view."""
        self._sections, self._here, self._schedules = sections, key, schedules
        self._renew()

    def _renew(self) -> None:
        room = WIDE if self.size.width > WIDE else NARROW
        wanted = (self._sections, self._here, self._schedules, room)
        if wanted == self._shown:
            return
        self._shown = wanted
        options = list(self._rows(room))
        ids = [option.id for option in options]
        if [option.id for option in self.options] != ids:
            with self.prevent(OptionList.OptionHighlighted):
                self.clear_options()
                self.add_options(options)
        else:
            for old, new in zip(tuple(self.options), options, strict=True):
                if new.id and old.prompt != new.prompt:
                    self.replace_option_prompt(new.id, new.prompt)
        if self._here in ids and self.highlighted != ids.index(self._here):
            with self.prevent(OptionList.OptionHighlighted):
                self.highlighted = ids.index(self._here)

    def _rows(self, room: int) -> Iterable[Option]:
        apart = False
        for section in self._sections:
            if section.standing is Standing.ABSENT and not apart:
                apart = True
                yield Option(Content.styled(f"── {APART} ".ljust(room, "─"), "$text-disabled"), disabled=True)
            yield Option(self._prompt(section, room), id=section.key)

    def _prompt(self, section: Progress, room: int) -> Content:
        here = section.key == self._here
        left = f"{'›' if here else ' '}{SIGNS[section.standing]} {section.title}"
        mark = f" {SCHEDULE}" if section.key in self._schedules else ""
        taken = cell_len(left) + cell_len(mark)
        word = next((one for one in _says(section, room == WIDE) if taken + cell_len(one) < room), "")
        gap = max(0, room - taken - cell_len(word))
        name = "$text-muted" if section.standing is Standing.ABSENT else ""
        return Content.assemble((left, name), (mark, "$text-muted"), " " * gap, (word, LOOKS[section.standing]))


def _says(section: Progress, wide: bool) -> Iterable[str]:
    """What may stand beside a section's title, the fullest first."""
    if section.standing is Standing.ABSENT:
        return
    said = words(section)
    if wide:
        count = f"{section.answered}/{section.asked}"
        yield count if section.standing is Standing.COMPLETE else f"{said} {count:>6}"
    yield said
    yield said.partition(" ")[0]
