"""The program as a whole: its help, its first word, how it ends when something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sla_tui.cli.starting
from sla_tui.cli.commands import front
from tests.cli.conftest import Run

PROGRAM = [sys.executable, "-c", "import sys; from sla_tui.cli import main; sys.exit(main())"]
HEAVY = ("textual", "pydantic", "duckdb", "numpy", "reportlab", "tomlkit", "platformdirs", "filelock")
COMMANDS = [
    *("open", "new", "templates", "get", "set", "add", "remove", "move"),
    *("check", "fmt", "consent", "ready", "import", "simulate", "sql", "suggest", "export", "sign", "verify"),
    *("status", "diff", "log", "schema", "completion", "git-setup", "merge-driver"),
]


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False, **options)


def test_help_fits_a_small_screen_and_names_every_command(run: Run) -> None:
    done = run("--help")
    lines = done.out.splitlines()
    assert done.code == 0
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
    listed = [line.split()[0] for line in lines[lines.index("Commands:") + 1 :]]
    assert listed == COMMANDS
    assert "..." not in done.out.partition("Commands:")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_in_a_sentence_what_it_does(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.code == 0
    said = [line.strip() for line in done.out.splitlines() if line.strip()]
    assert said[0].startswith(f"Usage: sla-tui {command}")
    assert said[1].endswith(".")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from sla_tui.cli import main; code = main(sys.argv[1:]);"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    for arguments in (["--help"], ["simulate", "--help"], ["--version"]):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        assert done.stderr.strip() == "[]"


def test_an_answer_is_read_without_the_screen_the_pages_or_the_database(sample: Path) -> None:
    code = (
        "import sys; from sla_tui.cli import main; code = main(sys.argv[1:]);"
        "print([n for n in ('textual', 'duckdb', 'numpy', 'reportlab') if n in sys.modules], file=sys.stderr)"
    )
    arguments = ["get", str(sample), "agreement.title"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("SLA\n", "[]\n")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("chekc", "did you mean 'check'?"),
        ("zzzz", "sla-tui --help"),
        ("start", "no command"),
        ("a.toml", "sla-tui open"),
    ],
)
def test_a_first_word_that_is_nothing_is_told_what_there_is(run: Run, tmp_path: Path, word: str, said: str) -> None:
    (tmp_path / "a.toml").write_text("")
    done = run(word)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("sla-tui: ")
    assert said in done.err
    assert done.err.count("\n") == 1


def test_a_first_word_that_is_a_folder_starts_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sla_tui.cli.starting, "_need_terminal", lambda what, _remedy: asked.append(what))
    monkeypatch.setattr("sla_tui.tui.app.run", lambda folder: asked.append(str(folder)) or 0)
    (tmp_path / "ours").mkdir()
    assert run("ours").code == 0
    assert run().code == 0
    assert asked == ["the start screen", "ours", "the start screen", "agreements"]


@pytest.mark.parametrize("arguments", [[], ["open", "."]])
def test_screens_ask_for_a_terminal(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert "needs a terminal" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["get"],
        ["get", "--nope", "x"],
        ["--nope"],
        ["export", "x", "--format", "odt"],
        ["export", "x", "--format", "md", "--paper", "a4"],
        ["export", "x", "-o", "x.docx", "--esign", "ink"],
        ["export", "x", "-o", "x.html", "--large"],
        ["export", "x", "--paper", "a5"],
        ["check"],
        ["check", "--format", "xml", "x"],
        ["move", "x", "y", "first"],
        ["set", "x"],
        ["simulate", "x", "--as-of", "yesterday"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("sla-tui: ")
    assert done.err.count("\n") == 1
    assert "--help" in done.err


class Unforeseen(Exception):
    """A bug."""


@pytest.fixture
def bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """``templates`` fails as no command should."""

    def fail(*_arguments: object) -> None:
        try:
            raise KeyError("the lead's name")
        except KeyError as error:
            raise Unforeseen("the agreement's words") from error

    monkeypatch.setattr(front.commands["templates"], "callback", fail)


@pytest.mark.usefixtures("bug")
def test_a_bug_is_one_line_and_a_report_without_anybodys_text(run: Run, state: Path) -> None:
    done = run("templates")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "Unforeseen" in done.err
    (report,) = (state / "crashes").iterdir()
    assert str(report) in done.err
    text = report.read_text()
    assert "builtins.KeyError" in text
    assert "sla_tui/cli/failures.py" in text
    for private in ("the lead's name", "the agreement's words", str(Path.home()), str(Path.cwd())):
        assert private not in text
        assert private not in done.err.replace(str(report), "")


@pytest.mark.usefixtures("bug")
@pytest.mark.parametrize("arguments", [["--debug", "templates"], ["templates", "--debug"]])
def test_debug_shows_the_bug(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert "Traceback" in done.err
    assert "the agreement's words" in done.err


@pytest.mark.usefixtures("bug")
def test_a_bug_is_told_even_where_no_report_can_be_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SLA_TUI_STATE", str(tmp_path / "file"))
    done = run("templates")
    assert done.code == 2
    assert "no report could be written" in done.err


@pytest.mark.parametrize("how", [KeyboardInterrupt(), RuntimeError("Query interrupted")])  # the other one is DuckDB's
def test_stopping_a_command_is_silent(run: Run, monkeypatch: pytest.MonkeyPatch, how: BaseException) -> None:
    def stop() -> None:
        raise how

    monkeypatch.setattr(front.commands["templates"], "callback", stop)
    done = run("templates")
    assert (done.code, done.out, done.err.strip()) == (130, "", "")


def test_nobody_reading_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PROGRAM, "schema"], stdout=write, stderr=subprocess.PIPE, text=True, timeout=60, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_terminal_that_knows_few_letters_gets_what_it_can_show(sample: Path) -> None:
    sample.write_text('[agreement]\ntitle = "Zürich \N{FIRE}"\n', "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = process("get", str(sample), "agreement.title", env=environment, encoding="latin-1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Zürich ?\n", "")


@pytest.mark.parametrize("command", ["get", "check", "export", "simulate", "schema"])
def test_a_path_with_nothing_there_is_exit_2(run: Run, command: str) -> None:
    done = run(command, "nowhere")
    assert done.code == 2
    assert "nowhere" in done.out + done.err


@pytest.mark.parametrize(
    ("data", "place", "said"),
    [
        (b"[agreement\n", "1:", ""),
        (b'[agreement]\ntitle = "a"\ntitle = "b"\n', "3:", "second time"),
        (b"[agreement]\ntitel = 'x'\n", "2:", 'did you mean "title"?'),
        (b"[agreement]\nstarts = 'soon'\n", "2:", "2027-01-31"),
        (b"[agreement]\ntitle = 4\n", "2:", ""),
        (b"[scoring]\n[[scoring.rules]]\nid='a'\n[[scoring.rules]]\nid='a'\n", "5:", "twice"),
        (b"[scoring]\n[[scoring.rules]]\nlabel='a'\n", "2:", "id"),
        (b"[scoring]\n[[scoring.rules]]\nid='a'\ngroup='g'\n", "4:", "group"),
        (b"[agreement]\ntitle = '\x1b]0;owned\x07'\n", "2:", ""),
        (b"[agreement]\ntitle = '\xe4'\n", "2:", "UTF-8"),
        ("[agreement]\ntitle = 'x'\n".encode("utf-16"), "1:", "UTF-16"),
        (b"[agreement]\nformat = 2\n", "2:", "newer"),
        (b"a = " + b"[" * 9000, "1:", ""),
        (b"\0" * 100, "1:", ""),
    ],
)
@pytest.mark.parametrize("command", ["get", "set", "check", "export", "simulate"])
def test_a_broken_file_is_told_with_its_place_and_stays(
    run: Run, sample: Path, command: str, data: bytes, place: str, said: str
) -> None:
    sample.write_bytes(data)
    more = ["agreement.title=New"] if command == "set" else []
    done = run(command, sample, *more)
    printed = done.out + done.err
    assert done.code == 2
    assert f"{sample}:{place}" in printed
    assert said in printed
    assert not [letter for letter in printed if ord(letter) < 32 and letter != "\n"]
    assert "Traceback" not in printed
    assert sample.read_bytes() == data


def test_five_megabytes_of_agreement_are_read_or_refused_in_words(run: Run, sample: Path) -> None:
    rules = "".join(f'[[scoring.rules]]\nid = "r{n}"\nlabel = "{"x" * 400}"\npoints = {n % 9}\n' for n in range(11_000))
    sample.write_text(f"[scoring]\n{rules}")
    assert sample.stat().st_size > 4_900_000
    done = run("get", sample, "scoring.rules.r10999.points")
    assert (done.code, done.out) == (0, f"{10_999 % 9}\n")


@pytest.mark.parametrize("command", ["get", "check", "open", "simulate", "export", "new"])
def test_a_name_the_system_does_not_take_is_the_users_error(run: Run, command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path / ("x" * 300))
    assert done.code == 2
    assert "bug" not in done.err
    assert "too long" in done.out + done.err or "needs a terminal" in done.err


def test_a_folder_that_may_not_be_looked_into_is_the_users_error(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_dir", refused)
    monkeypatch.setattr(Path, "stat", lambda path, **_: refused(path))
    done = run("check", sample.parent)
    assert (done.code, done.err) == (2, "")
    assert "permission is denied" in done.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("command", [["templates"], ["schema"], ["check", "{}", "--format", "json"]])
def test_output_to_a_full_disk_is_the_users_error(sample: Path, command: list[str]) -> None:
    words = [word.format(sample) for word in command]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert done.returncode == 2
    assert (
        done.stderr
        == "sla-tui: standard output: cannot write it: the disk is full; free some space; nothing was lost\n"
    )


def test_a_shell_completes_commands_options_and_files(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    script = run("completion", "bash")
    assert (script.code, "_SLA_TUI_COMPLETE=bash_complete" in script.out) == (0, True)

    def offered(*words: str) -> list[str]:
        monkeypatch.setenv("_SLA_TUI_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(words))
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        done = run()
        assert done.code == 0
        return done.out.split()

    assert offered("sla-tui", "exp") == ["plain,export"]
    assert "plain,--against" in offered("sla-tui", "export", "--a")
    assert offered("sla-tui", "export", "--format", "d") == ["plain,docx"]
    assert offered("sla-tui", "export", "agr") == ["file,agr"]
