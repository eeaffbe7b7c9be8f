"""Starting from a bare checkout: the environment is made once, kept up to date, and nobody else's is touched."""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sla_tui import __main__, bootstrap
from sla_tui.bootstrap import STAMP, Environment, Failed

ROOT = Path(__file__).parents[2]
PROJECT = b"""\
[project]
name = "sla-tui"
dependencies = ["click>=8", "Tom.L_Kit ; python_version > '3'"]
optional-dependencies = { dev = ["pytest[x]==8.0"] }
"""


class Started(BaseException):
    """The process was started again."""


class Machine:
    """What a bootstrap does to the machine, written down instead of done."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.home = root / ".venv"
        self.ran: list[tuple[str, ...]] = []
        self.fails: dict[str, str] = {}
        self._patch = monkeypatch
        monkeypatch.setattr(bootstrap, "_run", self._run)
        monkeypatch.setattr(os, "execv", self._execv)
        monkeypatch.setattr(sys, "prefix", "/usr")
        monkeypatch.setattr(sys, "base_prefix", "/usr")
        monkeypatch.setattr(importlib.util, "find_spec", lambda _name: True)
        monkeypatch.setattr(sys, "path", [str(root / "packages")])
        monkeypatch.setattr(sys, "orig_argv", ["python3", "-m", "sla_tui", "check", "a b"])
        monkeypatch.delenv("SLA_TUI_VENV", raising=False)
        monkeypatch.delenv("SLA_TUI_INSIDE", raising=False)

    def _run(self, *arguments: str) -> str | None:
        self.ran.append(arguments)
        if arguments[:2] == ("-m", "venv") and arguments[1] not in self.fails:
            (self.home / "bin").mkdir(parents=True, exist_ok=True)
            (self.home / "bin" / "python").touch()
            (self.home / "pyvenv.cfg").touch()
        return self.fails.get(arguments[1])

    def _execv(self, _path: str, arguments: list[str]) -> None:
        self.started = arguments
        raise Started

    def installs(self, *names: str) -> None:
        """Puts packages on this interpreter's path."""
        for name in names:
            (self.root / "packages" / f"{name}.dist-info").mkdir(parents=True)

    def inside(self) -> None:
        """This interpreter is the environment's."""
        self.home.mkdir(exist_ok=True)
        self._patch.setattr(sys, "prefix", str(self.home))

    def enter(self, extra: str = "", project: bytes = PROJECT) -> None:
        """Asks for what the project needs."""
        Environment(self.root, project, extra).enter()


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def test_an_installed_program_has_what_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no() -> Environment:
        raise AssertionError

    monkeypatch.setattr(bootstrap, "Environment", no)
    monkeypatch.setattr(bootstrap, "__file__", str(tmp_path / "site-packages" / "sla_tui" / "bootstrap.py"))
    bootstrap.ready()
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "pyproject.toml").write_text('[project]\nname = "another"\n')
    bootstrap.ready()


def test_a_bare_machine_gets_an_environment_and_goes_on_in_it(machine: Machine) -> None:
    with pytest.raises(Started):
        machine.enter()
    assert machine.ran == [("-m", "venv", str(machine.home))]
    assert machine.started == [str(machine.home / "bin" / "python"), "-m", "sla_tui", "check", "a b"]


def test_inside_a_new_environment_the_rest_is_installed_once(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Started):
        machine.enter()
    machine.inside()
    with pytest.raises(Started):
        machine.enter()
    pip = machine.ran[-1]
    assert pip[:3] == ("-m", "pip", "install")
    assert pip[-2:] == ("--editable", str(machine.root))
    machine.ran.clear()
    machine.enter()
    assert machine.ran == []
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "a minute or two" in printed.err


def test_tests_ask_for_more_and_have_the_rest_with_it(machine: Machine) -> None:
    machine.inside()
    with pytest.raises(Started):
        machine.enter("dev")
    assert machine.ran[-1][-1] == f"{machine.root}[dev]"
    machine.enter("dev")
    machine.enter()
    assert len(machine.ran) == 1


@pytest.mark.parametrize("extra", ["", "dev"])
def test_a_changed_project_brings_it_up_to_date(machine: Machine, extra: str) -> None:
    machine.inside()
    with pytest.raises(Started):
        machine.enter(extra)
    with pytest.raises(Started):
        machine.enter("", PROJECT + b"# more\n")
    assert machine.ran[-1][-1] == f"{machine.root}[dev]" if extra else str(machine.root)
    machine.enter(extra, PROJECT + b"# more\n")


