"""suggest: rules from past outcomes for people, programs and the agreement's file."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def leads(signal: bool) -> str:
    dice = random.Random(3)
    lines = ["id,demo_request,email_open,lead quality,won"]
    for at in range(500):
        demos, opens = dice.choice([0, 0, 0, 1]), dice.randint(0, 6)
        won = dice.random() < (0.1 + 0.5 * demos + 0.05 * opens if signal else 0.3)
        quality = "high" if won == (dice.random() < 0.9) else "low"
        lines.append(f"{at},{demos},{opens},{quality if signal else '='},{'yes' if won else 'no'}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(sample: Path) -> Path:
    (sample.parent / "leads.csv").write_text(leads(signal=True))
    return sample.parent


def test_text_says_what_it_comes_to_within_80_columns(run: Run, folder: Path) -> None:
    done = run("suggest", folder, "--outcome", "won", "--capacity", "20/week", "--rules", "3")
    assert (done.code, done.err) == (0, "")
    first = " ".join(done.out.split("\n\n")[0].split())
    assert "rules learned from 500 leads with an outcome" in first
    assert "by today's rules in" in first
    assert max(map(len, done.out.splitlines())) <= 80
    assert "lead quality" in done.out.split("Left out")[1]
    assert "no threshold by capacity" in " ".join(done.out.split())


def test_json_has_the_rules_the_ranges_and_what_was_left_out(run: Run, folder: Path) -> None:
    arguments = ("suggest", folder, "--outcome", "won", "--seed", "7", "--format", "json")
    done = run(*arguments)
    document = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert document["signal"]
    assert document["outcome"]["known"] == 500
    assert document["cross_validated"]["auc"]["low"] < document["cross_validated"]["auc"]["value"]
    assert document["cross_validated"]["today"]["value"] > 0.5
    assert [(one["column"], one["left_out"]) for one in document["suspects"]] == [("lead quality", True)]
    assert all(abs(one["rule"]["points"]) <= 20 and "flags" in one for one in document["rules"])
    assert run(*arguments).out == done.out


@pytest.mark.parametrize("beside", [True, False])
def test_toml_pasted_into_the_agreement_is_simulated(run: Run, sample: Path, folder: Path, beside: bool) -> None:
    proposed = run("suggest", folder, "--outcome", "won", "--format", "toml").out
    text = sample.read_text()
    if not beside:
        start, end = text.index("[[scoring.rules]]"), text.index("[[commitments]]")
        text = text[:start] + text[end:]
    sample.write_text(f"{text}\n{proposed}")
    done = run("simulate", folder, "--outcome", "won", "--format", "json")
    assert (done.code, done.err) == (0, "")
    fired = {one["id"]: one["leads"] for one in json.loads(done.out)["rules"]}
    assert ("open" in fired) is beside
    for block in proposed.split("\n\n")[1:]:
        name = block.split('id = "')[1].split('"')[0]
        assert f"# fires on {fired[name]} leads" in block


def test_without_a_signal_it_says_so_and_proposes_nothing(run: Run, folder: Path) -> None:
    (folder / "leads.csv").write_text(leads(signal=False))
    done = run("suggest", folder, "--outcome", "won")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("No rules are proposed")
    pasted = run("suggest", folder, "--outcome", "won", "--format", "toml").out
    assert all(line.startswith("#") for line in pasted.splitlines())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--outcome", "wno"), "no column for the outcome 'wno'; did you mean 'won'?"),
        ((), "no column is named that says which leads were won; name it with --outcome"),
        (("--outcome", "won", "--without", "demo_reqest"), "did you mean 'demo_request'?"),
        (("--outcome", "won", "--capacity", "many"), "'many' is no number of leads a week, such as 50/week"),
        (("--outcome", "won", "--leads", "none.csv"), "none.csv"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_words(run: Run, folder: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run("suggest", folder, *arguments)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert "Traceback" not in done.err
