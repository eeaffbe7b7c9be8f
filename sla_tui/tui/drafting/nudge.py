"""Arrow keys on numbers: one up or down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sla_tui.agreement.values import Duration, Percent


def nudged(value: Any, by: int) -> Any:
    """The value one step up or down, or the value itself where there are no steps."""
    match value:
        case bool():
            return value
        case int():
            return value + by
        case Duration(count=count):
            return replace(value, count=max(1, count + by))
        case Percent(value=share):
            return Percent(min(Decimal(100), max(Decimal(0), share + by)))
        case date():
            return value + timedelta(days=by)
        case _:
            return value
