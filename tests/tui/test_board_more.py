"""What else the leads on the board can tell: who gets which lead, a blind card sort, fit against engagement."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.simulate import start
from sla_tui.tui.board.ballot import Ballot, remembered
from sla_tui.tui.board.cards import Cards
from sla_tui.tui.board.face import Face, face
from sla_tui.tui.board.nine import Nine
from sla_tui.tui.board.screen import Board
from sla_tui.tui.board.territories import Territories
from tests.tui.conftest import NORTHWIND, Open, settled, shown

AGREEMENT = """
[[stakeholders.people]]
id = "ann"
name = "Ann [b]Lee[/b]"

[assignment]
fallback = "ann"

[[assignment.territories]]
id = "west"
name = "West"
when = { field = "country", in = ["US", "CA"] }
owner = "ann"

[[assignment.territories]]
id = "states"
name = "States"
when = { field = "country", is = "US" }

[[scoring.stages]]
id = "mql"
at = 3

[[scoring.rules]]
id = "visits"
when = "visits"
points = 1
"""


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """An agreement with two territories that overlap, and twelve leads that score 0 to 11."""
    rows = [f"{at},Firm {at},{'US' if at % 2 else 'FR'},{at},x{at}@firm.example,2026-01-02,{'yes' if at > 6 else 'no'}"
            for at in range(12)]  # fmt: skip
    (tmp_path / "agreement.toml").write_text(AGREEMENT, "utf-8")
    (tmp_path / "leads.csv").write_text(
        "id,company,country,visits,email,created,won\n" + "\n".join(rows) + "\n", "utf-8"
    )
    (tmp_path / "leads.toml").write_text('outcome = "won"\n', "utf-8")
    return tmp_path


async def test_territories_and_the_card_sort(few: Path, opened: Open) -> None:
    async with opened(few, (110, 40)) as pilot:
        await pilot.press("f4")
        await settled(pilot)
        await settled(pilot)
        await pilot.press("F")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Board)
        assert "No group is of kind fit and none of kind engagement" in shown(pilot)

        await pilot.press("T")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Territories)
        assert "Of 12 leads, 6 fit no territory, 0 exactly one, 6 several." in shown(pilot)
        assert "Ann [b]Lee[/b]" in shown(pilot)
        assert "territory States gets none of its 6 leads: others come first" in shown(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert "Of 9 leads that reach" in shown(pilot)
        await pilot.press("escape", "C")
        await settled(pilot)

        cards = pilot.app.screen
        assert isinstance(cards, Cards)
        await pilot.press("0", "enter")
        assert "At least one must" in shown(pilot)
        await pilot.press("2", "enter", "1", "enter")
        await settled(pilot)
        first = shown(pilot)
        company, created = (next(one for one in first.splitlines() if name in one) for name in ("company", "created"))
        assert f"Firm {cards.ballot.card}" in company
        assert "2026-01-02" in created
        assert "known, not shown: email" in first
        for hidden in ("@firm", "won", "score"):
            assert hidden not in first
        await pilot.press("3")
        assert "Sales has 2 votes" in shown(pilot)
        for lead in cards.ballot.cards:
            yes = ("2", "1") if lead >= 6 and lead != 9 else ("0", "0") if lead != 9 else ("2", "0")
            await pilot.press(yes[0], "enter", yes[1], "enter")
        await settled(pilot)
        said = shown(pilot)
        assert "The threshold that fits both sides best: 6" in said
        assert "Today's 3 agrees with 75 % of sales' votes and 67 % of marketing's." in said
        assert "The sides disagree on 1 of 12 cards" in said
        ninth = next(at for at, one in enumerate(cards.ballot.cards) if one == 9)

        await pilot.press("escape", "C")
        await settled(pilot)
        again = pilot.app.screen
        assert isinstance(again, Cards)
        assert "The sides disagree on 1 of 12 cards" in shown(pilot)
        other = again.ballot.kept("other leads of the same name")
        again.trial.draft.memory.cards = other
        assert Cards(again.trial, again.scored).ballot.numbers == [None] * 26
        for _ in range(12 - ninth):
            await pilot.press("left")
        await pilot.press("enter", "1", "enter")
        for _ in range(12):
            await pilot.press("right")
        await settled(pilot)
        assert "The sides agree on all 12 cards" in shown(pilot)


async def test_fit_against_engagement_between_limits_that_move(tmp_path: Path, opened: Open) -> None:
    shutil.copytree(NORTHWIND.parent, tmp_path / "northwind")
    async with opened(tmp_path / "northwind") as pilot:
        await pilot.press("f4")
        await settled(pilot)
        await settled(pilot)
        await pilot.press("F")
        await settled(pilot)
        nine = pilot.app.screen
        assert isinstance(nine, Nine)
        high = int(shown(pilot).split("A from ")[1].split()[0])
        assert "too few" not in "".join(shown(pilot).splitlines()[7:16])
        await pilot.press("right", *["shift+right"] * 2)
        await settled(pilot)
        assert f"A  {high + 11} and more" in shown(pilot)
        await pilot.press("tab", *["shift+right"] * 9)
        await settled(pilot)
        assert f"B  {high + 10}" in shown(pilot)
        await pilot.press("tab", *["shift+right"] * 8)
        await settled(pilot)
        assert "too few" in "".join(shown(pilot).splitlines()[7:16])
        await pilot.press("r")
        await settled(pilot)
        assert f"A  {high} and more" in shown(pilot)


def test_a_ballot_is_taken_up_again_where_what_was_kept_is_whole() -> None:
    ballot = Ballot((4, 2))
    for typed in ("3", "2", "1", "0"):
        ballot.digit(typed)
        assert ballot.forward() == ""
    kept = ballot.kept("these")
    again = remembered(kept, 5)
    assert again is not None
    assert (again.card, again.numbers) == (2, ballot.numbers)
    assert remembered(kept, 4) is None
    for broken in ({"cards": [True, "x"]}, {"numbers": [1]}, {"at": "1"}, {"numbers": None}):
        assert remembered({**kept, **broken}, 5) is None


def test_a_size_corrected_below_a_vote_leads_back_to_that_vote() -> None:
    ballot = Ballot((7,))
    for typed in ("3", "3", "3", "1"):
        ballot.digit(typed)
        ballot.forward()
    assert ballot.done
    ballot.turn(-1)
    ballot.turn(-1)
    ballot.digit("2")
    assert ballot.forward() == ""
    ballot.turn(1)
    assert (ballot.page, ballot.done) == (1, False)
    assert ballot.forward() == "Sales has 2 votes, and here are 3."
    ballot.erase()
    assert ballot.box(0) is None
    assert ballot.forward() == "How many of sales say yes? Type 0 for nobody."


def test_a_card_of_a_log_alone_tells_what_the_lead_did(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("lead,activity,time\na@b.example,visit,2026-01-01\na@b.example,visit,2026-01-03\n", "utf-8")
    scoring = Scoring.model_validate({"rules": [{"id": "visit", "when": "visit", "points": 1}]})
    assert face(start(scoring, activity=log), 0) == Face((("visit", "2 times"),), (), ())
    early = start(scoring, activity=log, as_of=date(2026, 1, 2))
    assert face(early, 0) == Face((("visit", "1 time"),), (), ())


def test_a_card_shows_what_rules_use_however_it_was_read_and_nothing_that_tells_the_end(tmp_path: Path) -> None:
    table = tmp_path / "leads.csv"
    table.write_text(
        "id,visits,size,country,mobile,deal stage,Tags,Magazine,won\n1,3,40,US,+1 555 010 2030,Closed,Paid,No,yes\n",
        "utf-8",
    )
    rules = [
        {"id": "visits", "when": "visits", "points": 1},
        {"id": "size", "when": {"field": "size", "at_least": 10}, "points": 1},
        {"id": "won", "when": {"field": "won", "is": "yes"}, "points": 1},
    ]
    scoring = Scoring.model_validate({"rules": rules})
    used = (("visits", "3"), ("size", "40"))
    assert face(start(scoring, table, outcome="won"), 0) == Face(used, (), ())
    everything = start(scoring, table, outcome="won", everything=True)
    assert face(everything, 0) == Face(used, (("country", "US"),), ("mobile",), ("Magazine",))
