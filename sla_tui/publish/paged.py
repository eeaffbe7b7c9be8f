"""What is known of a file with pages once it is made: how many they are, and what begins on which."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """A heading and the page it stands on; ``level`` 0 is a section or an annex, 1 a part of one."""

    number: str
    text: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class Paged:
    """A file as its bytes, the number of its pages, and its headings in their order."""

    data: bytes
    pages: int
    outline: tuple[Listed, ...] = ()
