"""What the operating system refused, as an error a person can act on."""

from __future__ import annotations

import errno
import os

from sla_tui.agreement.errors import Place, UserError


class ChangedOnDisk(UserError):
    """Somebody else wrote the file since it was read; nothing was written over it."""


class AlreadyThere(UserError):
    """A new file was to be written where one is."""


_SAID: dict[int, tuple[str, str]] = {
    errno.ENOENT: ("there is no such file or folder", "check the path"),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "check the path"),
    errno.EISDIR: ("this is a folder, not a file", "name the file in it"),
    errno.ELOOP: ("the symbolic links lead in a circle", "replace the link by the file"),
    errno.ENAMETOOLONG: ("the name is too long", "use a shorter one"),
    errno.EACCES: ("permission is denied", "change the permissions, or work on a copy"),
    errno.EPERM: ("the system does not permit it", "check the file's attributes and owner, or work on a copy"),
    errno.EROFS: ("the file system is read-only", "work on a copy elsewhere"),
    errno.ENOSPC: ("the disk is full", "free some space; nothing was lost"),
    errno.EDQUOT: ("your disk quota is used up", "free some space; nothing was lost"),
    errno.EFBIG: ("the file would be larger than the system allows", "raise the limit on file sizes (ulimit -f)"),
    errno.EIO: ("the disk reports an error", "check the disk; work on a copy elsewhere until then"),
    errno.EMFILE: ("too many files are open", "close some programs"),
    errno.ENFILE: ("too many files are open", "close some programs"),
    errno.ESTALE: ("the network drive lost the file", "connect it again"),
    errno.ETXTBSY: ("another program holds the file", "close it there"),
    errno.EBUSY: ("another program holds the file", "close it there"),
}


_OF_THE_MACHINE = frozenset(_SAID) - {errno.ENOENT, errno.EISDIR}


def of_the_machine(error: OSError) -> UserError | None:
    """What only a person can put right, wherever it came up: full disks, permissions; None for what may be a bug."""
    if error.errno not in _OF_THE_MACHINE:
        return None
    return trouble(error, error.filename, "use") if error.filename else trouble(error, "standard output", "write")


def trouble(error: OSError, path: str | os.PathLike[str], doing: str) -> UserError:
    """The error as a person is told it; ``doing`` is what failed, such as ``read``."""
    message, remedy = _SAID.get(
        error.errno or 0, (error.strerror or type(error).__name__, "try again, or work on a copy elsewhere")
    )
    return UserError(f"cannot {doing} it: {message}", remedy, Place(os.fspath(path)))
