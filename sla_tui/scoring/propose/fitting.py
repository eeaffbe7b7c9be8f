"""Ridge logistic regression, the quadratic it looks like near its best, and what scores are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sla_tui.scoring.columns import Doubles, Flags, Longs

RIDGE = 1.0
"""How strongly coefficients are drawn to nothing; each is of a feature from 0 to 1."""
_STEPS = 30
_CLOSE = 1e-8


@dataclass(frozen=True, eq=False)
class Fit:
    """Coefficients, the intercept, and the curvature of the likelihood there with the intercept left free."""

    coefficients: Doubles
    intercept: float
    curvature: Doubles


def logistic(features: Doubles, won: Flags, ridge: float = RIDGE) -> Fit:
    """Ridge logistic regression by iteratively reweighted least squares; the intercept is not drawn to nothing."""
    leads, size = features.shape
    design = np.column_stack((np.ones(leads), features))
    penalty = np.full(size + 1, ridge)
    penalty[0] = 0.0
    outcome = won.astype(np.float64)
    share = min(max(float(outcome.mean()), 1e-6), 1 - 1e-6)
    found = np.zeros(size + 1)
    found[0] = np.log(share / (1 - share))
    before = -np.inf
    weighted = np.zeros((size + 1, size + 1))
    step = np.zeros(size + 1)
    for _ in range(_STEPS):
        linear = design @ found
        likely = float(outcome @ linear - np.logaddexp(0, linear).sum() - penalty @ found**2 / 2)
        if likely < before - _CLOSE * abs(before):
            step /= 2
            found = found - step
            continue
        close = likely - before <= _CLOSE * abs(likely)
        before = likely
        chances = 1 / (1 + np.exp(-np.clip(linear, -30, 30)))
        weights = chances * (1 - chances) + 1e-9
        weighted = design.T @ (design * weights[:, None])
        if close:
            break
        step = np.linalg.solve(weighted + np.diag(penalty), design.T @ (outcome - chances) - penalty * found)
        found = found + step
    inner = weighted[1:, 1:] - np.outer(weighted[1:, 0], weighted[0, 1:]) / weighted[0, 0]
    return Fit(found[1:], float(found[0]), inner + ridge * np.eye(size))


def auc(scores: Doubles | Longs, won: Flags) -> float | None:
    """The chance that a won lead scores above a lost one, ties counting half; None without both kinds."""
    wins = int(np.count_nonzero(won))
    losses = len(won) - wins
    if not wins or not losses:
        return None
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.append(first, len(ordered)))
    ranks = np.repeat(first + (sizes + 1) / 2, sizes)
    return float((ranks[won[order]].sum() - wins * (wins + 1) / 2) / (wins * losses))
