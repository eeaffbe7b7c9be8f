"""What a condition is built from, looked up and tried beside the screen, so that no key has to wait for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.message import Message

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.building import ALONE, NUMERIC
from sla_tui.scoring.firing import Firings, read_too, said
from sla_tui.scoring.offers import Offer, offer_of, offers
from sla_tui.scoring.scored import NotRead
from sla_tui.scoring.sentence import number
from sla_tui.tui.board.fields import is_personal
from sla_tui.tui.dialogs.dialog import Dialog, troubled

if TYPE_CHECKING:
    from sla_tui.agreement.conditions import Condition
    from sla_tui.scoring.board import Board
    from sla_tui.scoring.firing import Firing, Value

MOST_VALUES = 2000
"""Values that are listed at most; others are typed."""
MOST_CUTS = 12
"""Numbers to compare with that are listed at most."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a condition is for: the words above and before its figures. With a ``stage`` they tell, as ``there``, how
    many of the leads stand at it, or with ``lifts`` do not yet. ``everybody``: it is tried on excluded leads too.
    """

    heading: str
    verb: str
    stage: str = ""
    there: str = ""
    lifts: bool = False
    everybody: bool = False
    window: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The condition that was built, or (None) that it is rather typed."""

    when: str | Condition | None = None


class Looked(Message):
    """Columns and activities were looked at, ``first`` the one in hand; comes from a thread."""

    def __init__(self, found: list[Offer], first: Offer | None, whole: bool) -> None:
        super().__init__()
        self.found = found
        self.first = first
        self.whole = whole


class Weighed(Message):
    """A condition was tried; comes from a thread."""

    def __init__(self, asked: int, words: Content) -> None:
        super().__init__()
        self.asked = asked
        self.words = words


class WasRead(Message):
    """A column was read of the files, or why not; comes from a thread."""

    def __init__(self, offer: Offer, board: Board | None, trouble: UserError | None) -> None:
        super().__init__()
        self.offer = offer
        self.board = board
        self.trouble = trouble


class Listed(Message):
    """The values of a column were looked up for a test; comes from a thread."""

    def __init__(self, offer: Offer, test: str, found: tuple[Value, ...], hidden: int) -> None:
        super().__init__()
        self.offer = offer
        self.test = test
        self.found = found
        self.hidden = hidden


class Looking(Dialog[Answer]):
    """A dialog about one condition on a board's leads; what it looks up comes back as messages."""

    def __init__(self, purpose: Purpose, board: Board, revealed: bool) -> None:
        super().__init__(purpose.heading)
        self.purpose = purpose
        self._revealed = revealed
        self.firings = Firings(board, purpose.everybody)

    @work(thread=True, group="offers", exit_on_error=False)
    def look(self, board: Board, when: str | Condition | None) -> None:
        """Looks at every column, the one in hand first."""
        name = when if isinstance(when, str) or when is None else when.field
        first = offer_of(board, name) if name else None
        found: list[Offer] = []
        for one in offers(board):
            found.append(one)
            if len(found) % 10 == 0:
                self.post_message(Looked(list(found), first, False))
        self.post_message(Looked(found, first, True))

    @work(thread=True, group="reading", exclusive=True, exit_on_error=False)
    def read(self, offer: Offer, board: Board) -> None:
        """Reads what is offered, of the files."""
        from sla_tui.scoring.engine import Stopped

        try:
            self.post_message(WasRead(offer, read_too(board, offer.need), None))
        except UserError as error:
            self.post_message(WasRead(offer, None, error))
        except (Stopped, NotRead):
            self.post_message(WasRead(offer, None, UserError("the file was not read", "choose the column again")))

    def listed(self, offer: Offer, test: str) -> Listed:
        """The values to choose from, without those that name or reach people, unless names are shown."""
        found: tuple[Value, ...] = ()
        if offer.at >= 0 and offer.kind != "id":
            if test in NUMERIC:
                found = self.firings.cuts(offer.at, test, MOST_CUTS)
            elif test not in ALONE:
                found = self.firings.values(offer.at, MOST_VALUES)
        open_ = self._revealed or test in NUMERIC
        shown = [one for one in found if open_ or not is_personal(offer.name, one.text)]
        # What the agreement cannot spell as the file does could be ticked and would never fire.
        spelled = tuple(one for one in shown if clean_line(one.text) == one.text)
        return Listed(offer, test, spelled, len(found) - len(shown))

    @work(thread=True, group="listing", exit_on_error=False)
    def list_beside(self, offer: Offer, test: str) -> None:
        """Looks the values of a column up."""
        self.post_message(self.listed(offer, test))

    @work(thread=True, group="weighing", exit_on_error=False)
    def weigh(self, asked: int, when: str | Condition) -> None:
        """Tries a condition."""
        self.post_message(Weighed(asked, self.words(when)))

    def words(self, when: str | Condition) -> Content:
        """What a condition comes to, in words."""
        purpose = self.purpose
        try:
            found = self.firings.firing(when, purpose.window)
            counts = bool(purpose.stage and found and found.leads)
            there = self.firings.there(when, purpose.stage, purpose.lifts) if counts else None
        except UserError as error:
            return troubled(error.message, error.remedy)
        except NotRead:
            return Content.styled("This has to be read first: Enter on the column reads it.", "$text-muted")
        return self._figures(found, there) if found is not None else Content("")

    def _figures(self, found: Firing, there: tuple[int, int] | None) -> Content:
        words = Content.styled(said(found, self.purpose.verb), "bold")
        if there is not None:
            beyond = there[0] - there[1] if self.purpose.lifts else there[1]
            words = Content.assemble(words, f" {number(beyond)} of them {self.purpose.there}.")
        return words
