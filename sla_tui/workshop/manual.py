"""The format of an agreement's files as a manual to read, made from the declarations."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.agreement.lists import KEY, SECTION
from sla_tui.agreement.parts import Part, Spec, join, plain, spec_by_key, specs
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.record.inside import render

_KINDS = {
    Kind.ID: "id",
    Kind.LINE: "text",
    Kind.PROSE: "text, several lines",
    Kind.NUMBER: "whole number",
    Kind.DATE: "date",
    Kind.TIME: "time of day",
    Kind.DURATION: "time limit",
    Kind.PERCENT: "percent",
    Kind.MONEY: "money",
    Kind.YES_NO: "`true` or `false`",
    Kind.BOUND: "number or text",
    Kind.DAYS: "list of dates",
    Kind.WORDS: "list of texts",
    Kind.CONDITION: "condition",
    Kind.AMOUNTS: "amounts",
    Kind.MAP: "table",
}


_INTRODUCTION = """\
# The files of an agreement

An agreement is a folder. Everything in it is text: read it, compare it, keep it in git.

| file | what it holds |
|---|---|
| `agreement.toml` | the terms, which are signed, and the schedules, which named roles may change between signings |
| `agreement.schema.json` | for editors: it completes keys, asks the questions and marks what is wrong |
| `quotas/2027-Q1.toml` | how many qualified leads are promised in one period |
| `sittings/2026-11-30.toml` | the record of one meeting: who was there, what was decided, who consents to what |
| `leads.csv`, `leads.toml` | leads to try the scoring on, and which column means what |

Examples: [northwind](northwind/agreement.toml) has everything, [core](core/agreement.toml) what ninety minutes can \
settle, [one-page](one-page/agreement.toml) the least that is worth signing.

## How it is written

- **A section is part of the agreement when its table is there**, even an empty one. What is not answered is left out: \
there is no empty text and no null.
- **Entries of lists have an `id`**: small letters, digits and hyphens, unique in their list. It stays when the words \
change. An answer names an entry by its id; a KEY names any place, such as `scoring.rules.email-open.points`.
- **Values are read as people write them** and written in one way. A value that nobody changes keeps its spelling.

| value | written | read too |
|---|---|---|
| time limit | `"24 business hours"`, `"2 weeks"` | `"24bh"`, `"2 wks"` |
| percent | `"95 %"` | `"95%"`, `95` |
| money | `"25 000 USD"` | `"25k USD"`, `"$25,000"` |
| date | `2027-01-31` | `"31 Jan 2027"` |
| time of day | `09:00:00` | `"9:00"` |
| condition | `"email_open"` or `{ field = "country", in = ["US", "CA"] }` | |
| amounts | `[{ count = 3, unit = "call" }]` | |

- **A condition** is the name of an activity or count, or one test on a field: `is`, `is_not`, `in`, `not_in`, \
`at_least`, `at_most`, `between`, `contains`, `known`.
- **`[sources]`** says where answers come from, by KEY: `example` (nobody has agreed to it yet), `agreed` or \
`measured`, with a `note`. A source at an entry or a section speaks for all that is in it.
- **Text is kept as it is written**, whatever it says: quotes, backslashes, brackets and markup are letters like any \
other. Stripped are control characters (so no terminal sequence works), marks that turn the direction of writing, byte \
order marks, lone surrogates, and blanks and empty lines at both ends. A tab becomes a blank; every kind of line end \
becomes a line feed, and in a text on one line a blank.
- Comments, order and spacing are yours: a change touches the statements it changes and no others. `sla-tui fmt` \
brings a file to the one canonical layout, comments kept.
"""


def manual_text() -> str:
    """The manual of the format, whole: ``agreements/README.md``."""
    chapters = (("agreement.toml", Agreement), ("quotas/PERIOD.toml", Quota), ("sittings/DAY.toml", Sitting))
    lines = [_INTRODUCTION]
    for file, model in chapters:
        lines += [f"## `{file}`", "", *_contents(model), "", *_manual(model)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _manual(model: type[Part]) -> Iterator[str]:
    """A part for each section of the file that ``model`` stands for, a row for each answer."""
    for spec in spec_by_key(model).values():
        if spec.about:
            yield from _section(spec)


def _contents(model: type[Part]) -> Iterator[str]:
    """One line a section: its table in the file, its title and what it is for."""
    for spec in specs(model):
        if spec.about:
            yield f"- [`{_table(spec)}`](#{_anchor(spec)}) **{spec.about.title}**: {spec.about.purpose}"


def _table(spec: Spec) -> str:
    return f"[[{spec.key}]]" if spec.kind is Kind.LIST else f"[{spec.key}]"


def _anchor(spec: Spec) -> str:
    title = spec.about.title if spec.about else spec.title
    return f"{title} {spec.key}".lower().replace(" ", "-")


def _section(spec: Spec) -> Iterator[str]:
    about = spec.about
    assert about is not None
    yield f"### {about.title} `{spec.key}`"
    yield ""
    yield f"*{about.question}*"
    yield ""
    for hint in about.hints:
        yield f"- {hint}"
    yield ""
    yield from _parts(spec.type, spec.key, spec.kind is Kind.LIST)


def _parts(cls: type[Part], key: str, listed: bool) -> Iterator[str]:
    """The table of one part's answers, then those of the parts within it."""
    yield f"`{f'[[{key}]]' if listed else f'[{key}]'}`"
    yield ""
    yield "| key | what | holds | example |"
    yield "|---|---|---|---|"
    inner = [spec for spec in specs(cls) if spec.nested]
    for spec in spec_by_key(cls).values():
        if not spec.nested:
            yield _row(spec)
    yield ""
    for spec in inner:
        yield f"{spec.question}"
        yield ""
        yield from _parts(spec.type, join(key, spec.key), spec.kind is Kind.LIST)


def _row(spec: Spec) -> str:
    return f"| `{spec.key}` | {_cell(spec.question)} | {_cell(_holds(spec))} | {_cell(_example(spec))} |"


def _holds(spec: Spec) -> str:
    if spec.kind is Kind.CHOICE:
        held = ", ".join(f"`{choice}`" for choice in spec.choices)
    elif spec.ask.of:
        held = " or ".join(_named(one) for one in spec.ask.of)
        held = f"list of: {held}" if spec.kind is Kind.WORDS else held
    else:
        held = _KINDS[spec.kind]
    if spec.kind is Kind.ID:
        return held
    return f"{held}; may stay open" if spec.ask.optional and spec.ask.asked else held


def _named(one: str) -> str:
    return {SECTION: "a section's key", KEY: "a KEY"}.get(one, f"id from `{one}`")


def _example(spec: Spec) -> str:
    if not spec.example or spec.kind is Kind.MAP:
        return ""
    return f"`{render(plain(spec.read(spec.example)))}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
