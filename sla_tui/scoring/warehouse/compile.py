"""A whole scoring as one query: the leads with their points, or how many leads have which score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlglot import exp

from sla_tui.scoring.plan import Plan
from sla_tui.scoring.results import EXCLUDED as EXCLUDED_STAGE
from sla_tui.scoring.results import NONE
from sla_tui.scoring.tally import EXCLUDED, LOST, REJECTED, UNKNOWN, WON
from sla_tui.scoring.warehouse.cells import NO_ID, REPEATED, Cells
from sla_tui.scoring.warehouse.dialects import Speech
from sla_tui.scoring.warehouse.expressions import (
    Sql,
    at_least,
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
from sla_tui.scoring.warehouse.rules import Parts
from sla_tui.scoring.warehouse.tables import Column, Where

Steps = dict[str, exp.Select]
"""Named parts of a query, each reading those before it."""


@dataclass(frozen=True)
class Compiler:
    """One scoring over one place where leads are. ``labels`` says what rules are for, by id."""

    plan: Plan
    where: Where
    speech: Speech
    labels: Mapping[str, str] = field(default_factory=dict[str, str])

    @cached_property
    def cells(self) -> Cells | None:
        """The table's columns that are read."""
        sheet = self.where.table
        return sheet and Cells(self.plan, sheet, self.speech, self.where.unknown, self.where.outcome)

    @cached_property
    def parts(self) -> Parts:
        """Signals, rules and groups."""
        return Parts(self.plan, self.cells, self.labels)

    def leads(self) -> exp.Select:
        """Each lead that is not left out: id, score, stage, the points by rule, and what each group's cap changes."""
        steps = self._steps(lead_by_lead=True)
        names = [(integer(place), text(stage.id)) for place, stage in enumerate(self.plan.stages, 1)]
        lifted = exp.GT(this=name("lifted"), expression=name("reached"))
        place = case((lifted, name("lifted")), otherwise=name("reached"))
        steps["placed"] = exp.select("*", called(place, "place")).from_("staged")
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
        return _with(steps, last.where(equal(name("why"), integer(0)), copy=False))

    def histogram(self) -> exp.Select:
        """How many leads of which kind have which score and fast track, and what each rule gave them."""
        steps = self._steps(lead_by_lead=False)
        kind = case(
            (exp.GT(this=name("why"), expression=integer(0)), integer(REJECTED)),
            (equal(name("excluded"), integer(1)), integer(EXCLUDED)),
            otherwise=exp.Coalesce(this=name("outcome"), expressions=[integer(UNKNOWN)]),
        )
        steps["kinds"] = exp.select("*", called(kind, "kind"), called(self._unclear(), "unclear")).from_("staged")
        counted = exp.LT(this=name("kind"), expression=integer(EXCLUDED))
        cell = ("kind", "why", "score", "lifted")
        shown = [
            called(case((counted.copy(), name(word)), otherwise=integer(0)) if word in cell[2:] else name(word), word)
            for word in cell
        ]
        figures: list[Sql] = []
        for at, rule in enumerate(self.plan.rules, 1):
            fired = integer(0) if rule.source is None else flag(self.parts.fires(rule.source))
            figures.append(called(fired, f"f{at}"))
        steps["shown"] = exp.select(
            *shown, "unclear", "met", *figures, *(name(f"r{at}") for at in range(1, len(self.plan.rules) + 1))
        ).from_("kinds")
        sums = [
            called(exp.Sum(this=name(f"{letter}{at}")), f"sum_{letter}{at}", f"rule {rule.id}" if letter == "f" else "")
            for at, rule in enumerate(self.plan.rules, 1)
            for letter in "fr"
        ]
        last = exp.select(
            *map(name, cell),
            called(exp.Count(this=exp.Star()), "leads"),
            called(exp.Min(this=name("unclear")), "unclear"),
            called(exp.Sum(this=name("met")), "met"),
            *sums,
        )
        return _with(steps, last.from_("shown").group_by(*map(name, cell)))

    def log_figures(self) -> exp.Select:
        """The log's activities: how many rows of each, how many of those miss a lead or a time, and the last day."""
        steps = {"log_rows": self._log_rows(everything=True)}
        missing = case(
            (is_null(name("who")), integer(1)),
            (is_null(name("activity")), integer(2)),
            (is_null(name("utc_day")), integer(3)),
            otherwise=integer(0),
        )
        steps["judged"] = exp.select("activity", called(missing, "why")).from_("log_rows")
        named = case((equal(name("why"), integer(0)), name("activity")))
        steps["named"] = exp.select("why", called(named, "activity")).from_("judged")
        last = exp.select("why", "activity", called(exp.Count(this=exp.Star()), "times")).from_("named")
        return _with(
            steps, last.group_by("why", "activity").order_by("times DESC", "activity").limit(MOST_ACTIVITIES + 1)
        )

    # -- the steps

    def _steps(self, lead_by_lead: bool) -> Steps:
        steps = Steps()
        parts = self.parts
        if self.where.log is not None:
            steps["log_rows"] = self._log_rows()
        if parts.happened:
            steps |= fading_tables(parts.fadings.values())
            steps |= self._did()
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
        last = "signals"
        for step, columns in (("pointed", parts.rules()), ("grouped", parts.sums()), ("capped", parts.caps())):
            if columns:
                steps[step] = exp.select("*", *columns).from_(last)
                last = step
        steps["scored"] = exp.select("*", called(parts.score(), "score"), *self._verdicts(lead_by_lead)).from_(last)
        steps["staged"] = exp.select("*", called(parts.reached(), "reached")).from_("scored")
        return steps

    def _met(self) -> Sql:
        met = flag(not_null(name("who", "did"))) if self.parts.happened else integer(0)
        return called(met, "met")

    def _verdicts(self, lead_by_lead: bool) -> list[Sql]:
        parts = self.parts
        fires = [parts.fires(source) for source in self.plan.exclude]
        found = [
            called(parts.lifted(), "lifted"),
            called(flag(either(*fires)) if fires else integer(0), "excluded"),
            called(self._why(), "why"),
        ]
        return found if lead_by_lead else [*found, called(self._outcome(), "outcome")]

    def _outcome(self) -> Sql:
        if self.cells is None or self.where.outcome is None:
            return integer(UNKNOWN)
        return self.cells.outcome_code(self.where.positive, (UNKNOWN, LOST, WON))

    def _unclear(self) -> Sql:
        """The text of an outcome that tells neither, on a row with an id of its own."""
        if self.cells is None or self.where.outcome is None:
            return cast(exp.null(), "text")
        own = exp.not_(within(name("why"), (integer(NO_ID), integer(REPEATED))), copy=False)
        return case((both(own, is_null(name("outcome"))), self.cells.spelled(self.where.outcome)))

    def _why(self) -> Sql:
        if self.cells is None:
            return integer(0)
        faults = [(condition, integer(why)) for condition, why in self.cells.faults()]
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
        if self.where.id is None or self.cells is None:
            return integer(1)
        faulty = [condition for condition, _ in self.cells.faults()]
        late = [flag(either(*faulty))] if faulty else []
        return _row_number([*late, *(self._rank() or [name("lead_id")])], [name("lead_id")])

    def _lead_rows(self, lead_by_lead: bool) -> Steps:
        sheet, cells = self.where.table, self.cells
        assert sheet is not None
        assert cells is not None
        order = [called(their(sheet.order), "row_order")] if sheet.order else []
        rank = self._rank()
        lead_id = None if self.where.id is None else self._id_of(sheet.columns[self.where.id])
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

    def _log_rows(self, everything: bool = False) -> exp.Select:
        log = self.where.log
        assert log is not None
        lead, activity, time = (log.columns[place] for place in self.where.roles)
        who, did = (self._id_of(one) for one in (lead, activity))
        moment = self.speech.moment(their(time.name), time.kind)
        words = exp.select(called(who, "who"), called(did, "activity"), called(moment, "moment")).from_(log.relation())
        day = called(self.speech.day(name("moment"), time.kind), "utc_day")
        rows = exp.select("who", "activity", day).from_(words.subquery("log_words"))
        if everything:
            return rows
        whole = exp.select("*").from_(rows.subquery("every_row"))
        return whole.where(both(not_null(name("who")), not_null(name("activity")), not_null(name("utc_day"))))

    def _id_of(self, column: Column) -> Sql:
        """A cell as ids and activities are read: without spaces around it, NULL where nothing is left."""
        cell = their(column.name)
        words = cell if column.kind == "text" else self.speech.words(cell)
        return exp.Nullif(this=self.speech.trimmed(words), expression=text(""))

    def _did(self) -> Steps:
        parts = self.parts
        steps = Steps()
        if self.where.as_of is not None:
            steps["today"] = exp.select(called(cast(text(self.where.as_of.isoformat()), "date"), "as_of"))
        else:
            steps["today"] = exp.select(called(exp.Max(this=name("utc_day")), "as_of")).from_("log_rows")
        activities = [text(one) for one in dict.fromkeys(source.activity for source in parts.happened)]
        age = self.speech.age(name("as_of"), name("utc_day"))
        happened = exp.select("who", "activity", called(age, "age")).from_("log_rows").join("today", join_type="cross")
        steps["happened"] = happened.where(within(name("activity"), activities))
        did = exp.select(called(name("who", "happened"), "who"), *parts.done()).from_("happened")
        for one in parts.fadings.values():
            table, condition = one.join()
            did = did.join(table, on=condition, join_type="left")
        did = did.where(at_least(name("age", "happened"), integer(0)))
        steps["did"] = did.group_by(name("who", "happened"))
        return steps


MOST_ACTIVITIES = 10_000
"""A log of more activities than that has something else in the column."""


def _row_number(order: Sequence[Sql], by: Sequence[Sql] = ()) -> Sql:
    ordered = [exp.Ordered(this=one.copy(), nulls_first=True) for one in order]
    return exp.Window(this=exp.RowNumber(), partition_by=list(by), order=exp.Order(expressions=ordered))


def _with(steps: Steps, last: exp.Select) -> exp.Select:
    for step, query in steps.items():
        last = last.with_(step, as_=query, copy=False)
    return last


def written(query: exp.Select, speech: Speech, header: Sequence[str] = ()) -> str:
    """A query as text, under some remarks."""
    lines = [f"-- {remark(line)}" for line in header]
    return "\n".join([*lines, query.sql(dialect=speech.sqlglot, pretty=True), ""])
