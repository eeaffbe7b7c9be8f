"""How each database says what not all of them say alike: text of anything, numbers in text, days, small letters."""

from __future__ import annotations

from sqlglot import exp

from sla_tui.agreement.errors import UserError
from sla_tui.scoring.logdates import CLOCKS, SLASHED, Style
from sla_tui.scoring.values import BLANKS
from sla_tui.scoring.warehouse.expressions import (
    Sql,
    at_least,
    at_most,
    both,
    case,
    cast,
    double,
    equal,
    integer,
    joined,
    matches,
    replaced,
    text,
    trimmed,
    try_cast,
)

_TIMES = ("date", "timestamp", "timestamptz")
_DIGITS = "[0-9]+"
_NUMBER = f"^[+-]?({_DIGITS}([.]({_DIGITS})?)?|[.]{_DIGITS})([eE][+-]?{_DIGITS})?$"
_LARGEST = 1.7976931348623157e308
_YEAR = "([0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)"
_DATE = (
    f"({_YEAR}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP}-02-29)"
)
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?"
_ZONE = " ?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)"
_LATER = (
    "([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9]([.][0-9]{1,6})?)?"
    "|(0?[1-9]|1[0-2]):[0-5]?[0-9](:[0-5]?[0-9])? [AaPp][Mm]"
)
_READABLE = f"^[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-]([0-9]{{4}}|[0-9]{{2}})[ T,]*({_LATER})?$"
"""A date that does not begin with the year, with a time after it that a clock can show."""
_MOMENT = f"^{_DATE}([ T]{_CLOCK}({_ZONE})?)?$"
_ZONED = f"[ T]{_CLOCK}{_ZONE}$"


class Speech:
    """What a scoring says to a database, where one word for all will not do. This one is the usual way."""

    sqlglot = ""
    """What the library calls it."""
    notes: tuple[str, ...] = ()
    """What has to be known to run it."""

    def words(self, this: Sql) -> Sql:
        """Anything as text."""
        return cast(this, "text")

    def bare(self, this: Sql) -> Sql:
        """Text without the blanks around it."""
        return trimmed(this, BLANKS)

    def trimmed(self, this: Sql) -> Sql:
        """Text without spaces around it, as ids, activities and outcomes are read."""
        return exp.Trim(this=this)

    def mark(self, this: Sql) -> Sql:
        """Something that differs nearly always where texts differ, small where the database can make it so."""
        return this

    def number(self, this: Sql) -> Sql:
        """The number that text is, as a double; NULL for other text."""
        bare = self.bare(this)
        value = try_cast(bare, "double")
        return case((both(matches(bare.copy(), _NUMBER), finite(value)), value.copy()))

    def folded(self, this: Sql) -> Sql:
        """Text with its case ignored."""
        return replaced(exp.Lower(this=replaced(this, "İ", "i̇")), "ς", "σ")

    def position(self, this: Sql, part: str) -> Sql:
        """Where a part begins in text, from 1; 0 where it is not in it."""
        return exp.StrPosition(this=this, substr=text(part))

    def day(self, this: Sql, kind: str) -> Sql:
        """The UTC date of a ``moment``; NULL where it is none. A time without a zone is UTC."""
        first = exp.Substring(this=this.copy(), start=integer(1), length=integer(10))
        return case(
            (exp.not_(matches(this.copy(), _MOMENT)), exp.null()),
            (matches(this.copy(), _ZONED), cast(self.in_utc(this), "date")),
            otherwise=cast(first, "date"),
        )

    def in_utc(self, this: Sql) -> Sql:
        """The moment that text with a zone is, on the clock of UTC."""
        return exp.AtTimeZone(this=cast(this, "timestamptz"), zone=text("UTC"))

    def moment(self, this: Sql, kind: str, style: Style = "") -> Sql:
        """A cell that says when, of a known kind and written in a style, as ``day`` takes it."""
        words = self.bare(self.words(this))
        if not style:
            return words
        slashed = (matches(words, SLASHED), case((matches(words.copy(), _READABLE), self._year_first(words, style))))
        return case(slashed, otherwise=words.copy())

    def _year_first(self, this: Sql, style: Style) -> Sql:
        """The date that text such as 31.01.2027 begins with, as 2027-01-31."""
        one, other, year = (self.date_part(this, place) for place in (1, 2, 3))
        day, month = (one, other) if style == "day first" else (other, one)
        short = equal(exp.Length(this=year.copy()), integer(2))
        century = case((exp.and_(short, exp.GTE(this=year.copy(), expression=text("69"))), text("19")),
                       (short.copy(), text("20")), otherwise=text(""))  # fmt: skip
        return joined(century, year, text("-"), _two_digits(month), text("-"), _two_digits(day))

    def date_part(self, this: Sql, place: int) -> Sql:
        """One of the three numbers, from 1, that text which matches ``SLASHED`` begins with, as text."""
        plain = this
        for mark, instead in ((".", "/"), ("-", "/"), ("T", " "), (",", " ")):
            plain = replaced(plain.copy(), mark, instead)
        return self.split(self.split(plain, " ", 1), "/", place)

    def split(self, this: Sql, mark: str, place: int) -> Sql:
        """A part of text, from 1, between marks."""
        return exp.SplitPart(this=this, delimiter=text(mark), part_index=integer(place))

    def age(self, as_of: Sql, day: Sql) -> Sql:
        """How many days a day lies before another."""
        return exp.DateDiff(this=as_of, expression=day, unit=exp.var("DAY"))


