"""Makes the sample leads of this agreement, leads.csv: invented, seeded, the same bytes every time.

Run ``python agreements/core/make_leads.py [FOLDER]``; without FOLDER it rewrites the file beside it. How well a lead
fits and how far its project is, nobody sees; what it did follows from that with chance in it, and so does what two
people from inside sales said of it when they read it blind.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

SEED = 15
LEADS = 160
ADJECTIVES = ("Alte", "Neue", "Obere", "Untere", "Grosse", "Kleine", "Hohe", "Weite", "Rote", "Blaue")
PLACES = ("Au", "Brücke", "Mühle", "Wiese", "Furt", "Linde", "Quelle", "Warte", "Heide", "Bucht", "Halde", "Klause")
TRADES = {
    "Machine building": ("Maschinenbau", "Anlagenbau", "Werkzeugmaschinen"),
    "Food machinery": ("Abfüllanlagen", "Molkereitechnik"),
    "Pharma machinery": ("Pharmatechnik", "Reinraumtechnik"),
    "Water technology": ("Wassertechnik", "Pumpen"),
    "Distributor": ("Industriebedarf", "Technikhandel"),
    "University or school": ("Hochschule", "Fachschule"),
    "Consulting": ("Beratung", "Ingenieurbüro"),
    "Other": ("Bau", "Logistik"),
}
TRADE_ODDS = ((34, 12, 9, 11, 8, 5, 10, 11), (14, 5, 4, 6, 12, 19, 18, 22))
"""How common each trade is among leads that fit well, and among those that do not."""
COUNTRIES = {"DE": 58, "AT": 12, "CH": 11, "NL": 9, "PL": 4, "IN": 6}
TITLES = ("Design engineer", "Automation engineer", "Head of engineering", "Purchasing manager", "Managing director",
          "Maintenance", "Student", "Marketing")  # fmt: skip
TITLE_ODDS = ((30, 22, 10, 14, 8, 10, 2, 4), (9, 6, 3, 8, 12, 22, 24, 16))
SOURCES = {"Website": 46, "Trade fair": 22, "Webinar": 18, "Referral": 14}
DEEDS = {
    "Drawings": (0.45, 1.0),
    "Saved sensors": (0.3, 0.95),
    "Data sheets": (1.2, 0.6),
    "Webinars": (0.2, 0.4),
    "Fair visits": (0.16, 0.4),
    "Newsletter clicks": (0.9, 0.3),
    "Careers page": (0.12, -0.5),
    "Samples asked for": (0.012, 1.2),
    "Prices asked for": (0.012, 1.2),
}
"""How often a lead does it in a year on average, and how much oftener one whose project is far (as a power of e)."""
ONLY_ONCE = frozenset({"Samples asked for", "Prices asked for", "Fair visits"})
COLUMNS = ("Record ID", "Company", "Country", "Employees", "Job title", "Industry", "Email", "Phone", "Lead source",
           *DEEDS, "Worth a call")  # fmt: skip

Draw = Callable[[], float]
"""A number from 0 up to 1; made of ``random()`` alone, whose sequence is the same on every Python."""


def pick(draw: Draw, choices: Sequence[str], odds: Sequence[int]) -> str:
    """One of ``choices``, each as likely as its share of ``odds``."""
    left = draw() * sum(odds)
    for choice, weight in zip(choices, odds, strict=True):
        left -= weight
        if left < 0:
            return choice
    return choices[-1]


def normal(draw: Draw) -> float:
    """A number around 0 with standard deviation 1, near enough: the sum of twelve even draws."""
    return sum(draw() for _ in range(12)) - 6


def times(draw: Draw, mean: float) -> int:
    """How often something happens that happens ``mean`` times on average (Poisson, by Knuth's product)."""
    limit, product, count = math.exp(-mean), draw(), 0
    while product > limit:
        product *= draw()
        count += 1
    return count


def make_lead(draw: Draw, number: int) -> dict[str, object]:
    """The lead with this number, by column."""
    fit, project = normal(draw), normal(draw)
    badly = int(fit < 0)
    industry = pick(draw, tuple(TRADES), TRADE_ODDS[badly])
    trades = TRADES[industry]
    place = pick(draw, PLACES, [1] * len(PLACES))
    company = f"{pick(draw, ADJECTIVES, [1] * len(ADJECTIVES))} {place} {pick(draw, trades, [1] * len(trades))}"
    title = pick(draw, TITLES, TITLE_ODDS[badly])
    country = pick(draw, tuple(COUNTRIES), tuple(COUNTRIES.values()))
    staff = int(math.exp(4.4 + fit + 0.8 * normal(draw))) + 1
    spelt = company.lower().replace("ü", "ue")
    domain = f"{''.join(letter for letter in spelt if letter.isalpha())}.example"
    if draw() < 0.02:
        company, domain, project = "Contoso Instruments", "contoso.example", project - 9
    did = {deed: times(draw, mean * math.exp(pull * project)) for deed, (mean, pull) in DEEDS.items()}
    merit = 1.8 * fit + 2.2 * project - 2 * (title == "Student") - (country in ("PL", "IN")) - 2.2
    worth = "yes" if draw() < 1 / (1 + math.exp(-merit)) else "no"
    return {
        "Record ID": 20_000 + 7 * number,
        "Company": company,
        "Country": _or(draw, 0.04, "", country),
        "Employees": _or(draw, 0.12, "", staff),
        "Job title": _or(draw, 0.06, "-", title),
        "Industry": _or(draw, 0.07, "", industry),
        "Email": _or(draw, 0.03, "", f"{pick(draw, 'abehjklmrst', [1] * 11)}***@{domain}"),
        "Phone": _or(draw, 0.5, "", f"*** *** {1000 + int(9000 * draw())}"),
        "Lead source": pick(draw, tuple(SOURCES), tuple(SOURCES.values())),
        **{deed: min(count, 1) if deed in ONLY_ONCE else count for deed, count in did.items()},
        "Worth a call": _or(draw, 0.05, "", worth),
    }


def _or(draw: Draw, odds: float, gap: str, value: object) -> object:
    return gap if draw() < odds else value


def write(folder: Path) -> None:
    """Writes leads.csv into ``folder``."""
    draw = random.Random(SEED).random
    with (folder / "leads.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(make_lead(draw, number) for number in range(1, LEADS + 1))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
