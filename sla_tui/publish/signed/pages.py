"""What the pages of a PDF say of themselves: of which text they are, and which of how many."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

_FINGERPRINT = re.compile(r"fingerprint ([0-9a-f]{12,64})\b")
_NUMBER = re.compile(r"page (\d{1,6}) of (\d{1,6})\b")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the fingerprints on it, and the numbers it may have, each with that of all pages."""

    fingerprints: frozenset[str]
    numbers: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Printed:
    """What another program reads on the pages, and all of their words without white space.

    ``bodies`` are the words of each page without its headers and footers.
    """

    pages: tuple[Page, ...]
    words: str
    bodies: tuple[str, ...]

    def foreign(self, known: Container[str], shown: int) -> tuple[int, ...]:
        """The pages on which none of the ``known`` fingerprints stands, each cut to ``shown`` digits."""
        return tuple(
            at
            for at, page in enumerate(self.pages, 1)
            if not any(digits[:shown] in known for digits in page.fingerprints)
        )

    @property
    def told(self) -> int:
        """How many pages there are by what most of them say; 0 where none says it."""
        said = Counter(total for page in self.pages for total in {total for _, total in page.numbers})
        return said.most_common(1)[0][0] if said else 0

    @property
    def misplaced(self) -> tuple[int, ...]:
        """The pages that say they are another one than they are."""
        total = len(self.pages)
        return tuple(at for at, page in enumerate(self.pages, 1) if (at, total) not in page.numbers)


def printed(data: bytes) -> Printed:
    """Reads the pages. Raises whatever a damaged file makes its reader raise."""
    from pypdf import PdfReader

    texts = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]
    bodies = tuple(_body(text, at, len(texts)) for at, text in enumerate(texts, 1))
    return Printed(tuple(map(_page, texts)), _squeezed("".join(texts)), bodies)


def _body(text: str, at: int, total: int) -> str:
    """The words of a page behind its number, the last of what is drawn before its text."""
    return _squeezed(text.partition(f"page {at} of {total} ")[2] or text)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _page(text: str) -> Page:
    numbers = ((int(at), int(total)) for at, total in _NUMBER.findall(text))
    return Page(frozenset(_FINGERPRINT.findall(text)), frozenset(numbers))
