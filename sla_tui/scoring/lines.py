"""On which line of a text table each of its rows stands."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import cast

import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import Flags, Longs
from sla_tui.scoring.tablefile import TableFile

_BLOCK = 1 << 20
_LINES = 1 << 15
_BREAK, _RETURN, _QUOTE = b'\n\r"'

Bytes = npt.NDArray[np.uint8]


def record_lines(table: TableFile) -> Longs:
    """The line, counted from 1, on which each record after the header starts; blank lines left out."""
    starts, ends, quoted = _bounds(table)
    data = _bytes(table)
    first = np.arange(len(ends)) >= table.skipped
    for line, upto in _going_on(table, data, starts, ends) if quoted else ():
        first[line + 1 : upto] = False
    if len(table.columns) > 1:
        first &= starts < ends
        # Hardly any line begins so: those that do are looked at one by one.
        odd = np.flatnonzero(first)
        odd = odd[np.isin(data[starts[odd]], (0, _RETURN))]
        first[[at for at in odd.tolist() if not _text(data, starts, ends, at).strip("\r")]] = False
    return np.flatnonzero(first) + 1


def _bounds(table: TableFile) -> tuple[Longs, Longs, bool]:
    """Where each line starts and where it ends, its break left out; and whether there are quotation marks."""
    block, at, quoted = bytearray(_BLOCK), 0, False
    found = [np.zeros(0, np.int64)]
    # Read in blocks: a file that is mapped into memory counts as memory.
    with table.data.open("rb", buffering=0) as file:
        while size := file.readinto(block):
            found.append(np.flatnonzero(np.frombuffer(block, np.uint8, size) == _BREAK) + at)
            quoted = quoted or block.find(_QUOTE, 0, size) >= 0
            at += size
    ends = np.concatenate(found)
    if at > (int(ends[-1]) + 1 if len(ends) else 0):
        ends = np.append(ends, at)
    return np.append(0, ends[:-1] + 1)[: len(ends)], ends, quoted


def _bytes(table: TableFile) -> Bytes:
    return np.memmap(table.data, np.uint8, "r") if table.signature.size else np.empty(0, np.uint8)


def _text(data: Bytes, starts: Longs, ends: Longs, line: int) -> str:
    return data[starts[line] : ends[line]].tobytes().decode("utf-8", "replace").replace("\0", "")


def _going_on(table: TableFile, data: Bytes, starts: Longs, ends: Longs) -> Iterator[tuple[int, int]]:
    """The lines, counted from 0, whose record goes on over the next ones, and the line after its last."""
    upto = 0
    for at in range(table.skipped, len(ends), _LINES):
        for one in _not_plainly_closed(table, data, starts[at : at + _LINES], int(ends[at : at + _LINES][-1])).tolist():
            if at + one >= upto:
                upto = _end_of_record(table, data, starts, ends, at + one)
                if upto > at + one + 1:
                    yield at + one, upto


def _not_plainly_closed(table: TableFile, data: Bytes, starts: Longs, end: int) -> Longs:
    """The lines with quotation marks other than pairs of one that begins a cell and one that ends it."""
    quotes = np.flatnonzero(data[starts[0] : end] == _QUOTE) + int(starts[0])
    if not len(quotes):
        return quotes
    line: Longs = np.searchsorted(starts, quotes, side="right").astype(np.int64) - 1
    delimiter = ord(table.delimiter)
    before, after = data[quotes - 1], data[np.minimum(quotes + 1, len(data) - 1)]
    opens = (quotes == starts[line]) | (before == delimiter)
    closes = (quotes + 1 == len(data)) | np.isin(after, (delimiter, _BREAK, _RETURN))
    first: Longs = np.append(0, np.flatnonzero(line[1:] != line[:-1]) + 1)
    held = np.diff(np.append(first, len(line)))
    second = (np.arange(len(line)) - np.repeat(first, held)) % 2 == 1
    fits = np.logical_and.reduceat(cast("Flags", np.where(second, closes, opens)), first) & (held % 2 == 0)
    return line[first[~fits]]


def _end_of_record(table: TableFile, data: Bytes, starts: Longs, ends: Longs, line: int) -> int:
    """The line after the last one of the record that starts on ``line``."""
    return _record(table, data, starts, ends, line)[0]


def records(table: TableFile, lines: Sequence[int]) -> list[list[str]]:
    """The cells of the records that start on some lines, counted from 1."""
    starts, ends, _ = _bounds(table)
    data = _bytes(table)
    return [_record(table, data, starts, ends, line - 1)[1] for line in lines]


def _record(table: TableFile, data: Bytes, starts: Longs, ends: Longs, line: int) -> tuple[int, list[str]]:
    upto = line + 1

    def more() -> Iterator[str]:
        nonlocal upto
        while upto < len(ends):
            upto += 1
            yield _text(data, starts, ends, upto - 1) + "\n"

    source = chain([_text(data, starts, ends, line) + "\n"], more())
    try:
        cells = next(csv.reader(source, delimiter=table.delimiter), list[str]())
    except csv.Error:
        cells = []
    return upto, cells


def line_numbers(table: TableFile, positions: Sequence[int]) -> list[int]:
    """The lines on which records stand whose first bytes, counted from 1, are at ``positions``."""
    if not positions:
        return []
    data = _bytes(table)
    starts: list[int] = []
    for position in positions:
        start = max(position - 1, 0)
        while start < len(data) and data[start] in (_BREAK, _RETURN):
            start += 1
        starts.append(start)
    return (np.searchsorted(_bounds(table)[1], starts) + 1).tolist()


def lines_of_rows(table: TableFile, malformed: Collection[int]) -> Longs:
    """The line each well-formed row starts on; empty where the format has no lines."""
    if not table.text:
        return np.zeros(0, np.int64)
    lines = record_lines(table)
    return lines[~np.isin(lines, list(malformed))] if malformed else lines


def row_numbers(table: TableFile, malformed: Iterable[int]) -> Longs:
    """The number each well-formed row has among all rows, counted from 1."""
    return np.flatnonzero(~np.isin(record_lines(table), list(malformed))) + 1


def line_at(lines: Longs, row: int) -> int:
    """A row's line among those of ``lines_of_rows``; its number where there are no lines, 0 for one that is gone."""
    return int(lines[row]) if row < len(lines) else (0 if len(lines) else row + 1)
