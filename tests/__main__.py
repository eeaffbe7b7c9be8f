"""``python3 -m tests``: all tests, in an environment that is made first. Arguments go to pytest."""

import sys

from sla_tui.__main__ import enter


def _main() -> int:
    enter("dev")
    import pytest

    arguments = sys.argv[1:]
    plain = any(one.startswith(("-n", "--numprocesses", "-p", "--pdb", "--co")) for one in arguments)
    return int(pytest.main(arguments if plain else ["-n", "auto", *arguments]))


if __name__ == "__main__":
    sys.exit(_main())
