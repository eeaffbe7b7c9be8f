"""The blind card sort: sample leads one at a time, both sides vote unseen, then where they disagree and what fits."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content

from sla_tui.scoring.cards import CARDS, SIDES, draw
from sla_tui.scoring.tally import LOST, WON
from sla_tui.tui.board.ballot import Ballot, remembered
from sla_tui.tui.board.face import face
from sla_tui.tui.board.lines import DIGITS, fit
from sla_tui.tui.board.sheet import Sheet, head, muted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla_tui.scoring.board import Board as Scored
    from sla_tui.scoring.cards import Sorted, Voted
    from sla_tui.tui.board.trial import Trial

_PARAGRAPHS = (
    "Twelve sample leads, spread over the scores; score and outcome stay hidden. Everybody decides for themselves, on "
    "paper or with raised hands, whether sales should get this lead, and you type how many said yes on each side.",
    "After the last card: on which the sides disagree, and the threshold that fits both best. A fit that chance would "
    "reach in more than 1 of 20 cases is called none (exact permutation test of the balanced accuracy).",
    "Votes are kept beside the program, not in the agreement; leaving and coming back goes on where you were.",
)


class Cards(Sheet):
    """Shows the cards of a Ballot, takes its votes, and then says what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,tab,down", "forward", "next", id="board.forward", tooltip="The next answer"),
        Binding("shift+tab,up", "backward", "before", id="board.backward", tooltip="The answer before"),
        Binding("right", "turn(1)", "next card", show=False, id="board.card.next", tooltip="The next card"),
        Binding("left", "turn(-1)", "card before", id="board.card.before", tooltip="Back a card, to correct a vote"),
        Binding("backspace", "erase", "erase", show=False, id="board.erase", tooltip="Take the last digit back"),
        # As bindings, for those and keys that are handled otherwise overtake each other.
        *(Binding(digit, f"digit({digit!r})", show=False) for digit in sorted(DIGITS)),
        Binding("N", "anew", "new cards", id="board.anew", tooltip="Draw other leads and begin again"),
    ]
    title_words = "Card sort"
    about = "\n\n".join(_PARAGRAPHS)

    def __init__(self, trial: Trial, scored: Scored) -> None:
        super().__init__()
        self.trial = trial
        self.scored = scored
        held = trial.draft.memory.cards
        kept = remembered(held, scored.leads.size)
        self.ballot = kept if kept and held.get("of") == self._leads_of(kept) else self._drawn()
        self._of = self._leads_of(self.ballot)

    def _leads_of(self, ballot: Ballot) -> str:
        """Tells the leads on the cards from others by their ids, of which none is to be read from what is kept."""
        ids = "\n".join(self.scored.leads.ids.some(ballot.cards))
        return sha256(ids.encode("utf-8", "surrogatepass")).hexdigest()

    def _drawn(self) -> Ballot:
        return Ballot(draw(self.scored, secrets.randbelow(1 << 31), CARDS))

    # -- keys

    def action_digit(self, digit: str) -> None:
        """Types a digit into the box in hand."""
        self._done(self.ballot.digit(digit))

    def action_forward(self) -> None:
        """Goes to the next box, and after the last card to what came of it."""
        if self.ballot.done:
            self.action_roll(1)
        else:
            self._done(self.ballot.forward())

    def action_backward(self) -> None:
        """Goes to the box before."""
        if self.ballot.done:
            self.action_roll(-1)
        else:
            self.ballot.back()
            self._done()

    def action_turn(self, by: int) -> None:
        """Goes to another card."""
        self.ballot.turn(by)
        self._done()

    def action_erase(self) -> None:
        """Takes the last digit back."""
        self.ballot.erase()
        self._done()

    def action_anew(self) -> None:
        """Draws other leads; how many sit on each side stays."""
        sizes = self.ballot.numbers[:2]
        self.ballot = self._drawn()
        self.ballot.numbers[:2] = sizes
        self._of = self._leads_of(self.ballot)
        self._done()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """New cards only before the first vote and after the last, so that no key throws votes away."""
        if action == "anew":
            return self.ballot.done or all(one is None for one in self.ballot.numbers[2:])
        return True

    def _done(self, wrong: str = "") -> None:
        self.trial.draft.memory.cards = self.ballot.kept(self._of)
        if wrong:
            self.say(wrong, warning=True)
        self.show()
        self.refresh_bindings()

    # -- what is shown

    def lines(self) -> list[Content]:
        """The page in hand."""
        ballot = self.ballot
        if ballot.done:
            self.bar.words = f"{self.title_words} · result"
            return self._result()
        if ballot.card is None:
            self.bar.words = self.title_words
            ask = "How many people vote on each side?"
            why = f"{len(ballot.cards)} sample leads follow, one at a time, without score and outcome."
            how = "For each, everybody decides unseen: should sales get this lead?"
            return [Content.styled(ask, "bold"), Content(""), muted(why), muted(how), Content(""), *self._boxes()]
        self.bar.words = f"{self.title_words} · card {ballot.page} of {len(ballot.cards)}"
        return self._card(ballot.card)

    def _boxes(self) -> list[Content]:
        ballot, found = self.ballot, list[Content]()
        for side, name in enumerate(SIDES):
            number, size = ballot.box(side), ballot.numbers[side]
            here = side == ballot.side
            of = f"  of {size} say yes" if ballot.page else ""
            shown = f" {'' if number is None else number:>2}{'▏' if here else ' '}"
            look = "bold reverse" if here else "bold"
            found.append(Content.assemble((f"{name.capitalize():<12}", "bold" if here else ""), (shown, look), of))
        return found

    def _card(self, lead: int) -> list[Content]:
        shown = face(self.scored, lead)
        fields = [*((one, "bold") for one in shown.used), *((one, "") for one in shown.others)]
        room = self.size.height - 9
        apart = 2 * len(fields) <= room
        width = min(30, max((cell_len(name) for (name, _), _ in fields), default=0))
        said: list[Content] = []
        for (name, words), look in fields:
            line = Content.assemble(
                (f"  {fit(name, width)}   ", "$text-muted"), (fit(words, self.width - width - 5), look)
            )
            said += [line, Content("")] if apart else [line]
        if not fields:
            said.append(muted("  Nothing is known of this lead."))
        if shown.denied:
            said += _listed("no: ", shown.denied, self.width)
        if shown.masked:
            said += _listed("known, not shown: ", shown.masked, self.width)
        question = Content.styled("Should sales get this lead?", "bold $primary")
        return [*said, Content(""), question, *self._boxes()]

    def _result(self) -> list[Content]:
        ballot = self.ballot
        told = ballot.result([int(self.scored.scores[lead]) for lead in ballot.cards])
        differ = told.disagreements
        said = [*self._fitted(told), Content("")]
        if differ:
            said.append(head(f"The sides disagree on {len(differ)} of {len(told.cards)} cards"))
            for card in differ:
                said += [self._voted(card, told), muted(f"    {fit(self._brief(card.lead), self.width - 4)}")]
        else:
            said.append(head(f"The sides agree on all {len(told.cards)} cards"))
        agreed = sorted((card for card in told.cards if card not in differ), key=lambda card: -card.score)
        if agreed and differ:
            said += [Content(""), head("They agree on")]
        return [*said, *(self._voted(card, told) for card in agreed)]

    def _voted(self, card: Voted, told: Sorted) -> Content:
        ended = {WON: "won", LOST: "not won"}.get(self.scored.kinds(slice(card.lead, card.lead + 1))[0], "")
        place = self.ballot.cards.index(card.lead) + 1
        sales, marketing = (f"{yes} of {of}" for yes, of in zip((card.sales, card.marketing), told.sizes, strict=True))
        return Content.assemble(
            f"  card {place:>2}   ",
            (f"score {card.score:>4}", "bold"),
            f"   sales {sales:<8}  marketing {marketing:<8}",
            (f"  {ended}", "$text-muted"),
        )

    def _brief(self, lead: int) -> str:
        return ", ".join(f"{name} {words}" for name, words in face(self.scored, lead).used)

    def _fitted(self, told: Sorted) -> list[Content]:
        """The threshold that fits both sides, how well, and how today's does."""
        found = told.fit
        if found is None:
            said = [Content.styled("No threshold can be told from these votes.", "bold"), Content(_why_none(told))]
        else:
            sides = f"{_percent(found.sales)} of sales' votes and {_percent(found.marketing)} of marketing's"
            luck = f"chance alone fits as well in {_odds(found.chance)} of cases"
            quality = f"Balanced accuracy {_percent(found.accuracy)}; {luck}."
            top = (
                f"The threshold that fits both sides best: {found.at}"
                if found.holds
                else (f"No threshold beats chance; the best of them is {found.at}")
            )
            same = f"Any threshold from {found.below + 1} to {found.at} sorts these cards the same."
            said = [
                Content.styled(top, "bold $success" if found.holds else "bold $warning"),
                Content(f"It agrees with {sides}."),
                Content(quality),
            ]
            if found.below + 1 < found.at:
                said.append(muted(same))
        stage = next((one for one in self.trial.stages if one.id == self.trial.handed_over), None)
        if stage is not None and stage.at is not None:
            sales, marketing = map(_percent, told.agreeing(stage.at))
            said.append(
                muted(f"Today's {stage.at} agrees with {sales} of sales' votes and {marketing} of marketing's.")
            )
        return said


def _listed(what: str, names: Sequence[str], width: int) -> list[Content]:
    return [muted(f"  {line.plain}") for line in Content(f"{what}{', '.join(names)}").wrap(width - 4)]


def _why_none(told: Sorted) -> str:
    verdicts = {told.wanted(card) for card in told.decided}
    if not verdicts:
        return "The sides together are undecided on every card."
    if len(verdicts) == 1:
        return f"All cards the sides decided are {'wanted' if True in verdicts else 'not wanted'}: nothing parts them."
    return "The cards all have the same score."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _odds(share: float) -> str:
    return f"{100 * share:.1f} %" if share < 0.1 else _percent(share)
