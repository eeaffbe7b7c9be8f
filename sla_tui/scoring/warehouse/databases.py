"""A database that holds leads: what its tables look like, and its answers. Nothing is ever written into it."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import duckdb
from sqlglot import exp

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line, did_you_mean
from sla_tui.scoring.warehouse.addresses import Address
from sla_tui.scoring.warehouse.tables import Column, Kind, Sheet

Rows = list[tuple[Any, ...]]
_MEMORY = "400MB"
"""What DuckDB may take before it turns to the disk."""

_TABLES = (
    "SELECT table_schema, table_name FROM information_schema.tables "
    "WHERE table_schema NOT IN ('information_schema', 'pg_catalog') ORDER BY 1, 2 LIMIT 10000"
)
_READS = (
    "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read "
    "-c TimeZone=UTC -c DateStyle=ISO -c extra_float_digits=1"
)
"""How a session of PostgreSQL reads: only, all of it as of one moment, and as text the same everywhere."""
_PATIENCE = 15
"""Seconds to wait for a host that does not answer."""
_OF_DUCKDB: dict[str, Kind] = {
    "VARCHAR": "text",
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"), "integer"),
    "DOUBLE": "double",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}
_OF_POSTGRES: dict[int, Kind] = {
    **dict.fromkeys((25, 1043), "text"),
    **dict.fromkeys((20, 21, 23), "integer"),
    701: "double",
    1082: "date",
    1114: "timestamp",
    1184: "timestamptz",
}
"""By the number that PostgreSQL gives a type."""


class Database(Protocol):
    """What is asked of any database."""

    def sheet(self, address: Address) -> Sheet:
        """A table's columns; UserError when there is none."""
        ...

    def rows(self, query: str) -> Rows:
        """A query's answer; UserError when it has none."""
        ...


@contextmanager
def connected(address: Address) -> Generator[Database]:
    """A connection that reads only; UserError says why there is none."""
    with _duckdb(address) if address.dialect == "duckdb" else _postgres(address) as database:
        yield database


@contextmanager
def _duckdb(address: Address) -> Generator[Database]:
    path, place = Path(address.database), Place(address.database)
    if path.is_dir():
        raise UserError("this is a folder", "name the database file in it", place)
    if not path.is_file():
        raise UserError("there is no such file", "check the path", place)
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError as error:
        raise UserError(f"this file cannot be read: {error.strerror}", "check who may read it", place) from None
    if head[8:] != b"DUCK":
        raise UserError("this is no DuckDB database", "name a table file without duckdb:", place)
    with tempfile.TemporaryDirectory(prefix="sla-tui-") as scratch:
        settings = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": scratch,
            "memory_limit": _MEMORY,
        }
        try:
            connection = duckdb.connect(address.database, read_only=True, config={**settings})
        except duckdb.Error as error:
            raise UserError(
                f"this file cannot be opened as a DuckDB database: {_first_line(error)}",
                "check that it is one, and that no other program has it open for writing",
                Place(address.database),
            ) from None
        try:
            connection.execute("SET TimeZone = 'UTC'")
            yield _DuckDB(connection)
        finally:
            connection.close()


class _DuckDB:
    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, query: str) -> Rows:
        try:
            return self._connection.execute(query).fetchall()
        except duckdb.Error as error:
            raise _refused(error) from None

    def sheet(self, address: Address) -> Sheet:
        table = Sheet(address.table, ()).relation()
        try:
            found = self._connection.execute(f"DESCRIBE {_look(table, 'duckdb')}").fetchall()
        except duckdb.CatalogException:
            raise _no_table(address, self.rows(_TABLES), "main") from None
        except duckdb.Error as error:
            raise _refused(error) from None
        columns = tuple(Column(str(row[0]), _OF_DUCKDB.get(str(row[1]), "any")) for row in found)
        return Sheet(address.table, columns, self._order(table, columns))

    def _order(self, table: exp.Table, columns: tuple[Column, ...]) -> str:
        """The rows' own number, which a view has not."""
        if any(column.name.lower() == "rowid" for column in columns):
            return ""
        rowid = exp.select(exp.column("rowid", quoted=True)).from_(table).limit(0)
        try:
            self._connection.execute(rowid.sql(dialect="duckdb"))
        except duckdb.Error:
            return ""
        return "rowid"


@contextmanager
def _postgres(address: Address) -> Generator[Database]:
    try:
        import psycopg
    except ImportError:
        raise UserError(
            "reading from PostgreSQL needs the package psycopg",
            'install it with the extra: pip install "sla-tui[postgres]"',
        ) from None
    from psycopg.conninfo import conninfo_to_dict

    url = address.database
    try:
        given = conninfo_to_dict(url)
        settings: dict[str, Any] = {"connect_timeout": _PATIENCE, "application_name": "sla-tui", **given}
        settings |= {"options": f"{given.get('options') or ''} {_READS}".strip(), "client_encoding": "UTF8"}
        connection = psycopg.connect(**settings)
    except psycopg.ProgrammingError:
        raise UserError(
            "the address of the database cannot be read", "write it as postgres://USER@HOST:PORT/DATABASE::TABLE"
        ) from None
    except psycopg.Error as error:
        raise UserError(
            f"no connection to {address.shown}: {_secretless(_first_line(error), url)}",
            "check the host, the name of the database and the password",
        ) from None
    try:
        yield _Postgres(connection, psycopg.Error)
    finally:
        connection.close()


class _Postgres:
    def __init__(self, connection: Any, errors: type[Exception]) -> None:
        self._connection = connection
        self._errors = errors

    def rows(self, query: str) -> Rows:
        try:
            return self._connection.execute(query).fetchall()
        except self._errors as error:
            self._connection.rollback()
            raise _refused(error) from None

    def sheet(self, address: Address) -> Sheet:
        table = Sheet(address.table, ()).relation()
        try:
            found = self._connection.execute(_look(table, "postgres")).description
        except self._errors as error:
            self._connection.rollback()
            if getattr(error, "sqlstate", "") not in ("42P01", "3F000", "0A000"):
                raise _refused(error) from None
            raise _no_table(address, self.rows(_TABLES), "public") from None
        return Sheet(
            address.table, tuple(Column(str(one.name), _OF_POSTGRES.get(one.type_code, "any")) for one in found)
        )


def _look(table: exp.Table, dialect: str) -> str:
    return exp.select("*").from_(table).limit(0).sql(dialect=dialect)


def _no_table(address: Address, there: Rows, usual: str) -> UserError:
    """That there is no such table, and which there are; those of the ``usual`` schema by their name alone."""
    table = ".".join(address.table)
    names = [clean_line(str(one) if schema == usual else f"{schema}.{one}") for schema, one in there]
    return UserError(f"there is no table {clean_line(table)!r}", did_you_mean(table, names), Place(address.shown))


def _refused(error: Exception) -> UserError:
    return UserError(f"the database did not answer: {_first_line(error)}", "sla-tui sql shows what it was asked")


def _first_line(error: Exception) -> str:
    lines = [clean_line(line) for line in str(error).splitlines()]
    return next(filter(None, lines), type(error).__name__)


def _secretless(words: str, url: str) -> str:
    """Words without the password that a URL holds."""
    try:
        parts = urlsplit(url)
        secrets = {parts.password or "", unquote(parts.password or ""), *parse_qs(parts.query).get("password", [])}
    except ValueError:
        return "it failed"
    for secret in filter(None, secrets):
        words = words.replace(secret, "…")
    return words
