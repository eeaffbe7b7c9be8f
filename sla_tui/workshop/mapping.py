"""What the columns of lead files mean: what is asked, what is suggested, and how the answers are remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.leads import LeadMapping, LogColumns
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.record.canonical import laid_out
from sla_tui.record.document import Document, create
from sla_tui.workshop.folder import MAPPING

if TYPE_CHECKING:
    from sla_tui.scoring.headers import Names

T = TypeVar("T")
HEADING = "# What the columns of the sample leads mean, for the scoring of this agreement.\n"
UNKNOWN = frozenset(
    {"select", "null", "none", "nil", "-", "--", "–", "?", "n/a", "na", "#n/a", "unknown", "not available", "undefined"}
)
"""Words, small, that exports and forms put where nobody knows."""
_ROWS = 1000
_VALUES = 40
_SHARED = ("names", "activities")


@dataclass(frozen=True, slots=True)
class Seen:
    """A column with the most frequent values of the first rows, or an activity of the log with none."""

    name: str
    values: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What the first rows of the files show; a file that is not there has no columns."""

    table: tuple[Seen, ...] = ()
    log: tuple[Seen, ...] = ()

    def column(self, name: str, log: bool = False) -> Seen | None:
        """A column by its name."""
        return next((one for one in (self.log if log else self.table) if one.name == name), None)

    def activities(self, mapping: LeadMapping) -> tuple[Seen, ...]:
        """What the log's leads do in its first rows."""
        from sla_tui.scoring.headers import log_columns

        if not self.log:
            return ()
        try:
            _, at, _ = log_columns([one.name for one in self.log], mapping, "")
        except UserError:
            return ()
        return tuple(Seen(value) for value, _ in self.log[at].values)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing a file has to answer: ``key`` in leads.toml, what it is called, and the column found for it."""

    key: str
    words: str
    found: str = ""
    named: bool = False
    needed: bool = True

    @property
    def of_log(self) -> bool:
        """Whether a column of the log answers it."""
        return self.key.startswith("log.")


def look(leads: Path | None, activity: Path | None) -> Look:
    """Looks at the first rows of the files. Raises ``UserError``."""
    return Look(_seen(leads), _seen(activity))


def _seen(path: Path | None) -> tuple[Seen, ...]:
    from sla_tui.scoring.tablefile import opened

    if path is None:
        return ()
    with opened(path, head=True) as table:
        rows: Sequence[Sequence[Any]] = table.sample
        if not table.text:
            from sla_tui.scoring.engine import Engine

            rows = Engine().cursor().execute(f"SELECT * FROM {table.relation()} LIMIT {_ROWS}").fetchall()
        return tuple(Seen(name, _frequent(row[at] for row in rows)) for at, name in enumerate(table.columns))


def _frequent(cells: Iterable[Any]) -> tuple[tuple[str, int], ...]:
    found = Counter(str(cell).strip() for cell in cells if cell is not None)
    del found[""]
    return tuple(found.most_common(_VALUES))


def asked(scoring: Scoring | None, seen: Look, mapping: LeadMapping) -> tuple[Asked, ...]:
    """Everything that the columns have to answer, the names that the scoring uses first."""
    from sla_tui.scoring.dates import created_columns
    from sla_tui.scoring.headers import LOG, Names, log_columns

    columns = tuple(one.name for one in seen.table)
    heard = frozenset(one.name for one in seen.activities(mapping)) if seen.log else None
    names = Names(columns or None, heard, mapping)
    found = [_name(names, name, field) for name, field in _used(scoring)]
    if columns:
        at = _tried(names.id)
        said = "" if at is None else columns[at]
        found.append(Asked("id", "Id of the lead", said, bool(mapping.id), needed=False))
        usual = created_columns(columns)
        came = mapping.created or (columns[usual[0]] if usual else "")
        for key, words, said in (
            ("outcome", "Outcome: who was won", mapping.outcome or ""),
            ("created", "When the lead came", came),
        ):
            told = getattr(mapping, key) is not None
            found.append(Asked(key, words, said if said in columns else "", told, needed=False))
    if seen.log:
        logged = [one.name for one in seen.log]
        places = _tried(lambda: log_columns(logged, mapping, ""))
        for at, role in enumerate(LOG):
            said = mapping.log and getattr(mapping.log, role)
            place = logged[places[at]] if places else said if said in logged else ""
            found.append(Asked(f"log.{role}", f"Log: {role}", place or "", bool(said)))
    return tuple(found)


def _tried(ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except UserError:
        return None


def _name(names: Names, name: str, field: bool) -> Asked:
    mapping, columns = names.mapping, names.columns or ()
    told = name in (mapping.names or {}) or (not field and name in (mapping.activities or {}))
    found = _tried(lambda: names.column(name) if field else names.count(name))
    if isinstance(found, str):
        said = found if found in (names.activities or ()) else ""
    else:
        said = "" if found is None else columns[found]
    return Asked(f"{'names' if field else 'counts'}.{name}", name, said, told)


def _used(scoring: Scoring | None) -> tuple[tuple[str, bool], ...]:
    """The names that a scoring uses, each once, and whether a condition asks for its column."""
    found: dict[str, bool] = {}
    for part in (scoring.rules, scoring.exclude, scoring.fast_track) if scoring else ():
        for one in part:
            if isinstance(one.when, Condition):
                if one.when.test and one.when.field:
                    found[one.when.field] = True
            elif one.when:
                found.setdefault(one.when, False)
    return tuple(found.items())


def answered(mapping: LeadMapping, key: str, answer: str | None, activity: bool = False) -> LeadMapping:
    """The mapping once a column, or with ``activity`` an activity of the log, answers ``key``; None takes it back."""
    kind, _, name = key.partition(".")
    if kind == "log":
        log = (mapping.log or LogColumns()).model_copy(update={name: answer})
        return mapping.model_copy(update={"log": None if log == LogColumns() else log})
    if kind not in ("names", "counts"):
        return mapping.model_copy(update={kind: answer})
    change: dict[str, dict[str, str] | None] = {}
    for part in _SHARED:
        held = {one: said for one, said in _shared(mapping, part).items() if one != name}
        if answer is not None and (part == "activities") == activity:
            held[name] = answer
        change[part] = held or None
    return mapping.model_copy(update=change)


def _shared(mapping: LeadMapping, part: str) -> dict[str, str]:
    return (mapping.names if part == "names" else mapping.activities) or {}


def unknown_words(seen: Look, mapping: LeadMapping) -> tuple[tuple[str, int], ...]:
    """Words that mean that nobody knows: those the mapping lists, and those that stand in the table's first rows."""
    found = Counter(dict.fromkeys(mapping.unknown or (), 0))
    for column in seen.table:
        for value, times in column.values:
            if value in found or value.casefold() in UNKNOWN:
                found[value] += times
    return tuple(found.most_common())


def remember(folder: Path, before: LeadMapping, after: LeadMapping) -> LeadMapping:
    """Writes into the folder's leads.toml what changed between the two mappings; what others wrote there stays.

    Raises ``UserError``, and then the file is as it was.
    """
    path = folder / MAPPING
    document = Document[LeadMapping].load(path, LeadMapping) if path.exists() else None
    now = document.value if document else LeadMapping()
    change: dict[str, Any] = {}
    for part in LeadMapping.model_fields:
        if getattr(before, part) == getattr(after, part):
            continue
        if part in _SHARED:
            old, new = _shared(before, part), _shared(after, part)
            others = {name: said for name, said in _shared(now, part).items() if name not in old}
            change[part] = {**others, **new} or None
        else:
            change[part] = getattr(after, part)
    value = now.model_copy(update=change)
    try:
        if document:
            document.save(value)
        elif change:
            create(path, laid_out(value, HEADING))
    except RuntimeError as error:
        raise UserError("a column's name cannot be written to leads.toml", "rename the column in the file") from error
    return value
