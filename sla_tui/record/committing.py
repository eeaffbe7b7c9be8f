"""A revision of some files and nothing else: what would go into it, and making it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line
from sla_tui.record.git import Checkout, Done, failed, literal

_PATIENCE = 300.0
"""Seconds for a commit: the team's own hooks run in it."""
_UNDER_WAY = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}
_UNTRACKED, _IGNORED, _UNMERGED = "?", "!", "u"


@dataclass(frozen=True, slots=True)
class Pending:
    """What a commit of some files would hold.

    ``branch`` it would go onto, empty for none (a detached HEAD); those of the files that ``changed`` since the last
    revision, of them those that are ``new`` to git; ``others`` that are staged and stay so.
    """

    branch: str
    changed: tuple[str, ...]
    new: tuple[str, ...]
    others: tuple[str, ...]


def is_dirty(checkout: Checkout, path: Path) -> bool:
    """Whether a file says something else than in the last revision, or git does not have it yet."""
    return bool(pending(checkout, [path]).changed)


def pending(checkout: Checkout, paths: Sequence[Path]) -> Pending:
    """What a commit of ``paths`` would hold. ``UserError`` when git ignores one, or a merge of one is not settled."""
    names = [checkout.name(path) for path in paths]
    done = checkout.run(
        *("status", "-z", "--porcelain=v2", "--branch", "--untracked-files=all", "--ignored=matching", "--no-renames"),
        *("--", *map(literal, names)),
    )
    if done.code:
        raise failed(done, "look at the files")
    branch, changed, new = "", list[str](), list[str]()
    for record in done.out.decode(errors="surrogateescape").split("\0"):
        kind, _, rest = record.partition(" ")
        if kind == "#" and rest.startswith("branch.head "):
            branch = rest.partition(" ")[2]
        elif kind in (_IGNORED, _UNMERGED):
            raise _not_possible(checkout, kind, rest)
        elif kind == _UNTRACKED:
            new.append(rest)
        elif kind == "1":
            changed.append(rest.split(" ", 7)[7])
    staged = checkout.run("diff", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "-z")
    others = (name for name in staged.out.decode(errors="surrogateescape").split("\0") if name)
    return Pending(
        "" if branch == "(detached)" else branch,
        (*changed, *new),
        tuple(new),
        tuple(name for name in others if name not in names),
    )


def commit(checkout: Checkout, paths: Sequence[Path], message: str) -> str:
    """Makes a revision of ``paths`` as they lie on disk, and returns its hash; what else is staged stays as it is.

    ``UserError`` when nothing changed, another operation of git is under way, git does not know who commits, or a hook
    refuses; then all is as it was.
    """
    if not message.strip():
        raise UserError("a revision needs a message", "say in a line what was decided")
    held = pending(checkout, paths)
    if not held.changed:
        raise UserError("nothing changed since the last revision", "", Place(str(paths[0]) if paths else ""))
    _refuse_under_way(checkout)
    with _known(checkout, held.new):
        done = checkout.run(
            *("commit", "--only", "--quiet", "--cleanup=whitespace", "--file=-"),
            *("--", *map(literal, held.changed)),
            given=f"{message.strip()}\n".encode(),
            patience=_PATIENCE,
            english=False,
        )
        if done.code:
            raise _refused(checkout, done)
    return checkout.resolve("HEAD")


@contextmanager
def _known(checkout: Checkout, new: Sequence[str]) -> Generator[None]:
    """Tells git of files that it does not have yet; no longer when the commit fails."""
    if not new:
        yield
        return
    where = ("--", *map(literal, new))
    done = checkout.run("add", "--intent-to-add", *where)
    if done.code:
        raise failed(done, "add the files")
    try:
        yield
    except BaseException:
        checkout.run("rm", "--cached", "--quiet", "--force", *where)
        raise


def _refuse_under_way(checkout: Checkout) -> None:
    folder = Path(checkout.run("rev-parse", "--absolute-git-dir").out.decode(errors="surrogateescape").rstrip("\n"))
    for name, what in _UNDER_WAY.items():
        if (folder / name).exists():
            raise UserError(f"a {what} is under way in this checkout", "finish it with git first, or abort it")


def _refused(checkout: Checkout, done: Done) -> UserError:
    if checkout.run("var", "GIT_COMMITTER_IDENT").code:
        remedy = 'git config --global user.name "Your Name", and user.email likewise'
        return UserError("git does not know who you are", remedy)
    if "index.lock" in done.err:
        return UserError("another git is at work in this checkout", "wait for it, or close it, and try again")
    said = [clean_line(line) for line in (*done.out.decode(errors="replace").splitlines(), *done.err.splitlines())]
    last = "; ".join([line for line in said if line][-3:])
    return UserError(f"git refused the revision: {last or 'a hook ended it'}", "nothing was committed")


def _not_possible(checkout: Checkout, kind: str, rest: str) -> UserError:
    if kind == _IGNORED:
        return UserError("git ignores this file", "take it out of .gitignore to keep its versions", Place(rest))
    name = rest.split(" ", 9)[-1]
    return UserError(
        "a merge of this file is not settled", "settle it and git add it first", Place(str(checkout.root / name))
    )
