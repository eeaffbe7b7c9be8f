"""What a scoring shows only when it is tried on leads: rules that never fire or always do, fading that cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sla_tui.agreement.check import Finding, Severity
from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.errors import Fault
from sla_tui.agreement.sections.scoring import Rule, Scoring
from sla_tui.agreement.text import nearest
from sla_tui.scoring.board import Board
from sla_tui.scoring.overlaps import Shared, caught, shared
from sla_tui.scoring.plan import Plan
from sla_tui.scoring.results import RuleCount
from sla_tui.scoring.sentence import number
from sla_tui.scoring.sources import Counted, Happened, Source, Tested


@dataclass(frozen=True, slots=True)
class Tried:
    """A scoring that was tried on leads, whoever counted them.

    ``activities`` are the log's; ``apart`` says that none of those used belongs to a lead of the table. ``shared`` and
    ``caught``, on how many leads each exclusion and fast track fires by its KEY, are looked up lead by lead: a database
    that counts has neither. ``assumed`` says how the log's dates were read where nobody said how.
    """

    scoring: Scoring
    plan: Plan
    rules: tuple[RuleCount, ...]
    size: int
    activities: tuple[str, ...]
    apart: bool
    shared: tuple[Shared, ...] = ()
    caught: Mapping[str, int] = field(default_factory=dict[str, int])
    assumed: str = ""


def findings(board: Board) -> tuple[Finding, ...]:
    """Everything trying the scoring on these leads has shown, in the order of its rules."""
    log = board.leads.log
    return shown(
        Tried(
            board.scoring,
            board.plan,
            board.rules,
            board.size,
            tuple(name for name, _ in board.leads.activities),
            _apart(board),
            shared(board),
            caught(board),
            log.assumed if log else "",
        )
    )


def shown(tried: Tried) -> tuple[Finding, ...]:
    """What trying a scoring has shown, in the order of its rules."""
    return (
        *(_dates(tried.assumed) if tried.assumed else ()),
        *(_unresolved(fault) for fault in tried.plan.faults),
        *_rules(tried),
        *_twice(tried.shared),
        *_fast_tracks(tried),
        *_caught(tried),
        *_joined(tried),
    )


def _dates(assumed: str) -> tuple[Finding, ...]:
    fix = 'if that is wrong, say so in leads.toml, as in [log] dates = "day first"'
    return (Finding(Severity.NOTE, "dates-assumed", "scoring", f"the log's {assumed}", fix),)


def _unresolved(fault: Fault) -> Finding:
    return Finding(Severity.ERROR, "no-such-column", fault.key, fault.message, fault.fix)


def _rules(tried: Tried) -> Iterator[Finding]:
    faulty = {fault.key for fault in tried.plan.faults}
    for rule, planned, counted in zip(tried.scoring.rules, tried.plan.rules, tried.rules, strict=True):
        key = f"scoring.rules.{rule.id}"
        if planned.source is None:
            if f"{key}.when" not in faulty:
                yield _half_built(rule, key)
            continue
        if isinstance(planned.source, Happened):
            unheard = _never_in_log(tried, planned.source.activity, f"{key}.when")
            if unheard:
                yield unheard
                continue
        elif rule.window_days is not None or rule.half_life_days:
            what = "a count" if isinstance(planned.source, Counted) else "a condition"
            told = "its points do not fade" if rule.window_days is None else "its window is not applied"
            yield Finding(
                Severity.WARNING,
                "no-dates",
                f"{key}.window_days" if rule.window_days is not None else f"{key}.half_life_days",
                f"{rule.id}: {what} has no dates, so {told}",
                "give an activity log with --activity, or leave it open",
            )
        if not counted.leads and tried.size:
            yield Finding(
                Severity.WARNING,
                "never-fires",
                key,
                f"{rule.id}: fires on no lead",
                "check its condition against the leads",
            )
        elif counted.leads == tried.size > 1:
            yield _always(rule, planned.source, key, tried.size)
    if tried.scoring.half_life_days and any(isinstance(rule.source, Counted) for rule in tried.plan.rules):
        yield Finding(
            Severity.NOTE,
            "no-dates",
            "scoring.half_life_days",
            "counts have no dates, so their points do not fade",
            "give an activity log with --activity to see them fade",
        )


def _always(rule: Rule, source: Source, key: str, size: int) -> Finding:
    if not (isinstance(source, Tested) or source.once) or (isinstance(source, Happened) and source.half_life):
        says = "only how much it gives tells them apart"
        return Finding(Severity.NOTE, "always-fires", key, f"{rule.id}: fires on all {number(size)} leads; {says}")
    says = f"{rule.id}: fires on all {number(size)} leads, so it tells nobody apart"
    return Finding(Severity.WARNING, "always-fires", key, says, "narrow its condition, or remove it")


def _twice(pairs: tuple[Shared, ...]) -> Iterator[Finding]:
    for one in pairs:
        whose = "1 lead gets" if one.leads == 1 else f"{number(one.leads)} leads get"
        says = f"{one.rule}: {one.what} is counted twice, here and by {one.other}; {whose} both"
        severity = Severity.WARNING if one.same else Severity.NOTE
        yield Finding(
            severity, "counted-twice", f"scoring.rules.{one.rule}.when", says, "keep one, unless both are meant"
        )


def _caught(tried: Tried) -> Iterator[Finding]:
    for key, leads in tried.caught.items():
        name, excludes = key.rpartition(".")[2], key.startswith("scoring.exclude.")
        if not leads:
            says = f"{name}: leaves no lead out" if excludes else f"{name}: lifts no lead"
            yield Finding(Severity.NOTE, "never-fires", key, says, "check its condition against the leads")
        elif not excludes and leads == tried.size > 1:
            says = f"{name}: lifts all {number(leads)} leads"
            yield Finding(Severity.WARNING, "always-fires", key, says, "narrow its condition")
        elif excludes and not tried.size:
            says = f"{name}: leaves out {number(leads)} leads, and nobody is left to score"
            yield Finding(Severity.WARNING, "always-fires", key, says, "narrow its condition")


def _half_built(rule: Rule, key: str) -> Finding:
    half = isinstance(rule.when, Condition) and rule.when.test is None
    lacks = "a whole condition" if half else "a condition" if rule.when is None else "points"
    at = "points" if lacks == "points" else "when"
    return Finding(Severity.WARNING, "half-built", f"{key}.{at}", f"{rule.id}: scores 0 until it has {lacks}")


def _never_in_log(tried: Tried, activity: str, key: str) -> Finding | None:
    if activity in tried.activities:
        return None
    close = nearest(activity, tried.activities)
    fix = (
        f"did you mean {close!r}?"
        if close
        else "check its spelling, or say in leads.toml under [activities] what it is"
    )
    return Finding(Severity.WARNING, "never-fires", key, f"the log has no activity {activity!r}", fix)


def _fast_tracks(tried: Tried) -> Iterator[Finding]:
    set_by_somebody = {stage.id for stage in tried.plan.stages if stage.set}
    for track in tried.scoring.fast_track:
        if track.stage in set_by_somebody:
            yield Finding(
                Severity.WARNING,
                "sets-nothing",
                f"scoring.fast_track.{track.id}.stage",
                f"{track.id}: {track.stage} is set by somebody, so a fast track cannot reach it",
                "name a stage that points reach",
            )


def _apart(board: Board) -> bool:
    leads = board.leads
    used = [source.activity for source in board.plan.sources if isinstance(source, Happened)]
    if leads.names.columns is not None and leads.weighing is not None:
        return not leads.weighing.met
    heard = [name for name in used if name in leads.events]
    return leads.names.columns is not None and bool(heard) and not any(len(leads.events[name].lead) for name in heard)


def _joined(tried: Tried) -> Iterator[Finding]:
    if tried.apart:
        yield Finding(
            Severity.WARNING,
            "not-joined",
            "scoring",
            "no activity of the log belongs to a lead of the table",
            "check that both name their leads by the same id, or name its column in leads.toml as id",
        )
