"""get, set, add, remove, move: the form without the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.workshop.conftest import SAMPLE

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind"


def changed(file: Path) -> list[tuple[str, str]]:
    """The lines that are not as they were; for changes that keep the number of lines."""
    return [pair for pair in zip(SAMPLE.splitlines(), file.read_text().splitlines(), strict=True) if pair[0] != pair[1]]


@pytest.mark.parametrize(
    ("key", "out"),
    [
        ("agreement.title", "SLA\n"),
        ("scoring.rules.open.points", "2\n"),
        ("commitments.call.within", "2 weeks\n"),
        (
            "scoring.rules.demo",
            'scoring.rules.demo.id = "demo"\n'
            'scoring.rules.demo.when = "demo_request"\n'
            "scoring.rules.demo.points = 40\n",
        ),
        ("scoring.stages", 'scoring.stages.mql.id = "mql"\nscoring.stages.mql.at = 50\n'),
        ("agreement", 'agreement.format = 1\nagreement.title = "SLA"\nagreement.organization = "Acme"\n'),
    ],
)
def test_get_prints_an_answer_or_lines_of_them(run: Run, sample: Path, key: str, out: str) -> None:
    done = run("get", sample, key)
    assert (done.code, done.out, done.err) == (0, out, "")


def test_get_without_a_key_prints_all_in_the_models_order(run: Run, sample: Path) -> None:
    keys = [line.partition(" = ")[0] for line in run("get", sample).out.splitlines()]
    sections = list(dict.fromkeys(key.partition(".")[0] for key in keys))
    assert sections == ["agreement", "scoring", "commitments"]


def test_get_of_what_is_not_answered_prints_nothing(run: Run, sample: Path) -> None:
    done = run("get", sample, "objective.purpose")
    assert (done.code, done.out) == (0, "")
    assert "not in this agreement yet" in done.err


def test_get_shows_conditions_and_long_text(run: Run) -> None:
    assert run("get", NORTHWIND, "scoring.rules.target-country.when").out.startswith("country in ")
    lines = run("get", NORTHWIND, "objective").out
    assert 'objective.purpose = """\n' in lines or 'objective.purpose = "' in lines


