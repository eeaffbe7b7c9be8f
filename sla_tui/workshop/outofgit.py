"""Leads kept out of git: the ``.gitignore`` of an agreement's folder."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path

from sla_tui.agreement.errors import UserError
from sla_tui.record.document import create
from sla_tui.record.files import read
from sla_tui.record.git import Checkout
from sla_tui.record.saving import save
from sla_tui.record.trouble import AlreadyThere

FILE = ".gitignore"
IGNORED = """\
# Leads are people: tables and logs like leads.csv and activity.csv stay on this machine, out of git.
*.csv
*.tsv
*.xls
*.xlsx
*.parquet
*.jsonl
*.ndjson
"""
"""What a new agreement's folder keeps out of git."""


def ignore_leads(folder: Path) -> None:
    """Keeps the leads of an agreement out of git, unless its folder says already what is kept out."""
    with suppress(AlreadyThere):
        create(folder / FILE, IGNORED)


def keep_out(folder: Path, names: Sequence[str]) -> str:
    """Makes the folder's ``.gitignore`` hold files, by name, and says what was done; empty where it held them already.

    What git keeps versions of already it goes on keeping: that is said, and what takes it out. Raises UserError.
    """
    if tracked := _tracked(folder, names):
        return f"git keeps versions of {' and '.join(tracked)}; git rm --cached takes them out of it"
    path = folder / FILE
    if not path.exists():
        ignore_leads(folder)
        return f"{FILE} was written, so that git leaves tables and logs alone"
    held = read(path)
    lines = held.data.decode("utf-8", "replace").splitlines()
    open_ = [name for name in names if not _ignored(lines, name)]
    if not open_:
        return ""
    end = b"" if not held.data or held.data.endswith(b"\n") else b"\n"
    save(path, held.data + end + "".join(f"/{name}\n" for name in open_).encode(), held.fingerprint)
    return f"{' and '.join(open_)} went into {FILE}, so that git leaves {'it' if len(open_) == 1 else 'them'} alone"


def _ignored(lines: Sequence[str], name: str) -> bool:
    """Whether the last line that matches a file of the folder leaves it out, as git reads them."""
    out = False
    for line in lines:
        pattern = line.rstrip()
        back = pattern.startswith("!")
        pattern = pattern.removeprefix("!").removeprefix("**/").removeprefix("/")
        if pattern and not pattern.startswith("#") and fnmatchcase(name, pattern):
            out = not back
    return out


def _tracked(folder: Path, names: Sequence[str]) -> list[str]:
    try:
        checkout = Checkout.around(folder / FILE)
        listed = checkout.run("ls-files", "-z", "--", *(checkout.name(folder / name) for name in names))
    except UserError:
        return []
    known = {Path(name).name for name in listed.out.decode("utf-8", "replace").split("\0") if name}
    return [name for name in names if name in known]
