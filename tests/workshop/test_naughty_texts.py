"""Whatever is typed into a text of any file comes back, apart from what is documented as stripped."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.parts import Part, Spec, slots, specs
from sla_tui.agreement.paths import Batch
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.record.canonical import laid_out
from sla_tui.record.document import Document
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.saver import Saving
from sla_tui.workshop.typed import put
from tests.naughty import KEPT, STRIPPED
from tests.strategies import leaves

FILES: dict[str, type[Part]] = {
    "agreement.toml": Agreement,
    "quotas/2027-Q1.toml": Quota,
    "sittings/2026-11-30.toml": Sitting,
    "leads.toml": LeadMapping,
}
TYPED = "\r\n".join(KEPT) + "\n\n" + "\n".join(one for one, _ in STRIPPED)
KEPT_OF_IT = "\n".join(KEPT) + "\n\n" + "\n".join(kept for _, kept in STRIPPED)


def whole(cls: type[Part]) -> dict[str, Any]:
    """A table with every list begun and every text answered."""
    table: dict[str, Any] = {}
    for spec in specs(cls):
        if spec.kind is Kind.RECORD:
            table[spec.key] = whole(spec.type)
        elif spec.kind is Kind.LIST:
            table[spec.key] = [{**whole(spec.type), "id": "one"}]
        elif spec.kind in (Kind.LINE, Kind.PROSE) and spec.key != "group":  # a group has to be there
            table[spec.key] = spec.example or "text"
        elif spec.kind is Kind.WORDS:
            table[spec.key] = ["text"]
    return table


def takes_text(spec: Spec) -> bool:
    """Whether any words can stand there; a fingerprint is text of digits only."""
    if spec.kind not in (Kind.LINE, Kind.PROSE, Kind.WORDS):
        return False
    with suppress(ValueError):
        return bool(spec.read("any words"))
    return False


@pytest.mark.parametrize("name", FILES)
def test_every_text_of_every_file_holds_what_was_typed(tmp_path: Path, name: str) -> None:
    file, model = tmp_path / name, FILES[name]
    file.parent.mkdir(exist_ok=True)
    file.write_text(laid_out(model.model_validate(whole(model)), ""), "utf-8")
    untouched = file.read_bytes()
    draft = Draft.open(file, model, beside=False)
    kinds = {slot.key: slot.spec.kind for slot in leaves(draft.value) if takes_text(slot.spec)}
    assert len(kinds) > 3
    line = " ".join(part for part in KEPT_OF_IT.split("\n") if part)
    wanted = {Kind.LINE: line, Kind.PROSE: KEPT_OF_IT, Kind.WORDS: (line, "b")}
    words = '"' + TYPED.replace("\\", "\\\\").replace('"', '\\"') + '", b'
    draft.change(
        Batch(tuple(put(draft.value, key, words if kind is Kind.WORDS else TYPED) for key, kind in kinds.items()))
    )
    assert draft.flush().saving is Saving.SAVED
    held = {slot.key: slot for slot in slots(Document.load(file, model).value, model)}
    for key, kind in kinds.items():
        assert held[key].value == wanted[kind], key
        assert held[key].spec.read(held[key].text) == wanted[kind], key
    draft.undo()
    assert draft.close().saving is Saving.SAVED
    assert file.read_bytes() == untouched
