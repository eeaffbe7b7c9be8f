"""Sittings on disk: begun, listed, and what is said in them while others write too."""

from __future__ import annotations

import json
import multiprocessing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from sla_tui.agreement.consent import Consented
from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.finding import Finding, Severity
from sla_tui.agreement.fingerprint import section_fingerprint
from sla_tui.agreement.paths import Add, Move, Put, Remove
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.record.trouble import ChangedOnDisk
from sla_tui.workshop.beside import known_beside
from sla_tui.workshop.consents import consent, override, stands
from sla_tui.workshop.copies import copy_path
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.export import NotReady, export
from sla_tui.workshop.folder import (
    agreement_of,
    called,
    files_beside,
    is_sitting,
    model_of,
    only_agreement,
    sitting_files,
)
from sla_tui.workshop.items import fresh
from sla_tui.workshop.saver import Saving
from sla_tui.workshop.sittings import PLAN, begin, begin_at, going_on, listed, wall_clock
from sla_tui.workshop.typed import put
from tests.sittings import WRITTEN, put_beside

NOW = datetime(2026, 11, 30, 14, 22, 5)
NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind" / "agreement.toml"


def read(path: Path) -> Sitting:
    return Document[Sitting].load(path, Sitting).value


def agreement_in(path: Path) -> Agreement:
    return Document[Agreement].load(path, Agreement).value


# -- where they lie


def test_a_file_in_a_folder_of_sittings_is_one(sample: Path) -> None:
    record = put_beside(sample)
    assert is_sitting(record)
    assert model_of(record) is Sitting
    assert agreement_of(record) == sample
    assert called(record) == "a sitting"
    assert sitting_files(sample) == (record,)
    with pytest.raises(UserError, match="this is a sitting, and an agreement is needed"):
        only_agreement(record)


def test_every_file_of_an_agreement_is_known_by_its_place(sample: Path) -> None:
    record = put_beside(sample)
    mapping = sample.with_name("leads.toml")
    mapping.write_text('leads = "leads.csv"\n')
    assert files_beside(sample) == (record, mapping)
    assert [called(one) for one in (mapping, sample)] == ["a lead mapping", "an agreement"]
    assert agreement_of(mapping) == agreement_of(sample) == sample
    copies = {copy_path(one, "x").name for one in (sample, record, mapping)}
    assert copies == {"acme-x.toml", "acme-2026-11-30-x.toml", "acme-leads-x.toml"}


def test_a_record_and_a_mapping_are_changed_as_any_file_with_every_comment_kept(sample: Path) -> None:
    record = Draft.open(put_beside(sample), today=date(2026, 12, 4))
    record.change(Put("votes.ana.fist", 5))
    assert record.close().saving is Saving.SAVED
    assert record.path.read_text("utf-8") == WRITTEN.replace("fist = 4", "fist = 5")
    assert record.lists == agreement_in(sample)
    mapping = sample.with_name("leads.toml")
    mapping.write_text('# ours\nleads = "leads.csv" # the export\n')
    held = Draft.open(mapping)
    held.change(Put("outcome", "won"))
    assert held.close().saving is Saving.SAVED
    assert mapping.read_text() == '# ours\nleads = "leads.csv" # the export\noutcome = "won"\n'
    assert held.findings == ()


SAID: dict[str, tuple[dict[str, str], tuple[str, str]]] = {
    "attendance": ({"name": "Bo Lund", "party": "sales", "from": "14:20"}, ("until", "15:10")),
    "decisions": ({"what": "We try 55 points", "about": "scoring", "by": "Ana Ruiz", "at": "14:38"}, ("at", "14:40")),
    "votes": ({"section": "scoring", "party": "marketing", "fist": "2", "concern": "Too few"}, ("fist", "3")),
    "consents": ({"section": "scoring", "party": "marketing", "fingerprint": "3f9a0c4d1b27"}, ("by", "Mara")),
    "parked": ({"what": "Leads of partners", "owner": "Tom", "by": "2026-12-11"}, ("settled", "2026-12-09")),
}


