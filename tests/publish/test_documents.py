"""The documents beside the agreement itself: an amendment, an agenda, minutes, a draft's open points."""

from __future__ import annotations

from datetime import date
from typing import Any

from printed import agreement, northwind, squeezed, texts

from sla_tui.agreement.check import check
from sla_tui.agreement.diff import compare
from sla_tui.agreement.fingerprint import quota_fingerprint, terms_fingerprint
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import Clause, Document, Figure, Heading, Table, Text, plain
from sla_tui.publish.compose import compose
from sla_tui.publish.compose.amendment import compose_amendment
from sla_tui.publish.compose.cover import Changes
from sla_tui.publish.compose.linking import Linker
from sla_tui.publish.compose.meetings import compose_agenda, compose_minutes
from sla_tui.publish.pdf import render


def said(text: Text) -> str:
    return "".join(run.text for run in text).replace("\N{NO-BREAK SPACE}", " ")


def titles(document: Document) -> list[str]:
    return [one.text for one in document.sections if isinstance(one, Heading) and one.level == 1]


def rows(document: Document) -> list[list[str]]:
    return [[said(cell) for cell in row] for one in document.sections if isinstance(one, Table) for row in one.rows]


OLD = """
[agreement]
version = "1.0"
title = "Agreement"
[objective]
purpose = "Win more."
[handoff]
[scoring]
[[scoring.stages]]
id = "mql"
at = 50
[[commitments]]
id = "call"
party = "sales"
activity = "Call"
within = "2 days"
from = "received"
[sources]
"objective.purpose" = { kind = "example" }
"""
NEW = OLD.replace("Win more.", "Win <b>more</b>, sooner.").replace("at = 50", "at = 55").replace('"1.0"', '"1.1"')
NEW = NEW.replace("[handoff]\n", "[duplicates]\n").replace('kind = "example"', 'kind = "agreed"')


def amended(**more: Any) -> Document:
    return compose_amendment(compare(agreement(OLD), agreement(NEW)), **more)


def test_an_amendment_holds_what_changes_and_nothing_else() -> None:
    document = amended()
    assert document.title == "Amendment to the Agreement"
    assert titles(document) == [
        "What this amends",
        "Period and business hours",
        "Objective",
        "Scoring",
        "Handoff",
        "Duplicates",
    ]
    assert ["Purpose", "Win more.", "Win <b>more</b>, sooner."] in rows(document)
    assert ["MQL: from points", "50", "55"] in rows(document)
    clauses = "\n".join(said(one.text) for one in document.blocks if isinstance(one, Clause))
    assert "This section is no longer part of the agreement." in clauses
    assert "This section is new. It reads:" in clauses
    assert terms_fingerprint(agreement(OLD))[:12] in clauses
    assert "Call" not in "".join(map(str, rows(document)))
    assert "example" not in clauses
    (words,) = document.signing_words
    assert terms_fingerprint(agreement(NEW)) in said(words.text)
    assert document.signing.number == "7"
    pages = "".join(texts(render(document)))
    assert "Win <b>more</b>, sooner." in pages


def test_an_amendment_without_changes_says_so() -> None:
    same = agreement(OLD)
    document = compose_amendment(compare(same, same))
    assert "Nothing is worded otherwise." in "".join(texts(render(document)))


def test_entries_that_come_and_go_are_told_with_what_they_say() -> None:
    new = agreement(
        OLD.replace('id = "call"', 'id = "write"').replace('"Call"', '"Write by hand"').replace("2 d", "9 d")
    )
    held = rows(compose_amendment(compare(agreement(OLD), new)))
    assert ["Commitment added", "–", "Sales will write by hand within 9 days of receipt."] in held
    assert ["Commitment deleted", "Sales will call within 2 days of receipt.", "–"] in held


def test_the_agenda_lists_every_meeting_and_every_promise_to_look_at() -> None:
    held = northwind()
    document = compose_agenda(held)
    assert titles(document) == ["Weekly lead review", "Agreement review", "Kept, or missed?"]
    assert any(
        row[:2] == ["Results: commitments kept and missed, leads returned and why", "10"] for row in rows(document)
    )
    promised = [row for row in rows(document) if len(row) == 4 and row[1:] == ["", "", ""]]
    assert len(promised) == len(held.commitments or ())
    pages = texts(render(document))
    assert "DRAFT" not in pages[0]
    assert "Weekly lead review" in pages[0]


def test_minutes_say_who_was_there_what_was_decided_and_what_is_parked() -> None:
    sitting = Sitting.model_validate(
        {
            "sitting": {"date": date(2026, 11, 30), "facilitator": "Kim <i>"},
            "attendance": [{"id": "ana", "name": "Ana Ruiz", "party": "sales"}],
            "decisions": [{"id": "one", "what": "MQL at 55"}],
            "parked": [{"id": "two", "what": "Who gets Canada?", "owner": "Ana", "by": date(2026, 12, 15)}],
        }
    )
    document = compose_minutes(sitting, northwind(), "2026-11-30")
    assert document.title.replace("\N{NO-BREAK SPACE}", " ") == "Minutes of 30 November 2026"
    assert titles(document) == ["Sitting", "Attendance", "Decisions", "Parked points"]
    text = "".join(texts(render(document)))
    for words in ("Kim <i>", "Ana Ruiz", "MQL at 55", "Who gets Canada?", "15 December 2026"):
        assert words in text
    assert "Signature" not in text


