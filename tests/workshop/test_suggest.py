"""What is offered while an answer is typed, chosen from, and added by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_tui.agreement.parts import slots
from sla_tui.agreement.paths import Put, apply, at_key
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.workshop.choosing import Choice, entries, few, meant, names_entries
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.newcomers import newcomers, with_new
from sla_tui.workshop.steps import naming
from sla_tui.workshop.suggest import Suggestions, continued

EXAMPLES = Path(__file__).parents[2] / "agreements"
SMALL = Agreement.model_validate(
    {
        "agreement": {"schedules": ["scoring"], "limits": [{"id": "one"}]},
        "stakeholders": {
            "teams": [{"id": "sdr", "name": "SDR team"}, {"id": "field", "name": "Field sales"}],
            "people": [{"id": "ana-ruiz", "name": "Ana Ruiz", "title": "VP Sales"}],
        },
        "scoring": {
            "stages": [{"id": "mql", "name": "Marketing qualified lead", "at": 50}],
            "rules": [
                {"id": "open", "label": "Opens", "when": "email_open", "points": 2},
                {"id": "us", "label": "Is near", "when": {"field": "country", "in": ["US", "CA"]}, "points": 10},
                {"id": "big", "label": "Is big", "when": {"field": "employees", "at_least": 51}, "points": 10},
                {"id": "new"},
            ],
        },
        "commitments": [
            {"id": "call", "party": "sales", "activity": "Call", "within": "3 hours", "measure": "first_touch"},
            {"id": "write", "party": "sales", "activity": "Write", "within": "3 hours", "if_missed": "We talk."},
            {"id": "hand", "party": "marketing", "activity": "Hand over"},
        ],
        "glossary": {"terms": [{"id": "icp", "term": "Ideal customer profile"}]},
    }
)


def offered(key: str, typed: str, part: Agreement = SMALL) -> list[str]:
    return [offer.listed for offer in Suggestions(part, key).offers(typed)]


def ghost(key: str, typed: str) -> str:
    return continued(Suggestions(SMALL, key).offers(typed), typed)


def test_an_empty_line_is_offered_what_other_entries_say_then_what_is_usual() -> None:
    offers = Suggestions(SMALL, "commitments.hand.within").offers("")
    assert (offers[0].text, offers[0].more) == ("3 hours", "2 times here")
    assert "usual" in {offer.more for offer in offers}
    assert ("We talk.", "as in Write") in [
        (offer.text, offer.more) for offer in Suggestions(SMALL, "commitments.hand.if_missed").offers("")
    ]


def test_the_answer_that_stands_there_is_not_offered_again() -> None:
    assert "first_touch" in offered("commitments.write.measure", "")
    assert "first_touch" not in offered("commitments.call.measure", "")


def test_a_name_of_one_entry_is_no_answer_for_another() -> None:
    assert "Opens" not in offered("scoring.rules.new.label", "")
    assert "Ana Ruiz" not in [
        offer.text for offer in Suggestions(SMALL, "stakeholders.people.ana-ruiz.name").offers("")
    ]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("24", "24 business hours"),
        ("24 b", "24 business hours"),
        ("1 w", "1 week"),
        ("3 bus", "3 business hours"),
        ("5 mi", "5 minutes"),
    ],
)
def test_a_number_goes_on_with_a_unit(typed: str, wanted: str) -> None:
    assert offered("commitments.hand.keep_open", typed)[0] == wanted
    assert ghost("commitments.hand.keep_open", typed) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("3 c", "3 calls"),
        ("1 m", "1 meeting"),
        ("3 calls and 3 em", "3 calls and 3 emails"),
        ("40 minutes p", "40 minutes per lead"),
        ("40 minutes per r", "40 minutes per rep"),
    ],
)
def test_amounts_go_on_with_what_is_counted(typed: str, wanted: str) -> None:
    assert wanted in [offer.text for offer in Suggestions(SMALL, "commitments.hand.amounts").offers(typed)]


def test_what_is_counted_already_is_not_offered_again() -> None:
    assert "3 calls" not in offered("commitments.hand.amounts", "3 calls and 3 ")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("em", ["email_open", "employees"]),
        ("country i", ["country is", "country is not", "country in"]),
        ("country in ", ["US", "CA"]),
        ("country in US, C", ["country in US, CA"]),
        ("country not in US, ", ["CA"]),
        ("employees at l", ["employees at least"]),
        ("Country in u", ["US"]),
    ],
)
def test_a_condition_goes_on_with_a_field_a_test_and_a_value(typed: str, wanted: list[str]) -> None:
    found = offered("scoring.rules.new.when", typed)
    assert [one for one in found if one in wanted] == wanted


def test_fields_that_leads_have_are_offered_for_conditions() -> None:
    found = Suggestions(SMALL, "scoring.rules.new.when", ["webinar", "budget"]).offers("web")
    assert [offer.text for offer in found] == ["webinar"]


def test_conditions_of_other_entries_are_offered_whole() -> None:
    assert "country in US, CA" in offered("scoring.rules.new.when", "")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Ask An", "Ask Ana Ruiz"),
        ("goes to the sdr", "goes to the SDR team"),
        ("fits our Ideal cus", "fits our Ideal customer profile"),
        ("a Mark", "a Marketing qualified lead"),
    ],
)
def test_names_and_terms_are_completed_within_a_sentence(typed: str, wanted: str) -> None:
    assert wanted.casefold() == ghost("commitments.hand.if_missed", typed).casefold()
    assert wanted.casefold() == ghost("commitments.hand.exceptions", typed).casefold()


def test_letters_are_found_without_their_marks() -> None:
    part, _ = apply(SMALL, Put("stakeholders.people.ana-ruiz.name", "Tomás Müller"))
    assert continued(Suggestions(part, "commitments.hand.if_missed").offers("ask Tomas M"), "ask Tomas M") == (
        "ask Tomás Müller"
    )
    assert [one.words for one in meant(entries(part, at_key(part, "commitments.call.owner")), "muller")] == [
        "Tomás Müller"
    ]


def test_small_words_are_not_taken_for_the_beginnings_of_names() -> None:
    assert ghost("commitments.hand.if_missed", "the lead an") == ""
    assert ghost("commitments.hand.if_missed", "talk to i") == ""


def test_what_an_answer_says_already_is_not_offered() -> None:
    assert "3 hours" not in offered("commitments.hand.within", "3 hours")


def test_the_middle_of_an_answer_finds_it() -> None:
    assert offered("commitments.hand.if_missed", "talk") == ["We talk."]


def test_a_range_is_offered_as_two_promises_or_as_one_with_either_limit() -> None:
    both, first, second = Suggestions(SMALL, "commitments.hand.within").offers("5 minutes to 24 hours")
    assert (both.listed, both.more) == ("5 minutes, and 24 hours", "two commitments")
    assert (first.text, second.text) == ("5 minutes", "24 hours")
    assert both.change is not None
    after, back = apply(SMALL, both.change)
    assert after.commitments is not None
    assert [(one.id, str(one.within)) for one in after.commitments[2:]] == [
        ("hand", "5 minutes"),
        ("hand-2", "24 hours"),
    ]
    assert [one.activity for one in after.commitments[2:]] == ["Hand over", "Hand over"]
    assert apply(after, back)[0] == SMALL


def test_any_place_is_found_by_words_or_by_its_key() -> None:
    key = "agreement.limits.one.key"
    by_words = Suggestions(SMALL, key).offers("qualified lead po")
    assert (by_words[0].text, by_words[0].words) == (
        "scoring.stages.mql.at",
        "Marketing qualified lead: From points, 50",
    )
    assert "scoring.rules.open" in [offer.text for offer in Suggestions(SMALL, key).offers("scoring.rul")]
    assert ghost(key, "scoring.stages.mql.a") == "scoring.stages.mql.at"
    first = Suggestions(SMALL, key).offers("")[0]
    assert first.text.startswith("scoring"), "schedules are what may change"


def test_nothing_is_offered_for_ids() -> None:
    assert offered("commitments.hand.id", "ca") == []


@pytest.mark.parametrize("name", ["northwind", "core", "one-page"])
def test_every_question_of_the_examples_is_offered_something_it_takes(name: str) -> None:
    draft = Draft.open(EXAMPLES / name)
    draft.close()
    every = [slot for slot in slots(draft.value, Agreement) if slot.spec.leaf and not slot.spec.ask.of]
    asked = {id(slot.spec): slot for slot in every}.values()  # one entry of a list stands for the others
    offers = [(slot, offer) for slot in asked for offer in Suggestions(draft.value, slot.key).offers("")]
    assert len(offers) > len(asked)
    untaken = [(slot.key, offer.text) for slot, offer in offers if slot.spec.read(offer.text) is None]
    assert untaken == []


# -- names of people, and of time zones

SIGNING = Agreement.model_validate(
    {
        "stakeholders": {
            "teams": [{"id": "sales", "name": "Sales", "party": "sales"}],
            "people": [
                {"id": "nora-kim", "name": "Nora Kim", "title": "SDR manager", "role": "drafter"},
                {"id": "ben-oduya", "name": "Ben Oduya", "title": "VP Sales", "team": "sales", "role": "signer"},
                {"id": "new"},
            ],
        },
        "signatures": {"signers": [{"id": "mira-holt", "name": "Mira Holt", "title": "CMO"}, {"id": "signer"}]},
    }
)


def test_who_signs_is_offered_the_people_of_the_agreement_those_who_are_to_sign_first() -> None:
    offers = Suggestions(SIGNING, "signatures.signers.signer.name").offers("")
    assert [(one.text, one.more) for one in offers] == [
        ("Ben Oduya", "VP Sales · signer"),
        ("Nora Kim", "SDR manager · drafter"),
    ]


def test_who_takes_part_is_offered_those_who_sign_and_nobody_who_is_in_the_list() -> None:
    assert offered("stakeholders.people.new.name", "", SIGNING) == ["Mira Holt"]


def test_a_quota_is_offered_the_people_of_its_agreement() -> None:
    quota = Quota.model_validate({"agreed_by": [{"id": "one"}]})
    offers = Suggestions(quota, "agreed_by.one.name", beside=SIGNING).offers("")
    assert [one.text for one in offers] == ["Ben Oduya", "Nora Kim", "Mira Holt"]


def test_names_and_days_nobody_gave_are_never_offered() -> None:
    empty = Agreement.model_validate(
        {"agreement": {}, "stakeholders": {"people": [{"id": "new"}]}, "signatures": {"signers": [{"id": "new"}]}}
    )
    keys = [slot.key for slot in slots(empty, Agreement) if slot.spec.ask.names or slot.spec.kind is Kind.DATE]
    assert {"agreement.organization", "agreement.starts", "stakeholders.people.new.name"} <= set(keys)
    assert {key: offered(key, "", empty) for key in keys if key != "agreement.calendar.timezone"} == {
        key: [] for key in keys if key != "agreement.calendar.timezone"
    }


def test_whoever_is_known_brings_title_and_side_along_as_a_new_signer() -> None:
    part, _ = apply(SIGNING, Put("signatures.signers.signer.name", "Ben Oduya"))
    doing = naming(part, "signatures.signers.signer", "signatures.signers.signer.name")
    assert doing is not None
    after, _ = apply(part, doing.change)
    signer = at_key(after, "signatures.signers.ben-oduya").value
    assert (signer.title, signer.party) == ("VP Sales", "sales")
    assert doing.look == "signatures.signers.ben-oduya.name"


def test_what_was_answered_for_a_new_signer_stays() -> None:
    part, _ = apply(SIGNING, Put("signatures.signers.signer.name", "Ben Oduya"))
    part, _ = apply(part, Put("signatures.signers.signer.title", "CEO"))
    doing = naming(part, "signatures.signers.signer", "signatures.signers.signer.name")
    assert doing is not None
    assert at_key(apply(part, doing.change)[0], "signatures.signers.ben-oduya.title").value == "CEO"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("Berlin", "Europe/Berlin"), ("Europe/Ber", "Europe/Berlin"), ("new york", "America/New_York")],
)
def test_a_time_zone_is_found_by_its_city(typed: str, wanted: str) -> None:
    assert offered("agreement.calendar.timezone", typed)[0] == wanted


def test_the_time_zone_of_the_machine_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Africa/Nairobi")
    offers = Suggestions(SMALL, "agreement.calendar.timezone").offers("")
    assert [(one.text, one.more) for one in offers] == [("Africa/Nairobi", "of this machine")]
    monkeypatch.setenv("TZ", "nowhere")
    assert offered("agreement.calendar.timezone", "") == []


# -- choosing


def test_what_a_role_means_stands_beside_it() -> None:
    roles = few(at_key(SIGNING, "stakeholders.people.new.role"))
    assert ("editor", "may change the text") in [(one.words, one.more) for one in roles]
    assert all(one.more for one in roles)


def test_a_few_letters_find_one_of_many_the_likeliest_first() -> None:
    choices = (
        Choice("field", "Field sales"),
        Choice("sales-ops", "Operations", "in sales"),
        Choice("sales", "Sales"),
        Choice("legal", "Legal"),
    )
    assert [one.value for one in meant(choices, "sal")] == ["sales", "field", "sales-ops"]
    assert [one.value for one in meant(choices, "ega")] == ["legal"]
    assert meant(choices, " ") == choices
    assert meant(choices, "zz") == ()


def test_choices_are_words_where_there_are_few_and_entries_where_they_are_named() -> None:
    party = at_key(SMALL, "commitments.call.party")
    assert [one.words for one in few(party)] == ["marketing", "sales", "both sides"]
    owner = at_key(SMALL, "commitments.call.owner")
    assert not few(owner)
    assert names_entries(owner)
    assert [(one.words, one.more) for one in entries(SMALL, owner)] == [("Ana Ruiz", "VP Sales")]
    assert not names_entries(at_key(SMALL, "agreement.limits.one.key"))


def test_what_is_named_and_is_not_there_can_still_be_seen() -> None:
    part, _ = apply(SMALL, Put("commitments.call.owner", "gone"))
    found = entries(part, at_key(part, "commitments.call.owner"))
    assert [(one.value, one.more) for one in found] == [("ana-ruiz", "VP Sales"), ("gone", "not in the list")]


# -- somebody new


def test_somebody_new_is_added_to_the_list_and_named_in_one_step() -> None:
    slot = at_key(SMALL, "commitments.call.owner")
    (people,) = newcomers(SMALL, slot)
    assert (people.list_key, people.noun, people.section) == ("stakeholders.people", "person", "")
    change = with_new(SMALL, slot, people.list_key, "Zoe Kim")
    after, back = apply(SMALL, change)
    assert at_key(after, "commitments.call.owner").value == "zoe-kim"
    assert at_key(after, "stakeholders.people.zoe-kim.name").value == "Zoe Kim"
    assert apply(after, back)[0] == SMALL


def test_somebody_new_comes_beside_those_that_are_named_already() -> None:
    part, _ = apply(SMALL, Put("pipeline.decided_by", ("ana-ruiz",)))
    slot = at_key(part, "pipeline.decided_by")
    nouns = [one.noun for one in newcomers(part, slot)]
    assert nouns == ["person", "team"]
    after, _ = apply(part, with_new(part, slot, "stakeholders.teams", "Legal"))
    assert at_key(after, "pipeline.decided_by").value == ("ana-ruiz", "legal")


def test_a_name_that_another_list_has_gets_an_id_of_its_own() -> None:
    part, _ = apply(SMALL, Put("pipeline.decided_by", ()))
    slot = at_key(part, "pipeline.decided_by")
    after, _ = apply(part, with_new(part, slot, "stakeholders.people", "SDR"))
    assert at_key(after, "pipeline.decided_by").value == ("sdr-2",)
    assert at_key(after, "stakeholders.people.sdr-2.name").value == "SDR"


def test_a_section_that_was_left_out_comes_with_its_first_entry_and_goes_with_it() -> None:
    part = SMALL.model_copy(update={"stakeholders": None})
    slot = at_key(part, "commitments.call.owner")
    (people,) = newcomers(part, slot)
    assert people.section == "Roles"
    after, back = apply(part, with_new(part, slot, people.list_key, "Zoe"))
    assert at_key(after, "stakeholders.people.zoe.name").value == "Zoe"
    assert apply(after, back)[0] == part


def test_sections_and_places_cannot_be_made_up() -> None:
    assert newcomers(SMALL, at_key(SMALL, "agreement.schedules")) == ()
    assert newcomers(SMALL, at_key(SMALL, "agreement.limits.one.key")) == ()
