"""A save that is killed or refused at any call of the system leaves a whole file, and the next save works."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from faulty import counted, failing, killed

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.record.document import Document
from sla_tui.record.files import read
from sla_tui.record.leftovers import backup_of
from sla_tui.record.saving import save

OLD = b'id = "lead"\nleads = "leads-of-2026.csv"\n\noutcome = "won"\n'
LONGER = b'id = "lead"\nleads = "a new table of leads.csv"\noutcome = "won"\npositive = ["yes"]\n'
SHORTER = b'id = "lead"\nleads = "x.csv"\n'
ERRORS = ("ENOSPC", "EDQUOT", "EIO", "EACCES", "EPERM", "EROFS", "EFBIG", "ENOENT", "EMFILE", "ENOMEM", "ESTALE")


@dataclass(frozen=True)
class Case:
    """A file, what it held, and what it is to hold."""

    path: Path
    old: bytes | None
    new: bytes
    links: int = 1

    def reset(self) -> None:
        if self.old is None:
            self.path.unlink(missing_ok=True)
        else:
            self.path.write_bytes(self.old)
            self.path.chmod(0o640)
        backup_of(self.path).unlink(missing_ok=True)

    def saving(self) -> Callable[[], object]:
        known = read(self.path).fingerprint if self.path.exists() else None
        return lambda: save(self.path, self.new, known)

    def calls(self) -> list[str]:
        work = self.saving()
        with counted() as made:
            work()
        assert self.path.read_bytes() == self.new
        self.reset()
        return made

    def torn(self) -> bool:
        """Whether the file is neither the old nor the new one: then it is not read, and its backup is named."""
        held = self.path.read_bytes() if self.path.exists() else None
        if held in (self.old, self.new):
            return False
        with pytest.raises(InvalidFile) as caught:
            Document.load(self.path, LeadMapping)
        assert str(backup_of(self.path)) in "".join(one.fix for one in caught.value.faults)
        assert backup_of(self.path).read_bytes() == self.old
        return True

    def then_all_is_well(self) -> None:
        """The next save works, leaves nothing else behind, and keeps links and mode."""
        names = {one.name for one in self.path.parent.iterdir() if not one.name.startswith(".")} | {"leads.toml"}
        link = self.path.is_symlink()
        self.saving()()
        assert self.path.read_bytes() == self.new
        assert {one.name for one in self.path.parent.iterdir()} == names
        assert self.path.is_symlink() == link
        status = self.path.stat()
        assert self.old is None or stat.S_IMODE(status.st_mode) == 0o640
        assert status.st_nlink == self.links
        self.reset()


@pytest.fixture(params=["plain", "linked", "hard-linked and longer", "hard-linked and shorter", "new"])
def case(tmp_path: Path, request: pytest.FixtureRequest) -> Case:
    folder = tmp_path / "northwind"
    folder.mkdir()
    file = folder / "leads.toml"
    if request.param == "new":
        return Case(file, None, LONGER)
    path, links = file, 1
    file.write_bytes(OLD)
    if request.param.startswith("hard"):
        (tmp_path / "other.toml").hardlink_to(file)
        links = 2
    elif request.param == "linked":
        path = folder / "link.toml"
        path.symlink_to(file)
    made = Case(path, OLD, SHORTER if request.param.endswith("shorter") else LONGER, links)
    made.reset()
    return made


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("when", ["before", "half-way", "after"])
def test_killed_at_any_call_it_leaves_a_whole_file(case: Case, when: str) -> None:
    for at, name in enumerate(case.calls()):
        if when == "half-way" and name != "write":
            continue  # only a write can be half done
        assert killed(case.saving(), at, when)
        if case.torn():
            assert case.links == 2, "only a file with other names is not replaced at once"
            case.reset()
        else:
            case.then_all_is_well()


@pytest.mark.parametrize("error", ERRORS)
def test_refused_at_any_call_it_leaves_a_whole_file_and_says_why(case: Case, error: str) -> None:
    for at, name in enumerate(case.calls()):
        refusal = refused(case.saving(), at, getattr(errno, error))
        assert not case.torn(), name
        if refusal is None:
            assert case.path.read_bytes() == case.new, name
        else:
            assert refusal.message, name
            assert refusal.remedy, name
        case.then_all_is_well()


def refused(work: Callable[[], object], at: int, number: int) -> UserError | None:
    """What the work is refused with when one call of the system fails; any other error is a bug."""
    try:
        with counted(at, failing(number)):
            work()
    except UserError as error:
        return error
    return None


def test_a_save_in_place_that_was_cut_short_is_never_read_as_if_it_were_whole(case: Case) -> None:
    if case.links < 2:
        pytest.skip("this one is replaced at once")
    torn = [at for at, _ in enumerate(case.calls()) if killed(case.saving(), at, "half-way") and _torn_then_reset(case)]
    assert torn


def _torn_then_reset(case: Case) -> bool:
    torn = case.torn()
    case.reset()
    return torn


def test_a_backup_that_is_no_longer_needed_goes(case: Case) -> None:
    if case.links < 2:
        pytest.skip("this one needs no backup")
    last = max(at for at, name in enumerate(case.calls()) if name == "fsync")
    assert killed(case.saving(), last, "after")
    assert backup_of(case.path).exists()
    assert Document.load(case.path, LeadMapping).text == case.new.decode()
    assert not list(backup_of(case.path).parent.iterdir())