def test_another_python_in_the_environment_installs_again(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.inside()
    with pytest.raises(Started):
        machine.enter()
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    with pytest.raises(Started):
        machine.enter()


def test_an_interpreter_that_has_everything_is_used_as_it_is(machine: Machine) -> None:
    machine.installs("click-8.1", "tom_l_kit-1.0")
    machine.enter()
    assert machine.ran == []
    with pytest.raises(Started):
        machine.enter("dev")


def test_somebodys_own_environment_is_used_even_beside_ours(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine.home / "bin").mkdir(parents=True)
    (machine.home / "bin" / "python").touch()
    machine.installs("Click-8.1", "Tom.L.Kit-1.0", "pytest-8.0")
    monkeypatch.setattr(sys, "prefix", "/home/somebody/env")
    machine.enter("dev")
    assert machine.ran == []


def test_an_environment_made_by_hand_is_only_filled_when_something_lacks(machine: Machine) -> None:
    machine.inside()
    machine.installs("click-8.1", "tom_l_kit-1.0")
    machine.enter()
    assert machine.ran == []
    with pytest.raises(Started):
        machine.enter("dev")
    assert machine.ran[0][:3] == ("-m", "pip", "install")


def test_another_place_can_be_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.installs("click-8.1", "tom_l_kit-1.0")
    monkeypatch.setenv("SLA_TUI_VENV", str(machine.root / "elsewhere"))
    machine.home = machine.root / "elsewhere"
    with pytest.raises(Started):
        machine.enter()
    assert machine.started[0] == str(machine.root / "elsewhere" / "bin" / "python")


def test_a_folder_that_is_no_environment_is_left_alone(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine.root / "papers").mkdir()
    (machine.root / "papers" / "thesis.txt").touch()
    monkeypatch.setenv("SLA_TUI_VENV", str(machine.root / "papers"))
    with pytest.raises(Failed, match="no virtual environment"):
        machine.enter()
    assert machine.ran == []


def test_an_environment_whose_python_is_gone_is_made_anew(machine: Machine) -> None:
    machine.home.mkdir()
    (machine.home / "pyvenv.cfg").touch()
    with pytest.raises(Started):
        machine.enter()
    assert machine.ran == [("-m", "venv", "--clear", str(machine.home))]


def test_it_never_goes_round_in_circles(machine: Machine) -> None:
    with pytest.raises(Started):
        machine.enter()
    with pytest.raises(Failed, match="works"):
        machine.enter()


@pytest.mark.parametrize(
    ("command", "printed", "said"),
    [
        ("venv", "Error: [Errno 13] Permission denied: '.venv'", "SLA_TUI_VENV"),
        ("venv", "ensurepip is not available", "apt install python3-venv"),
        (
            "pip",
            "WARNING: Retrying (Retry(total=4)) after connection broken\nERROR: No matching distribution",
            "network",
        ),
        ("pip", "some lines\nERROR: it needs a compiler\nmore", "it needs a compiler"),
        ("pip", "", "no reason given"),
    ],
)
def test_what_cannot_be_made_is_said_with_what_to_do(machine: Machine, command: str, printed: str, said: str) -> None:
    machine.fails[command] = printed
    if command == "pip":
        machine.inside()
    with pytest.raises(Failed) as caught:
        machine.enter()
    assert str(caught.value.code).startswith("sla-tui: ")
    assert said in str(caught.value.code)
    assert not (machine.home / STAMP).exists()
    machine.fails.clear()
    with pytest.raises(Started):
        machine.enter()


def test_a_python_without_venv_names_the_package(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(Failed, match="apt install python3-venv"):
        machine.enter()


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "hexversion", 0x03080AF0)
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed"):
        __main__.enter()


@pytest.mark.parametrize(
    "file", ["sla_tui/__init__.py", "sla_tui/__main__.py", "tests/__init__.py", "tests/__main__.py"]
)
def test_an_old_python_can_read_what_tells_it_so(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    tree = ast.parse(text, feature_version=(3, 4))
    assert "__future__" not in text
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.NamedExpr | ast.AnnAssign)]


def test_the_fast_path_imports_nothing_but_the_standard_librarys_basics(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.inside()
    with pytest.raises(Started):
        machine.enter()

    def no(name: str, *_arguments: object) -> object:
        raise AssertionError(name)

    checked: Callable[..., object] = machine.enter
    monkeypatch.setattr("builtins.__import__", no)
    checked()
