"""An activity log as a query reads it: who did what on which day, and what that counts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from sla_tui.scoring.logdates import SLASHED
from sla_tui.scoring.warehouse.dialects import Speech
from sla_tui.scoring.warehouse.expressions import (
    Sql,
    at_least,
    both,
    called,
    case,
    cast,
    equal,
    flag,
    integer,
    is_null,
    matches,
    name,
    not_null,
    text,
    their,
    within,
)
from sla_tui.scoring.warehouse.rules import Parts
from sla_tui.scoring.warehouse.steps import Steps, with_steps
from sla_tui.scoring.warehouse.tables import Column, Sheet, Where

MOST_ACTIVITIES = 10_000
"""A log of more activities than that has something else in the column."""
_FIRST = 1000
"""As many rows show whether a log's dates are written in a way that has to be looked into."""


@dataclass(frozen=True)
class LogSteps:
    """The log of a place where leads are, spoken of to one database."""

    where: Where
    log: Sheet
    speech: Speech

    def rows(self, everything: bool = False) -> exp.Select:
        """The log's rows; those that miss a lead, an activity or a time only where ``everything`` is wanted."""
        lead, activity, time = (self.log.columns[place] for place in self.where.roles)
        who, did = (cell_of_id(self.speech, one) for one in (lead, activity))
        moment = self.speech.moment(their(time.name), time.kind, self.where.dates)
        words = exp.select(called(who, "who"), called(did, "activity"), called(moment, "moment"))
        day = called(self.speech.day(name("moment"), time.kind), "utc_day")
        rows = exp.select("who", "activity", day).from_(words.from_(self.log.relation()).subquery("log_words"))
        if everything:
            return rows
        whole = exp.select("*").from_(rows.subquery("every_row"))
        return whole.where(both(not_null(name("who")), not_null(name("activity")), not_null(name("utc_day"))))

    def did(self, parts: Parts) -> Steps:
        """What each lead did, by what the rules read of it."""
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

    def figures(self) -> exp.Select:
        """Why rows are left out (0: they are not), their activity, how many they are, and their first and last day."""
        steps = Steps({"log_rows": self.rows(everything=True)})
        missing = case(
            (is_null(name("who")), integer(1)),
            (is_null(name("activity")), integer(2)),
            (is_null(name("utc_day")), integer(3)),
            otherwise=integer(0),
        )
        steps["judged"] = exp.select("activity", "utc_day", called(missing, "why")).from_("log_rows")
        named = case((equal(name("why"), integer(0)), name("activity")))
        steps["named"] = exp.select("why", "utc_day", called(named, "activity")).from_("judged")
        days = (called(exp.Min(this=name("utc_day")), "first_day"), called(exp.Max(this=name("utc_day")), "last_day"))
        last = exp.select("why", "activity", called(exp.Count(this=exp.Star()), "times"), *days).from_("named")
        ordered = last.group_by("why", "activity").order_by("times DESC", "activity")
        return with_steps(steps, ordered.limit(MOST_ACTIVITIES + 1))

    def dates(self) -> exp.Select | None:
        """Which of the first rows' times do not begin with the year; None where they are no text."""
        words = self._times()
        return words and exp.select("said").from_(words.limit(_FIRST).subquery("first_times")).where(_slashed()).limit(
            1
        )

    def parts_of_dates(self) -> exp.Select:
        """Of all times: how many do not begin with the year, the largest of their first numbers, and so on.

        As ``logdates.Dates`` has it.
        """
        words = self._times()
        assert words is not None
        one, other = (case((_slashed(), cast(self.speech.date_part(name("said"), place), "int"))) for place in (1, 2))
        second_mark = matches(name("said"), "^[0-9]{1,2}[.]")
        return exp.select(
            called(exp.Sum(this=flag(_slashed())), "slashed"),
            called(exp.Max(this=one), "first_part"),
            called(exp.Max(this=other), "second_part"),
            called(exp.Sum(this=case((_slashed(), flag(second_mark)), otherwise=integer(0))), "dotted"),
            called(exp.Min(this=case((_slashed(), name("said")))), "example"),
            called(exp.Count(this=exp.Star()), "all_rows"),
        ).from_(words.subquery("times"))

    def _times(self) -> exp.Select | None:
        time = self.log.columns[self.where.roles[2]]
        if time.kind not in ("text", "any"):
            return None
        said = self.speech.bare(self.speech.words(their(time.name)))
        return exp.select(called(said, "said")).from_(self.log.relation())


def cell_of_id(speech: Speech, column: Column) -> Sql:
    """A cell as ids and activities are read: without spaces around it, NULL where nothing is left."""
    cell = their(column.name)
    words = cell if column.kind == "text" else speech.words(cell)
    return exp.Nullif(this=speech.trimmed(words), expression=text(""))


def _slashed() -> Sql:
    return matches(name("said"), SLASHED)
