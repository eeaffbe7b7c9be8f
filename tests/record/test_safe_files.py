"""Files: read without hanging, saved whole or not at all, and never over somebody else's work."""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sla_tui.agreement.errors import UserError
from sla_tui.record import files, saving
from sla_tui.record.files import changed, read
from sla_tui.record.leftovers import backup_of
from sla_tui.record.locks import one_writer
from sla_tui.record.saving import save
from sla_tui.record.trouble import AlreadyThere, ChangedOnDisk


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLA_TUI_STATE", str(tmp_path / "state"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "northwind"
    folder.mkdir()
    path = folder / "agreement.toml"
    path.write_bytes(b"old")
    return path


def refused(path: Path, data: bytes = b"new") -> UserError:
    """What a save is refused with; the old file is whole and alone."""
    known = read(path)
    with pytest.raises(UserError) as caught:
        save(path, data, known.fingerprint)
    assert path.read_bytes() == known.data
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    return caught.value


def test_a_save_returns_the_fingerprint_the_next_one_expects(file: Path) -> None:
    first = save(file, b"new", read(file).fingerprint)
    assert first == read(file).fingerprint
    save(file, b"newer", first)
    assert file.read_bytes() == b"newer"
    assert [one.name for one in file.parent.iterdir()] == ["agreement.toml"]


def test_mode_and_attributes_are_kept(file: Path) -> None:
    file.chmod(0o640)
    try:
        os.setxattr(file, "user.note", b"kept")
    except (AttributeError, OSError):
        pytest.skip("no extended attributes here")
    save(file, b"new", read(file).fingerprint)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert os.getxattr(file, "user.note") == b"kept"


def test_a_file_changed_since_it_was_read_is_not_written_over(file: Path) -> None:
    known = read(file).fingerprint
    file.write_bytes(b"theirs")
    with pytest.raises(ChangedOnDisk):
        save(file, b"mine", known)
    assert file.read_bytes() == b"theirs"
    file.unlink()
    with pytest.raises(ChangedOnDisk, match="gone"):
        save(file, b"mine", known)
    assert not file.exists()


def test_a_file_that_was_only_touched_has_not_changed(file: Path) -> None:
    known = read(file).fingerprint
    os.utime(file, ns=(1, 1))
    assert not changed(file, known)
    save(file, b"mine", known)
    assert changed(file, known)
    file.unlink()
    assert changed(file, known)


def test_a_new_file_is_written_only_where_there_is_none(tmp_path: Path) -> None:
    save(tmp_path / "new.toml", b"a", None)
    assert (tmp_path / "new.toml").read_bytes() == b"a"
    with pytest.raises(AlreadyThere):
        save(tmp_path / "new.toml", b"b", None)
    assert (tmp_path / "new.toml").read_bytes() == b"a"
    assert (tmp_path / "new.toml").stat().st_nlink == 1


def test_a_new_file_is_written_where_hard_links_do_not_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    save(tmp_path / "new.toml", b"a", None)
    assert [one.name for one in tmp_path.iterdir()] == ["new.toml"]


