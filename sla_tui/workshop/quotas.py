"""The quotas of an agreement: what there is, one more for the next period, one less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sla_tui.agreement import quarters
from sla_tui.agreement.check import check
from sla_tui.agreement.checks.quotas import changed_scoring
from sla_tui.agreement.errors import InvalidFile, Place, UserError
from sla_tui.agreement.examples import sources
from sla_tui.agreement.fingerprint import SHOWN, section_fingerprint
from sla_tui.agreement.funnel import level_of, promised
from sla_tui.agreement.known import Known
from sla_tui.agreement.parts import Part, specs
from sla_tui.agreement.quota import Capacity, Funnel, Quota, Terms
from sla_tui.agreement.sources import Source
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.pdf.coverage import unprinted
from sla_tui.record.document import Document, create
from sla_tui.record.files import read
from sla_tui.record.trouble import trouble
from sla_tui.workshop.beside import known_beside, the_day
from sla_tui.workshop.copies import put_aside
from sla_tui.workshop.folder import FILE, QUOTAS, is_quota, quota_files
from sla_tui.workshop.schemas import heading, write_schema

HEADING = heading(Quota)
"""The first line of a new quota: where editors find the schema."""
_TAKEN_OVER = ("segments", "least_per_week", "most_per_week", "shortfall", "notice")
_MEASURED = {"measured": "measured"}
_FROM = re.compile(r"^as in [^:]*(?:: )?")
"""What an earlier taking over put in front of a remark."""

When = Literal["past", "now", "coming", ""]
"""How a period lies to today; empty while it has no two ends."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One quota of an agreement; ``trouble`` says why its file cannot be read, and then only its path is known.

    ``sides`` have agreed to it. ``changed``: the scoring is another than it counts by. ``open`` counts its questions
    that are not answered, ``wrong`` what else there is to say about it.
    """

    path: Path
    quota: Quota
    when: When = ""
    leads: int | None = None
    sides: tuple[str, ...] = ()
    changed: bool = False
    open: int = 0
    wrong: int = 0
    trouble: str = ""

    @property
    def name(self) -> str:
        """What it is called: its file's name."""
        return self.path.stem

    @property
    def terms(self) -> Terms:
        """Its period and numbers, as far as they are there."""
        return self.quota.quota or Terms()


def listed(agreement: Path, value: Agreement, today: date) -> tuple[Listed, ...]:
    """The quotas beside an agreement's file, by their first day, those without one or in trouble last."""
    found = [_listed(file, value, today) for file in quota_files(agreement)]
    return tuple(sorted(found, key=lambda one: (one.terms.from_ or date.max, one.name)))


def _listed(file: Path, agreement: Agreement, today: date) -> Listed:
    try:
        quota = Document[Quota].load(file, Quota).value
    except InvalidFile as error:
        line = f"line {error.place.line}: " if error.place.line else ""
        more = f" (and {len(error.faults) - 1} more)" if len(error.faults) > 1 else ""
        return Listed(file, Quota(), trouble=f"{line}{error.message}{more}")
    except UserError as error:
        return Listed(file, Quota(), trouble=error.message)
    findings = check(quota, Known(today, agreement=agreement, unprinted=unprinted))
    return Listed(
        file,
        quota,
        _when(quota.quota or Terms(), today),
        promised(quota),
        tuple(
            side
            for side in ("marketing", "sales")
            if any(one.party == side and one.name for one in quota.agreed_by or ())
        ),
        bool(changed_scoring(quota, agreement)),
        sum(one.undecided for one in findings),
        sum(not one.undecided for one in findings),
    )


def _when(held: Terms, today: date) -> When:
    if held.from_ is None or held.to is None:
        return ""
    return "past" if held.to < today else "coming" if held.from_ > today else "now"


def begin(agreement: Path, value: Agreement, known: Known, name: str = "") -> Path:
    """Makes a quota for the period ``name`` says, else for the one after the last quota; its file.

    It takes over the numbers of the last one as examples, counts by the scoring as it is now, and nobody has agreed to
    it. Nothing is written over. Raises ``UserError``.
    """
    named = quarters.read(name)
    if name and named is None and quarters.meant(name):
        remedy = "name it as in 2027-Q1 to Q4, 2027-H1, 2027-H2, 2027-04 or 2027"
        raise UserError(f"{name} is no month, quarter, half or year", remedy)
    last = _last(known, named[0] if named else date.max)
    first, end = named or _period(last, value, known.today or the_day())
    folder = agreement.parent / QUOTAS
    file = folder / f"{name or quarters.name(first, end)}.toml"
    if file.exists() or file.is_symlink():
        raise UserError("there is a quota of this name already", "open that one, or rename its file", Place(str(file)))
    quota = _started(last, value, first, end)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise trouble(error, folder, "make") from error
    from sla_tui.record.canonical import laid_out

    create(file, laid_out(quota, HEADING))
    write_schema(agreement, Quota)
    return file


