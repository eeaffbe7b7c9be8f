"""``python3 -m sla_tui``. From a checkout it makes the environment it needs first; an old Python can read this file."""

import sys


def enter(extra: str = "") -> None:
    """Goes on in an environment that has what is needed; raises SystemExit when there can be none."""
    if sys.hexversion < 0x030B0000:
        found = sys.version.split()[0]
        raise SystemExit("sla-tui: Python 3.11 or newer is needed, and this is " + found + "; start a newer one")
    from sla_tui import bootstrap

    bootstrap.ready(extra)


def _main() -> int:
    enter()
    from sla_tui.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(_main())
