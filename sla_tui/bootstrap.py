"""Makes the environment that a checkout runs in, with nothing but the standard library."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STAMP = "sla-tui-environment"
"""The file in an environment of ours that says what was installed into it."""

_INSIDE = "SLA_TUI_INSIDE"
_NO_VENV = (
    "this Python cannot make virtual environments (venv or ensurepip is missing); "
    "on Debian and Ubuntu: apt install python3-venv"
)
_OFFLINE = ("retrying (", "connection error", "connectionerror", "name resolution", "timed out", "proxy")


class Failed(SystemExit):
    """The environment cannot be made; says why and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(f"sla-tui: {words}")


def ready(extra: str = "") -> None:
    """Returns once this process has what it needs; else sees to that and starts the process again where it has.

    ``extra`` names the optional dependencies that are wanted too. A program that is installed, not run from a
    checkout, has what it needs. Raises ``Failed``.
    """
    root = Path(__file__).resolve().parent.parent
    try:
        project = (root / "pyproject.toml").read_bytes()
    except OSError:
        return
    if b'name = "sla-tui"' in project:
        Environment(root, project, extra).enter()


class Environment:
    """The virtual environment of one checkout: ``.venv`` in it, or where SLA_TUI_VENV says."""

    def __init__(self, root: Path, project: bytes, extra: str) -> None:
        named = os.environ.get("SLA_TUI_VENV")
        self._root = root
        self._project = project
        self._extra = extra
        self._named = bool(named)
        self._home = Path(named).expanduser().absolute() if named else root / ".venv"
        self._python = self._home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def enter(self) -> None:
        """Returns when this process runs where everything is; else sees to it and does not return."""
        came_back = os.environ.pop(_INSIDE, "") == str(self._home)
        if os.path.realpath(sys.prefix) == os.path.realpath(self._home):
            if self._current() or (self._stamp() is None and self._installed()):
                return
            with _one_at_a_time(self._root):
                if not self._current():
                    self._install()
        elif self._chosen() and self._installed():
            return
        elif came_back:
            raise Failed(f"{self._home} is no virtual environment that works; remove it and start again")
        elif not self._python.exists():
            with _one_at_a_time(self._root):
                if not self._python.exists():
                    self._make()
        self._start_again()

    def _chosen(self) -> bool:
        """Whether somebody meant this interpreter: it is in an environment of theirs, or there is none of ours yet."""
        return not self._named and (sys.prefix != sys.base_prefix or not self._python.exists())

    def _stamp(self) -> bytes | None:
        """What was installed: Python's version and the extra on one line, then the pyproject.toml; None: not by us."""
        try:
            return (self._home / STAMP).read_bytes()
        except OSError:
            return None

    def _said(self, extra: str) -> bytes:
        return b"%d.%d %s\n%s" % (*sys.version_info[:2], extra.encode(), self._project)

    def _current(self) -> bool:
        return self._stamp() in {self._said(extra) for extra in (self._extra, "dev")}

    def _installed(self) -> bool:
        """Whether all the project asks for is on this interpreter's path, whoever put it there."""
        import tomllib

        project = tomllib.loads(self._project.decode())["project"]
        wanted = [*project["dependencies"], *(project["optional-dependencies"][self._extra] if self._extra else ())]
        there = {_plain(name) for folder in sys.path for name in _distributions(folder)}
        return {_plain(_name(one)) for one in wanted} <= there

    def _make(self) -> None:
        from importlib.util import find_spec

        if find_spec("venv") is None or find_spec("ensurepip") is None:
            raise Failed(_NO_VENV)
        ours = (self._home / "pyvenv.cfg").exists()
        if not ours and self._home.is_dir() and any(self._home.iterdir()):
            raise Failed(f"{self._home} is no virtual environment; name another folder in SLA_TUI_VENV")
        _say(f"making the virtual environment {self._home}")
        failed = _run("-m", "venv", *(["--clear"] if ours else []), str(self._home))
        if failed is not None:
            fix = "name a folder that can be written in SLA_TUI_VENV" if "Permission" in failed else _NO_VENV
            raise Failed(f"cannot make {self._home}: {_last_line(failed)}; {fix}")
        (self._home / STAMP).write_bytes(b"made\n")

    def _install(self) -> None:
        from importlib.util import find_spec

        had_dev = (self._stamp() or b"").partition(b"\n")[0].endswith(b" dev")
        extra = "dev" if had_dev else self._extra
        _say(f"installing what it needs into {self._home}; this takes a minute or two, once")
        if find_spec("pip") is None and _run("-m", "ensurepip") is not None:
            raise Failed(_NO_VENV)
        target = f"{self._root}[{extra}]" if extra else str(self._root)
        options = ("--quiet", "--disable-pip-version-check", "--no-input", "--no-warn-script-location")
        failed = _run("-m", "pip", "install", *options, "--editable", target)
        if failed is not None:
            raise Failed(f"cannot install what it needs: {_why(failed)}")
        (self._home / STAMP).write_bytes(self._said(extra))

    def _start_again(self) -> None:
        os.environ[_INSIDE] = str(self._home)
        sys.stdout.flush()
        sys.stderr.flush()
        arguments = [str(self._python), *sys.orig_argv[1:]]
        if os.name == "nt":
            import subprocess

            raise SystemExit(subprocess.call(arguments))
        os.execv(arguments[0], arguments)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """One process at a time makes or fills an environment; the lock is on a folder, so that no file is left."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _name(requirement: str) -> str:
    """``textual`` of ``textual>=8.2``."""
    return next((requirement[:i] for i, letter in enumerate(requirement) if letter in " <>=!~;["), requirement)


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


def _distributions(folder: str) -> Iterator[str]:
    """The names of what is installed in one folder of the path."""
    try:
        names = [entry.name for entry in Path(folder).iterdir() if entry.name.endswith(".dist-info")]
    except OSError:
        return
    yield from (name.removesuffix(".dist-info").rpartition("-")[0] for name in names)


def _run(*arguments: str) -> str | None:
    """Runs this Python with ``arguments``; None when that went well, else what it printed."""
    import subprocess

    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except KeyboardInterrupt:
        raise Failed("stopped; the next start goes on from here") from None
    return done.stdout.decode("utf-8", "replace") if done.returncode else None


def _why(printed: str) -> str:
    """What pip printed, in a sentence with what to do."""
    if any(word in printed.lower() for word in _OFFLINE):
        return "the package index could not be reached; check the network connection, the proxy and pip's settings"
    return _last_line(printed)


def _last_line(printed: str) -> str:
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    last = (errors or lines or ["no reason given"])[-1]
    return "".join(letter for letter in last if letter.isprintable())


def _say(words: str) -> None:
    sys.stderr.write(f"sla-tui: {words}\n")
    sys.stderr.flush()
