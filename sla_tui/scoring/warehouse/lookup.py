"""What the names in a scoring stand for when no table is at hand to look them up in."""

from __future__ import annotations

from collections.abc import Iterable

from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.headers import Names


def names_as_written(scoring: Scoring, mapping: LeadMapping, table: bool, log: bool, more: Iterable[str] = ()) -> Names:
    """Names where only leads.toml says what they mean: one it does not name stands for itself.

    A condition's field is a column. A name to count is a column where there is no log, else an activity, unless
    leads.toml calls it a column. ``more`` are columns named elsewhere.
    """
    renamed = mapping.names or {}
    fields = [*_fields(scoring), *more]
    counted = list(_counted(scoring))
    heard = [one for one in counted if log and (not table or one not in renamed)]
    read = [one for one in counted if one not in heard]
    columns = dict.fromkeys([mapping.id or "id", *(renamed.get(one, one) for one in (*fields, *read))])
    activities = frozenset({*heard, *(mapping.activities or {}).values()}) if log else None
    return Names(tuple(columns) if table else None, activities, mapping, "the table", "the log")


def log_as_written(mapping: LeadMapping) -> tuple[str, ...]:
    """The columns of a log: those that leads.toml names, else lead, activity and time."""
    named = mapping.log
    given = (named.lead, named.activity, named.time) if named else (None, None, None)
    return tuple(one or usual for one, usual in zip(given, ("lead", "activity", "time"), strict=True))


def _whens(scoring: Scoring) -> Iterable[str | Condition]:
    for part in (scoring.rules, scoring.exclude, scoring.fast_track):
        for one in part:
            if one.when is not None:
                yield one.when


def _fields(scoring: Scoring) -> Iterable[str]:
    return (when.field for when in _whens(scoring) if isinstance(when, Condition) and when.test and when.field)


def _counted(scoring: Scoring) -> Iterable[str]:
    return (when for when in _whens(scoring) if isinstance(when, str) and when)
