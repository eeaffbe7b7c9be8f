"""The record of a sitting, whole and in order, and the agreement it was about."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, time
from pathlib import Path
from typing import Any

from sla_tui.agreement.fingerprint import section_fingerprint
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement

AGREEMENT: dict[str, Any] = {
    "agreement": {"title": "SLA", "calendar": {"timezone": "Asia/Tokyo"}},
    "objective": {"purpose": "Hand over leads with what sales needs to win them."},
    "scoring": {"stages": [{"id": "mql", "at": 50}]},
    "custom": [{"id": "data-protection", "title": "Data protection", "text": "As the policy says."}],
}
SITTING: dict[str, Any] = {
    "sitting": {"date": date(2026, 11, 30), "started": time(14), "ended": time(15, 30), "facilitator": "Sam Osei"},
    "attendance": [
        {"id": "ana-ruiz", "name": "Ana Ruiz", "party": "sales", "from": time(14, 5), "until": time(15, 30)},
        {"id": "mara-lindqvist", "name": "Mara Lindqvist", "party": "marketing"},
        {"id": "sam-osei", "name": "Sam Osei"},
    ],
    "steps": [{"id": "scoring", "step": "Scoring", "minutes": 20, "started": time(14, 20), "ended": time(14, 44)}],
    "decisions": [{"id": "from-50", "what": "An MQL from 50 points on", "about": "scoring.stages.mql.at"}],
    "votes": [
        {
            "id": "ana",
            "section": "scoring",
            "party": "sales",
            "name": "Ana Ruiz",
            "fist": 2,
            "concern": "Partner leads",
        },
        {"id": "marketing", "section": "scoring", "party": "marketing", "fist": 5},
    ],
    "parked": [
        {
            "id": "partners",
            "what": "How partner leads are scored",
            "about": "scoring",
            "owner": "Tomas Reyes",
            "by": date(2026, 12, 11),
        }
    ],
    "overrides": [{"id": "phone", "reason": "Sales consented on the phone", "on": date(2026, 12, 4)}],
}


def agreed_on(**sections: Any) -> Agreement:
    """The agreement, with some sections otherwise."""
    return Agreement.model_validate({**deepcopy(AGREEMENT), **sections})


def consent(section: str, party: str, agreement: Agreement | None = None, **more: Any) -> dict[str, Any]:
    """A side's consent to a section as the agreement has it."""
    print_ = section_fingerprint(agreement or agreed_on(), section)
    return {"id": f"{section}-{party}", "section": section, "party": party, "fingerprint": print_, **more}


def consents(*sections: str, **more: Any) -> list[dict[str, Any]]:
    """Both sides' consent to sections."""
    return [consent(section, party, **more) for section in sections for party in ("marketing", "sales")]


def sitting(particulars: dict[str, Any] | None = None, **sections: Any) -> Sitting:
    """The record, with some of its particulars and sections otherwise; both sides consented to the scoring."""
    held = deepcopy(SITTING) | {"consents": consents("scoring", by=None)} | sections
    held["sitting"] |= particulars or {}
    return Sitting.model_validate(_answered(held))


def _answered(held: Any) -> Any:
    """Without what is None."""
    if isinstance(held, dict):
        return {key: _answered(one) for key, one in held.items() if one is not None}
    return [_answered(one) for one in held] if isinstance(held, list) else held


WRITTEN = """\
#:schema ../sitting.schema.json

# In the big room.
[sitting]
date = 2026-11-30
started = 14:00:00

[[attendance]]
id = "ana-ruiz"
name = "Ana Ruiz" # by video
party = "sales"

[[votes]]
id = "ana"
section = "scoring"
party = "sales"
fist = 4
"""
"""A record as somebody wrote it, for a file."""


def put_beside(agreement: Path, text: str = WRITTEN, name: str = "2026-11-30") -> Path:
    """Writes a sitting's record beside an agreement's file; its path."""
    file = agreement.parent / "sittings" / f"{name}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file
