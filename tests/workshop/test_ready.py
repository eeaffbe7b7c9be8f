"""What is missing before a workshop, and who brings it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sla_tui.agreement.errors import UserError
from sla_tui.workshop.ready import Point, Readiness, readiness

AGREEMENT = """\
[agreement]
title = "SLA"
starts = 2027-01-01
ends = 2027-12-31

[agreement.calendar]
timezone = "America/New_York"
days = ["mon", "tue"]
from = 09:00:00
to = 17:00:00

[stakeholders]
keeper = "sam"
teams = [
    { id = "m", name = "Marketing", party = "marketing", speaks = "lena" },
    { id = "s", name = "Sales", party = "sales", speaks = "ana" },
]
people = [
    { id = "lena", name = "Lena Okafor", team = "m", role = "drafter" },
    { id = "ana", name = "Ana Ruiz", team = "s", role = "drafter" },
    { id = "sam", name = "Sam Osei", role = "editor" },
]

[assignment]
method = "region"
fallback = "s"
territories = [{ id = "all", name = "All", when = { field = "country", known = true }, owner = "s" }]

[scoring]
stages = [{ id = "mql", at = 10 }]
rules = [{ id = "open", when = "opens", points = 5 }]

[signatures]
contacts = { marketing = "lena", sales = "ana" }
signers = [
    { id = "one", name = "Mara Lind", party = "marketing" },
    { id = "two", name = "Ana Ruiz", party = "sales" },
]
"""
CAPACITY = "[capacity]\nreps = 3\nhours_per_rep_per_week = 10\nminutes_per_touch = 8\n"
QUOTA = "[quota]\nfrom = 2027-01-01\nto = 2027-03-31\n"
ROWS = [f"{n},US,{n % 4},{'yes' if n % 3 == 0 else 'no'}" for n in range(40)]
LEADS = "\n".join(["id,country,opens,won", *ROWS])
TODAY = date(2026, 12, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An agreement with all that a workshop needs."""
    (tmp_path / "quotas").mkdir()
    (tmp_path / "agreement.toml").write_text(AGREEMENT)
    (tmp_path / "leads.csv").write_text(LEADS)
    (tmp_path / "leads.toml").write_text('outcome = "won"\n')
    (tmp_path / "quotas" / "2027-Q1.toml").write_text(f"{QUOTA}{CAPACITY}")
    return tmp_path


def missing(held: Readiness) -> dict[str, Point]:
    return {point.code: point for point in held.points if not point.ready}


def without(folder: Path, *words: str) -> dict[str, Point]:
    """What is missing once some words are taken out of the agreement, or put in place of others with `` -> ``."""
    text = AGREEMENT
    for one in words:
        old, _, new = one.partition(" -> ")
        assert old in text
        text = text.replace(old, new)
    (folder / "agreement.toml").write_text(text)
    return missing(readiness(folder, TODAY))


def test_where_all_is_there_nothing_is_missing(folder: Path) -> None:
    held = readiness(folder, TODAY)
    assert not missing(held)
    assert not held.by_who
    said = {point.code: point.found for point in held.points}
    assert said["period"] == "2027-01-01 to 2027-12-31"
    assert said["hours"] == "mon, tue, 09:00 to 17:00, America/New_York"
    assert said["names"] == "Lena Okafor, Ana Ruiz, Sam Osei"
    assert (said["signer-sales"], said["contact-marketing"]) == ("Ana Ruiz", "Lena Okafor")
    assert (said["territories"], said["fallback"]) == ("1, by region", "Sales")
    assert said["leads"] == "40 leads in leads.csv"
    assert said["outcome"] == "40 known, 14 of them won"
    assert said["capacity"] == "3 reps with 10 hours a week each"
    assert held.open > 0


@pytest.mark.parametrize(
    ("words", "code", "says", "who"),
    [
        (("ends = 2027-12-31\n",), "period", "Ends is open", "Sam Osei"),
        (('timezone = "America/New_York"\n',), "hours", "Time zone is open", "Sam Osei"),
        (('name = "Sam Osei", ',), "names", "no name yet for sam", "both sides' leaders"),
        (('keeper = "sam"\n',), "names", "Keeper is open", "both sides' leaders"),
        (
            ('"Lena Okafor", team = "m", role = "drafter" -> "Lena Okafor", team = "m", role = "sponsor"',),
            "drafter-marketing",
            "nobody from marketing is among the drafters",
            "Lena Okafor",
        ),
        (('Ruiz", party = "sales" } -> Ruiz" }',), "signer-sales", "nobody signs for sales", "Ana Ruiz"),
        (('name = "Mara Lind", ',), "signer-marketing", "no name yet for one", "Lena Okafor"),
        (
            ('{ id = "two", name = "Ana Ruiz", -> { id = "two", name = "Ana Ruiz", left = 2026-11-01,',),
            "signer-sales",
            "nobody signs for sales",
            "Ana Ruiz",
        ),
        (
            ('contacts = { marketing = "lena", -> contacts = {',),
            "contact-marketing",
            "nobody answers for marketing",
            "Lena Okafor",
        ),
        (('sales = "ana" -> sales = "kim"',), "contact-sales", "no name yet for kim", "Ana Ruiz"),
        (('method = "region"\n',), "territories", "Method is open", "Ana Ruiz"),
        ((', owner = "s" }] -> }]',), "territories", "All (owner) is open", "Ana Ruiz"),
        (('fallback = "s"\n',), "fallback", "Unknown territory is open", "Ana Ruiz"),
    ],
)
def test_what_is_missing_is_said_with_who_brings_it(
    folder: Path, words: tuple[str, ...], code: str, says: str, who: str
) -> None:
    held = without(folder, *words)
    assert list(held) == [code]
    assert (held[code].missing, held[code].who) == ((says,), who)


