"""Signatures: who signs, for which side."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, Prose, Side


class Signer(Item):
    """Somebody who signs."""

    name: Annotated[Line | None, Field(title="Name", description="Who signs?", examples=["Ana Ruiz"])] = None
    title: Annotated[
        Line | None, Field(title="Job title", description="What is their job title?", examples=["VP Sales"])
    ] = None
    party: Annotated[
        Side | None,
        Field(title="For", description="For which side? A witness signs for none.", examples=["sales"]),
        Ask(optional=True),
    ] = None


class Signatures(Part):
    """Who signs."""

    signers: Annotated[Items[Signer], Field(title="Signers", description="Who signs for each side?")] = ()
    notes: Annotated[
        Prose | None,
        Field(
            title="Notes",
            description="What should stand above the signatures?",
            examples=["An internal working agreement; it creates no claims in court."],
        ),
        Ask(optional=True),
    ] = None