@pytest.mark.parametrize("key", SAID)
def test_whatever_a_sitting_records_is_added_changed_moved_taken_out_and_taken_back(sample: Path, key: str) -> None:
    draft = Draft.open(put_beside(sample), today=date(2026, 12, 4))
    answers, (answer, text) = SAID[key]
    item = fresh(draft.at(key), answers)
    there = f"{key}.{item.id}"
    draft.change(Add(key, item))
    assert draft.at(f"{there}.{answer}").text == answers.get(answer, "")
    draft.change(put(draft.value, f"{there}.{answer}", text))
    assert draft.at(f"{there}.{answer}").text == text
    draft.change(Move(there, 0))
    assert draft.at(key).value[0].id == item.id
    assert draft.flush().saving is Saving.SAVED
    kept = read(draft.path)
    draft.change(Remove(there))
    assert item.id not in {one.id for one in draft.at(key).value or ()}
    draft.undo()
    assert draft.flush().saving is Saving.SAVED
    assert read(draft.path) == kept
    while draft.can_undo:
        draft.undo()
    assert draft.close().saving is Saving.SAVED
    assert draft.path.read_text("utf-8") == WRITTEN


def test_they_are_listed_by_their_day_with_what_cannot_be_read(sample: Path) -> None:
    for name in ("2026-12-07", "2026-11-30-10", "2026-11-30-2", "2026-11-30"):
        put_beside(sample, "[sitting]\n", name)
    put_beside(sample, "[sitting]\ndate = 2026-12-01\n", "kickoff")
    put_beside(sample, "[sitting]\nfomat = 1\n", "2026-12-02")
    found = listed(sample)
    names = ["2026-11-30", "2026-11-30-2", "2026-11-30-10", "kickoff", "2026-12-02", "2026-12-07"]
    assert [one.name for one in found] == names
    assert [one.name for one in found if one.trouble] == ["2026-12-02"]
    assert found[4].trouble.startswith("line 2: unknown key")
    assert found[3].day == date(2026, 12, 1)


# -- one more


def test_a_sitting_begins_with_its_day_its_time_and_the_steps_of_ninety_minutes(sample: Path) -> None:
    first = begin(sample, agreement_in(sample), NOW)
    second = begin(sample, agreement_in(sample), NOW)
    assert [one.name for one in (first, second)] == ["2026-11-30.toml", "2026-11-30-2.toml"]
    held = read(first)
    assert held.sitting
    assert (held.sitting.date, held.sitting.started, held.sitting.ended) == (NOW.date(), NOW.time(), None)
    assert sum(step.minutes or 0 for step in held.steps or ()) == sum(minutes for _, minutes in PLAN) == 90
    assert first.read_text().startswith("#:schema ../sitting.schema.json\n\n[sitting]\n")
    assert set(json.loads(sample.with_name("sitting.schema.json").read_text())["properties"]) == {*Sitting.model_fields}


def test_a_sitting_is_begun_by_its_path_too(sample: Path) -> None:
    planned = begin_at(sample.parent / "sittings" / "2027-01-11.toml")
    held = read(planned).sitting
    assert held
    assert (held.date, held.started) == (date(2027, 1, 11), None)
    assert begin_at(sample.parent / "sittings").stem == f"{wall_clock(agreement_in(sample)).date()}"
    for name in ("kickoff", "2027-02-30", "2027-1-1"):
        with pytest.raises(UserError, match="called by its day"):
            begin_at(sample.parent / "sittings" / f"{name}.toml")
    with pytest.raises(UserError, match="no agreement beside"):
        begin_at(sample.parent / "elsewhere" / "sittings")
    with pytest.raises(UserError, match="already"):
        begin_at(planned)


def test_the_sitting_that_is_going_on_is_todays_last_unless_it_has_ended(sample: Path) -> None:
    put_beside(sample, "[sitting]\n", "2026-11-29")
    put_beside(sample, "[sitting]\n", "2026-11-30")
    second = put_beside(sample, "[sitting]\n", "2026-11-30-2")
    assert going_on(sample, NOW) == second
    put_beside(sample, "[sitting]\nended = 15:00:00\n", "2026-11-30-2")
    assert going_on(sample, NOW).stem == "2026-11-30-3"
    put_beside(sample, "[siting]\n", "2026-11-30-3")
    with pytest.raises(InvalidFile):
        going_on(sample, NOW)


