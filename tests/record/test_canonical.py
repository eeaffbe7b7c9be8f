"""The canonical layout: one for what a file says, the same a second time, and no comment lost or led astray."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Annotated, Any

import pytest
from handwritten import Handwritten, IdPath, handwritten
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.money import Money
from sla_tui.agreement.parts import Part, plain
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration, Line, Number, Percent
from sla_tui.record import canonical as record
from sla_tui.record.canonical import canonical, format_file, laid_out
from sla_tui.record.document import parse
from sla_tui.record.edit import edit
from sla_tui.record.layout import headed
from sla_tui.record.notes import comments
from sla_tui.workshop.folder import model_of
from tests.strategies import leaves, tables, texts

ROOT = Path(__file__).parents[2]
SHIPPED = sorted([*ROOT.glob("agreements/*/**/*.toml"), *ROOT.glob("sla_tui/templates/*.toml")])
EXAMPLES = settings.default.max_examples // 2
"""Files tried of each kind: one of an agreement is large."""
KINDS: tuple[type[Part], ...] = (Agreement, Quota, Sitting, LeadMapping)

BEFORE = """\
#:schema ./agreement.schema.json
# ours
[[commitments]] # the first
within="2 wks"    # the limit
  # of them
share = 95
id = 'call'
amounts = [ {unit = "call", count = 0x3}, # three calls
  # and
  { count=3, unit="email" } # as many emails
  # no meetings
]

# ---- what a lead earns

[scoring]
# fades
half_life_days = 3_0


# the stages
[[scoring.stages]]
at = 50
id = "mql"
# more to come

[scoring.runs_in]
system = "CRM"
[agreement]
calendar.timezone = "Europe/Berlin"   # of the head office
# never on Friday
calendar.days = ["mon",
   "tue"]
format = 1
title = "SLA"

# the end
"""
AFTER = """\
#:schema ./agreement.schema.json
# ours

[agreement]
format = 1
title = "SLA"

[agreement.calendar]
timezone = "Europe/Berlin" # of the head office
# never on Friday
days = ["mon", "tue"]

# ---- what a lead earns

[scoring]
# fades
half_life_days = 30

[scoring.runs_in]
system = "CRM"

# the stages
[[scoring.stages]]
id = "mql"
at = 50
# more to come

[[commitments]] # the first
id = "call"
amounts = [
    { count = 3, unit = "call" }, # three calls
    # and
    { count = 3, unit = "email" }, # as many emails
    # no meetings
]
# of them
share = "95 %"
within = "2 weeks" # the limit

# the end
"""


def formatted(text: str, model: type[Part] = Agreement) -> str:
    return canonical(dedent(text), "held.toml", model)


def test_order_spacing_and_spelling_are_the_models_and_comments_stay_with_what_they_belong_to() -> None:
    assert formatted(BEFORE) == AFTER
    assert formatted(AFTER) == AFTER


def test_comments_within_a_list_of_entries_go_to_the_entries() -> None:
    text = """\
        [scoring]
        stages = [ # lowest first
            { id = "lead", at = 10 }, # a name
            # the one we promise
            { id = "mql", at = 50 },
            # no more
        ]
        """
    assert formatted(text) == dedent("""\
        [scoring]

        # lowest first
        [[scoring.stages]] # a name
        id = "lead"
        at = 10

        # the one we promise
        [[scoring.stages]]
        id = "mql"
        at = 50
        # no more
        """)


def test_comments_of_a_table_that_is_written_on_one_line_stand_above_it_in_their_order() -> None:
    text = """\
        [scoring]
        [[scoring.rules]]
        id = "country"
        # where they are
        [scoring.rules.when] # a condition
        # ours
        in = [
          "US", # first
          "CA",
        ]
        field = "country" # from the form
        # below
        """
    assert formatted(text) == dedent("""\
        [scoring]

        [[scoring.rules]]
        id = "country"
        # where they are
        # ours
        # first
        # from the form
        # below
        when = { field = "country", in = ["US", "CA"] } # a condition
        """)


def test_a_comment_in_an_empty_list_stays_in_it() -> None:
    text = 'custom = [\n# none yet\n]\n[agreement]\ntitle = "SLA"\n'
    assert formatted(text) == 'custom = [\n    # none yet\n]\n\n[agreement]\ntitle = "SLA"\n'


def test_a_comment_that_comes_to_stand_first_is_set_off_as_the_files_own() -> None:
    text = '[objective]\nscope = "All"\n\n# of us both\n[agreement]\ntitle = "SLA"\n'
    wanted = '# of us both\n\n[agreement]\ntitle = "SLA"\n\n[objective]\nscope = "All"\n'
    assert formatted(text) == wanted
    assert formatted(wanted) == wanted


def test_long_text_is_cut_where_a_space_stands_and_reads_the_same() -> None:
    words = "Eleven in a hundred, or 11 % of all leads that came in, were called within a day. " * 4
    text = formatted(f'[objective]\npurpose = "{words.strip()}"\n')
    lines = text.splitlines()
    assert lines[1] == 'purpose = """'
    assert all(line.endswith(" \\") for line in lines[2:-1])
    assert max(map(len, lines)) <= 120
    assert not [line for line in lines if line.startswith("%")]
    assert tomllib.loads(text)["objective"]["purpose"] == words.strip()
    assert formatted(text) == text


