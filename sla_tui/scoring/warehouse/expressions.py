"""The few kinds of SQL expression that a scoring is made of; text and names enter as quoted nodes, never as SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import reduce

from sqlglot import exp

from sla_tui.agreement.text import clean_line
from sla_tui.scoring.values import number as number_of

Sql = exp.Expr
"""Any SQL expression."""
_EXACT = 2**53
_INNER_MARK = re.compile(r"(?<=\*)(?=/)|(?<=/)(?=\*)")


def name(word: str, table: str = "") -> exp.Column:
    """A column of ours, whose name is a plain word."""
    return exp.column(word, table=table or None)


def their(column: str) -> exp.Column:
    """A column of the user's, spelled exactly so."""
    return exp.column(exp.to_identifier(column, quoted=True))


def text(words: str) -> Sql:
    """Text as a literal."""
    return exp.Literal.string(words)


def integer(value: int) -> Sql:
    """A whole number as a literal."""
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def double(value: float) -> Sql:
    """A number to compare doubles with: its nearest double in every database."""
    if float(value).is_integer() and abs(value) < _EXACT:
        return integer(int(value))
    return cast(text(repr(float(value))), "double")


def cast(this: Sql, kind: str) -> Sql:
    """A cast that must succeed."""
    return exp.Cast(this=this, to=exp.DataType.build(kind))


def try_cast(this: Sql, kind: str) -> Sql:
    """A cast that is NULL where it fails, in the databases that have one."""
    return exp.TryCast(this=this, to=exp.DataType.build(kind), requires_string=True)


def case(*branches: tuple[Sql, Sql], otherwise: Sql | None = None) -> Sql:
    """The value of the first condition that holds, else ``otherwise``, else NULL."""
    made = exp.Case()
    for condition, value in branches:
        made = made.when(condition, value, copy=False)
    return made if otherwise is None else made.else_(otherwise, copy=False)


def flag(condition: Sql) -> Sql:
    """1 where a condition holds, 0 where it does not or nobody knows."""
    return case((condition, integer(1)), otherwise=integer(0))


def both(*conditions: Sql) -> Sql:
    """Whether all hold."""
    return exp.and_(*conditions, copy=False)


def either(*conditions: Sql) -> Sql:
    """Whether one holds."""
    return exp.or_(*conditions, copy=False)


def is_null(this: Sql) -> Sql:
    """Whether there is nothing."""
    return exp.Is(this=this, expression=exp.null())


def not_null(this: Sql) -> Sql:
    """Whether there is something."""
    return exp.Is(this=this, expression=exp.Not(this=exp.null()))


def at_least(left: Sql, right: Sql) -> Sql:
    """left >= right."""
    return exp.GTE(this=left, expression=right)


def at_most(left: Sql, right: Sql) -> Sql:
    """left <= right."""
    return exp.LTE(this=left, expression=right)


def equal(left: Sql, right: Sql) -> Sql:
    """left = right."""
    return exp.EQ(this=left, expression=right)


def within(left: Sql, values: Iterable[Sql]) -> Sql:
    """Whether it is one of some values, of which there is one at least."""
    return exp.In(this=left, expressions=list(values))


def joined(*parts: Sql) -> Sql:
    """Texts one after the other."""
    first, *more = parts
    return reduce(_joined, more, first)


def _joined(left: Sql, right: Sql) -> Sql:
    return exp.DPipe(this=left, expression=right)


def replaced(this: Sql, old: str, new: str) -> Sql:
    """Text with one part replaced throughout."""
    return exp.func("REPLACE", this, text(old), text(new))


def trimmed(this: Sql, letters: str) -> Sql:
    """Text without some letters on either side. Control characters are told by number, to survive copying."""
    plain = "".join(letter for letter in letters if letter.isprintable())
    others = [exp.Chr(expressions=[integer(ord(letter))]) for letter in letters if not letter.isprintable()]
    return exp.Trim(this=this, expression=joined(text(plain), *others), position="BOTH")


def matches(this: Sql, pattern: str) -> Sql:
    """Whether text matches a regular expression, of those parts that all databases read alike."""
    return exp.RegexpLike(this=this, expression=text(pattern))


def added(parts: Sequence[Sql]) -> Sql:
    """A sum; 0 of nothing."""
    return reduce(_added, parts[1:], parts[0]) if parts else integer(0)


def _added(left: Sql, right: Sql) -> Sql:
    return exp.Add(this=left, expression=right)


def times(factor: int, this: Sql) -> Sql:
    """A multiple."""
    return exp.Mul(this=integer(factor), expression=this)


def held_within(this: Sql, cap: int | None) -> Sql:
    """A number held within ±cap."""
    if cap is None:
        return this
    return case((at_least(this.copy(), integer(cap)), integer(cap)),
                (at_most(this.copy(), integer(-cap)), integer(-cap)), otherwise=this)  # fmt: skip


def called(this: Sql, word: str, comment: str = "") -> Sql:
    """An expression under a name of ours, with a remark."""
    made = exp.alias_(this, word, copy=False)
    if comment:
        made.comments = [remark(comment)]
    return made


def remark(words: str) -> str:
    """Words as they may stand in a comment: one line, without a mark that ends it or begins another."""
    return _INNER_MARK.sub(" ", clean_line(words))


def is_number(word: str) -> bool:
    """Whether a word could be what a database prints for a number."""
    return number_of(word) is not None or word.strip().lower() in ("nan", "inf", "-inf", "infinity", "-infinity")
