"""What a rule fires on can be typed as people say it, and says back exactly what the file holds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from sla_tui.agreement.check import Severity, check
from sla_tui.agreement.conditions import Condition, When, read_when, reading, say_when, show_when
from sla_tui.agreement.parts import plain
from sla_tui.agreement.terms import Agreement
from tests.strategies import conditions, texts


def held(**table: Any) -> Condition:
    return Condition.model_validate({key.rstrip("_"): value for key, value in table.items()})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("country in US, CA", held(field="country", in_=["US", "CA"])),
        ("country is in US, CA", held(field="country", in_=["US", "CA"])),
        ("country IS ONE OF US", held(field="country", in_=["US"])),
        ('country in ["US", "CA"]', held(field="country", in_=["US", "CA"])),
        ('company in "Contoso, Ltd", Fabrikam', held(field="company", in_=["Contoso, Ltd", "Fabrikam"])),
        ("country not in US", held(field="country", not_in=["US"])),
        ("country not_in US", held(field="country", not_in=["US"])),
        ("country is not in US", held(field="country", not_in=["US"])),
        ("source is Olark Chat", held(field="source", is_="Olark Chat")),
        ("source = 5", held(field="source", is_=5)),
        ('source is "5"', held(field="source", is_="5")),
        ("source is not Olark Chat", held(field="source", is_not="Olark Chat")),
        ("employees at least 50", held(field="employees", at_least=50)),
        ("employees >= 50", held(field="employees", at_least=50)),
        ("employees ≤ 1.5", held(field="employees", at_most=1.5)),
        ("employees between 50 and 500", held(field="employees", between=[50, 500])),
        ("employees is between 50 to 500", held(field="employees", between=[50, 500])),
        ("title contains VP, Sales", held(field="title", contains="VP, Sales")),
        ("industry is Food and Drink", held(field="industry", is_="Food and Drink")),
        ('title contains "this and that is it"', held(field="title", contains="this and that is it")),
        ("phone known", held(field="phone", known=True)),
        ("phone is known", held(field="phone", known=True)),
        ("phone not known", held(field="phone", known=False)),
        ("phone is unknown", held(field="phone", known=False)),
        ('"What is your job" is not Student', held(field="What is your job", is_not="Student")),
        ("{ field = 'a', is = true }", held(field="a", is_=True)),
        ("{}", held()),
        ("email_open", "email_open"),
        ("Email Opened", "Email Opened"),
        ('"what is new"', "what is new"),
        ("known", "known"),
        ('country is "Trinidad or Tobago"', held(field="country", is_="Trinidad or Tobago")),
        ('team in "Sales or Support", Legal', held(field="team", in_=["Sales or Support", "Legal"])),
        ("status is Oregon", held(field="status", is_="Oregon")),
        ("phone known to us", "phone known to us"),
    ],
)
def test_conditions_and_names_are_read_as_people_type_them(typed: str, read: str | Condition) -> None:
    assert read_when(typed) == read


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("country in", "lacks what to compare with"),
        ("country is", "lacks what to compare with"),
        ("employees at least many", "a number is needed"),
        ("employees between 50", "needs two numbers"),
        ('title contains "VP" and country = DE', "only one condition"),
        ("country in US, CA or employees at least 51", "only one condition"),
        ("phone known and country is DE", "only one condition"),
        ("country is Germany or France", "several are listed with commas: in Germany, France;"),
        ("country is not Germany, or France", "not in Germany, France;"),
        ("country in US, CA or MX", "in US, CA, MX;"),
        ("title contains VP or Head", "an entry of each"),
        ("employees > 50", "employees at least 51"),
        ("employees less than 50", "at most"),
        ("{ field = ", "as in TOML"),
        ("{ feild = 'a' }", "feild"),
        ("{ field = 'a', is = 1, known = true }", "a condition has one test"),
    ],
)
def test_what_is_no_condition_is_refused_with_how_it_is_written(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_when(typed)


@given(conditions)
def test_every_condition_shown_reads_back_with_the_same_types(table: dict[str, Any]) -> None:
    condition = Condition.model_validate(table)
    back = read_when(show_when(condition))
    assert back == condition
    assert repr(plain(back)) == repr(plain(condition))


@given(texts)
def test_every_name_shown_reads_back(name: str) -> None:
    cleaned = TypeAdapter(When).validate_python(name)
    assert read_when(show_when(cleaned)) == cleaned


@pytest.mark.parametrize(
    ("condition", "shown", "said"),
    [
        (held(field="country", in_=["US", "CA"]), "country in US, CA", "country is one of US, CA"),
        (held(field="country", not_in=["US"]), "country not in US", "country is none of US"),
        (held(field="status", is_="in transit"), 'status is "in transit"', "status is in transit"),
        (held(field="size", between=[1, 2.5]), "size between 1 and 2.5", "size is between 1 and 2.5"),
        (held(field="size", at_least=50), "size at least 50", "size is at least 50"),
        (held(field="title", contains="VP"), "title contains VP", "title contains VP"),
        (held(field="phone", known=False), "phone unknown", "phone is not known"),
        (held(field="vip", is_=True), '{ field = "vip", is = true }', "vip is true"),
        (held(field="phone"), '{ field = "phone" }', ""),
    ],
)
def test_a_condition_is_shown_as_typed_and_said_as_spoken(condition: Condition, shown: str, said: str) -> None:
    assert show_when(condition) == str(condition) == shown
    assert say_when(condition) == said


def test_what_was_understood_is_said() -> None:
    assert reading(read_when("country not in US, CA")) == "country is none of US, CA"
    assert reading(read_when("all other countries")) == 'an activity or count called "all other countries"'
    assert reading(Condition(field="phone")) == ""


@pytest.mark.parametrize(
    ("name", "questioned"),
    [
        ("all other countries", True),
        ("everything else", True),
        ("Germany only", True),
        ("email_open", False),
        ("Email Opened", False),
        ("any_click", False),
        ("call not answered", False),
    ],
)
def test_a_name_that_reads_like_a_description_of_leads_is_questioned(name: str, questioned: bool) -> None:
    held = Agreement.model_validate({"scoring": {"rules": [{"id": "one", "when": name}]}})
    found = [one for one in check(held) if one.code == "no-condition"]
    assert [(one.key, one.severity) for one in found] == [("scoring.rules.one.when", Severity.NOTE)] * questioned


def test_a_condition_without_field_or_test_is_half_built() -> None:
    assert held(field="country").test is None
    assert held(is_="US").test is None
    assert held(field="country", is_="US").test == ("is", "US")
    assert held(field="phone", known=False).test == ("known", False)


@pytest.mark.parametrize(
    "table",
    [
        {"field": "a", "is": 1, "in": [1]},
        {"field": "a", "at_least": "5"},
        {"field": "a", "at_least": True},
        {"field": "a", "at_least": float("nan")},
        {"field": "a", "is": float("inf")},
        {"field": "a", "between": [1]},
        {"field": "a", "between": [1, 2, 3]},
        {"field": "a", "known": "yes"},
        {"field": "a", "is": [1]},
        {"fields": "a"},
    ],
)
def test_two_tests_or_a_wrong_type_are_refused(table: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(table)


def test_long_runs_of_blanks_are_read_at_once() -> None:
    assert read_when("a" + " " * 100_000 + "b").startswith("a  ")
    assert read_when("a is" + " " * 100_000 + "b") == held(field="a", is_="b")
