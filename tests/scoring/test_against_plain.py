"""Random scorings on random leads: every lead, part and figure equals the plain calculation, also after edits."""

from __future__ import annotations

import csv
import io
import statistics
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.assignment import Assignment
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.board import Board, NotRead
from sla_tui.scoring.export import write_csv
from sla_tui.scoring.simulate import start

from .conftest import as_csv
from .plainly import Scored, World, score, stages_held

COUNTS, FIELDS = ("opens", "visits"), ("country", "size", "title")
ACTIVITIES = ("click", "webinar", "Demo call")
DAY = date(2027, 3, 1)
COUNT_CELLS = ("", " ", "0", "1", "2", "3", "7", "2.9", "-0", "1e2", " 4 ", "?", "-1", "-0.5", "many", "70000")
FIELD_CELLS = (
    *("", "  ", "US", "us", "DE", " US", "Select", "?", "10", "10.0", "010", "9.5", "1e1", "-3", "true", "inf", "nan"),
    *("Straße", "VP of Sales", "=cmd()", "a,b", 'say "x"', "two\nlines", "\u00a0"),
)

points = st.integers(-40, 40)
caps = st.integers(0, 30)
scalars = st.sampled_from(("US", "DE", "", "10", 10, 10.0, 9.5, True, -3, "VP of Sales", "?"))
fields = st.sampled_from(FIELDS)
conditions = st.one_of(
    st.builds(lambda f, x: {"field": f, "is": x}, fields, scalars),
    st.builds(lambda f, x: {"field": f, "is_not": x}, fields, scalars),
    st.builds(lambda f, x: {"field": f, "in": x}, fields, st.lists(scalars, max_size=3)),
    st.builds(lambda f, x: {"field": f, "not_in": x}, fields, st.lists(scalars, max_size=3)),
    st.builds(lambda f, x: {"field": f, "at_least": x}, fields, st.sampled_from((0, 9.5, 10, -3))),
    st.builds(lambda f, x: {"field": f, "at_most": x}, fields, st.sampled_from((0, 9.5, 10, -3))),
    st.builds(lambda f, x: {"field": f, "between": x}, fields, st.sampled_from(([0, 10], [9.5, 9.5], [10, 0]))),
    st.builds(lambda f, x: {"field": f, "contains": x}, fields, st.sampled_from(("u", "SALES", "1", "ß", ","))),
    st.builds(lambda f, x: {"field": f, "known": x}, fields, st.booleans()),
    st.builds(lambda f: {"field": f}, fields),
)
table_names = st.sampled_from(COUNTS)
log_names = st.sampled_from((*ACTIVITIES, "never"))


def whens(table: bool, log: bool) -> st.SearchStrategy[Any]:
    kinds = [st.none()]
    if table:
        kinds += [table_names, conditions, conditions]
    if log:
        kinds += [log_names, log_names]
    return st.one_of(*kinds)


def without_none(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value is not None}


