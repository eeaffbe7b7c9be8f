"""One declaration per action: the footer and the palette read the same bindings that the keys come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, cast

from textual.app import App, SystemCommand
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.binding import ActiveBinding
    from textual.timer import Timer

SPOKEN = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "slash": "/",
    "colon": ":",
    "delete": "Del",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "plus": "+",
    "minus": "-",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "backspace": "Backspace",
}


def spoken(key: str) -> str:
    """How a key is called: ``ctrl+z`` is ``Ctrl+Z``, ``question_mark`` is ``?``."""
    if key in SPOKEN:
        return SPOKEN[key]
    *modifiers, last = key.split("+")
    word = SPOKEN.get(last, last.upper() if len(last) > 1 or modifiers else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), word])


def usable(screen: Screen[object]) -> Iterator[tuple[str, ActiveBinding]]:
    """The keys that do something now, with what they do; those a field being typed in takes are left out."""
    typing = screen.focused
    for key, active in screen.active_bindings.items():
        if not active.binding.description or not active.enabled:
            continue
        if typing is not None and typing.check_consume_key(key, key if len(key) == 1 else _character(key)):
            continue
        yield key, active


def _character(key: str) -> str | None:
    word = SPOKEN.get(key, "")
    return word if len(word) == 1 and key not in ("up", "down", "left", "right") else None


WHILE = 4.0
"""Seconds for which something said in passing stands."""
LONGER = 9.0
"""Seconds for a warning."""
MOMENT = 1.0
"""Seconds that it stands however many keys are pressed; after them the next key ends it."""


class KeyBar(Widget):
    """One line with the keys that matter here; those of the actions in ``last`` are always there, at its end."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        background: $panel;
        color: $foreground;
    }
    """

    def __init__(self, last: Sequence[str] = ()) -> None:
        super().__init__()
        self._last = tuple(last)
        self._said: Content | None = None
        self._until: Timer | None = None
        self._since = 0.0

    def say(self, words: str, warning: bool = False) -> None:
        """Shows words in place of the keys for a while; a warning longer."""
        self._said = Content.assemble(("! " if warning else "", "bold $warning"), words)
        if self._until is not None:
            self._until.stop()
        self._since = monotonic()
        self._until = self.set_timer(LONGER if warning else WHILE, self._hush)
        self._make_room()

    def heard_key(self) -> None:
        """A key was pressed: what was said a moment ago has been read."""
        if self._said is not None and monotonic() - self._since >= MOMENT:
            self._hush()

    def _hush(self) -> None:
        self._said = None
        self._make_room()

    def _make_room(self) -> None:
        """One line for the keys; as many as it takes, up to three, for what is said."""
        lines = len(self._said.wrap(max(20, self.size.width - 2))) if self._said is not None else 1
        self.styles.height = min(lines, 3)
        self.refresh()

    def on_mount(self) -> None:
        """Follows the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._renew)
        self.watch(self.screen, "focused", self._renew, init=False)

    def _renew(self, _news: object) -> None:
        self.refresh()

    def render(self) -> Content:
        """What was said last, for a while; else the keys, as many as fit."""
        if self._said is not None:
            lines = self._said.wrap(max(20, self.size.width - 2))[: self.size.height]
            return Content("\n").join([Content(" ") + line for line in lines])
        found: dict[str, Content] = {}
        for key, active in usable(self.screen):
            binding = active.binding
            if binding.show and binding.action not in found:
                shown = binding.key_display or spoken(key)
                found[binding.action] = Content.assemble((f" {shown}", "bold $accent"), f" {binding.description} ")
        ends = [found.pop(action) for action in self._last if action in found]
        room = self.size.width - 1 - sum(piece.cell_length for piece in ends)
        pieces: list[Content] = []
        for action in self.arranged(tuple(found)):
            room -= found[action].cell_length
            if room < 0:
                break
            pieces.append(found[action])
        return Content("").join([*pieces, *ends])

    def arranged(self, actions: Sequence[str]) -> Sequence[str]:
        """The actions to show a key of, the most important first."""
        return actions


def palette_commands(screen: Screen[object]) -> Iterator[SystemCommand]:
    """What the palette offers: every action that can be done now, with its key."""
    seen: set[str] = set()
    app = cast("App[object]", screen.app)
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if not active.enabled or binding.system or not (binding.tooltip or binding.show) or binding.action in seen:
            continue
        if not binding.description or binding.action == "command_palette":
            continue
        seen.add(binding.action)

        def run(action: str = binding.action, node: object = active.node) -> None:
            app.call_later(app.run_action, action, node)

        title = f"{binding.description[:1].upper()}{binding.description[1:]}  ({spoken(key)})"
        yield SystemCommand(title, binding.tooltip or binding.description, run)
