"""How agreements stand on a day and what each needs, by itself and beside the others."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sla_tui.agreement.fingerprint import terms_fingerprint
from sla_tui.agreement.standing import Phase
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.library import Entry, agreements
from sla_tui.workshop.status import Kind, Life, urgency
from tests.workshop.conftest import SAMPLE

QUOTA = "[quota]\nfrom = 2027-01-01\nto = 2027-12-31\ncounts = 'mql'\n"
SPRING = date(2027, 3, 1)


def put(folder: Path, header: str = "", quota: str = QUOTA, status: str = "active") -> Path:
    """An agreement for 2027 with more in its header, put in force the day it starts unless its status is another."""
    file = folder / "agreement.toml"
    (folder / "quotas").mkdir(parents=True)
    if quota:
        (folder / "quotas" / "2027.toml").write_text(quota)
    dates = 'version = "1.0"\nstarts = 2027-01-01\nends = 2027-12-31\n'
    file.write_text(SAMPLE.replace("format = 1\n", f"format = 1\n{dates}{header}\n"))
    if status:
        change(file, ("agreement.status", status))
    return file


def change(file: Path, *answers: tuple[str, str]) -> None:
    from sla_tui.agreement.paths import Batch
    from sla_tui.workshop.typed import put as typed

    draft = Draft.open(file, today=date(2027, 1, 1))
    draft.change(Batch(tuple(typed(draft.value, key, text) for key, text in answers)))
    draft.close()


def life(file: Path, today: date = SPRING) -> Life:
    (entry,) = agreements(file.parent, today)
    assert entry.life
    return entry.life


def kinds(held: Life) -> list[Kind]:
    return [need.kind for need in held.needs]


def test_an_agreement_in_its_prime_needs_nothing(tmp_path: Path) -> None:
    held = life(put(tmp_path / "a"))
    assert (held.phase, held.words, held.last, held.needs) == (Phase.IN_FORCE, "in force", date(2027, 12, 31), ())
    assert held.word == "in force"


@pytest.mark.parametrize(
    ("header", "today", "expected", "word"),
    [
        ("", date(2027, 10, 31), [], "in force"),
        ("", date(2027, 11, 1), [Kind.RENEW], "ends in 60 days"),
        ("", date(2027, 12, 31), [Kind.RENEW], "ends today"),
        ("", date(2028, 1, 5), [Kind.OVER], "over"),
        ('renewal = "talks"', date(2027, 12, 1), [Kind.RENEW], "ends in 30 days"),
        ('renewal = "talks"', date(2028, 1, 5), [Kind.RENEW], "to renew"),
        ('renewal = "renews"', date(2027, 12, 1), [], "in force"),
        ('renewal = "renews"\nnotice = "2 months"', date(2027, 9, 30), [], "in force"),
        ('renewal = "renews"\nnotice = "2 months"', date(2027, 10, 1), [Kind.NOTICE], "notice in 30 days"),
        ('renewal = "renews"\nnotice = "2 months"', date(2027, 10, 31), [Kind.NOTICE], "notice today"),
        ('renewal = "renews"\nnotice = "2 months"', date(2027, 11, 1), [], "in force"),
        ('notice = "1 month"', date(2027, 11, 5), [Kind.RENEW, Kind.NOTICE], "ends in 56 days"),
        ("ended = 2027-04-15", SPRING, [Kind.RENEW], "ends in 45 days"),
        ("ended = 2027-02-15", SPRING, [Kind.OVER], "over"),
    ],
)
def test_it_is_told_when_it_expires_and_by_when_to_say_so(
    tmp_path: Path, header: str, today: date, expected: list[Kind], word: str
) -> None:
    held = life(put(tmp_path / "a", header, QUOTA.replace("2027-12-31", "2028-12-31")), today)
    assert (kinds(held), held.word) == (expected, word)
    assert all(need.message for need in held.needs)


def test_the_last_day_for_notice_is_told_until_it_is_over(tmp_path: Path) -> None:
    file = put(tmp_path / "a", 'notice = "2 months"')
    assert life(file).notice == date(2027, 10, 31)
    assert life(file, date(2027, 11, 1)).notice is None


@pytest.mark.parametrize(
    ("today", "expected", "words"),
    [
        (date(2026, 12, 20), [], "draft, starts in 12 days"),
        (date(2027, 1, 1), [Kind.UNSIGNED], "draft"),
        (SPRING, [Kind.UNSIGNED], "draft"),
    ],
)
def test_a_draft_whose_first_day_has_come_is_unsigned(
    tmp_path: Path, today: date, expected: list[Kind], words: str
) -> None:
    held = life(put(tmp_path / "a", status=""), today)
    assert (kinds(held), held.words) == (expected, words)


def test_what_was_called_active_by_hand_or_changed_since_is_unsigned(tmp_path: Path) -> None:
    by_hand = life(put(tmp_path / "a", 'status = "active"', status=""))
    assert (kinds(by_hand), by_hand.word) == ([Kind.UNSIGNED], "unsigned")
    file = put(tmp_path / "b")
    change(file, ("agreement.title", "Another"))
    held = life(file)
    assert (kinds(held), held.word) == ([Kind.UNSIGNED], "to sign again")
    assert "signed on 2027-01-01" in held.needs[0].message


@pytest.mark.parametrize(
    ("quota", "word"),
    [
        ("", "no quota"),
        (QUOTA.replace("2027-12-31", "2027-02-01"), "no quota"),
        (f"{QUOTA}scoring = '000000000000'\n", "quota too old"),
        ("[quota", "quota to mend"),
    ],
)
def test_an_agreement_in_force_needs_a_quota_for_today(tmp_path: Path, quota: str, word: str) -> None:
    held = life(put(tmp_path / "a", quota=quota))
    assert (kinds(held), held.word) == ([Kind.QUOTA], word)
    draft = life(put(tmp_path / "b", quota=quota, status=""), date(2026, 12, 1))
    assert [need.word for need in draft.needs] == (["quota to mend"] if word == "quota to mend" else [])


def test_a_signer_who_left_is_missed(tmp_path: Path) -> None:
    file = put(tmp_path / "a")
    change(
        file,
        ("signatures.signers", '[{ id = "ana", name = "Ana", party = "sales", left = 2027-02-01 }]'),
        ("agreement.status", "active"),
    )
    held = life(file)
    assert (kinds(held), held.word) == ([Kind.SIGNER], "signer left")


@pytest.mark.parametrize("status", ["ended", "superseded"])
def test_what_is_over_needs_nothing_more(tmp_path: Path, status: str) -> None:
    held = life(put(tmp_path / "a", 'notice = "2 months"', quota="", status=status))
    assert (held.words, held.needs, held.notice) == (status, (), None)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """An agreement for 2027 and a draft that takes its place in 2028."""
    old = put(tmp_path / "old")
    fingerprint = terms_fingerprint(Draft.open(old).value)
    new = put(tmp_path / "new", f'supersedes = "{fingerprint[:12]}"', status="")
    change(new, ("agreement.version", "2.0"), ("agreement.starts", "2028-01-01"), ("agreement.ends", "2028-12-31"))
    return old, new


def beside(old: Path, today: date) -> Life:
    found = {entry.path: entry.life for entry in agreements(old.parent.parent, today)}
    held = found[old]
    assert held
    return held


def test_while_its_successor_is_a_draft_it_is_still_to_renew(pair: tuple[Path, Path]) -> None:
    held = beside(pair[0], date(2027, 12, 1))
    assert (kinds(held), held.successor) == ([Kind.RENEW], "2.0")
    assert held.needs[0].message.endswith("; 2.0 is being drafted")


def test_once_its_successor_is_signed_nothing_is_left_to_renew(pair: tuple[Path, Path]) -> None:
    change(pair[1], ("agreement.status", "active"))
    held = beside(pair[0], date(2027, 12, 1))
    assert (held.phase, held.needs, held.successor) == (Phase.IN_FORCE, (), "2.0")


def test_once_its_successor_is_in_force_it_is_superseded(pair: tuple[Path, Path]) -> None:
    change(pair[1], ("agreement.status", "active"))
    held = beside(pair[0], date(2028, 1, 1))
    assert (held.phase, held.words, held.needs) == (Phase.SUPERSEDED, "superseded by 2.0", ())


def test_what_was_signed_counts_where_the_text_was_changed_since(pair: tuple[Path, Path]) -> None:
    change(pair[1], ("agreement.status", "active"))
    change(pair[0], ("agreement.title", "Changed since"))
    assert beside(pair[0], date(2028, 1, 1)).phase is Phase.SUPERSEDED


def test_an_agreement_never_takes_its_own_place(tmp_path: Path) -> None:
    file = put(tmp_path / "a")
    record: Any = Draft.open(file).value
    change(file, ("agreement.supersedes", record.agreement.signed.terms))
    assert life(file).phase is Phase.IN_FORCE


def test_what_needs_doing_first_stands_first(tmp_path: Path) -> None:
    put(tmp_path / "ends-first")
    change(put(tmp_path / "fine"), ("agreement.ends", "2028-12-31"), ("agreement.status", "active"))
    put(tmp_path / "ended", status="ended")
    put(tmp_path / "draft", status="")
    put(tmp_path / "no-quota", quota="")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "agreement.toml").write_text("[agreement")
    found = sorted(agreements(tmp_path, SPRING), key=lambda one: (urgency(one.life), str(one.path)))
    assert [one.path.parent.name for one in found] == ["broken", "draft", "no-quota", "ends-first", "fine", "ended"]


def test_an_entry_that_cannot_be_read_has_no_life(tmp_path: Path) -> None:
    (tmp_path / "agreement.toml").write_text("[agreement")
    (entry,) = agreements(tmp_path)
    assert isinstance(entry, Entry)
    assert entry.life is None


def test_a_folder_of_agreements_without_particulars_is_told(tmp_path: Path) -> None:
    (tmp_path / "agreement.toml").write_text("")
    (entry,) = agreements(tmp_path, SPRING)
    assert entry.life == Life(Phase.DRAFT, "draft")