@st.composite
def scorings(draw: st.DrawFn, table: bool, log: bool) -> dict[str, Any]:
    when = whens(table, log)
    groups = [without_none({"id": f"g{n}", "cap": draw(st.none() | caps)}) for n in range(draw(st.integers(0, 2)))]
    group = st.sampled_from([None, *(one["id"] for one in groups)])

    def rule(n: int) -> dict[str, Any]:
        return without_none(
            {
                "id": f"r{n}",
                "when": draw(when),
                "points": draw(st.none() | points | points | points),
                "per": draw(st.sampled_from((None, "each", "once"))),
                "cap": draw(st.none() | caps),
                "group": draw(group),
                "half_life_days": draw(st.sampled_from((None, None, 0, 1, 7, 30))),
                "window_days": draw(st.sampled_from((None, None, 1, 5, 40))),
            }
        )

    stages: list[dict[str, Any]] = []
    for n in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(("at", "at", "at", "set", "open")))
        stages.append({"id": f"s{n}"})
        if kind == "at":
            stages[-1]["at"] = draw(st.integers(-20, 40))
        elif kind == "set":
            stages[-1]["set"] = "manually"
    named = st.sampled_from(["elsewhere", *(stage["id"] for stage in stages)])
    found: dict[str, Any] = {
        "rules": [rule(n) for n in range(draw(st.integers(0, 6)))],
        "groups": groups,
        "stages": stages,
        "fast_track": [
            without_none({"id": f"f{n}", "when": draw(when), "stage": draw(named)})
            for n in range(draw(st.integers(0, 2)))
        ],
        "exclude": [without_none({"id": f"x{n}", "when": draw(when)}) for n in range(draw(st.integers(0, 1)))],
    }
    half_life = draw(st.sampled_from((None, None, 10)))
    return found if half_life is None else {**found, "half_life_days": half_life}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    kind = draw(st.sampled_from(("table", "table", "log", "both", "both")))
    names = st.sampled_from([f"00{n}" for n in range(12)])
    table, log = None, None
    if kind != "log":
        cells = {
            **dict.fromkeys(
                COUNTS, st.sampled_from(COUNT_CELLS) if draw(st.booleans()) else st.sampled_from(COUNT_CELLS[:10])
            ),
            **dict.fromkeys(FIELDS, st.sampled_from(FIELD_CELLS)),
            "won": st.sampled_from(("1", "0", "Yes", "no", "", "won", "LOST")),
        }
        rows = st.fixed_dictionaries({"id": names, **cells})
        table = draw(st.lists(rows, max_size=14))
    if kind != "table":
        moments = st.one_of(
            st.integers(-3, 70).map(lambda age: str(DAY - timedelta(days=age))),
            st.sampled_from(
                (
                    "2027-02-28T23:30:00-02:00",
                    "2027-02-28 23:59:59",
                    "2027-02-20T00:30:00+01:00",
                    "2027-01-01T08:00:00Z",
                )
            ),
        )
        entries = st.tuples(names, st.sampled_from(ACTIVITIES), moments)
        log = draw(st.lists(entries, max_size=30))
    return World(
        table,
        log,
        unknown=draw(st.sampled_from((frozenset(), frozenset({"Select", "?", "10"})))),
        as_of=draw(st.sampled_from((None, None, DAY, DAY - timedelta(days=20)))),
        outcome=draw(st.sampled_from((None, "won"))) if table is not None else None,
    )


@st.composite
def problems(draw: st.DrawFn) -> tuple[World, list[dict[str, Any]]]:
    """A world, a scoring, and two edits of it."""
    world = draw(worlds())
    made = scorings(world.table is not None, world.log is not None)
    first, other = draw(made), draw(made)
    second = dict(first)
    for part in draw(st.lists(st.sampled_from(("stages", "fast_track", "exclude", "half_life_days")), max_size=2)):
        if part in other:
            second[part] = other[part]
    second = {**second, "rules": [*map(dict, second["rules"])], "groups": [*map(dict, second["groups"])]}
    for rule in second["rules"]:
        if draw(st.booleans()):
            rule["points"] = draw(points)
        if draw(st.integers(0, 3)) == 0:
            rule["cap"] = draw(caps)
        if draw(st.integers(0, 3)) == 0:
            rule.pop("group", None)
    for group in second["groups"]:
        if draw(st.booleans()):
            group["cap"] = draw(caps)
    return world, [first, second, other, first]


def board_of(
    world: World,
    scoring: dict[str, Any],
    folder: Path,
    everything: bool = False,
    fixed: bool = False,
    assignment: Assignment | None = None,
) -> Board:
    table = log = None
    if world.table is not None:
        columns = ["id", *COUNTS, *FIELDS, "won"]
        table = folder / "leads.csv"
        table.write_text(as_csv(columns, [[row[name] for name in columns] for row in world.table]), "utf-8", newline="")
    if world.log is not None:
        log = folder / "log.csv"
        log.write_text(as_csv(("lead", "activity", "time"), world.log), "utf-8", newline="")
    mapping = LeadMapping(unknown=tuple(sorted(world.unknown)))
    made, day = Scoring.model_validate(scoring), world.as_of
    return start(made, table, log, mapping, world.outcome, day, everything, fixed, assignment=assignment)


