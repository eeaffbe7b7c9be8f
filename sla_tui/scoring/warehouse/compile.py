"""A whole scoring as one query: the leads with their points, or the steps of a query that counts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlglot import exp

from sla_tui.scoring.plan import Plan
from sla_tui.scoring.results import EXCLUDED as EXCLUDED_STAGE
from sla_tui.scoring.results import NONE
from sla_tui.scoring.sources import Source
from sla_tui.scoring.tally import LOST, UNKNOWN, WON
from sla_tui.scoring.warehouse.cells import NO_ID, REPEATED, Cells
from sla_tui.scoring.warehouse.dialects import Speech
from sla_tui.scoring.warehouse.expressions import (
    Sql,
    both,
    called,
    case,
    cast,
    either,
    equal,
    flag,
    integer,
    is_null,
    name,
    not_null,
    remark,
    text,
    their,
    within,
)
from sla_tui.scoring.warehouse.fading import tables as fading_tables
from sla_tui.scoring.warehouse.logs import LogSteps, cell_of_id
from sla_tui.scoring.warehouse.rules import Parts
from sla_tui.scoring.warehouse.steps import Steps, with_steps
from sla_tui.scoring.warehouse.tables import Where


@dataclass(frozen=True)
class Compiler:
    """One scoring over one place where leads are. ``labels`` says what rules are for, by id.

    ``before`` is another scoring of the same leads, whose columns have names that begin with ``was_``. ``also`` is
    what the query reads besides, and makes signals of.
    """

    plan: Plan
    where: Where
    speech: Speech
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    before: Plan | None = None
    also: tuple[Source, ...] = ()

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """All that is read, each once."""
        before = self.before.sources if self.before else ()
        return tuple(dict.fromkeys((*self.plan.sources, *before, *self.also)))

    @cached_property
    def cells(self) -> Cells | None:
        """The table's columns that are read."""
        sheet = self.where.table
        return sheet and Cells(self.sources, sheet, self.speech, self.where.unknown, self.where.outcome)

    @cached_property
    def parts(self) -> Parts:
        """Signals, rules and groups."""
        return Parts(self.plan, self.cells, self.sources, self.labels)

    @cached_property
    def was(self) -> Parts | None:
        """The rules and groups of the other plan."""
        return None if self.before is None else Parts(self.before, self.cells, self.sources, mark="was_")

    @cached_property
    def _log(self) -> LogSteps | None:
        log = self.where.log
        return None if log is None else LogSteps(self.where, log, self.speech)

    def leads(self) -> exp.Select:
        """Each lead that is not left out: id, score, stage, the points by rule, and what each group's cap changes."""
        steps = self.steps(lead_by_lead=True)
        names = [(integer(place), text(stage.id)) for place, stage in enumerate(self.plan.stages, 1)]
        steps["placed"] = exp.select("*", called(self.parts.place(), "place")).from_("staged")
        excluded = (equal(name("excluded"), integer(1)), text(EXCLUDED_STAGE))
        places = [(equal(name("place"), number), stage) for number, stage in names]
        shown = [exp.alias_(name(f"r{at}"), rule.id, quoted=True) for at, rule in enumerate(self.plan.rules, 1)]
        caps = [
            exp.alias_(self.parts.cap_of(at), f"cap:{group}", quoted=True)
            for at, (group, _) in enumerate(self.plan.groups, 1)
        ]
        last = exp.select(
            exp.alias_(name("lead_id"), "id", quoted=True),
            exp.alias_(name("score"), "score", quoted=True),
            exp.alias_(case(excluded, *places, otherwise=text(NONE)), "stage", quoted=True),
            *shown,
            *caps,
        ).from_("placed")
        return with_steps(steps, last.where(equal(name("why"), integer(0)), copy=False))

    def steps(self, lead_by_lead: bool) -> Steps:
        """All up to ``staged``, which has a row for each row of the table, else for each lead of the log."""
        steps = Steps()
        parts, log = self.parts, self._log
        if log is not None:
            steps["log_rows"] = log.rows()
        if parts.happened:
            assert log is not None
            steps |= fading_tables(parts.fadings.values())
            steps |= log.did(parts)
        if self.cells is not None:
            steps |= self._lead_rows(lead_by_lead)
        else:
            steps["lead_rows"] = exp.select(called(name("who"), "lead_id")).distinct().from_("log_rows")
        met = [] if lead_by_lead else [self._met()]
        nth = [] if self.cells is None else [called(self._nth(), "nth")]
        signals = exp.select("lead_rows.*", *parts.signals(), *met, *nth).from_("lead_rows")
        if parts.happened:
            signals = signals.join("did", on=equal(name("who", "did"), name("lead_id", "lead_rows")), join_type="left")
        steps["signals"] = signals
        outcome = [] if lead_by_lead else [called(self._outcome(), "outcome")]
        last = self._scored(steps, parts, "signals", outcome)
        if self.was is not None:
            self._scored(steps, self.was, last, [])
        return steps

    def _scored(self, steps: Steps, parts: Parts, last: str, more: list[Sql]) -> str:
        """Adds what one plan makes of the signals, and names its last step."""
        for step, columns in (("pointed", parts.rules()), ("grouped", parts.sums()), ("capped", parts.caps())):
            if columns:
                steps[parts.own(step)] = exp.select("*", *columns).from_(last)
                last = parts.own(step)
        score = called(parts.score(), parts.own("score"))
        steps[parts.own("scored")] = exp.select("*", score, *self._verdicts(parts), *more).from_(last)
        reached = called(parts.reached(), parts.own("reached"))
        steps[parts.own("staged")] = exp.select("*", reached).from_(parts.own("scored"))
        return parts.own("staged")

    def _met(self) -> Sql:
        met = flag(not_null(name("who", "did"))) if self.parts.happened else integer(0)
        return called(met, "met")

    def _verdicts(self, parts: Parts) -> list[Sql]:
        fires = [parts.fires(source) for source in parts.plan.exclude]
        return [
            called(parts.lifted(), parts.own("lifted")),
            called(flag(either(*fires)) if fires else integer(0), parts.own("excluded")),
            called(self._why(parts.plan), parts.own("why")),
        ]

    def _outcome(self) -> Sql:
        if self.cells is None or self.where.outcome is None:
            return integer(UNKNOWN)
        return self.cells.outcome_code(self.where.positive, (UNKNOWN, LOST, WON))

    def unclear(self) -> Sql:
        """The text of an outcome that tells neither, on a row with an id of its own."""
        if self.cells is None or self.where.outcome is None:
            return cast(exp.null(), "text")
        own = exp.not_(within(name("why"), (integer(NO_ID), integer(REPEATED))), copy=False)
        return case((both(own, is_null(name("outcome"))), self.cells.spelled(self.where.outcome)))

    def _why(self, plan: Plan) -> Sql:
        if self.cells is None:
            return integer(0)
        faults = [(condition, integer(why)) for condition, why in self.cells.faults(plan.counted)]
        lost = (is_null(name("lead_id")), integer(NO_ID))
        again = (exp.GT(this=name("nth"), expression=integer(1)), integer(REPEATED))
        return case(lost, *faults, again, otherwise=integer(0))

    def _rank(self) -> list[Sql]:
        """What rows of one id are ordered by: their place in the table, or what they say."""
        sheet, cells = self.where.table, self.cells
        assert sheet is not None
        assert cells is not None
        return [name("row_order")] if sheet.order else [name(f"t{at}") for at in cells.used.values()]

    def _nth(self) -> Sql:
        """Which row of its id a row is. One that is left out for its counts uses no id up: it comes last."""
        if self.where.id is None or self.where.own_ids or self.cells is None:
            return integer(1)
        faulty = [condition for condition, _ in self.cells.faults(self.plan.counted)]
        late = [flag(either(*faulty))] if faulty else []
        return _row_number([*late, *(self._rank() or [name("lead_id")])], [name("lead_id")])

    def _lead_rows(self, lead_by_lead: bool) -> Steps:
        sheet, cells = self.where.table, self.cells
        assert sheet is not None
        assert cells is not None
        order = [called(their(sheet.order), "row_order")] if sheet.order else []
        rank = self._rank()
        lead_id = None if self.where.id is None else cell_of_id(self.speech, sheet.columns[self.where.id])
        rows = [called(lead_id, "lead_id")] if lead_id is not None else []
        columns = [*rows, *cells.reads(), *order] or [called(integer(1), "one")]
        steps = {"table_rows": exp.select(*columns).from_(sheet.relation())}
        if lead_id is None:
            number = cast(_row_number(rank or [name("one")]), "text") if lead_by_lead else text("")
            rows = [called(number, "lead_id")]
        else:
            rows = []
        numbers = cells.numbers() + ([] if lead_by_lead else cells.outcome_words())
        steps["lead_rows"] = exp.select("*", *rows, *numbers).from_("table_rows")
        return steps


def _row_number(order: Sequence[Sql], by: Sequence[Sql] = ()) -> Sql:
    ordered = [exp.Ordered(this=one.copy(), nulls_first=True) for one in order]
    return exp.Window(this=exp.RowNumber(), partition_by=list(by), order=exp.Order(expressions=ordered))


def written(query: exp.Select, speech: Speech, header: Sequence[str] = ()) -> str:
    """A query as text, under some remarks."""
    lines = [f"-- {remark(line)}" for line in header]
    return "\n".join([*lines, query.sql(dialect=speech.sqlglot, pretty=True), ""])
