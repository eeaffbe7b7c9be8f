"""Printing: text of files and leads as harmless text, JSON as one document, colour only where it is wanted."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_tui.agreement.errors import Place

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def harmless(text: str) -> str:
    """Text without anything a terminal would act on; tabs and line ends stay."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str) -> None:
    """Prints text on standard output."""
    click.echo(harmless(text))


def warn(text: str) -> None:
    """Prints text on standard error."""
    click.echo(harmless(text), err=True)


def say_json(document: Any) -> None:
    """Prints one JSON document and nothing else."""
    import json

    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    click.echo(_CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def say_finding(place: Place, severity: str, key: str, message: str, fix: str = "", *, err: bool = False) -> None:
    """Prints one finding as ``FILE:LINE:COL: severity: KEY: message; fix``."""
    stream = sys.stderr if err else sys.stdout
    plain = bool(os.environ.get("NO_COLOR")) or not stream.isatty()
    word = severity if plain else click.style(severity, fg=_COLOURS.get(severity), bold=severity == "error")
    said = f"{key}: {message}" if key and key not in message else message
    said = f"{said}; {fix}" if fix else said
    click.echo(f"{harmless(str(place))}: {word}: {harmless(one_line(said))}", err=err)


_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


def one_line(text: str) -> str:
    """Text with its line ends as spaces."""
    return " ".join(text.split("\n")) if "\n" in text else text


def aligned(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows as lines whose columns stand below each other."""
    held = list(rows)
    widths = [max(map(_cells, column)) for column in zip(*held, strict=True)]
    return [
        "  ".join(f"{one}{' ' * (width - _cells(one))}" for one, width in zip(row, widths, strict=True)).rstrip()
        for row in held
    ]


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def counted(number: int, word: str) -> str:
    """``no errors``, ``1 error``, ``2 errors``."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


class Progress:
    """One line on a terminal's standard error that says how far it is, gone in the end."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def at(self, share: float, what: str) -> None:
        """Says how much is done, of 1, and what is being done."""
        if self._shown:
            click.echo(f"\r\033[K{100 * share:3.0f} %  {what} …", nl=False, err=True)

    def doing(self, what: str) -> None:
        """Says what is being done."""
        if self._shown:
            click.echo(f"\r\033[K{what} …", nl=False, err=True)

    def gone(self) -> None:
        """Takes the line away."""
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)
