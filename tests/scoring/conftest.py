"""What the scoring's tests share."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

Written = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Written:
    """Writes a file of some text or bytes and gives its path."""

    def written(content: str | bytes, name: str = "leads.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return written


def as_csv(header: Iterable[str], rows: Iterable[Iterable[str]], delimiter: str = ",") -> str:
    """A table as CSV, every cell quoted so that blank ones are no blank lines."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
