"""The schemas for editors beside an agreement's file: one for each kind of file, brought up to date when asked."""

from __future__ import annotations

from pathlib import Path

from sla_tui.agreement.parts import Part
from sla_tui.agreement.schema import schema_text
from sla_tui.record.files import read
from sla_tui.record.saving import save


def schema_name(model: type[Part]) -> str:
    """What the schema of a kind of file is called: ``quota.schema.json``."""
    return f"{model.__name__.lower()}.schema.json"


def heading(model: type[Part]) -> str:
    """The first line of a new file in a folder beside the agreement's: where editors find its schema."""
    return f"#:schema ../{schema_name(model)}\n"


def write_schema(agreement: Path, model: type[Part]) -> Path:
    """Writes, or brings up to date, a schema beside an agreement's file, and returns its path. Raises ``UserError``."""
    path = agreement.parent / schema_name(model)
    text = schema_text(model).encode()
    held = read(path) if path.exists() else None
    if held is None or held.data != text:
        save(path, text, held.fingerprint if held else None)
    return path
