"""How the pages look: one place for colours, sizes and distances, all in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

MM: Final = 72 / 25.4
Paper = Literal["a4", "letter"]
PAPERS: Final[dict[Paper, tuple[float, float]]] = {"a4": (210 * MM, 297 * MM), "letter": (612.0, 792.0)}

SERIF: Final = "AgreementSerif-Regular"
SERIF_STRONG: Final = "AgreementSerif-SemiBold"
SERIF_EMPHASIS: Final = "AgreementSerif-Italic"
SANS: Final = "AgreementSans-Regular"
SANS_STRONG: Final = "AgreementSans-SemiBold"

INK: Final = "#14253D"
TEXT: Final = "#1B1F26"
LINK: Final = "#1F4E8C"
GREY: Final = "#5B6573"
GREY_TEXT: Final = "#3E4651"
RULE: Final = "#14253D"
HAIR: Final = "#C9D0D9"
DRAFT: Final = "#ECEEF1"

MARGIN: Final = 22 * MM
LARGE_MARGIN: Final = 14 * MM
"""Left and right in large print, where tables need the room."""
LARGE: Final = 1.6
"""How much larger everything is in large print."""
GUTTER: Final = 12 * MM
"""Left of the text column, where the numbers hang."""


@dataclass(frozen=True, slots=True)
class Style:
    """A face with its size and the distance from one baseline to the next."""

    font: str
    size: float
    leading: float
    colour: str = TEXT


BODY: Final = Style(SERIF, 9.5, 12.8)
DETAIL: Final = Style(SANS, 8.5, 11.3, GREY_TEXT)
CELL: Final = Style(SANS, 8.4, 10.8)
HANGING: Final = Style(SANS, 8.4, 10.8, GREY)
HEAD_CELL: Final = Style(SANS_STRONG, 7.8, 10, INK)
TITLE: Final = Style(SANS_STRONG, 27, 32, INK)
HEADING: Final = {1: Style(SANS_STRONG, 13, 16.5, INK), 2: Style(SANS_STRONG, 10.5, 14, INK)}
CONTENTS: Final = Style(SANS, 9, 13.2)
LABEL: Final = Style(SANS, 8, 11, GREY)
ASIDE: Final = Style(SANS, 8.5, 11, GREY)
"""A word at the right end of a heading."""
RUNNING: Final = Style(SANS, 7.5, 10, GREY)
BULLET: Final = Style(SERIF, 9.5, 12.6)
BULLET_HANG: Final = 10.0
ORGANIZATION: Final = Style(SANS, 11, 15, GREY)
KEY_TERM: Final = Style(SANS_STRONG, 8.7, 11.9, INK)
KEY_ANSWER: Final = Style(SANS, 9.1, 11.9)
KEY_LABEL: Final = 34 * MM
MARK: Final = Style(SANS_STRONG, 170, 170, DRAFT)
SHOWN: Final = 12
"""Characters of a fingerprint that are shown."""
COVER_TOP: Final = 26 * MM
SUBTITLE: Final = Style(SANS, 11, 15, GREY)
NUMBER: Final = {BODY: Style(SANS, 8.5, 12.8, GREY), HEADING[1]: Style(SANS_STRONG, 13, 16.5, GREY)}
"""How the number of a paragraph in a style is set, where it differs."""
