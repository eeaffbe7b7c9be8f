"""How far each section is: what counts, what waits until somebody looks, and that nothing old is said again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.check import Finding, Severity, check
from sla_tui.agreement.examples import agreed
from sla_tui.agreement.paths import Put, Refused, apply
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop.progress import Overview, Progress, Standing, progress
from sla_tui.workshop.refused import UNTAKEN
from tests.strategies import changes, parts

PROMISE = {"id": "call", "party": "sales", "activity": "Call", "within": "2 days", "from": "received"}
DRAFT = Agreement.model_validate({"objective": {"purpose": "Win."}, "commitments": [PROMISE], "signatures": {}})
WRONG = Finding(Severity.ERROR, "own-hands", "commitments.call", "not theirs")


def of(sections: tuple[Progress, ...], key: str) -> Progress:
    return next(one for one in sections if one.key == key)


def test_a_section_counts_what_must_be_answered_and_is() -> None:
    one = of(progress(DRAFT, ()), "objective")
    assert one.standing is Standing.OPEN
    assert one.answered == 1
    assert one.open == one.asked - 1 > 0


def test_a_section_left_out_asks_nothing() -> None:
    one = of(progress(DRAFT, ()), "handoff")
    assert (one.standing, one.asked) == (Standing.ABSENT, 0)


def test_findings_count_only_where_somebody_looked() -> None:
    overview = Overview()
    untouched = of(overview.of(DRAFT, (WRONG,), frozenset()), "commitments")
    assert (untouched.standing, untouched.seen) == (Standing.OPEN, False)
    looked_at = of(overview.of(DRAFT, (WRONG,), frozenset({"commitments"})), "commitments")
    assert (looked_at.standing, looked_at.wrong) == (Standing.WRONG, 1)


def test_an_untouched_section_with_nothing_open_and_nothing_wrong_is_complete() -> None:
    empty = Agreement.model_validate({"custom": [{"id": "data", "title": "Data", "text": "As the policy says."}]})
    assert of(Overview().of(empty, (), frozenset()), "custom").standing is Standing.COMPLETE
    wrong = Finding(Severity.ERROR, "two-meanings", "custom.data.text", "bi-monthly")
    assert of(Overview().of(empty, (wrong,), frozenset()), "custom").standing is Standing.OPEN


def test_an_example_is_asked_for_and_not_answered_until_it_is_agreed() -> None:
    marked, _ = apply(DRAFT, Put("sources", {"objective": {"kind": "example"}}))
    assert of(progress(marked, ()), "objective").answered == 0
    overview = Overview()
    assert of(overview.of(marked, ()), "objective").answered == 0
    assert of(overview.of(DRAFT, ()), "objective").answered == 1
    entry, _ = apply(DRAFT, Put("sources", {"commitments.call": {"kind": "example"}}))
    before, after = of(progress(DRAFT, ()), "commitments"), of(overview.of(entry, ()), "commitments")
    assert (before.answered > 1, after.answered) == (True, 1), "the list itself has an entry"


def test_agreeing_to_examples_changes_how_many_are_answered_and_not_how_many_are_asked() -> None:
    given = {"objective": {"purpose": "Win.", "scope": "All of it."}, "sources": {"objective": {"kind": "example"}}}
    marked = Agreement.model_validate(given)
    change = agreed(marked, "objective")
    assert change is not None
    settled, _ = apply(marked, change)
    before, after = of(progress(marked, ()), "objective"), of(progress(settled, ()), "objective")
    assert (before.answered, after.answered) == (0, 2)
    assert before.asked == after.asked


def test_an_answer_under_text_that_was_not_taken_is_none() -> None:
    untaken = Finding(Severity.ERROR, UNTAKEN, "objective.purpose", "not in the agreement")
    overview = Overview()
    whole = of(overview.of(DRAFT, ()), "objective")
    assert of(overview.of(DRAFT, (untaken,)), "objective").answered == whole.answered - 1
    assert of(overview.of(DRAFT, ()), "objective").answered == whole.answered


def test_what_did_not_change_is_the_same_object() -> None:
    overview = Overview()
    before = overview.of(DRAFT, ())
    later, _ = apply(DRAFT, Put("objective.scope", "Everything"))
    after = overview.of(later, ())
    assert of(after, "commitments") is of(before, "commitments")
    assert of(after, "objective") is not of(before, "objective")


@given(st.data())
def test_what_is_remembered_never_differs_from_what_is_looked_at_anew(data: st.DataObject) -> None:
    agreement = data.draw(parts(Agreement))
    overview = Overview()
    for _ in range(3):
        findings = check(agreement)
        seen = data.draw(st.frozensets(st.sampled_from(["objective", "scoring", "commitments"])))
        assert overview.of(agreement, findings, seen) == Overview().of(agreement, findings, seen)
        try:
            agreement, _ = apply(agreement, data.draw(changes(agreement)))
        except Refused:
            continue
