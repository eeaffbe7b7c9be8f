"""The pages of a PDF as pictures in the terminal, where it shows pictures; else what would be needed.

Kitty's graphics protocol and iTerm2's inline images are spoken. Both take a picture as text, so that nothing of a
page but its pixels ever reaches the terminal.
"""

from __future__ import annotations

import base64
import io
import os
import re
import select
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.cells import set_cell_size

from sla_tui.agreement.text import clean_line
from sla_tui.publish.paged import Listed, Paged

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument
    from textual.app import App

Way = Literal["kitty", "iterm"]
Move = Literal["next", "before", "first", "last", "leave"]

_KNOWN = "kitty, Ghostty, WezTerm or iTerm2"
_CHUNK = 4096
"""The most characters of a picture that kitty takes at once."""
_CELL = (10, 20)
"""The pixels of a character where the terminal does not say."""
_MOST = 2400
"""The most pixels a page is drawn with on its longer side."""
_ALONE = 0.05
"""Seconds after which Esc is a key of its own and not the beginning of another."""
_LOOK = 0.5
"""Seconds between two looks at whether the window has another size."""
_BEGIN = b"\x1b[?1049h\x1b[?25l"
_END = b"\x1b[2J\x1b[?25h\x1b[?1049l"
_CLEAR: dict[Way, bytes] = {"kitty": b"\x1b_Ga=d,d=A,q=2\x1b\\\x1b[2J\x1b[H", "iterm": b"\x1b[2J\x1b[H"}
_KEY = re.compile(rb"\x1b_.*?\x1b\\|\x1b[\[O][0-9;]*[A-Za-z~]|.", re.DOTALL)
_MOVES: dict[bytes, Move] = {
    **dict.fromkeys((b"\x1b[C", b"\x1bOC", b"\x1b[B", b"\x1bOB", b"\x1b[6~", b" ", b"\r", b"n", b"l", b"j"), "next"),
    **dict.fromkeys((b"\x1b[D", b"\x1bOD", b"\x1b[A", b"\x1bOA", b"\x1b[5~", b"\x7f", b"b", b"h", b"k"), "before"),
    **dict.fromkeys((b"\x1b[H", b"\x1bOH", b"\x1b[1~", b"g"), "first"),
    **dict.fromkeys((b"\x1b[F", b"\x1bOF", b"\x1b[4~", b"G"), "last"),
    **dict.fromkeys((b"q", b"p", b"\x1b", b"\x03", b"\x04", b""), "leave"),
}


class Window(NamedTuple):
    """A terminal's size in characters and in pixels."""

    columns: int
    rows: int
    wide: int
    tall: int


def way(environ: Mapping[str, str]) -> Way | None:
    """How the terminal that an environment tells of takes pictures; None where it is not known to.

    tmux and screen stand between and let no picture through unless told to, which they do not tell.
    """
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    if _between(environ):
        return None
    if program in ("iTerm.app", "WezTerm") or environ.get("LC_TERMINAL") == "iTerm2":
        return "iterm"
    if term in ("xterm-kitty", "xterm-ghostty") or program == "ghostty" or environ.get("KITTY_WINDOW_ID"):
        return "kitty"
    return None


def _between(environ: Mapping[str, str]) -> str:
    term = environ.get("TERM", "")
    if environ.get("TMUX") or term.startswith("tmux"):
        return "tmux"
    return "screen" if environ.get("STY") or term.startswith("screen") else ""


def needed(environ: Mapping[str, str] = os.environ) -> str:
    """What it would take to see pages here, in words; empty where they can be seen."""
    if sys.platform == "win32" or not (way(environ) or _between(environ)):
        return f"a terminal such as {_KNOWN}"
    if between := _between(environ):
        return f"{_KNOWN}, without {between}"
    return "" if find_spec("pypdfium2") else 'pip install "sla-tui[preview]"'


def show(app: App[object], made: Paged) -> str:
    """Shows the pages of ``made`` in place of ``app`` until the user has seen enough; what went wrong, or nothing."""
    import termios

    from textual.app import SuspendNotSupported

    taken = way(os.environ)
    if taken is None or needed():
        return f"To see pages here: {needed()}."
    try:
        from pypdfium2 import PdfiumError
    except (ImportError, OSError):
        return "pypdfium2, which draws pages, cannot be loaded here: install it anew."
    try:
        with app.suspend():
            handle = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
            try:
                browse(made, handle, taken)
            finally:
                os.close(handle)
    except (SuspendNotSupported, PdfiumError, OSError, termios.error):
        return "Pages cannot be shown in this terminal."
    return ""


