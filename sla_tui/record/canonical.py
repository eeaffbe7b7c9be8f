"""The canonical layout of a file: the model's order and spelling, one blank line between tables, comments kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from sla_tui.agreement.parts import Part, plain
from sla_tui.record.document import formats, parse
from sla_tui.record.files import read
from sla_tui.record.notes import comments, notes_of
from sla_tui.record.pairing import Table, is_list, is_table, same
from sla_tui.record.saving import save
from sla_tui.record.sheets import Sheet
from sla_tui.record.syntax import BOM, decode, read_toml


def canonical(text: str, file: str, model: type[Part]) -> str:
    """The text of a file in its one canonical layout; for a text that is in it, the same.

    What is said stays: values get their canonical spelling, defaults that were written out stay written; only a file in
    an older layout is written in the newest. Its line ends, its byte order mark and every comment are kept.
    InvalidFile names every fault; RuntimeError, and nothing is lost, when the result would not say the same.
    """
    raw = read_toml(text, file)
    value = parse(text, file, model)
    body = text.removeprefix(BOM)
    mark, eol = text[: len(text) - len(body)], "\r\n" if "\r\n" in body else "\n"
    body = body.replace("\r\n", "\n")
    if body and not body.endswith("\n"):
        body += "\n"
    table = _newest(_spelt(value, raw), model)
    result = Sheet(table, notes_of(body)).text()
    says = model.model_validate(_newest(plain(value), model))
    if not same(read_toml(result, file), table) or model.model_validate(table) != says:
        raise RuntimeError("the canonical layout would not read back the same")
    if comments(result) != comments(body):
        raise RuntimeError("the canonical layout would lose a comment")
    return mark + result.replace("\n", eol)


def laid_out(value: Part, heading: str = "", *, lasting: bool = False) -> str:
    """The text of a new file that says ``value``, in the canonical layout, below a ``heading`` of comments.

    A ``lasting`` one says in which layout it is written, so that a later program reads it as what it is.
    """
    table = plain(value)
    for section, known in formats(type(value)) if lasting else ():
        if is_table(head := table.get(section)):
            table = {**table, section: {"format": known, **head}}
    return Sheet(table, notes_of(heading)).text()


def format_file(path: Path, model: type[Part], *, write: bool = True) -> bool:
    """Brings a file to its canonical layout, if ``write``; whether it was in another one.

    Raises as ``canonical`` does, and ``UserError`` when the file cannot be read or written; then it is as it was.
    """
    stored = read(path)
    text = decode(stored.data, str(path))
    result = canonical(text, str(path), model)
    if result != text and write:
        save(path, result.encode(), stored.fingerprint)
    return result != text


def _spelt(value: Any, raw: Any) -> Any:
    """What TOML holds of a value, with the defaults that ``raw`` writes out."""
    if isinstance(value, Part) and is_table(raw):
        held: Table = {}
        for name, info in type(value).model_fields.items():
            key, inner = info.alias or name, getattr(value, name)
            default = not info.is_required() and inner == info.get_default(call_default_factory=True)
            if inner is not None and (key in raw or not default):
                held[key] = _spelt(inner, raw.get(key))
        return held
    if isinstance(value, tuple):
        values = cast("tuple[Any, ...]", value)
        alike = raw if is_list(raw) and len(raw) == len(values) else [None] * len(values)
        return [_spelt(one, was) for one, was in zip(values, alike, strict=True)]
    if isinstance(value, dict) and is_table(raw):
        return {key: _spelt(one, raw.get(key)) for key, one in cast("dict[str, Any]", value).items()}
    return plain(value)


def _newest(table: Table, model: type[Part]) -> Table:
    """The table in the newest layout, where it says in which one it is."""
    for section, known in formats(model):
        head = table.get(section)
        if is_table(head) and "format" in head:
            table = {**table, section: {**head, "format": known}}
    return table
