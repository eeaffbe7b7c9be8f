"""The git checkout that a file lies in: the versions it had there, and what each of them held."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line, did_you_mean
from sla_tui.record.files import LARGEST

_PATIENCE = 60.0
"""Seconds after which git is given up."""
_ELSEWHERE = re.compile("GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|NAMESPACE|(?:ALTERNATE_)?OBJECT_DIRECTOR.*)")
"""Variables by which a caller, such as a hook, points git at something else than the checkout around a path."""
_SAFE = {"GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat", "GIT_EDITOR": ":", "GIT_OPTIONAL_LOCKS": "0"}
_SETTINGS = ("core.quotepath=false", "core.fsmonitor=false", "color.ui=false", "log.showSignature=false")
_FIELDS = ("%H", "%P", "%aN", "%aI", "%s")


class NoHistory(UserError):
    """There is no git, or no checkout around the file: everything works, but there are no earlier versions."""


class UnknownRevision(UserError):
    """A name that stands for no revision, or a revision that does not hold the file."""


class Version(NamedTuple):
    """A file as one revision has it: the revision's hash, and the file's path from the top of the checkout."""

    revision: str
    path: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision that changed a file: when, by whom, what they said.

    ``version`` is the file in it; ``before`` is the file in the revisions it was made from: none for its first one,
    several where branches were joined.
    """

    version: Version
    when: datetime
    author: str
    subject: str
    before: tuple[Version, ...] = ()

    @property
    def hash(self) -> str:
        """The revision's whole hash."""
        return self.version.revision

    @property
    def short(self) -> str:
        """The first digits of its hash."""
        return self.hash[:9]


class Done(NamedTuple):
    """How a run of git ended, and what it printed."""

    code: int
    out: bytes
    err: str


def run(*arguments: str, folder: Path, given: bytes = b"", patience: float = _PATIENCE, english: bool = True) -> Done:
    """Runs git in a folder, without a pager, a prompt or an editor.

    ``english``: what it says can be told apart. ``NoHistory`` when there is no git, ``UserError`` when it takes longer
    than ``patience`` seconds.
    """
    settings = (part for one in _SETTINGS for part in ("-c", one))
    try:
        process = subprocess.Popen(
            ["git", "--no-pager", *settings, *arguments],
            cwd=folder,
            env=_environment(english),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Without a terminal nothing that git starts can ask on the screen.
            start_new_session=True,
        )
    except FileNotFoundError:
        raise NoHistory("git is not installed, so there are no earlier versions", "install git to have them") from None
    except OSError as error:
        raise NoHistory(f"git cannot be started: {error.strerror}", "check that git works in a terminal") from error
    try:
        out, err = process.communicate(given, patience)
    except subprocess.TimeoutExpired:
        _end(process)
        raise UserError(
            f"git took longer than {patience:.0f} seconds", "try again, or see what git does in a terminal"
        ) from None
    return Done(process.returncode, out, err.decode(errors="replace"))


