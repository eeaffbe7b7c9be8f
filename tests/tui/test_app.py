"""What holds on every screen: too small a window, settings, and how it ends, whatever ends it."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from textual.color import Color

from sla_tui.agreement.errors import UserError
from sla_tui.tui.app import SlaTui
from sla_tui.tui.cramped import Cramped
from sla_tui.tui.dialogs.findings import Findings
from sla_tui.tui.drafting.answer import Answer
from sla_tui.tui.drafting.screen import Drafting
from tests.tui.conftest import Open, Room, drafting, settled, shown, typed


def notices(pilot: Room) -> str:
    """What is said in passing, at the side."""
    return "\n".join(f"{notice.title} {notice.message}" for notice in pilot.app._notifications)


# -- the window


async def resize(pilot: Room, width: int, height: int) -> None:
    """Resizes the window; Textual tells its screens of it a moment later."""
    await pilot.resize_terminal(width, height)
    await pilot.pause(0.05)
    await settled(pilot)


async def test_a_window_too_small_says_how_large_it_must_be_and_everything_comes_back(
    folder: Path, opened: Open
) -> None:
    async with opened(folder) as pilot:
        drafting(pilot).go("objective.purpose")
        drafting(pilot).form.focus()
        await pilot.press("enter")
        await typed(pilot, "abc")
        before = shown(pilot).splitlines()[1:]
        await resize(pilot, 60, 10)
        assert "Needs 72 × 18; this window is 60 × 10." in shown(pilot)
        assert "Purpose" not in shown(pilot)
        await pilot.press("x", "y")
        await resize(pilot, 50, 12)
        assert "this window is 50 × 12." in shown(pilot)
        await resize(pilot, 80, 24)
        assert shown(pilot).splitlines()[1:] == before
        assert drafting(pilot).query_one(Answer).editing
        await typed(pilot, "d")
        assert drafting(pilot).draft.at("objective.purpose").value.endswith("abcd")


async def test_it_covers_dialogs_and_the_first_screen_too(folder: Path, opened: Open) -> None:
    async with opened(folder, size=(60, 10)) as pilot:
        await settled(pilot)
        assert isinstance(pilot.app.screen, Cramped)
        await resize(pilot, 80, 24)
        drafting(pilot)
        await pilot.press("f")
        await resize(pilot, 71, 24)
        assert isinstance(pilot.app.screen, Cramped)
        await resize(pilot, 72, 18)
        assert isinstance(pilot.app.screen, Findings)


# -- settings


async def test_a_theme_chosen_is_there_next_time_and_the_rest_of_the_file_stays(tmp_path: Path, config: Path) -> None:
    config.write_text('# mine\n[keymap]\n"draft.export" = "E"\n', "utf-8")
    async with SlaTui(folder=tmp_path).run_test() as pilot:
        assert pilot.app.theme == "sla-dark"
        pilot.app.theme = "sla-contrast"
        await pilot.pause()
    assert "# mine" in config.read_text("utf-8")
    assert tomllib.loads(config.read_text("utf-8")) == {"theme": "sla-contrast", "keymap": {"draft.export": "E"}}
    async with SlaTui(folder=tmp_path).run_test() as pilot:
        assert pilot.app.theme == "sla-contrast"


async def test_keys_can_be_changed(folder: Path, config: Path) -> None:
    config.write_text('[keymap]\ndraft.findings = "F"\n', "utf-8")
    async with SlaTui(path=folder).run_test() as pilot:
        await pilot.press("f")
        assert isinstance(pilot.app.screen, Drafting)
        await pilot.press("F")
        assert isinstance(pilot.app.screen, Findings)


@pytest.mark.parametrize(
    "text", ["theme = ", 'theme = "nonsense"', "theme = 3", 'colour = "red"', "[keymap]\nx = 1", "keymap = 3", "\x00"]
)
async def test_settings_that_are_wrong_are_said_and_everything_works(folder: Path, config: Path, text: str) -> None:
    config.write_text(text, "utf-8")
    async with SlaTui(path=folder).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "config.toml is not used as it stands" in notices(pilot)
        assert pilot.app.theme == "sla-dark"
        drafting(pilot)
    assert config.read_text("utf-8") == text


async def test_a_settings_folder_that_cannot_be_written_only_costs_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SLA_TUI_CONFIG", str(tmp_path / "file" / "below"))
    async with SlaTui(folder=tmp_path / "none").run_test(size=(100, 30)) as pilot:
        pilot.app.theme = "sla-light"
        await pilot.pause()
        assert "The theme is not remembered" in notices(pilot)
        assert pilot.app.theme == "sla-light"


def contrast(one: Color, other: Color) -> float:
    """WCAG 2.1's contrast ratio, from 1 to 21."""

    def luminance(color: Color) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["sla-dark", "sla-light", "sla-contrast"])
