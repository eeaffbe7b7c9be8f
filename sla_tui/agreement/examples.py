"""Values that stand for an example until the room agrees to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sla_tui.agreement.paths import Put
from sla_tui.agreement.terms import Agreement, Source


def example_keys(agreement: Agreement) -> frozenset[str]:
    """The KEYs marked as examples in ``[sources]``."""
    return frozenset(key for key, source in (agreement.sources or {}).items() if source.kind == "example")


def agreed(agreement: Agreement, key: str) -> Put | None:
    """The change that marks every example at or within ``key`` as agreed; None when there is none."""
    return _marked(agreement, [key], lambda source: source.model_copy(update={"kind": "agreed"}))


def answered(agreement: Agreement, keys: Iterable[str]) -> Put | None:
    """The change that takes the example marks off whatever is at or within ``keys``; None when there are none."""
    return _marked(agreement, list(keys), lambda _source: None)


def _marked(agreement: Agreement, keys: list[str], mark: Callable[[Source], Source | None]) -> Put | None:
    def within(one: str) -> bool:
        return any(one == key or one.startswith(f"{key}.") for key in keys)

    held = agreement.sources or {}
    if not any(within(key) for key in example_keys(agreement)):
        return None
    kept = {
        key: new
        for key, source in held.items()
        if (new := mark(source) if source.kind == "example" and within(key) else source) is not None
    }
    return Put("sources", kept or None)