class DuckDB(Speech):
    """DuckDB: reads just as the engine in memory does, for it is the same."""

    sqlglot = "duckdb"
    notes = ("Run it in a session whose time zone is UTC: SET TimeZone = 'UTC'",)

    def mark(self, this: Sql) -> Sql:
        """A hash of it."""
        return case(
            (exp.not_(exp.Is(this=this, expression=exp.null())), exp.Anonymous(this="HASH", expressions=[this]))
        )

    def number(self, this: Sql) -> Sql:
        """As the engine in memory casts it."""
        # Two signs, and digits set apart as in 1_000, this cast alone reads as a number.
        value = try_cast(replaced(replaced(this, "+-", "?"), "_", "?"), "double")
        return case((finite(value), value.copy()))

    def moment(self, this: Sql, kind: str, style: Style = "") -> Sql:
        """A moment by the engine's own cast, which reads more than ISO 8601."""
        if kind in _TIMES:
            return this
        words = exp.Trim(this=self.words(this))
        moment = try_cast(words, "timestamptz")
        if not style:
            return moment
        # A year of two digits is read first with %y: with %Y it would be one of the first century.
        order = ("%d/%m/", "%m/%d/")[style == "month first"]
        formats = exp.Array(expressions=[text(f"{order}{year}{clock}") for year in ("%y", "%Y") for clock in CLOCKS])
        apart = "^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]+)[ T,]*"
        parts = [words.copy(), text(apart), text(r"\1/\2/\3 ")]
        plain = exp.Trim(this=exp.Anonymous(this="REGEXP_REPLACE", expressions=parts))
        found = exp.Anonymous(this="TRY_STRPTIME", expressions=[plain, formats])
        return case((matches(words.copy(), SLASHED), cast(found, "timestamptz")), otherwise=moment)

    def day(self, this: Sql, kind: str) -> Sql:
        """The date of a moment in a session of UTC."""
        kind = kind if kind in _TIMES else "timestamptz"
        zone = "+00" if kind == "timestamptz" else ""
        first, last = text(f"0001-01-01 00:00:00{zone}"), text(f"9999-12-31 23:59:59.999999{zone}")
        if kind == "date":
            first, last = text("0001-01-01"), text("9999-12-31")
        bounds = both(at_least(this, cast(first, kind)), at_most(this.copy(), cast(last, kind)))
        return case((bounds, cast(this.copy(), "date")))

    def age(self, as_of: Sql, day: Sql) -> Sql:
        """The difference of two dates, which is a number of days."""
        return exp.Sub(this=as_of, expression=day)


