"""Which files hold the leads of an agreement, and which column says what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.text import clean_line
from sla_tui.workshop.fitting import Paths, fitted, same_file
from sla_tui.workshop.simulate import read_mapping, sample_files

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft

TABLES = (".csv", ".tsv", ".txt", ".parquet", ".json", ".jsonl", ".ndjson")
LEADS, ACTIVITY, OUTCOME, POSITIVE = "leads", "activity", "outcome", "positive"
"""What is remembered of a choice, by name."""
APART = "\n"
"""Between the values that mean won, as they are remembered."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Files and what their columns mean. ``outcome`` is the column that says who was won; None: nobody knows.

    ``own`` are the files that leads.toml is about; ``aside`` says what it says of those and not of these.
    """

    leads: Path | None = None
    activity: Path | None = None
    outcome: str | None = None
    mapping: LeadMapping = field(default_factory=LeadMapping)
    own: Paths = (None, None)
    aside: str = ""

    @property
    def there(self) -> bool:
        """Whether any file is named."""
        return self.leads is not None or self.activity is not None

    @property
    def name(self) -> str:
        """The files' names."""
        return " and ".join(clean_line(path.name) for path in (self.leads, self.activity) if path)

    def fitted(self) -> Sample:
        """The same with what the columns mean as far as these files have them. Raises ``UserError``."""
        told = self.mapping.model_copy(update={"outcome": self.outcome})
        files = (self.leads, self.activity)
        held = fitted(told, self.own, files)
        return replace(self, mapping=held.mapping, outcome=held.mapping.outcome, aside=held.said(files))

    @property
    def foreign(self) -> bool:
        """Whether these are others than those that leads.toml is about."""
        pairs = zip((self.leads, self.activity), self.own, strict=True)
        return any(path is not None and not same_file(path, ours) for path, ours in pairs)

    @property
    def megabytes(self) -> float:
        """How large the files are together; 0 for what cannot be looked at."""
        size = 0
        for path in (self.leads, self.activity):
            try:
                size += path.stat().st_size if path else 0
            except OSError:
                continue
        return size / 1e6


def find_sample(draft: Draft, leads: Path | None = None, activity: Path | None = None) -> Sample:
    """The leads to try an agreement on: those given, else those chosen before, else those of its folder.

    Raises ``UserError`` when the folder's leads.toml cannot be read; ``chosen_sample`` does without it.
    """
    folder = draft.path.parent
    mapping = read_mapping(folder)
    own = sample_files(folder, mapping)
    kept = draft.memory.sample
    outcome = kept.get(OUTCOME) or mapping.outcome
    if kept.get(POSITIVE):
        mapping = mapping.model_copy(update={"positive": tuple(kept[POSITIVE].split(APART))})
    if leads or activity:
        return Sample(leads, activity, outcome, mapping, own)
    if kept.get(LEADS) or kept.get(ACTIVITY):
        return Sample(_named(folder, kept.get(LEADS)), _named(folder, kept.get(ACTIVITY)), outcome, mapping, own)
    return Sample(*own, outcome, mapping, own)


def _named(folder: Path, name: str | None) -> Path | None:
    return folder / Path(name).expanduser() if name else None


def choices(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that could hold leads, by name."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in TABLES and path.is_file()]
    except OSError:
        return ()
    return tuple(sorted(path for path in found if not path.name.endswith(".schema.json")))


def completions(folder: Path, typed: str) -> tuple[str, ...]:
    """Paths that continue what is typed, from the agreement's folder: folders, and files that could hold leads."""
    base, _, start = typed.rpartition("/")
    here = folder / Path(f"{base}/").expanduser() if base or typed.startswith("/") else folder
    try:
        below = sorted(here.iterdir())
    except OSError:
        return ()
    lead = f"{base}/" if base or typed.startswith("/") else ""
    found: list[str] = []
    for path in below:
        if not path.name.lower().startswith(start.lower()) or (path.name.startswith(".") and not start):
            continue
        if path.is_dir():
            found.append(f"{lead}{path.name}/")
        elif path.suffix.lower() in TABLES and not path.name.endswith(".schema.json"):
            found.append(f"{lead}{path.name}")
    return tuple(found)


OUTCOMES = ("won", "converted", "is_converted", "isconverted", "outcome")
"""Headers that tell who was won, taken unless somebody says otherwise."""


def chosen(sample: Sample, path: Path, columns: tuple[str, ...]) -> Sample:
    """The sample once a file with these columns was chosen: a log joins the table, a table keeps the log beside it."""
    if is_log(columns):
        beside = sample.leads is not None and sample.leads.parent == path.parent
        return replace(sample, leads=sample.leads if beside else None, activity=path)
    log = sample.activity if sample.activity and sample.activity.parent == path.parent else None
    outcome = sample.outcome if sample.outcome in columns else None
    usual = next((name for word in OUTCOMES for name in columns if name.casefold() == word), None)
    return replace(sample, leads=path, activity=log, outcome=outcome or usual)


_OF_LOGS = {"activitytype", "activitytypeid", "eventtype", "whoid", "recipient"}
"""Headers, bare, that no table of leads has: with one of them even a wide file is a log."""


def is_log(columns: tuple[str, ...]) -> bool:
    """Whether a file's columns are those of an activity log rather than of a table of leads."""
    from sla_tui.scoring.headers import LOG as KNOWN
    from sla_tui.scoring.headers import bare

    held = {bare(column) for column in columns}
    if len(columns) > 8 and not held & _OF_LOGS:
        return False
    return all(held & set(KNOWN[role]) for role in ("lead", "activity", "time"))
