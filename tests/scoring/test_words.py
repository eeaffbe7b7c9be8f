"""What is said about a scoring: the sentence, the report, the document, the findings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.report import document, text
from sla_tui.scoring.results import Reach
from sla_tui.scoring.sentence import sentence, share
from sla_tui.scoring.simulate import simulate

from .conftest import Written


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        (Reach("mql", 50, 0, 0, 0, False), "There are no leads to score."),
        (Reach("mql", 50, 37, 600, 0, False), "At 50, sales gets 37 of 600 leads."),
        (Reach("mql", 50, 0, 600, 0, False), "At 50, sales gets none of 600 leads."),
        (Reach("mql", 50, 600, 600, 0, False), "At 50, sales gets all 600 leads."),
        (Reach("mql", 50, 1, 1, 0, False), "At 50, sales gets the one lead there is."),
        (Reach("mql", 50, 0, 1, 0, False), "At 50, sales gets not the one lead there is."),
        (Reach("mql", 50, 9, 600, 4, False), "At 50, sales gets 9 of 600 leads, 4 of them only by a fast track."),
        (Reach("mql", 50, 2, 600, 2, False), "At 50, sales gets 2 of 600 leads, all by a fast track."),
        (
            Reach("mql", 50, 40, 600, 0, True, 40, 36, 600, 90),
            "At 50, sales gets 40 of 600 leads; 9 in 10 were won, and 4 in 10 of all won are among them.",
        ),
        (
            Reach("mql", 50, 40, 600, 0, True, 30, 28, 500, 90),
            "At 50, sales gets 40 of 600 leads; about 9 in 10 of the 30 with a known outcome were won, "
            "and about 3 in 10 of all won are among them.",
        ),
        (
            Reach("mql", 50, 7, 600, 0, True, 7, 3, 500, 90),
            "At 50, sales gets 7 of 600 leads; 3 of 7 were won, and fewer than 1 in 20 of all won are among them.",
        ),
        (
            Reach("mql", 50, 7, 600, 0, True, 0, 0, 500, 90),
            "At 50, sales gets 7 of 600 leads; the outcome of none of them is known; none of the 90 won is among them.",
        ),
        (
            Reach("mql", 50, 0, 600, 0, True, 0, 0, 500, 1),
            "At 50, sales gets none of 600 leads; the only lead won is not among them.",
        ),
        (Reach("mql", 50, 7, 600, 0, True, 0, 0, 0, 0), "At 50, sales gets 7 of 600 leads; no outcome is known yet."),
        (
            Reach("mql", 50, 7, 600, 0, True, 7, 0, 500, 0),
            "At 50, sales gets 7 of 600 leads; none were won; no lead at all was won.",
        ),
        (
            Reach("mql", 50, 2, 600, 0, True, 2, 2, 500, 2),
            "At 50, sales gets 2 of 600 leads; both were won, and all 2 won are among them.",
        ),
    ],
)
def test_the_sentence(reach: Reach, said: str):
    assert sentence(reach) == said


@pytest.mark.parametrize("whole", [1, 2, 3, 19, 20, 37, 1000, 999_983])
def test_a_share_is_never_called_what_it_is_not(whole: int):
    for part in {0, 1, whole // 3, whole // 2, whole - 1, whole} - {-1}:
        said = share(part, whole)
        assert (said == "none") == (part == 0)
        assert (said in ("all", "both")) == (part == whole)
        if "in 10" in said:
            tenths = int(said.removeprefix("about ").split()[0])
            assert 1 <= tenths <= 9
            assert abs(10 * part / whole - tenths) <= 0.5
            assert said.startswith("about") == (10 * part != tenths * whole)


SCORING: dict[str, Any] = {
    "half_life_days": 30,
    "rules": [
        {"id": "opens", "when": "opens", "points": 10, "cap": 40, "group": "g", "window_days": 90},
        {"id": "country", "when": {"field": "country", "in": ["US", "CA"]}, "points": 30},
        {"id": "never", "when": {"field": "country", "is": "XX"}, "points": 5},
        {"id": "half", "when": "opens"},
        {"id": "open-ended", "when": {"field": "country"}, "points": 5},
    ],
    "groups": [{"id": "g", "cap": 30}],
    "stages": [
        {"id": "lead", "name": "Lead", "at": 10},
        {"id": "mql", "name": "Marketing qualified lead", "at": 50},
        {"id": "sal", "name": "Accepted", "set": "accepted"},
    ],
    "exclude": [{"id": "own", "when": {"field": "country", "is": "ZZ"}}],
    "fast_track": [{"id": "f", "when": {"field": "country", "is": "CA"}, "stage": "sal"}],
}
TABLE = "id,opens,country,won\n1,1,US,1\n2,9,US,1\n3,0,DE,0\n4,2,DE,\n5,5,ZZ,1\n6,-1,US,1\n7,3,CA,0\n"


def test_the_document_holds_every_figure(write: Written):
    found = simulate(Scoring.model_validate(SCORING), write(TABLE), outcome="won")
    told = json.loads(json.dumps(document(found.summary), allow_nan=False))
    assert told["leads"] == 5
    assert told["excluded"] == 1
    assert [(one["line"], one["reason"]) for one in told["rejected"]] == [(7, "opens is negative: '-1'")]
    assert [(stage["id"], stage["at"], stage["leads"]) for stage in told["stages"]] == [
        ("none", None, 1),
        ("lead", 10, 2),
        ("mql", 50, 2),
        ("sal", None, None),
    ]
    assert told["score"] == {"min": 0, "max": 60, "mean": 36.0, "median": 40.0}
    assert told["rules"][0] == {"id": "opens", "leads": 4, "points": 100}
    assert told["outcome"] == {"column": "won", "known": 4, "positive": 2}
    assert [one["at"] for one in told["thresholds"]] == [0, 10, 20, 40, 50, 60]
    at_50 = next(one for one in told["thresholds"] if one["at"] == 50)
    assert at_50["leads"] == 2
    assert (at_50["positive"], at_50["precision"], at_50["recall"], at_50["lift"]) == (1, 0.5, 0.5, 1.0)
    assert at_50["precision_low"] == pytest.approx(0.094531, abs=1e-6)
    assert at_50["precision_high"] == pytest.approx(0.905469, abs=1e-6)


def test_without_an_outcome_the_document_has_no_thresholds(write: Written):
    told = document(simulate(Scoring.model_validate(SCORING), write(TABLE)).summary)
    assert "outcome" not in told
    assert "thresholds" not in told


def test_the_text_begins_with_the_sentence_and_fits_a_terminal(write: Written):
    found = simulate(Scoring.model_validate(SCORING), write(TABLE), outcome="won")
    told = text(found.summary, found.findings).splitlines()
    assert told[0] == "At 50, sales gets 2 of 5 leads; too few outcomes to say more (4 of at least 20)."
    report = "\n".join(told)
    for word in ("Marketing qualified lead", "Excluded", "set by hand", "1 row left out:", "opens is negative"):
        assert word in report
    assert "At 10, " in text(found.summary, stage="lead").splitlines()[0]


@pytest.mark.parametrize("rows", ["", "1,1,US,\n"])
def test_the_text_of_no_leads_and_of_no_outcome(write: Written, rows: str):
    found = simulate(Scoring.model_validate(SCORING), write(f"id,opens,country,won\n{rows}"), outcome="won")
    assert text(found.summary, found.findings)
    assert text(simulate(Scoring(), write("id\n1\n")).summary).startswith("1 lead scored; no stage")


def test_findings_say_what_trying_has_shown(write: Written):
    found = simulate(Scoring.model_validate(SCORING), write(TABLE))
    told = {(one.code, one.key) for one in found.findings}
    assert told == {
        ("no-dates", "scoring.rules.opens.window_days"),
        ("never-fires", "scoring.rules.never"),
        ("half-built", "scoring.rules.half.points"),
        ("half-built", "scoring.rules.open-ended.when"),
        ("no-dates", "scoring.half_life_days"),
        ("sets-nothing", "scoring.fast_track.f.stage"),
    }
    assert all(one.message for one in found.findings)


def test_findings_about_a_log(write: Written):
    log = write("lead,activity,time\nx,email_open,2027-01-01\n", "log.csv")
    scoring = Scoring.model_validate(
        {
            "rules": [
                {"id": "a", "when": "emial_open", "points": 1},
                {"id": "b", "when": "email_open", "points": 1},
            ]
        }
    )
    found = simulate(scoring, write("id,c\n1,2\n"), log)
    told = {one.code: one for one in found.findings}
    assert set(told) == {"never-fires", "not-joined"}
    by_key = {one.key: one for one in found.findings}
    assert "email_open" in by_key["scoring.rules.a.when"].fix
    mapped = LeadMapping(activities={"emial_open": "email_open"})
    assert "scoring.rules.a.when" not in {one.key for one in simulate(scoring, None, log, mapped).findings}
