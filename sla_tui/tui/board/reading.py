"""Reading leads beside the screen: what is read, what came of it, and a way to stop it. Runs in a worker's thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla_tui.agreement.errors import UserError

if TYPE_CHECKING:
    from sla_tui.agreement.sections.scoring import Scoring
    from sla_tui.scoring.board import Board as Scored
    from sla_tui.scoring.engine import Engine
    from sla_tui.tui.board.sample import Sample


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading came to: leads under a scoring, or why not. ``trouble`` beside leads is about their outcome."""

    sample: Sample
    scored: Scored | None = None
    trouble: UserError | None = None
    stopped: bool = False


class Job:
    """One reading; ``run`` in a thread, ``stop`` from any.

    With ``before``, what its scoring lacks is read into the same leads, and that is not to be stopped: the leads on
    the screen would end with it.
    """

    def __init__(
        self, sample: Sample, scoring: Scoring, before: Scored | None = None, everything: bool = False
    ) -> None:
        self.sample = sample
        self._scoring = scoring
        self._before = before
        self._everything = everything
        self._lock = threading.Lock()
        self._stopped = False
        self._engine: Engine | None = before.leads.engine if before else None

    @property
    def stoppable(self) -> bool:
        """Whether it may be stopped without harm."""
        return self._before is None

    @property
    def progress(self) -> str:
        """How much of the file in hand is read; empty where that is not known."""
        with self._lock:
            engine = self._engine
        share = engine.progress if engine is not None else None
        return f", {share:.0%} read".replace("%", " %") if share else ""

    def stop(self) -> None:
        """Ends the reading soon."""
        with self._lock:
            self._stopped = True
            if self._engine is not None:
                self._engine.stop()

    def run(self) -> Reading:
        """Reads, and says what came of it."""
        from sla_tui.scoring.engine import Stopped

        try:
            return self._outcome()
        except Stopped:
            return Reading(self.sample, stopped=True)
        except UserError as error:
            return Reading(self.sample, trouble=error)
        except Exception as error:
            # The screen must outlive a bug, or it would say "reading" for ever.
            from sla_tui.workshop.crash import leave_report

            path = leave_report(error)
            remedy = f"what happened (none of your texts) is in {path}" if path else "try another file"
            return Reading(self.sample, trouble=UserError("this could not be read (a bug)", remedy))

    def _outcome(self) -> Reading:
        if self._before is not None:
            scored = self._before.reread(self._scoring)
            scored.page(0, 1)
            return Reading(self.sample, scored)
        self.sample = self.sample.fitted()
        outcome = self.sample.outcome if self.sample.leads is not None else None
        try:
            return Reading(self.sample, self._scored(outcome))
        except UserError as error:
            if outcome is None:
                raise
            # Leads without an outcome are still worth seeing; if it was not the outcome, this says so.
            return Reading(self.sample, self._scored(None), error)

    def _scored(self, outcome: str | None) -> Scored:
        from sla_tui.scoring.engine import Engine, Stopped
        from sla_tui.scoring.simulate import start

        with self._lock:
            if self._stopped:
                raise Stopped
            self._engine = engine = Engine()
        sample = self.sample
        # What the mapping names as the outcome would be taken for want of another.
        mapping = sample.mapping.model_copy(update={"outcome": None})
        scored = start(
            self._scoring, sample.leads, sample.activity, mapping, outcome, everything=self._everything, engine=engine
        )
        # What is put off until the first leads are shown, such as reading their ids, is not to wait for the screen.
        scored.page(0, 1)
        return scored
