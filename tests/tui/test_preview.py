"""Pages as pictures in a terminal, and files handed to the system's viewer."""

from __future__ import annotations

import base64
import fcntl
import io
import os
import pty
import re
import select
import struct
import termios
import threading
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from sla_tui.publish.blocks import Clause, Document, Heading, plain
from sla_tui.publish.paged import Paged
from sla_tui.publish.pdf import paged
from sla_tui.tui import preview, viewer

KITTY = re.compile(rb"\x1b_G([^;\x1b]*);([^\x1b]*)\x1b\\")
ITERM = re.compile(rb"\x1b\]1337;File=([^:]*):([^\x07]*)\x07")


@pytest.fixture(scope="module")
def made() -> Paged:
    """Two sections that take more than a page each."""
    blocks = [
        block
        for title in ("Goals", "Escape\x1b[31m")
        for block in (Heading(title), *(Clause(plain("Win more of what we find. " * 20)) for _ in range(12)))
    ]
    return paged(Document("An agreement", "Northwind", "", "", "", date(2027, 1, 1), True, blocks=tuple(blocks)))


class Terminal:
    """A terminal of 80 by 24 characters in which pages are shown, and its keys."""

    def __init__(self, made: Paged, taken: preview.Way, pixels: tuple[int, int] = (0, 0)) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, *pixels))
        self.theirs, self.before = theirs, termios.tcgetattr(theirs)
        self.shown = threading.Thread(target=preview.browse, args=(made, theirs, taken), daemon=True)
        self.shown.start()

    def until(self, end: bytes) -> bytes:
        """All that is written up to ``end``."""
        held = b""
        while end not in held:
            assert select.select([self.ours], [], [], 20)[0], held[-200:]
            held += os.read(self.ours, 65536)
        return held

    def press(self, keys: bytes) -> None:
        """As the terminal would send them."""
        os.write(self.ours, keys)

    def left(self) -> bool:
        """Whether the pages are gone, and the terminal is as it was."""
        self.shown.join(20)
        as_before = termios.tcgetattr(self.theirs) == self.before
        os.close(self.ours)
        os.close(self.theirs)
        return as_before and not self.shown.is_alive()


def pixels(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def test_pages_are_turned_with_keys_and_the_terminal_is_as_before(made: Paged) -> None:
    terminal = Terminal(made, "kitty", (800, 960))
    first = terminal.until(b"\x1b[0m")
    parts = KITTY.findall(first)
    assert all(len(text) <= 4096 for _, text in parts)
    assert [b"m=1" in head for head, _ in parts] == [*[True] * (len(parts) - 1), False]
    assert all(b"q=2" in head for head, _ in parts), "an answer would be read as keys"
    page = pixels(base64.b64decode(b"".join(text for _, text in parts)))
    assert abs(page.height - 23 * 40) <= 1
    assert page.getextrema()[0] < 100, "there is nothing on it"
    assert f"page 1 of {made.pages}".encode() in first
    assert b"?1049h" in first
    terminal.press(b"\x1b[C\x1b[C")
    assert b"page 3 of" in terminal.until(b"\x1b[0m")
    terminal.press(b"\x1b[D")
    assert b"page 2 of" in (second := terminal.until(b"\x1b[0m"))
    assert b"Goals" in second
    terminal.press(b"G")
    last = terminal.until(b"\x1b[0m")
    assert f"page {made.pages} of".encode() in last
    assert b"\x1b[31m" not in last
    assert b"Escape" in last
    terminal.press(b"\x1b")
    assert b"?1049l" in terminal.until(b"?1049l")
    assert terminal.left()


def test_another_terminal_gets_them_as_it_takes_them(made: Paged) -> None:
    terminal = Terminal(made, "iterm")
    ((head, text),) = ITERM.findall(terminal.until(b"\x1b[0m"))
    data = base64.b64decode(text)
    assert head == f"inline=1;size={len(data)};height=23;width=auto;preserveAspectRatio=1".encode()
    page = pixels(data)
    assert page.height > page.width
    fcntl.ioctl(terminal.theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 20, 200, 800))
    ((head, _),) = ITERM.findall(terminal.until(b"\x1b[0m"))
    assert b";width=20;height=auto;" in head
    terminal.press(b"q")
    terminal.until(b"?1049l")
    assert terminal.left()


@pytest.mark.parametrize(
    ("environ", "way", "needed"),
    [
        ({"TERM": "xterm-kitty"}, "kitty", ""),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "kitty", ""),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "iterm", ""),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, "iterm", ""),
        ({"TERM": "xterm-256color"}, None, "a terminal such as kitty"),
        ({"TERM": "tmux-256color", "TMUX": "/x", "KITTY_WINDOW_ID": "1"}, None, "without tmux"),
        ({"TERM": "screen", "STY": "1", "TERM_PROGRAM": "iTerm.app"}, None, "without screen"),
    ],
)
def test_what_a_terminal_shows_is_known_by_its_names(environ: dict[str, str], way: str | None, needed: str) -> None:
    assert preview.way(environ) == way
    assert (needed in preview.needed(environ)) if needed else not preview.needed(environ)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "find_spec", lambda _: None)
    assert preview.needed({"TERM": "xterm-kitty"}) == 'pip install "sla-tui[preview]"'


def test_a_file_is_opened_by_the_system_or_it_is_said_why_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    file, desktop = tmp_path / "a.pdf", {"DISPLAY": ":0", "PATH": str(tmp_path)}
    assert "no desktop" in viewer.unopened(file, {"PATH": str(tmp_path)})
    assert "over ssh" in viewer.unopened(file, {"SSH_TTY": "/dev/pts/1", "PATH": str(tmp_path)})
    assert viewer.unopened(file, desktop) == "no program here opens files by their kind"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/asked\n', "utf-8")
    opener.chmod(0o755)
    assert viewer.unopened(file, desktop) == ""
    assert (tmp_path / "asked").read_text("utf-8") == f"{file}\n"
    opener.write_text("#!/bin/sh\nexit 3\n", "utf-8")
    assert viewer.unopened(file, desktop) == "the system knows no program that opens .pdf files"
