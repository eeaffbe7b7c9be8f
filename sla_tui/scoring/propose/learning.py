"""From leads with outcomes to rules with points: the whole procedure, so that it can be held to leads it never saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import Doubles, Flags
from sla_tui.scoring.leads import Leads
from sla_tui.scoring.propose.candidates import Candidate, joined, together
from sla_tui.scoring.propose.choosing import Moments, coefficients, improved, moments, path, whole
from sla_tui.scoring.propose.fitting import auc, logistic

Rows = npt.NDArray[np.intp]
Points = tuple[tuple[Candidate, int], ...]
"""What earns points, and how many."""
_WORTH = 0.002
"""The AUC that one more rule, or several, must bring at the least."""


@dataclass(frozen=True, eq=False)
class Material:
    """What there is to learn from: by lead, its features, whether it was won, and the part it belongs to."""

    leads: Leads
    candidates: tuple[Candidate, ...]
    features: Doubles
    won: Flags
    part: npt.NDArray[np.intp]

    def some(self, rows: Rows) -> Material:
        """The same of some leads."""
        return Material(self.leads, self.candidates, self.features[rows], self.won[rows], self.part[rows])

    def sums(self) -> dict[int, Moments]:
        """What selection needs, by part."""
        return {
            int(part): moments(self.features[self.part == part], self.won[self.part == part].astype(np.float64))
            for part in np.unique(self.part)
        }


def learn(material: Material, sums: dict[int, Moments], parts: Sequence[int], rules: int, most: int) -> Points:
    """At most ``rules`` rules of at most ±``most`` points each, from the leads of some parts.

    How many rules pay is found by holding each of these parts back in turn.
    """
    seen = _total(sums, parts)
    if not len(material.candidates):
        return ()
    names, wider = _widened(material, seen)
    chosen = path(wider, rules)[: _size(material, sums, parts, rules)]
    if not chosen:
        return ()
    chosen = improved(wider, chosen)
    within = np.isin(material.part, list(parts))
    features = _features(material, [names[one] for one in chosen], within)
    fit = logistic(features, material.won[within])
    picked = [together(material.candidates, names[one], material.leads) for one in chosen]
    times = np.array([one.most for one in picked], np.int64)
    curvature = fit.curvature * np.outer(times, times)
    points = whole(fit.coefficients / times, curvature, most // times)
    found = [(one, int(worth)) for one, worth in zip(picked, points, strict=True) if worth]
    return tuple(sorted(found, key=lambda one: -abs(one[1]) * one[0].most))


def _total(sums: dict[int, Moments], parts: Sequence[int]) -> Moments:
    first, *others = (sums[part] for part in parts)
    for other in others:
        first = first + other
    return first


def _widened(material: Material, seen: Moments) -> tuple[list[tuple[int, ...]], Moments]:
    """The candidates and the lists of values worth a rule, each as the candidates it is made of."""
    lists, joins = joined(material.candidates, seen)
    return [*((at,) for at in range(len(material.candidates))), *lists], seen.joined(joins)


def _features(material: Material, names: Sequence[Sequence[int]], within: Flags) -> Doubles:
    return np.column_stack([material.features[:, list(one)].sum(axis=1)[within] for one in names])


def _size(material: Material, sums: dict[int, Moments], parts: Sequence[int], rules: int) -> int:
    """The fewest rules that do as well, on leads held back, as the best number does, as far as can be told."""
    found: list[list[float]] = []
    for held in parts:
        names, seen = _widened(material, _total(sums, [part for part in parts if part != held]))
        within = material.part == held
        steps = path(seen, rules)
        features = _features(material, [names[one] for one in steps], within) if steps else np.zeros((0, 0))
        row = [0.5] * (rules + 1)
        for size in range(1, rules + 1):
            if size <= len(steps):
                scores = features[:, :size] @ coefficients(seen, steps[:size])
                worth = auc(scores, material.won[within])
                row[size] = 0.5 if worth is None else worth
            else:
                row[size] = row[size - 1]
        found.append(row)
    worths = np.array(found)
    best = int(np.argmax(worths.mean(axis=0)))
    loss = worths[:, [best]] - worths
    unsure = loss.std(axis=0, ddof=1) / np.sqrt(len(parts))
    return int(np.argmax(loss.mean(axis=0) <= np.minimum(unsure, _WORTH)))