def test_times_are_those_of_the_agreements_own_zone(sample: Path) -> None:
    def clock(zone: str) -> datetime:
        return wall_clock(Agreement.model_validate({"agreement": {"calendar": {"timezone": zone}}}))

    hours = (clock("Pacific/Kiritimati") - clock("Pacific/Pago_Pago")).total_seconds() / 3600
    assert round(hours, 2) == 25
    assert abs((clock("Nowhere/At_All") - wall_clock(Agreement())).total_seconds()) < 5


# -- consent


def test_a_side_consents_to_every_section_as_it_now_reads_on_disk(sample: Path) -> None:
    given = consent(sample.parent, "sales", by=" Ana Ruiz\n", now=NOW)
    agreement = agreement_in(sample)
    assert [one.section for one in given.stands] == ["agreement", "scoring", "commitments"]
    assert given.new == {"agreement", "scoring", "commitments"}
    assert {one.state for one in given.stands} == {Consented.FRESH}
    (first, *_) = read(given.record).consents or ()
    assert (first.id, first.by, first.at) == ("agreement-sales", "Ana Ruiz", NOW.time())
    assert first.fingerprint == section_fingerprint(agreement, "agreement")
    assert read(given.record).steps is None
    states = {(one.section, one.party): one.state for one in stands(sample).stands}
    assert states["scoring", "sales"] is Consented.FRESH
    assert states["scoring", "marketing"] is Consented.NONE


def test_what_was_said_is_not_said_twice_and_another_wording_takes_its_place(sample: Path) -> None:
    first = consent(sample, "sales", ["scoring"], by="Ana Ruiz", now=NOW)
    text = first.record.read_text()
    again = consent(sample, "sales", ["scoring"], now=NOW.replace(hour=15))
    assert (again.new, again.record.read_text()) == (frozenset(), text)
    reserved = consent(sample, "sales", ["scoring"], reservation="For one quarter", now=NOW)
    (one,) = read(reserved.record).consents or ()
    assert (one.by, one.reservation) == ("Ana Ruiz", "For one quarter")
    draft = Draft.open(sample)
    draft.change(Put("scoring.stages.mql.at", 60))
    draft.close()
    anew = consent(sample, "sales", ["scoring"], now=NOW.replace(hour=16))
    (one,) = read(anew.record).consents or ()
    assert anew.new == {"scoring"}
    assert (one.id, one.at, one.by, one.reservation) == ("scoring-sales", time(16, 22, 5), None, None)


def test_comments_in_a_record_stay_when_something_is_said(sample: Path) -> None:
    record = put_beside(sample)
    assert consent(sample, "marketing", ["scoring"], now=NOW).record == record
    text = record.read_text("utf-8")
    assert text.startswith(WRITTEN)
    assert text.count("#") == WRITTEN.count("#")


def test_what_cannot_be_consented_to_is_refused_and_nothing_is_begun(sample: Path) -> None:
    with pytest.raises(UserError, match="no section is called 'scorin'") as caught:
        consent(sample, "sales", ["scoring", "scorin"], now=NOW)
    assert caught.value.remedy == "did you mean 'scoring'?"
    with pytest.raises(UserError, match="no section is called 'objective' in this version"):
        stands(sample, ["objective"])
    sample.write_text('[[custom]]\nid = "own"\n')
    with pytest.raises(UserError) as caught:
        consent(sample, "sales", ["own"], now=NOW)
    assert caught.value.remedy == "own sections are consented to as one: custom"
    sample.write_text("")
    with pytest.raises(UserError, match="nothing in it yet"):
        consent(sample, "sales", now=NOW)
    assert not sitting_files(sample)


