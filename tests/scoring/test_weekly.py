"""The sentence of a threshold week by week: leads, hours, who will buy and who is missed; and one step further."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.money import Money
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.pace import Pace, Room, Span, pace_of
from sla_tui.scoring.report import document, text
from sla_tui.scoring.results import Reach
from sla_tui.scoring.simulate import simulate
from sla_tui.scoring.weekly import per_week, step, weekly, worth

from .conftest import Written

TEN_WEEKS = Span(date(2027, 1, 1), date(2027, 1, 1) + timedelta(days=69), "created")
ROOM = Room("2027-Q1", "mql", hours=40, minutes=24, deal=Money.parse("20 000 USD"))
PACE = Pace(TEN_WEEKS, ROOM, buys=True)
HERE = Reach("mql", 50, 370, 1000, 0, True, 370, 90, 1000, 120)


@pytest.mark.parametrize(
    ("reach", "pace", "said"),
    [
        (
            HERE,
            PACE,
            "At 50, sales gets 37 leads a week, 15 of its 40 hours; 9 will buy; 3 of 12 buyers are missed.",
        ),
        (
            HERE,
            replace(PACE, buys=False),
            "At 50, sales gets 37 leads a week, 15 of its 40 hours; 9 will be won; 3 of 12 won leads are missed.",
        ),
        (replace(HERE, outcome=False), PACE, "At 50, sales gets 37 leads a week, 15 of its 40 hours."),
        (replace(HERE, outcome=False), Pace(TEN_WEEKS), "At 50, sales gets 37 leads a week."),
        (replace(HERE, stage="sql", outcome=False), PACE, "At 50, sales gets 37 leads a week."),
        (replace(HERE, outcome=False), Pace(None, ROOM), "At 50, sales gets 370 of 1\u202f000 leads."),
        (replace(HERE, leads=0, total=0), PACE, "There are no leads to score."),
        (
            replace(HERE, leads=1000, known=1000, positive=120, at=0),
            replace(PACE, room=replace(ROOM, hours=25)),
            "At 0, sales gets all 100 leads a week, 40 hours of work but only 25 to do it; 12 will buy; "
            "no buyer is missed.",
        ),
        (
            replace(HERE, leads=0, known=0, positive=0, at=120),
            PACE,
            "At 120, sales gets no leads; in 10 weeks all 120 buyers are missed.",
        ),
        (
            replace(HERE, leads=5, known=5, positive=2),
            PACE,
            "At 50, sales gets 1 lead every 2 weeks, less than 1 of its 40 hours a week; too few outcomes to say how "
            "many will buy; in 10 weeks 118 of 120 buyers are missed.",
        ),
        (
            replace(HERE, leads=30, known=30, positive=3, all_positive=4),
            PACE,
            "At 50, sales gets 3 leads a week, 1 of its 40 hours; 1 will buy every 3 weeks; in 10 weeks 1 of 4 "
            "buyers is missed.",
        ),
        (
            replace(HERE, positive=0, all_positive=2),
            PACE,
            "At 50, sales gets 37 leads a week, 15 of its 40 hours; of 370 with a known outcome none bought; in 10 "
            "weeks both buyers are missed.",
        ),
        (
            replace(HERE, leads=10, fast=10, known=10, positive=1, all_known=19, all_positive=2),
            PACE,
            "At 50, sales gets 1 lead a week, all by a fast track, less than 1 of its 40 hours; too few outcomes to "
            "say more (19 of at least 20).",
        ),
        (
            replace(HERE, known=0, positive=0, all_known=0, all_positive=0),
            PACE,
            "At 50, sales gets 37 leads a week, 15 of its 40 hours; no outcome is known yet.",
        ),
        (
            replace(HERE, positive=1, all_positive=1),
            Pace(TEN_WEEKS, buys=True),
            "At 50, sales gets 37 leads a week; 1 will buy every 10 weeks; the only buyer is among them.",
        ),
        (
            replace(HERE, positive=0, all_positive=0),
            Pace(TEN_WEEKS, buys=True),
            "At 50, sales gets 37 leads a week; of 370 with a known outcome none bought; nobody bought so far.",
        ),
        (
            replace(HERE, known=100, positive=25),
            Pace(TEN_WEEKS, buys=True),
            "At 50, sales gets 37 leads a week; 9 will buy; 7 of 16 buyers are missed.",
        ),
        (
            replace(HERE, outcome=False, leads=1000),
            replace(PACE, room=replace(ROOM, hours=40)),
            "At 50, sales gets all 100 leads a week, all of its 40 hours.",
        ),
        (
            replace(HERE, outcome=False),
            replace(PACE, room=replace(ROOM, hours=0)),
            "At 50, sales gets 37 leads a week, and has no hours to work them.",
        ),
    ],
)
def test_the_sentence_of_a_week(reach: Reach, pace: Pace, said: str) -> None:
    assert weekly(reach, pace) == said


def test_a_lead_more_than_there_are_hours_for_is_told_as_too_many() -> None:
    one_more = replace(HERE, leads=376, outcome=False)
    told = weekly(one_more, replace(PACE, room=replace(ROOM, hours=15)))
    assert told == "At 50, sales gets 38 leads a week, 16 hours of work but only 15 to do it."


@pytest.mark.parametrize(
    ("there", "pace", "said"),
    [
        (replace(HERE, at=55, leads=310, known=310, positive=80), PACE, "At 55: 6 fewer leads a week, 1 fewer buyer."),
        (
            replace(HERE, at=55, leads=365, known=365, positive=90),
            PACE,
            "At 55: 1 fewer lead every 2 weeks, as many buyers.",
        ),
        (
            replace(HERE, at=55, leads=350, known=350, positive=87),
            PACE,
            "At 55: 2 fewer leads a week, 1 fewer buyer every 3 weeks.",
        ),
        (
            replace(HERE, at=45, leads=450, known=450, positive=110),
            replace(PACE, buys=False),
            "At 45: 8 more leads a week, 2 more won.",
        ),
        (replace(HERE, at=55), PACE, "At 55: the same leads."),
        (
            replace(HERE, at=55, leads=310, known=310, positive=80),
            Pace(buys=True),
            "At 55: 60 fewer leads, 10 fewer buyers.",
        ),
        (
            replace(HERE, at=55, leads=369, known=369, positive=89),
            Pace(buys=True),
            "At 55: 1 fewer lead, 1 fewer buyer.",
        ),
    ],
)
def test_one_step_further(there: Reach, pace: Pace, said: str) -> None:
    assert step(HERE, there, pace) == said


def test_a_step_claims_no_buyers_without_enough_outcomes() -> None:
    few = replace(HERE, all_known=19, all_positive=9, known=9, positive=4)
    assert step(few, replace(few, at=55, leads=310, positive=2), PACE) == "At 55: 6 fewer leads a week."
    assert step(replace(HERE, outcome=False), replace(HERE, at=55, leads=310), PACE) == "At 55: 6 fewer leads a week."


def test_a_lead_is_worth_its_share_of_a_deal() -> None:
    assert worth(HERE, PACE) == "about 4\u202f900 USD a lead"
    assert worth(HERE, replace(PACE, buys=False)) == ""
    assert worth(HERE, replace(PACE, room=None)) == ""
    assert worth(replace(HERE, known=19), PACE) == ""


def test_what_working_a_lead_costs_stands_beside_what_it_is_worth() -> None:
    room = replace(ROOM, hour=Money.parse("65 USD"))
    assert (room.cost, room.pays) == (26, pytest.approx(20_000 / 26))
    assert worth(HERE, replace(PACE, room=room)) == "about 4\u202f900 USD a lead, working it costs 26 USD"
    assert worth(replace(HERE, stage="sql"), replace(PACE, room=room)) == "about 4\u202f900 USD a lead"
    for unlike in (replace(room, hour=Money.parse("65 EUR")), replace(room, deal=None), replace(room, minutes=None)):
        assert (unlike.cost, unlike.pays) == (None, None)
    assert replace(room, hour=Money.parse("0 USD")).pays is None


@pytest.mark.parametrize(("rate", "said"), [(None, "–"), (0, "0.0"), (6.84, "6.8"), (1234.4, "1\u202f234")])
def test_leads_a_week_in_a_table(rate: float | None, said: str) -> None:
    assert per_week(rate) == said


SCORING = Scoring.model_validate(
    {"rules": [{"id": "n", "when": "n", "points": 10}], "stages": [{"id": "mql", "name": "MQL", "at": 10}]}
)


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("Create Date", "2027-01-04 09:00", "2027-02-28 10:00"),
        ("CreatedDate", "2027-01-04T09:00:00.000Z", "2027-02-28T10:00:00Z"),
        ("Created At", "28.02.2027", "04.01.2027"),
        ("created", "1/4/2027 9:00", "2/28/2027"),
    ],
)
def test_the_weeks_come_from_the_column_that_says_when_a_lead_came(
    write: Written, header: str, first: str, last: str
) -> None:
    rows = f"id,n,{header}\na,1,{first}\nb,1,{last}\nc,1,\nd,0,-\n"
    found = simulate(SCORING, write(rows), mapping=LeadMapping(unknown=("-",)))
    assert found.board.leads.span == Span(date(2027, 1, 4), date(2027, 2, 28), header)
    pace = pace_of(found.board, ROOM)
    assert pace.weeks == 8
    assert not pace.buys
    told = document(found.summary, pace)
    assert told["weeks"] == {"weeks": 8.0, "from": "2027-01-04", "to": "2027-02-28", "column": header}
    assert told["capacity"] == {
        "quota": "2027-Q1",
        "stage": "mql",
        "hours_per_week": 40,
        "minutes_per_lead": 24,
        "leads_per_week": 100,
        "average_deal": "20 000 USD",
        "cost_per_hour": None,
    }
    report = text(found.summary, stage="mql", pace=pace)
    assert report.startswith("At 10, sales gets 1 lead every 3 weeks, less than 1 of its 40 hours a week.\n")
    assert f"8.0 weeks, from 2027-01-04 to 2027-02-28, by the column {header}." in report
    assert "Time for 100 leads a week: 40 hours a week, 24 minutes for each mql lead (quota 2027-Q1)." in report


def test_a_named_column_tells_the_weeks_and_must_hold_dates(write: Written) -> None:
    table = write("id,n,Came,created\na,1,2027-01-04,2027-01-01\nb,1,2027-01-31,2027-06-30\n")
    found = simulate(SCORING, table, mapping=LeadMapping(created="Came"))
    assert found.board.leads.span == Span(date(2027, 1, 4), date(2027, 1, 31), "Came")
    with pytest.raises(UserError, match="names as created, holds no dates"):
        simulate(SCORING, table, mapping=LeadMapping(created="n"))


def test_without_such_a_column_the_log_tells_and_an_import_of_one_day_does_not(write: Written) -> None:
    one_day = write("id,m,created\na,1,2027-01-04\nb,1,2027-01-04\n", "table.csv")
    assert simulate(SCORING, one_day, mapping=LeadMapping(names={"n": "m"})).board.leads.span is None
    log = write("lead,activity,time\na,n,2027-01-04\nb,n,2027-01-31\n", "log.csv")
    found = simulate(SCORING, activity=log)
    assert found.board.leads.span == Span(date(2027, 1, 4), date(2027, 1, 31))
    assert "4.0 weeks, from 2027-01-04 to 2027-01-31, by the activity log." in text(
        found.summary, pace=pace_of(found.board, None)
    )
    assert "weeks" not in document(found.summary)


@pytest.mark.parametrize(
    ("outcome", "positive", "buys"),
    [("won", None, True), ("Stage", ("Closed Won",), True), ("is_customer", None, True), ("Worth a call", None, False)],
)
def test_only_an_outcome_that_says_so_is_a_purchase(
    write: Written, outcome: str, positive: tuple[str, ...] | None, buys: bool
) -> None:
    table = write(f"id,n,{outcome}\na,1,{positive[0] if positive else 'yes'}\n")
    found = simulate(SCORING, table, mapping=LeadMapping(positive=positive), outcome=outcome)
    assert pace_of(found.board, None).buys is buys
