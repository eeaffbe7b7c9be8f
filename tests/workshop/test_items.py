"""Entries of lists: new ones with ids that say something, copies, and rows pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sla_tui.agreement.parts import Item, Part, Spec, specs
from sla_tui.agreement.paths import Refused, UnknownKey, apply, at_key
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.record.document import Document
from sla_tui.workshop.items import BadRows, article, copied, fresh, from_rows

Rows = list[tuple[str, ...]]


@pytest.fixture
def agreement(sample: Path) -> Agreement:
    return Document[Agreement].load(sample, Agreement).value


def rules(agreement: Agreement) -> list[Item]:
    return list(at_key(agreement, "scoring.rules").value)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("scoring.fast_track", "a fast track"),
        ("scoring.exclude", "an exclusion"),
        ("stakeholders.people", "a person"),
        ("stakeholders.responsibilities", "a responsibility"),
        ("assignment.steps", "a step"),
        ("mql.not", "a lookalike"),
        ("pipeline.back", "a way back"),
        ("duplicates.keeps", "a thing to keep"),
        ("technology.automations", "an automation"),
    ],
)
def test_a_list_says_what_adding_to_it_adds(key: str, words: str) -> None:
    assert article(at_key(Agreement(), key).spec.entry) == words


@pytest.mark.parametrize("file", [Agreement, Quota, Sitting])
def test_a_list_whose_title_is_no_plural_says_what_one_of_it_is_called(file: type[Part]) -> None:
    assert [spec.title for spec in _lists(file) if not spec.ask.entry and not spec.title.endswith("s")] == []


def _lists(cls: type[Part]) -> Iterator[Spec]:
    for spec in specs(cls):
        if spec.kind is Kind.LIST:
            yield spec
        if spec.nested:
            yield from _lists(spec.type)


def test_a_new_entry_is_named_after_its_words(agreement: Agreement) -> None:
    item = fresh(at_key(agreement, "scoring.rules"), {"label": "Opens a Newsletter!", "points": "5"})
    assert (item.id, at_key(item, "points").value) == ("opens-a-newsletter", 5)


def test_a_new_entry_without_words_is_named_after_its_list(agreement: Agreement) -> None:
    assert fresh(at_key(agreement, "scoring.rules")).id == "rule"


def test_no_two_entries_get_one_name(agreement: Agreement) -> None:
    assert fresh(at_key(agreement, "scoring.rules"), {"label": "Open"}).id == "open-2"


def test_a_given_id_is_taken_as_it_is(agreement: Agreement) -> None:
    assert fresh(at_key(agreement, "scoring.rules"), {"id": "mine", "label": "Open"}).id == "mine"


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"points": "many"}, Refused),
        ({"points": "99999999"}, Refused),
        ({"id": "No Good"}, Refused),
        ({"id": "score"}, Refused),
        ({"poinst": "4"}, UnknownKey),
    ],
)
def test_an_entry_refuses_what_its_fields_refuse(
    agreement: Agreement, answers: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        fresh(at_key(agreement, "scoring.rules"), answers)


def test_a_copy_stands_below_the_original_with_a_name_of_its_own(agreement: Agreement) -> None:
    after, _ = apply(agreement, copied(at_key(agreement, "scoring.rules"), 0))
    assert [rule.id for rule in rules(after)] == ["open", "open-2", "demo"]
    assert at_key(after, "scoring.rules.open-2.points").value == 2


@pytest.mark.parametrize(
    "text",
    [
        "What for\tPoints\nOpens\t3\nClicks\t5\n",
        "points\tlabel\r\n3\tOpens\r\n5\tClicks\r\n",
        "Opens\t\t3\nClicks\t\t5",
        "\n\nLABEL\tPOINTS\n\nOpens\t3\nClicks\t5\n\n",
    ],
)
def test_pasted_rows_become_entries_by_heading_or_by_place(agreement: Agreement, text: str) -> None:
    after, back = apply(agreement, from_rows(agreement, "scoring.rules", text))
    assert [(at_key(rule, "label").value, at_key(rule, "points").value) for rule in rules(after)[2:]] == [
        ("Opens", 3),
        ("Clicks", 5),
    ]
    assert apply(after, back)[0] == agreement


def test_a_pasted_row_may_call_another_entry_by_its_name(agreement: Agreement) -> None:
    after, _ = apply(agreement, from_rows(agreement, "stakeholders.teams", "SDR team\nOps\nOps"))
    rows = "name\tteam\nAna Ruiz\tsdr TEAM\nBo Lee\tsdr-team\nCy Oz\tOps\nDi Xu\tNobody"
    after, _ = apply(after, from_rows(after, "stakeholders.people", rows))
    teams = [at_key(person, "team").value for person in at_key(after, "stakeholders.people").value]
    assert teams == ["sdr-team", "sdr-team", "Ops", "Nobody"]


def test_pasted_rows_of_the_same_words_get_different_names(agreement: Agreement) -> None:
    after, _ = apply(agreement, from_rows(agreement, "scoring.rules", "Opens\nOpens"))
    assert [rule.id for rule in rules(after)[2:]] == ["opens", "opens-2"]


def test_a_cell_may_hold_lines_and_tabs_in_quotes(agreement: Agreement) -> None:
    after, _ = apply(agreement, from_rows(agreement, "scoring.rules", '"Opens\tor\nclicks"\t\t3'))
    assert at_key(rules(after)[-1], "label").value == "Opens or clicks"


def test_an_inch_mark_swallows_no_rows(agreement: Agreement) -> None:
    after, _ = apply(agreement, from_rows(agreement, "scoring.rules", '"5 inch pipes\t\t3\nClicks\t\t5'))
    assert [at_key(rule, "label").value for rule in rules(after)[2:]] == ['"5 inch pipes', "Clicks"]


def test_every_row_that_cannot_be_read_is_named_and_nothing_is_added(agreement: Agreement) -> None:
    text = "label\tpoints\nOpens\tmany\nClicks\t5\nCalls\t1\t2\t3"
    with pytest.raises(BadRows) as caught:
        from_rows(agreement, "scoring.rules", text)
    assert [problem.partition(":")[0] for problem in caught.value.problems] == ["row 2", "row 4"]


@pytest.mark.parametrize("text", ["", " \t \n", "label\tponits\nOpens\t3"])
def test_what_is_no_table_is_refused_with_a_reason(agreement: Agreement, text: str) -> None:
    with pytest.raises(BadRows) as caught:
        from_rows(agreement, "scoring.rules", text)
    assert caught.value.message


def test_an_endless_cell_is_refused_not_a_crash(agreement: Agreement) -> None:
    with pytest.raises(BadRows):
        from_rows(agreement, "scoring.rules", f'"{"x" * 200_000}"')
