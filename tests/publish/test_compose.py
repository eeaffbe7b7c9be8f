"""Agreements as documents: every answer is said, every gap is seen, and any declared section is printed."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, cast

import pytest
from printed import agreement, northwind, squeezed, texts
from pydantic import Field

from sla_tui.agreement.fingerprint import terms_fingerprint
from sla_tui.agreement.lists import STAGES
from sla_tui.agreement.parts import About, Ask, Item, Items, Part, Slot, slots
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Day, Kind, Line, Number, Party, Prose, Share, TimeLimit
from sla_tui.publish.blocks import Bullets, Clause, Detail, Document, Heading, KeyTerm, Table, Text
from sla_tui.publish.compose import compose, words
from sla_tui.publish.pdf import render


def said(text: Text) -> str:
    return "".join(run.text for run in text).replace(words.NBSP, " ")


def clauses(document: Document) -> list[str]:
    return [said(block.text) for block in document.sections if isinstance(block, Clause | Detail)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.sections if isinstance(block, Table)]


def headings(document: Document, level: int = 1) -> list[str]:
    return [block.text for block in document.sections if isinstance(block, Heading) and block.level == level]


def everything(document: Document) -> str:
    parts = [document.title, document.organization, document.version, document.status, *headings(document, 2)]
    parts += headings(document) + clauses(document) + [said(clause.text) for clause in document.signing_words]
    parts += [said(line) for term in document.key_terms for line in term.lines]
    parts += [said(item) for block in document.sections if isinstance(block, Bullets) for item in block.items]
    parts += [said(cell) for table in tables(document) for row in table.rows for cell in row]
    parts += [column.title for table in tables(document) for column in table.columns]
    return "\n".join((*parts, *(f"{one.name} {one.title}" for one in document.signers)))


def answers(given: Agreement) -> list[Slot]:
    return [slot for slot in slots(given, type(given)) if not slot.empty and not slot.spec.nested]


UNSAID = ("agreement.format", "agreement.schedules", ".key", ".after", ".per", ".set", ".group", ".party")
"""Answers that are said in other words than their own, each with a test of its own below or no word on paper."""
UNSAID_KINDS = (Kind.ID, Kind.CONDITION, Kind.CHOICE, Kind.YES_NO)


def test_every_answer_of_northwind_is_on_the_pages() -> None:
    given = northwind()
    # What runs along every page would stand between the halves of a clause that two of them share.
    shown = (
        re.sub(r"^.*?page \d+ of \d+", "", page, count=1, flags=re.DOTALL) for page in texts(render(compose(given)))
    )
    pages = squeezed("".join(shown)).lower()
    names, checked = words.Names(given), 0
    for slot in answers(given):
        if slot.spec.kind in UNSAID_KINDS or slot.key.endswith(UNSAID) or slot.spec.ask.of == STAGES:
            continue
        if slot.key.endswith((".from", ".measure", "days", "timezone")):
            continue
        for line in words.value(slot.value, slot.spec, names).splitlines():
            said = line.replace("\N{NO-BREAK SPACE}", " ").replace(" per period", "").rstrip(".,")
            assert squeezed(said.lower()) in pages, slot.key
            checked += 1
    assert checked > 500


def test_an_empty_agreement_is_a_document_of_blanks() -> None:
    document = compose(Agreement())
    assert document.title
    assert document.blocks == ()
    assert "[to be agreed]" in "".join(texts(render(document)))


def test_what_is_not_answered_stands_as_a_blank_and_what_may_be_open_does_not() -> None:
    given = agreement(
        """
        [agreement]
        [objective]
        [stakeholders]
        [scoring]
        [[scoring.rules]]
        id = "a"
        [[scoring.stages]]
        id = "mql"
        [[commitments]]
        id = "b"
        [[custom]]
        id = "c"
        [signatures]
        """
    )
    document = compose(given)
    text = "\n".join(clauses(document))
    assert "Purpose. to be agreed." in text
    assert "Period. to be agreed." in text
    assert "Teams. to be agreed." in text
    assert "Success. to be agreed." in text
    promises = next(one for one in tables(document) if "anybody" in one.title)
    assert [column.title for column in promises.columns][2:] == ["Within", "If missed"]
    assert [said(cell) for cell in promises.rows[0]][2:] == ["to be agreed of to be agreed", "to be agreed."]
    assert "Exceptions" not in text
    assert "Responsibilities" not in text
    assert "Fast tracks" not in text
    rules = next(one for one in tables(document) if [each.title for each in one.columns] == ["When", "Points"])
    assert [said(cell) for cell in rules.rows[0]] == ["to be agreed", "to be agreed"]


def test_sections_are_numbered_in_order_and_own_sections_stand_behind_the_one_they_name() -> None:
    given = agreement(
        """
        objective = {}
        stakeholders = {}
        custom = [
          { id = "last", title = "Last", text = "z" },
          { id = "nested", title = "Nested", after = "first", text = "b" },
          { id = "first", title = "First", after = "objective", text = "a" },
          { id = "second", title = "Second", after = "objective", text = "c" },
        ]
        """
    )
    document = compose(given)
    assert headings(document) == ["Objective", "First", "Nested", "Second", "Roles", "Last"]
    assert [block.number for block in document.blocks if isinstance(block, Heading)] == list("123456")
    assert document.signing.number == "7"
    assert [block.number for block in document.blocks if isinstance(block, Clause)][-1] == "6.1"


def test_own_sections_naming_one_another_or_nothing_known_stand_at_the_end() -> None:
    given = agreement(
        """
        objective = {}
        custom = [
          { id = "a", title = "A", after = "b" },
          { id = "b", title = "B", after = "a" },
          { id = "c", after = "x" },
        ]
        """
    )
    assert headings(compose(given)) == ["Objective", "A", "B", "C"]


def test_text_of_several_paragraphs_and_dashes_keeps_its_shape() -> None:
    given = agreement('custom = [{ id = "a", title = "A", text = "One.\\n\\nTwo:\\n- first\\n- second\\nThree." }]')
    blocks = compose(given).blocks[1:]
    assert [said(block.text) if isinstance(block, Clause) else len(cast(Bullets, block).items) for block in blocks] == [
        "One.",
        "Two:",
        2,
        "Three.",
    ]


COMMITMENTS = """
[agreement]
[[commitments]]
id = "call"
party = "sales"
activity = "Follow up"
amounts = [{ count = 3, unit = "call" }, { count = 3, unit = "email" }]
share = "95 %"
applies_to = "mql"
within = "2 weeks"
from = "received"
measure = "first_touch"
if_missed = "The lead goes on."
[[commitments]]
id = "deliver"
party = "marketing"
activity = "Hand over"
within = "3 hours"
from = "qualified"
[[commitments]]
id = "meet"
party = "shared"
activity = "Meet"
"""


def test_commitments_read_as_sentences_under_who_promises_them() -> None:
    marketing, sales, both = tables(compose(agreement(COMMITMENTS)))
    assert [one.title for one in (marketing, sales, both)] == [
        "Marketing promises",
        "Sales promises",
        "Both sides promise",
    ]
    assert [column.title for column in sales.columns] == ["No.", "Sales promises", "For", "Within", "If missed"]
    assert [said(cell) for cell in sales.rows[0]] == [
        "2.2",
        "Follow up with 3 calls and 3 emails\nMeasured by: first touch.",
        "95 % of MQLs",
        "2 weeks of receipt",
        "The lead goes on.",
    ]
    assert said(both.rows[0][1]).startswith("Meet")


def test_the_title_page_says_what_each_side_promises_until_when() -> None:
    header = "[agreement]\nstarts = 2027-01-01\nends = 2027-12-31"
    terms = {term.label: term for term in compose(agreement(COMMITMENTS.replace("[agreement]", header))).key_terms}
    assert said(terms["In force"].lines[0]) == "1 January 2027 to 31 December 2027"
    assert [said(line) for line in terms["Sales promises"].lines] == [
        "Follow up with 3 calls and 3 emails for 95 % of MQLs within 2 weeks of receipt"
    ]
    assert terms["Sales promises"].where == "in section 2"


def test_the_title_page_names_thresholds_goal_and_signers() -> None:
    terms: dict[str, KeyTerm] = {term.label: term for term in compose(northwind()).key_terms}
    assert any("Marketing qualified lead (MQL) from 50 points" in said(line) for line in terms["Thresholds"].lines)
    assert "40 %" in said(terms["Goal"].lines[0])
    assert said(terms["Signers"].lines[0]).startswith("Ana Ruiz, VP Sales")


def test_rules_stand_in_a_table_with_a_true_minus_and_only_the_columns_they_use() -> None:
    given = agreement(
        """
        [scoring]
        half_life_days = 30
        groups = [{ id = "fit", name = "Who they are", cap = 40 }]
        stages = [
          { id = "mql", name = "Marketing qualified lead", at = 50 },
          { id = "won", set = "deal_won", set_by = "sales" },
        ]
        [[scoring.rules]]
        id = "opens"
        label = "Opens"
        when = "email_open"
        points = 2
        cap = 20
        half_life_days = 0
        [[scoring.rules]]
        id = "small"
        label = "Small"
        when = { field = "employees", at_most = 5 }
        points = -1500
        cap = 3000
        group = "fit"
        [[scoring.rules]]
        id = "steady"
        when = { field = "change", between = [-5, 5] }
        points = 1
        window_days = 1
        per = "once"
        """
    )
    document = compose(given)
    stages, rules = tables(document)[:2]
    assert [column.title for column in rules.columns] == [
        "What for", "When", "Points", "Counts", "Cap", "Group", "Over time",
    ]  # fmt: skip
    assert [[said(cell) for cell in row] for row in rules.rows] == [
        ["Opens", "email_open", "2", "each time", "20", "", "does not fade"],
        ["Small", "employees is at most 5", "−1,500", "once", "−3,000", "Who they are", ""],
        ["", "change is between −5 and 5", "1", "once", "", "", "last 1 day"],
    ]
    assert rules.columns[2].align == "right"
    assert [[said(cell) for cell in row] for row in stages.rows] == [
        ["Marketing qualified lead (MQL)", "50", "by points"],
        ["won", "", "when a deal is won, set by sales"],
    ]
    assert any("halve every 30 days" in line for line in clauses(document))


def test_references_are_printed_as_names_and_unknown_ones_as_they_stand() -> None:
    given = agreement(
        """
        [stakeholders]
        keeper = "nobody-known"
        people = [{ id = "ana", name = "Ana Ruiz" }]
        teams = [{ id = "sdr", name = "SDR team", speaks = "ana" }]
        """
    )
    document = compose(given)
    assert "Teams. SDR team. Speaks for it: Ana Ruiz." in clauses(document)
    assert "Keeper. nobody-known keeps this agreement current." in clauses(document)


def test_fingerprints_of_terms_and_schedules_stand_above_the_signatures() -> None:
    given = northwind()
    document = compose(given)
    assert document.fingerprint == terms_fingerprint(given)
    signing = "\n".join(said(clause.text) for clause in document.signing_words)
    assert terms_fingerprint(given) in signing
    assert "Scoring " in signing


def test_only_what_is_final_is_for_signature() -> None:
    assert compose(northwind()).status == "draft"
    final = compose(northwind(), final=True)
    assert (final.final, final.status) == (True, "for signature")


class Meeting(Item):
    """A meeting."""

    name: Annotated[Line | None, Field(title="Meeting")] = None
    day: Annotated[Day | None, Field(title="First held")] = None
    minutes: Annotated[Number | None, Field(title="Minutes")] = None
    chair: Annotated[Party | None, Field(title="Chair"), Ask(optional=True)] = None


class Path_(Item):
    """A way to escalate, with steps of its own."""

    name: Annotated[Line | None, Field(title="Path")] = None
    why: Annotated[Prose | None, Field(title="Why")] = None
    meetings: Annotated[Items[Meeting], Field(title="Meetings")] = ()


class Limits(Part):
    """A small record."""

    within: Annotated[TimeLimit | None, Field(title="Within")] = None
    share: Annotated[Share | None, Field(title="Share")] = None


class Cadence(Part):
    """A section of every shape."""

    purpose: Annotated[Prose | None, Field(title="Purpose")] = None
    limits: Annotated[Limits | None, Field(title="Limits")] = None
    meetings: Annotated[Items[Meeting], Field(title="Meetings")] = ()
    paths: Annotated[Items[Path_], Field(title="Escalation paths")] = ()


class Wider(Agreement):
    """An agreement with sections nothing here has heard of."""

    cadence: Annotated[Cadence | None, About("Cadence", "How often do we meet?")] = None
    quarrels: Annotated[Items[Path_] | None, About("Quarrels", "Who decides?")] = None


def test_a_section_nobody_has_heard_of_is_printed_from_its_declaration() -> None:
    meeting: dict[str, Any] = {"id": "m", "name": "Weekly", "day": date(2027, 1, 4), "minutes": 1500}
    path = {"id": "p", "name": "disputes", "why": "Because.\n\nAnd so.", "meetings": [meeting]}
    cadence = {"purpose": "Talk.", "limits": {"within": "2 weeks"}, "meetings": [meeting], "paths": [path]}
    given = Wider.model_validate({"objective": {}, "cadence": cadence, "quarrels": [path]})
    document = compose(given)
    assert headings(document) == ["Objective", "Cadence", "Quarrels"]
    text = clauses(document)
    assert "Limits. Within: 2 weeks; Share: to be agreed." in text
    assert "Meetings. Weekly. First held: 4 January 2027; Minutes: 1,500." in text
    assert [[said(cell) for cell in row] for row in tables(document)[0].rows] == [["Weekly", "4 January 2027", "1,500"]]
    assert [column.title for column in tables(document)[0].columns] == ["Meeting", "First held", "Minutes"]
    for wanted in ("Disputes", "Why: Because.", "And so.", "Weekly"):
        assert wanted in everything(document)
    pages = "".join(texts(render(document)))
    assert "Cadence" in pages
    assert "4 January 2027" in pages


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (("mon", "tue", "wed", "thu", "fri"), "Monday to Friday"),
        (("mon", "wed"), "Monday and Wednesday"),
        (("sun", "mon", "tue"), "Sunday, Monday and Tuesday"),
        (("mon", "someday"), "mon, someday"),
    ],
)
def test_weekdays(days: tuple[str, ...], read: str) -> None:
    assert words.weekdays(days) == read


def test_the_title_page_says_how_many_leads_are_owed_and_where_broken_promises_lead() -> None:
    given = agreement(
        """
        [[commitments]]
        id = "call"
        party = "sales"
        activity = "call the lead"
        if_missed = "The lead goes on"
        """
    )
    quota = Quota.model_validate(
        {
            "quota": {
                "counts": "mql",
                "segments": [{"id": "all", "leads": 1260}],
                "from": date(2027, 1, 1),
                "to": date(2027, 3, 31),
            }
        }
    )
    terms = {
        term.label: [said(line) for line in term.lines] for term in compose(given, quotas=[("q1", quota)]).key_terms
    }
    assert terms["Quota"] == ["1,260 MQLs from 1 January 2027 to 31 March 2027, in annex A, not agreed yet"]
    assert terms["If missed"] == ["What follows stands beside each promise, in section 1"]
