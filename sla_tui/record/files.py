"""Files read whole and fingerprinted, with an error a person can act on for everything that is no plain file."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from sla_tui.agreement.errors import Place, UserError
from sla_tui.record.state import state_home
from sla_tui.record.trouble import trouble

LARGEST = 8 * 1024 * 1024
"""No file of an agreement is larger, in bytes; what is larger is something else."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file held (``digest``) and the cheap signs by which to see that it may hold something else now."""

    digest: str
    signs: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Stored:
    """A file's bytes and their fingerprint."""

    data: bytes
    fingerprint: Fingerprint


def read(path: str | os.PathLike[str], largest: int = LARGEST) -> Stored:
    """The whole file. UserError when it cannot be read, is no regular file, or has more than ``largest`` bytes."""
    try:
        _refuse_odd(Path(path).stat(), path, largest)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            _refuse_odd(status, path, largest)
            data = file.read(largest + 1)
    except OSError as error:
        raise trouble(error, path, "read") from None
    if len(data) > largest:
        raise _too_large(path, largest)
    return Stored(data, Fingerprint(digest(data), signs(status)))


def changed(path: str | os.PathLike[str], known: Fingerprint) -> bool:
    """Whether a file holds something else than it did; cheap as long as it was not touched.

    A vanished file has changed. UserError as for ``read``.
    """
    try:
        if signs(Path(path).stat()) == known.signs:
            return False
    except FileNotFoundError:
        return True
    except OSError as error:
        raise trouble(error, path, "read") from None
    return read(path).fingerprint.digest != known.digest


def digest(data: bytes) -> str:
    """A hash of a file's bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def signs(status: os.stat_result) -> tuple[int, int, int, int]:
    """Device, inode, time of the last change and size: the same as long as nobody touched the file."""
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def _refuse_odd(status: os.stat_result, path: str | os.PathLike[str], largest: int) -> None:
    place = Place(os.fspath(path))
    if stat.S_ISDIR(status.st_mode):
        raise UserError("this is a folder, not a file", "name the file in it", place)
    if not stat.S_ISREG(status.st_mode):
        raise UserError("this is no plain file (a pipe, a device or a socket)", "name a file on disk", place)
    if status.st_size > largest:
        raise _too_large(path, largest)


def _too_large(path: str | os.PathLike[str], largest: int) -> UserError:
    message = f"the file is larger than {largest // 2**20} MB, so it is no agreement"
    return UserError(message, "check the path", Place(os.fspath(path)))


def state_folder(name: str) -> Path:
    """A folder of ours in the system's place for programs' state, made if need be. UserError when it cannot be."""
    folder = state_home() / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise trouble(error, folder, "make") from None
    return folder


def state_name(real: str) -> str:
    """A file's name in the state folder: its own name and a hash of where it lies."""
    return f"{Path(real).name}.{hashlib.blake2b(os.fsencode(real), digest_size=8).hexdigest()}"