def browse(made: Paged, handle: int, taken: Way) -> None:
    """Shows page after page on the terminal open at ``handle`` and follows its keys, until one of them leaves."""
    import termios
    import tty

    from pypdfium2 import PdfDocument

    before = termios.tcgetattr(handle)
    document = PdfDocument(made.data)
    try:
        document.init_forms()
        tty.setraw(handle)
        _write(handle, _BEGIN)
        _turn(document, made, handle, taken)
    finally:
        _write(handle, _CLEAR[taken] + _END)
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
        document.close()


def _turn(document: PdfDocument, made: Paged, handle: int, taken: Way) -> None:
    page, drawn = 1, (0, window(handle))
    while True:
        wanted = (page, window(handle))
        if wanted != drawn:
            drawn = wanted
            _write(handle, _CLEAR[taken] + picture(document, page, drawn[1], taken) + _told(made, page, drawn[1]))
        for move in moves(handle):
            match move:
                case "leave":
                    return
                case "next":
                    page = min(page + 1, made.pages)
                case "before":
                    page = max(page - 1, 1)
                case "first":
                    page = 1
                case "last":
                    page = made.pages


def window(handle: int) -> Window:
    """The size of the terminal; where it does not tell its pixels they are guessed."""
    import fcntl
    import termios

    rows, columns, wide, tall = struct.unpack("HHHH", fcntl.ioctl(handle, termios.TIOCGWINSZ, bytes(8)))
    rows, columns = rows or 24, columns or 80
    return Window(columns, rows, wide or columns * _CELL[0], tall or rows * _CELL[1])


def moves(handle: int) -> Iterator[Move]:
    """What the keys pressed by now ask for; none when none is pressed for a while."""
    if not select.select([handle], [], [], _LOOK)[0]:
        return
    pressed = os.read(handle, 1024)
    if pressed.endswith(b"\x1b") and select.select([handle], [], [], _ALONE)[0]:
        pressed += os.read(handle, 1024)
    for key in _KEY.findall(pressed) or [b""]:
        if move := _MOVES.get(key):
            yield move


def picture(document: PdfDocument, page: int, size: Window, taken: Way) -> bytes:
    """What shows a page in the middle of the window, as large as fits above the last line."""
    drawn = document[page - 1]
    wide, tall = drawn.get_size()
    cell_wide, cell_tall = size.wide / size.columns, size.tall / size.rows
    rows = max(size.rows - 1, 1)
    scale = min(size.wide / wide, rows * cell_tall / tall)
    upright = rows * cell_tall / tall <= size.wide / wide
    left = max(int((size.wide - wide * scale) / 2 / cell_wide), 0)
    held = io.BytesIO()
    drawn.render(scale=min(scale, _MOST / max(wide, tall))).to_pil().save(held, "PNG", compress_level=3)
    drawn.close()
    place = f"\x1b[1;{left + 1}H".encode()
    cells = rows if upright else size.columns
    return place + (_kitty if taken == "kitty" else _iterm)(held.getvalue(), upright, cells)


def _kitty(data: bytes, upright: bool, cells: int) -> bytes:
    """A picture so many rows high, or columns wide; quiet, as an answer would be taken for keys."""
    text = base64.b64encode(data)
    parts = [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)]
    first = f"a=T,f=100,C=1,{'r' if upright else 'c'}={cells},"
    said: list[bytes] = []
    for at, part in enumerate(parts):
        head = f"{first if not at else ''}q=2,m={int(at + 1 < len(parts))};"
        said.append(b"\x1b_G" + head.encode() + part + b"\x1b\\")
    return b"".join(said)


def _iterm(data: bytes, upright: bool, cells: int) -> bytes:
    sides = f"{'height' if upright else 'width'}={cells};{'width' if upright else 'height'}=auto"
    head = f"\x1b]1337;File=inline=1;size={len(data)};{sides};preserveAspectRatio=1:"
    return head.encode() + base64.b64encode(data) + b"\x07"


def _told(made: Paged, page: int, size: Window) -> bytes:
    """The last line: the page, what stands on it, the keys."""
    keys = "←/→ pages  q back "
    count = f" page {page} of {made.pages}"
    room = size.columns - len(keys) - len(count)
    said = set_cell_size(f"  {_on(made.outline, page)}", room) if room > 0 else ""
    line = f"{count}{said}{keys if room > 0 else ''}"[: size.columns]
    return f"\x1b[{size.rows};1H\x1b[7m{line}\x1b[0m".encode()


def _on(outline: Sequence[Listed], page: int) -> str:
    """What a page begins with: the first heading on it, or the last before it."""
    listed = next((one for one in outline if one.page == page), None)
    listed = listed or next((one for one in reversed(outline) if one.page < page), None)
    return clean_line(f"{listed.number} {listed.text}".strip()) if listed else ""


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