def test_what_get_prints_of_a_leaf_set_takes_again(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "agreement.toml"
    file.write_bytes((NORTHWIND / "agreement.toml").read_bytes())
    keys = [
        "scoring.rules.target-country.when",
        "agreement.calendar.from",
        "agreement.starts",
        "agreement.calendar.days",
    ]
    for key in keys:
        assert run("set", file, f"{key}={run('get', file, key).out.rstrip()}").code == 0
    assert file.read_bytes() == (NORTHWIND / "agreement.toml").read_bytes()


@pytest.mark.parametrize(
    "key", ["scorin", "scoring.rules.nobody", "scoring.rules.open.nothing", "agreement.title.x", "a b"]
)
def test_an_unknown_key_is_exit_2(run: Run, sample: Path, key: str) -> None:
    for command in (
        ["get", sample, key],
        ["set", sample, f"{key}=1"],
        ["remove", sample, key],
        ["move", sample, key, "1"],
    ):
        done = run(*command)
        assert (done.code, done.out) == (2, "")
        assert "names nothing" in done.err or "no list" in done.err or "no item" in done.err
    assert sample.read_text() == SAMPLE


def test_set_changes_only_its_own_lines(run: Run, sample: Path) -> None:
    assert run("set", sample, "scoring.rules.open.points=3", "agreement.organization=Acme Inc.").code == 0
    assert changed(sample) == [
        ('organization = "Acme"  # the short name', 'organization = "Acme Inc."  # the short name'),
        ("points = 2  # agreed in May", "points = 3  # agreed in May"),
    ]


def test_set_takes_all_or_nothing(run: Run, sample: Path) -> None:
    done = run("set", sample, "agreement.title=New", "scoring.rules.open.points=many")
    assert done.code == 2
    assert "scoring.rules.open.points" in done.err
    assert sample.read_text() == SAMPLE


def test_set_to_the_same_leaves_the_file_untouched(run: Run, sample: Path) -> None:
    before = sample.stat().st_mtime_ns
    assert run("set", sample, "commitments.call.within=2 weeks").code == 0
    assert (sample.read_text(), sample.stat().st_mtime_ns) == (SAMPLE, before)


def test_set_reaches_what_it_put_in_itself(run: Run, sample: Path) -> None:
    answers = ("scoring.groups=[{ id = 'fit' }]", "scoring.groups.fit.cap=10", "scoring.rules.open.group=fit")
    assert run("set", sample, *answers).code == 0
    assert run("get", sample, "scoring.groups.fit.cap").out == "10\n"


def test_nothing_after_the_equals_sign_clears(run: Run, sample: Path) -> None:
    assert run("set", sample, "agreement.organization=").code == 0
    assert "organization" not in sample.read_text()


def test_a_value_may_hold_an_equals_sign_and_spaces_stay_inside(run: Run, sample: Path) -> None:
    run("set", sample, "agreement.title=a = b")
    assert run("get", sample, "agreement.title").out == "a = b\n"


def test_set_tells_the_findings_it_leaves(run: Run, sample: Path) -> None:
    done = run("set", sample, "agreement.starts=2027-02-01", "agreement.ends=2027-01-01")
    assert done.code == 0
    assert done.out == ""
    assert "error: agreement.ends: it ends" in done.err
    assert f"{sample}:" in done.err
    assert "if_missed" not in done.err


@pytest.mark.parametrize("argument", ["agreement.title", "=x", ""])
def test_set_says_how_an_assignment_is_written(run: Run, sample: Path, argument: str) -> None:
    done = run("set", sample, argument)
    assert done.code == 2
    assert "KEY=VALUE" in done.err


def test_control_characters_in_a_value_never_reach_the_file_or_the_screen(run: Run, sample: Path) -> None:
    run("set", sample, "agreement.title=a\x1b]0;x\x07b\u202ec")
    assert run("get", sample, "agreement.title").out == "a]0;xbc\n"
    assert "\x1b" not in sample.read_text()


def test_add_prints_the_new_items_key(run: Run, sample: Path) -> None:
    done = run("add", sample, "scoring.rules", "label=Asks for a demo", "points=40", "when=country in US, CA")
    assert (done.code, done.out) == (0, "scoring.rules.asks-for-a-demo\n")
    assert run("get", sample, "scoring.rules.asks-for-a-demo.when").out == "country in US, CA\n"
    assert sample.read_text().startswith(SAMPLE.partition("[[commitments]]")[0].rstrip())


def test_nothing_after_the_equals_sign_never_takes_out_a_section(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    done = run("set", sample, "objective.scope=All", "scoring=")
    assert done.code == 2
    assert "sla-tui remove PATH scoring" in done.err
    assert sample.read_bytes() == before


def test_add_makes_the_section_its_list_is_in(run: Run, sample: Path) -> None:
    assert (
        run("add", sample, "stakeholders.teams", "name=SDR team", "party=sales").out == "stakeholders.teams.sdr-team\n"
    )


def test_add_puts_a_section_in_with_answers(run: Run, sample: Path) -> None:
    assert run("add", sample, "objective", "purpose=Better leads").out == "objective\n"
    assert run("get", sample, "objective.purpose").out == "Better leads\n"
    assert run("add", sample, "signatures").code == 0
    assert "[signatures]" in sample.read_text()


@pytest.mark.parametrize(
    "arguments",
    [
        ["scoring"],
        ["objective.success"],
        ["scoring.rules.open"],
        ["agreement.title"],
        ["scoring.rules", "id=open"],
        ["scoring.rules", "points=many"],
        ["scoring.rules", "nothing=1"],
        ["scoring.rules", "label"],
    ],
)
def test_add_refuses_what_cannot_be_added(run: Run, sample: Path, arguments: list[str]) -> None:
    done = run("add", sample, *arguments)
    assert (done.code, done.out) == (2, "")
    assert sample.read_text() == SAMPLE


def test_remove_takes_an_item_and_its_lines_out(run: Run, sample: Path) -> None:
    assert run("remove", sample, "scoring.rules.open").code == 0
    assert "agreed in May" not in sample.read_text()
    assert run("get", sample, "scoring.rules").out.startswith("scoring.rules.demo")


def test_remove_takes_a_section_or_an_answer_out(run: Run, sample: Path) -> None:
    assert run("remove", sample, "scoring").code == 0
    assert run("remove", sample, "agreement.organization").code == 0
    text = sample.read_text()
    assert "scoring" not in text
    assert "organization" not in text
    assert text.startswith("# ours, by hand\n")


@pytest.mark.parametrize("key", ["objective", "agreement.starts", "scoring.groups", "scoring.rules.open.id"])
def test_remove_of_what_is_not_there_or_must_stay_is_exit_2(run: Run, sample: Path, key: str) -> None:
    assert run("remove", sample, key).code == 2
    assert sample.read_text() == SAMPLE


def test_remove_says_which_answers_still_name_what_went(run: Run, sample: Path) -> None:
    run("set", sample, "commitments.call.applies_to=mql")
    done = run("remove", sample, "scoring.stages.mql")
    assert (done.code, done.out) == (0, "")
    assert "commitments.call.applies_to: " in done.err
    run("add", sample, "scoring.stages", "id=mql", "at=50")
    done = run("remove", sample, "scoring")
    assert done.code == 0
    assert "commitments.call.applies_to: still names what was in scoring" in done.err
    assert "Commitments › " in done.err
    assert run("remove", sample, "objective").code == 2


def test_removing_what_others_need_is_refused(run: Run, sample: Path) -> None:
    run("set", sample, "scoring.groups=[{ id = 'fit' }]", "scoring.rules.open.group=fit")
    done = run("remove", sample, "scoring.groups.fit")
    assert done.code == 2
    assert "fit" in done.err


def test_move_counts_from_one(run: Run, sample: Path) -> None:
    assert run("move", sample, "scoring.rules.demo", "1").code == 0
    assert run("get", sample, "scoring.rules").out.startswith("scoring.rules.demo")
    assert "points = 2  # agreed in May" in sample.read_text()
    assert run("move", sample, "scoring.rules.demo", "2").code == 0
    assert sample.read_text() == SAMPLE


@pytest.mark.parametrize("place", ["0", "3", "-1"])
def test_move_knows_its_places(run: Run, sample: Path, place: str) -> None:
    done = run("move", sample, "scoring.rules.demo", "--", place)
    assert done.code == 2
    assert "1 to 2" in done.err


def test_a_file_that_cannot_be_written_is_exit_2(run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sla_tui.record import saving

    def full(_descriptor: int, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "_write_all", full)
    done = run("set", sample, "agreement.title=New")
    assert done.code == 2
    assert "the disk is full" in done.err
    assert str(sample) in done.err
    assert sample.read_text() == SAMPLE
