"""Activity logs: their columns, times and zones, broken rows, and how they join a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.leads import LeadMapping, LogColumns
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.board import NotRead
from sla_tui.scoring.engine import Engine, Stopped
from sla_tui.scoring.simulate import Simulation, simulate, start

from .conftest import Written


def clicks(**rule: Any) -> Scoring:
    return Scoring.model_validate({"rules": [{"id": "click", "when": "click", "points": 100, **rule}]})


def scores(found: Simulation) -> dict[str, int]:
    return {row.id: row.score for row in found.board.page(0, 100)}


def test_leads_of_a_log_alone_are_listed_by_id(write: Written):
    log = write("lead,activity,time\nb,click,2027-01-02\na,open,2027-01-01\nb,click,2027-01-02\n")
    found = simulate(clicks(), activity=log)
    assert scores(found) == {"b": 200, "a": 0}
    assert found.board.leads.activities == (("click", 2), ("open", 1))
    assert found.board.leads.last_day == date(2027, 1, 2)


@pytest.mark.parametrize(
    ("time", "age"),
    [
        ("2027-01-31", 0),
        ("2027-01-30T23:59:59", 1),
        ("2027-01-31T00:30:00+01:00", 1),
        ("2027-01-30 23:30:00-02:00", 0),
        ("2027-01-31T10:00:00Z", 0),
        ("2027-01-29 08:05:11.000", 2),
        ("2027-1-5", 26),
        (" 2027-01-31 ", 0),
    ],
)
def test_days_are_utc_days(write: Written, time: str, age: int):
    log = write(f"lead,activity,time\na,click,{time}\nb,other,2027-01-31\n")
    found = simulate(clicks(half_life_days=10), activity=log)
    weight = int(1024 * 2 ** (-age / 10) + 0.5)
    assert scores(found)["a"] == (100 * weight + 512) // 1024


def test_fading_windows_once_and_the_day_it_is_as_of(write: Written):
    days = ("2027-01-01", "2027-01-11", "2027-01-21", "2027-02-01")
    log = write("lead,activity,time\n" + "".join(f"a,click,{day}\n" for day in days))
    as_of = date(2027, 1, 21)

    def score(**rule: Any) -> int:
        return scores(simulate(clicks(**rule), activity=log, as_of=as_of))["a"]

    assert score() == 300
    assert score(half_life_days=10) == 175
    assert score(half_life_days=10, per="once") == 100
    assert score(window_days=10) == 100
    assert score(window_days=11) == 200
    assert score(cap=120) == 120
    assert scores(simulate(clicks(), activity=log))["a"] == 400
    assert scores(simulate(clicks(), activity=log, as_of=date(2026, 12, 31)))["a"] == 0


def test_a_rules_own_half_life_comes_first_and_zero_means_never(write: Written):
    log = write("lead,activity,time\na,click,2027-01-01\na,x,2027-01-11\n")
    fading = {"half_life_days": 10}
    for own, points in (({}, 50), ({"half_life_days": 0}, 100), ({"half_life_days": 5}, 25)):
        scoring = Scoring.model_validate({**fading, "rules": [{"id": "c", "when": "click", "points": 100, **own}]})
        assert scores(simulate(scoring, activity=log))["a"] == points


def test_rows_without_lead_activity_or_time_are_rejected(write: Written):
    log = write(
        'lead,activity,time\na,click,2027-01-01\n,click,2027-01-01\n"b\nb",,2027-01-01\nc,click,01/02/2027\n'
        "d,click,\ne,click\nf,click,infinity\ng,click,2027-02-30\nh,click,100000-01-01\ni,click,2027-01-01 BC\n"
    )
    found = simulate(clicks(), activity=log)
    assert scores(found) == {"a": 100}
    assert [(one.line, one.reason.split(":")[0]) for one in found.summary.rejected] == [
        (3, "has no lead"),
        (4, "has no activity"),
        (6, "has a time that is no date such as 2027-01-31"),
        (7, "has no time"),
        (8, "has too few cells"),
        (9, "has a time that is no date such as 2027-01-31"),
        (10, "has a time that is no date such as 2027-01-31"),
        (11, "has a time that is no date such as 2027-01-31"),
        (12, "has a time that is no date such as 2027-01-31"),
    ]


@pytest.mark.parametrize(
    "header",
    ["leadId,activityTypeId,activityDate", "lead_id,activity_type_id,activity_date", "Contact ID,Event,Timestamp"],
)
def test_headers_of_crm_exports_are_known(write: Written, header: str):
    log = write(f"\ufeff{header}\n1124755,11,2020-04-30 08:05:11.000\n")
    scoring = Scoring.model_validate({"rules": [{"id": "c", "when": "click", "points": 5}]})
    assert scores(simulate(scoring, activity=log, mapping=LeadMapping(activities={"click": "11"}))) == {"1124755": 5}


def test_columns_can_be_named_and_missing_ones_are_told(write: Written):
    log = write("who,what,when\na,click,2027-01-01\n")
    with pytest.raises(UserError, match="which lead") as caught:
        simulate(clicks(), activity=log)
    assert "[log] lead" in caught.value.remedy
    mapping = LeadMapping(log=LogColumns(lead="who", activity="what", time="when"))
    assert scores(simulate(clicks(), activity=log, mapping=mapping)) == {"a": 100}


def test_a_log_joins_a_table_by_id_and_counts_for_nobody_else(write: Written):
    table = write("id,country\n007,US\n008,DE\n008,FR\n009,US\n")
    log = write("lead,activity,time\n007,click,2027-01-01\n009,click,2027-01-01\n010,click,2027-01-09\n", "log.csv")
    scoring = Scoring.model_validate(
        {
            "rules": [
                {"id": "c", "when": "click", "points": 3},
                {"id": "u", "when": {"field": "country", "is": "US"}, "points": 10},
            ]
        }
    )
    assert scores(simulate(scoring, table, log)) == {"007": 13, "009": 13, "008": 0}


def test_a_name_that_is_column_and_activity_has_to_be_told_apart(write: Written):
    table = write("id,click\na,7\n")
    log = write("lead,activity,time\na,click,2027-01-01\n", "log.csv")
    with pytest.raises(InvalidFile, match="both a column"):
        simulate(clicks(), table, log)
    assert scores(simulate(clicks(), table, log, LeadMapping(names={"click": "click"}))) == {"a": 700}
    assert scores(simulate(clicks(), table, log, LeadMapping(activities={"click": "click"}))) == {"a": 100}


def test_a_field_needs_a_table(write: Written):
    log = write("lead,activity,time\na,click,2027-01-01\n")
    scoring = Scoring.model_validate({"rules": [{"id": "u", "when": {"field": "country", "is": "US"}, "points": 1}]})
    with pytest.raises(InvalidFile) as caught:
        simulate(scoring, activity=log)
    assert "--leads" in caught.value.remedy
    with pytest.raises(UserError, match="outcome"):
        simulate(clicks(), activity=log, outcome="won")


def test_an_empty_log_scores_nothing(write: Written):
    table = write("id,country\na,US\n")
    log = write("lead,activity,time\n", "log.csv")
    assert scores(simulate(clicks(), table, log)) == {"a": 0}
    assert scores(simulate(clicks(), activity=log)) == {}


def test_an_activity_not_read_yet_is_read_when_asked(write: Written):
    log = write("lead,activity,time\na,click,2027-01-01\na,open,2027-01-01\n")
    board = start(clicks(), activity=log)
    other = Scoring.model_validate({"rules": [{"id": "o", "when": "open", "points": 1}]})
    assert not board.ready(other)
    with pytest.raises(NotRead):
        board.with_scoring(other)
    assert [row.score for row in board.reread(other).page(0, 1)] == [1]


@pytest.mark.parametrize("late", ["a ,click", " a,click", "a,click ", "a\u3000,click", '"","click"', 'a,""'])
def test_blanks_around_a_name_are_no_part_of_it_however_late_they_come(write: Written, late: str):
    rows = ["ä,click", "a,click"] * 600
    log = write("".join(["lead,activity,time\n", *(f"{row},2027-01-01\n" for row in (*rows, late))]))
    found = simulate(clicks(), activity=log)
    kept = '""' not in late
    assert scores(found) == {"a": 60_000 + 100 * kept, "ä": 60_000}
    assert found.board.leads.activities == (("click", 1200 + kept),)
    assert len(found.board.rejected) == (not kept)


@pytest.mark.parametrize("half_lives", [(0, 7), range(1, 40)], ids=["few", "many"])
@pytest.mark.parametrize("table", ["", "id,country\nb,US\n,DE\nc,US\na,FR\n"], ids=["log", "table"])
@pytest.mark.parametrize("as_of", [None, date(2027, 1, 20)])
def test_what_the_engine_adds_up_is_what_is_added_up_here(
    write: Written, table: str, as_of: date | None, half_lives: Iterable[int]
):
    rows = [
        ("a", "click", 3),
        ("a", "click", 3),
        ("a", "open", 31),
        ("b", "click", 24),
        ("d", "it's", 9),
        ("b", "open", 1),
    ]
    log = write("".join(["lead,activity,time\n", *(f"{a},{b},2027-01-{day:02}\n" for a, b, day in rows)]), "log.csv")
    wanted = [
        {"id": f"{name[0]}{life}-{once}-{window}", "when": name, "points": 3, "half_life_days": life}
        | ({"per": "once"} if once else {})
        | ({"window_days": window} if window else {})
        for life in half_lives
        for name, once, window in (("click", 0, 0), ("click", 1, 9), ("open", 0, 40), ("it's", 1, 0), ("never", 0, 0))
    ]
    other = {"rules": [{"id": "click", "when": "click", "points": 50, "half_life_days": 3}]}
    leads = write(table) if table else None
    tried = simulate(Scoring.model_validate({"rules": wanted}), leads, log, as_of=as_of)
    for scoring in ({"rules": wanted}, other):
        made = Scoring.model_validate(scoring)
        board = tried.board.with_scoring(made)
        here = start(made, leads, log, as_of=as_of)
        assert board.page(0, 9) == here.page(0, 9)
        assert board.rules == here.rules
        assert any(one.score for one in board.page(0, 9))


def test_reading_can_be_stopped(write: Written):
    table = write("id,click\na,7\n")
    engine = Engine()
    engine.stop()
    with pytest.raises(Stopped):
        start(clicks(), table, engine=engine)


@pytest.mark.parametrize(
    ("times", "named", "last"),
    [
        (["30/04/2020 08:05", "1/5/20"], None, date(2020, 5, 1)),
        (["4/30/2020 8:05 PM", "5/1/2020"], None, date(2020, 5, 1)),
        (["3.4.2020", "2.5.2020 23:59:01"], None, date(2020, 5, 2)),
        (["2020-04-30 1:00", "13/05/2020"], None, date(2020, 5, 13)),
        (["1/2/2020", "3/4/2020"], "day first", date(2020, 4, 3)),
        (["1/2/2020", "3/4/2020"], "month first", date(2020, 3, 4)),
    ],
)
def test_dates_with_the_day_or_the_month_first_are_told_apart(write: Written, times: list[str], named: Any, last: date):
    log = write("lead,activity,time\n" + "".join(f"a,click,{time}\n" for time in times))
    found = simulate(clicks(), activity=log, mapping=LeadMapping(log=LogColumns(dates=named)))
    assert found.board.leads.last_day == last
    assert not found.summary.rejected
    assert [one.code for one in found.findings] == ([] if named else ["dates-assumed"])


@pytest.mark.parametrize("times", ["a,click,1/2/2020\na,click,3/4/2020\n", "a,click,31/1/2020\na,click,1/31/2020\n"])
def test_dates_that_could_be_either_are_refused_with_the_setting_that_tells(write: Written, times: str):
    with pytest.raises(UserError, match="day first and month first") as caught:
        simulate(clicks(), activity=write(f"lead,activity,time\n{times}"))
    assert "[log] dates" in caught.value.remedy


@pytest.mark.parametrize(
    ("rows", "spelled"),
    [
        ("leadId,activityDate,activityTypeId\n7,2020-04-30,11\n7,2020-04-30,10\n", "11"),
        ("id,created,type,recipient,portal_id\n1,2020-03-16 19:03:20.357,CLICK,7,4\n", "CLICK"),
        ("Contact ID,Activity Date,Activity Type\n7,2020-04-30,Click Email\n", "Click Email"),
    ],
)
def test_activities_are_known_by_the_names_that_crms_give_them(write: Written, rows: str, spelled: str):
    scoring = Scoring.model_validate({"rules": [{"id": "c", "when": "email_click", "points": 5}]})
    found = simulate(scoring, activity=write(rows))
    assert scores(found) == {"7": 5}
    assert spelled in dict(found.board.leads.activities)


def test_two_activities_that_could_be_the_one_meant_have_to_be_told_apart(write: Written):
    scoring = Scoring.model_validate({"rules": [{"id": "c", "when": "email_click", "points": 5}]})
    log = write("lead,activity,time\n7,Click Email,2020-04-30\n7,CLICK,2020-04-30\n")
    with pytest.raises(UserError, match="2 activities"):
        simulate(scoring, activity=log)
