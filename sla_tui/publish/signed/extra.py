"""What reading and signing PDFs needs beyond the rest, and what to say where it is not there."""

from __future__ import annotations

import logging
from importlib.util import find_spec

from sla_tui.agreement.errors import UserError

_NEEDED = ("pyhanko", "pypdf")
_TALKATIVE = (*_NEEDED, "pyhanko_certvalidator", "fontTools")


def need() -> None:
    """Raises ``UserError`` where the extra ``sign`` is not installed; keeps its libraries from printing."""
    for name in _NEEDED:
        if find_spec(name) is None:
            raise UserError(
                f"checking and applying signatures needs the package {name}",
                'install it with the extra: pip install "sla-tui[sign]"',
            )
    for name in _TALKATIVE:
        # Without a handler of their own, warnings end up on the terminal.
        logging.getLogger(name).addHandler(logging.NullHandler())
