"""Dates as people write them: one day of the calendar in a file, ``next Friday`` too where somebody types."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from sla_tui.agreement.accepting import any_case
from sla_tui.agreement.durations import MONTHS as MONTHS_OF
from sla_tui.agreement.durations import Duration
from sla_tui.agreement.hours import USUAL, WEEK, working_day

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)
_MONTHS_IN = {**MONTHS_OF, "year": 12}

_HOW = "a date is written year-month-day, such as 2027-01-31"
_SAID = f'{_HOW}, or said as in "next Friday", "in 2 weeks" or "end of March"'

_YEAR, _ONE_OR_TWO = "(?P<y>[0-9]{4})", "[0-9]{1,2}"
_ISO = rf"{_YEAR}(?:-(?P<m>{_ONE_OR_TWO})-|/(?P<n>{_ONE_OR_TWO})/)(?P<d>{_ONE_OR_TWO})"
_DOTTED = rf"(?P<d>{_ONE_OR_TWO})\. ?(?P<m>{_ONE_OR_TWO})\. ?{_YEAR}"
_MONTH = f"(?P<month>{'|'.join((*MONTHS, 'sept', *(month[:3] for month in MONTHS)))})"
_NTH = f"(?P<d>{_ONE_OR_TWO})(?:st|nd|rd|th)?"
_DAY_FIRST = rf"{_NTH}\.?[ -]?{_MONTH}[ -]?"
_MONTH_FIRST = f"{_MONTH}[ -]?{_NTH}"
_IN_FILES = tuple(map(re.compile, (_ISO, _DOTTED, f"{_DAY_FIRST}{_YEAR}", f"{_MONTH_FIRST} {_YEAR}")))
_NO_YEAR = rf"{_NTH}\.? ?{_MONTH}", _MONTH_FIRST
_EITHER = rf"(?P<one>{_ONE_OR_TWO})([-/])(?P<other>{_ONE_OR_TWO})\2{_YEAR}"

_WEEKDAY = f"(?P<weekday>{'|'.join((*WEEKDAYS, 'tues', 'thur', 'thurs', *WEEK))})"
_NAMED = rf"(?:(?P<of>this|next|last) )?{_WEEKDAY}(?P<week> next week)?"
_PERIOD = (
    rf"(?:(?P<of>this|next|last) )?(?P<span>week|month|quarter|year)|(?:{_MONTH}|q(?P<q>[1-4]))(?: {_YEAR})?"
    r"|(?P<whole>[0-9]{4})"
)
_EDGE = rf"(?P<edge>start|beginning|first day|end|last day) (?:{_PERIOD})"
_SHORT = {"eom": "end month", "eoq": "end quarter", "eoy": "end year"}


def today() -> date:
    """The day it is."""
    return date.today()


def read_date(value: object) -> object:
    """A date from text that means one day whenever it is read: ISO, a spelt-out month, ``31.1.2027``.

    ``01/02/2027`` is refused, for it means two days, and so is ``tomorrow``, which in a file would mean another day
    each day. Anything but text stays as it is, for the type check to refuse.
    """
    if not isinstance(value, str):
        return value
    words = _plainly(value)
    day = _in_files(words)
    if day is None:
        _refuse_two_days(words)
        said = f"{value.strip()!r} is understood where it is typed, but a file says the day itself; "
        raise ValueError(f"{said if _is_said(words) else ''}{_HOW}")
    return day


def read_day(text: str, now: date | None = None) -> date:
    """A date as somebody types it: what ``read_date`` reads, and days seen from ``now`` (today unless given).

    ``Friday`` is the next one that comes, ``next Friday`` that of the week after this, which began on Monday;
    ``Jan 1`` is today or the next there is; ``in 10 business days`` counts Monday to Friday.
    """
    words = _plainly(text)
    named = re.match(f"{_WEEKDAY} (?=.*[0-9])", words)
    rest = words[named.end() :] if named else words
    try:
        day = _in_files(rest) or _slashed(rest) or _relative(rest, now or today())
    except OverflowError:
        raise ValueError("that day lies beyond the calendar") from None
    if day is None:
        raise ValueError(_SAID)
    if named and WEEK[day.weekday()] != named["weekday"][:3]:
        raise ValueError(f"{day} is a {WEEKDAYS[day.weekday()].capitalize()}")
    return day


def read_days(text: str, now: date | None = None) -> tuple[date, ...]:
    """Dates separated by commas, ``2027-12-24 to 2027-12-26`` for all from one to another."""
    # A comma before a year alone parts nothing: Jan 31, 2027.
    pieces = re.split(r"(?:[,;\n]|\band\b)(?!\s*[0-9]{4}\s*(?:[,;\n]|$))", text)
    return tuple(day for piece in pieces if piece.strip() for day in _run(piece, now))


def show_days(days: tuple[date, ...]) -> str:
    """Dates as they are typed."""
    return ", ".join(str(day) for day in days)


def months_on(day: date, count: int) -> date:
    """The day ``count`` months on, or back; the last of a month without it. OverflowError beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"{count} months from {day} is beyond the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _plainly(text: str) -> str:
    words = " ".join(text.replace(",", " ").split())
    if not words.isascii():
        return ""
    kept = (word for word in words.lower().split() if word not in ("the", "of", "on", "by", "at"))
    return re.sub(r"(?<=[a-z])\.(?= |$)", "", " ".join(kept))