def test_text_that_fits_is_drawn_onto_one_line_and_line_breaks_stay() -> None:
    text = '[objective]\npurpose = """\\\n   Why \\\n   not"""\nscope = "One\\nTwo"\n'
    assert formatted(text) == '[objective]\npurpose = "Why not"\nscope = """\nOne\nTwo"""\n'


@pytest.mark.parametrize(
    "word", ["x" * 300, "é" * 119 + " end", "a  " * 90 + "b", 'say "so" ' * 30 + "\\", "<<<<<<< " * 20]
)
def test_text_that_is_hard_to_cut_reads_the_same(word: str) -> None:
    value = plain(Agreement.model_validate({"objective": {"purpose": word}}))
    text = formatted(edit("", value))
    assert tomllib.loads(text) == value
    assert formatted(text) == text


def test_defaults_that_were_written_out_stay_written() -> None:
    assert formatted("[scoring]\nstages = []\n[agreement]\nformat = 1\n") == (
        "[agreement]\nformat = 1\n\n[scoring]\nstages = []\n"
    )


def test_line_ends_and_byte_order_mark_are_the_files_own_and_the_last_line_ends() -> None:
    windows = "\ufeff" + BEFORE.replace("\n", "\r\n").removesuffix("\r\n")
    assert formatted(windows) == "\ufeff" + AFTER.replace("\n", "\r\n")
    assert formatted("") == ""
    assert formatted("\n\n# only words\n\n\n# and more\n\n") == "# only words\n\n# and more\n"


def test_a_file_in_an_older_layout_is_written_in_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    class Head(Part):
        format: Annotated[Number, Field(ge=1, le=3, title="Format")] = 3
        name: Annotated[Line | None, Field(title="Name")] = None

    class Newer(Part):
        quota: Annotated[Head | None, Field(title="Quota")] = None

    monkeypatch.setattr(record, "formats", lambda _model: [("quota", 3)])
    assert (
        formatted("[quota]\nname = 'x'\nformat = 1 # of old\n", Newer) == '[quota]\nformat = 3 # of old\nname = "x"\n'
    )
    assert formatted("[quota]\n", Newer) == "[quota]\n"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: "-".join(path.relative_to(ROOT).parts[1:]))
def test_what_is_shipped_says_the_same_in_the_canonical_layout(path: Path) -> None:
    text, model = path.read_text("utf-8"), model_of(path)
    result = canonical(text, str(path), model)
    assert canonical(result, str(path), model) == result
    assert parse(result, str(path), model) == parse(text, str(path), model)
    assert comments(result) == comments(text)
    assert max(map(len, result.splitlines())) <= 120


# -- files that nobody's program wrote


@st.composite
def said(draw: st.DrawFn, model: type[Part], remarks: int = 3) -> dict[str, Any]:
    """What a file of ``model`` can say, as its writer may spell it, with some ``remarks`` at most in its maps."""
    table = draw(tables(model))
    if "sources" in model.model_fields and (slots := leaves(model.model_validate(table))):
        keys = st.sampled_from([slot.key for slot in slots])
        table["sources"] = draw(st.dictionaries(keys, st.just({"kind": "example"}), max_size=remarks))
    if model is LeadMapping:
        table["names"] = draw(st.dictionaries(texts, texts, max_size=remarks))
    return _spelled(table)


def _spelled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _spelled(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_spelled(one) for one in value]
    return f" {value}" if isinstance(value, (Duration, Percent, Money)) else value


seeds = st.integers(0, 2**48)


