"""What the page says of how long an agreement holds, who may change what meanwhile, and who signs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from printed import read, texts

from sla_tui.agreement.fingerprint import schedule_fingerprint
from sla_tui.agreement.terms import Agreement
from sla_tui.publish import linear
from sla_tui.publish.blocks import Clause, Heading, Table, Text
from sla_tui.publish.compose import compose
from sla_tui.publish.pdf import render

HEADER: dict[str, Any] = {"starts": date(2027, 1, 1), "ends": date(2027, 12, 31)}


def said(text: Text) -> str:
    return "".join(run.text for run in text).replace("\N{NO-BREAK SPACE}", " ")


def clauses(header: dict[str, Any], **sections: Any) -> list[str]:
    document = compose(Agreement.model_validate({"agreement": {**HEADER, **header}, **sections}))
    return [said(one.text) for one in document.blocks if isinstance(one, Clause)]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ({"renewal": "ends"}, "Renewal. After the last day it ends."),
        (
            {"renewal": "renews", "renews_for": "12 months", "notice": "2 months"},
            "Renewal. After the last day it renews by itself, unless a side gives notice, for 12 months each time. "
            "A side that wants to end or change it says so at least 2 months before the last day: by 31 October 2027 "
            "at the latest.",
        ),
        (
            {"renewal": "talks", "renews_for": "12 months"},
            "Renewal. After the last day both sides agree anew, and it holds until they have.",
        ),
        ({"early_end": "In writing."}, "Early end. In writing."),
        (
            {"supersedes": "0123456789abcdef"},
            "Supersedes. It takes the place of the agreement whose terms have the fingerprint 0123456789abcdef.",
        ),
    ],
)
def test_how_it_goes_on_and_ends_is_said(header: dict[str, Any], words: str) -> None:
    assert words in clauses(header)


def test_what_is_not_agreed_on_is_not_said() -> None:
    text = "\n".join(clauses({}))
    assert "Period. This agreement holds from 1 January 2027 to 31 December 2027." in text
    for word in ("Renewal", "Early end", "Supersedes", "Schedules"):
        assert f"{word}. " not in text


def test_days_off_are_named() -> None:
    calendar = {"days": ["mon"], "from": "09:00", "to": "17:00", "timezone": "UTC", "holidays": [date(2027, 12, 24)]}
    assert clauses({"calendar": calendar})[1].endswith("in the time zone UTC, and not on 24 December 2027.")


LIMITS = [
    {"id": "a", "key": "scoring.stages.mql.at", "at_least": 45, "at_most": 60, "by": "sam"},
    {"id": "b", "key": "scoring.rules", "by": "sam"},
    {"id": "c", "key": "custom.data"},
    {"id": "d", "at_most": "2 days", "by": "sam"},
]
SECTIONS: dict[str, Any] = {
    "scoring": {"stages": [{"id": "mql", "name": "MQL", "at": 50}]},
    "stakeholders": {"people": [{"id": "sam", "name": "Sam Osei"}, {"id": "ana", "name": "Ana Ruiz"}]},
    "custom": [{"id": "data", "title": "Data protection", "text": "As the law says."}],
}


def test_who_may_change_what_and_how_far_is_a_table_in_the_agreements_words() -> None:
    header = {**HEADER, "schedules": ["scoring", "data"], "limits": LIMITS}
    document = compose(Agreement.model_validate({"agreement": header, **SECTIONS}))
    table = next(one for one in document.blocks if isinstance(one, Table))
    assert [column.title for column in table.columns] == ["Schedule", "What may change", "By whom"]
    assert [[said(cell) for cell in row] for row in table.rows] == [
        ["Scoring", "MQL (from points), 45 to 60; Rules", "Sam Osei"],
        ["Data protection", "All of it", "to be agreed"],
        ["", "to be agreed, at most 2 days", "Sam Osei"],
    ]


def test_a_schedule_that_nobody_may_change_yet_stands_in_the_table_with_a_blank() -> None:
    document = compose(Agreement.model_validate({"agreement": {**HEADER, "schedules": ["scoring"]}, **SECTIONS}))
    table = next(one for one in document.blocks if isinstance(one, Table))
    assert [[said(cell) for cell in row] for row in table.rows] == [["Scoring", "to be agreed", "to be agreed"]]


def test_the_heading_of_a_schedule_says_so_and_no_other() -> None:
    header = {**HEADER, "schedules": ["scoring", "data"]}
    document = compose(Agreement.model_validate({"agreement": header, **SECTIONS}))
    marks = {one.text: one.mark for one in document.sections if isinstance(one, Heading) and one.level == 1}
    assert marks == {
        "Period and business hours": "",
        "Roles": "",
        "Scoring": "Schedule",
        "Data protection": "Schedule",
    }


def test_since_when_it_is_in_force_is_said_once_it_is() -> None:
    signed = {"version": "1.0", "on": date(2026, 12, 18)}
    for status, lines in (("draft", 1), ("active", 2)):
        given = Agreement.model_validate({"agreement": {**HEADER, "status": status, "signed": signed}})
        term = next(one for one in compose(given).key_terms if one.label == "In force")
        assert len(term.lines) == lines
    assert said(term.lines[1]) == "Put in force on 18 December 2026, as version 1.0"


def test_an_agreement_that_ended_early_says_until_when_it_held() -> None:
    header = {**HEADER, "ended": date(2027, 6, 30)}
    assert clauses(header)[0].endswith("It ends early, on 30 June 2027.")
    cover = compose(Agreement.model_validate({"agreement": header})).key_terms[0]
    assert said(cover.lines[0]) == "1 January 2027 to 30 June 2027"


def signing(**signatures: Any) -> str:
    header = {**HEADER, "version": "2.0", "schedules": ["data"]}
    document = compose(Agreement.model_validate({"agreement": header, **SECTIONS, "signatures": signatures}))
    return "\n".join(f"{one.number} {said(one.text)}" for one in document.signing_words)


def test_above_the_signatures_stand_contacts_and_what_follows_a_signer() -> None:
    text = signing(
        contacts={"sales": "ana"}, succession="Whoever follows confirms it.\n\nIt holds meanwhile.", notes="Internal."
    )
    assert "4.1 Internal." in text
    assert "4.2 Contacts. Marketing: to be agreed; sales: Ana Ruiz." in text
    assert "4.3 Succession. Whoever follows confirms it." in text
    assert "\n It holds meanwhile." in text
    assert "4.5 Those who sign agree to this document, version 2.0." in text


def test_a_schedule_in_the_teams_own_words_is_named_with_its_fingerprint() -> None:
    header = {**HEADER, "version": "2.0", "schedules": ["data"]}
    held = Agreement.model_validate({"agreement": header, **SECTIONS, "signatures": {}})
    assert f"Data protection {schedule_fingerprint(held, 'data')[:12]}" in signing()


def test_who_left_has_no_place_to_sign_and_whoever_follows_has() -> None:
    people = [
        {"id": "ana", "name": "Ana Ruiz", "party": "sales", "left": date(2027, 3, 1), "successor": "kim"},
        {"id": "kim", "name": "Kim Park", "title": "VP Sales", "party": "sales"},
    ]
    document = compose(Agreement.model_validate({"agreement": HEADER, "signatures": {"signers": people}}))
    assert [(one.id, one.name, one.party) for one in document.signers] == [("kim", "Kim Park", "Sales")]
    text = "\n".join(said(one.text) for one in document.signing_words)
    assert "Ana Ruiz left on 1 March 2027, and Kim Park took this post." in text


def test_whoever_signs_for_no_side_is_named_by_what_they_sign_as_and_for_whom() -> None:
    people = [
        {"id": "wit", "name": "Wim Bos", "title": "Notary", "signs_as": "witness", "organization": "Bos & Zn"},
        {"id": "cro", "name": "Cleo Roy", "signs_as": "approver"},
        {"id": "guest", "name": "Gil Est"},
        {"id": "kim", "name": "Kim Park", "party": "sales", "organization": "Contoso Partners"},
    ]
    notes = "An internal working agreement; it creates no claims in court."
    held = {
        "agreement": {**HEADER, "organization": "Northwind", "language": "zh-TW"},
        "signatures": {"notes": notes, "signers": people},
    }
    document = compose(Agreement.model_validate(held))
    assert document.language == "zh-TW"
    assert said(document.key_terms[-1].lines[0]) == "Wim Bos, Notary (witness); Cleo Roy (approver)"
    assert [linear.on_whose_side(one) for one in document.signers] == [
        *("Witness, Bos & Zn", "Approver, Northwind", "Northwind", "Sales, Contoso Partners"),
    ]
    pdf = render(document)
    page = next(page for page in texts(pdf) if "Wim Bos" in page and "Signature" in page)
    assert page.index(notes) < page.index("Witness, Bos & Zn") < page.index("Approver, Northwind")
    assert "For Sales, Contoso Partners" in page
    assert read(pdf).root_object["/Lang"] == "zh-TW"
    assert b"<rdf:li>zh-TW</rdf:li>" in read(pdf).root_object["/Metadata"].get_data()
