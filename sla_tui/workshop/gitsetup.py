"""What makes git merge and show agreements by their answers: planned, shown, written, and taken out again."""

from __future__ import annotations

import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from sla_tui.agreement.errors import Place, UserError
from sla_tui.record.files import Stored, read
from sla_tui.record.git import Checkout, NoHistory, failed
from sla_tui.record.saving import save

ATTRIBUTES = (
    "# Merged answer by answer in checkouts where `sla-tui git-setup` was run; elsewhere line by line, as ever.",
    "agreement.toml merge=sla-tui diff=sla-tui",
    "leads.toml merge=sla-tui diff=sla-tui",
    "**/quotas/*.toml merge=sla-tui diff=sla-tui",
    "**/sittings/*.toml merge=sla-tui diff=sla-tui",
)
"""The lines of .gitattributes, which the whole team shares."""
_HUNKS = r"""^[[:space:]]*(\[\[?[]A-Za-z0-9_."' -]+\])[[:space:]]*(#.*)?$"""
"""What names a hunk in a diff: the nearest table above it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of this checkout: what it is now and what it is to be; None for not set."""

    key: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Setup:
    """What is to be written: the lines that come into .gitattributes or go from it, and settings of the checkout."""

    checkout: Checkout
    added: tuple[str, ...]
    removed: tuple[str, ...]
    settings: tuple[Setting, ...]

    @property
    def attributes(self) -> Path:
        """The file at the top of the checkout that says how git treats which files."""
        return self.checkout.root / ".gitattributes"

    @property
    def nothing(self) -> bool:
        """Whether all is as it should be."""
        return not (self.added or self.removed or self.settings)

    def write(self) -> None:
        """Writes it. Raises ``UserError``."""
        if self.added or self.removed:
            _rewrite(self.attributes, self.added, self.removed)
        for one in self.settings:
            value = ("--unset-all", one.key) if one.new is None else ("--replace-all", one.key, one.new)
            done = self.checkout.run("config", "--local", *value, english=False)
            if done.code:
                raise failed(done, f"set {one.key}")


def setup(folder: Path, remove: bool = False) -> Setup:
    """What git-setup is to write in the checkout that ``folder`` lies in, or with ``remove`` to take out of it.

    Raises ``UserError`` where there is no checkout, or no git.
    """
    checkout = _checkout(folder)
    there = _lines(_stored(checkout.root / ".gitattributes"))
    wanted = _settings()
    settings = (Setting(key, _setting(checkout, key), None if remove else wanted[key]) for key in wanted)
    changed = tuple(one for one in settings if one.old != one.new)
    if remove:
        return Setup(checkout, (), tuple(line for line in ATTRIBUTES if line in there), changed[::-1])
    return Setup(checkout, tuple(line for line in ATTRIBUTES if line not in there), (), changed)


def _checkout(folder: Path) -> Checkout:
    if shutil.which("git") is None:
        raise UserError("git is not installed", "install it, then run this again")
    try:
        return Checkout.around(folder)
    except NoHistory as error:
        remedy = "go to the folder your agreements are in; git init makes one"
        raise UserError("this folder is in no git checkout", remedy, Place(str(folder))) from error


def _settings() -> dict[str, str]:
    """The settings, in the order in which they may come to be: a driver with a name and no command is an error."""
    return {
        "merge.sla-tui.driver": driver(),
        "merge.sla-tui.name": "agreements, answer by answer",
        "diff.sla-tui.xfuncname": _HUNKS,
    }


def driver() -> str:
    """The command that git runs for a file that both sides changed.

    Where the program cannot be run any more, lines are merged as git does without it. One that is there and broken ends
    with 1, as a merge with conflicts does, so whether it runs at all is tried first.
    """
    program = " ".join(_program())
    ours = f"{program} merge-driver %O %A %B %L %P"
    plain = "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
    said = "echo 'sla-tui cannot be run here: lines are merged as usual; sla-tui git-setup puts it right' >&2"
    return (
        f"code=127; if {program} --version >/dev/null 2>&1; then {ours}; code=$?; fi; "
        f"if [ $code -gt 1 ]; then {said}; {plain}; code=$?; fi; [ $code -eq 0 ]"
    )


def _program() -> list[str]:
    """How this program is started from anywhere, in words that a shell takes and git leaves alone."""
    beside = Path(sys.executable).with_name("sla-tui")
    found = str(beside) if beside.exists() else shutil.which("sla-tui")
    words = [found] if found else [sys.executable, "-m", "sla_tui"]
    return [shlex.quote(word.replace("%", "%%")) for word in words]


def _setting(checkout: Checkout, key: str) -> str | None:
    done = checkout.run("config", "--local", "--get", key)
    return None if done.code else done.out.decode("utf-8", "surrogateescape").removesuffix("\n")


def _stored(path: Path) -> Stored | None:
    return read(path) if path.exists() else None


def _lines(stored: Stored | None) -> list[str]:
    return [line.removesuffix("\r") for line in _text(stored).split("\n")]


def _text(stored: Stored | None) -> str:
    return stored.data.decode("utf-8", "surrogateescape") if stored else ""


def _rewrite(path: Path, added: tuple[str, ...], removed: tuple[str, ...]) -> None:
    """Writes .gitattributes with or without our lines; one that would be empty goes."""
    stored = _stored(path)
    text = _text(stored)
    eol = "\r\n" if "\r\n" in text else "\n"
    if added and text and not text.endswith("\n"):
        text += eol
    for line in added:
        text += f"{line}{eol}"
    kept = "\n".join(line for line in text.split("\n") if line.removesuffix("\r") not in removed)
    if kept:
        save(path, kept.encode("utf-8", "surrogateescape"), stored.fingerprint if stored else None)
    else:
        path.unlink(missing_ok=True)
