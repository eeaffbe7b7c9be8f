"""Which column or activity a name in the scoring stands for."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.text import did_you_mean

IDS = ("recordid", "recordidcontact", "leadid", "contactid", "prospectid")
"""Headers under which CRMs export what names a lead, bare; ``id`` and then ``lead`` come after them."""
LOG = {
    "lead": ("lead", "leadid", "contactid", "recordid", "whoid", "prospectid", "contact", "recipient"),
    "activity": (
        "activity",
        "activitytype",
        "activitytypeid",
        "eventtype",
        "event",
        "tasksubtype",
        "type",
    ),
    "time": ("time", "timestamp", "activitydate", "eventdate", "date", "created", "createdat", "createddate"),
}
"""Headers under which CRMs export an activity log's three columns, bare, the surest first."""

_ACTIVITIES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("emailopen", "emailopens", "emailopened", "openemail"), ("10", "open", "emailopen", "emailopened", "openemail")),
    (
        ("emailclick", "emailclicks", "emailclicked", "clickemail"),
        ("11", "click", "emailclick", "emailclicked", "clickemail"),
    ),
    (
        ("pageview", "pageviews", "webpagevisit", "visitwebpage", "visit", "visits"),
        ("1", "visitwebpage", "webpagevisit", "pageview", "visit"),
    ),
    (
        ("formfill", "formfills", "formsubmission", "formsubmissions", "filloutform"),
        ("2", "filloutform", "formsubmission", "formfill", "formfilled"),
    ),
    (("unsubscribe", "unsubscribed", "unsubscribeemail"), ("9", "unsubscribeemail", "unsubscribe", "unsubscribed")),
)
"""What a log may call an activity that the rules name; the numbers are Marketo's activityTypeId."""
_HEARD = {name: spelled for names, spelled in _ACTIVITIES for name in names}

_FAMILIES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("email_open", "email_opens"), ("marketing emails opened",)),
    (("email_click", "email_clicks"), ("marketing emails clicked",)),
    (("page_view", "page_views", "pageviews"), ("number of pageviews",)),
    (("session", "sessions", "visit", "visits"), ("number of sessions",)),
    (("form_submission", "form_submissions", "form_fill", "form_fills"), ("number of form submissions",)),
    (("company", "company_name", "account"), ("company", "company name", "associated company", "company / account")),
    (("country",), ("country", "country/region")),
    (("title", "job_title"), ("title", "job title")),
    (
        ("employees", "number_of_employees", "company_size"),
        ("number of employees", "numberofemployees", "no. of employees", "num employees"),
    ),
    (("revenue", "annual_revenue"), ("annual revenue", "annualrevenue")),
    (
        ("source", "lead_source"),
        ("lead source", "leadsource", "original source", "original traffic source"),
    ),
    (("status", "lead_status"), ("lead status", "status")),
    (("lifecycle_stage",), ("lifecycle stage",)),
    (("owner", "lead_owner"), ("lead owner", "contact owner", "ownerid")),
    (("phone", "phone_number"), ("phone", "phone number")),
    (("email", "email_address"), ("email", "email address")),
    (("first_name",), ("first name", "firstname")),
    (("last_name",), ("last name", "lastname")),
    (("industry",), ("industry",)),
    (("rating",), ("rating",)),
    (("unsubscribed", "email_opt_out"), ("unsubscribed", "email opt out")),
    (("converted", "is_converted"), ("isconverted",)),
    (("lead_score",), ("hubspot score", "lead score")),
)

_PROPERTY = "property_"
_SHOWN = 60
"""Letters of a header in a message; a longer one is no header that anybody wrote."""


def bare(header: str) -> str:
    """A header without its case, spaces and marks: CRMs spell one name as leadId, Lead ID or lead_id."""
    return "".join(letter for letter in header.casefold() if letter.isalnum())


def property_of(header: str) -> str:
    """What HubSpot's interface exports as ``property_jobtitle``: ``jobtitle``; empty for another header."""
    return header[len(_PROPERTY) :] if header.casefold().startswith(_PROPERTY) else ""


_KNOWN = {name: {bare(one) for one in headers} for names, headers in _FAMILIES for name in names}


