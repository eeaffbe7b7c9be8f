"""What the board does about the files behind it: which column is what, and who the leads are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from sla_tui.agreement.errors import UserError
from sla_tui.tui.board.fields import named
from sla_tui.tui.board.keeping import KeepLeads
from sla_tui.tui.board.leadlist import Reader
from sla_tui.tui.board.mapping import MapColumns
from sla_tui.tui.board.sample import OUTCOME, POSITIVE
from sla_tui.workshop.mapping import look, remember
from sla_tui.workshop.simulate import read_mapping

if TYPE_CHECKING:
    from pathlib import Path

    from sla_tui.agreement.leads import LeadMapping
    from sla_tui.scoring.board import Board as Scored
    from sla_tui.workshop.mapping import Look


class LeadFiles(KeepLeads):
    """Maps columns, and masks who the leads are until a key shows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f7",
            "reveal",
            "names",
            show=False,
            id="board.reveal",
            tooltip="Show names, emails and phones, or hide them",
        ),
        Binding("f8", "map", "columns", show=False, id="board.map", tooltip="Say which column of the file is what"),
    ]
    _reader: tuple[Scored, bool, Reader] | None = None

    def told(self, error: UserError) -> None:
        """Shows what is wrong with the files."""

    def offer(self) -> None:
        """Says how a name that finds no column is given one."""
        scored, aside = self.trial.scored, self.trial.sample.aside
        if scored is not None and (count := len(scored.plan.faults)):
            names = "1 name finds" if count == 1 else f"{count} names find"
            self.say(f"{names} no column: F8 says which column it is.")
        elif scored is not None and aside:
            self.say(f"{aside[0].upper()}{aside[1:]}; F8 says which columns it is here.", warning=True)

    def reader(self, scored: Scored) -> Reader:
        """Reads leads as they may be shown; the same one while neither the leads nor the masks change."""
        held = self._reader
        if held is None or held[0] is not scored or held[1] != self.revealed:
            masked = scored.page if self.revealed else _masked(scored)
            self._reader = held = (scored, self.revealed, masked)
        return held[2]

    def action_reveal(self) -> None:
        """Shows who the leads are, or hides it; it is hidden again when the board is left."""
        self.revealed = not self.revealed
        self.show()
        self.say("Names, emails and phones are shown: F7 hides them." if self.revealed else "Names are masked again.")

    def action_map(self) -> None:
        """Asks which column of the files is what."""
        if not self.trial.sample.there:
            self.say("There is no file yet; o chooses one.")
            return
        self._look()

    @work(thread=True, group="looking", exclusive=True, exit_on_error=False)
    def _look(self) -> None:
        sample = self.trial.sample
        try:
            seen = look(sample.leads, sample.activity)
        except UserError as error:
            self.app.call_from_thread(self.told, error)
            return
        self.app.call_from_thread(self._map, seen)

    def _map(self, seen: Look) -> None:
        sample = self.trial.sample
        before = sample.mapping.model_copy(update={"outcome": sample.outcome})
        dialog = MapColumns(self.trial.scoring, seen, before, sample.name)
        self.app.push_screen(dialog, lambda after: self._mapped(before, after))

    def _mapped(self, before: LeadMapping, after: LeadMapping | None) -> None:
        if after is None:
            return
        kept, sample, folder = self.draft.memory.sample, self.trial.sample, self.draft.path.parent
        try:
            if sample.foreign:
                # All of leads.toml is about these files then; else it would name columns of theirs for others.
                before = read_mapping(folder)
                files = zip(("leads", "activity"), (sample.leads, sample.activity), strict=True)
                after = after.model_copy(update={part: path and _from(folder, path) for part, path in files})
            elif OUTCOME in kept or POSITIVE in kept:
                # An outcome chosen earlier is known to this computer alone; leads.toml says it from now on.
                before = before.model_copy(update={"outcome": None, "positive": None})
            remember(folder, before, after)
        except UserError as error:
            self.told(error)
            return
        self.draft.memory.sample = {name: said for name, said in kept.items() if name not in (OUTCOME, POSITIVE)}
        about = f", which is about {sample.name} now" if sample.foreign else ""
        self.say(f"Saved to leads.toml{about}.")
        self.again()


def _from(folder: Path, path: Path) -> str:
    """A file as leads.toml names it: from the agreement's folder where it lies in it."""
    real = path.absolute()
    base = folder.absolute()
    return str(real.relative_to(base)) if real.is_relative_to(base) else str(real)


def _masked(scored: Scored) -> Reader:
    return lambda start, count: tuple(named(scored.leads, row) for row in scored.page(start, count))
