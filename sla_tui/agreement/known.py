"""What a check may know beside the file it looks at; what is not known silences the checks that need it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sla_tui.agreement.quota import Quota
    from sla_tui.agreement.sitting import Sitting
    from sla_tui.agreement.terms import Agreement


@dataclass(frozen=True, slots=True)
class Known:
    """``today``; for an agreement its ``quotas`` and ``sittings`` by name and the names of those whose files cannot be
    read; for a quota or a sitting the ``agreement`` it belongs to; and which letters of a text stand on no printed page
    as they are."""

    today: date | None = None
    quotas: tuple[tuple[str, Quota], ...] | None = None
    unread: tuple[str, ...] = ()
    agreement: Agreement | None = None
    sittings: tuple[tuple[str, Sitting], ...] | None = None
    unread_sittings: tuple[str, ...] = ()
    unprinted: Callable[[str], str] | None = None


NOTHING = Known()
"""Nothing but the file itself."""
