"""Sums of money are read as people write them, never silently misread, and kept to the cent."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.currencies import CODES, SIGNS, USUAL, WORDS
from sla_tui.agreement.money import Money, unknown_currency
from sla_tui.agreement.numerals import exact, worded

sums = st.builds(
    Money,
    st.decimals(0, 10**15 - 1, places=4).map(lambda amount: amount.normalize() + 0),
    st.sampled_from(sorted(CODES)),
)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("25 000 USD", "25 000 USD"),
        ("25000usd", "25 000 USD"),
        ("25k USD", "25 000 USD"),
        ("USD 25K", "25 000 USD"),
        ("25 k$", "25 000 USD"),
        ("$25,000.50", "25 000.50 USD"),
        ("$25 USD", "25 USD"),
        ("25.000,50 €", "25 000.50 EUR"),
        ("25.000.000 EUR", "25 000 000 EUR"),
        ("25'000 CHF", "25 000 CHF"),
        ("25\u202f000,5 EUR", "25 000.50 EUR"),
        ("1,234 USD", "1 234 USD"),
        ("1,23 EUR", "1.23 EUR"),
        ("0,125 EUR", "0.1250 EUR"),
        ("1.2 million euros", "1 200 000 EUR"),
        ("2.5bn USD", "2 500 000 000 USD"),
        ("3 Dollars", "3 USD"),
        ("C$5", "5 CAD"),
        ("£1.5m", "1 500 000 GBP"),
        ("0 USD", "0 USD"),
        ("25 XYZ", "25 XYZ"),
    ],
)
def test_sums_are_read_in_many_spellings_and_written_in_one(typed: str, written: str) -> None:
    assert str(Money.parse(typed)) == written


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("25.000 EUR", '"25.000" may mean 25 or 25 000'),
        ("EUR 1.234", '"1.234" may mean 1.2340 or 1 234'),
        ("12.500k USD", "may mean 12.5 or 12 500"),
        ("-25 USD", "not negative"),
        ("USD −5", "not negative"),
        ("(25) USD", "not negative"),
        ("25k", "the currency is missing"),
        ("25 mln", "the currency is missing"),
        ("$25 EUR", "two currencies are named: EUR and USD"),
        ("25 usb", "'usb' is no currency: did you mean 'USD'?"),
        ("12 34 USD", "money is an amount and a currency"),
        ("1,2345 USD", "money is an amount and a currency"),
        ("12,34,567 INR", "money is an amount and a currency"),
        ("25,000 000 USD", "money is an amount and a currency"),
        ("1e5 USD", "money is an amount and a currency"),
        ("٣ USD", "money is an amount and a currency"),
        ("", "money is an amount and a currency"),
        ("1 000 000 000 000 000 USD", "more money than there is"),
        (25, "money is an amount and a currency"),
    ],
)
def test_what_is_no_sum_or_may_be_two_is_refused_with_what_to_write(typed: object, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        Money.parse(typed)


@given(sums)
def test_a_sum_shown_reads_back_to_the_cent(held: Money) -> None:
    assert Money.parse(str(held)) == held


@given(sums, st.sampled_from(["{} {}", "{1} {0}", "{1}{0}"]), st.sampled_from([",", " ", "_", "'", ""]))
def test_a_sum_reads_back_however_its_thousands_are_parted(held: Money, order: str, parting: str) -> None:
    digits = f"{held.amount:,f}".replace(",", parting)
    if re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", digits):
        digits += "0"
    assert Money.parse(order.format(digits, held.currency)) == held
    assert Money.parse(order.format(digits, held.currency.lower())) == held


@given(st.from_regex(r"[$€]?[0-9]{1,4}([., '][0-9]{1,4}){0,3} ?(k|m|)( ?(USD|EUR|€|eur))?", fullmatch=True))
def test_whatever_is_read_as_a_sum_has_the_digits_that_were_typed(typed: str) -> None:
    try:
        held = Money.parse(typed)
    except ValueError:
        return
    assert Money.parse(str(held)) == held
    digits = re.sub("[^0-9]", "", typed).strip("0")
    assert format(held.amount, "f").replace(".", "").strip("0") == digits


def test_sums_of_one_currency_have_an_order_and_those_of_two_have_none() -> None:
    assert sorted(map(Money.parse, ("2k USD", "1 999.99 USD", "0 USD"))) == [
        Money(Decimal(0), "USD"),
        Money(Decimal("1999.99"), "USD"),
        Money(Decimal(2000), "USD"),
    ]
    assert Money.parse("2k USD") >= Money.parse("2 000 USD")
    with pytest.raises(TypeError, match="two currencies"):
        sorted(map(Money.parse, ("2k USD", "1 EUR")))


def test_a_currency_that_is_not_listed_is_doubted() -> None:
    assert unknown_currency(Money.parse("25 USB")) == "USB is no currency of ISO 4217; did you mean 'USD'?"
    assert unknown_currency(Money.parse("25 usd")) == ""


def test_what_stands_for_a_currency_stands_for_a_listed_one() -> None:
    assert {*SIGNS.values(), *WORDS.values(), *USUAL} <= CODES
    assert all(re.fullmatch("[A-Z]{3}", code) for code in CODES)


def test_numbers_in_words_go_up_to_ninety_nine() -> None:
    small = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    assert [worded(word) for word in small] == [*range(13)]
    tens = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
    assert [worded(word) for word in tens] == [*range(20, 100, 10)]
    for number, word in ((21, "twenty-one"), (48, "forty eight"), (99, "ninety-nine")):
        assert worded(word) == number
    assert [worded(word) for word in ("", "hundred", "twenty-zero", "twenty-twelve", "one-one")] == [None] * 5


@given(st.decimals(0, 10**9, places=2))
def test_a_number_is_exact_in_the_english_and_the_continental_way(number: Decimal) -> None:
    english = f"{number:,.2f}"
    assert exact(english) == number
    assert exact(english.translate(str.maketrans(",.", ".,"))) == number
    assert exact(english.replace(",", " ")) == number
