"""What ``suggest`` reports of a proposal: one JSON document, or plain text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sla_tui.agreement.conditions import say_when
from sla_tui.agreement.parts import plain
from sla_tui.scoring.propose.result import FOLDS, Cutoff, Proposal, Proposed, Quality, Range, Suspect
from sla_tui.scoring.sentence import interval, number
from sla_tui.scoring.weekly import per_week

_WIDTH = 80
_ON = 40


def document(found: Proposal) -> dict[str, Any]:
    """The proposal as the JSON document of ``suggest --format json``; shares unrounded, None for what is not known."""
    return {
        "outcome": {"column": found.outcome, "known": found.known, "positive": found.won},
        "leads": found.leads,
        "learned": found.learned,
        "seed": found.wanted.seed,
        "signal": found.chance.signal,
        "reason": found.reason,
        "rules": [_rule_as_json(one) for one in found.rules],
        "cross_validated": asdict(found.cross) if found.cross else None,
        "time_split": asdict(found.later) if found.later else None,
        "today": asdict(found.today),
        "thresholds": [asdict(one) for one in found.cutoffs],
        "suspects": [asdict(one) for one in found.suspects],
        "weeks": found.weeks,
        "chance": asdict(found.chance),
        "notes": list(found.notes),
    }


def _rule_as_json(one: Proposed) -> dict[str, Any]:
    more = {key: value for key, value in asdict(one).items() if key != "rule"}
    return {"rule": plain(one.rule), "share": one.won / one.known if one.known else None, **more}


def text(found: Proposal) -> str:
    """The proposal as plain text: first what it comes to, then the rules, the thresholds and what to look at."""
    parts = [headline(found), _rules(found)]
    parts += [_paragraph(one) for one in measured(found)]
    parts += ["\n".join(_paragraph(cutoff_said(one, found)) for one in found.cutoffs), _suspects(found)]
    parts += ["\n".join(_paragraph(one) for one in found.notes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def headline(found: Proposal) -> str:
    """What it comes to, in a sentence or two."""
    learned = f"{number(found.known)} leads with an outcome, {number(found.won)} of them won"
    if not found.rules:
        return _paragraph(
            f"No rules are proposed: of {learned}, {found.reason.removesuffix(', so no rule is proposed')}."
        )
    rules = "1 rule" if len(found.rules) == 1 else f"{len(found.rules)} rules"
    said = f"{rules} learned from {learned}."
    return _paragraph(said) if found.cross is None else _paragraph(f"{said} {_quality(found.cross, found.today.rules)}")


def _quality(one: Quality, today: int, whose: str = "On leads held back") -> str:
    said = f"{whose} a won lead scores above a lost one in {_of_100(one.auc)} of 100 pairs"
    if one.today is None:
        return f"{said}; by today's rules none of them has a point." if today else f"{said}."
    told = f"{said}, by today's rules in {_of_100(one.today)}."
    if one.gain is None or one.gain.low > 0:
        return told
    return f"{told} {'Those do better.' if one.gain.high < 0 else 'The difference may be chance.'}"


def _of_100(one: Range) -> str:
    return f"{100 * one.value:.0f} ({interval(one.low, one.high)})"


def _rules(found: Proposal) -> str:
    if not found.rules:
        return ""
    header = f"{'Points':>6}  {'When':<{_ON}}  {'fires on':>8}  {'won':>5}  {'again':>5}  {'today':>5}".rstrip()
    lines = [header]
    for one in found.rules:
        first, *more = textwrap.wrap(rule_words(one), _ON) or [""]
        share = f"{100 * one.won / one.known:.0f} %" if one.known else "–"
        today = "" if one.today is None else f"{one.today:+d}"
        lines.append(
            f"{one.rule.points or 0:>+6d}  {first:<{_ON}}  {number(one.leads):>8}  {share:>5}  "
            f"{f'{one.trials}/{FOLDS}':>5}  {today:>5}".rstrip()
        )
        lines += [f"        {line}" for line in more]
        for flag in one.flags:
            lines += textwrap.wrap(f"! {flag}", _WIDTH - 8, initial_indent=" " * 8, subsequent_indent=" " * 10)
    legend = f"Again: in how many of {FOLDS} trials on parts of the leads its column was chosen."
    return "\n".join([*lines, legend])


def rule_words(one: Proposed) -> str:
    """What a rule fires on, and how often it counts."""
    rule = one.rule
    if isinstance(rule.when, str):
        return f"{rule.when}, {f'each, at most {rule.cap}' if rule.per == 'each' else 'once'}"
    return say_when(rule.when) if rule.when is not None else ""


def measured(found: Proposal) -> list[str]:
    """What else it was held against, in sentences: time, and chance where that did as well."""
    return [one for one in (_time(found), _chance(found)) if one]


def _time(found: Proposal) -> str:
    if found.later is None:
        return ""
    whose = f"Learned from the leads before, tried on the last {number(found.later.leads)}:"
    said = _quality(found.later, found.today.rules, whose)
    if found.cross is not None and found.later.auc.high < found.cross.auc.low:
        said += " That is worse than on leads held back: what tells who is won seems to have changed over time."
    return said


def _chance(found: Proposal) -> str:
    luck = found.chance
    if found.rules or not luck.shuffles:
        return ""
    return f"Outcomes dealt out at random were foretold as well in {luck.as_well} of {luck.shuffles} shuffles."


def cutoff_said(one: Cutoff, found: Proposal) -> str:
    """A threshold in a sentence: why this one, what it lets through, and how good that is."""
    today, wanted, everybody = found.today, found.wanted, one.leads == found.leads
    share = f", {100 * today.won / today.known:.0f} % won" if today.known else ""
    why = {
        "capacity": f"By capacity, {wanted.capacity or 0:g} a week{_by(wanted.capacity_by)}",
        "worth": f"Best value, if a won lead pays for working {found.worth:.1f}{_by(wanted.worth_by)}",
        "volume": f"As many as today, {number(today.leads)} from {today.at}{share}",
    }[one.why]
    if everybody and one.why == "capacity":
        return f"{why}: there is time for all {number(one.leads)} leads{_weekly(one)}, so it needs no threshold."
    if everybody and one.why == "worth":
        return f"{why}: all {number(one.leads)} leads are worth their work, so it needs no threshold."
    drawn = ""
    if one.at_low is not None and one.at_high is not None and one.at_low < one.at_high:
        drawn = f" (were leads drawn anew, {one.at_low} to {one.at_high})"
    said = f"{why}: from {one.at} points{drawn}, {number(one.leads)} of {number(found.leads)} leads{_weekly(one)}"
    if one.precision is not None and one.recall is not None:
        said += f"; {100 * one.precision:.0f} % of them won"
        if one.held_low is not None and one.held_high is not None:
            said += f" (held back: {interval(one.held_low, one.held_high)} %)"
        said += f", {100 * one.recall:.0f} % of all won"
    return f"{said}."


def _by(who: str) -> str:
    return f" ({who})" if who else ""


def _weekly(one: Cutoff) -> str:
    """How many leads that is in a week, and how far the weeks that were differ."""
    if one.weekly is None:
        return ""
    within = f"; {number(one.weekly_low)} to {number(one.weekly_high or 0)} in 9 of 10 weeks" if one.weekly_low else ""
    if one.weekly_low == 0 and one.weekly_high is not None:
        within = f"; at most {number(one.weekly_high)} in 9 of 10 weeks"
    return f" ({per_week(one.weekly)} a week{within})"


def _suspects(found: Proposal) -> str:
    out = [one for one in found.suspects if one.left_out]
    kept = [one for one in found.suspects if not one.left_out]
    lines: list[str] = []
    if out:
        lines += [_paragraph("Left out, as they may say what became of the lead (--with COLUMN takes one in):")]
        lines += list(_listed(out))
    if kept:
        lines += [_paragraph("Used, and to be looked at (--without COLUMN leaves one out):")]
        lines += list(_listed(kept))
    return "\n".join(lines)


def _listed(entries: list[Suspect]) -> Iterator[str]:
    whose: dict[str, list[str]] = {}
    for one in entries:
        whose.setdefault(one.why, []).append(one.column)
    for why, columns in whose.items():
        one = f"{', '.join(columns)}: {why}."
        yield textwrap.fill(one, _WIDTH, initial_indent="  ", subsequent_indent="    ")


def _paragraph(words: str) -> str:
    return textwrap.fill(words, _WIDTH)
