"""A commitment reads as one English sentence, whatever of it has been answered."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sla_tui.agreement.amounts import read_amounts
from sla_tui.agreement.parts import plain, slots, spec_by_key
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.pipeline import Pipeline
from sla_tui.agreement.sections.scoring import Rule
from sla_tui.agreement.sentence import BLANK, item_slots, reading, sentence, slot_words, stage_words
from tests.strategies import parts


def promise(**answers: Any) -> Commitment:
    if isinstance(answers.get("amounts"), str):
        answers["amounts"] = plain(read_amounts(answers["amounts"]))
    return Commitment.model_validate({"id": "x", **{key.rstrip("_"): value for key, value in answers.items()}})


def said(item: Commitment, **how: Any) -> str:
    return "".join(piece.words or BLANK for piece in sentence(item, **how))


FULL = {
    "party": "sales",
    "activity": "Follow up",
    "amounts": "3 calls and 3 emails",
    "share": "95 %",
    "applies_to": "mql",
    "within": "2 weeks",
    "from_": "received",
}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (FULL, "Sales will follow up with 3 calls and 3 emails for 95 % of MQLs within 2 weeks of receipt."),
        (
            {"party": "marketing", "activity": "Deliver", "amounts": "40 leads", "applies_to": "mql", "per": "month"},
            "Marketing will deliver 40 leads that are MQLs each month.",
        ),
        (
            {"party": "marketing", "activity": "Deliver 40 leads", "per": "month"},
            "Marketing will deliver 40 leads each month.",
        ),
        (
            {"party": "marketing", "activity": "Deliver qualified leads", "applies_to": "sql", "within": "1 month"},
            "Marketing will deliver qualified leads that are SQLs within 1 month of ____.",
        ),
        (
            {"party": "shared", "activity": "Hold a lead feedback meeting", "per": "week"},
            "Both sides will hold a lead feedback meeting each week.",
        ),
        (
            {"party": "shared", "activity": "Meet", "amounts": "2 meetings", "per": "month"},
            "Both sides will meet, 2 meetings each month.",
        ),
        (
            {"party": "sales", "activity": "Work leads", "amounts": "40 minutes per rep", "per": "week"},
            "Sales will work leads for 40 minutes per rep each week.",
        ),
        (
            {"party": "sales", "activity": "Spend", "amounts": "40 minutes per rep", "per": "week"},
            "Sales will spend 40 minutes per rep each week.",
        ),
        (
            {
                "party": "sales",
                "role": "SDR team",
                "activity": "Call",
                "applies_to": "hot",
                "only_when": {"field": "country", "in": ["US", "CA"]},
                "within": "5 minutes",
                "from_": "received",
            },
            "Sales (SDR team) will call for hot leads where country is one of US, CA within 5 minutes of receipt.",
        ),
        (
            {
                "party": "sales",
                "activity": "Call",
                "only_when": "demo_request",
                "within": "1 hour",
                "from_": "handed_off",
            },
            "Sales will call with demo_request within 1 hour of handoff.",
        ),
        (
            {
                "party": "sales",
                "activity": "Update the CRM.",
                "share": "95 %",
                "within": "2 weeks",
                "from_": "accepted",
            },
            "Sales will update the CRM in 95 % of cases within 2 weeks of acceptance.",
        ),
        (
            {"party": "sales", "activity": "Work it", "within": "2 days", "from_": "received", "keep_open": "4 weeks"},
            "Sales will work it within 2 days of receipt, keeping each open for at least 4 weeks.",
        ),
        (
            {
                "party": "marketing",
                "activity": "Qualify",
                "share": "90 %",
                "applies_to": "opportunity",
                "per": "quarter",
            },
            "Marketing will qualify for 90 % of opportunities each quarter.",
        ),
        ({"party": "sales", "activity": "Will CRM-check", "per": "week"}, "Sales will CRM-check each week."),
        ({"party": "sales", "activity": "to A/B test", "per": "week"}, "Sales will A/B test each week."),
        ({"party": "sales", "activity": "will call back", "per": "week"}, "Sales will call back each week."),
        ({"party": "sales", "activity": "SDRs call", "per": "week"}, "Sales will SDRs call each week."),
    ],
)
def test_a_promise_reads_as_english(answers: dict[str, Any], words: str) -> None:
    assert reading(promise(**answers)) == words


def test_what_must_still_be_answered_is_a_blank_and_what_may_be_left_open_is_not_said() -> None:
    assert reading(promise()) == "____ will ____ within ____ of ____."
    assert reading(promise(share="95 %", keep_open="1 week")) == (
        "____ will ____ in 95 % of cases within ____ of ____, keeping each open for at least 1 week."
    )


def test_without_blanks_only_what_was_answered_is_said() -> None:
    assert sentence(promise(), blanks=False) == ()
    assert said(promise(party="sales", within="2 weeks"), blanks=False) == "Sales within 2 weeks."
    assert said(promise(party="sales", activity="Call", from_="received"), blanks=False) == "Sales will call."
    assert said(promise(activity="Call", within="2 weeks"), blanks=False) == "Call within 2 weeks."


def test_for_filling_in_every_slot_has_its_place() -> None:
    pieces = sentence(promise(), every=True)
    assert [piece.slot.key for piece in pieces if piece.slot] == [phrase.key for phrase in Commitment.reads]
    assert said(promise(), every=True) == (
        "____ (____) will ____ with ____ for ____ of ____ where ____ each ____ within ____ of ____, "
        "keeping each open for at least ____."
    )


def test_under_a_partys_name_the_party_is_not_said_again() -> None:
    assert said(promise(**FULL), without={"party"}).startswith("Follow up with 3 calls")
    assert said(promise(**{**FULL, "role": "SDR team"}), without={"party"}).startswith("SDR team will follow up")


def test_the_pieces_know_their_places() -> None:
    keys = [piece.slot.key for piece in sentence(promise(**FULL), "commitments.x") if piece.slot]
    assert keys[0] == "commitments.x.party"
    assert item_slots(promise(**FULL), "commitments.x")["from"].key == "commitments.x.from"
    assert item_slots(promise(**FULL))["share"].text == "95 %"


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("mql", "MQLs"),
        ("sal", "SALs"),
        ("lead", "leads"),
        ("customer", "customers"),
        ("opportunity", "opportunities"),
        ("survey", "surveys"),
        ("known-contact", "known contacts"),
        ("sales-ready", "sales ready leads"),
        ("marketing-qualified", "marketing qualified leads"),
        ("hot", "hot leads"),
        ("tier-1", "tier 1 leads"),
        ("prospects", "prospects"),
    ],
)
def test_a_stage_is_said_as_the_word_for_its_leads(stage: str, words: str) -> None:
    assert stage_words(stage) == words


def test_an_item_without_a_sentence_reads_as_its_first_answers() -> None:
    assert reading(Rule(id="r", label="Opens", points=2, per="each")) == "Opens · 2 · each"
    assert reading(Rule(id="r")) == "r"


@st.composite
def spoken(draw: DrawFn) -> Commitment:
    """Commitments whose texts are plain words, so that odd spaces are the sentence's own."""
    drawn = draw(parts(Commitment))
    words = {key: draw(st.none() | st.just(word)) for key, word in (("role", "SDR team"), ("activity", "Call back"))}
    plainly = {"applies_to": draw(st.none() | st.just("mql")), "only_when": draw(st.none() | st.just("demo"))}
    return drawn.model_copy(update={**words, **plainly})


