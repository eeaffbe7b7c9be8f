"""The rows of a section: kept ones say what fresh ones would, and only what is open can be asked for."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.check import check
from sla_tui.agreement.parts import slots, specs
from sla_tui.agreement.paths import Put, Refused, apply, is_item
from sla_tui.agreement.terms import Agreement
from sla_tui.tui.drafting.row import Row
from sla_tui.tui.drafting.rows import only_open, section_rows
from sla_tui.tui.drafting.sheet import Kept, sheet
from sla_tui.workshop.places import above
from sla_tui.workshop.wording import Wording
from tests.strategies import changes, parts

MEETINGS: dict[str, Any] = {
    "communication": {
        "channels": [{"id": "chat", "name": "Chat", "used_for": "Leads"}],
        "meetings": [
            {
                "id": "weekly",
                "name": "Weekly review",
                "every": "week",
                "agenda": [{"id": "wins", "topic": "Results"}, {"id": "open", "minutes": 10}],
            }
        ],
    }
}
HELD = Agreement.model_validate(MEETINGS)
INNER = "communication.meetings.weekly.agenda"


def rows(held: Agreement, section: str, open_item: str = "", kept: Kept | None = None) -> tuple[Row, ...]:
    return section_rows(held, section, sheet(held, open_item, {}, check(held), kept))


@given(st.data())
def test_rows_that_were_kept_are_what_would_be_made_anew(data: st.DataObject) -> None:
    held = data.draw(parts(Agreement))
    wording = Wording(held)
    kept = {spec.key: Kept(wording) for spec in specs(Agreement) if spec.about}
    for _ in range(4):
        entries = [one for slot in slots(held, Agreement) for one in above(slot.key) if is_item(held, one)]
        opened = data.draw(st.sampled_from(["", *entries]))
        for section in data.draw(st.lists(st.sampled_from(sorted(kept)), max_size=6)):
            assert rows(held, section, opened, kept[section]) == rows(held, section, opened)
        try:
            held, _ = apply(held, data.draw(changes(held)))
        except Refused:
            continue


def test_who_is_named_is_called_by_the_name_he_has_now() -> None:
    people = {"people": [{"id": "ana", "name": "Ana"}], "teams": [{"id": "sdr", "name": "SDR", "speaks": "ana"}]}
    held = Agreement.model_validate({"stakeholders": people})
    kept = Kept(Wording(held))
    before = rows(held, "stakeholders", kept=kept)
    later, _ = apply(held, Put("stakeholders.people.ana.name", "Ana Ruiz"))
    after = rows(later, "stakeholders", kept=kept)
    assert "Ana Ruiz" in repr(after)
    assert "Ana Ruiz" not in repr(before)


def test_an_entry_that_stays_keeps_its_row() -> None:
    kept = Kept(Wording(HELD))
    before = {row.stops: row for row in rows(HELD, "communication", kept=kept)}
    later, _ = apply(HELD, Put("communication.absence", "They send somebody."))
    after = {row.stops: row for row in rows(later, "communication", kept=kept)}
    assert after["communication.meetings.weekly",] is before["communication.meetings.weekly",]


def test_each_level_of_lists_stands_two_cells_further_in() -> None:
    shown = {row.stops[0]: row for row in rows(HELD, "communication", f"{INNER}.wins") if row.stops}
    assert shown["communication.meetings"].indent == shown["communication.meetings.weekly"].indent == 0
    assert shown["communication.meetings.weekly.every"].indent == 1
    assert shown[INNER].indent == shown[f"{INNER}.wins"].indent == shown[f"{INNER}.open"].indent == 1
    assert shown[f"{INNER}.wins.minutes"].indent == 2


def test_only_what_is_open_and_what_it_stands_under_is_left() -> None:
    every = rows(HELD, "communication", f"{INNER}.wins")
    left = only_open(every, f"{INNER}.wins.topic")
    stops = [stop for row in left for stop in row.stops]
    assert f"{INNER}.wins.topic" in stops, "where the cursor is"
    assert {INNER, "communication.meetings", "communication.meetings.weekly"} <= set(stops)
    assert f"{INNER}.open" in stops
    assert "communication.meetings.weekly.every" not in stops
    assert all(row in left for row in every if row.sign)


def test_a_groups_name_goes_with_its_last_open_entry() -> None:
    call = {"id": "call", "party": "sales", "activity": "Call", "measure": "first_touch", "if_missed": "It goes on."}
    held = Agreement.model_validate(
        {"commitments": [{**call, "within": "2 days", "from": "received"}, {"id": "give", "party": "marketing"}]}
    )
    assert [row.label for row in rows(held, "commitments") if row.heading] == ["Marketing", "Sales"]
    assert [row.label for row in only_open(rows(held, "commitments"), "") if row.heading] == ["Marketing"]


def test_what_may_change_between_signings_is_called_by_its_words() -> None:
    held = Agreement.model_validate(
        {
            "agreement": {
                "schedules": ["scoring"],
                "limits": [{"id": "one", "key": "scoring.stages.mql.at", "at_least": 40, "at_most": 60}],
            },
            "scoring": {"stages": [{"id": "mql", "name": "Marketing qualified lead", "at": 50}]},
        }
    )
    (row,) = [row for row in rows(held, "agreement") if row.stops == ("agreement.limits.one",)]
    assert [cell.text for cell in row.cells] == ["Marketing qualified lead (from points)", "40", "60"]


def test_what_is_only_to_be_noted_is_nothing_to_mend() -> None:
    held = Agreement.model_validate({"objective": {"success": {"metric": "Won", "from": "4 %", "to": "8"}}})
    shown = rows(held, "objective")
    assert {row.stops[0]: row.sign for row in shown if row.sign == "·"} == {"objective.success.to": "·"}
    assert "objective.success.to" not in [stop for row in only_open(shown, "") for stop in row.stops]