async def test_the_answer_at_the_cursor_and_its_label_can_be_read(folder: Path, theme: str) -> None:
    async with SlaTui(path=folder).run_test() as pilot:
        pilot.app.theme = theme
        await settled(pilot)
        for name in ("cursor", "label", "value", "open"):
            look = drafting(pilot).form._look(name)
            assert look.background is not None
            assert look.foreground is not None
            assert contrast(look.background + look.foreground, look.background) >= 4.5, name


async def test_without_colours_the_terminals_own_theme_is_not_used(
    tmp_path: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.write_text('theme = "ansi-dark"', "utf-8")
    async with SlaTui(folder=tmp_path).run_test() as pilot:
        assert pilot.app.theme == "ansi-dark"
    monkeypatch.setenv("NO_COLOR", "1")
    async with SlaTui(folder=tmp_path).run_test() as pilot:
        assert pilot.app.theme == "sla-dark"


# -- the end


async def test_an_agreement_that_is_not_there_ends_it_with_the_reason(tmp_path: Path) -> None:
    app = SlaTui(path=tmp_path / "none")
    async with app.run_test() as pilot:
        await pilot.pause()
    assert isinstance(app.failed, UserError)
    assert "there is no such file" in app.failed.message


PROGRAM = """
import sys
from sla_tui.cli import main
from sla_tui.tui.drafting.screen import Drafting

def broken(self):
    secret = "a secret in a variable"
    raise RuntimeError("a secret in a message")

Drafting.action_export = broken
sys.exit(main(sys.argv[1:]))
"""


class Terminal:
    """The program in a terminal of its own."""

    def __init__(self, *arguments: str) -> None:
        self._ours, theirs = pty.openpty()
        size = {"LINES": "24", "COLUMNS": "80", "TERM": "xterm-256color"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, **size},
        )
        os.close(theirs)
        self.said = ""

    def until(self, words: str) -> None:
        """Reads what is printed until ``words`` are among it."""
        while words not in self.said:
            ready, _, _ = select.select([self._ours], [], [], 30)
            assert ready, f"nothing more was printed, and no {words!r}: {self.said[-2000:]}"
            self._read()

    def _read(self) -> bool:
        try:
            data = os.read(self._ours, 65536)
        except OSError:
            return False
        self.said += data.decode("utf-8", "replace")
        return bool(data)

    def press(self, keys: str | bytes) -> None:
        os.write(self._ours, keys.encode() if isinstance(keys, str) else keys)

    def hang_up(self) -> None:
        """Closes the terminal, as closing its window does."""
        os.killpg(self.process.pid, signal.SIGHUP)
        os.close(self._ours)

    def ended(self) -> int:
        """Reads to the end; the exit code."""
        while self._read():
            pass
        os.close(self._ours)
        return self.process.wait(30)

    @property
    def after(self) -> str:
        """What was printed once the screen was gone."""
        return self.said.rpartition("\x1b[?1049l")[2]


def test_after_leaving_a_line_says_where_it_is_and_that_it_is_saved(folder: Path) -> None:
    terminal = Terminal("open", str(folder))
    terminal.until("next open")
    terminal.press("q")
    assert terminal.ended() == 0
    assert f"{folder / 'agreement.toml'}: saved" in terminal.after


def test_bytes_that_are_no_utf_8_neither_end_it_nor_cost_what_comes_after(folder: Path) -> None:
    terminal = Terminal("open", str(folder))
    terminal.until("next open")
    terminal.press(b"\x1b[200~\xfc\xff\x1b[201~")
    terminal.press("q")
    assert terminal.ended() == 0
    assert "Traceback" not in terminal.said
    assert f"{folder / 'agreement.toml'}: saved" in terminal.after


def test_a_bug_leaves_a_report_without_anybodys_text_and_no_traceback(folder: Path, state: Path) -> None:
    terminal = Terminal("open", str(folder))
    terminal.until("next open")
    terminal.press("e")
    assert terminal.ended() == 2
    assert "this is a bug in sla-tui (RuntimeError)" in terminal.after
    assert "Traceback" not in terminal.said
    assert "secret" not in terminal.said
    (report,) = (state / "crashes").iterdir()
    assert "RuntimeError" in report.read_text("utf-8")
    assert "in broken" in report.read_text("utf-8")
    assert "secret" not in report.read_text("utf-8")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_typed_is_on_disk_when_the_process_is_told_to_end(folder: Path, number: signal.Signals) -> None:
    terminal = Terminal("open", str(folder))
    terminal.until("next open")
    terminal.press("\r")
    terminal.until("leave")
    terminal.press("Z")
    terminal.until("Z")
    if number is signal.SIGHUP:
        terminal.hang_up()
        terminal.process.wait(30)
    else:
        terminal.process.send_signal(number)
        assert terminal.ended() == 128 + number
        assert "saved" in terminal.after
    assert "Z" in tomllib.loads((folder / "agreement.toml").read_text("utf-8"))["agreement"]["title"]
