"""A quota on the screen: found from its agreement, answered, seen as a funnel, begun for the next period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from textual.widgets import OptionList

from sla_tui.agreement.paths import Put
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.terms import Agreement
from sla_tui.tui.drafting.screen import Drafting
from sla_tui.tui.faults import FaultsScreen
from sla_tui.tui.quota import picture as pictures
from sla_tui.tui.quota.funnel import FunnelPicture
from sla_tui.tui.quota.list import Quotas
from sla_tui.tui.quota.screen import QuotaDrafting
from sla_tui.workshop import beside
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.saver import Saving
from tests.quotas import WRITTEN, agreed_on, put_beside, quota
from tests.tui.conftest import Open, Room, drafting, page, settled, shown, typed, until

AGREEMENT = """\
[agreement]
organization = "Northwind Traders"
status = "active"
starts = 2027-01-01
ends = 2027-12-31

[[scoring.stages]]
id = "mql"
name = "Marketing qualified lead"
at = 50

[[scoring.stages]]
id = "sql"
name = "Sales qualified lead"
set = "accepted"
"""


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is the first of February 2027."""
    monkeypatch.setattr(beside, "the_day", lambda: date(2027, 2, 1))
    return


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an agreement, and no quotas yet."""
    (tmp_path / "agreement.toml").write_text(AGREEMENT, "utf-8")
    return tmp_path


@pytest.fixture
def first(folder: Path) -> Path:
    """The first quota of that agreement."""
    return put_beside(folder / "agreement.toml")


def quotas(pilot: Room) -> Quotas:
    screen = pilot.app.screen
    assert isinstance(screen, Quotas)
    return screen


def drafting_quota(pilot: Room) -> QuotaDrafting:
    screen = pilot.app.screen
    assert isinstance(screen, QuotaDrafting)
    return screen


async def listed(pilot: Room) -> str:
    """What the list of quotas shows once it is read."""
    await pilot.press("t")
    await settled(pilot)
    assert isinstance(pilot.app.screen, Quotas)
    return shown(pilot)


async def test_the_quotas_of_an_agreement_are_one_key_away(opened: Open, folder: Path, first: Path) -> None:
    put_beside(folder / "agreement.toml", WRITTEN.replace("2027-0", "2028-0"), "2028-Q1")
    async with opened(folder) as pilot:
        lines = [line for line in (await listed(pilot)).splitlines() if "-Q1" in line]
        assert [" ".join(line.strip("│ ").split()) for line in lines] == [
            "› 2027-Q1 2027-01-01 to 2027-03-31 520 MQLs ✓ agreed now",
            "2028-Q1 2028-01-01 to 2028-03-31 520 MQLs ✓ agreed coming",
        ]
        assert "25 to 60 a week" in shown(pilot)
        await pilot.press("escape")
        assert type(pilot.app.screen) is Drafting


async def test_a_quota_is_opened_answered_and_saved(opened: Open, folder: Path, first: Path) -> None:
    async with opened(folder) as pilot:
        await listed(pilot)
        await pilot.press("enter")
        await settled(pilot)
        screen = drafting_quota(pilot)
        assert "Northwind Traders · Quota 2027-Q1 · 2027-01-01 to 2027-03-31" in shown(pilot)
        screen.go("quota.least_per_week")
        screen.form.focus()
        await pilot.press("enter", "ctrl+u")
        await typed(pilot, "30\n")
        await pilot.press("q")
        await settled(pilot)
        assert quotas(pilot).query_one(OptionList).highlighted == 0
        assert "30 to 60 a week" in shown(pilot)
    assert first.read_text("utf-8") == WRITTEN.replace("least_per_week = 25", "least_per_week = 30")
    assert (folder / "agreement.toml").read_text("utf-8") == AGREEMENT


async def test_stages_are_chosen_from_those_of_the_agreement(opened: Open, folder: Path, first: Path) -> None:
    async with opened(first) as pilot:
        screen = drafting_quota(pilot)
        screen.go("quota.counts")
        screen.form.focus()
        await pilot.press("enter")
        await pilot.pause()
        assert "Sales qualified lead" in page(pilot)
        await typed(pilot, "sales")
        await pilot.press("enter")
        await pilot.pause()
        assert screen.draft.at("quota.counts").value == "sql"
        assert "marketing promises sql leads" in " ".join(finding.message for finding in screen.draft.findings)


async def test_a_quota_has_no_keys_that_are_an_agreements(opened: Open, first: Path) -> None:
    async with opened(first, (120, 40)) as pilot:
        assert drafting_quota(pilot).check_action("scoring", ()) is None
        bar = shown(pilot).splitlines()[-1]
        assert "i funnel" in bar
        assert not [word for word in ("scoring", "quotas") if word in bar]
        for key in ("s", "t"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(pilot.app.screen, QuotaDrafting)
        await pilot.press("e")
        await pilot.pause()
        assert not [word for word in ("Document", "Version", "Since", "Signing") if word in shown(pilot)]
        await pilot.press("enter")
        await settled(pilot)
        assert "page" in shown(pilot)
        assert first.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


async def test_the_funnel_is_seen_over_the_whole_of_a_small_screen(opened: Open, first: Path) -> None:
    async with opened(first) as pilot:
        assert "needed" not in shown(pilot)
        await pilot.press("i")
        await settled(pilot)
        assert isinstance(pilot.app.screen, FunnelPicture)
        words = shown(pilot)
        for line in (
            "● MQLs",
            "500       520",
            "↓ 25 %  measured: CRM, 2026",
            "360 000   374 400",
            "✓ 20 MQLs more than the revenue goal needs.",
            "✓ 60 a week at most; sales has the hours for 60: 4 reps × 12 hours",
        ):
            assert line in words
        await pilot.press("i")
        assert isinstance(pilot.app.screen, QuotaDrafting)


async def test_on_a_tall_screen_the_funnel_follows_every_letter(opened: Open, first: Path) -> None:
    async with opened(first, (120, 40)) as pilot:
        screen = drafting_quota(pilot)
        screen.go("funnel.win_rate")
        screen.form.focus()
        await pilot.pause()
        assert "✓ 20 MQLs more than" in page(pilot)
        await pilot.press("enter", "ctrl+u")
        await typed(pilot, "20")
        assert "! 105 MQLs fewer than" in page(pilot)
        await pilot.press("escape", "u")
        await pilot.pause()
        assert "✓ 20 MQLs more than" in page(pilot)
        screen.go("agreed_by")
        await pilot.pause()
        assert "MQLs" not in page(pilot)


async def test_the_first_quota_is_begun_and_the_agreement_misses_none_any_more(opened: Open, folder: Path) -> None:
    async with opened(folder) as pilot:
        await settled(pilot)
        agreement = drafting(pilot).draft
        assert "missing-quota" in {finding.code for finding in agreement.findings}
        assert "No quota yet." in await listed(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert drafting_quota(pilot).draft.path == folder / "quotas" / "2027-Q1.toml"
        await pilot.press("q")
        await settled(pilot)
        assert "○ nobody agreed yet" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "missing-quota" not in {finding.code for finding in agreement.findings}


async def test_the_next_quota_marks_what_it_took_over_until_it_is_agreed_to(
    opened: Open, folder: Path, first: Path
) -> None:
    async with opened(folder) as pilot:
        await listed(pilot)
        await pilot.press("n")
        await settled(pilot)
        screen = drafting_quota(pilot)
        assert screen.draft.path.name == "2027-Q2.toml"
        screen.go("quota.least_per_week")
        screen.form.focus()
        await pilot.pause()
        assert "~ Least a week" in page(pilot)
        await pilot.press("y")
        await pilot.pause()
        assert "~ Least a week" not in page(pilot)


async def test_a_scoring_that_changed_is_taken_with_a_key_and_asks_both_sides_anew(
    opened: Open, folder: Path, first: Path
) -> None:
    first.write_text(WRITTEN.replace('counts = "mql"', 'counts = "mql"\nscoring = "0123456789ab"'), "utf-8")
    async with opened(folder) as pilot:
        assert "! out of date" in await listed(pilot)
        await pilot.press("enter")
        await settled(pilot)
        screen = drafting_quota(pilot)
        assert screen.check_action("count_anew", ()) is True
        await pilot.press("b")
        await pilot.pause()
        assert not [one for one in screen.draft.findings if one.code == "out-of-date"]
        assert screen.draft.at("agreed_by").value == ()
        assert screen.check_action("count_anew", ()) is None
        await pilot.press("u")
        await pilot.pause()
        assert screen.draft.at("quota.scoring").value == "0123456789ab"
        assert len(screen.draft.at("agreed_by").value) == 2


async def test_a_quota_with_a_fault_opens_at_it_and_leads_back_to_the_list(opened: Open, folder: Path) -> None:
    put_beside(folder / "agreement.toml", '[quota]\nleast_per_week = "many"\n')
    async with opened(folder) as pilot:
        assert "! line 2: least_per_week must be a whole number" in await listed(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, FaultsScreen)
        await pilot.press("q")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Quotas)


async def test_a_quota_that_is_there_already_is_not_written_over(opened: Open, folder: Path) -> None:
    file = put_beside(folder / "agreement.toml", "nonsense")
    async with opened(folder) as pilot:
        await listed(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert "there is a quota of this name already" in shown(pilot)
    assert file.read_text("utf-8") == "nonsense"


async def test_a_quota_is_taken_away_once_that_is_meant(opened: Open, folder: Path, first: Path) -> None:
    async with opened(folder) as pilot:
        await listed(pilot)
        await pilot.press("delete", "k")
        await settled(pilot)
        assert first.exists()
        await pilot.press("delete", "r")
        await settled(pilot)
        assert not first.exists()
        assert "a copy is in" in shown(pilot)
        assert "No quota yet." in shown(pilot)


async def test_quitting_saves_the_quota_and_the_agreement_below_it(opened: Open, folder: Path, first: Path) -> None:
    async with opened(folder) as pilot:
        agreement = cast("Draft[Agreement]", drafting(pilot).draft)
        await listed(pilot)
        await pilot.press("enter")
        await settled(pilot)
        held = cast("Draft[Quota]", drafting_quota(pilot).draft)
        held.change(Put("quota.least_per_week", 31))
        agreement.change(Put("agreement.title", "Ours"))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not pilot.app.is_running)
    assert "least_per_week = 31" in first.read_text("utf-8")
    assert 'title = "Ours"' in (folder / "agreement.toml").read_text("utf-8")


async def test_two_who_write_one_quota_both_have_their_say(opened: Open, first: Path) -> None:
    async with opened(first) as pilot:
        screen = drafting_quota(pilot)
        first.write_text(WRITTEN.replace("reps = 4", "reps = 5"), "utf-8")
        screen.draft.change(Put("quota.least_per_week", 31))
        assert screen.draft.flush().saving is Saving.SAVED
        assert screen.draft.at("capacity.reps").value == 5
    assert "reps = 5" in first.read_text("utf-8")
    assert "least_per_week = 31" in first.read_text("utf-8")


@pytest.mark.parametrize("width", [20, 40, 53, 76, 96])
def test_the_picture_fits_its_room_and_says_the_same_in_any(width: int) -> None:
    drawn = pictures.picture(quota(), agreed_on(), width)
    lines = drawn.plain.splitlines()
    assert [word for word in ("3 334", "3 467", "31", "374 400") if word not in drawn.plain] == []
    if width >= 53:
        assert max(map(len, lines[:13])) <= width


def test_a_quota_with_nothing_in_it_is_a_picture_of_what_is_to_be_asked() -> None:
    words = pictures.picture(Quota(), None, 60).plain
    assert "not known" in words
    assert "█" not in words
    assert "○ No most a week yet; how many sales has the hours for is not known yet." in words


def test_bars_are_as_long_as_their_numbers_and_never_nothing_for_something() -> None:
    lines = pictures.picture(quota(), agreed_on(), 96).plain.splitlines()
    lengths = {
        line[2:16].strip(): sum(line.count(one) for one in "█▏▎▍▌▋▊▉") for line in lines if "█" in line or "▌" in line
    }
    assert lengths["Leads"] > lengths["MQLs"] > lengths["SQLs"] > lengths["Opportunities"] >= lengths["Won deals"] == 1


def test_where_a_number_comes_from_stands_beside_it() -> None:
    held = quota(sources={"funnel": {"kind": "example"}, "funnel.win_rate": {"kind": "measured", "note": "CRM\x1b[2J"}})
    words = pictures.picture(held, agreed_on(), 96).plain
    assert "↓ 15 %  ~ example" in words
    assert "↓ 25 %  measured: CRM" in words
    assert "\x1b" not in words
    assert "source not said" in pictures.picture(quota(sources=None), agreed_on(), 96).plain


def test_sums_in_two_currencies_are_shown_with_both() -> None:
    words = pictures.picture(quota(funnel={"average_deal": "12 000 EUR"}), agreed_on(), 96).plain
    assert "360 000 USD" in words
    assert "374 400 EUR" in words


async def test_esc_in_the_outline_of_a_quota_closes_it_and_a_number_can_say_where_it_is_from(
    opened: Open, folder: Path, first: Path
) -> None:
    async with opened(folder) as pilot:
        await listed(pilot)
        await pilot.press("enter")
        await settled(pilot)
        screen = drafting_quota(pilot)
        screen.go("capacity.reps")
        screen.form.focus()
        await pilot.pause()
        assert "source not said: m says it" in page(pilot)
        await pilot.press("m", "tab")
        await typed(pilot, "staff list\n")
        assert "measured: staff list" in page(pilot)
        await pilot.press("escape", "escape")
        await settled(pilot)
        quotas(pilot)
