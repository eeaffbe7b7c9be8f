"""What sales has the time for: the quota of today, else the next one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sla_tui.agreement.money import Money
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.scoring.pace import Room
from sla_tui.scoring.propose.result import Wanted
from sla_tui.workshop.proposing import by_quota
from sla_tui.workshop.room import counted, quota_of, room_of

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind" / "agreement.toml"
DEAL = Money.parse("18 000 USD")


@pytest.mark.parametrize(
    ("today", "room"),
    [
        (date(2026, 11, 22), Room("2027-Q1", "mql", 30, 48, DEAL)),
        (date(2027, 3, 31), Room("2027-Q1", "mql", 30, 48, DEAL)),
        (date(2027, 4, 1), Room("2027-Q2", "mql", 40, 48, DEAL)),
        (date(2027, 7, 1), None),
    ],
)
def test_the_quota_of_today_counts_else_the_next(today: date, room: Room | None) -> None:
    agreement = Document[Agreement].load(NORTHWIND, Agreement).value
    assert room_of(agreement, NORTHWIND, today) == room


def test_a_quota_says_what_is_wanted_of_rules_for_its_stage_unless_somebody_does() -> None:
    room = Room("2027-Q1", "mql", hours=30, minutes=48, deal=DEAL, hour=Money.parse("75 USD"))
    told = Wanted(capacity=37.0, capacity_by="quota 2027-Q1", worth=300.0, worth_by="quota 2027-Q1")
    assert by_quota(Wanted(), room, "mql") == told
    assert by_quota(Wanted(capacity=50, worth=20), room, "mql") == Wanted(capacity=50, worth=20)
    assert by_quota(Wanted(), room, "sql") == Wanted()
    assert by_quota(Wanted(), None, "mql") == Wanted()


def test_an_unreadable_quota_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "quotas").mkdir()
    (tmp_path / "quotas" / "a.toml").write_text("[quota")
    (tmp_path / "quotas" / "b.toml").write_text(
        "[quota]\nfrom = 2027-01-01\nto = 2027-01-31\n[capacity]\nreps = 2\nhours_per_rep_per_week = 5\n"
    )
    found = room_of(Agreement(), tmp_path / "agreement.toml", date(2027, 1, 1))
    assert found == Room("b", hours=10)
    assert room_of(Agreement(), tmp_path / "elsewhere" / "agreement.toml", date(2027, 1, 1)) is None


def test_a_quota_without_days_or_hours_says_nothing() -> None:
    open_ended = Quota.model_validate({"quota": {"from": date(2027, 1, 1)}})
    assert quota_of([("x", open_ended)], date(2027, 1, 1)) is None
    assert counted(("x", open_ended), Agreement()) is None
    assert counted(None, Agreement()) is None
