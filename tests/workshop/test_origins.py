"""Where an answer comes from: said, taken back, and in words."""

from __future__ import annotations

from sla_tui.agreement.paths import apply
from sla_tui.agreement.sources import Source
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop.origins import origin, remark, said

HELD = Agreement.model_validate(
    {"objective": {"purpose": "Win.", "scope": "All."}, "sources": {"objective": {"kind": "example"}}}
)


def test_what_is_said_of_one_answer_leaves_what_is_said_around_it() -> None:
    told, _ = apply(HELD, remark(HELD, "objective.scope", "measured", "  CRM,\n2026 "))
    assert origin(told, "objective.scope") == Source(kind="measured", note="CRM, 2026")
    assert origin(told, "objective.purpose") == Source(kind="example")
    again, _ = apply(told, remark(told, "objective.scope", "", "never mind"))
    assert again == HELD


def test_without_a_note_only_the_kind_is_said_and_the_last_remark_leaves_nothing() -> None:
    told, _ = apply(HELD, remark(HELD, "objective", "agreed", " "))
    assert origin(told, "objective.scope") == Source(kind="agreed")
    none, _ = apply(told, remark(told, "objective", "", ""))
    assert (none.sources, origin(none, "objective.scope")) == (None, None)


def test_it_reads_in_a_few_words() -> None:
    assert said(None) == "source not said"
    assert said(Source(kind="example")) == "~ example"
    assert said(Source(kind="measured", note="CRM, 2026")) == "measured: CRM, 2026"
