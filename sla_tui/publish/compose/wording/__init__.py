"""How the sections read on paper, by what they are made of; what is not here is printed from its declaration."""

from __future__ import annotations

from sla_tui.agreement.parts import Item, Part
from sla_tui.publish.compose.forms import Col, Form
from sla_tui.publish.compose.phrases import Phrase
from sla_tui.publish.compose.wording import aims, leads, sales, together, upkeep

_PARTS = (aims, leads, sales, together, upkeep)

SECTIONS: dict[type[Part], tuple[Form, ...]] = {cls: forms for part in _PARTS for cls, forms in part.SECTIONS.items()}
"""The clauses of a section."""
ROWS: dict[type[Item], tuple[Col, ...]] = {cls: columns for part in _PARTS for cls, columns in part.ROWS.items()}
"""The columns of a list as a table."""
ENTRIES: dict[type[Item], tuple[Phrase, ...]] = {cls: said for part in _PARTS for cls, said in part.ENTRIES.items()}
"""What follows the name of an entry that is a clause of its own; the lists in it stand below as tables."""
