"""A query in named steps, each of which reads those before it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

Steps = dict[str, exp.Select]
"""Named parts of a query, each reading those before it."""


def with_steps(steps: Mapping[str, exp.Select], last: exp.Select) -> exp.Select:
    """The last part, with the steps it reads before it."""
    for step, query in steps.items():
        last = last.with_(step, as_=query, copy=False)
    return last
