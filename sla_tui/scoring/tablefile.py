"""A table on disk, opened for reading: its header, its first rows, and the SQL that reads it."""

from __future__ import annotations

import csv
from collections.abc import Collection, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.encoding import Passed, encoding_of, encoding_throughout, refuse_other_formats, utf8_copy
from sla_tui.scoring.warehouse.addresses import database_of

_DELIMITERS = ",;\t|"
_HEAD = 1 << 18
_SNIFFED = 1 << 14
_SAMPLED = 1000
_WIDEST = 10_000


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells one state of a file from another."""

    path: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class TableFile:
    """An opened table. ``path`` is the user's, ``data`` the file actually read: the same, or a copy in UTF-8.

    ``skipped`` counts the physical lines up to the end of the header, ``records`` the records; ``sample`` holds the
    first rows' cells. ``query`` is SQL for the rows of a table that is no text.
    """

    path: Path
    data: Path
    columns: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    signature: Signature
    delimiter: str = ","
    skipped: int = 1
    records: int = 1
    query: str = ""

    @property
    def text(self) -> bool:
        """Whether it is lines of text."""
        return not self.query

    def relation(self, numeric: Collection[int] = ()) -> str:
        """SQL for its rows: columns c0, c1, … of text, of doubles those in ``numeric``.

        A row that does not fit is left out and listed in the engine's reject_errors.
        """
        if self.query:
            return f"({self.query})"
        kinds = (f"'c{at}': '{'DOUBLE' if at in numeric else 'VARCHAR'}'" for at in range(len(self.columns)))
        # Skipped records leave no header behind: names with line breaks or twice the same stay out of the engine.
        return (
            f"read_csv({quoted_path(self.data)}, auto_detect=false, header=false, skip={self.records}, "
            f"delim={quoted(self.delimiter)}, quote='\"', escape='\"', compression='none', "
            f"columns={{{', '.join(kinds)}}}, ignore_errors=true, store_rejects=true, rejects_limit=0)"
        )


def signature(path: Path) -> Signature:
    """The state a file is in now; UserError when it cannot be looked at."""
    try:
        state = path.stat()
    except OSError as error:
        raise cannot_read(path, error) from error
    return Signature(str(path), state.st_size, state.st_mtime_ns)


def cannot_read(path: Path, error: OSError) -> UserError:
    """A file that is not there, or not for us to read, as the user's error."""
    if database := database_of(path):
        return UserError(
            "leads in a database are only counted there, by simulate; here each one is read",
            "export some of them to a file and name that",
            Place(database),
        )
    if isinstance(error, FileNotFoundError):
        near = [one.name for one in path.parent.glob("*.[ctjp][sa]*")] if path.parent.is_dir() else []
        from sla_tui.agreement.text import nearest

        close = nearest(path.name, near)
        return UserError(
            "there is no such file", f"did you mean {close}?" if close else "check the path", Place(str(path))
        )
    if isinstance(error, PermissionError):
        return UserError("this file may not be read", "ask for permission to read it", Place(str(path)))
    return UserError(f"this file cannot be read ({error.strerror or error})", "check the path", Place(str(path)))


@contextmanager
def opened(
    path: Path, repair: bool = False, head: bool = False, passed: Passed = lambda share: None
) -> Generator[TableFile]:
    """Opens a table of any kind that can be read; a copy made on the way is gone afterwards.

    ``repair``: the file did not read as it claimed to, so look at all its bytes and read a copy put right.
    ``head``: only its columns and first rows are wanted. ``passed`` hears how far a copy is, and may end it by raising.
    UserError says what is wrong with the file and what to do.
    """
    if path.is_dir():
        raise UserError("this is a folder", "name the file in it", Place(str(path)))
    state = signature(path)
    if not path.is_file():
        raise UserError(
            "this is no plain file (a pipe, a device or a socket)", "save the table to a file first", Place(str(path))
        )
    try:
        with path.open("rb") as file:
            start = file.read(_HEAD)
    except OSError as error:
        raise cannot_read(path, error) from error
    if not start.strip():
        raise UserError("this file is empty", "it needs a header line and a row for each lead", Place(str(path)))
    if path.suffix.lower() in (".parquet", ".json", ".jsonl", ".ndjson"):
        from sla_tui.scoring.otherformats import opened_other

        yield opened_other(path, state, start)
        return
    with ExitStack() as until_read:
        yield _csv(path, _readable(path, start, repair, until_read, passed, head), state)


