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
        Binding("right,l,tab", "select", "into it", show=False, id="outline.in", tooltip="Into the section"),
    ]

    def show(self, sections: tuple[Progress, ...], key: str) -> None:
        """Shows the sections' standing with ``key`` highlighted."""
        prompts = [self._prompt(section) for section in sections]
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

    def _prompt(self, section: Progress) -> Content:
        title = Content(f" {SIGNS[section.standing]} {section.title}")
        word = words(section)
        gap = max(1, 25 - title.cell_length - len(word))
        return Content.assemble(title, " " * gap, (word, LOOKS[section.standing]))
