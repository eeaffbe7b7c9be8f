"""A file that is no agreement: its faults and its text, read-only, until it is mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_tui.tui.app import SlaTui
from sla_tui.tui.drafting.screen import Drafting
from sla_tui.tui.editor import command
from sla_tui.tui.faults import FaultsScreen
from sla_tui.tui.source import Source, lines_of
from tests.tui.conftest import SMALL, Room, settled, shown

BROKEN = '[agreement]\ntitel = "SLA"\nstarts = "soon"\n' + "# more\n" * 60 + "[objective]\npurpose = 5\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    (tmp_path / "agreement.toml").write_text(BROKEN, "utf-8")
    return tmp_path


async def faults(pilot: Room) -> FaultsScreen:
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, FaultsScreen)
    return screen


async def test_every_fault_is_listed_with_line_and_column_and_what_to_do(broken: Path) -> None:
    async with SlaTui(path=broken).run_test(size=(80, 24)) as pilot:
        await faults(pilot)
        lines = shown(pilot).splitlines()
        assert any("3 things are wrong" in line for line in lines)
        assert any("2:1" in line and 'unknown key "titel"' in line for line in lines)
        assert any("65:11" in line for line in lines)
        assert any('did you mean "title"?' in line for line in lines)


async def test_the_text_follows_the_fault_in_hand(broken: Path) -> None:
    async with SlaTui(path=broken).run_test(size=(80, 24)) as pilot:
        await faults(pilot)
        assert any(line.startswith("›  2 titel") for line in shown(pilot).splitlines())
        await pilot.press("end")
        await pilot.pause()
        assert any(line.startswith("› 65 purpose = 5") for line in shown(pilot).splitlines())
        await pilot.press("enter", "up", "up")
        assert isinstance(pilot.app.focused, Source)
        await pilot.press("escape")
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "faults"


async def test_reading_again_opens_the_workshop_once_it_is_mended(broken: Path) -> None:
    file = broken / "agreement.toml"
    async with SlaTui(path=broken).run_test(size=(80, 24)) as pilot:
        await faults(pilot)
        file.write_text(BROKEN.replace("titel", "title"), "utf-8")
        await pilot.press("r")
        screen = await faults(pilot)
        assert len(screen.faults) == 2
        file.write_text(SMALL, "utf-8")
        await pilot.press("r")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Drafting)


async def test_nothing_is_written(broken: Path) -> None:
    async with SlaTui(path=broken).run_test(size=(80, 24)) as pilot:
        await faults(pilot)
        await pilot.press("j", "enter", "x", "d", "escape", "q")
        await pilot.pause()
    assert (broken / "agreement.toml").read_text("utf-8") == BROKEN
    assert [path.name for path in broken.iterdir()] == ["agreement.toml"]


async def test_a_file_that_is_gone_when_read_again_is_said(broken: Path) -> None:
    async with SlaTui(path=broken).run_test(size=(80, 24)) as pilot:
        await faults(pilot)
        (broken / "agreement.toml").unlink()
        await pilot.press("r")
        await faults(pilot)
        assert "there is no such file" in shown(pilot)


async def test_bytes_that_are_no_text_and_controls_are_shown_harmlessly(tmp_path: Path) -> None:
    (tmp_path / "agreement.toml").write_bytes(b'a = "caf\xe9 \x1b[31mred\x07 \xe2\x80\xae[b]x[/b]"\n')
    async with SlaTui(path=tmp_path).run_test(size=(80, 24)) as pilot:
        await faults(pilot)
        assert "caf� ␛[31mred␇ ·[b]x[/b]" in shown(pilot)
        assert "\x1b" not in shown(pilot)
        assert "is not UTF-8 text" in shown(pilot)


async def test_a_fault_far_along_a_long_line_is_brought_into_view(tmp_path: Path) -> None:
    (tmp_path / "agreement.toml").write_text(f'[objective]\npurpose = "{"x" * 600}" mark\n', "utf-8")
    async with SlaTui(path=tmp_path).run_test(size=(80, 24)) as pilot:
        screen = await faults(pilot)
        assert screen.fault.place.column > 600
        line = next(line for line in shown(pilot).splitlines() if line.startswith("› 2 "))
        assert "mark" in line
        await pilot.press("enter", *["left"] * 60)
        await pilot.pause()
        assert "› 2 purpose" in shown(pilot)


async def test_five_megabytes_are_shown_at_their_fault(tmp_path: Path) -> None:
    text = "# padding padding padding padding padding padding\n" * 100_000
    (tmp_path / "agreement.toml").write_text(f"{text}here is no TOML\n", "utf-8")
    async with SlaTui(path=tmp_path).run_test(size=(80, 24)) as pilot:
        await faults(pilot)
        assert "› 100001 here is no TOML" in shown(pilot)


def test_a_file_that_cannot_be_read_has_no_lines(tmp_path: Path) -> None:
    assert lines_of(tmp_path / "none") == []


async def test_without_an_editor_it_says_so(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with SlaTui(path=broken).run_test(size=(80, 24)) as pilot:
        await faults(pilot)
        await pilot.press("e")
        await pilot.pause()
        assert "set VISUAL or EDITOR" in shown(pilot)


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["vim", "+7", "FILE"]),
        ("/usr/bin/nano -w", ["/usr/bin/nano", "-w", "+7", "FILE"]),
        ("hx", ["hx", "FILE:7:3"]),
        ("code", ["code", "--wait", "--goto", "FILE:7:3"]),
        ("code -w", ["code", "-w", "--goto", "FILE:7:3"]),
        ("notepad", ["notepad", "FILE"]),
    ],
)
def test_editors_are_opened_at_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: str, words: list[str]
) -> None:
    file = tmp_path / "agreement.toml"
    monkeypatch.setenv("VISUAL", editor)
    assert command(file, 7, 3) == [word.replace("FILE", str(file)) for word in words]
