"""Makes the sample leads of this agreement, leads.csv and activity.csv: invented, seeded, the same bytes every time.

Run ``python agreements/northwind/make_leads.py [FOLDER]``; without FOLDER it rewrites the files beside it. A lead is
drawn from what nobody sees (how well it fits, how keen it is), and what it does, when, and whether it buys follow
from that with chance in it, so that no rule predicts the outcome exactly.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SEED = 9
LEADS = 640
DAYS = 140
"""How far back the oldest lead came in."""
OPEN_DAYS = 10
"""Leads younger than this have no outcome yet."""
END = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)

TRADES = {
    "Grocery": ("Grocers", "Market", "Food Hall", "Pantry"),
    "Restaurants": ("Kitchen", "Bistro Group", "Restaurants", "Taverns"),
    "Hotels": ("Hotels", "Inns", "Resorts", "Lodges"),
    "Catering": ("Catering", "Events & Catering", "Canteens"),
    "Software": ("Software", "Systems", "Data"),
    "Education": ("College", "Academy"),
    "Construction": ("Builders", "Contractors"),
}
FOOD_TRADES = ("Grocery", "Restaurants", "Hotels", "Catering")
TRADE_ODDS = (26, 20, 12, 10, 14, 9, 9)
PLACES = (
    "Alder", "Bayside", "Birch Hill", "Cedar", "Clearwater", "Eastgate", "Elm Street", "Fairview", "Glen", "Harbor",
    "Highland", "Juniper", "Kingsway", "Lakeside", "Maple", "Meadow", "Millbrook", "Northgate", "Oakridge", "Old Port",
    "Pine Valley", "Quarry", "Riverbend", "Rosewood", "Sandpiper", "Southfield", "Stonebridge", "Summit", "Sunrise",
    "Thornton", "Upland", "Valley", "Westbrook", "Willow", "Windmill",
)  # fmt: skip
COUNTRIES = ("US", "CA", "MX", "GB", "IE", "DE", "IN", "BR", "AU")
COUNTRY_ODDS = (52, 13, 5, 8, 3, 6, 6, 4, 3)
TITLES = (
    "Purchasing Manager", "Director of Purchasing", "Director of Operations", "Operations Manager", "Executive Chef",
    "Owner", "Office Manager", "Marketing Coordinator", "Consultant", "Student",
)  # fmt: skip
BUYER_ODDS = (24, 13, 13, 14, 14, 14, 4, 2, 2, 0)
OTHER_ODDS = (6, 3, 6, 9, 8, 10, 17, 16, 13, 12)
SOURCES = ("Organic search", "Paid search", "Newsletter", "Trade fair", "Referral", "Social media")
SOURCE_ODDS = (30, 22, 14, 14, 8, 12)

# Times it is done in a month by a lead that is not keen, and how much more often by one that is (as a power of e).
HABITS = {
    "email_open": (2.4, 0.55),
    "email_click": (0.5, 0.95),
    "page_view": (2.6, 0.6),
    "pricing_view": (0.2, 1.2),
    "download": (0.3, 0.95),
    "sample_request": (0.03, 1.3),
    "demo_request": (0.008, 1.25),
    "quote_request": (0.004, 1.35),
    "video_view": (0.3, 0.4),
    "careers_view": (0.13, -0.5),
    "unsubscribe": (0.04, -1.1),
    "email_bounce": (0.03, -0.5),
}
ONLY_ONCE = frozenset({"sample_request", "demo_request", "quote_request", "unsubscribe"})

NEVER = -99.0
"""The merit of a lead that cannot buy: a competitor, one of our own."""

COLUMNS = (
    "id", "company", "country", "employees", "title", "industry", "email", "phone", "lead_source", "events_attended",
    "created", "won",
)  # fmt: skip


@dataclass(frozen=True)
class Lead:
    """One invented lead: its row of the table, and what it did, when."""

    row: dict[str, object]
    log: list[tuple[datetime, str]]


class Chance:
    """Draws that are the same on every Python: each is made of ``random()``, whose sequence never changes."""

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random

    def happens(self, odds: float) -> bool:
        """Whether something with this probability happens."""
        return self._next() < odds

    def between(self, low: float, high: float) -> float:
        """A number from ``low`` up to ``high``, all as likely."""
        return low + (high - low) * self._next()

    def normal(self) -> float:
        """A number around 0 with standard deviation 1, near enough: the sum of twelve even draws."""
        return sum(self._next() for _ in range(12)) - 6

    def pick(self, choices: Sequence[str], odds: Sequence[int]) -> str:
        """One of ``choices``, each as likely as its share of ``odds``."""
        left = self._next() * sum(odds)
        for choice, weight in zip(choices, odds, strict=True):
            left -= weight
            if left < 0:
                return choice
        return choices[-1]

    def any_of(self, choices: Sequence[str]) -> str:
        """One of ``choices``, all as likely."""
        return choices[int(self._next() * len(choices))]

    def times(self, mean: float) -> int:
        """How often something happens that happens ``mean`` times on average (Poisson, by Knuth's product)."""
        limit, product, count = math.exp(-mean), self._next(), 0
        while product > limit:
            product *= self._next()
            count += 1
        return count


def make_lead(chance: Chance, number: int) -> Lead:
    """The lead with this number."""
    fit, keen = chance.normal(), chance.normal()
    age = chance.between(0, DAYS)
    fits_well = fit > 0
    industry = chance.pick(tuple(TRADES), _trade_odds(fits_well))
    company = f"{chance.any_of(PLACES)} {chance.any_of(TRADES[industry])}"
    title = chance.pick(TITLES, BUYER_ODDS if fits_well else OTHER_ODDS)
    if title == "Executive Chef" and industry not in FOOD_TRADES:
        title = "Office Manager"
    country = chance.pick(COUNTRIES, COUNTRY_ODDS)
    staff = int(math.exp(4.2 + 1.2 * fit + 1.0 * chance.normal())) // (6 if title == "Owner" else 1) + 1
    merit = fit - 2 * (title == "Student")
    domain = "".join(letter for letter in company.lower() if letter.isalpha()) + ".example"
    if chance.happens(0.19 if title in ("Student", "Consultant", "Owner") else 0.07):
        domain, merit = "gmail.com", merit - 1
    if chance.happens(0.012):
        company, domain, merit = "Contoso", "contoso.example", NEVER
    elif chance.happens(0.008):
        company, domain, merit = "Northwind Traders", "northwind.example", NEVER
    attended = chance.times(0.1 * math.exp(0.7 * keen))
    row: dict[str, object] = {
        "id": f"L-{number:04}",
        "company": _or(chance, 0.03, "", company),
        "country": _or(chance, 0.03, "", _or(chance, 0.03, "Select", country)),
        "employees": _or(chance, 0.11, "", staff),
        "title": _or(chance, 0.05, "", _or(chance, 0.03, "-", title)),
        "industry": _or(chance, 0.08, "Select", industry),
        "email": _or(chance, 0.04, "", f"{chance.any_of('abcdefghijklmnoprstw')}***@{domain}"),
        "phone": _or(chance, 0.55 - 0.1 * max(-2, min(2, keen)), "", f"*** *** {int(chance.between(1000, 9999))}"),
        "lead_source": _or(chance, 0.02, "Select", chance.pick(SOURCES, SOURCE_ODDS)),
        "events_attended": attended if attended or chance.happens(0.3) else "",
        "created": (END - timedelta(days=age)).date().isoformat(),
        "won": _outcome(chance, merit, keen, country, age),
    }
    return Lead(row, sorted(_deeds(chance, keen, age)))


def _or(chance: Chance, odds: float, gap: object, value: object) -> object:
    return gap if chance.happens(odds) else value


def _trade_odds(fits_well: bool) -> tuple[int, ...]:
    """The odds of the trades: those that serve food are rarer among leads that fit badly."""
    return tuple(
        odds if fits_well or trade not in FOOD_TRADES else odds * 2 // 5
        for trade, odds in zip(TRADES, TRADE_ODDS, strict=True)
    )


def _outcome(chance: Chance, merit: float, keen: float, country: str, age: float) -> str:
    near = {"US": 0.25, "CA": 0.25}.get(country, -0.5 if country in ("MX", "GB", "IE", "DE") else -2.5)
    bought = chance.happens(1 / (1 + math.exp(-(-2.45 + 1.2 * merit + 1.5 * keen + near))))
    if age < OPEN_DAYS:
        return ""
    return "yes" if bought else "no"


def _deeds(chance: Chance, keen: float, age: float) -> Iterable[tuple[datetime, str]]:
    """What a lead did since it came in: most of it soon, the keen ones keep coming back."""
    if chance.happens(0.05):
        return
    yield _moment(chance, age), "page_view"
    if chance.happens(0.22):
        yield _moment(chance, age), "subscribe"
    for activity, (monthly, pull) in HABITS.items():
        active = min(age, 50 + 28 * max(-1.5, min(2.5, keen)))
        count = chance.times(monthly * math.exp(pull * keen) * (active + 4) / 30)
        for _ in range(min(count, 1 if activity in ONLY_ONCE else 60)):
            yield _moment(chance, age - active * chance.between(0, 1) ** 1.4), activity


def _moment(chance: Chance, days_ago: float) -> datetime:
    """A time on that day, between breakfast on the east coast and dinner on the west."""
    day = (END - timedelta(days=max(days_ago, 0))).replace(hour=0, minute=0)
    return day + timedelta(minutes=int(chance.between(12 * 60, 24 * 60 - 1)))


def write(folder: Path) -> None:
    """Writes leads.csv and activity.csv into ``folder``."""
    chance = Chance(SEED)
    leads = [make_lead(chance, number) for number in range(1, LEADS + 1)]
    _write_csv(folder / "leads.csv", COLUMNS, ([lead.row[column] for column in COLUMNS] for lead in leads))
    log = sorted((when, str(lead.row["id"]), activity) for lead in leads for when, activity in lead.log)
    _write_csv(
        folder / "activity.csv",
        ("lead", "activity", "time"),
        ((lead, activity, f"{when:%Y-%m-%dT%H:%M:%SZ}") for when, lead, activity in log),
    )


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
