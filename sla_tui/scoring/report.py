"""What ``simulate`` reports: one JSON document, or plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sla_tui.scoring.pace import Pace
from sla_tui.scoring.personal import without_names
from sla_tui.scoring.results import Reach, Rejected, Summary, Threshold
from sla_tui.scoring.sentence import interval, number
from sla_tui.scoring.weekly import per_week, room_words, span_words, weekly, worth

if TYPE_CHECKING:
    from sla_tui.agreement.check import Finding

_SHOWN_REJECTS = 10
_UNKNOWN = Pace()


def document(summary: Summary, pace: Pace = _UNKNOWN) -> dict[str, Any]:
    """The figures as the JSON document of ``simulate --format json``; ratios unrounded, None over nothing.

    Why a row is left out is told without names, emails and phones. ``weeks`` is there where the weeks the leads came
    in are known, ``capacity`` where a quota says it.
    """
    found: dict[str, Any] = {
        "leads": summary.leads,
        "excluded": summary.excluded,
        "rejected": [{**asdict(one), "reason": without_names(one.reason)} for one in summary.rejected],
        "stages": [asdict(stage) for stage in summary.stages],
        "score": asdict(summary.score),
        "rules": [asdict(rule) for rule in summary.rules],
    }
    if (span := pace.span) is not None:
        found["weeks"] = {
            "weeks": span.weeks,
            "from": span.first.isoformat(),
            "to": span.last.isoformat(),
            "column": span.column or None,
        }
    if (room := pace.room) is not None:
        found["capacity"] = {
            "quota": room.quota,
            "stage": room.stage,
            "hours_per_week": room.hours,
            "minutes_per_lead": room.minutes,
            "leads_per_week": room.leads,
            "average_deal": None if room.deal is None else str(room.deal),
            "cost_per_hour": None if room.hour is None else str(room.hour),
        }
    if summary.outcome is not None:
        found["outcome"] = asdict(summary.outcome)
        shown = ("at", "leads", "positive", "precision", "precision_low", "precision_high", "recall", "lift")
        found["thresholds"] = [{name: getattr(one, name) for name in shown} for one in summary.thresholds]
    return found


def text(summary: Summary, findings: Sequence[Finding] = (), stage: str | None = None, pace: Pace = _UNKNOWN) -> str:
    """The figures as plain text for a terminal of 80 columns.

    First what handing over at one stage means: at ``stage``, else at the last one that points reach. ``pace`` says
    how many weeks the leads came in and what sales has the time for, as far as that is known.
    """
    reaches = {reach.stage: reach for reach in summary.reaches}
    last = summary.reaches[-1] if summary.reaches else None
    reach = reaches.get(stage or "", last)
    parts = [weekly(reach, pace) if reach else _no_stage(summary)]
    told = [span_words(pace), room_words(pace), _worth(reach, pace) if reach else ""]
    parts.append("\n".join(f"{words[:1].upper()}{words[1:]}." for words in told if words))
    parts.append(_stages(summary, pace))
    if summary.outcome is not None:
        parts.append(_thresholds(summary, pace))
    parts += [_rules(summary), _scores(summary), _left_out(summary.rejected), _findings(findings)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _worth(reach: Reach, pace: Pace) -> str:
    found, room = worth(reach, pace), pace.room
    return f"{found}: {_percent(reach.positive, reach.known)} buy, {room.deal} a deal" if found and room else ""


def _no_stage(summary: Summary) -> str:
    if not summary.leads:
        return "There are no leads to score."
    return f"{_leads(summary.leads)} scored; no stage has a threshold yet."


def _leads(count: int) -> str:
    return f"{number(count)} lead" if count == 1 else f"{number(count)} leads"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Rows in columns, the first ``left`` aligned left and the others right."""
    everything = [header, *rows]
    widths = [max(len(row[at]) for row in everything) for at in range(len(header))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at < left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in everything
    )


def _stages(summary: Summary, pace: Pace) -> str:
    rows = [
        (
            _cut(stage.name, 44),
            "" if stage.at is None else str(stage.at),
            "set by hand" if stage.leads is None else number(stage.leads),
            "" if stage.leads is None else _percent(stage.leads, summary.leads),
            *([] if pace.span is None else ["" if stage.leads is None else per_week(pace.weekly(stage.leads))]),
        )
        for stage in summary.stages
    ]
    week = [] if pace.span is None else ["a week"]
    if summary.excluded:
        rows.append(("Excluded", "", number(summary.excluded), "", *("" for _ in week)))
    return _table(("Stage", "from", "leads", "share", *week), rows)


def _thresholds(summary: Summary, pace: Pace) -> str:
    assert summary.outcome is not None
    ats = {stage.at for stage in summary.stages if stage.at is not None}
    rows = [_threshold_row(one, pace) for one in summary.thresholds if one.at in ats]
    known, positive = summary.outcome.known, summary.outcome.positive
    said = (
        f"Outcome {summary.outcome.column}: known of {_leads(known)}, {number(positive)} of them won"
        f"{f' ({_percent(positive, known)})' if known else ''}."
    )
    if not rows:
        return said
    week = [] if pace.span is None else ["a week"]
    header = ("From", "leads", *week, "won", "precision", "95 % interval", "recall", "lift")
    legend = "Precision: won among those at or above; recall: at or above among the won."
    return f"{said}\n{_table(header, rows, left=0)}\n{legend}"


def _threshold_row(one: Threshold, pace: Pace = _UNKNOWN) -> tuple[str, ...]:
    within = "–"
    if one.precision_low is not None and one.precision_high is not None:
        within = f"{interval(one.precision_low, one.precision_high)} %"
    return (
        str(one.at),
        number(one.leads),
        *([] if pace.span is None else [per_week(pace.weekly(one.leads))]),
        number(one.positive),
        _share(one.precision),
        within,
        _share(one.recall),
        "–" if one.lift is None else f"{one.lift:.2f}×",
    )


def _rules(summary: Summary) -> str:
    if not summary.rules:
        return ""
    rows = [
        (_cut(rule.id, 44), number(rule.leads), _percent(rule.leads, summary.leads), number(rule.points))
        for rule in summary.rules
    ]
    return _table(("Rule", "fires on", "share", "points in all"), rows)


def _scores(summary: Summary) -> str:
    score = summary.score
    if score.mean is None or score.median is None:
        return ""
    return f"Scores from {score.min} to {score.max}, mean {score.mean:.1f}, median {score.median:g}."


def _left_out(rejected: Sequence[Rejected]) -> str:
    if not rejected:
        return ""
    shown = [f"  {one.file}{f':{one.line}' if one.line else ''}: {_why(one)}" for one in rejected[:_SHOWN_REJECTS]]
    more = sum(one.rows for one in rejected[_SHOWN_REJECTS:])
    head = f"{_rows_of(sum(one.rows for one in rejected))} left out:"
    return "\n".join([head, *shown, *([f"  and {number(more)} more"] if more else [])])


def _why(one: Rejected) -> str:
    reason = without_names(one.reason)
    return reason if one.rows == 1 else f"{_rows_of(one.rows)}: {reason}"


def _rows_of(count: int) -> str:
    return f"{number(count)} {'row' if count == 1 else 'rows'}"


def _findings(findings: Sequence[Finding]) -> str:
    return "\n".join(
        f"{one.severity.value}: {one.key}: {one.message}{f'; {one.fix}' if one.fix else ''}" for one in findings
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else f"{words[: width - 1]}…"