def begin_at(path: Path) -> Path:
    """Makes the quota of a file in an agreement's folder of quotas, or the next one of that folder; its file.

    Raises ``UserError``, also when there is no agreement beside that folder.
    """
    name = path.stem if is_quota(path) else ""
    agreement = (path.parent if name else path).parent / FILE
    if not agreement.exists():
        raise UserError("there is no agreement beside these quotas", "check the path", Place(str(agreement)))
    value = Document[Agreement].load(agreement, Agreement).value
    return begin(agreement, value, known_beside(agreement), name)


def _last(known: Known, day: date) -> tuple[str, Quota] | None:
    """The last quota that ends before a day."""
    quotas = known.quotas or ()
    ended = [(one.quota.to, name, one) for name, one in quotas if one.quota and one.quota.to and one.quota.to < day]
    return max(ended, key=lambda one: one[:2])[1:] if ended else None


def _period(last: tuple[str, Quota] | None, agreement: Agreement, today: date) -> quarters.Period:
    """The one after the last quota; the first one is for the quarter of today, or of the agreement's first day."""
    held = last[1].quota if last else None
    if held is not None and held.to is not None:
        try:
            return quarters.following(min(held.from_ or held.to, held.to), held.to)
        except OverflowError as error:
            raise UserError(f"there is no period after {held.to}", "put the days right in the last quota") from error
    header = agreement.agreement
    starts = header.starts if header else None
    day = max(today, starts) if starts else today
    first, end = quarters.around(day, 3)
    return (starts if starts and first < starts else first), end


def _started(last: tuple[str, Quota] | None, agreement: Agreement, first: date, end: date) -> Quota:
    name, before = last or ("", Quota())
    held = before.quota or Terms()
    terms = {
        "from": first,
        "to": end,
        "counts": _stage(held.counts, agreement),
        "scoring": section_fingerprint(agreement, "scoring")[:SHOWN] or None,
        **{one: getattr(held, one) for one in _TAKEN_OVER},
    }
    funnel, capacity = before.funnel or Funnel(), before.capacity or Capacity()
    marks = dict(_marks(name, before)) or None
    made = {
        "quota": Terms.model_validate(terms),
        "funnel": funnel,
        "capacity": capacity,
        "agreed_by": (),
        "sources": marks,
    }
    return Quota.model_validate(made)


def _stage(stage: str | None, agreement: Agreement) -> str | None:
    """The stage counted so far, if there still is such a one; else the one that is the agreement's MQL."""
    ids = [one.id for one in agreement.scoring.stages] if agreement.scoring else []
    return stage if stage in ids else next((one for one in ids if level_of(one, agreement) == "mql"), None)


def _marks(name: str, before: Quota) -> Iterator[tuple[str, Source]]:
    """Whatever is taken over is an example until it is agreed to; where its numbers came from is still said."""
    held = before.quota or Terms()
    keys = [f"quota.{one}" for one in _TAKEN_OVER if getattr(held, one)]
    keys += [one for one in ("funnel", "capacity") if _says(getattr(before, one))]
    for key in keys:
        yield key, Source(kind="example", note=f"as in {name}")
    for key, source in sources(before).items():
        said = ", ".join(words for words in (_MEASURED.get(source.kind, ""), _FROM.sub("", source.note or "")) if words)
        if said and any(key.startswith(f"{one}.") for one in keys):
            yield key, Source(kind="example", note=f"as in {name}: {said}")


def _says(part: Part | None) -> bool:
    return part is not None and any(getattr(part, spec.name) is not None for spec in specs(type(part)))


def remove(quota: Path) -> Path:
    """Takes a quota's file away and returns where a copy of it is kept. Raises ``UserError``."""
    stored = read(quota)
    try:
        copy = put_aside(quota, stored.data.decode("utf-8", "replace"), f"removed-{stored.fingerprint.digest[:8]}")
        quota.unlink()
    except OSError as error:
        raise trouble(error, quota, "remove") from error
    return copy
