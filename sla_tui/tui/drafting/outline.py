"""The outline: every section with its standing in a sign and a word."""

from __future__ import annotations

from typing import ClassVar

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


def words(section: Progress) -> str:
    """A section's standing in a word or two."""
    match section.standing:
        case Standing.WRONG:
            return f"{section.wrong} to mend"
        case Standing.OPEN:
            return f"{section.asked - section.answered} open"
        case Standing.COMPLETE:
            return "complete"
        case Standing.ABSENT:
            return "left out"


class Outline(OptionList):
    """The sections; moving in it shows them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "down", show=False, id="outline.down"),
        Binding("k", "cursor_up", "up", show=False, id="outline.up"),
        Binding(
            "enter,right,l,tab", "select", "into it", key_display="Enter", id="outline.in", tooltip="Into the section"
        ),
    ]

    _shown: tuple[tuple[Progress, ...], str] = ((), "")

    def watch_has_focus(self, has_focus: bool) -> None:
        """Marks the section at hand only while the keys go here."""
        super().watch_has_focus(has_focus)
        self.show(*self._shown)

    def show(self, sections: tuple[Progress, ...], key: str) -> None:
        """Shows the sections' standing with ``key`` highlighted."""
        self._shown = sections, key
        prompts = [self._prompt(section, self.has_focus and section.key == key) for section in sections]
        if self.option_count != len(prompts):
            self.clear_options()
            self.add_options([Option(prompt, id=one.key) for prompt, one in zip(prompts, sections, strict=True)])
        else:
            for section, prompt in zip(sections, prompts, strict=True):
                if self.get_option(section.key).prompt != prompt:
                    self.replace_option_prompt(section.key, prompt)
        keys = [section.key for section in sections]
        if key in keys and self.highlighted != keys.index(key):
            with self.prevent(OptionList.OptionHighlighted):
                self.highlighted = keys.index(key)

    def _prompt(self, section: Progress, here: bool) -> Content:
        title = Content(f"{'›' if here else ' '}{SIGNS[section.standing]} {section.title}")
        word = words(section)
        gap = max(1, 25 - title.cell_length - len(word))
        return Content.assemble(title, " " * gap, (word, LOOKS[section.standing]))
