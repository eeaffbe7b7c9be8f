"""Who gets which lead: the assignment's territories and exceptions, tried on the leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.lists import RECEIVERS
from sla_tui.agreement.references import nameable
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.sentence import number
from sla_tui.tui.board.lines import fit
from sla_tui.tui.board.sheet import Sheet, head, muted
from sla_tui.tui.dialogs.dialog import troubled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla_tui.agreement.sections.assignment import Assignment
    from sla_tui.scoring.board import Board as Scored
    from sla_tui.scoring.routing import Routing
    from sla_tui.tui.board.trial import Trial

_PARAGRAPHS = (
    "Every scored lead is given to the first exception that it fits, else to the first territory, else to whoever gets "
    "leads from an unknown territory. Nothing is changed here; the assignment section says who gets what.",
    "“Fit” counts all leads that an entry would take, “gets” those that no entry before it has taken.",
)
COUNT = 9
WIDE = 100


class Territories(Sheet):
    """Tries the assignment on the leads of a Trial, all of them or those that reach the handed-over stage."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "narrow", "handed over or all", id="board.narrow", tooltip="Only leads handed over, or all"),
    ]
    title_words = "Who gets which lead"
    about = "\n\n".join(_PARAGRAPHS)

    def __init__(self, trial: Trial, scored: Scored, assignment: Assignment) -> None:
        super().__init__()
        self._trial = trial
        self._scored = scored
        self._assignment = assignment
        self._narrow = False
        self._ready = False
        self._trouble: UserError | None = None

    def on_mount(self) -> None:
        from sla_tui.scoring.routing import lacks

        self._ready = not lacks(self._scored, self._assignment)
        super().on_mount()
        if not self._ready:
            self._read()

    @work(thread=True, exit_on_error=False)
    def _read(self) -> None:
        """Reads the columns that the territories use and the scoring does not."""
        from sla_tui.scoring.engine import Stopped
        from sla_tui.scoring.routing import with_columns

        try:
            self._scored = with_columns(self._scored, self._assignment)
        except UserError as error:
            self._trouble = error
        except Stopped:
            self._trouble = UserError("reading the leads was stopped", "go back and read them again")
        self._ready = True
        if self.is_attached:
            self.app.call_from_thread(self.show)

    def action_narrow(self) -> None:
        """Looks at the leads handed over alone, or at all."""
        self._narrow = not self._narrow
        self.show()

    def lines(self) -> list[Content]:
        """The sentence, what to look at, who gets how many, and the entries in order."""
        from sla_tui.scoring.routed import headline, troubles
        from sla_tui.scoring.routing import routing

        if self._trouble is not None:
            return [troubled(self._trouble.message, self._trouble.remedy)]
        if not self._ready:
            return [Content.styled("Reading the columns that the territories use …", "bold $primary")]
        stage = self._trial.handed_over if self._narrow else ""
        found = routing(self._scored, self._assignment, stage)
        names = {id_: clean_line(name) for id_, name in (nameable(self._trial.draft.value, RECEIVERS) or {}).items()}
        called = clean_line(self._trial.stage_names().get(stage, stage))
        said = [Content.styled(headline(found, called), "bold")]
        if look := troubles(found, names):
            said += [Content(""), *(troubled(clean_line(one)) for one in look)]
        said += [*self._shares(found, names), *self._ways(found, names)]
        if self._assignment.existing_account in ("owner", "ask"):
            first = (
                "to whoever owns the account" if self._assignment.existing_account == "owner" else "to be asked about"
            )
            said += [
                Content(""),
                muted(f"Leads of known companies go {first} first; which these are, no lead here says."),
            ]
        return said

    def _shares(self, found: Routing, names: Mapping[str, str]) -> list[Content]:
        from sla_tui.scoring.routed import NOBODY

        if not found.leads:
            return []
        who = min(36, self.width // 2)
        bar = max(1, self.width - who - COUNT - 11)
        said = [Content(""), head("Who gets how many")]
        for share in found.shares:
            length = round(bar * share.leads / found.leads)
            count = number(share.leads).rjust(COUNT)
            part = f"{100 * share.leads / found.leads:5.0f} %  "
            look = "" if share.to else "bold $warning"
            name = fit(names.get(share.to, share.to) or NOBODY, who)
            said.append(Content.assemble((name, look), count, (part, "$text-muted"), ("█" * length, "$primary")))
        return said

    def _ways(self, found: Routing, names: Mapping[str, str]) -> list[Content]:
        """The entries in order: one line each where there is room, else two."""
        wide = self.width >= WIDE
        longest = max((cell_len(way.name) for way in found.ways), default=0) + 2
        name = max(12, min(longest, self.width * 2 // 5)) if wide else self.width - 2 * COUNT
        said = [
            Content(""),
            head(f"{fit('Tried in this order', name)}{'fit':>{COUNT}}{'gets':>{COUNT}}{'  which leads' * wide}"),
        ]

        def entry(called: str, look: str, counts: str, more: str) -> None:
            line = Content.assemble((fit(called, name), look), counts.rjust(2 * COUNT))
            if wide:
                said.append(
                    Content.assemble(line, (f"  {fit(more, self.width - name - 2 * COUNT - 2)}", "$text-muted"))
                )
            else:
                said.extend((line, muted(f"    {fit(more, self.width - 4)}")))

        for way in found.ways:
            counts = "" if way.trouble else f"{number(way.matches):>{COUNT}}{number(way.gets):>{COUNT}}"
            wrong = bool(way.trouble) or not way.gets
            more = f"{'skips: ' if way.exception else ''}{way.when or '–'} → {names.get(way.to, way.to) or '–'}"
            entry(f"! {way.name}" if wrong else way.name, "$warning" if wrong else "", counts, more)
        left = found.leads - sum(way.gets for way in found.ways)
        entry("All others", "", number(left), f"→ {names.get(found.rest, found.rest) or '–'}")
        return said
