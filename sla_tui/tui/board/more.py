"""What else the leads on the board can tell, each on a screen of its own."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from sla_tui.tui.board.view import BoardView

LEAST = 2
"""Leads that a card sort needs."""


class BoardMore(BoardView):
    """The keys that open those screens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "territories", "territories", id="weigh.territories", tooltip="Territories: who gets which lead"),
        Binding("C", "cards", "card sort", id="weigh.cards", tooltip="Card sort: both sides judge sample leads blind"),
        Binding(
            "F",
            "grid",
            "fit × engagement",
            id="weigh.grid",
            tooltip="Fit × engagement: nine cells, counts and share won",
        ),
    ]

    def action_territories(self) -> None:
        """Shows who gets which lead."""
        from sla_tui.tui.board.territories import Territories

        scored, assignment = self.trial.scored, self.trial.draft.value.assignment
        if assignment is None or not (assignment.territories or assignment.route_around):
            self.say("The assignment section names no territories and no exceptions to try.")
        elif scored is None:
            self.say("There are no leads to try the territories on; o chooses a file.")
        else:
            self.app.push_screen(Territories(self.trial, scored, assignment))

    def action_cards(self) -> None:
        """Begins the blind card sort, or goes on with it."""
        from sla_tui.tui.board.cards import Cards

        scored = self.trial.scored
        if scored is None or scored.size < LEAST:
            self.say("There are too few leads for a card sort; o chooses a file.")
        else:
            self.app.push_screen(Cards(self.trial, scored))

    def action_grid(self) -> None:
        """Shows fit against engagement."""
        from sla_tui.scoring.grid import Axes
        from sla_tui.tui.board.nine import Nine

        scored = self.trial.scored
        if scored is None or not scored.size:
            self.say("There are no leads to look at; o chooses a file.")
            return
        axes = Axes(scored)
        if axes.missing:
            kinds = " and none of kind ".join(axes.missing)
            self.say(f"No group is of kind {kinds}: give the scoring's groups their kinds.", warning=True)
        else:
            self.app.push_screen(Nine(axes))