def test_a_drafts_open_points_are_its_last_annex_and_a_final_version_has_none() -> None:
    held = agreement(OLD)
    findings = check(held)
    assert findings
    document = compose(held, findings=findings)
    heading = document.annexes[-1].blocks[0]
    assert isinstance(heading, Heading)
    assert (heading.text, heading.mark) == ("Open points", "In drafts only")
    assert all(any(one.message in row[1] for row in rows(document)) for one in findings)
    assert not any(
        "Open points" in titles(one) for one in (compose(held, final=True, findings=findings), compose(held))
    )


def test_quotas_are_annexes_with_a_fingerprint_that_agreeing_to_them_leaves_as_it_is() -> None:
    given: dict[str, Any] = {
        "quota": {
            "from": date(2027, 1, 1),
            "to": date(2027, 3, 31),
            "counts": "mql",
            "segments": [{"id": "all", "leads": 250}],
        }
    }
    quota = Quota.model_validate(given)
    document = compose(agreement(OLD), quotas=[("2027-Q1", quota)])
    assert titles(document)[-1] == "Quota of MQLs, 2027-Q1"
    assert document.annexes[-1].fingerprint == quota_fingerprint(quota)
    agreed = {**given, "agreed_by": [{"id": "a", "party": "sales", "name": "Ana", "date": date(2027, 1, 2)}]}
    assert quota_fingerprint(Quota.model_validate(agreed)) == quota_fingerprint(quota)
    given["quota"]["segments"] = [{"id": "all", "leads": 251}]
    assert quota_fingerprint(Quota.model_validate(given)) != quota_fingerprint(quota)


def test_what_changed_since_the_last_version_stands_on_the_title_page() -> None:
    document = compose(agreement(NEW), changes=Changes("1.0", ("MQL: 50 → 55 points",)))
    (term,) = [one for one in document.key_terms if one.label == "New since 1.0"]
    assert [said(line) for line in term.lines] == ["MQL: 50 → 55 points"]


GLOSSARY = """
[objective]
purpose = "Receipts matter, and receipt it is. A receiptless one does not."
[handoff]
[glossary]
terms = [{ id = "receipt", term = "Receipt", meaning = "The moment of receipt.", also = ["arrival"] }]
[[custom]]
id = "own"
title = "Own"
text = "On arrival."
"""


def test_a_defined_word_leads_to_its_meaning_once_a_section() -> None:
    document = compose(agreement(GLOSSARY))
    links = [(run.text, run.to) for one in document.sections if isinstance(one, Clause) for run in one.text if run.to]
    assert links == [("Receipts", "glossary.terms.receipt"), ("arrival", "glossary.terms.receipt")]
    anchors = [one.anchor for one in document.sections if isinstance(one, Clause)]
    assert "glossary.terms.receipt" in anchors
    pages = squeezed("".join(texts(render(document))))
    assert squeezed("Receipts matter, and receipt it is. A receiptless one does not.") in pages


def test_stages_are_drawn_as_steps_that_also_say_what_they_show() -> None:
    figure = next(one for one in compose(northwind()).sections if isinstance(one, Figure))
    assert figure.kind == "ladder"
    assert [step.name for step in figure.steps] == [
        "Lead",
        "Marketing qualified lead",
        "Sales qualified lead",
        "Opportunity",
        "Customer",
    ]
    assert "Marketing qualified lead: from 50" in figure.said.replace("\N{NO-BREAK SPACE}", " ")
    one = Agreement.model_validate({"scoring": {"stages": [{"id": "mql", "name": "MQL", "at": 5}]}})
    assert not any(isinstance(block, Figure) for block in compose(one).sections)


def test_what_is_looked_up_stands_behind_the_signatures_of_a_long_agreement_only() -> None:
    few = agreement("objective = {}\nstakeholders = {}\nduplicates = {}")
    assert compose(few).annexes == ()
    many = agreement(
        "objective = {}\nstakeholders = {}\nduplicates = {}\ngoals = {}\nmql = {}\nsql = {}\nhandoff = {}\n"
        "feedback = {}\nreview = {}"
    )
    document = compose(many)
    assert [one.blocks[0].number for one in document.annexes if isinstance(one.blocks[0], Heading)] == ["A", "B"]
    assert [one.blocks[0].text for one in document.annexes if isinstance(one.blocks[0], Heading)] == [
        "Roles",
        "Duplicates",
    ]


def test_a_defined_word_within_a_name_leads_nowhere() -> None:
    terms = [{"id": "return", "term": "Return", "meaning": "The lead goes back."}]
    linker = Linker(Agreement.model_validate({"glossary": {"terms": terms}}))
    (clause,) = linker.linked([Clause(plain("SLA, Returns shows each return."))])
    assert isinstance(clause, Clause)
    assert [run.text for run in clause.text if run.to] == ["return"]
