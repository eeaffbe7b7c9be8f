"""The one family of errors a user can cause: what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and in it a line and a column counted from 1 (0: not known)."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(part for part in parts if part)


class UserError(Exception):
    """Something a user can put right.

    ``message`` says what is wrong, ``remedy`` what to do, ``place`` where. Printed in one place by
    the command line and in one place by the screen; every other exception is a bug.
    """

    def __init__(self, message: str, remedy: str = "", place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.place = place or Place()

    def __str__(self) -> str:
        text = f"{self.message}; {self.remedy}" if self.remedy else self.message
        return f"{self.place}: {text}" if str(self.place) else text


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that makes a file invalid, with its KEY where it has one."""

    message: str
    fix: str = ""
    key: str = ""
    place: Place = Place()

    def __str__(self) -> str:
        text = f"{self.message}; {self.fix}" if self.fix else self.message
        return f"{self.place}: {text}" if str(self.place) else text


class InvalidFile(UserError):
    """A file that cannot be read as what it should be; ``faults`` holds every reason found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        super().__init__(first.message, first.fix, first.place)
        self.faults = faults
