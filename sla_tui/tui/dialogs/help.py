"""Help where one stands: what this is for, the question in hand, and every key that works here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.tui.keys import spoken

if TYPE_CHECKING:
    from textual.screen import Screen

GROUPS = {
    "draft": "In this agreement",
    "start": "On this screen",
    "faults": "On this screen",
    "points": "On this screen",
    "limits": "On this screen",
    "board": "On this screen",
    "weigh": "To weigh the scoring",
    "history": "On this screen",
    "form": "Moving about",
    "outline": "Moving about",
    "editor": "While answering",
    "list": "Moving about",
    "source": "Moving about",
    "app": "Everywhere",
}
OTHER = "Moving about"


@dataclass(frozen=True, slots=True)
class Key:
    """One action: its keys, what it does, the group it stands in, whether it can be done now."""

    keys: tuple[str, ...]
    words: str
    group: str
    enabled: bool


def keys_of(screen: Screen[object]) -> tuple[Key, ...]:
    """Every action that has a key here, in the order in which the screen declares them."""
    found: dict[tuple[str, str], Key] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if not binding.description or binding.system:
            continue
        words = binding.tooltip or binding.description.capitalize()
        group = GROUPS.get((binding.id or "").partition(".")[0], OTHER)
        known = found.get((binding.action, words))
        keys = (*known.keys, spoken(key)) if known else (spoken(key),)
        found[binding.action, words] = Key(keys, words, group, active.enabled)
    return tuple(found.values())


class Help(Dialog[None]):
    """Shows ``about`` and below it the keys, grouped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1,q,enter", "leave", "close", show=False, id="help.close", tooltip="Close the help"),
        Binding("down,j", "roll(1)", "down", id="help.down", tooltip="Further down"),
        Binding("up,k", "roll(-1)", "up", id="help.up", tooltip="Further up"),
        Binding("pagedown,space", "page(1)", "page", show=False, id="help.page", tooltip="A screenful down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="help.pageup", tooltip="A screenful up"),
        CLOSE,
    ]

    def __init__(self, heading: str, about: Content, keys: tuple[Key, ...]) -> None:
        super().__init__("Help", heading)
        self._about = about
        self._keys = keys

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(classes="scrolls"):
            yield Static(self._about)
            yield Static(listing(self._keys))

    def action_roll(self, by: int) -> None:
        """A line down or up."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """A screenful down or up."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=by * max(1, scroll.size.height - 2), animate=False)


def listing(keys: tuple[Key, ...]) -> Content:
    """The keys under their groups' names, in columns."""
    names = {key: " ".join(dict.fromkeys(key.keys)) for key in keys}
    width = min(18, max((len(name) for name in names.values()), default=0))
    lines: list[Content] = []
    for group in dict.fromkeys(GROUPS.values()):
        members = [key for key in keys if key.group == group]
        if members:
            lines += [Content(""), Content.styled(group, "bold $primary")]
        for key in members:
            look, words = ("bold $accent", "") if key.enabled else ("$text-disabled", "$text-disabled")
            lines.append(Content.assemble((f"  {names[key]:<{width}}  ", look), (key.words, words)))
    return Content("\n").join(lines)