def check(board: Board, scoring: dict[str, Any], world: World) -> None:
    expected = score(scoring, world)
    assert not board.plan.faults
    scored = [lead for lead in expected if lead.stage != "excluded"]
    rows = list(csv.DictReader(_csv(board)))
    assert [row["id"] for row in rows] == [lead.id for lead in expected]
    for row, lead in zip(rows, expected, strict=True):
        assert (int(row["score"]), row["stage"]) == (lead.score, lead.stage)
        parts = [int(value) for name, value in row.items() if name not in ("id", "score", "stage")]
        assert parts == [*lead.points, *lead.caps]
        assert sum(parts) == lead.score
    summary = board.summary()
    assert summary.leads == len(scored)
    assert summary.excluded == len(expected) - len(scored)
    assert {stage.id: stage.leads for stage in summary.stages} == stages_held(scoring, scored)
    scores = [lead.score for lead in scored]
    assert summary.score.min == min(scores, default=None)
    assert summary.score.max == max(scores, default=None)
    assert summary.score.median == (statistics.median(scores) if scores else None)
    assert summary.score.mean == (pytest.approx(statistics.fmean(scores)) if scores else None)
    for at, rule in enumerate(summary.rules):
        assert rule.leads == sum(lead.fired[at] for lead in scored)
        assert rule.points == sum(lead.points[at] for lead in scored)
    assert len(board.rejected) == len(world.rejected)
    check_thresholds(board, scoring, scored)
    check_pages(board, scored)


def _csv(board: Board) -> io.StringIO:
    out = io.StringIO()
    write_csv(board, out)
    out.seek(0)
    return out


def check_thresholds(board: Board, scoring: dict[str, Any], scored: list[Scored]) -> None:
    summary = board.summary()
    if board.outcome is None:
        assert summary.outcome is None
        assert not summary.thresholds
        return
    known = [lead for lead in scored if lead.won is not None]
    won = sum(lead.won is True for lead in known)
    assert (summary.outcome.known, summary.outcome.positive) == (len(known), won)
    ats = {stage["at"] for stage in scoring["stages"] if "at" in stage} | {lead.score for lead in scored}
    assert [one.at for one in summary.thresholds] == sorted(ats)
    for one in summary.thresholds:
        there = [lead for lead in known if lead.score >= one.at]
        caught = sum(lead.won is True for lead in there)
        assert one.leads == sum(lead.score >= one.at for lead in scored)
        assert one.positive == caught
        assert one.precision == (caught / len(there) if there else None)
        assert one.recall == (caught / won if won else None)
        assert one.lift == (pytest.approx(caught / len(there) / (won / len(known))) if there and won else None)


def check_pages(board: Board, scored: list[Scored]) -> None:
    ordered = sorted(scored, key=lambda lead: -lead.score)
    for begin, size in ((0, 5), (2, 3), (len(ordered) - 1, 4), (0, len(ordered) + 1), (len(ordered), 3)):
        page = board.page(begin, size) if begin >= 0 else ()
        assert [(row.id, row.score, row.stage) for row in page] == [
            (lead.id, lead.score, lead.stage) for lead in (ordered[begin : begin + size] if begin >= 0 else [])
        ]
        for row in page:
            assert sum(row.points) + sum(row.caps) == row.score


@given(problems())
def test_every_lead_and_figure_is_as_the_definition_says(problem: tuple[World, list[dict[str, Any]]]):
    world, steps = problem
    with tempfile.TemporaryDirectory() as folder:
        board = board_of(world, steps[0], Path(folder))
        check(board, steps[0], world)
        for step in steps[1:]:
            scoring = Scoring.model_validate(step)
            try:
                board = board.with_scoring(scoring)
            except NotRead:
                assert not board.ready(scoring)
                board = board.reread(scoring)
            check(board, step, world)


@given(problems())
def test_conditions_answered_while_reading_give_the_same(problem: tuple[World, list[dict[str, Any]]]):
    world, (first, second, *_) = problem
    with tempfile.TemporaryDirectory() as folder:
        board = board_of(world, first, Path(folder), fixed=True)
        check(board, first, world)
        check(board.reread(Scoring.model_validate(second)), second, world)


@given(problems())
def test_a_screen_that_reads_everything_first_never_has_to_read_again(problem: tuple[World, list[dict[str, Any]]]):
    world, steps = problem
    with tempfile.TemporaryDirectory() as folder:
        board = board_of(world, steps[0], Path(folder), everything=True)
        for step in steps:
            board = board.with_scoring(Scoring.model_validate(step))
            check(board, step, world)
