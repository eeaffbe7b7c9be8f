"""The words of the sections: each speaks of answers there are, says all of them, and reads as it should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import agreement, northwind

from sla_tui.agreement.parts import Item, Part, Spec, spec_by_key, specs
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import Bullets, Clause, Detail, Heading, Table, Text
from sla_tui.publish.compose import compose, compose_section, sections
from sla_tui.publish.compose.forms import Compared, Form, Given, Parted, Says, Strung
from sla_tui.publish.compose.phrases import Case, Phrase, keys
from sla_tui.publish.compose.scoring import FORMS
from sla_tui.publish.compose.wording import ENTRIES, ROWS, SECTIONS
from sla_tui.publish.pdf import render
from tests.strategies import parts

NBSP = "\N{NO-BREAK SPACE}"


def said(text: Text) -> str:
    return "".join(run.text for run in text).replace(NBSP, " ")


def printed(given_: Agreement, section: str) -> list[str]:
    """What a section says, a line a clause, a bullet or a row."""
    lines: list[str] = []
    for block in compose_section(given_, section):
        match block:
            case Clause(text) | Detail(text):
                lines.append(said(text))
            case Bullets(items):
                lines += [f"- {said(item)}" for item in items]
            case Table(columns, rows):
                lines += [" | ".join(column.title for column in columns)]
                lines += [" | ".join(said(cell) for cell in row) for row in rows]
            case Heading(text, level=2):
                lines.append(f"## {text}")
            case _:
                pass
    return lines


def spec_at(cls: type[Part], name: str) -> Spec:
    first, _, rest = name.partition(".")
    spec = spec_by_key(cls)[first]
    return spec_at(spec.type, rest) if rest else spec


def phrases(form: Form) -> tuple[Phrase, ...]:
    match form:
        case Says() | Strung():
            return form.phrases
        case Given() | Parted() | Compared():
            return ()


def spoken() -> Iterator[tuple[type[Part], tuple[Phrase, ...]]]:
    """Every run of phrases with the class whose answers it speaks of."""
    for cls, forms in SECTIONS.items():
        for form in forms:
            yield (spec_by_key(cls)[form.key].type if isinstance(form, Strung) else cls), phrases(form)
            if isinstance(form, Compared):
                for key, _ in form.rows:
                    yield from ((spec_by_key(cls)[key].type, column.phrases) for column in form.columns)
    for cls, columns in ROWS.items():
        yield from ((cls, column.phrases) for column in columns)
    yield from ENTRIES.items()


def test_phrases_speak_only_of_answers_there_are_and_of_every_choice() -> None:
    count = 0
    for cls, held in spoken():
        for phrase in held:
            for name in keys(phrase):
                assert not spec_at(cls, name).nested, (cls, name)
                count += 1
            if isinstance(phrase, Case):
                spec = spec_at(cls, phrase.key)
                assert set(phrase.said) <= set(spec.choices), (cls, phrase.key)
    assert count > 150


@pytest.mark.parametrize("cls", SECTIONS, ids=lambda cls: cls.__name__)
def test_a_record_that_a_form_speaks_of_is_said_whole(cls: type[Part]) -> None:
    names = {name for form in SECTIONS[cls] for name in form.names}
    for name in names:
        assert name.partition(".")[0] in spec_by_key(cls)
    for spec in specs(cls):
        if spec.kind is Kind.RECORD and spec.key not in names and any(one.startswith(f"{spec.key}.") for one in names):
            assert {f"{spec.key}.{inner.key}" for inner in specs(spec.type)} <= names


@pytest.mark.parametrize("cls", [*ROWS, *ENTRIES], ids=lambda cls: cls.__name__)
def test_the_wording_of_an_entry_loses_no_answer(cls: type[Item]) -> None:
    held = [phrase for column in ROWS.get(cls, ()) for phrase in column.phrases] or list(ENTRIES[cls])
    names = {name.partition(".")[0] for phrase in held for name in keys(phrase)}
    wanted = {spec.key for spec in specs(cls) if spec.kind not in (Kind.ID, Kind.LIST)}
    # The first answer of an entry with a clause of its own is its title.
    assert wanted - names <= ({specs(cls)[1].key} if cls in ENTRIES else set())


def test_the_forms_of_the_scoring_speak_of_its_answers() -> None:
    from sla_tui.agreement.sections.scoring import Scoring

    assert {name.partition(".")[0] for form in FORMS for name in form.names} <= set(spec_by_key(Scoring))


@given(st.data())
def test_any_agreement_is_composed_with_clauses_numbered_one_after_another(data: st.DataObject) -> None:
    document = compose(data.draw(parts(Agreement)))
    section, last = "", 0
    for block in (*document.blocks, document.signing, *document.signing_words):
        if isinstance(block, Heading) and block.level == 1:
            section, last = block.number, 0
        elif isinstance(block, Clause) and block.number:
            last += 1
            assert block.number == f"{section}.{last}"
        elif isinstance(block, Table):
            assert all(len(row) == len(block.columns) for row in block.rows)


def test_a_section_alone_reads_as_in_the_whole_document() -> None:
    held = northwind()
    document = compose(held)
    assert {repr(block) for one in sections(held).values() for block in one} == set(map(repr, document.sections))
    assert compose_section(held, "scoring.rules.email-open") == compose_section(held, "scoring") != ()
    for key, blocks in sections(held).items():
        assert compose_section(held, key) == blocks
    own = compose_section(held, "custom.data-protection")
    assert isinstance(own[0], Heading)
    assert own[0].text == "Data protection"
    assert set(own) <= set(compose_section(held, "custom"))
    assert compose_section(held, "signatures") == (document.signing, *document.signing_words)
    assert compose_section(Agreement(), "signatures") == compose_section(Agreement(), "scoring") == ()
    assert compose_section(held, "custom.none-such") == compose_section(held, "no.such") == ()


def northwind_section(section: str) -> str:
    return "\n".join(printed(northwind(), section))


def test_a_meeting_is_a_clause_with_its_agenda_below_as_a_table() -> None:
    text = northwind_section("communication")
    assert "Weekly lead review. Weekly, 30 minutes, Tuesday at 10:00. Called and led by Sam Osei, with " in text
    assert "After 12 reviews in a row without findings it is held every two weeks." in text
    assert "\nTopic | Minutes | Led by\nResults: commitments kept and missed, leads returned and why | 10 | Sam" in text


def test_goals_say_from_where_to_where_until_when() -> None:
    text = northwind_section("goals")
    assert "From 38 % to 45 % by 31 December 2027" in text
    assert (
        "Sales cycle. From Marketing qualified lead to Customer: from 75 days to 60 days by 31 December 2027." in text
    )


def test_abbreviations_are_spelt_out_in_headings() -> None:
    titles = {block.text for block in compose(northwind()).blocks if isinstance(block, Heading)}
    assert {"Marketing qualified lead (MQL)", "Sales qualified lead (SQL)"} <= titles


def test_terms_of_the_glossary_are_clauses_under_their_names() -> None:
    given_ = agreement(
        """
        [[glossary.terms]]
        id = "mql"
        term = "MQL"
        meaning = "A lead at that stage"
        also = ["marketing qualified lead", "hot lead"]
        """
    )
    assert printed(given_, "glossary") == [
        "MQL. A lead at that stage. Also called: marketing qualified lead and hot lead."
    ]


def test_what_travels_with_a_lead_is_said_by_whether_it_must() -> None:
    given_ = agreement(
        """
        [handoff]
        [[handoff.carries]]
        id = "a"
        field = "company"
        must = true
        [[handoff.carries]]
        id = "b"
        field = "phone"
        [[handoff.carries]]
        id = "c"
        field = "email"
        must = true
        """
    )
    line = next(one for one in printed(given_, "handoff") if one.startswith("Travels with it"))
    assert line == (
        "Travels with it. A lead is handed over only with company and email. "
        "What travels with it where it is known: phone."
    )


def test_questions_that_must_be_answered_stand_apart_from_the_others() -> None:
    lines = printed(northwind(), "sql")
    first, second = (lines.index(one) for one in lines if one.endswith(("to each of these.", "where they fit.")))
    assert first < lines.index("- From when would you want to order?") < second
    assert second < lines.index("- How much do you spend a month on what we would deliver?")


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        ("[assignment]\nmethod = 'round-robin'", "Method. Leads are split between reps in turn."),
        (
            "[assignment]\nexisting_account = 'ask'",
            "Known company. Who gets a lead from a company that we already know is decided lead by lead by "
            "to be agreed.",
        ),
        (
            "[assignment]\nhours = 'always'\nafter_hours = 'It waits.'",
            "After hours. It waits.",
        ),
        ("[assignment]\nhours = 'always'\nafter_hours = '等到次日。'", "After hours. 等到次日。"),
        ("[intake]\n[intake.purchased]\nallowed = 'no'", "Bought lists. Lists that somebody sold us are not used."),
        ("[intake]", "Bought lists. to be agreed."),
        (
            "[feedback]\npull_back_after = '6 weeks'",
            "Dormant leads. After 6 weeks without a call, an email or a reply marketing may take a lead back.",
        ),
        (
            "[feedback]\npull_back_after = '6 weeks'\ndormant_after = '4 weeks'",
            "Dormant leads. A lead is dormant after 4 weeks without a call, an email or a reply; after 6 weeks "
            "marketing may take it back.",
        ),
        (
            "[review]\nevery = 'half_year'\nsooner = 'Either side asks for it'",
            "Reviews. This agreement is reviewed twice a year, first on to be agreed. Sooner if: Either side asks for "
            "it.",
        ),
        ("[goals]\n[goals.cycle]\ngoal = '60 days'", "Sales cycle. From the first contact to a won deal: 60 days."),
        ("[duplicates]\nmerged_by = 'ops'", "Merging. They are merged by ops. The record that stays is to be agreed."),
    ],
)
def test_answers_read_as_sentences(toml: str, line: str) -> None:
    section = toml.partition("]")[0].removeprefix("[")
    assert line in printed(agreement(toml), section)


def test_a_detail_that_only_repeats_what_is_said_is_said_once() -> None:
    given_ = agreement(
        """
        [escalation]
        [[escalation.paths]]
        id = "a"
        what = "broken_promise"
        detail = "A broken promise"
        [[escalation.paths]]
        id = "b"
        what = "dispute"
        detail = "Whose lead it is"
        """
    )
    rows = [line.split(" | ")[0] for line in printed(given_, "escalation") if " | " in line]
    assert rows[1:] == ["A broken promise", "A dispute: Whose lead it is"]


def test_a_full_stop_inside_an_answer_is_not_said_twice_nor_in_the_middle() -> None:
    given_ = agreement(
        """
        [pipeline]
        [conversion]
        source_kept = "Copied to contact and opportunity, and locked."
        source_keeper = "revops"
        [fields]
        [[fields.fields]]
        id = "company"
        name = "Company"
        meaning = "Northwind Traders Inc."
        mark = "As on the sign."
        [[fields.fields]]
        id = "other"
        name = "Other"
        """
    )
    assert any("and locked. It is not lost: revops makes" in line for line in printed(given_, "conversion"))
    assert any("Northwind Traders Inc. As on the sign." in line for line in printed(given_, "fields"))


def test_steps_are_numbered_and_the_only_entry_of_a_list_is_a_line() -> None:
    given_ = agreement(
        """
        [assignment]
        [[assignment.steps]]
        id = "one"
        step = "Look for a duplicate"
        who = "revops"
        [[assignment.steps]]
        id = "two"
        step = "Set the owner"
        [[assignment.queues]]
        id = "inbound"
        name = "Inbound queue"
        team = "sdr"
        [[assignment.route_around]]
        id = "large"
        to = "ana"
        reason = "They wait for nobody"
        when = { field = "employees", at_least = 1000 }
        """
    )
    lines = printed(given_, "assignment")
    assert " | Step | Who" in lines
    assert "1 | Look for a duplicate | revops" in lines
    assert "2 | Set the owner | to be agreed" in lines
    assert "Queues. Inbound queue: sdr takes leads from it." in lines
    assert "Exceptions. These leads go to ana instead: employees is at least 1000. They wait for nobody." in lines


def test_the_only_entry_of_a_list_stays_on_one_line_whatever_its_cells_hold() -> None:
    given_ = agreement(
        """
        [reporting]
        [[reporting.dashboards]]
        id = "a"
        name = "SLA"
        link = "https://crm.example.com/sla"
        """
    )
    line = next(one for one in printed(given_, "reporting") if one.startswith("Dashboards"))
    assert line == ("Dashboards. SLA, https://crm.example.com/sla. Shows: to be agreed; Owner: to be agreed.")


def test_what_has_no_name_yet_is_called_by_its_place_and_says_so() -> None:
    given_ = agreement(
        """
        [stakeholders]
        keeper = "sales-contact"
        [[stakeholders.people]]
        id = "sales-contact"
        [signatures]
        """
    )
    assert "Keeper. sales contact [name to be agreed] keeps this agreement current." in printed(given_, "stakeholders")


@pytest.mark.parametrize("template", ["core", "playbook", "components", "one-page"])
def test_a_template_prints_without_an_id_of_its_entries(template: str) -> None:
    import tomllib
    from importlib.resources import files

    text = (files("sla_tui.templates") / f"{template}.toml").read_text("utf-8")
    given_ = Agreement.model_validate(tomllib.loads(text))
    document = compose(given_)
    lines = [line for key in sections(given_) for line in printed(given_, key)]
    assert not [line for line in lines if "Id:" in line]
    assert not [line for line in lines if any(id_ in line for id_ in compound_ids(given_))]
    assert render(document).startswith(b"%PDF-")


def compound_ids(part: Any) -> set[str]:
    from sla_tui.agreement.parts import slots

    return {
        slot.value for slot in slots(part, type(part)) if slot.spec.kind is Kind.ID and slot.value.count("-") > 0
    } - {"follow-up", "one-page"}