def test_a_symbolic_link_stays_and_its_target_is_written(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    save(link, b"new", read(link).fingerprint)
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_a_hard_linked_file_is_written_in_place_with_a_backup_meanwhile(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.toml"
    other.hardlink_to(file)
    seen: list[bytes] = []
    overwrite = saving._overwrite
    monkeypatch.setattr(
        saving, "_overwrite", lambda *given: (seen.append(backup_of(file).read_bytes()), overwrite(*given))
    )
    save(file, b"longer than before", read(file).fingerprint)
    save(file, b"n", read(file).fingerprint)
    assert other.read_bytes() == b"n"
    assert seen == [b"old", b"longer than before"]
    assert not backup_of(file).exists()


@pytest.mark.parametrize("step", ["posix_fallocate", "write", "ftruncate", "fsync"])
def test_a_failing_write_in_place_puts_the_old_content_back(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    (tmp_path / "other.toml").hardlink_to(file)
    overwrite = saving._overwrite

    def fail_once(descriptor: int, data: bytes, before: int) -> None:
        if data == b"new and long":
            with monkeypatch.context() as patched:
                patched.setattr(os, step, failing(errno.ENOSPC))
                overwrite(descriptor, data, before)
        overwrite(descriptor, data, before)

    monkeypatch.setattr(saving, "_overwrite", fail_once)
    assert "full" in refused(file, b"new and long").message
    assert not backup_of(file).exists()


def failing(number: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("step", "number", "words"),
    [
        ("write", errno.ENOSPC, "disk is full"),
        ("write", errno.EDQUOT, "quota"),
        ("write", errno.EFBIG, "larger than the system allows"),
        ("fsync", errno.EIO, "disk reports an error"),
        ("replace", errno.EROFS, "read-only"),
        ("replace", errno.EACCES, "permission is denied"),
        ("fchmod", errno.EPERM, "does not permit"),
    ],
)
def test_a_failing_step_leaves_the_old_file_and_nothing_else(
    file: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    monkeypatch.setattr(os, step, failing(number))
    error = refused(file)
    assert words in error.message
    assert error.remedy
    assert error.place.file == str(file)


def test_a_write_that_does_not_read_back_is_no_save(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, b"x" * len(data)))
    assert "error" in refused(file).message


def test_short_writes_are_continued(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    save(file, b"a longer content", read(file).fingerprint)
    assert file.read_bytes() == b"a longer content"


@pytest.mark.skipif(sys.platform == "win32", reason="limits are a POSIX thing")
def test_a_limit_on_file_sizes_is_an_error_not_a_death(file: Path) -> None:
    program = f"""
import resource, sys
from pathlib import Path
from sla_tui.agreement.errors import UserError
from sla_tui.record.files import read
from sla_tui.record.saving import save
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    save({str(file)!r}, b"x" * 5000, read({str(file)!r}).fingerprint)
except UserError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "larger than the system allows" in done.stdout
    assert file.read_bytes() == b"old"
    assert [one.name for one in file.parent.iterdir()] == ["agreement.toml"]


def test_stale_temporaries_are_swept_and_others_are_left(file: Path) -> None:
    (file.parent / ".agreement.toml.0badcafe.tmp").write_bytes(b"torn")
    (file.parent / ".leads.toml.0badcafe.tmp").write_bytes(b"another file's")
    save(file, b"new", read(file).fingerprint)
    assert {one.name for one in file.parent.iterdir()} == {"agreement.toml", ".leads.toml.0badcafe.tmp"}


def test_a_write_protected_file_is_refused_even_where_its_folder_is_not(file: Path) -> None:
    file.chmod(0o444)
    error = refused(file)
    assert "write-protected" in error.message
    assert "chmod" in error.remedy


def test_a_file_that_holds_the_data_already_counts_as_saved(file: Path) -> None:
    known = read(file).fingerprint
    file.write_bytes(b"new")
    assert save(file, b"new", known) == read(file).fingerprint


def test_a_write_in_place_that_cannot_be_undone_names_the_backup(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.toml").hardlink_to(file)
    write = os.write
    left = [2]

    def break_down(descriptor: int, data: bytes) -> int:
        if os.fstat(descriptor).st_ino != file.stat().st_ino:
            return write(descriptor, data)
        left[0] -= 1
        if left[0] <= 0:
            raise OSError(errno.EIO, "broken")
        return write(descriptor, data[:2])

    monkeypatch.setattr(os, "write", break_down)
    with pytest.raises(UserError, match="cut short") as caught:
        save(file, b"new and longer", read(file).fingerprint)
    assert str(backup_of(file)) in caught.value.remedy
    assert backup_of(file).read_bytes() == b"old"


def test_a_vanished_folder_is_said_to_be_gone(file: Path) -> None:
    known = read(file).fingerprint
    file.unlink()
    file.parent.rmdir()
    with pytest.raises(UserError, match="no such file or folder"):
        save(file, b"new", known)


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device", "loop", "nothing", "under a file"])
def test_what_is_no_plain_file_is_refused_without_hanging(
    file: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = file.parent / "odd"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        monkeypatch.chdir(file.parent)
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("odd")
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "under a file":
        path = file / "agreement.toml"
    with pytest.raises(UserError) as caught:
        read(path)
    assert caught.value.remedy
    assert caught.value.place.file == str(path)
    with pytest.raises(UserError):
        save(path, b"new", read(file).fingerprint)


def test_a_file_larger_than_any_agreement_is_refused_unread(file: Path) -> None:
    with file.open("wb") as large:
        large.truncate(files.LARGEST + 1)
    with pytest.raises(UserError, match="larger than 8 MB"):
        read(file)


def test_another_writer_is_waited_for_and_then_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sla_tui.record.locks._PATIENCE", 0.05)
    with one_writer(str(file.parent)):
        assert "another program" in refused(file).message
    save(file, b"new", read(file).fingerprint)


def test_a_folder_that_cannot_be_locked_is_locked_in_the_state_folder(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sla_tui.record.locks.lock", failing(errno.ENOLCK))
    monkeypatch.setattr("sla_tui.record.locks._PATIENCE", 0.05)
    with one_writer(str(file.parent)):
        assert "another program" in refused(file).message
    save(file, b"new", read(file).fingerprint)
    assert list((tmp_path / "state").rglob("*.lock"))


HAMMER = """
import sys
from sla_tui.record.files import read
from sla_tui.record.saving import save
from sla_tui.record.trouble import ChangedOnDisk
path, name, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
for i in range(times):
    while True:
        stored = read(path)
        try:
            save(path, stored.data + f"{name}{i}\\n".encode(), stored.fingerprint)
            break
        except ChangedOnDisk:
            pass
"""


def test_two_programs_writing_at_once_lose_nothing(file: Path) -> None:
    file.write_bytes(b"")
    writers = [subprocess.Popen([sys.executable, "-c", HAMMER, str(file), name, "40"]) for name in ("a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0]
    lines = file.read_text().split()
    assert sorted(lines) == sorted(f"{name}{i}" for name in ("a", "b") for i in range(40))
    assert [one.name for one in file.parent.iterdir()] == ["agreement.toml"]