def test_a_word_waits_for_another_writer_and_gives_up_in_the_end(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save, refused = Document.save, []

    def late(self: Document[Any], value: Any) -> Document[Any]:
        if len(refused) < 3:
            refused.append(value)
            raise ChangedOnDisk("the file was changed on disk")
        return save(self, value)

    monkeypatch.setattr(Document, "save", late)
    assert consent(sample, "sales", now=NOW).new
    assert len(refused) == 3

    def never(self: Document[Any], value: Any) -> Document[Any]:
        raise ChangedOnDisk("the file was changed on disk")

    monkeypatch.setattr(Document, "save", never)
    with pytest.raises(ChangedOnDisk):
        consent(sample, "marketing", now=NOW)


def _consent(path: Path, party: str, section: str) -> None:
    consent(path, "sales" if party == "sales" else "marketing", [section], now=NOW)


def test_several_who_speak_at_once_are_all_heard(sample: Path) -> None:
    put_beside(sample)
    pool = multiprocessing.get_context("spawn").Pool(2)
    with pool:
        said = [(sample, party, section) for section in ("agreement", "scoring") for party in ("sales", "marketing")]
        pool.starmap(_consent, said)
    fresh = [one for one in stands(sample).stands if one.state is Consented.FRESH]
    assert {(one.section, one.party) for one in fresh} == {(section, party) for _, party, section in said}


# -- a final version


def lacking(*sections: str) -> list[Finding]:
    return [Finding(Severity.ERROR, "no-consent", section, "") for section in sections]


def test_why_a_final_version_was_made_without_consent_stands_in_the_newest_sitting(sample: Path) -> None:
    put_beside(sample, name="2026-11-29", text="[sitting]\n")
    newest = put_beside(sample)
    moment = datetime(2026, 12, 4, 16, 5)
    for _ in range(2):
        where = override(
            sample, " On the\nphone ", lacking("scoring", "agreement", "scoring"), by="Sam Osei", now=moment
        )
        assert where == newest
    first, second = read(newest).overrides or ()
    assert (first.reason, first.by, first.on, first.at) == ("On the\nphone", "Sam Osei", moment.date(), moment.time())
    assert first.sections == ("agreement", "scoring")
    assert (first.id, second.id) == ("2026-12-04", "2026-12-04-2")


def test_no_reason_is_lost_for_want_of_a_sitting(sample: Path) -> None:
    put_beside(sample, "[siting]\n")
    with pytest.raises(UserError, match="no sitting whose record can be read"):
        override(sample, "phone", lacking("scoring"))


@pytest.fixture
def northwind(tmp_path: Path) -> Path:
    """A whole agreement with a sitting, in which nobody has consented yet."""
    file = tmp_path / "northwind" / "agreement.toml"
    file.parent.mkdir()
    file.write_bytes(NORTHWIND.read_bytes())
    put_beside(file, "[sitting]\ndate = 2026-11-30\n")
    return file


def test_a_final_version_is_refused_while_consent_is_lacking(northwind: Path) -> None:
    agreement = agreement_in(northwind)
    with pytest.raises(NotReady) as caught:
        export(agreement, northwind, final=True)
    assert {reason.code for reason in caught.value.reasons} == {"no-consent"}
    assert "--despite" in caught.value.remedy
    consent(northwind, "sales", now=NOW)
    consent(northwind, "marketing", now=NOW)
    assert not [one for one in stands(northwind).stands if one.state is not Consented.FRESH]
    assert export(agreement, northwind, final=True).read_bytes().startswith(b"%PDF-")


def test_lacking_consent_alone_is_passed_over_and_told_before_the_file_is_written(northwind: Path) -> None:
    target, told = northwind.with_name("final.pdf"), list[int]()

    def despite(reasons: tuple[Finding, ...]) -> None:
        assert not target.exists()
        told.append(len(reasons))

    agreement = agreement_in(northwind)
    export(agreement, northwind, target, final=True, despite=despite)
    assert told == [27]
    assert target.exists()
    target.unlink()
    draft = Draft.open(northwind)
    draft.change(Put("agreement.ends", None))
    draft.close()
    with pytest.raises(NotReady) as caught:
        export(agreement_in(northwind), northwind, target, final=True, despite=despite)
    assert {reason.code for reason in caught.value.reasons} == {"unanswered"}
    assert "--despite" not in caught.value.remedy
    assert (told, target.exists()) == ([27], False)


def test_what_lies_beside_an_agreement_is_known_to_its_checks(sample: Path) -> None:
    put_beside(sample)
    put_beside(sample, "[siting]\n", "2026-12-01")
    known = known_beside(sample, date(2026, 12, 4))
    assert [name for name, _ in known.sittings or ()] == ["2026-11-30"]
    assert known.unread_sittings == ("2026-12-01",)
    assert stands(sample).unread == ("2026-12-01",)
    assert known_beside(sample, look=False).sittings is None
    assert known_beside(put_beside(sample)).agreement == agreement_in(sample)