def test_what_is_not_part_of_the_agreement_is_not_asked_for(folder: Path) -> None:
    (folder / "agreement.toml").write_text("[agreement]\ntitle = 'SLA'\n")
    codes = [point.code for point in readiness(folder, TODAY).points]
    assert codes == ["period", "hours", "signer-marketing", "signer-sales", "capacity"]


def test_leads_dealt_out_in_turn_need_no_territories(folder: Path) -> None:
    text = AGREEMENT.partition("[assignment]")[0] + '[assignment]\nmethod = "round-robin"\nin_turn = ["s"]\n'
    (folder / "agreement.toml").write_text(f"{text}[scoring]{AGREEMENT.partition('[scoring]')[2]}")
    assert not missing(readiness(folder, TODAY))


def test_without_names_the_side_itself_brings_it(folder: Path) -> None:
    held = without(folder, 'name = "Lena Okafor", ', 'name = "Sam Osei", ', 'name = "Mara Lind", ')
    assert (held["signer-marketing"].who, held["names"].who) == ("marketing", "both sides' leaders")


@pytest.mark.parametrize(
    ("name", "text", "code", "says"),
    [
        ("leads.csv", None, "leads", "put an export of past leads beside it as leads.csv"),
        ("leads.csv", "id,country,opens,won\n", "leads", "no lead"),
        ("leads.toml", "leads = 'lost.csv'\n", "leads", "lost.csv"),
        ("leads.toml", "leads = 1\n", "leads", "text"),
        ("leads.csv", LEADS.replace("opens", "clicks"), "mapped", "scoring.rules.open.when: no column 'opens'"),
        ("leads.toml", None, "outcome", "name the column that says who was won"),
        ("leads.toml", 'outcome = "wonn"\n', "outcome", "no column for the outcome 'wonn'; did you mean 'won'?"),
        ("leads.csv", LEADS.replace("yes", "maybe"), "outcome", "maybe"),
        ("leads.csv", LEADS.replace("yes", "no"), "outcome", "40 known, 0 of them won; leads that were won"),
        ("leads.csv", "\n".join(LEADS.splitlines()[:11]), "outcome", "10 known, 4 of them won; with fewer than 30"),
        ("quotas/2027-Q1.toml", None, "capacity", "no quota is there yet"),
        ("quotas/2027-Q1.toml", QUOTA, "capacity", "Reps is open in the quota 2027-Q1"),
    ],
)
def test_what_lies_beside_it_is_looked_at(folder: Path, name: str, text: str | None, code: str, says: str) -> None:
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text)
    held = missing(readiness(folder, TODAY))
    assert list(held) == [code]
    assert any(says in one for one in held[code].missing)


def test_the_quota_of_the_first_day_counts_else_the_last(folder: Path) -> None:
    (folder / "quotas" / "2027-Q2.toml").write_text("[quota]\nfrom = 2027-04-01\nto = 2027-06-30\n")
    assert not missing(readiness(folder, TODAY))
    late = missing(readiness(folder, date(2027, 5, 1)))
    assert "Reps is open in the quota 2027-Q2" in late["capacity"].missing
    later = missing(readiness(folder, date(2028, 1, 1)))
    assert "Reps is open in the quota 2027-Q2" in later["capacity"].missing


def test_who_is_asked_for_what_is_gathered_by_name(folder: Path) -> None:
    (folder / "leads.csv").unlink()
    (folder / "agreement.toml").write_text(AGREEMENT.replace('fallback = "s"\n', "").replace("ends = 2027-12-31\n", ""))
    held = readiness(folder, TODAY).by_who
    assert [(who, [point.code for point in points]) for who, points in held] == [
        ("Sam Osei", ["period", "leads"]),
        ("Ana Ruiz", ["fallback"]),
    ]


def test_an_agreement_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        readiness(tmp_path / "nowhere")
