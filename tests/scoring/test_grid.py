"""Fit against engagement, against counting by hand."""

from __future__ import annotations

import random

import numpy as np
import pytest

from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.grid import Axes, thirds, usual_grid
from sla_tui.scoring.simulate import start
from tests.scoring.conftest import Written, as_csv


def scoring(fit: str | None = "fit") -> Scoring:
    return Scoring.model_validate(
        {
            "groups": [
                {"id": "who", "kind": fit},
                {"id": "what", "kind": "engagement", "cap": 6},
                {"id": "more", "kind": "engagement"},
            ],
            "rules": [
                {"id": "us", "when": {"field": "country", "is": "US"}, "points": 5, "group": "who"},
                {"id": "big", "when": {"field": "size", "at_least": 100}, "points": 3, "group": "who"},
                {"id": "visits", "when": "visits", "points": 2, "group": "what"},
                {"id": "demo", "when": "demo", "points": 4, "group": "more"},
                {"id": "odd", "when": "visits", "points": -1},
            ],
        }
    )


def test_every_scored_lead_is_in_one_cell_and_few_outcomes_give_no_share(write: Written) -> None:
    chance = random.Random(4)
    rows = [
        [str(at), chance.choice(["US", "DE"]), str(chance.choice([10, 200])), str(chance.randrange(6)),
         str(chance.randrange(2)), chance.choice(["yes", "no", ""])]
        for at in range(300)
    ]  # fmt: skip
    board = start(scoring(), write(as_csv(["id", "country", "size", "visits", "demo", "won"], rows)), outcome="won")
    found = Axes(board).grid((8, 5), (8, 3))
    counted: dict[str, list[str]] = {cell.name: [] for cell in found.cells}
    for _, country, size, visits, demo, won in rows:
        fit = 5 * (country == "US") + 3 * (int(size) >= 100)
        engaged = min(6, 2 * int(visits)) + 4 * int(demo)
        row = "A" if fit >= 8 else "B" if fit >= 5 else "C"
        counted[row + ("1" if engaged >= 8 else "2" if engaged >= 3 else "3")].append(won)
    for cell in found.cells:
        won = counted[cell.name]
        assert (cell.leads, cell.known, cell.won) == (len(won), len(won) - won.count(""), won.count("yes"))
        assert cell.precision == (cell.won / cell.known if cell.known >= 10 else None)
    assert found.leads == 300
    assert found.outside == ("odd",)
    assert usual_grid(board) is not None


def test_groups_without_kinds_make_no_grid(write: Written) -> None:
    board = start(scoring(fit=None), write("id,country,size,visits,demo\n1,US,1,1,1\n"))
    assert Axes(board).missing == ("fit",)
    assert usual_grid(board) is None


@pytest.mark.parametrize(
    ("points", "limits"),
    [(list(range(9)), (6, 3)), ([0, 0, 0, 5], (5, 0)), ([7, 7], (8, 7)), ([], (2, 1)), ([1, 1, 4, 4, 9, 9], (9, 4))],
)
def test_thirds_are_as_even_as_equal_points_allow(points: list[int], limits: tuple[int, int]) -> None:
    assert thirds(*np.unique(np.array(points, np.int64), return_counts=True)) == limits
