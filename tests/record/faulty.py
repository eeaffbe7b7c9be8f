"""The file layer made to fail: every call the program makes of the system counted, and one of them refused or fatal."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest import mock

CALLS = (
    *("open", "close", "read", "write", "lseek", "fsync", "ftruncate", "posix_fallocate", "replace", "link", "unlink"),
    *("fchmod", "fchown", "listxattr", "stat", "fstat", "lstat", "mkdir", "listdir", "access", "readlink"),
)
Act = Callable[[Callable[[], Any], str, tuple[Any, ...]], Any]
"""What happens instead of a call: it is given the call itself, its name and its arguments."""


@contextmanager
def counted(at: int = -1, act: Act | None = None) -> Iterator[list[str]]:
    """The names of the calls made meanwhile; ``act`` happens instead of the one at place ``at``."""
    made: list[str] = []

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            made.append(name)
            if act and len(made) - 1 == at:
                return act(lambda: real(*given, **named), name, given)
            return real(*given, **named)

        return call

    names = [name for name in CALLS if hasattr(os, name)]
    with mock.patch.multiple(os, **{name: watched(name, getattr(os, name)) for name in names}):
        yield made


def failing(number: int) -> Act:
    """The call is refused; what was to be closed is closed all the same."""

    def fail(call: Callable[[], Any], name: str, _given: tuple[Any, ...]) -> Any:
        if name == "close":
            call()
        raise OSError(number, os.strerror(number))

    return fail


def fatal(when: str) -> Act:
    """The process is killed before the call, after it, or half-way through a write."""

    def kill(call: Callable[[], Any], name: str, given: tuple[Any, ...]) -> Any:
        if when == "half-way" and name == "write":
            os.__dict__["pwrite"](given[0], bytes(given[1])[: len(given[1]) // 2], os.lseek(given[0], 0, os.SEEK_CUR))
        elif when == "after":
            with suppress(OSError):
                call()
        os.kill(os.getpid(), signal.SIGKILL)

    return kill


def killed(work: Callable[[], Any], at: int, when: str) -> bool:
    """Does ``work`` in a process of its own that is killed at a call; whether it was, and not done before."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with counted(at, fatal(when)):
                work()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the work failed of itself")
    return os.WIFSIGNALED(status)
