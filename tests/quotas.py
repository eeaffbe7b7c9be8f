"""A wholesaler's quota for one quarter, whole and agreed, and the agreement it belongs to."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from sla_tui.agreement.fingerprint import section_fingerprint
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.terms import Agreement

AGREEMENT: dict[str, Any] = {
    "agreement": {"status": "active", "starts": date(2027, 1, 1), "ends": date(2027, 12, 31)},
    "scoring": {
        "stages": [
            {"id": "lead", "name": "Lead", "at": 10},
            {"id": "mql", "name": "Marketing qualified lead", "at": 50},
            {"id": "sql", "name": "Sales qualified lead", "set": "accepted"},
            {"id": "customer", "name": "Customer", "set": "deal_won"},
        ]
    },
    "commitments": [
        {
            "id": "follow-up",
            "party": "sales",
            "activity": "Follow up",
            "applies_to": "mql",
            "amounts": [{"count": 3, "unit": "call"}, {"count": 3, "unit": "email"}],
        }
    ],
}
QUOTA: dict[str, Any] = {
    "quota": {
        "from": date(2027, 1, 1),
        "to": date(2027, 3, 31),
        "counts": "mql",
        "segments": [
            {"id": "restaurants", "name": "Restaurants", "leads": 280},
            {"id": "hotels", "name": "Hotels", "leads": 140},
            {"id": "retail", "name": "Retail", "leads": 100},
        ],
        "least_per_week": 25,
        "most_per_week": 60,
        "shortfall": "carried",
    },
    "funnel": {
        "revenue_goal": "900 000 USD",
        "average_deal": "12 000 USD",
        "share_from_marketing": "40 %",
        "win_rate": "25 %",
        "sql_to_opportunity": "60 %",
        "mql_to_sql": "40 %",
        "lead_to_mql": "15 %",
    },
    "capacity": {"reps": 4, "hours_per_rep_per_week": 12, "minutes_per_touch": 8},
    "agreed_by": [
        {"id": "ana-ruiz", "party": "sales", "name": "Ana Ruiz", "date": date(2026, 12, 14)},
        {"id": "mara-lindqvist", "party": "marketing", "name": "Mara Lindqvist", "date": date(2026, 12, 14)},
    ],
    "sources": {"funnel.win_rate": {"kind": "measured", "note": "CRM, 2026"}},
}


def agreed_on(**sections: Any) -> Agreement:
    """The agreement, with some sections otherwise."""
    return Agreement.model_validate({**deepcopy(AGREEMENT), **sections})


def quota(said: dict[str, Any] | None = None, **sections: Any) -> Quota:
    """The quota, with some of its terms and sections otherwise; it counts by the agreement's scoring."""
    held = deepcopy(QUOTA)
    held["quota"]["scoring"] = section_fingerprint(agreed_on(), "scoring")
    for name, changes in (("quota", said or {}), *sections.items()):
        before = held.get(name)
        held[name] = {**before, **changes} if isinstance(before, dict) and isinstance(changes, dict) else changes
    return Quota.model_validate(held)


WRITTEN = """\
#:schema ../quota.schema.json

# Agreed in the December meeting.
[quota]
from = 2027-01-01
to = 2027-03-31
counts = "mql"
least_per_week = 25
most_per_week = 60
shortfall = "carried" # as last year

[[quota.segments]]
id = "restaurants"
name = "Restaurants"
leads = 280

[[quota.segments]]
id = "hotels"
name = "Hotels"
leads = 240

[funnel]
revenue_goal = "900 000 USD"
average_deal = "12 000 USD"
share_from_marketing = "40 %"
win_rate = "25 %"
sql_to_opportunity = "60 %"
mql_to_sql = "40 %"
lead_to_mql = "15 %"

[capacity]
reps = 4
hours_per_rep_per_week = 12
minutes_per_touch = 8
touches_per_lead = 6

[[agreed_by]]
id = "ana-ruiz"
party = "sales"
name = "Ana Ruiz"
date = 2026-12-14

[[agreed_by]]
id = "mara-lindqvist"
party = "marketing"
name = "Mara Lindqvist"
date = 2026-12-14

[sources]
"funnel.win_rate" = { kind = "measured", note = "CRM, 2026" }
"""
"""A quota as somebody wrote it, for a file."""


def put_beside(agreement: Path, text: str = WRITTEN, name: str = "2027-Q1") -> Path:
    """Writes a quota's file beside an agreement's; its path."""
    file = agreement.parent / "quotas" / f"{name}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file