@dataclass(frozen=True)
class Names:
    """The columns and activities that names are looked up among.

    ``columns`` is None without a lead table and ``activities`` without a log; ``file`` and ``log`` are those
    files' names, for messages; ``unread`` is that of a log that is there and was not given.
    """

    columns: tuple[str, ...] | None
    activities: frozenset[str] | None
    mapping: LeadMapping = field(default_factory=LeadMapping)
    file: str = ""
    log: str = ""
    unread: str = ""

    def column(self, name: str, what: str = "field") -> int:
        """The place of the column a field's name stands for; UserError when none or several do."""
        if self.columns is None:
            raise UserError(
                f"the {what} {name!r} is looked up in a lead table, and there is none",
                "give a table of leads with --leads",
                Place(self.log),
            )
        found = self._mapped(name)
        if found is None:
            found = self._one(name, _exactly(self.columns, name))
        if found is None:
            found = self._similar(name)
        if found is None:
            raise self._none(name, f"no column for the {what} {name!r}", self.columns)
        return found

    def count(self, name: str) -> int | str:
        """The column (its place) or the activity (its name) that a counted name stands for.

        UserError when none or several do. With a log, a name found nowhere is an activity that never happened.
        """
        mapped = (self.mapping.activities or {}).get(name) if self.activities is not None else None
        column = self._mapped(name) if self.columns is not None else None
        if column is None and mapped is None and self.columns is not None:
            column = self._one(name, _exactly(self.columns, name))
        activity = mapped
        if activity is None and self.activities is not None and name in self.activities:
            activity = None if column is not None and name in (self.mapping.names or {}) else name
        if column is not None and activity is not None:
            raise UserError(
                f"{name!r} is both a column of {self.file} and an activity of {self.log}",
                f'say which in leads.toml: [names] "{name}" = the column, or [activities] "{name}" = the activity',
                Place(self.file),
            )
        if activity is not None:
            return activity
        if column is None and self.columns is not None:
            column = self._similar(name)
        if column is not None:
            return column
        heard = self._heard(name)
        if heard is not None:
            return heard
        if self.activities is not None:
            return name
        if self.unread:
            raise UserError(
                f"no column {name!r} to count, and no activity log was given",
                f"if it is an activity, give the log: --activity {shlex.quote(self.unread)}",
                Place(self.file, 1),
            )
        raise self._none(name, f"no column {name!r} to count", self.columns or ())

    def id(self) -> int | None:
        """The place of the column that names a lead, None when rows are named by their number."""
        columns = self.columns or ()
        if self.mapping.id is not None:
            found = _exactly(columns, self.mapping.id) or _ignoring_case(columns, self.mapping.id)
            if not found:
                raise self._none(
                    self.mapping.id, f"no column {self.mapping.id!r}, which leads.toml names as the id", columns
                )
            return self._one(self.mapping.id, found)
        known = [at for at, column in enumerate(columns) if bare(column) in IDS]
        for found in (known, _exactly(columns, "id"), _ignoring_case(columns, "id"), _ignoring_case(columns, "lead")):
            if found:
                return self._one("id", found)
        return None

    def _mapped(self, name: str) -> int | None:
        target = (self.mapping.names or {}).get(name)
        columns = self.columns or ()
        if target is None:
            return None
        found = _exactly(columns, target) or _ignoring_case(columns, target)
        if not found:
            raise self._none(target, f"no column {target!r}, which leads.toml names for {name!r}", columns)
        return self._one(name, found)

    def _similar(self, name: str) -> int | None:
        columns = self.columns or ()
        headers = _KNOWN.get(name.casefold().replace(" ", "_"), ())
        known = [at for at, column in enumerate(columns) if bare(column) in headers]
        found = known or _ignoring_case(columns, name) or _barely(columns, name)
        if not found:
            properties = ((at, property_of(column)) for at, column in enumerate(columns))
            found = [at for at, one in properties if one and bare(one) in (*headers, bare(name))]
        return self._one(name, found)

    def _heard(self, name: str) -> str | None:
        """The log's activity that is known to be another spelling of a name."""
        bare_name = bare(name)
        spelled = (*_HEARD.get(bare_name, ()), bare_name)
        # A lone number would be anybody's; where all are numbers, they are Marketo's types.
        numbered = all(one.isdecimal() for one in self.activities or ())
        found = sorted(
            one
            for one in self.activities or ()
            if bare_name and bare(one) in spelled and (numbered or not one.isdecimal())
        )
        if len(found) < 2:
            return found[0] if found else None
        raise UserError(
            f"{len(found)} activities of the log could be {name!r}: {' and '.join(repr(one) for one in found[:3])}",
            f'say which in leads.toml, as in [activities] "{name}" = "…"',
            Place(self.log),
        )

    def _one(self, name: str, found: Sequence[int]) -> int | None:
        if len(found) < 2:
            return found[0] if found else None
        columns = self.columns or ()
        spelled = " and ".join(f"{columns[at]!r} (column {at + 1})" for at in found[:3])
        same = len({columns[at] for at in found}) == 1
        raise UserError(
            f"{len(found)} columns could be {name!r}: {spelled}",
            "give each column a name of its own" if same else f'say which in leads.toml, as in [names] "{name}" = "…"',
            Place(self.file, 1),
        )

    def _none(self, name: str, message: str, columns: Iterable[str]) -> UserError:
        shown = [one if len(one) <= _SHOWN else f"{one[: _SHOWN - 1]}…" for one in columns]
        return UserError(message, did_you_mean(name, shown), Place(self.file, 1 if self.file else 0))


def log_columns(columns: Sequence[str], mapping: LeadMapping, file: str) -> tuple[int, int, int]:
    """The places of an activity log's lead, activity and time; UserError when one is missing or told twice."""
    named = mapping.log
    names = Names(tuple(columns), None, LeadMapping(), file)
    given = {"lead": named and named.lead, "activity": named and named.activity, "time": named and named.time}
    return (
        _log_column(names, "lead", given["lead"]),
        _log_column(names, "activity", given["activity"]),
        _log_column(names, "time", given["time"]),
    )


def _log_column(names: Names, role: str, given: str | None) -> int:
    if given is not None:
        return names.column(given, f"log's {role}")
    columns = names.columns or ()
    exact = _exactly(columns, role) or _ignoring_case(columns, role)
    for header in LOG[role]:
        exact = exact or [at for at, column in enumerate(columns) if bare(column) == header]
    if len(exact) == 1:
        return exact[0]
    what = "no column says" if not exact else f"{len(exact)} columns could say"
    said = {"lead": "which lead it was", "activity": "what it did", "time": "when"}[role]
    raise UserError(
        f"{what} {said} in this activity log",
        f"a log has the columns lead, activity and time; or name it in leads.toml, as in [log] {role} = …",
        Place(names.file, 1),
    )


def _exactly(columns: Sequence[str], name: str) -> list[int]:
    return [at for at, column in enumerate(columns) if column == name]


def _ignoring_case(columns: Sequence[str], name: str) -> list[int]:
    folded = name.casefold()
    return [at for at, column in enumerate(columns) if column.casefold() == folded]


def _barely(columns: Sequence[str], name: str) -> list[int]:
    wanted = bare(name)
    return [at for at, column in enumerate(columns) if wanted and bare(column) == wanted]
