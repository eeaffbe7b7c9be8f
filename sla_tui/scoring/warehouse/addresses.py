"""Where leads are in a database: ``duckdb:FILE::TABLE`` or ``postgres://…::TABLE``, shown without any password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sla_tui.agreement.errors import UserError

_PART = re.compile(r'"((?:[^"]|"")+)"|([^."]+)')
_DUCKDB, _POSTGRES = "duckdb:", ("postgres://", "postgresql://")


@dataclass(frozen=True, slots=True)
class Address:
    """A table in a database. ``database`` is a file or a URL, which may hold a password and is never shown."""

    dialect: str
    database: str = field(repr=False)
    table: tuple[str, ...]
    shown: str

    def __str__(self) -> str:
        return f"{self.shown}::{'.'.join(self.table)}"


def in_database(words: str) -> bool:
    """Whether a name of leads means a database rather than a file."""
    return words.startswith((_DUCKDB, *_POSTGRES))


def read_address(words: str) -> Address:
    """The address that was typed; UserError says how one is written, and repeats none of it that may be secret."""
    database, mark, table = words.rpartition("::")
    duckdb = words.startswith(_DUCKDB)
    if not mark or not table or (not duckdb and set(table) & set("/@]")):
        how = "duckdb:FILE::TABLE" if duckdb else "postgres://USER@HOST/DATABASE::TABLE"
        raise UserError("the address of the leads names no table", f"write it as {how}")
    if duckdb:
        file = database.removeprefix(_DUCKDB)
        if not file:
            raise UserError("the address of the leads names no file", "write it as duckdb:FILE::TABLE")
        return Address("duckdb", str(Path(file).expanduser()), table_name(table), f"{_DUCKDB}{file}")
    return Address("postgres", database, table_name(table), _without_secrets(database))


def _without_secrets(url: str) -> str:
    """A URL's host and database: what else is in it may be secret."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        return f"postgres://{parts.hostname or ''}{port}{parts.path}"
    except ValueError:
        return "postgres://…"


def table_name(words: str) -> tuple[str, ...]:
    """The parts of a table's name: ``sales.leads``, or with quotes where a part holds a dot."""
    parts: list[str] = []
    at = 0
    while found := _PART.match(words, at):
        parts.append(found[1].replace('""', '"') if found[1] else found[2])
        at = found.end()
        if at == len(words) and len(parts) <= 3:
            return tuple(parts)
        if words[at : at + 1] != ".":
            break
        at += 1
    raise UserError(
        f"{words!r} is no name of a table", 'write it as in leads or sales.leads, a part with a dot as in "a.b"'
    )
