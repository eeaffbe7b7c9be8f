"""The lists and the row of tests from which a condition is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from sla_tui.agreement.text import clean_line
from sla_tui.scoring.building import WORDS
from sla_tui.scoring.firing import percent
from sla_tui.scoring.sentence import FEW, number
from sla_tui.tui.board.fields import MASKED, is_personal
from sla_tui.tui.board.lines import Lines, Pieces, fit

if TYPE_CHECKING:
    from textual import events

    from sla_tui.scoring.firing import Value
    from sla_tui.scoring.offers import Kind, Offer

KINDS: dict[Kind, str] = {
    "text": "text",
    "number": "numbers",
    "count": "counts",
    "date": "dates",
    "id": "names each lead",
    "outcome": "the outcome",
    "activity": "an activity",
    "unread": "not read yet",
}


HEADS = {"at_least": "At least", "at_most": "At most", "between": "From, up to the next"}
"""What stands above the values of a comparison."""
NOT_TOLD = -1
"""In place of a number of leads that is not known."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the list: something to fire on, or a value, which can be ``ticked`` or (None) only looked at."""

    offer: Offer | None = None
    value: Value | None = None
    ticked: bool | None = None


class Offered(Lines, inherit_bindings=False):
    """Shows what can be chosen; letters typed on it are for the line above it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", id="offer.tick", tooltip="Take the value in, or leave it out"),
        Binding("enter", "take", "take", id="offer.take", tooltip="Take the line in hand, or all that is ticked"),
        Binding("down", "step(1)", "down", show=False, id="offer.down", tooltip="The next line"),
        Binding("up", "step(-1)", "up", show=False, id="offer.up", tooltip="The line before"),
        Binding("pagedown", "page(1)", "page down", show=False, id="offer.pagedown", tooltip="A screenful down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="offer.pageup", tooltip="A screenful up"),
        Binding("home", "edge(-1)", "first", show=False, id="offer.first", tooltip="The first line"),
        Binding("end", "edge(1)", "last", show=False, id="offer.last", tooltip="The last line"),
    ]

    class Took(Message):
        """The line in hand was taken; ``tick``: only taken in or left out, there is more to come."""

        def __init__(self, tick: bool) -> None:
            super().__init__()
            self.tick = tick

    class Above(Message):
        """The way leads to the line above, with what was typed on the list."""

        def __init__(self, typed: str = "") -> None:
            super().__init__()
            self.typed = typed

    def __init__(self) -> None:
        super().__init__(id="offered")
        self._choices: Sequence[Choice] = ()
        self._told = False
        self._values_are = ""

    @property
    def here(self) -> Choice | None:
        """The line in hand."""
        return self._choices[self.at] if self._choices else None

    def show(self, choices: Sequence[Choice], told: bool, words: str, empty: str, at: int | None = None) -> None:
        """Shows choices, values below ``words``; ``empty`` is said of none. ``told``: some outcome is known."""
        self._choices, self._told, self._values_are, self.empty = choices, told, words, empty
        if at is not None:
            self.at = at
        self.renew(len(choices))

    def head(self, width: int) -> str:
        if not self._choices:
            return ""
        if self._choices[0].offer is not None:
            return f"  {fit('Column or activity', _name(width))}  {fit('Kind', 15)}{'Known':>7}  Such as"
        return f"  {fit(self._values_are, width - 22)}{'Leads':>9}" + (f"{'Won':>11}" if self._told else "")

    def line(self, at: int, width: int) -> Pieces:
        one, here = self._choices[at], at == self.at
        sign = ("› " if here else "  ", "accent")
        if one.offer is not None:
            return [sign, *_offer(one.offer, width, here)]
        if one.value is None:
            return []
        box = "" if one.ticked is None else "[x] " if one.ticked else "[ ] "
        words = fit(f"{box}{clean_line(one.value.text)}", width - 22)
        count = "" if one.value.leads == NOT_TOLD else number(one.value.leads)
        pieces = [sign, (words, "strong" if here or one.ticked else "text"), (f"{count:>9}", "text")]
        return [*pieces, (f"{won(one.value):>11}", "muted")] if self._told else pieces

    def action_take(self) -> None:
        """Takes the line in hand."""
        self.post_message(self.Took(tick=False))

    def action_tick(self) -> None:
        """Takes the value in, or leaves it out."""
        self.post_message(self.Took(tick=True))

    def action_step(self, by: int) -> None:
        """Moves the cursor; above the first line is the line to type in."""
        if self.at + by < 0:
            self.post_message(self.Above())
        else:
            self.go(self.at + by)

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character and event.character != " ":
            event.stop()
            self.post_message(self.Above(event.character))


def _name(width: int) -> int:
    return max(18, min(44, width - 48))


def _offer(offer: Offer, width: int, here: bool) -> list[tuple[str, str]]:
    name = _name(width)
    share = percent(offer.known, offer.of) if offer.of and offer.known else ""
    some = "" if offer.kind == "id" else ", ".join(masked(offer.name, one) for one in offer.some)
    room = max(0, width - name - 2 - 2 - 15 - 7 - 2)
    return [
        (fit(clean_line(offer.name), name), "strong" if here else "text"),
        (f"  {fit(KINDS[offer.kind], 15)}{share:>7}  ", "muted"),
        (fit(some, room), "muted"),
    ]


def masked(header: str, text: str) -> str:
    """A value as it may be shown."""
    return MASKED if is_personal(header, text) else clean_line(text)[:24]


def won(value: Value) -> str:
    """How many of the leads of a value were won, as a share where there are enough of them."""
    if not value.known:
        return ""
    return percent(value.won, value.known) if value.known >= FEW else f"{value.won} of {value.known}"


class Tests(Widget, can_focus=True):
    """The tests that fit, the chosen one marked; ←→ chooses another."""

    DEFAULT_CSS = """
    Tests { height: auto; width: 1fr; background: transparent; }
    Tests:focus { background: $boost; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "test", key_display="←→", id="offer.test", tooltip="The next test"),
        Binding("left", "step(-1)", "test", show=False, id="offer.test.before", tooltip="The test before"),
        Binding("enter", "screen.row(1)", "go on", id="offer.on", tooltip="On to the value"),
    ]

    class Chose(Message):
        """Another test was chosen."""

        def __init__(self, test: str) -> None:
            super().__init__()
            self.test = test

    def __init__(self) -> None:
        super().__init__(id="tests")
        self._tests: Sequence[str] = ()
        self._chosen = ""
        self._words = ""

    def show(self, tests: Sequence[str], chosen: str, words: str) -> None:
        """Shows tests; the chosen one reads as ``words``."""
        if (self._tests, self._chosen, self._words) != (tests, chosen, words):
            self._tests, self._chosen, self._words = tests, chosen, words
            self.refresh(layout=True)

    def render(self) -> Content:
        """The tests, as many to a line as there is room for."""
        pieces = [
            Content.styled(f" {self._words} ", "bold reverse" if self.has_focus else "bold $primary")
            if one == self._chosen
            else Content.styled(f" {WORDS[one]} ", "$text-muted")
            for one in self._tests
        ]
        rows: list[list[Content]] = [[]]
        for piece in pieces:
            if rows[-1] and sum(cell_len(one.plain) for one in (*rows[-1], piece)) > max(20, self.size.width):
                rows.append([])
            rows[-1].append(piece)
        return Content("\n").join(Content("").join(row) for row in rows)

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character and event.character != " ":
            event.stop()
            self.post_message(Offered.Above(event.character))

    def action_step(self, by: int) -> None:
        """Chooses the next test."""
        if self._chosen in self._tests:
            at = (self._tests.index(self._chosen) + by) % len(self._tests)
            self.post_message(self.Chose(self._tests[at]))
