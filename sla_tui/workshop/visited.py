"""What is still to settle in the sections that somebody has looked at; in the others there are only open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_tui.agreement.finding import Finding
from sla_tui.workshop.refused import to_settle

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft


def heard(draft: Draft[Any]) -> tuple[Finding, ...]:
    """All that is to settle, but for what the check has to say about sections nobody has looked at yet."""
    seen = draft.memory.visited
    return tuple(one for one in to_settle(draft) if one.undecided or one.section in seen)
