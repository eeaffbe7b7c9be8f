"""Killed at any instant: ``sla-tui set`` at every call that touches the file, an open workshop while somebody types.

The sweep of calls needs strace. The suite kills where the file's name or content changes;
``HYPOTHESIS_PROFILE=deep`` kills at every call.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.benchmarks.terminal import Terminal
from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
TOKEN = "0badcafe"
COMMAND = f"""
import secrets, sys
secrets.token_hex = lambda count: {TOKEN!r}
from sla_tui.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""The command, its temporary under a name that strace can be told."""
DECISIVE = ("write", "fsync", "rename", "renameat", "renameat2", "fchmod")


def traceable() -> bool:
    strace = shutil.which("strace")
    return bool(strace) and subprocess.run([strace, "-o", "/dev/null", "true"], check=False).returncode == 0


def tracing(sample: Path, log: Path, inject: str, *command: str) -> list[str]:
    """What runs the command with every call that touches the agreement, its temporary or its folder in ``log``."""
    paths = (sample, sample.with_name(f".{sample.name}.{TOKEN}.tmp"), sample.parent)
    watched = [part for path in paths for part in ("-P", os.fspath(path))]
    told = ["strace", "-f", "-qq", "-o", os.fspath(log), *watched, *(("-e", inject) if inject else ())]
    return [*told, sys.executable, "-c", COMMAND, *command]


def traced(sample: Path, log: Path, inject: str = "") -> subprocess.CompletedProcess[bytes]:
    """Sets the title so, and what came of it."""
    setting = ("set", os.fspath(sample), "agreement.title=The new title")
    return subprocess.run(tracing(sample, log, inject, *setting), capture_output=True, check=False)


def calls(log: Path) -> list[tuple[str, int]]:
    """The calls of a log, each with how many of its name came before in its thread, itself counted."""
    made: list[tuple[str, int]] = []
    counts: Counter[tuple[str, str]] = Counter()
    for found in re.finditer(r"(?m)^(\d+) +(\w+)\(", log.read_text("utf-8", "replace")):
        counts[found[1], found[2]] += 1
        made.append((found[2], counts[found[1], found[2]]))
    return list(dict.fromkeys(made))


def title(file: Path) -> str:
    """The title that a whole file holds; an error when it is torn."""
    return tomllib.loads(file.read_text("utf-8"))["agreement"]["title"]


@pytest.mark.skipif(not traceable(), reason="needs strace")
def test_set_killed_at_a_call_leaves_the_old_file_or_the_new_one(sample: Path, tmp_path: Path, run: Run) -> None:
    old, log = sample.read_bytes(), tmp_path / "calls"
    assert traced(sample, log).returncode == 0
    new = sample.read_bytes()
    assert title(sample) == "The new title"
    made = calls(log)
    assert {name for name, _ in made} >= {"write", "fsync"}
    seen: Counter[bytes] = Counter()
    for name, at in made:
        if not DEEP and name not in DECISIVE:
            continue
        sample.write_bytes(old)
        done = traced(sample, log, f"inject={name}:signal=KILL:when={at}")
        assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), (name, at)
        assert sample.read_bytes() in (old, new), (name, at)
        seen[sample.read_bytes()] += 1
        assert run("set", sample, "agreement.title=After that").code == 0
        assert title(sample) == "After that"
        assert not list(sample.parent.glob(".*.tmp")), (name, at)
    assert seen[old]
    assert seen[new]


@pytest.mark.skipif(not traceable(), reason="needs strace")
@pytest.mark.parametrize(
    ("name", "error"),
    [("write", "ENOSPC"), ("write", "EIO"), ("fsync", "EIO"), ("/rename", "EIO"), ("/rename", "EROFS")],
)
def test_set_refused_by_the_disk_says_so_and_leaves_the_old_file(
    sample: Path, tmp_path: Path, name: str, error: str
) -> None:
    old = sample.read_bytes()
    done = traced(sample, tmp_path / "calls", f"inject={name}:error={error}")
    assert done.returncode not in (0, -signal.SIGKILL)
    assert b"Traceback" not in done.stderr
    assert sample.name.encode() in done.stderr
    assert sample.read_bytes() == old
    assert not list(sample.parent.glob(".*.tmp"))


def opened(sample: Path, state: Path, command: list[str] | None = None) -> Terminal:
    command = command or [sys.executable, "-c", COMMAND, "open", os.fspath(sample)]
    terminal = Terminal(f"import os; os.execvp({command[0]!r}, {command!r})", os.fspath(state))
    terminal.until(b"next open")
    os.write(terminal.handle, b"\r")
    terminal.until(b"leave")
    return terminal


def typed(terminal: Terminal, letters: str) -> None:
    for letter in letters:
        os.write(terminal.handle, letter.encode())
        terminal.read(0.01)


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.15, 0.2, 0.3] if DEEP else [0.0, 0.2])
def test_a_workshop_killed_while_somebody_types_leaves_a_whole_file(sample: Path, state: Path, pause: float) -> None:
    before = title(sample)
    with opened(sample, state) as terminal:
        typed(terminal, "QXZ")
        until_on_disk(sample, before + "QXZ", terminal)
        typed(terminal, "WVK")
        time.sleep(pause)
    assert title(sample) in {before + "QXZWVK"[:count] for count in range(3, 7)}
    assert_opens_again(sample, state)


@pytest.mark.parametrize("first", ["", "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP}); "])
def test_a_closed_terminal_saves_and_ends_also_when_no_signal_tells_of_it(
    sample: Path, state: Path, first: str
) -> None:
    before = title(sample)
    terminal = opened(sample, state, [sys.executable, "-c", first + COMMAND, "open", os.fspath(sample)])
    typed(terminal, "QXZ")
    terminal.settle(0.2)
    os.close(terminal.handle)
    _, status = os.waitpid(terminal.child, 0)
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
    assert title(sample) == before + "QXZ"


@pytest.mark.skipif(not traceable(), reason="needs strace")
@pytest.mark.parametrize("name", ["write", "fchmod", "fsync", "/rename"] if DEEP else ["/rename"])
@pytest.mark.parametrize("at", [1, 2, 3] if DEEP else [2])
def test_a_workshop_killed_at_a_call_of_its_saving_leaves_a_whole_file(
    sample: Path, state: Path, tmp_path: Path, name: str, at: int
) -> None:
    """Its first saves go well; what was on disk once stays there whatever happens to the next."""
    before = title(sample)
    killing = f"inject={name}:signal=KILL:when={at}"
    typed_so_far = saved = ""
    command = tracing(sample, tmp_path / "calls", killing, "open", os.fspath(sample))
    with contextlib.suppress(OSError), opened(sample, state, command) as terminal:
        for letter in "QXZWVKJQXZWVKJ":
            typed_so_far += letter
            typed(terminal, letter)
            terminal.settle(0.5)
            saved = title(sample).removeprefix(before)
        pytest.fail("nothing ended it")
    assert title(sample) in (before + saved, before + typed_so_far)
    assert_opens_again(sample, state)


def until_on_disk(sample: Path, wanted: str, terminal: Terminal) -> None:
    for _ in range(600):
        if title(sample) == wanted:
            return
        terminal.read(0.05)
    pytest.fail(f"never on disk: {wanted}")


def assert_opens_again(sample: Path, state: Path) -> None:
    wanted = title(sample) + "M"
    with opened(sample, state) as terminal:
        typed(terminal, "M")
        until_on_disk(sample, wanted, terminal)
    assert not list(sample.parent.glob(".*.tmp"))
