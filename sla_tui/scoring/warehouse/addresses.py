"""Where leads are in a database: ``duckdb:FILE::TABLE`` or ``postgres://…::TABLE``, shown without any password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.text import clean_line

_PART = re.compile(r'"((?:[^"]|"")+)"|([^."]+)')
_DUCKDB, _POSTGRES = "duckdb:", ("postgres://", "postgresql://")
_OTHER = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


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
    """Whether a name of leads means a database rather than a file; UserError for a kind that cannot be asked."""
    if words.startswith((_DUCKDB, *_POSTGRES)):
        return True
    if found := _OTHER.match(words):
        raise UserError(
            f"leads cannot be counted at {clean_line(found[1])}:// addresses",
            "give duckdb:FILE::TABLE or postgres://USER@HOST/DATABASE::TABLE; for others sla-tui sql prints the query",
        )
    return False


def database_of(path: Path) -> str:
    """What names a database where a file should be, without any password; empty for a path that does not."""
    for at, part in enumerate(path.parts):
        kind, mark, _ = part.partition(":")
        words = "/".join(path.parts[at:])
        if mark and kind == "duckdb":
            return words
        if mark and kind in ("postgres", "postgresql"):
            return _without_secrets(words.replace(":/", "://", 1).rpartition("::")[0])
    return ""


def read_address(words: str, folder: Path | None = None) -> Address:
    """The address that was typed; UserError says how one is written, and repeats none of it that may be secret.

    A file without a path of its own lies in ``folder``, else where the program runs.
    """
    database, mark, table = words.rpartition("::")
    duckdb = words.startswith(_DUCKDB)
    if not mark or not table or (not duckdb and set(table) & set("/@]")):
        how = "duckdb:FILE::TABLE" if duckdb else "postgres://USER@HOST/DATABASE::TABLE"
        raise UserError("the address of the leads names no table", f"write it as {how}")
    if duckdb:
        file = database.removeprefix(_DUCKDB)
        if not file:
            raise UserError("the address of the leads names no file", "write it as duckdb:FILE::TABLE")
        path = Path(file).expanduser()
        return Address("duckdb", str(folder / path if folder else path), table_name(table), f"{_DUCKDB}{file}")
    if _torn(database):
        raise UserError(
            "the address of the database cannot be read: its port is none, or a mark in its password ends it too soon",
            "give the password in PGPASSWORD or ~/.pgpass, or write / as %2F, ? as %3F, # as %23",
        )
    return Address("postgres", database, table_name(table), _without_secrets(database))


def _torn(url: str) -> bool:
    """Whether an address is read as if its host came before the @, and a part of a password as the host's port."""
    try:
        parts = urlsplit(url)
        torn = "@" not in parts.netloc and "@" in f"{parts.path}{parts.query}{parts.fragment}"
        return torn or (parts.port is not None and parts.port < 0)
    except ValueError:
        return True


def _without_secrets(url: str) -> str:
    """A URL's host and database: what else is in it may be secret."""
    try:
        parts = urlsplit(url)
        if "@" in parts.path:
            return "postgres://…"
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