def _in_files(words: str) -> date | None:
    """The day that ``words`` mean whenever they are read."""
    for pattern in _IN_FILES:
        if found := pattern.fullmatch(words):
            return _day(int(found["y"]), _month(found), int(found["d"]), words)
    return None


def _month(found: re.Match[str]) -> int:
    said = found.groupdict()
    if name := said.get("month"):
        return next(at for at, month in enumerate(MONTHS, 1) if month[:3] == name[:3])
    return int(said["m"] or said["n"])


def _day(year: int, month: int, day: int, words: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"there is no day {words!r} in the calendar") from None


def _slashed(words: str) -> date | None:
    """A day with slashes, where only one order of day and month makes sense."""
    _refuse_two_days(words)
    if found := re.fullmatch(_EITHER, words):
        month, day = sorted((int(found["one"]), int(found["other"])))
        return _day(int(found["y"]), month, day, words)
    return None


def _refuse_two_days(words: str) -> None:
    found = re.fullmatch(_EITHER, words)
    if found and found["one"] != found["other"] and max(int(found["one"]), int(found["other"])) <= 12:
        year, one, other = int(found["y"]), int(found["one"]), int(found["other"])
        both = (_day(year, month, day, words) for month, day in ((one, other), (other, one)))
        raise ValueError(f"{words} may mean {' or '.join(map(str, both))}; {_HOW}")


def _is_said(words: str) -> bool:
    try:
        return _relative(words, date(2000, 1, 1)) is not None
    except (ValueError, OverflowError):
        return False


def _run(piece: str, now: date | None) -> list[date]:
    ends = re.split(r"\s(?:to|until|through|[-–—])\s", f" {piece} ")
    if len(ends) != 2:
        return [read_day(piece, now)]
    first, last = (read_day(end, now) for end in ends)
    if not first <= last <= first + 366 * _DAY:
        raise ValueError(f"from {first} to {last} is no run of days within a year")
    return [first + at * _DAY for at in range((last - first).days + 1)]


def _relative(words: str, now: date) -> date | None:
    """The day that ``words`` mean seen from ``now``, None where they mean none."""
    near = {"today": 0, "tomorrow": 1, "day after tomorrow": 2, "yesterday": -1}
    if words in near:
        return now + near[words] * _DAY
    if found := re.fullmatch(_NAMED, words):
        return _weekday(found, now)
    if found := re.fullmatch(r"(?:in )?(.+) from (?:now|today)|in (.+)", words):
        return _away(found[1] or found[2], now, 1)
    if found := re.fullmatch(r"(.+) ago", words):
        return _away(found[1], now, -1)
    if found := re.fullmatch(_EDGE, _SHORT.get(words, words)):
        return _edge(found, now)
    if re.fullmatch(_PERIOD, words):
        raise ValueError(f'which day? Say it as in "end of March" or "next Friday"; {_HOW}')
    return _of_this_year(words, now)


