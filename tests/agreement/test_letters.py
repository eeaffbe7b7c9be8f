"""Letters that a PDF shows as code points: one finding a section and kind, at the first place, with what helps."""

from __future__ import annotations

from typing import Any

from sla_tui.agreement.check import Finding, Severity, check
from sla_tui.agreement.known import Known
from sla_tui.agreement.terms import Agreement


def found(lacking: str = "🚀שלםต์一\u030c", **sections: Any) -> list[Finding]:
    """What is found where a PDF lacks the letters of ``lacking``."""
    known = Known(unprinted=lambda text: "".join(c for c in dict.fromkeys(text) if c in lacking))
    return [one for one in check(Agreement.model_validate(sections), known) if one.code == "not-printed"]


def test_a_letter_that_no_font_has_is_a_warning_with_its_place_and_code_point() -> None:
    (one,) = found(objective={"purpose": "To the moon 🚀"})
    assert (one.severity, one.key) == (Severity.WARNING, "objective.purpose")
    assert one.message == "Purpose: the PDF's fonts lack 🚀; a PDF shows them as [U+1F680]"


def test_each_kind_of_letters_says_what_helps() -> None:
    said = {
        "שלם": ("from right to left", "HTML or Word"),
        "ต์": ("join or stack", "HTML or Word"),
        "x\u030c": ("accents", "HTML or Word"),
        "一": ("[U+4E00]", "sla-tui[cjk]"),
    }
    for text, (message, fix) in said.items():
        (one,) = found(objective={"purpose": text})
        assert message in one.message, text
        assert fix in one.fix, text


def test_a_section_is_warned_of_once_at_its_first_place() -> None:
    rules = [{"id": f"r{at}", "label": f"Fly 🚀 {at}", "when": "x"} for at in range(9)]
    one, other = found(scoring={"rules": rules}, glossary={"terms": [{"id": "a", "term": "🚀", "meaning": "🚀"}]})
    assert {one.key, other.key} == {"scoring.rules.r0.label", "glossary.terms.a.term"}
    assert "and in 8 more of this section" in (one.message + other.message)


def test_nothing_is_said_of_plain_text_nor_where_no_fonts_are_known() -> None:
    assert not found(objective={"purpose": "Łódź"})
    assert not [
        one for one in check(Agreement.model_validate({"objective": {"purpose": "🚀"}})) if one.code == "not-printed"
    ]
