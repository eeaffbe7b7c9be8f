"""``python3 -m tests``: all tests, in an environment that is made first. Arguments go to pytest."""

import os
import sys

from sla_tui.__main__ import enter


def _main() -> int:
    enter("dev")
    import pytest

    arguments = sys.argv[1:]
    plain = any(one.startswith(("-n", "--numprocesses", "-p", "--pdb", "--co")) for one in arguments)
    # One more than there are cores: a test that waits for a program or the disk leaves its core to another.
    workers = (os.cpu_count() or 1) + 1
    return int(pytest.main(arguments if plain else ["-n", str(workers), *arguments]))


if __name__ == "__main__":
    sys.exit(_main())
