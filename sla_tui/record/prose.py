"""Text as TOML writes it over several lines: at its own line breaks, and where a line would be too long to read."""

from __future__ import annotations

import re
import tomllib

from sla_tui.record.markers import may_mark

LONGEST = 120
"""Characters of the longest line, as far as the words in it allow."""
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\", '"""': '""\\"'}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPED_OVER_LINES = re.compile(r'"""|[\\\x00-\x09\x0b-\x1f\x7f]')


def on_one_line(value: str) -> str:
    """The text between double quotes. Not by tomlkit, whose time grows with the square of the text's length."""
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04x}"


def over_lines(value: str, column: int | None = None) -> str:
    """The text between triple quotes, with line feeds only; empty where it stands, or can only stand, on one line.

    ``column`` is how much stands before it on the line of its key; without one its length does not matter.
    """
    breaks = "\n" in value.strip("\n")
    long = column is not None and column + len(on_one_line(value)) > LONGEST
    if not (breaks or long) or "\r" in value or may_mark(value):
        return ""
    lines = f'{_ESCAPED_OVER_LINES.sub(_escape, value)}"""'.split("\n")
    parts = lines if column is None else [part for line in lines for part in _cut(line)]
    if not breaks and len(parts) == 1 and len(parts[0]) > LONGEST:
        return ""
    text = "\n".join(('"""', *parts))
    return text if tomllib.loads(f"x = {text}")["x"] == value else ""


def _cut(line: str) -> list[str]:
    """A line as shorter ones that end with a backslash, but for the last; it swallows the space that follows it."""
    parts: list[str] = []
    while len(line) > LONGEST:
        at = line.rfind(" ", 1, LONGEST - 1)
        while at > 0 and line[at + 1] in " \t%":
            at = line.rfind(" ", 1, at)
        if at <= 0:
            break
        parts.append(f"{line[: at + 1]}\\")
        line = line[at + 1 :]
    return [*parts, line]
