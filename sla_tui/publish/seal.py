"""The mark by which an export is known again, and by which one that somebody has worked on since is told apart."""

from __future__ import annotations

import hashlib
import re
from typing import Literal

_SAYS = "sla-tui export sha256:"
BLANK = f"{_SAYS}{'0' * 64}"
"""What a renderer writes once, before all user text or at the very end of a zip file, for ``seal`` to fill in."""
_MARK = re.compile(_SAYS.encode() + rb"[0-9a-f]{64}")


def seal(data: bytes) -> bytes:
    """The bytes of a file with the digest of them in the place of the blank."""
    return _with_mark(data, f"{_SAYS}{_digest(data)}".encode())


def standing(data: bytes) -> Literal["whole", "changed", "strange"]:
    """Whether a file is an export as it was written, one changed since, or nothing of ours.

    Line ends that a version control system rewrote are no change.
    """
    mark = _mark(data)
    if mark is None:
        return "strange"
    return "whole" if mark[0].decode() == f"{_SAYS}{_digest(_with_mark(data, BLANK.encode()))}" else "changed"


def _mark(data: bytes) -> re.Match[bytes] | None:
    """The first mark of a text, for what comes behind it may say anything; in a zip file the one at its end."""
    if data.startswith(b"PK"):
        end = len(data) - len(BLANK)
        return _MARK.fullmatch(data, end) if end > 0 else None
    return _MARK.search(data)


def _with_mark(data: bytes, mark: bytes) -> bytes:
    found = _mark(data)
    return data[: found.start()] + mark + data[found.end() :] if found else data


def _digest(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
