"""Merging files: right or marked, never silently wrong, with the comments and the spelling of both sides."""

from __future__ import annotations

import random
import shutil
import subprocess
import tomllib
from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest
from handwritten import edited, handwritten
from hypothesis import given, settings
from hypothesis import strategies as st

from sla_tui.agreement.clashes import Clash
from sla_tui.agreement.errors import InvalidFile
from sla_tui.agreement.parts import plain
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.sameness import same
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document, parse
from sla_tui.record.edit import edit
from sla_tui.record.lines import line_merge, runs
from sla_tui.record.markers import Names, marked, settled_as_before, unsettled
from sla_tui.record.merging import MergedText, merge_texts
from sla_tui.record.sheet import Name, sheet
from sla_tui.record.syntax import read_toml
from sla_tui.record.weave import weave
from tests.merges import CLASH, DEEP, NOTE, Case, case, expected, flat, wrong

SEEDS = 3000 if DEEP else 100
"""How many random merges are tried; ``HYPOTHESIS_PROFILE=deep`` tries 3,000."""
GIT = shutil.which("git")

TEXT = dedent("""\
    # preamble

    [agreement]
    format = 1                     # of this file
    title = "SLA"                  # ours

    [objective]
    purpose = \"\"\"
    First line.
    Second line.
    \"\"\"

    [scoring]

    # the opens
    [[scoring.rules]]
    id = "open"
    label = "Opens an email"
    when = { field = "country", in = ["US",  "CA"] }  # two
    points = 2                     # few

    [[scoring.rules]]
    id = "click"
    label = "Clicks"
    points = 5

    [[scoring.stages]]
    id = "mql"
    name = "Qualified"
    at = 50

    [[commitments]]
    id = "follow-up"
    party = "sales"
    within = "2 wks"               # the limit
    """)


def merged(ours: str, theirs: str, base: str = TEXT) -> MergedText[Agreement]:
    return merge_texts(base, ours, theirs, Agreement, "agreement.toml")


def sub(*pairs: tuple[str, str], text: str = TEXT) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def taking(text: str, side: str) -> str:
    """A text with every conflict settled for one side."""
    pieces, at = [], 0
    for one in unsettled(text):
        pieces += text[at : one.start], getattr(one, side)
        at = one.end
    return "".join(pieces) + text[at:]


