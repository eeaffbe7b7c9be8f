"""Lines of thought as Markdown that says just what they say: whatever would be read as markup is escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from sla_tui.publish import linear
from sla_tui.publish.blocks import Run, Text
from sla_tui.publish.shown import shown

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}
"""Written as entities, for not every Markdown knows a backslash before these, nor everywhere."""
_SPECIAL = re.compile(r"[\\`*_{}\[\]#$~^@]|(?<!\d):(?=\S)|:(?=[^\s\d])|(?<=\w)\.(?=[^\W\d])|=(?==)")
"""What begins emphasis, code, a link, a formula, a note, a picture of a word, or turns a bare address into a link."""
_BEGINS = re.compile(r"[-+=:]|\d{1,9}(?=[.)])")
"""What makes a line a list, a heading or a rule where it stands at its beginning."""
_MARKS = {"strong": "**", "emphasis": "*", "open": "*"}

PARAGRAPH = "\\\n"
CELL = "<br>"


def escaped(words: str) -> str:
    """Words as Markdown for the inside of a line."""
    written = _SPECIAL.sub(r"\\\g<0>", shown(words))
    return "".join(_ENTITIES.get(char, char) for char in written)


def inline(said: Text, link: Callable[[Run], str], line_break: str = PARAGRAPH) -> str:
    """A line of thought; ``link`` gives the name of the heading that a run leads to."""
    written = ""
    runs = list(linear.joined(said))
    for at, run in enumerate(runs):
        rest = runs[at + 1].text[:1] if at + 1 < len(runs) else ""
        rows = run.text.split("\n")
        for number, row in enumerate(rows):
            written += "\n" if number else ""
            written += _row(row, run, link(run), written[-1:], "" if number + 1 < len(rows) else rest)
    lines = [line.strip() for line in written.split("\n")]
    begun = lines if line_break == CELL else map(_begun, lines)
    return line_break.join(line for line in begun if line)


def _row(row: str, run: Run, slug: str, before: str, after: str) -> str:
    """What a run says on one line; a mark is set tight around the words, or it would be read as text."""
    inner = row.strip()
    if not inner:
        return row
    at = row.index(inner)
    lead, tail = row[:at], row[at + len(inner) :]
    source = escaped(f"[{inner}]" if run.tone == "open" else inner)
    if slug:
        source = f"[{source}](#{slug})"
    mark = _MARKS.get(run.tone, "")
    if mark and _opens((before + lead)[-1:], source) and _closes(source, (tail + after)[:1]):
        source = f"{mark}{source}{mark}"
    return f"{lead}{source}{tail}"


def _opens(before: str, source: str) -> bool:
    return before != "*" and (not _mere(source[0]) or _apart(before))


def _closes(source: str, after: str) -> bool:
    return not _mere(source[-1]) or _apart(after)


def _apart(char: str) -> bool:
    return not char or char.isspace() or _mere(char)


def _mere(char: str) -> bool:
    """Whether a character is neither of a word nor a space, as Markdown's rules for emphasis ask."""
    return unicodedata.category(char)[0] in "PS"


def _begun(line: str) -> str:
    found = _BEGINS.match(line)
    if not found:
        return line
    at = found.end() if found[0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"
