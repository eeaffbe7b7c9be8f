"""What the scoring's tests share."""

from __future__ import annotations

import csv
import io
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own."""
    pytest.importorskip("psycopg")
    tools = [Path(found).parent for name in ("initdb",) if (found := shutil.which(name))]
    tools += sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not tools:
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory() as folder:
        asked: dict[str, Any] = {"check": True, "capture_output": True, "cwd": folder}
        if os.geteuid() == 0:
            try:
                asked["user"] = pwd.getpwnam("postgres").pw_uid
            except KeyError:
                pytest.skip("PostgreSQL does not run as root, and nobody else is there to run it")
            os.chown(folder, asked["user"], -1)
        start = [tools[-1] / "initdb", "-D", "data", "-A", "trust", "-U", "sla", "--no-sync", "--encoding=UTF8"]
        subprocess.run([*start, "--locale=C"], **asked)
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=5"
        control = [tools[-1] / "pg_ctl", "-D", "data", "-w"]
        subprocess.run([*control, "-o", options, "-l", "log", "start"], **asked)
        try:
            yield f"postgres://sla@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **asked)


def as_csv(header: Iterable[str], rows: Iterable[Iterable[str]], delimiter: str = ",") -> str:
    """A table as CSV, every cell quoted so that blank ones are no blank lines."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
