"""Days as they are given on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date


def given_day(text: str | None) -> date | None:
    """The day that ``--as-of`` names, None where it is not given; a usage error for what is no day."""
    from datetime import date

    from sla_tui.agreement.values import read_date

    try:
        day = read_date(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--as-of'") from error
    return day if isinstance(day, date) else None