def _environment(english: bool) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not _ELSEWHERE.fullmatch(name) and name != "GPG_TTY"}
    return {**kept, **_SAFE, **({"LC_ALL": "C", "LANGUAGE": "C"} if english else {})}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends git and all it started, which would else hold its output open."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def failed(done: Done, doing: str) -> UserError:
    """What git said when it could not do something, in its own last words."""
    said = [clean_line(line) for line in done.err.splitlines() if line.strip()]
    words = next((line for line in said if line.startswith(("fatal: ", "error: "))), said[-1] if said else "no reason")
    return UserError(f"git cannot {doing}: {words.partition(': ')[2] or words}", "see what git says in a terminal")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A git checkout; ``root`` is its top folder."""

    root: Path

    @classmethod
    def around(cls, path: Path) -> Checkout:
        """The checkout that ``path`` lies in, whether or not there is something at ``path`` now.

        ``NoHistory`` when there is no git or no checkout.
        """
        real = path.resolve()
        folder = next((one for one in (real, *real.parents) if one.is_dir()), Path("/"))
        done = run("rev-parse", "--show-toplevel", folder=folder)
        if done.code:
            raise _no_checkout(done, folder, path)
        return cls(Path(os.fsdecode(done.out.rstrip(b"\n"))))

    def name(self, path: Path) -> str:
        """The path of a file from the top of the checkout. ``UserError`` when it lies outside."""
        try:
            inside = path.resolve().relative_to(self.root.resolve())
        except ValueError:
            raise UserError(f"it lies outside of the checkout {self.root}", "check the path", _at(path)) from None
        if "\n" in str(inside):
            raise UserError("its path has a line break, which has no history here", "rename it", _at(path))
        return inside.as_posix()

    def run(self, *arguments: str, given: bytes = b"", patience: float = _PATIENCE, english: bool = True) -> Done:
        """Runs git at the top of the checkout."""
        return run(*arguments, folder=self.root, given=given, patience=patience, english=english)

    @property
    def shallow(self) -> bool:
        """Whether only the last part of the history is here."""
        return self.run("rev-parse", "--is-shallow-repository").out.strip() == b"true"

    def resolve(self, revision: str) -> str:
        """The whole hash of a revision by any name git knows it by. ``UnknownRevision`` with the nearest names."""
        name = f"{revision}^{{commit}}"
        if revision and not revision.startswith("-") and "\n" not in revision and "\0" not in revision:
            done = self.run("rev-parse", "--verify", "--end-of-options", name)
            if not done.code:
                return done.out.decode("ascii").strip()
            if "ambiguous" in done.err:
                raise UnknownRevision(f"{revision} may be several revisions", "write more digits of its hash")
        listed = self.run("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
        names = ["HEAD", *listed.out.decode(errors="replace").split()]
        raise UnknownRevision(f"git knows no revision {revision!r}", did_you_mean(revision, names))

    def revisions(self, name: str) -> tuple[Revision, ...]:
        """The revisions that changed the file at ``name``, the last first, under the names it had before too.

        None where git has no such file; a join of branches is among them where both had changed it.
        """
        if self.run("rev-parse", "--verify", "--quiet", "HEAD").code:
            return ()
        found: dict[str, Revision] = {}
        starts: list[Version] = [Version("HEAD", name)]
        while starts:
            start = starts.pop(0)
            stretch = [one for one in self._stretch(start) if one.hash not in found]
            for one in stretch:
                if not one.before:
                    one, *earlier = self._renamed(one)
                    starts += earlier
                found[one.hash] = one
        return tuple(found.values())

    def _stretch(self, start: Version) -> Iterator[Revision]:
        """The revisions of a file under one name, up to and with ``start``."""
        pretty = "%x00".join(_FIELDS)
        where = (start.revision, "--", literal(start.path))
        done = self.run("log", "-z", "--parents", "--encoding=UTF-8", f"--format={pretty}", *where)
        if done.code:
            raise failed(done, "list the revisions")
        fields = done.out.decode(errors="replace").split("\0")
        for hash_, parents, author, when, subject in zip(*(fields[i :: len(_FIELDS)] for i in range(5)), strict=False):
            before = tuple(Version(one, start.path) for one in parents.split())
            made = Version(hash_, start.path)
            yield Revision(made, _moment(when), clean_line(author), clean_line(subject), before)

    def _renamed(self, first: Revision) -> tuple[Revision, *tuple[Version, ...]]:
        """A revision that begins a name; where it is a renaming, with the version before, from which to go on."""
        hash_ = first.hash
        done = self.run("diff-tree", "-r", "-z", "-M", "--name-status", "--diff-filter=R", "--no-commit-id", hash_)
        fields = done.out.decode(errors="surrogateescape").split("\0")
        for _, old, new in zip(fields[::3], fields[1::3], fields[2::3], strict=False):
            if new == first.version.path:
                parent = Version(f"{hash_}^", old)
                earlier = next(self._stretch(parent), None)
                if earlier:
                    return replace(first, before=(earlier.version,)), parent
        return (first,)

    def read(self, versions: Sequence[Version]) -> list[bytes | None]:
        """What each version held; None for one that is not there, is no file, or is larger than any agreement."""
        asked = b"".join(os.fsencode(f"{one.revision}:{one.path}\n") for one in versions)
        done = self.run("cat-file", "--batch", given=asked)
        if done.code:
            raise failed(done, "read the revisions")
        return list(_blobs(done.out, len(versions)))

    def held(self, version: Version) -> bytes:
        """What one version held. ``UnknownRevision`` when the revision does not hold the file."""
        (data,) = self.read([version])
        if data is None:
            missing = f"{version.path} is not in revision {version.revision[:9]}"
            raise UnknownRevision(missing, "sla-tui log PATH lists the revisions that have it")
        return data

    def files(self, revision: str, folder: str) -> tuple[str, ...]:
        """The paths of the files right in a folder, as a revision has it; none where it is not there."""
        start = "" if folder in ("", ".") else f"{folder}/"
        done = self.run("ls-tree", "-z", "--name-only", "--full-tree", revision, *([start] if start else []))
        names = done.out.decode(errors="surrogateescape").split("\0")
        return tuple(name for name in names if name and PurePosixPath(name).parent == PurePosixPath(folder or "."))

    def is_before(self, earlier: str, later: str) -> bool:
        """Whether one revision is the other, or in its past."""
        return self.run("merge-base", "--is-ancestor", earlier, later).code == 0


def last_revision(path: Path) -> str:
    """The whole hash of the last revision that changed a file; empty where git does not have it as it lies on disk.

    ``NoHistory`` when there is no git.
    """
    real = path.resolve()
    where = ("--", f":(literal){real.name}")
    done = run("status", "--porcelain", "--ignored", "-z", *where, folder=real.parent)
    if done.code or done.out:
        return ""
    return run("log", "-1", "--format=%H", *where, folder=real.parent).out.decode("ascii").strip()


def literal(path: str) -> str:
    """A path from the top of the checkout as git takes it word for word."""
    return f":(top,literal){path}"


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0).astimezone()


def _blobs(out: bytes, count: int) -> Iterable[bytes | None]:
    """The answers of ``cat-file --batch``."""
    at = 0
    for _ in range(count):
        end = out.index(b"\n", at)
        words = out[at:end].split(b" ")
        at = end + 1
        if words[-1] in (b"missing", b"ambiguous"):
            yield None
            continue
        size = int(words[-1])
        yield out[at : at + size] if words[-2] == b"blob" and size <= LARGEST else None
        at += size + 1


def _at(path: Path) -> Place:
    return Place(str(path))


def _no_checkout(done: Done, folder: Path, path: Path) -> NoHistory:
    if "dubious ownership" in done.err:
        remedy = f"if you trust it: git config --global --add safe.directory {folder}"
        return NoHistory("git does not trust this checkout, which belongs to somebody else", remedy, _at(path))
    message = "this lies in no git checkout, so there are no earlier versions"
    return NoHistory(message, "to keep them: git init in the folder above, git add, git commit", _at(path))
