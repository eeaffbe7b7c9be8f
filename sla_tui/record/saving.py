"""Saves a file so that, whatever happens, it is the old one or the new one, and nobody's work is written over."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from sla_tui.agreement.errors import Place, UserError
from sla_tui.record.files import Fingerprint, digest, read, signs, state_folder
from sla_tui.record.leftovers import backup_of, digest_beside, sweep, temporary_name
from sla_tui.record.locks import one_writer
from sla_tui.record.trouble import AlreadyThere, ChangedOnDisk, trouble

_NO_HARD_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS)


def save(path: str | os.PathLike[str], data: bytes, expect: Fingerprint | None) -> Fingerprint:
    """Writes the whole file and returns its new fingerprint.

    ``expect`` is the fingerprint of what it held when it was read; None when there must be no file yet. A symbolic
    link stays and its target is written. The file's mode, owner and extended attributes are kept. ChangedOnDisk or
    AlreadyThere when ``expect`` does not hold; UserError when the file cannot be written. Then nothing has changed.
    A file that holds ``data`` already counts as saved.
    """
    try:
        real = _real(path)
        folder, name = os.path.split(real)
        with one_writer(folder):
            sweep(folder, name)
            old = _status(real)
            if expect and old and (now := read(real).fingerprint).digest == digest(data):
                return now
            _compare(path, real, old, expect)
            if old is None:
                _write_new(real, data)
            elif old.st_nlink > 1 or not os.access(folder, os.W_OK | os.X_OK):
                _write_in_place(real, data)
            else:
                _replace(real, data, old)
            return Fingerprint(digest(data), signs(Path(real).stat()))
    except OSError as error:
        raise trouble(error, path, "save") from error


def _real(path: str | os.PathLike[str]) -> str:
    """The file itself. A link that cannot be followed just now is an error, or it would be taken for the file."""
    try:
        return os.path.realpath(path, strict=True)
    except FileNotFoundError:
        return os.path.realpath(path)


def _status(real: str) -> os.stat_result | None:
    try:
        return Path(real).stat()
    except FileNotFoundError:
        return None


def _compare(path: str | os.PathLike[str], real: str, old: os.stat_result | None, expect: Fingerprint | None) -> None:
    place = Place(os.fspath(path))
    if expect is None:
        if old is not None or os.path.lexists(real):
            raise AlreadyThere("there is a file of this name already", "choose another name or remove it", place)
        return
    if old is None:
        raise ChangedOnDisk("the file is gone since it was read", "put it back, or save under another name", place)
    if read(real).fingerprint.digest != expect.digest:
        raise ChangedOnDisk(
            "the file was changed on disk since it was read", "read it again, then repeat the change", place
        )
    if not old.st_mode & 0o222:
        raise UserError("the file is write-protected", f"allow writing (chmod u+w {real}), or work on a copy", place)
    if not os.access(real, os.W_OK):
        raise UserError("you may not write this file", "ask its owner, or work on a copy", place)


def _write_new(real: str, data: bytes) -> None:
    temporary = _temporary(real, data, None)
    try:
        try:
            os.link(temporary, real)
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            if os.path.lexists(real):
                raise FileExistsError(errno.EEXIST, "there is a file of this name already") from error
            Path(temporary).replace(real)
    finally:
        _discard(temporary)
    _sync_folder(real)


def _replace(real: str, data: bytes, old: os.stat_result) -> None:
    temporary = _temporary(real, data, old)
    try:
        Path(temporary).replace(real)
    except BaseException:
        _discard(temporary)
        raise
    _sync_folder(real)


def _temporary(real: str, data: bytes, old: os.stat_result | None) -> str:
    """A synced and read-back copy of ``data`` beside the file, with the mode, owner and attributes of the old one."""
    file = Path(real)
    path = os.fspath(file.with_name(temporary_name(file.name, secrets.token_hex(4))))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600 if old else 0o666)
    try:
        try:
            _write_all(descriptor, data)
            if old:
                _take_after(real, old, descriptor)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if read(path).data != data:
            raise OSError(errno.EIO, "what was written does not read back")
    except BaseException:
        _discard(path)
        raise
    return path


def _take_after(real: str, old: os.stat_result, descriptor: int) -> None:
    """What the system lets us keep of the old file's owner, mode and attributes."""
    if hasattr(os, "fchown"):
        with suppress(OSError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(real):
                with suppress(OSError):
                    os.setxattr(descriptor, name, os.getxattr(real, name))


def _write_in_place(real: str, data: bytes) -> None:
    """For a file with other hard links, or in a folder where nothing can be added: not atomic, so a backup is kept.

    The backup in the state folder goes only when the new content is safely on disk, or the old one is again.
    """
    descriptor = os.open(real, os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
    try:
        old = _read_all(descriptor)
        backup = _backed_up(real, old, data)
        try:
            _overwrite(descriptor, data, len(old))
        except OSError:
            with suppress(OSError):
                _overwrite(descriptor, old, len(data))
            if _read_all(descriptor) != old:
                remedy = f"the file as it was lies in {backup}"
                raise UserError("a save of this file was cut short", remedy, Place(real)) from None
            _drop_backup(backup)
            raise
        _drop_backup(backup)
    finally:
        os.close(descriptor)


def _backed_up(real: str, old: bytes, new: bytes) -> Path:
    state_folder("backups")
    backup = backup_of(real)
    for path, held in ((backup, old), (digest_beside(backup), digest(new).encode())):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        try:
            _write_all(descriptor, held)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return backup


def _drop_backup(backup: Path) -> None:
    _discard(os.fspath(backup))
    _discard(os.fspath(digest_beside(backup)))


def _overwrite(descriptor: int, data: bytes, before: int) -> None:
    """Room for the longer content is claimed first, so that a full disk shows before anything is written over."""
    if hasattr(os, "posix_fallocate") and len(data) > before:
        try:
            os.posix_fallocate(descriptor, 0, len(data))
        except OSError as error:
            os.ftruncate(descriptor, before)
            if error.errno not in _NO_SYNC:
                raise
    os.lseek(descriptor, 0, os.SEEK_SET)
    _write_all(descriptor, data)
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)


def _read_all(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts: list[bytes] = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _discard(path: str) -> None:
    with suppress(OSError):
        Path(path).unlink()


def _sync_folder(real: str) -> None:
    """Makes the new name itself lasting, where a folder can be synced."""
    try:
        descriptor = os.open(Path(real).parent, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)