@given(spoken(), st.booleans(), st.booleans())
def test_every_sentence_is_well_spaced_and_says_every_answer_it_has_a_phrase_for(
    item: Commitment, blanks: bool, every: bool
) -> None:
    text = said(item, blanks=blanks, every=every)
    assert "  " not in text
    assert not any(wrong in text for wrong in ("( ", " )", " ,", " .", ".."))
    assert text == "" or (text[0].upper() == text[0] and text.endswith("."))
    known = spec_by_key(Commitment)
    for phrase in Commitment.reads:
        value = getattr(item, known[phrase.key].name)
        if value in (None, (), "") or (phrase.needs and not getattr(item, phrase.needs)):
            continue
        words = known[phrase.key].word(value) if known[phrase.key].choices else known[phrase.key].show(value)
        if phrase.key == "amounts" and item.per:
            words = words.replace(" per period", "")
        assert ("MQLs" if phrase.key == "applies_to" else words).lower() in text.lower()


def test_an_amount_for_a_period_does_not_say_so_twice() -> None:
    item = Commitment.model_validate(
        {
            "id": "meet",
            "party": "shared",
            "activity": "Meet",
            "amounts": [{"count": 1, "unit": "meeting", "each": "period"}],
            "per": "week",
        }
    )
    assert said(item, blanks=False) == "Both sides will meet, 1 meeting each week."


def test_several_stages_are_said_one_after_another() -> None:
    path = {"path": ["mql", "sql", "customer"]}
    (slot,) = [one for one in slots(Pipeline.model_validate(path), Pipeline) if one.key == "path"]
    assert slot_words(slot) == "MQLs, SQLs, customers"
