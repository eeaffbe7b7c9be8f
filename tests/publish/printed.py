"""Documents to print in tests, and what other programs read in the result."""

from __future__ import annotations

import io
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import Block, Clause, Document, Heading, Signer, plain
from sla_tui.publish.pdf import render
from sla_tui.workshop.beside import known_beside
from sla_tui.workshop.documents import composed

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind" / "agreement.toml"
FINGERPRINT = "0123456789abcdef" * 4


def agreement(toml: str) -> Agreement:
    return Agreement.model_validate(tomllib.loads(toml))


def northwind() -> Agreement:
    return agreement(NORTHWIND.read_text("utf-8"))


def with_all_beside() -> bytes:
    """Northwind printed as the program does: its quotas as annexes, its terms inside, what is open on a certain day."""
    known = known_beside(NORTHWIND, date(2027, 6, 1))
    return render(composed(northwind(), NORTHWIND, known=known))


def signer(id_: str = "ana", name: str = "Ana Ruiz", party: str = "Sales") -> Signer:
    return Signer(id_, party, "Northwind Traders", name, "VP Sales")


def document(*blocks: Block, **more: Any) -> Document:
    said: dict[str, Any] = {
        "title": "Service Level Agreement",
        "organization": "Northwind Traders",
        "version": "1.0",
        "status": "draft",
        "fingerprint": FINGERPRINT,
        "day": date(2027, 1, 1),
        "final": False,
        "blocks": blocks,
        "signing": Heading("Signatures", "9"),
        "signing_words": (Clause(plain("Those who sign agree."), "9.1"),),
        "signers": (signer(), signer("mara", "Mara Lindqvist", "Marketing")),
    }
    return Document(**(said | more))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def texts(pdf: bytes) -> list[str]:
    """What each page says, as another program extracts it."""
    return [page.extract_text() for page in read(pdf).pages]


def squeezed(text: str) -> str:
    """Text without white space, for where lines break is not what is asked."""
    return "".join(text.split())