def _readable(path: Path, head: bytes, repair: bool, until_read: ExitStack, passed: Passed, only_head: bool) -> Path:
    """The file itself where it is UTF-8 with line ends of one kind, else a copy that is."""
    encoding = encoding_of(head, path)
    if encoding == "utf-8" and repair:
        encoding = encoding_throughout(path, passed)
    bare_returns = b"\r" in head and b"\n" not in head
    mixed = 0 < head.count(b"\r\n") < head.count(b"\n")
    if encoding in ("utf-8", "utf-8-sig") and not (repair or bare_returns or mixed):
        return path
    try:
        return until_read.enter_context(utf8_copy(path, encoding, passed, only_head))
    except OSError as error:
        raise UserError(
            f"no copy in UTF-8 could be made ({error.strerror})", "make room, or save it in UTF-8"
        ) from error


def _csv(path: Path, data: Path, state: Signature) -> TableFile:
    with data.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        head = file.read(_HEAD)
    refuse_other_formats(head[:64].encode("utf-8", "replace"), path)
    blank = _blank_lines(head)
    delimiter = _delimiter(head)
    rows = _rows(head, delimiter, _SAMPLED)
    header = tuple(clean_line(name) for name in rows[0]) if rows else ()
    if not any(header):
        raise UserError("this file has no header", "its first line has to name the columns", Place(str(path), 1))
    if len(header) > _WIDEST:
        raise UserError(f"{len(header)} columns are no table of leads", "check the file", Place(str(path), 1))
    if len(header) == 1 and (held := [mark for mark in _DELIMITERS if mark in rows[0][0]]):
        raise UserError(
            f"there is only one column here, and its name holds {_named(held[0])}: {header[0][:60]!r}",
            "save the file with one delimiter throughout and without quotes around whole lines",
            Place(str(path), 1),
        )
    skipped = blank + _header_height(head, blank, delimiter)
    return TableFile(
        path=path,
        data=data,
        columns=header,
        sample=tuple(tuple(row) for row in rows[1:] if len(row) == len(header)),
        signature=state,
        delimiter=delimiter,
        skipped=skipped,
        records=blank + 1,
    )


def _named(mark: str) -> str:
    return {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}[mark]


def _blank_lines(head: str) -> int:
    count = 0
    for line in head.splitlines():
        if line.strip():
            return count
        count += 1
    return count


def _header_height(head: str, blank: int, delimiter: str) -> int:
    """How many physical lines the header takes; its names may hold line breaks."""
    reader = csv.reader(head.splitlines(keepends=True)[blank:], delimiter=delimiter)
    try:
        next(reader, None)
    except csv.Error:
        return 1
    return max(reader.line_num, 1)


def _rows(head: str, delimiter: str, most: int) -> list[list[str]]:
    """The first records, blank ones left out; the last one read may be cut off and is dropped."""
    lines = head.splitlines(keepends=True)
    if len(head) >= _HEAD:
        lines.pop()
    try:
        rows = [row for row in islice(csv.reader(lines, delimiter=delimiter), most) if row]
    except csv.Error:
        return [head.splitlines()[_blank_lines(head)].split(delimiter)]
    return [row for row in rows if any(cell.strip() for cell in row)]


def _delimiter(head: str) -> str:
    """The mark that splits the most rows into as many cells as the header has; the comma when none splits it."""

    def agreement(mark: str) -> tuple[float, int]:
        rows = _rows(head[:_SNIFFED], mark, _SAMPLED)
        width = len(rows[0]) if rows else 0
        if width < 2:
            return (0.0, 0)
        return (sum(len(row) == width for row in rows) / len(rows), width)

    best = max(_DELIMITERS, key=agreement)
    return best if agreement(best)[1] else ","


def quoted(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quoted_path(path: Path) -> str:
    """A path as an SQL literal that names this one file, whatever wildcards its name holds."""
    literal = "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path.absolute()))
    return quoted(literal)


def cells(table: TableFile, column: int) -> Sequence[str]:
    """The sampled cells of one column."""
    return [row[column] for row in table.sample]
