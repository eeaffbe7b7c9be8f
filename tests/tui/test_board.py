"""What a person does on the scoring board, and what the room then sees."""

from __future__ import annotations

import shutil
import time
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.widgets import Input

from sla_tui.agreement.sections.scoring import Stage
from sla_tui.scoring.report import _threshold_row
from sla_tui.scoring.results import Reach, Threshold
from sla_tui.scoring.tally import wilson
from sla_tui.tui.board.choose import ChooseLeads, ChooseOutcome, ChooseWon
from sla_tui.tui.board.histogram import Histogram
from sla_tui.tui.board.leftout import LeftOut
from sla_tui.tui.board.lines import Lines
from sla_tui.tui.board.screen import Board
from sla_tui.tui.board.stages import StageView, figures
from sla_tui.tui.board.why import LeadCard
from sla_tui.tui.dialogs.help import Help
from sla_tui.tui.drafting.screen import Drafting
from sla_tui.workshop import beside
from tests import pilots
from tests.tui.conftest import LEADS, NORTHWIND, TINY, Open, Room, drafting, settled, shown, typed, until


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the day before northwind's first quota starts."""
    monkeypatch.setattr(beside, "the_day", lambda: date(2026, 12, 31))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """An agreement with two rules and four leads."""
    (tmp_path / "agreement.toml").write_text(TINY, "utf-8")
    (tmp_path / "leads.csv").write_text(LEADS, "utf-8")
    (tmp_path / "leads.toml").write_text('outcome = "won"\n', "utf-8")
    return tmp_path


@pytest.fixture
def whole_northwind(tmp_path: Path) -> Path:
    """A copy of the northwind example with its leads."""
    shutil.copytree(NORTHWIND.parent, tmp_path / "northwind")
    return tmp_path / "northwind"


@pytest.fixture
def boarded(opened: Open) -> Any:
    """Opens an agreement and goes to its board."""

    @asynccontextmanager
    async def open_(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Room]:
        async with opened(folder, size) as pilot:
            await pilot.press("f4")
            await settled(pilot)
            await settled(pilot)
            yield pilot

    return open_


def board(pilot: Room) -> Board:
    """The board in front."""
    screen = pilot.app.screen
    assert isinstance(screen, Board)
    return screen


def said(pilot: Room) -> str:
    """The words on the screen, however they are wrapped."""
    return " ".join(shown(pilot).replace("\u202f", " ").replace("│", " ").split())


def scoring_on_disk(pilot: Room, folder: Path) -> dict[str, Any]:
    board(pilot).draft.flush()
    return tomllib.loads((folder / "agreement.toml").read_text("utf-8"))["scoring"]


# -- the sentence, the stages and the histogram


async def test_the_first_words_say_what_the_threshold_means(whole_northwind: Path, boarded: Any) -> None:
    async with boarded(whole_northwind) as pilot:
        words = said(pilot)
        assert (
            "At 50, sales gets 7 leads a week, 5 of its 30 hours; 3 will buy; in 20 weeks 34 of 89 buyers are" in words
        )
        assert "At 55: 1 fewer lead a week, 1 fewer buyer every 7 weeks." in words
        assert "› MQL 50 136 6.8 22 % 41 % (33–50) 62 % 2.7" in words
        assert "622 leads from leads.csv and activity.csv · outcome won" in words


async def test_the_words_tell_of_weeks_hours_and_worth_as_far_as_they_are_known(
    whole_northwind: Path, boarded: Any
) -> None:
    quota = whole_northwind / "quotas" / "2027-Q1.toml"
    quota.write_text(quota.read_text("utf-8").replace("reps = 3", "reps = 1"), "utf-8")
    async with boarded(whole_northwind, (160, 50)) as pilot:
        await pilot.press("t")
        await settled(pilot)
        words = said(pilot)
        assert "At 45: 2 more leads a week, 1 more buyer every 3 weeks." in words
        assert "› 50 136 6.8 5 22 % 55 41 % 62 % 2.7" in words
        for line in (
            "Weeks 20.0, 2026-07-04 to 2026-11-20",
            "Capacity ███████░░░░░ 57 %: 6.8 of 12 leads a week",
            "Hours 5 of 10 a week, 48 minutes a lead",
            "Quota 2027-Q1",
            "Worth about 7 400 USD a lead",
        ):
            assert line in words
        await pilot.press("s", *["shift+left"] * 2)
        await settled(pilot)
        assert "At 40, sales gets 12 leads a week, 9 of its 10 hours; 4 will buy; in 20 weeks 22 of 89" in said(pilot)
        await pilot.press("shift+left")
        await settled(pilot)
        assert "hours of work but only 10 to do it; " in said(pilot)
        assert "11!" in said(pilot)


