"""What the pages of a PDF say of themselves: the fingerprints printed on each of them."""

from __future__ import annotations

import io
import re
from collections.abc import Container
from dataclasses import dataclass

_PRINTED = re.compile(r"fingerprint ([0-9a-f]{12,64})\b")


@dataclass(frozen=True, slots=True)
class Printed:
    """What another program reads on the pages: all words without white space, and the fingerprints on each page."""

    words: str
    fingerprints: tuple[frozenset[str], ...]

    def foreign(self, known: Container[str], shown: int) -> tuple[int, ...]:
        """The numbers of the pages on which none of the ``known`` fingerprints stands, each cut to ``shown`` digits."""
        return tuple(
            at for at, found in enumerate(self.fingerprints, 1) if not any(one[:shown] in known for one in found)
        )


def printed(data: bytes) -> Printed:
    """Reads the pages. Raises whatever a damaged file makes its reader raise."""
    from pypdf import PdfReader

    texts = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    spaced = [" ".join(text.split()) for text in texts]
    return Printed("".join("".join(texts).split()), tuple(frozenset(_PRINTED.findall(text)) for text in spaced))
