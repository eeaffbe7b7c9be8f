"""An agreement's scoring tried on leads: which files hold them, what is tried, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.paths import apply
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.workshop.fitting import fitted
from sla_tui.workshop.folder import MAPPING
from sla_tui.workshop.typed import put

if TYPE_CHECKING:
    from sla_tui.scoring.simulate import Simulation

TABLE = "leads.csv"
LOG = "activity.csv"


def read_mapping(folder: Path) -> LeadMapping:
    """What the leads.toml of an agreement's folder says; nothing when there is none. Raises ``UserError``."""
    path = folder / MAPPING
    return Document[LeadMapping].load(path, LeadMapping).value if path.exists() else LeadMapping()


def sample_files(folder: Path, mapping: LeadMapping) -> tuple[Path | None, Path | None]:
    """The lead table and the activity log of an agreement's folder: those its mapping names, else the usual ones."""
    if mapping.leads or mapping.activity:
        table, log = (Path(name).expanduser() if name else None for name in (mapping.leads, mapping.activity))
        return folder / table if table else None, folder / log if log else None
    table, log = folder / TABLE, folder / LOG
    return table if table.is_file() else None, log if log.is_file() else None


def what_if(agreement: Agreement, answers: Iterable[tuple[str, str]]) -> Agreement:
    """The agreement with other answers, each a KEY and typed text; nothing is saved.

    Raises ``UnknownKey`` or ``Refused``.
    """
    for key, text in answers:
        agreement, _ = apply(agreement, put(agreement, key, text))
    return agreement


def handed_over(agreement: Agreement) -> str:
    """The stage the room talks about: the one most promises are about, else the MQL, else the last; empty for none."""
    ids = [stage.id for stage in agreement.scoring.stages if stage.set is None] if agreement.scoring else []
    promised = Counter(one.applies_to for one in agreement.commitments or () if one.applies_to in ids)
    if promised:
        return str(promised.most_common(1)[0][0])
    return "mql" if "mql" in ids else ids[-1] if ids else ""


def simulate(
    agreement: Agreement,
    folder: Path,
    leads: Path | None = None,
    activity: Path | None = None,
    outcome: str | None = None,
    as_of: date | None = None,
    told: Callable[[str], object] = lambda words: None,
) -> Simulation:
    """Scores leads with an agreement; its ``folder`` says what the columns mean and, unless told, which files to read.

    ``outcome`` names the column that says who was won; by default the one leads.toml names. ``as_of`` is the day
    activities are weighed on, by default the log's last. ``told`` hears what leads.toml says and these files do not
    have, where it is about others. Raises ``UserError``; ``InvalidFile`` with every name of
    the scoring that no column answers.
    """
    if agreement.scoring is None:
        raise UserError("the agreement has no scoring", "put one in with: sla-tui add PATH scoring")
    mapping = read_mapping(folder)
    table, log = sample_files(folder, mapping)
    if leads is None and activity is None:
        leads, activity = table, log
    if leads is None and activity is None:
        remedy = f"name a table with --leads or a log with --activity, or put {TABLE} beside the agreement"
        raise UserError("there are no leads to try the scoring on", remedy)
    from sla_tui.scoring.simulate import simulate as run

    unread = log if activity is None else None
    held = fitted(mapping, (table, log), (leads, activity))
    if held.aside:
        told(held.said((leads, activity)))
    mapping = held.mapping
    return run(agreement.scoring, leads, activity, mapping, outcome, as_of, unread, agreement.assignment)