async def test_moving_a_threshold_changes_sentence_table_and_file(whole_northwind: Path, boarded: Any) -> None:
    async with boarded(whole_northwind) as pilot:
        await pilot.press("shift+right")
        await settled(pilot)
        assert "At 55, sales gets 6 leads a week" in said(pilot)
        assert "› MQL 55 115" in said(pilot)
        await pilot.press("left", "left")
        await settled(pilot)
        assert "At 53, sales gets" in said(pilot)
        assert {stage["id"]: stage.get("at") for stage in scoring_on_disk(pilot, whole_northwind)["stages"]}[
            "mql"
        ] == 53


async def test_keys_pressed_in_one_go_are_one_step_to_undo(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("right", "right", "right")
        await settled(pilot)
        assert "At 13, sales gets 1 of 4 leads" in said(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert "At 10, sales gets 2 of 4 leads" in said(pilot)
        await pilot.press("U")
        await settled(pilot)
        assert "At 13" in said(pilot)


async def test_a_threshold_can_be_typed(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await typed(pilot, "4")
        await settled(pilot)
        assert "At 4, sales gets 3 of 4 leads" in said(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert board(pilot).stages.has_focus
        for digit in "1025":
            pilot.app.post_message(Key(digit, digit))
        await settled(pilot)
        assert "At 1025, sales gets none of 4 leads" in said(pilot)


async def test_the_histogram_tells_won_from_not_without_colour(whole_northwind: Path, boarded: Any) -> None:
    async with boarded(whole_northwind, (120, 40)) as pilot:
        region = board(pilot).query_one(Histogram).region
        lines = [line[region.x : region.right] for line in shown(pilot).splitlines()[region.y : region.bottom]]
        picture = "\n".join(lines)
        assert "█ won  ░ lost  · open" in lines[0]
        assert all(sign in picture for sign in "█░┃┊▲")
        assert "MQL 50" in lines[-1]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (160, 50), (72, 18)])
async def test_every_size_shows_the_sentence_and_the_panel_in_hand(
    whole_northwind: Path, boarded: Any, size: tuple[int, int]
) -> None:
    async with boarded(whole_northwind, size) as pilot:
        assert "At 50, sales gets" in said(pilot)
        for key, words in (("r", "What for"), ("l", "Score"), ("t", "If at"), ("s", "Stage")):
            await pilot.press(key)
            await settled(pilot)
            assert words in said(pilot)


# -- rules


async def test_points_changed_in_place_change_the_figures_and_the_agreement(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r", "minus")
        await settled(pilot)
        assert "At 10, sales gets 1 of 4 leads" in said(pilot)
        assert "› +9 Is in the US" in said(pilot)
        await pilot.press("plus")
        await settled(pilot)
        assert "At 10, sales gets 2 of 4 leads" in said(pilot)
        await pilot.press("down", "shift+right")
        await settled(pilot)
        assert [rule["points"] for rule in scoring_on_disk(pilot, tiny)["rules"]] == [10, 7]


async def test_points_can_be_typed_and_esc_keeps_them(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r")
        await settled(pilot)
        await typed(pilot, "25")
        await settled(pilot)
        assert "› +25 Is in the US" in said(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert board(pilot).rules.has_focus
        assert scoring_on_disk(pilot, tiny)["rules"][0]["points"] == 25


async def test_points_beyond_bounds_are_refused_in_words(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r", "enter")
        await settled(pilot)
        field = board(pilot).query_one("#line", Input)
        field.value = "9999999999"
        await settled(pilot)
        assert "! at most 1000000 is possible" in said(pilot)
        assert scoring_on_disk(pilot, tiny)["rules"][0]["points"] == 10


async def test_a_rule_off_for_now_counts_nothing_and_stays_in_the_agreement(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r", "space")
        await settled(pilot)
        assert "At 10, sales gets none of 4 leads" in said(pilot)
        assert "○ 1 rule off for now. At 10" in said(pilot)
        assert scoring_on_disk(pilot, tiny)["rules"][0]["points"] == 10
        assert not board(pilot).draft.can_undo
        await pilot.press("space")
        await settled(pilot)
        assert "At 10, sales gets 2 of 4 leads" in said(pilot)
        assert "rule off for now" not in said(pilot)


async def test_a_cap_is_typed_with_m(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r", "down", "m")
        await settled(pilot)
        board(pilot).query_one("#line", Input).value = "1"
        await settled(pilot)
        assert scoring_on_disk(pilot, tiny)["rules"][1]["cap"] == 1
        assert "Visits the site each 1 2 2" in said(pilot)


async def test_a_condition_typed_wrong_is_refused_and_says_how_it_is_written(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r", "W")
        await settled(pilot)
        field = board(pilot).query_one("#line", Input)
        field.value = "visits > 2"
        await settled(pilot)
        assert 'numbers are compared with "at least"' in said(pilot)
        field.value = "visits at least 2"
        await settled(pilot)
        assert "At 10, sales gets 2 of 4 leads; too few outcomes to say more (4 of at least 20)" in said(pilot)
        assert scoring_on_disk(pilot, tiny)["rules"][0]["when"] == {"field": "visits", "at_least": 2}


async def test_a_condition_on_a_column_that_is_not_there_names_the_nearest(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r", "W")
        await settled(pilot)
        board(pilot).query_one("#line", Input).value = "contry in US"
        await settled(pilot)
        assert "did you mean 'country'?" in said(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "did you mean 'country'?" in said(pilot)


async def test_rules_are_added_copied_and_removed_as_in_drafting(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r", "a")
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        board(pilot).query_one("#line", Input).value = "Comes back"
        await settled(pilot)
        await pilot.press("tab")
        board(pilot).query_one("#line", Input).value = "visits"
        await settled(pilot)
        await pilot.press("enter", "4", "enter")
        await settled(pilot)
        assert [rule["id"] for rule in scoring_on_disk(pilot, tiny)["rules"]] == ["country", "comes-back", "visits"]
        assert "At 10, sales gets 3 of 4 leads" in said(pilot)
        await pilot.press("c")
        await settled(pilot)
        assert len(scoring_on_disk(pilot, tiny)["rules"]) == 4
        await pilot.press("d")
        await settled(pilot)
        assert len(scoring_on_disk(pilot, tiny)["rules"]) == 3
        await pilot.press("u", "u")
        await settled(pilot)
        assert len(scoring_on_disk(pilot, tiny)["rules"]) == 3


async def test_drafting_shows_what_was_changed_on_the_board(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("right", "escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Drafting)
        drafting(pilot).go("scoring.stages.mql.at")
        await settled(pilot)
        assert "11" in shown(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert drafting(pilot).draft.at("scoring.stages.mql.at").value == 10


# -- leads


async def test_after_the_board_drafting_hears_of_the_saving_again(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("right", "escape")
        await pilot.pause()
        screen = drafting(pilot)
        screen.go("scoring.stages.mql.at")
        screen.form.focus()
        await pilot.press("enter", "ctrl+u", "4", "4", "enter")
        screen.draft.flush()
        await until(pilot, lambda: "saving…" not in shown(pilot))
        assert "saved" in shown(pilot).splitlines()[0]
        assert "saving…" not in shown(pilot)


async def test_a_lead_is_explained_by_points_that_add_up(whole_northwind: Path, boarded: Any) -> None:
    async with boarded(whole_northwind) as pilot:
        await pilot.press("l")
        await settled(pilot)
        rows = board(pilot).leads
        assert rows.here is not None
        assert rows.here.score >= 50
        for _ in range(12):
            row = rows.here
            assert row is not None
            assert sum(row.points) + sum(row.caps) == row.score
            assert f"{row.id} score {row.score}" in said(pilot)
            await pilot.press("down")
            await settled(pilot)
        assert rows.here.score < 50


async def test_the_whole_explanation_opens_with_enter_and_masks_who_it_is(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("l", "home", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, LeadCard)
        words = said(pilot)
        assert "a score 16 MQL" in words
        assert "+10 Is in the US +6 Visits the site at its cap of 6 = 16" in words
        assert "country US" in words
        assert "ann@b.example" not in words
        assert "email •••" in words


async def test_the_leads_in_sight_are_those_around_the_threshold(whole_northwind: Path, boarded: Any) -> None:
    async with boarded(whole_northwind, (120, 40)) as pilot:
        await pilot.press("down")
        await settled(pilot)
        row = board(pilot).leads.here
        assert row is not None
        assert row.score == 70
        assert f"{row.id} score 70" in said(pilot)


async def test_leads_are_read_a_page_at_a_time(tmp_path: Path, boarded: Any) -> None:
    (tmp_path / "agreement.toml").write_text(TINY, "utf-8")
    lines = "".join(f"n{at},{'US' if at % 3 else 'DE'},{at % 7}\n" for at in range(20_000))
    (tmp_path / "leads.csv").write_text("id,country,visits\n" + lines, "utf-8")
    async with boarded(tmp_path) as pilot:
        await pilot.press("l", "end")
        await settled(pilot)
        rows = board(pilot).leads
        assert rows.count == 20_000
        assert rows.at == 19_999
        assert rows.here is not None
        assert rows.here.score == 0
        assert len(rows._pages) <= 4


# -- which leads


async def test_without_leads_one_key_chooses_a_file_and_it_is_remembered(
    tmp_path: Path, boarded: Any, opened: Open
) -> None:
    (tmp_path / "agreement.toml").write_text(TINY, "utf-8")
    (tmp_path / "contacts.csv").write_text(LEADS, "utf-8")
    async with boarded(tmp_path) as pilot:
        assert "No leads to try this on yet. o chooses a file" in said(pilot)
        await pilot.press("right")
        await settled(pilot)
        assert "MQL 11" in said(pilot)
        await pilot.press("o")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ChooseLeads)
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        assert "4 leads from contacts.csv · outcome won" in said(pilot)
    async with boarded(tmp_path) as pilot:
        assert "4 leads from contacts.csv · outcome won" in said(pilot)


async def test_a_path_is_typed_with_completion_and_one_that_is_wrong_says_so(tiny: Path, boarded: Any) -> None:
    (tiny / "more").mkdir()
    shutil.copy(tiny / "leads.csv", tiny / "more" / "others.csv")
    async with boarded(tiny) as pilot:
        await pilot.press("o", "tab")
        await typed(pilot, "nope.csv")
        await pilot.press("enter")
        await settled(pilot)
        assert "nope.csv is not there" in said(pilot)
        field = pilot.app.screen.query_one("#path", Input)
        field.value = ""
        await typed(pilot, "mo")
        await pilot.press("right")
        await typed(pilot, "o")
        await pilot.press("right")
        assert field.value == "more/others.csv"
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        assert "4 leads from others.csv" in said(pilot)


async def test_a_log_chosen_beside_the_table_joins_it(tiny: Path, boarded: Any) -> None:
    (tiny / "actions.csv").write_text("lead,activity,time\na,demo,2026-01-01\na,demo,2026-01-02\n", "utf-8")
    async with boarded(tiny) as pilot:
        await pilot.press("o", "home", "enter")
        await settled(pilot)
        await settled(pilot)
        assert "4 leads from leads.csv and actions.csv" in said(pilot)


async def test_the_outcome_column_is_chosen_and_can_be_taken_away(tiny: Path, boarded: Any) -> None:
    (tiny / "leads.toml").unlink()
    async with boarded(tiny) as pilot:
        assert "no outcome: y says who was won" in said(pilot)
        assert "Precision" not in said(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ChooseOutcome)
        await pilot.press("end", "up", "enter")
        await settled(pilot)
        await settled(pilot)
        assert "outcome won" in said(pilot)
        assert "Precision" in said(pilot)
        await pilot.press("y", "end", "enter")
        await settled(pilot)
        await settled(pilot)
        assert "no outcome" in said(pilot)


async def test_an_outcome_in_words_of_its_own_asks_which_mean_won(tiny: Path, boarded: Any) -> None:
    (tiny / "leads.csv").write_text(LEADS.replace("yes", "Closed Won").replace("no\n", "Gone\n"), "utf-8")
    async with boarded(tiny) as pilot:
        assert "the outcome 'won' says" in said(pilot)
        assert "4 leads from leads.csv" in said(pilot)
        await pilot.press("y")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ChooseWon)
        await pilot.press("space", "w")
        await settled(pilot)
        await settled(pilot)
        assert "too few outcomes to say more (4 of at least 20)" in said(pilot)


async def test_broken_files_are_told_with_place_and_remedy_and_the_screen_lives(tiny: Path, boarded: Any) -> None:
    (tiny / "leads.csv").write_text("", "utf-8")
    async with boarded(tiny) as pilot:
        assert "! leads.csv: this file is empty" in said(pilot)
        await pilot.press("right")
        await settled(pilot)
        assert scoring_on_disk(pilot, tiny)["stages"][0]["at"] == 11
        (tiny / "leads.csv").write_text(LEADS, "utf-8")
        await pilot.press("R")
        await settled(pilot)
        await settled(pilot)
        assert "At 11, sales gets 1 of 4 leads" in said(pilot)


async def test_a_broken_leads_toml_is_told_with_its_line(tiny: Path, boarded: Any) -> None:
    (tiny / "leads.toml").write_text('outcome = "won"\nleds = "x"\n', "utf-8")
    async with boarded(tiny) as pilot:
        assert "leads.toml:2:" in said(pilot)
        assert "leads" in said(pilot)


async def test_rows_left_out_are_counted_and_listed_with_line_and_reason(tiny: Path, boarded: Any) -> None:
    (tiny / "leads.csv").write_text(LEADS + "e,US\na,US,1,,yes\nf,US,many,,no\n", "utf-8")
    async with boarded(tiny) as pilot:
        assert "4 leads from leads.csv" in said(pilot)
        assert "3 rows left out: v" in said(pilot)
        await pilot.press("v")
        await settled(pilot)
        assert isinstance(pilot.app.screen, LeftOut)
        words = said(pilot)
        assert "leads.csv:6 has too few cells" in words
        assert "leads.csv:7 repeats the id 'a' of line 2" in words
        assert "leads.csv:8 visits is not a number: 'many'" in words
        await pilot.press("escape")
        await settled(pilot)
        assert board(pilot)


async def test_a_table_with_a_header_alone_has_no_leads_to_score(tiny: Path, boarded: Any) -> None:
    (tiny / "leads.csv").write_text(LEADS.splitlines()[0] + "\n", "utf-8")
    async with boarded(tiny, (120, 40)) as pilot:
        assert "There are no leads to score." in said(pilot)
        for key in ("r", "l", "t", "right"):
            await pilot.press(key)
            await settled(pilot)
        assert board(pilot)


async def test_reading_can_be_stopped(tiny: Path, boarded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from sla_tui.scoring.engine import Stopped
    from sla_tui.tui.board.reading import Job, Reading

    def wait(job: Job) -> Reading:
        while not job._stopped:
            time.sleep(0.001)
        with pytest.raises(Stopped):
            job._scored(None)
        return Reading(job.sample, stopped=True)

    async with boarded(tiny) as pilot:
        monkeypatch.setattr(Job, "run", wait)
        monkeypatch.setattr(pilots, "LIMIT", 0.05)
        await pilot.press("R")
        await pilot.pause()
        assert "x stop reading" in said(pilot)
        await pilot.press("x")
        await settled(pilot)
        assert "Reading was stopped" in said(pilot)
        assert "4 leads from leads.csv" in said(pilot)


# -- agreements without what the board is about


async def test_an_agreement_without_scoring_says_so_and_one_key_adds_it(tiny: Path, boarded: Any) -> None:
    (tiny / "agreement.toml").write_text('[agreement]\norganization = "Tiny"\n', "utf-8")
    async with boarded(tiny) as pilot:
        assert "This agreement has no scoring yet. a adds it." in said(pilot)
        await pilot.press("a")
        await settled(pilot)
        assert "No stage has a threshold yet" in said(pilot)
        assert scoring_on_disk(pilot, tiny) == {}
        await pilot.press("s", "a")
        await settled(pilot)
        board(pilot).query_one("#line", Input).value = "MQL"
        await settled(pilot)
        await pilot.press("shift+tab", "0", "enter")
        await settled(pilot)
        assert scoring_on_disk(pilot, tiny)["stages"] == [{"id": "mql", "name": "MQL", "at": 0}]
        assert "At 0, sales gets all 4 leads" in said(pilot)


# -- text that is none of ours

HOSTILE = "[red]x[/red] [@click=app.quit]y[/] [/nope] \x1b[31mz"


async def test_hostile_text_is_only_ever_text(tiny: Path, boarded: Any) -> None:
    header = f'id,country,"visits","{HOSTILE}",won\n'
    rows = f'"{HOSTILE}",US,1,"{HOSTILE}",yes\nb,"{HOSTILE}",2,x,no\n'
    (tiny / "leads.csv").write_text(header + rows, "utf-8")
    text = TINY.replace("Is in the US", "[red]x[/red] [@click=app.quit]y[/] [/nope]")
    (tiny / "agreement.toml").write_text(text, "utf-8")
    async with boarded(tiny, (120, 40)) as pilot:
        assert "[red]x[/red]" in said(pilot)
        for keys in (("r", "W"), ("escape", "l", "i"), ("enter",), ("escape", "y"), ("escape", "o"), ("escape", "t")):
            await pilot.press(*keys)
            await settled(pilot)
            assert "\x1b" not in shown(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Help)
        assert pilot.app.is_running


async def test_a_file_name_that_looks_like_markup_is_only_text(tiny: Path, boarded: Any) -> None:
    shutil.copy(tiny / "leads.csv", tiny / "[@click=app.quit]x.csv")
    (tiny / "leads.toml").write_text('leads = "[@click=app.quit]x.csv"\noutcome = "won"\n', "utf-8")
    async with boarded(tiny) as pilot:
        assert "4 leads from [@click=app.quit]x.csv" in said(pilot)
        await pilot.press("o")
        await settled(pilot)
        assert "[@click=app.quit]x.csv" in said(pilot)


# -- what fits, and what is said about it

LONG = TINY.replace(
    'id = "mql"\nat = 10',
    'id = "marketing-qualified"\nname = "Marketing qualified lead"\nat = 10\n\n'
    '[[scoring.stages]]\nid = "handed-to-sales"\nname = "Handed over to the sales team in Berlin"\nat = 12',
)


@pytest.mark.parametrize("size", [(72, 24), (80, 24), (120, 40), (160, 50)])
async def test_long_stage_names_give_way_to_the_figures(tiny: Path, boarded: Any, size: tuple[int, int]) -> None:
    (tiny / "agreement.toml").write_text(LONG, "utf-8")
    async with boarded(tiny, size) as pilot:
        region = board(pilot).stages.region
        lines = [line[region.x : region.right] for line in shown(pilot).splitlines()[region.y : region.y + 3]]
        assert lines[0].split() == ["Stage", "At", "Leads", "Share", "Precision", "Recall", "Lift"]
        assert lines[1].split()[-10:] == ["10", "2", "50", "%", "50", "%", "(9–91)", "50", "%", "1.0"]
        ends = [len(line.rstrip()) for line in lines]
        assert ends[0] == ends[1] == ends[2]
        assert "marketing quali" in lines[1].casefold().replace("-", " ")
        assert "HANDED-TO-SALES" in lines[2]


async def test_a_rule_that_fires_on_no_lead_says_so_below_the_rules(tiny: Path, boarded: Any) -> None:
    (tiny / "agreement.toml").write_text(TINY.replace('in = ["US"]', 'in = ["FR"]'), "utf-8")
    async with boarded(tiny) as pilot:
        guide = board(pilot).rule.region
        assert "! country: fires on no lead; check its condition" in shown(pilot).splitlines()[guide.y]
        await pilot.press("r")
        await settled(pilot)
        assert said(pilot).count("fires on no lead") == 1
        await pilot.press("down")
        await settled(pilot)
        assert "fires on no lead" not in said(pilot)
        assert "when visits · each time" in said(pilot)


@pytest.mark.parametrize(
    ("key", "name", "text"), [("enter", "points", "abc"), ("m", "cap", "1O"), ("W", "when", "x >")]
)
async def test_text_that_a_rules_field_refuses_is_kept_and_told(
    tiny: Path, boarded: Any, key: str, name: str, text: str
) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r", key)
        await settled(pilot)
        board(pilot).query_one("#line", Input).value = text
        await settled(pilot)
        assert "! " in said(pilot)
        assert board(pilot).draft.memory.refused == {f"scoring.rules.country.{name}": text}
        await pilot.press("escape")
        await settled(pilot)
        assert f"“{text}” is not in the agreement" in said(pilot)
        assert "At 10, sales gets 2 of 4 leads" in said(pilot)
    async with boarded(tiny) as pilot:
        await pilot.press("r", key)
        await settled(pilot)
        assert board(pilot).query_one("#line", Input).value == text
        assert "! " in " ".join(shown(pilot).splitlines()[-4:])
        board(pilot).query_one("#line", Input).value = {"when": "visits"}.get(name, "12")
        await settled(pilot)
        assert board(pilot).draft.memory.refused == {}
        assert "is not in the agreement" not in said(pilot)


async def test_half_a_refused_number_is_not_taken_for_the_answer(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r", "enter")
        await settled(pilot)
        board(pilot).query_one("#line", Input).value = ""
        await typed(pilot, "2x")
        await settled(pilot)
        assert scoring_on_disk(pilot, tiny)["rules"][0]["points"] == 10


async def test_refused_text_goes_along_when_a_new_rule_gets_its_id(tiny: Path, boarded: Any) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press("r", "a")
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        await pilot.press("shift+tab")
        await settled(pilot)
        board(pilot).query_one("#line", Input).value = "abc"
        await settled(pilot)
        await pilot.press("tab")
        await settled(pilot)
        board(pilot).query_one("#line", Input).value = "Comes back"
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert board(pilot).draft.memory.refused == {"scoring.rules.comes-back.points": "abc"}
        assert "“abc” is not in the agreement" in said(pilot)


@pytest.mark.parametrize("panel", ["s", "r", "l", "t"])
async def test_the_keys_below_name_help_at_80_columns(tiny: Path, boarded: Any, panel: str) -> None:
    async with boarded(tiny) as pilot:
        await pilot.press(panel)
        await settled(pilot)
        assert "? help" in shown(pilot).splitlines()[-1]


async def test_no_list_scrolls_sideways(whole_northwind: Path, boarded: Any) -> None:
    async with boarded(whole_northwind, (120, 40)) as pilot:
        await pilot.press("l", "pagedown")
        await settled(pilot)
        assert board(pilot).leads.show_vertical_scrollbar
        assert not any(one.show_horizontal_scrollbar for one in board(pilot).query(Lines))


def test_precision_lies_in_the_same_interval_in_the_table_and_in_the_report() -> None:
    for known in (1, 7, 60, 134):
        for won in range(known + 1):
            reach = Reach("mql", 10, known, known, 0, True, known, won, known, won)
            low, high = wilson(won, known)
            threshold = Threshold(10, known, known, won, 1.0, low, high)
            assert low is not None
            assert high is not None
            within = _threshold_row(threshold)[4].removesuffix(" %")
            assert figures(StageView(Stage(id="mql", at=10), reach), told=True)[4] == f"({within})"
