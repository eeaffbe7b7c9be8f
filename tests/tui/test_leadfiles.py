"""What the board does about the files behind it: columns mapped, and people masked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList

from sla_tui.record.state import state_home
from sla_tui.scoring.personal import MASKED, is_personal, without_names
from sla_tui.tui.board.choose import ChooseLeads
from sla_tui.tui.board.flips import Flips
from sla_tui.tui.board.leftout import LeftOut
from sla_tui.tui.board.mapping import MapColumns, PickColumn, PickUnknown, values_of
from sla_tui.tui.board.why import LeadCard
from sla_tui.tui.board.words import at_the_board
from sla_tui.tui.dialogs.confirm import Confirm
from sla_tui.workshop.mapping import Seen
from tests.tui.conftest import shown, until
from tests.tui.test_board import TINY, boarded, said  # noqa: F401

LEADS = (
    "Email,Land,visits,phone,won\nann@b.example,US,3,+41 44 123 45 67,yes\nbob@c.example,-,0,,no\n"
    "bob@c.example,US,1,,no\n"
)


async def test_a_name_without_a_column_is_given_one_and_remembered(
    tmp_path: Path,
    boarded: Any,  # noqa: F811
) -> None:
    (tmp_path / "agreement.toml").write_text(TINY, "utf-8")
    (tmp_path / "leads.csv").write_text(LEADS, "utf-8")
    (tmp_path / "leads.toml").write_text('id = "Email" # who\n', "utf-8")
    async with boarded(tmp_path) as pilot:
        await until(pilot, lambda: "1 name finds no column: F8" in said(pilot))
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapColumns))
        assert "country → ! nothing yet" in said(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickColumn))
        assert "ann@" not in shown(pilot)
        assert "US, -" in said(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "country → Land" in said(pilot))
        listed = pilot.app.screen.query_one(OptionList)
        listed.highlighted = listed.get_option_index("unknown")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickUnknown))
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapColumns))
        await pilot.press("w")
        await until(pilot, lambda: "At 10, sales gets 1 of 2 leads" in said(pilot))
        text = (tmp_path / "leads.toml").read_text("utf-8")
        assert text.startswith('id = "Email" # who')
        written = tomllib.loads(text)
        assert (written["names"], written["unknown"]) == ({"country": "Land"}, ["-"])


async def test_who_the_leads_are_is_masked_until_a_key_shows_it(tmp_path: Path, boarded: Any) -> None:  # noqa: F811
    (tmp_path / "agreement.toml").write_text(TINY.replace('field = "country"', 'field = "Land"'), "utf-8")
    (tmp_path / "leads.csv").write_text(LEADS, "utf-8")
    (tmp_path / "leads.toml").write_text('id = "Email"\n', "utf-8")
    async with boarded(tmp_path) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: f"{MASKED} 1" in shown(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LeadCard))
        assert "@" not in shown(pilot)
        assert "123 45" not in shown(pilot)
        await pilot.press("escape", "f7", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LeadCard))
        assert "+41 44 123 45 67" in shown(pilot)
        await pilot.press("escape")
        assert "names shown: F7" in said(pilot)
        assert "ann@b.example" in said(pilot)
        await pilot.press("f7", "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, LeftOut))
        assert f"repeats the id '{MASKED}' of line 3" in said(pilot)
        await pilot.press("escape")
        assert "names shown" not in said(pilot)
        assert "@" not in shown(pilot)
        await pilot.press("s", "2", "0", "enter", "f")
        await until(pilot, lambda: isinstance(pilot.app.screen, Flips))
        assert f"out {MASKED} 1" in said(pilot)
        assert "@" not in shown(pilot)


@pytest.mark.parametrize(
    ("header", "text", "personal"),
    [
        ("First Name", "Ann", True),
        ("E-Mail", "x", True),
        ("note", "call +41 44 123 45 67", True),
        ("note", "ask ann@b.example", True),
        ("Do Not Email", "No", False),
        ("Company Name", "ACME", False),
        ("visits", "12", False),
        ("note", "(044) 123 45 67", True),
        ("note", "555-123-4567", True),
        ("lead_id", "1124755", False),
        ("created", "2020-04-30 08:05:11.000", False),
        ("created", "30.04.2020 08:05", False),
        ("Prospect ID", "7927b2df-8bba-4d29-b9a2-b6e0beafc620", False),
    ],
)
def test_cells_that_name_or_reach_a_person_are_known_by_header_or_look(header: str, text: str, personal: bool) -> None:
    assert is_personal(header, text) is personal
    assert (values_of(Seen(header, ((text, 1),))) == MASKED) is personal


def test_words_around_an_address_stay() -> None:
    assert without_names("line 3 repeats 'ann@b.example' of line 2") == f"line 3 repeats '{MASKED}' of line 2"
    assert without_names("repeats the id 'Ann Lee' of line 2", "Full name") == f"repeats the id '{MASKED}' of line 2"
    assert without_names('First name is not a number: "O\'Neill"') == f"First name is not a number: '{MASKED}'"
    assert without_names("opens is negative: '-12'") == "opens is negative: '-12'"


async def test_leads_of_another_file_are_kept_beside_the_agreement_without_who_they_are(
    tmp_path: Path,
    boarded: Any,  # noqa: F811
) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "agreement.toml").write_text(TINY.replace('field = "country"', 'field = "Land"'), "utf-8")
    (folder / "leads.csv").write_text("Nr,Land,visits,won\n1,US,1,yes\n", "utf-8")
    (folder / "leads.toml").write_text('leads = "leads.csv"\nid = "Nr"\noutcome = "won"\n', "utf-8")
    (tmp_path / "export.csv").write_text(LEADS.replace("won", "gained"), "utf-8")
    async with boarded(folder) as pilot:
        await until(pilot, lambda: "1 lead from leads.csv" in said(pilot))
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseLeads))
        await pilot.press("tab", *"../export.csv", "enter")
        await until(pilot, lambda: "from export.csv" in said(pilot))
        assert "export.csv has no 'Nr', so what it says of that is left aside; F8 says" in said(pilot)
        await pilot.press("I")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert "Write over leads.csv" in said(pilot)
        await pilot.press("o")
        await until(pilot, lambda: "Every lead scores as before" in said(pilot))
        assert "Left out: Email, phone, gained." in said(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "leads from leads.csv" in said(pilot))
        written = (folder / "leads.csv").read_text("utf-8")
        assert written.startswith("id,Land,visits\nL")
        assert "@" not in written
        assert tomllib.loads((folder / "leads.toml").read_text("utf-8")) == {"leads": "leads.csv", "id": "id"}
        state = [path.read_text("utf-8") for path in state_home().rglob("*") if path.is_file()]
        assert state
        assert not [one for one in state if "ann@" in one]


@pytest.mark.parametrize(
    ("said_", "here"),
    [
        ('say which in leads.toml, as in [log] dates = "day first" or "month first"', "say which with F8"),
        ('say which in leads.toml: [names] "a" = the column, or [activities] "a" = the activity', "say which with F8"),
        ("check its spelling, or say in leads.toml under [activities] what it is", "… or say with F8 what it is"),
        ("give an activity log with --activity, or leave it open", "give an activity log with o, or leave it open"),
    ],
)
def test_on_the_board_what_to_do_is_said_by_its_keys(said_: str, here: str) -> None:
    assert at_the_board(said_).endswith(here.removeprefix("… "))
