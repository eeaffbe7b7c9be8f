"""Where an answer comes from: saying it, and how it is said."""

from __future__ import annotations

from sla_tui.agreement.examples import source_of, sources
from sla_tui.agreement.parts import Part
from sla_tui.agreement.paths import Put
from sla_tui.agreement.sources import Source
from sla_tui.agreement.text import clean_line

KINDS = (("measured", "measured"), ("agreed", "agreed"), ("example", "an example"), ("", "not said"))
"""What can be said of an answer, and how it reads; the last takes back what was said."""


def said(source: Source | None) -> str:
    """Where a number comes from: ``~ example``, ``measured: CRM, 2026``."""
    if source is None:
        return "source not said"
    kind = "~ example" if source.kind == "example" else source.kind
    return f"{kind}: {clean_line(source.note)}" if source.note else kind


def origin(part: Part, key: str) -> Source | None:
    """Where what stands at ``key`` comes from, as far as that is said of it or of what it lies in."""
    return source_of(sources(part), key)[1]


def remark(part: Part, key: str, kind: str, note: str) -> Put:
    """The change that says where the answers at ``key`` come from; without a ``kind`` nothing is said any more.

    Making it raises ``Refused`` for a note that is none.
    """
    held: dict[str, object] = {one: source for one, source in sources(part).items() if one != key}
    if kind:
        held[key] = {"kind": kind, **({"note": line} if (line := clean_line(note).strip()) else {})}
    return Put("sources", held or None)