@pytest.mark.parametrize("model", KINDS)
@settings(max_examples=EXAMPLES)
@given(data=st.data(), seed=seeds)
def test_any_file_says_the_same_keeps_its_comments_and_is_formatted_once(
    model: type[Part], data: st.DataObject, seed: int
) -> None:
    doc = handwritten(random.Random(seed), data.draw(said(model)))
    result = canonical(doc.text, "held.toml", model)
    assert parse(result, "held.toml", model) == parse(doc.text, "held.toml", model)
    assert canonical(result, "held.toml", model) == result
    assert notes_in(result) == notes_in(doc.text)
    assert set(re.findall("\r?\n", result)) <= (set(re.findall("\r?\n", doc.text)) or {"\n"})
    assert not astray(doc, result)


@pytest.mark.parametrize("model", KINDS)
@settings(max_examples=EXAMPLES)
@given(data=st.data(), seed=seeds)
def test_without_comments_only_what_is_said_counts(model: type[Part], data: st.DataObject, seed: int) -> None:
    held = data.draw(said(model, remarks=1))
    text = re.sub(_NOTE, "", handwritten(random.Random(seed), held).text).replace("\r\n", "\n")
    assert canonical(text, "held.toml", model) == canonical(edit("", held), "held.toml", model)


@pytest.mark.parametrize("model", KINDS)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_what_the_program_writes_is_in_the_canonical_layout(model: type[Part], data: st.DataObject) -> None:
    value = model.model_validate(data.draw(said(model)))
    new = laid_out(value, "#:schema ../held.schema.json\n")
    assert parse(new, "held.toml", model) == value
    assert canonical(new, "held.toml", model) == new
    edited = edit("", plain(value))
    assert canonical(edited, "held.toml", model) == edited


_NOTE = r"# ?note \d+; \[x\] = \{ \"'''"


def notes_in(text: str) -> list[str]:
    return sorted(re.findall(_NOTE, text))


def astray(doc: Handwritten, result: str) -> list[str]:
    """The comments that stand at something else than they stood at."""
    lines = result.replace("\r\n", "\n")
    spots = list(_spots(lines))
    first = [] if doc.preamble else re.findall(_NOTE, doc.text.lstrip().replace("\r\n", "\n").split("\n\n")[0])
    found: list[str] = []
    for written in doc.written:
        for note in written.comments:
            at = lines.index(note + "\n")
            before = [one for one in spots if one[1] <= at]
            after = [one for one in spots if one[2] > at]
            glued = [one for one in before[-1:] if "\n\n" not in lines[one[2] - 1 : at]]
            if note not in first and not any(_related(path, written.path) for path, *_ in (*glued, *after[:1])):
                found.append(f"{note}: {written.path}, not {[path for path, *_ in (*glued, *after[:1])]}")
    return found


def _spots(text: str) -> Iterator[tuple[IdPath, int, int]]:
    """Every statement by its path of keys and ids, with its beginning and its end."""
    held = tomllib.loads(text)
    for path, statement in headed(text):
        names: list[str] = []
        here: Any = held
        for part in path:
            here = here[part]
            names.append(part if isinstance(part, str) else here.get("id", str(part)))
        yield tuple(names), statement.start, statement.end


def _related(one: IdPath, other: IdPath) -> bool:
    short = min(len(one), len(other))
    return one[:short] == other[:short]


# -- what cannot be formatted stays as it is


def test_a_file_with_faults_stays_as_it_is_and_every_fault_is_named(tmp_path: Path) -> None:
    path = tmp_path / "agreement.toml"
    path.write_text(text := '[agreement]\ntitel = "x"\nstarts = "soon"\n')
    with pytest.raises(InvalidFile) as caught:
        format_file(path, Agreement)
    assert [fault.place.line for fault in caught.value.faults] == [2, 3]
    assert path.read_text() == text
    with pytest.raises(UserError):
        format_file(tmp_path / "absent.toml", Agreement)


def test_a_file_is_written_only_where_it_changes_and_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "agreement.toml"
    path.write_text(BEFORE)
    assert format_file(path, Agreement, write=False)
    assert path.read_text() == BEFORE
    assert format_file(path, Agreement)
    assert path.read_text() == AFTER
    stamp = path.stat()
    assert not format_file(path, Agreement)
    assert path.stat() == stamp


@pytest.mark.parametrize(
    "text", ["[agreement]\n", AFTER.replace("# of them\n", ""), AFTER.replace("at = 50", "at = 51")]
)
def test_a_layout_that_would_lose_something_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "agreement.toml"
    path.write_text(BEFORE)
    monkeypatch.setattr(record.Sheet, "text", lambda _self: text)
    with pytest.raises(RuntimeError):
        format_file(path, Agreement)
    assert path.read_text() == BEFORE