class Postgres(Speech):
    """PostgreSQL: has no cast that may fail, so text is looked at before it is cast."""

    sqlglot = "postgres"

    def number(self, this: Sql) -> Sql:
        """Through an exact number, for a double too large or small is an error."""
        bare = self.bare(this)
        # Exponents and digits that its exact numbers cannot hold are far outside of what a double can.
        readable = both(
            matches(bare.copy(), _NUMBER.replace(f"{_DIGITS})?$", "0*[0-9]{1,4})?$")),
            at_most(exp.Length(this=bare.copy()), integer(400)),
        )
        exact = cast(bare, "decimal")
        size = exp.Abs(this=exact.copy())
        return case(
            (exp.not_(readable), exp.null()),
            (at_least(size, cast(text("1.797693134862315807e308"), "decimal")), exp.null()),
            (at_most(size.copy(), cast(text("2.4703282292062328e-324"), "decimal")), integer(0)),
            otherwise=cast(exact, "double"),
        )

    def folded(self, this: Sql) -> Sql:
        """By the rules of ICU."""
        # The database's own locale may know small letters of ASCII only.
        icu = exp.Collate(this=this, expression=exp.to_identifier("und-x-icu", quoted=True))
        return replaced(exp.Lower(this=icu), "ς", "σ")

    def moment(self, this: Sql, kind: str, style: Style = "") -> Sql:
        """A date or time as it is."""
        return this if kind in _TIMES else super().moment(this, kind, style)

    def day(self, this: Sql, kind: str) -> Sql:
        """The UTC date of a date, a time or text."""
        if kind not in _TIMES:
            return super().day(this, kind)
        day = cast(exp.AtTimeZone(this=this, zone=text("UTC")) if kind == "timestamptz" else this, "date")
        low, high = cast(text("0001-01-01"), "date"), cast(text("9999-12-31"), "date")
        return case((both(at_least(day, low), at_most(day.copy(), high)), day.copy()))

    def age(self, as_of: Sql, day: Sql) -> Sql:
        """The difference of two dates, which is a number of days."""
        return exp.Sub(this=as_of, expression=day)


class Spark(Speech):
    """Spark 3.4 or newer, and Databricks."""

    sqlglot = "databricks"
    notes = ("A column of times (not text) is read in the session's time zone, so run it in UTC: SET TIME ZONE 'UTC'",)

    def in_utc(self, this: Sql) -> Sql:
        """From the session's time zone."""
        zone = exp.Anonymous(this="CURRENT_TIMEZONE")
        return exp.Anonymous(this="TO_UTC_TIMESTAMP", expressions=[cast(this, "timestamptz"), zone])


class Snowflake(Speech):
    """Snowflake."""

    sqlglot = "snowflake"

    def in_utc(self, this: Sql) -> Sql:
        """By its own conversion."""
        moment = exp.Anonymous(this="TRY_TO_TIMESTAMP_TZ", expressions=[this])
        return exp.Anonymous(this="CONVERT_TIMEZONE", expressions=[text("UTC"), moment])


class BigQuery(Speech):
    """BigQuery, whose times are in UTC by themselves."""

    sqlglot = "bigquery"

    def split(self, this: Sql, mark: str, place: int) -> Sql:
        """By a pattern: it has no function for it."""
        pattern = f"^(?:[^{mark}]*{mark}){{{place - 1}}}([^{mark}]*)"
        return exp.Anonymous(this="REGEXP_EXTRACT", expressions=[this, text(pattern)])

    def in_utc(self, this: Sql) -> Sql:
        """By a cast."""
        return cast(this, "timestamptz")


class Redshift(Speech):
    """Redshift, which does not cast a truth value to text."""

    sqlglot = "redshift"
    notes = ("Redshift casts no truth value to text: make a column of BOOLEAN a text first",)


DIALECTS: dict[str, Speech] = {
    "duckdb": DuckDB(),
    "postgres": Postgres(),
    "spark": Spark(),
    "databricks": Spark(),
    "snowflake": Snowflake(),
    "bigquery": BigQuery(),
    "redshift": Redshift(),
}


def speech(dialect: str) -> Speech:
    """How a database is spoken to; UserError names those there are."""
    found = DIALECTS.get(dialect)
    if found is None:
        raise UserError(f"no SQL for {dialect!r}", f"there is {', '.join(DIALECTS)}")
    return found


def _two_digits(this: Sql) -> Sql:
    zero = text("0")
    return exp.Pad(this=this.copy(), expression=integer(2), fill_pattern=zero, is_left=True)


def finite(value: Sql) -> Sql:
    """Whether a double is a number like others."""
    return at_most(exp.Abs(this=value.copy()), double(_LARGEST))
