"""Findings on words, reviews, days, systems, dashboards, alerts and duplicates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sla_tui.agreement.check import Severity, check
from sla_tui.agreement.checks import tools, upkeep, words
from sla_tui.agreement.checks.words import abbreviations
from sla_tui.agreement.finding import Finding
from sla_tui.agreement.paths import Put, Remove
from sla_tui.agreement.terms import Agreement
from tests.agreement.test_findings import PEOPLE, STAGES, Case, agreement, codes, found, names, stands_and_goes

YEAR = {"starts": date(2027, 1, 1), "ends": date(2027, 12, 31)}
TOO_LATE, TOO_EARLY, IN_TIME = date(2028, 1, 1), date(2026, 12, 31), date(2027, 12, 31)


def year(**sections: Any) -> Agreement:
    return agreement(agreement=YEAR, **sections)


def reviewed(**answers: Any) -> Agreement:
    return year(review=answers, stakeholders=PEOPLE)


def tooled(kind: str = "crm", name: str = "HubSpot", **more: Any) -> Agreement:
    return agreement(technology={"systems": [{"id": "s", "name": name, "kind": kind}]}, **more)


def linked(link: str) -> Agreement:
    return agreement(reporting={"dashboards": [{"id": "d", "name": "Follow-up", "link": link}]})


def explained(*terms: dict[str, Any], **sections: Any) -> Agreement:
    listed = [{"id": f"t{number}", **term} for number, term in enumerate(terms)]
    return agreement(**{"glossary": {"terms": listed}, **sections})


def said(text: str, *terms: dict[str, Any], **sections: Any) -> Agreement:
    return explained(*terms, commitments=[{"id": "p", "activity": text}], **sections)


ALERT = {"event": "A lead becomes ready", "tells": "s"}
SAID = "commitments.p.activity"
CASES: list[Case] = [
    *(
        (
            "goal-outside-period",
            Severity.NOTE,
            f"{section}.{name}.g.by",
            year(**{section: {name: [{"id": "g", "by": day}]}}),
            Put(f"{section}.{name}.g.by", IN_TIME),
        )
        for section, name, day in (
            ("targets", "sales_goals", TOO_LATE),
            ("targets", "marketing_goals", TOO_EARLY),
            ("reporting", "goals", TOO_LATE),
        )
    ),
    (
        "outside-period",
        Severity.WARNING,
        "content.pieces.c.ready_by",
        year(content={"pieces": [{"id": "c", "ready_by": TOO_LATE}]}),
        Put("content.pieces.c.ready_by", TOO_EARLY),
    ),
    *(
        ("outside-period", Severity.WARNING, "review.first", reviewed(first=day), Put("review.first", IN_TIME))
        for day in (TOO_EARLY, TOO_LATE)
    ),
    (
        "not-rarer",
        Severity.ERROR,
        "review.fewer.to",
        reviewed(every="quarter", fewer={"after": 2, "to": "quarter"}),
        Put("review.fewer.to", "half_year"),
    ),
    (
        "one-sided-change",
        Severity.WARNING,
        "review.may_ask",
        reviewed(may_ask=["m", "a"]),
        Put("review.may_ask", ("m", "b")),
    ),
    (
        "one-sided-change",
        Severity.WARNING,
        "review.decided_by",
        reviewed(decided_by=["b"]),
        Put("review.decided_by", ("b", "a")),
    ),
    (
        "account-twice",
        Severity.WARNING,
        "targets.accounts.b.name",
        agreement(targets={"accounts": [{"id": "a", "name": "Fabrikam"}, {"id": "b", "name": "FABRIKAM"}]}),
        Remove("targets.accounts.b"),
    ),
    (
        "shared-with-itself",
        Severity.ERROR,
        "technology.sharing.x.to",
        agreement(technology={"sharing": [{"id": "x", "from": "crm", "to": "crm"}]}),
        Put("technology.sharing.x.to", "mail"),
    ),
    ("no-crm", Severity.NOTE, "technology.systems", tooled("analytics"), Put("technology.systems.s.kind", "crm")),
    (
        "unknown-system",
        Severity.NOTE,
        "scoring.runs_in.system",
        tooled(scoring={"runs_in": {"system": "Marketo"}}),
        Put("technology.systems.s.name", "Marketo Engage"),
    ),
    (
        "bad-link",
        Severity.WARNING,
        "reporting.dashboards.d.link",
        linked("javascript:alert(1)"),
        Put("reporting.dashboards.d.link", "https://crm.example.com/dashboards/1"),
    ),
    (
        "unknown-dashboard",
        Severity.NOTE,
        "commitments.p.report",
        agreement(
            commitments=[{"id": "p", "report": "CRM dashboard: Acceptance"}],
            reporting={"dashboards": [{"id": "d", "name": "Follow-up"}]},
        ),
        Put("reporting.dashboards.d.name", "acceptance"),
    ),
    (
        "unknown-dashboard",
        Severity.NOTE,
        "goals.measured_in",
        agreement(
            goals={"measured_in": "The Goals dashboard"}, reporting={"dashboards": [{"id": "d", "name": "Follow-up"}]}
        ),
        Put("goals.measured_in", "The dashboard Follow-up"),
    ),
    (
        "told-twice",
        Severity.NOTE,
        "notifications.alerts.y.event",
        agreement(notifications={"alerts": [{"id": "x", **ALERT}, {"id": "y", **ALERT, "channel": "sms"}]}),
        Put("notifications.alerts.y.tells", "m"),
    ),
    (
        "weak-match",
        Severity.WARNING,
        "duplicates.match_on",
        agreement(
            duplicates={"match_on": ["email"]},
            fields={"fields": [{"id": "email", "must": "if_known"}, {"id": "name", "must": "always"}]},
        ),
        Put("duplicates.match_on", ("email", "name")),
    ),
    (
        "defined-twice",
        Severity.WARNING,
        "glossary.terms.t1",
        explained({"term": "First touch"}, {"term": "Contact", "also": ["first  TOUCH"]}),
        Put("glossary.terms.t1.also", None),
    ),
    (
        "undefined-term",
        Severity.NOTE,
        SAID,
        said("Call every SAL"),
        Put("glossary.terms", ({"id": "t", "term": "SAL", "meaning": "A lead that sales has accepted."},)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_finding_stands_at_its_key_and_goes_when_it_is_mended(case: Case) -> None:
    stands_and_goes(case)


def test_every_code_that_these_checks_can_give_is_tried_here() -> None:
    assert codes(tools, upkeep, words) == {case[0] for case in CASES}


def unexplained(held: Agreement) -> list[str]:
    return [one.message.partition(" ")[0] for one in found(held, "undefined-term")]


def test_an_abbreviation_is_missed_once_where_it_first_stands() -> None:
    held = explained(
        objective={"purpose": "Every ICP is called.\nAn ICP is not an SAL."},
        commitments=[{"id": "p", "activity": "Call every SAL and ICP"}],
    )
    missed: list[Finding] = found(held, "undefined-term")
    assert [one.key for one in missed] == ["objective.purpose"] * 2
    assert unexplained(held) == ["ICP", "SAL"]
    assert missed[0].fix == "add ICP to the glossary, or write it out"


def test_an_explanation_leaves_nothing_to_be_explained_either() -> None:
    held = explained({"term": "SAL", "meaning": "A lead that passed BANT."})
    assert [(one.key, one.message) for one in found(held, "undefined-term")] == [
        ("glossary.terms.t0.meaning", "BANT is used and not explained")
    ]


def test_without_a_glossary_no_word_is_missed() -> None:
    assert not unexplained(agreement(commitments=[{"id": "p", "activity": "Call every SAL"}]))


@pytest.mark.parametrize(
    "terms",
    [
        [{"term": "SAL"}],
        [{"term": "Sales accepted lead"}],
        [{"term": "The sales-accepted lead"}],
        [{"term": "Accepted lead", "also": ["SAL"]}],
        [{"term": "SAL (accepted lead)"}],
        [{"term": "SALs"}],
    ],
)
def test_a_term_explains_its_words_its_initials_and_what_it_is_also_called(terms: list[dict[str, Any]]) -> None:
    assert not unexplained(said("Call SALs", *terms))
    assert unexplained(said("Call ICPs", *terms)) == ["ICP"]


@pytest.mark.parametrize(
    ("word", "sections"),
    [
        ("MQL", {"scoring": {"stages": STAGES}}),
        ("MQL", {"scoring": {"stages": [{"id": "qualified", "name": "Marketing qualified lead"}]}}),
        ("MQL", {"mql": {}}),
        ("SQL", {"sql": {}}),
        ("BANT", {"fields": {"fields": [{"id": "bant", "name": "Budget and need"}]}}),
        ("ERP", {"technology": {"systems": [{"id": "books", "name": "ERP"}]}}),
        ("SDR", {"stakeholders": {"teams": [{"id": "sdr", "name": "Sales development"}]}}),
        ("BDM", {"stakeholders": {"people": [{"id": "a", "title": "Business Development Manager"}]}}),
        ("POC", {"pipeline": {"stages": [{"id": "try", "name": "Proof of concept"}]}}),
        ("PQL", {"custom": [{"id": "c", "text": "Words:\nSQL, PQL: a lead that uses the product"}]}),
        ("PQL", {"custom": [{"id": "c", "text": "A product qualified lead (PQL) counts."}]}),
        ("PQL", {"custom": [{"id": "c", "text": "A PQL (product qualified lead) counts."}]}),
    ],
)
def test_names_and_texts_explain_abbreviations_too(word: str, sections: dict[str, Any]) -> None:
    assert unexplained(said(f"Call each {word}")) == [word]
    assert not unexplained(said(f"Call each {word}", **sections))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Call each MQL.", ("MQL",)),
        ("MQLs, SQLs", ("MQL", "SQL")),
        ("an (SAL)", ("SAL",)),
        ("from MQL-to-SQL, each SDR-owned lead", ("MQL", "SQL", "SDR")),
        ("ISO-9001, X-RAY", ()),
        ("the CRM, by ROI and KPI", ()),
        ("25 000 USD", ()),
        ("Do NOT call", ()),
        ("CALL EVERY LEAD TWICE", ()),
        ("an R&D lab, ISO9001, B2B, SHOUTING, AB", ()),
        ("https://crm.example.com/SLAX/view", ()),
        ("sam@ABC.com, #MQL", ()),
    ],
)
def test_only_short_words_in_capitals_are_taken_for_abbreviations(text: str, read: tuple[str, ...]) -> None:
    assert abbreviations(text) == read


@pytest.mark.parametrize(
    "link", ["https://", "http://[", "HTTPS://crm.example.com/my board", "JavaScript : alert(1)", "data:text/html,x"]
)
def test_an_address_that_opens_nothing_or_runs_code_is_a_finding(link: str) -> None:
    assert found(linked(link), "bad-link")


@pytest.mark.parametrize(
    "link", ["https://crm.example.com/a?b=c#d", "http://bi/7", r"S:\Shared drive\SLA.xlsx", "CRM, tab Dashboards"]
)
def test_an_address_or_words_that_say_where_it_is_are_left_alone(link: str) -> None:
    assert not found(linked(link), "bad-link")


@pytest.mark.parametrize(
    "held",
    [
        reviewed(may_ask=["m", "s"], decided_by=["a", "b"]),
        reviewed(may_ask=["m", "ops"], decided_by=["ops"]),
        reviewed(may_ask=[], decided_by=["nobody"]),
        year(review={"decided_by": ["m"]}),
    ],
)
def test_a_change_is_only_called_one_sided_when_it_surely_is(held: Agreement) -> None:
    assert not found(held, "one-sided-change")


def test_systems_are_only_missed_once_all_of_them_are_described() -> None:
    unfinished = [{"id": "a", "name": "Analytics", "kind": "analytics"}, {"id": "b"}]
    held = agreement(technology={"systems": unfinished}, scoring={"runs_in": {"system": "HubSpot"}})
    assert not found(held, "no-crm")
    assert not found(held, "unknown-system")
    assert not found(agreement(technology={}, scoring={"runs_in": {"system": "HubSpot"}}), "unknown-system")


def test_a_promise_seen_elsewhere_than_on_a_dashboard_names_none() -> None:
    boards = {"dashboards": [{"id": "d", "name": "Follow-up"}]}
    held = agreement(commitments=[{"id": "p", "report": "Shared folder: minutes"}, {"id": "q"}], reporting=boards)
    assert not found(held, "unknown-dashboard")
    unnamed = {"dashboards": [{"id": "d"}]}
    held = agreement(commitments=[{"id": "p", "report": "CRM dashboard: Acceptance"}], reporting=unnamed)
    assert not found(held, "unknown-dashboard")


def test_alerts_on_other_things_or_to_others_are_no_repetition() -> None:
    alerts = [{"id": "x", **ALERT}, {"id": "y", **ALERT, "event": "A demo is asked for"}, {"id": "z"}, {"id": "w"}]
    assert not found(agreement(notifications={"alerts": alerts}), "told-twice")


def test_duplicates_may_be_matched_on_fields_that_are_not_described() -> None:
    assert not found(agreement(duplicates={"match_on": ["email"]}), "weak-match")
    assert not found(agreement(duplicates={"match_on": ["email"]}, fields={}), "weak-match")
    assert not found(agreement(duplicates={}, fields={}), "weak-match")


def test_days_within_the_period_and_periods_without_a_day_give_no_finding() -> None:
    sections: dict[str, Any] = {
        "targets": {"sales_goals": [{"id": "g", "by": IN_TIME}, {"id": "h"}]},
        "content": {"pieces": [{"id": "c", "ready_by": IN_TIME}, {"id": "d"}]},
        "review": {"first": IN_TIME},
    }
    for held in (year(**sections), agreement(**sections)):
        assert not [one for one in check(held) if one.code.endswith("outside-period")]
