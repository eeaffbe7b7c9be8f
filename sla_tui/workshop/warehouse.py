"""An agreement's scoring as SQL, and tried on leads that stay in their database."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.terms import Agreement
from sla_tui.scoring.warehouse.addresses import in_database, read_address
from sla_tui.workshop.simulate import handed_over, read_mapping, sample_files

if TYPE_CHECKING:
    from sla_tui.scoring.warehouse.run import Trial

__all__ = ["in_database", "kept_there", "query", "simulate"]


def simulate(
    agreement: Agreement,
    folder: Path,
    leads: str | None,
    activity: str | None,
    outcome: str | None = None,
    as_of: date | None = None,
    before: Scoring | None = None,
) -> Trial:
    """Scores leads in a database, which sends figures only. Raises as ``workshop.simulate.simulate`` does.

    Without ``leads`` and ``activity``: those that leads.toml names. ``before`` is another scoring to hold it against,
    at the stage that is handed over.
    """
    from sla_tui.scoring.warehouse.run import simulate as run

    scoring = _scoring(agreement)
    mapping = read_mapping(folder)
    beside = leads is None and activity is None
    if beside:
        leads, activity = mapping.leads, mapping.activity
    given = [one for one in (leads, activity) if one is not None]
    if not all(map(in_database, given)):
        raise UserError(
            "a table and a log can only be joined where both are files, or both in one database",
            "load the file into the database, or export the table",
        )
    table, log = (None if one is None else read_address(one, folder if beside else None) for one in (leads, activity))
    unread = activity is None and sample_files(folder, mapping)[1] is not None
    against = None if before is None else (before, handed_over(agreement))
    return run(scoring, table, log, mapping, outcome, as_of, unread, agreement.assignment, against)


def kept_there(folder: Path, leads: str | None, activity: str | None) -> bool:
    """Whether these leads are in a database; those that leads.toml names where none are given."""
    if leads is None and activity is None:
        mapping = read_mapping(folder)
        leads, activity = mapping.leads, mapping.activity
    return any(one is not None and in_database(one) for one in (leads, activity))


def query(
    agreement: Agreement,
    folder: Path,
    dialect: str,
    table: str | None = None,
    activity: str | None = None,
    what: str = "leads",
    outcome: str | None = None,
    as_of: date | None = None,
    order: str | None = None,
) -> str:
    """The scoring in a database's SQL, over tables of these names there; ``folder`` says what the columns mean.

    Without names: ``leads`` and ``activity``, as far as there are sample files of them. ``what`` is ``leads`` or
    ``histogram``. ``order`` is a column by which the first of several rows with one id is kept.
    """
    from sla_tui.scoring.warehouse.query import Wanted
    from sla_tui.scoring.warehouse.query import query as run

    scoring, mapping = _scoring(agreement), read_mapping(folder)
    leads_file, activity_file = (one if one and one.is_file() else None for one in sample_files(folder, mapping))
    if table is None and activity is None:
        table = "leads" if leads_file or not activity_file else None
        activity = "activity" if activity_file else None
    wanted = Wanted(dialect, table, activity, what, outcome, as_of, order, leads_file, activity_file)
    return run(scoring, mapping, wanted, (agreement.agreement and agreement.agreement.title) or "")


def _scoring(agreement: Agreement) -> Scoring:
    if agreement.scoring is None:
        raise UserError("the agreement has no scoring", "put one in with: sla-tui add PATH scoring")
    return agreement.scoring