def git_merge(base: str, ours: str, theirs: str, folder: Path) -> tuple[int, str]:
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(text, "utf-8", newline="")
    done = subprocess.run(
        ["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=folder, capture_output=True, encoding="utf-8"
    )
    return done.returncode, done.stdout


# Random versions


def _troubles(versions: Case, result: MergedText[Agreement]) -> list[str]:
    """What is wrong with a merged text."""
    found = wrong(versions, result.value, result.conflicts)
    mine, theirs = taking(result.text, "ours"), taking(result.text, "theirs")
    if not same(parse(mine, "ours", Agreement), result.value):
        found.append("the text with ours says something else")
    parse(theirs, "theirs", Agreement)
    if bool(result.conflicts) != bool(unsettled(result.text)):
        found.append("a conflict without a marker, or a marker without a conflict")
    for side in (versions.ours, versions.theirs):
        found += [f"{note} is lost" for note in NOTE.findall(side.text) if note not in result.text]
    return found


@pytest.mark.skipif(GIT is None, reason="the plain merge it is compared with is git's")
@pytest.mark.parametrize("part", range(2))
def test_random_merges_are_right_or_marked(part: int, tmp_path: Path) -> None:
    counted: Counter[str] = Counter()
    for seed in range(part, SEEDS, 2):
        versions = case(seed)
        texts = [side.text for side in (versions.base, versions.ours, versions.theirs)]
        result = merge_texts(texts[0], texts[1], texts[2], Agreement, "agreement.toml")
        assert not _troubles(versions, result), seed
        code, _ = git_merge(*texts, tmp_path)
        names = {**versions.ours.renamed, **versions.theirs.renamed}
        places = expected(*(flat(side.value, names) for side in (versions.base, versions.ours, versions.theirs)))
        if code and CLASH not in places.values():
            counted["false"] += 1
            counted["resolved"] += not result.conflicts
    assert counted["false"] >= SEEDS // 20
    assert counted["resolved"] >= 0.9 * counted["false"], counted


@given(seed=st.integers(0, 2**48))
def test_any_toml_woven_from_one_side_is_that_side(seed: int) -> None:
    rng = random.Random(seed)
    base = handwritten(rng).text.replace("\r\n", "\n")
    base += "" if base.endswith("\n") or not base else "\n"
    other = edit(base, edited(tomllib.loads(base), rng))
    was, new = sheet(base), sheet(other)
    assert (was.text, new.text) == (base, other)

    def nothing(name: Name, header: bool) -> bool:
        return False

    assert tomllib.loads(weave(was, was, was, nothing)) == tomllib.loads(base)
    assert weave(was, new, was, nothing) == other
    assert tomllib.loads(weave(was, new, new, nothing)) == tomllib.loads(other)


# Comments and layout


def test_the_plain_merge_is_taken_where_it_says_what_is_meant() -> None:
    ours = sub(('title = "SLA"      ', 'title = "Ours"     '), ("# preamble", "# preamble, longer"))
    theirs = sub(("at = 50", "# checked\n\n\nat   =  55"))
    result = merged(ours, theirs)
    assert result.text == sub(("at = 50", "# checked\n\n\nat   =  55"), text=ours)
    assert result.conflicts == ()


def test_neighbouring_lines_of_both_sides_come_together_with_their_comments() -> None:
    ours = sub(("points = 2                     # few", "points = 3                     # a few"))
    theirs = sub(
        ('label = "Opens an email"', '# why\nlabel = "Opens a mail"'),
        ('in = ["US",  "CA"] }  # two', 'in = ["US",  "CA", "MX"] }  # three'),
    )
    result = merged(ours, theirs)
    assert not result.conflicts
    assert result.text == sub(
        ("points = 2                     # few", "points = 3                     # a few"),
        ('label = "Opens an email"', '# why\nlabel = "Opens a mail"'),
        ('in = ["US",  "CA"] }  # two', 'in = ["US",  "CA", "MX"] }  # three'),
    )


def test_a_comment_of_one_side_and_a_value_of_the_other_come_together() -> None:
    ours = sub(("points = 5", "points = 5  # agreed on Monday"))
    theirs = sub(("points = 5", "points = 6"))
    for result in (merged(ours, theirs), merged(theirs, ours)):
        assert result.text == sub(("points = 5", "points = 6  # agreed on Monday"))


def test_comments_that_both_changed_are_both_kept() -> None:
    ours = sub(("# the opens", "# the opens, by Ana"), ("# few", "# too few"))
    theirs = sub(("# the opens", "# the opens, by Sam"), ("# few", "# enough"), ("points = 5", "points = 6"))
    result = merged(ours, theirs)
    assert not result.conflicts
    assert '# the opens, by Ana\n# the opens, by Sam\n[[scoring.rules]]\nid = "open"' in result.text
    assert "# enough\npoints = 2                     # too few\n" in result.text
    assert "points = 6\n" in result.text


def test_a_spelling_that_nobody_changed_stays_and_a_new_one_comes_along() -> None:
    ours = sub(('party = "sales"', 'party = "shared"'))
    theirs = sub(('within = "2 wks"               # the limit', 'within = "3 wks" # longer'))
    result = merged(ours, theirs)
    assert 'party = "shared"\nwithin = "3 wks" # longer\n' in result.text
    result = merged(ours, sub(('id = "follow-up"', 'id = "follow-up"  # it')))
    assert 'within = "2 wks"               # the limit' in result.text


def test_what_both_added_at_the_end_stands_there_with_its_comments() -> None:
    ours = TEXT + '\n# ours\n[[commitments]]\nid = "a"\nparty = "sales"\n'
    theirs = TEXT + '\n# theirs\n[[commitments]]\nid = "b"  # b\nwithin = "1 wks"\n'
    result = merged(ours, theirs)
    assert not result.conflicts
    assert result.text == ours + '\n# theirs\n[[commitments]]\nid = "b"  # b\nwithin = "1 wks"\n'


def test_a_renamed_entry_keeps_the_comments_of_both_sides() -> None:
    ours = sub(('id = "click"', '# renamed\nid = "clicks"'))
    theirs = sub(("points = 5", "# more\npoints = 6  # now"))
    for result in (merged(ours, theirs), merged(theirs, ours)):
        assert not result.conflicts
        assert '# renamed\nid = "clicks"\nlabel = "Clicks"\n# more\npoints = 6  # now\n' in result.text


def test_entries_that_one_side_moved_take_the_other_sides_comments_along() -> None:
    block = '[[scoring.rules]]\nid = "click"\nlabel = "Clicks"\npoints = 5\n\n'
    moved = sub((block, ""), ("# the opens\n", f"{block}# the opens\n"))
    result = merged(moved, sub(("points = 5", "# more\npoints = 6")))
    assert not result.conflicts
    assert [rule["id"] for rule in tomllib.loads(result.text)["scoring"]["rules"]] == ["click", "open"]
    assert '[[scoring.rules]]\nid = "click"\nlabel = "Clicks"\n# more\npoints = 6\n' in result.text


def test_a_comment_on_what_the_other_took_out_is_kept_and_nothing_else_of_it() -> None:
    block = '[[scoring.rules]]\nid = "click"\nlabel = "Clicks"\npoints = 5\n\n'
    ours, theirs = sub(("points = 5\n", "points = 5  # ask Sam\n")), sub((block, ""), ('"SLA" ', '"New" '))
    for result in (merged(ours, theirs), merged(theirs, ours)):
        assert not result.conflicts
        assert result.text == sub(("[[scoring.stages]]", "# ask Sam\n\n[[scoring.stages]]"), text=theirs)


def test_what_is_only_spelled_otherwise_goes_with_what_the_other_took_out() -> None:
    block = '[[scoring.rules]]\nid = "click"\nlabel = "Clicks"\npoints = 5\n\n'
    ours, theirs = sub(("points = 5", "points = 0x05")), sub((block, ""), ('"SLA" ', '"New" '))
    for result in (merged(ours, theirs), merged(theirs, ours)):
        assert (result.conflicts, result.text) == ((), theirs)


def test_a_table_written_another_way_by_one_side_takes_the_values_of_the_other() -> None:
    base = TEXT + '\n[objective.success]\nfrom = "1 %"  # now\nto = "2 %"\n'
    ours = TEXT.replace("[objective]\n", '[objective]\nsuccess = { from = "1 %", to = "2 %" }  # short\n')
    theirs = base.replace('to = "2 %"', 'to = "3 %"')
    result = merged(ours, theirs, base)
    assert not result.conflicts
    assert 'success = { from = "1 %", to = "3 %" }  # short' in result.text


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("cut", [False, True])
def test_line_ends_and_marks_of_the_file_are_kept(eol: str, mark: str, cut: bool) -> None:
    def as_(text: str) -> str:
        return mark + text.removesuffix("\n" if cut else "").replace("\n", eol)

    ours, theirs = sub(("points = 5", "points = 6")), sub(('label = "Clicks"', 'label = "Clicks it"'))
    result = merged(as_(ours), as_(theirs), as_(TEXT))
    assert result.text == as_(sub(("points = 5", "points = 6"), ('"Clicks"', '"Clicks it"')))


def test_line_ends_that_one_side_changed_are_taken() -> None:
    ours, theirs = sub(("points = 5", "points = 6")), sub(('"Clicks"', '"Clicks it"')).replace("\n", "\r\n")
    expected_text = sub(("points = 5", "points = 6"), ('"Clicks"', '"Clicks it"')).replace("\n", "\r\n")
    assert merged(ours, theirs).text == merged(theirs, ours).text == expected_text


# Conflicts


def test_only_the_statement_that_both_changed_is_marked() -> None:
    ours = sub(("points = 5", "points = 6  # mine"), ('"Clicks"', '"Clicks it"'))
    theirs = sub(("points = 5", "# other\npoints = 0x07  # theirs"), ('title = "SLA"  ', 'title = "New"  '))
    result = merged(ours, theirs)
    assert [(one.key, one.kind) for one in result.conflicts] == [("scoring.rules.click.points", Clash.CHANGED)]
    marks = (
        "<<<<<<< ours\npoints = 6  # mine\n||||||| base\npoints = 5\n=======\npoints = 0x07  # theirs\n>>>>>>> theirs\n"
    )
    wanted = sub(("points = 5\n", f"# other\n{marks}"), ('"Clicks"', '"Clicks it"'), ('"SLA"  ', '"New"  '))
    assert result.text == wanted


def test_conflicts_side_by_side_have_markers_of_their_own() -> None:
    ours = sub(('name = "Qualified"\nat = 50', 'name = "Mine"\nat = 51'))
    theirs = sub(('name = "Qualified"\nat = 50', 'name = "Theirs"\nat = 52'))
    result = merged(ours, theirs)
    found = unsettled(result.text)
    assert [(one.ours, one.base, one.theirs) for one in found] == [
        ('name = "Mine"\n', 'name = "Qualified"\n', 'name = "Theirs"\n'),
        ("at = 51\n", "at = 50\n", "at = 52\n"),
    ]


def test_taken_out_and_changed_is_marked_with_all_of_it() -> None:
    block = '[[scoring.rules]]\nid = "click"\nlabel = "Clicks"\npoints = 5\n\n'
    ours, theirs = sub((block, "")), sub(("points = 5", "points = 6"))
    (one,) = unsettled(merged(ours, theirs).text)
    assert (one.ours, one.base.strip(), one.theirs.strip()) == ("", block.strip(), block.strip().replace("5", "6"))
    assert taking(merged(ours, theirs).text, "ours") == ours
    assert taking(merged(ours, theirs).text, "theirs") == theirs
    (one,) = unsettled(merged(theirs, ours).text)
    assert (one.ours.strip(), one.theirs) == (block.strip().replace("5", "6"), "")


def test_markers_never_stand_inside_a_text_over_several_lines() -> None:
    ours, theirs = sub(("Second line.", "Our line.")), sub(("Second line.", "Their line."))
    (one,) = unsettled(merged(ours, theirs).text)
    assert one.ours == 'purpose = """\nFirst line.\nOur line.\n"""\n'
    assert one.theirs == 'purpose = """\nFirst line.\nTheir line.\n"""\n'


def test_two_new_entries_under_one_id_are_marked_where_they_differ() -> None:
    ours = TEXT + '\n[[commitments]]\nid = "new"\nparty = "sales"\n'
    theirs = TEXT + '\n[[commitments]]\nid = "new"\nparty = "marketing"\n'
    (one,) = unsettled(merged(ours, theirs).text)
    assert (one.ours, one.base, one.theirs) == ('party = "sales"\n', "", 'party = "marketing"\n')


def test_a_group_that_one_side_took_out_and_the_other_uses_is_marked() -> None:
    base = TEXT + '\n[[scoring.groups]]\nid = "fit"\nname = "Fit"\n'
    result = merged(TEXT, base.replace("points = 5", 'points = 5\ngroup = "fit"'), base)
    assert {one.kind for one in result.conflicts} == {Clash.NEEDED}
    assert parse(taking(result.text, "ours"), "ours", Agreement) == parse(TEXT, "", Agreement)
    theirs = parse(taking(result.text, "theirs"), "theirs", Agreement)
    assert theirs.scoring is not None
    assert [group.id for group in theirs.scoring.groups] == ["fit"]


def test_an_entry_moved_two_ways_is_marked_and_either_side_can_be_taken() -> None:
    third = '[[scoring.rules]]\nid = "third"\npoints = 1\n\n'
    base = sub(("[[scoring.stages]]", f"{third}[[scoring.stages]]"))
    click = '[[scoring.rules]]\nid = "click"\nlabel = "Clicks"\npoints = 5\n\n'
    ours = sub((click, ""), ("# the opens\n", f"{click}# the opens\n"), text=base)
    theirs = sub((click, ""), ("[[scoring.stages]]", f"{click}[[scoring.stages]]"), text=base)
    result = merged(ours, theirs, base)
    assert [(one.key, one.kind) for one in result.conflicts] == [("scoring.rules", Clash.MOVED)]
    assert parse(taking(result.text, "ours"), "", Agreement) == parse(ours, "", Agreement)
    assert parse(taking(result.text, "theirs"), "", Agreement) == parse(theirs, "", Agreement)


def test_markers_are_as_long_and_named_as_asked() -> None:
    ours, theirs = sub(("points = 5", "points = 6")), sub(("points = 5", "points = 7"))
    result = merge_texts(TEXT, ours, theirs, Agreement, "f", Names("mine", "was", "main"), 9)
    assert (
        "<<<<<<<<< mine\npoints = 6\n||||||||| was\npoints = 5\n=========\npoints = 7\n>>>>>>>>> main\n" in result.text
    )


def test_a_common_version_with_conflicts_of_its_own_counts_as_it_was_before_them() -> None:
    conflicted = merged(sub(("points = 5", "points = 6")), sub(("points = 5", "points = 7"))).text
    ours, theirs = sub(("points = 5", "points = 8"), ("at = 50", "at = 51")), sub(("points = 5", "points = 8"))
    assert settled_as_before(conflicted) == TEXT
    assert merged(ours, theirs, conflicted).text == ours


def test_without_a_common_version_what_is_the_same_is_no_conflict() -> None:
    ours, theirs = sub(("at = 50", "at = 51")), sub(('"SLA" ', '"New" '))
    result = merged(ours, theirs, "")
    assert {one.key for one in result.conflicts} == {"agreement.title", "scoring.stages.mql"}
    assert taking(result.text, "ours") == ours


def test_a_text_that_cannot_be_read_is_named_and_nothing_is_merged() -> None:
    with pytest.raises(InvalidFile) as caught:
        merged(TEXT, sub(("points = 5", "pionts = 5")))
    assert str(caught.value).startswith("agreement.toml (theirs):25:1: ")


def test_a_quota_is_merged_alike() -> None:
    base = '[quota]\ncounts = "mql"\n\n[capacity]\nreps = 4\nhours_per_rep_per_week = 12\n'
    ours, theirs = base.replace("reps = 4", "reps = 5"), base.replace("week = 12", "week = 11")
    result = merge_texts(base, ours, theirs, Quota)
    assert result.text == base.replace("reps = 4", "reps = 5").replace("week = 12", "week = 11")


# Recognized when opened


def test_a_file_with_conflicts_says_where_they_are() -> None:
    text = merged(
        sub(("points = 5", "points = 6"), ("at = 50", "at = 51")),
        sub(("points = 5", "points = 7"), ("at = 50", "at = 52")),
    ).text
    with pytest.raises(InvalidFile) as caught:
        parse(text, "agreement.toml", Agreement)
    lines = [i for i, line in enumerate(text.split("\n"), 1) if line.startswith("<<<<<<<")]
    assert [fault.place.line for fault in caught.value.faults] == lines
    assert caught.value.message == "a merge is not settled here"


def test_conflicts_inside_a_text_are_seen_though_it_is_toml() -> None:
    text = sub(("Second line.\n", "<<<<<<< HEAD\nOurs\n=======\nTheirs\n>>>>>>> main\n"))
    assert tomllib.loads(text)
    with pytest.raises(InvalidFile, match="a merge is not settled here"):
        parse(text, "", Agreement)


def test_a_marker_left_behind_is_said() -> None:
    with pytest.raises(InvalidFile, match="25:1: a merge left this line"):
        parse(sub(("points = 5\n", ">>>>>>> main\npoints = 5\n")), "", Agreement)


def test_a_text_that_looks_like_a_conflict_is_written_so_that_it_is_none(tmp_path: Path) -> None:
    path = tmp_path / "agreement.toml"
    path.write_text(TEXT)
    document = Document[Agreement].load(path, Agreement)
    words = "<<<<<<< a\nb\n=======\nc\n>>>>>>> d"
    values = plain(document.value)
    values["objective"]["purpose"] = words
    saved = document.save(Agreement.model_validate(values))
    assert not unsettled(saved.text)
    assert read_toml(path.read_text(), "")["objective"]["purpose"] == words


# Lines


LINES = st.lists(st.sampled_from("abcde"), max_size=14)


@given(one=LINES, other=LINES)
def test_what_two_texts_have_in_common_is_in_order_and_equal(one: list[str], other: list[str]) -> None:
    found = runs(one, other)
    assert all(one[run.one : run.one + run.length] == other[run.other : run.other + run.length] for run in found)
    ends = [(run.one + run.length, run.other + run.length) for run in found]
    assert all(a <= run.one and b <= run.other for (a, b), run in zip(ends, found[1:], strict=False))
    assert one != other or sum(run.length for run in found) == len(one)


@given(base=LINES, ours=LINES)
def test_lines_that_one_side_changed_are_that_sides(base: list[str], ours: list[str]) -> None:
    was, mine = "\n".join(base), "\n".join(ours)
    assert line_merge(was, mine, was) == mine
    assert line_merge(was, was, mine) == mine
    assert line_merge(was, mine, mine) == mine


@given(ours=LINES, base=LINES, theirs=LINES)
@settings(max_examples=200)
def test_either_side_of_the_markers_is_the_whole_text(ours: list[str], base: list[str], theirs: list[str]) -> None:
    texts = [[f"{letter} = 1\n" for letter in one] for one in (ours, base, theirs)]
    text = marked(texts[0], texts[1], texts[2], Names())
    assert taking(text, "ours") == "".join(texts[0])
    assert taking(text, "theirs") == "".join(texts[2])


def test_a_change_is_marked_from_its_header_on() -> None:
    ours = ["[[r]]\n", "id = 1\n", "\n", "[[r]]\n", "id = 3\n"]
    theirs = ["[[r]]\n", "id = 1\n", "\n", "[[r]]\n", "id = 2\n", "\n", "[[r]]\n", "id = 3\n"]
    (one,) = unsettled(marked(ours, ours, theirs, Names()))
    assert one.theirs == "\n[[r]]\nid = 2\n"


def test_lines_that_repeat_are_never_paired_across_a_large_file() -> None:
    one = [line for n in range(3000) for line in ("[[rules]]", f"id = {n}", "points = 5", "")]
    other = ["# new", *one[:6000], "points = 6", *one[6001:], "# end"]
    assert [run.length for run in runs(one, other)] == [6000, 5999]
    assert not runs(["x", ""] * 1000, ["", "y"] * 1000)