def _weekday(found: re.Match[str], now: date) -> date:
    at = WEEK.index(found["weekday"][:3])
    if found["week"] or found["of"] == "next":
        return now + (7 + at - now.weekday()) * _DAY
    if found["of"] == "last":
        return now - ((now.weekday() - at - 1) % 7 + 1) * _DAY
    return now + ((at - now.weekday() - 1) % 7 + 1) * _DAY


def _away(words: str, now: date, way: int) -> date:
    limit = Duration.parse(words)
    count = way * limit.count
    if limit.unit in ("day", "week"):
        return now + count * (7 if limit.unit == "week" else 1) * _DAY
    if limit.unit in MONTHS_OF:
        return months_on(now, count * MONTHS_OF[limit.unit])
    if limit.unit == "business day" and way > 0:
        return working_day(now, count, USUAL)
    raise ValueError(f"{limit} away is no day: count in days, weeks or months; {_HOW}")


def _edge(found: re.Match[str], now: date) -> date:
    """The first or the last day of a month, a quarter or a year."""
    if found["span"] == "week":
        raise ValueError(f'a week ends on Friday for one and on Sunday for another: say "Friday"; {_HOW}')
    first, months, any_year = _period(found, now)
    ends = found["edge"].startswith(("end", "last"))
    day = months_on(first, months) - _DAY if ends else first
    if any_year and day < now:
        return months_on(first, 12 + months) - _DAY if ends else months_on(first, 12)
    return day


def _period(found: re.Match[str], now: date) -> tuple[date, int, bool]:
    """The first day of a period, its months, and whether the year was left open."""
    if found["whole"]:
        return _day(int(found["whole"]), 1, 1, found["whole"]), 12, False
    if found["span"]:
        months = _MONTHS_IN[found["span"]]
        first = date(now.year, (now.month - 1) // months * months + 1, 1)
        return months_on(first, months * {"next": 1, "last": -1}.get(found["of"] or "", 0)), months, False
    month, months = (int(found["q"]) * 3 - 2, 3) if found["q"] else (_month(found), 1)
    year = int(found["y"]) if found["y"] else now.year
    return _day(year, month, 1, found[0]), months, not found["y"]


def _of_this_year(words: str, now: date) -> date | None:
    """A day and a month: today, or the next such day."""
    for pattern in _NO_YEAR:
        if found := re.fullmatch(pattern, words):
            month, day = _month(found), int(found["d"])
            this = _day(now.year, month, day, f"{words} {now.year}")
            return this if this >= now else _day(now.year + 1, month, day, f"{words} {now.year + 1}")
    return None


def _pattern() -> str:
    """What ``read_date`` reads, for JSON Schema."""
    name = f"(?:{'|'.join(any_case(month[:3]) for month in MONTHS)})[A-Za-z]*"
    nth = rf"{_ONE_OR_TWO}(?:{'|'.join(map(any_case, ('st', 'nd', 'rd', 'th')))})?"
    gap = rf"(?:[\s,.-]|{any_case('of')}\s)*"
    iso = f"[0-9]{{4}}(?:-{_ONE_OR_TWO}-|/{_ONE_OR_TWO}/){_ONE_OR_TWO}"
    dotted = rf"{_ONE_OR_TWO}\.\s?{_ONE_OR_TWO}\.\s?[0-9]{{4}}"
    named = rf"(?:{nth}{gap}{name}|{name}{gap}{nth}){gap}[0-9]{{4}}"
    return rf"^[\s,]*(?:(?:{'|'.join(map(any_case, ('the', 'on')))})\s+)*(?:{iso}|{dotted}|{named})[\s,]*$"


PATTERN = _pattern()
"""What ``read_date`` reads, for JSON Schema."""
