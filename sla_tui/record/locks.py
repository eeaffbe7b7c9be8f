"""One writer at a time in a folder, among all processes and users.

The lock is on the folder itself, so nothing litters it and nothing stale can stay behind. Where a folder cannot be
locked (some network drives, Windows) a file in the state folder stands for it, which holds among one user's programs;
against others there is still the comparison before each save.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from sla_tui.agreement.errors import Place, UserError
from sla_tui.record.files import state_folder, state_name

_PATIENCE = 10.0
_PAUSE = 0.002


@contextmanager
def one_writer(folder: str) -> Generator[None]:
    """Holds the folder's lock. UserError when another writer does not let go for ten seconds."""
    with ExitStack() as held:
        try:
            descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
            held.callback(os.close, descriptor)
            _wait(descriptor, folder)
        except (FileNotFoundError, NotADirectoryError):
            raise
        except OSError:
            _lock_beside(held, folder)
        yield


def _wait(descriptor: int, folder: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not lock(descriptor):
        if time.monotonic() > deadline:
            raise _busy(folder)
        time.sleep(_PAUSE)


def lock(descriptor: int) -> bool:
    """Takes the lock on what is open there, unless another process has it. OSError where there are no such locks."""
    try:
        import fcntl
    except ImportError:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_beside(held: ExitStack, folder: str) -> None:
    from filelock import FileLock, Timeout

    waiting = FileLock(state_folder("locks") / f"{state_name(folder)}.lock", timeout=_PATIENCE, poll_interval=_PAUSE)
    try:
        held.enter_context(waiting)
    except Timeout:
        raise _busy(folder) from None


def _busy(folder: str) -> UserError:
    return UserError("another program is writing in this folder", "try again when it is done", Place(folder))
