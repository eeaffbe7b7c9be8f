"""Parquet and JSON tables, read through the same columns of text as CSV."""

from __future__ import annotations

from pathlib import Path

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.tablefile import Signature, TableFile, quoted_path


def opened_other(path: Path, state: Signature, head: bytes) -> TableFile:
    """The opened table; UserError when the file is not what its name says."""
    import duckdb

    from sla_tui.scoring.engine import Engine

    if path.suffix.lower() == ".parquet":
        if not head.startswith(b"PAR1"):
            raise UserError("this is not a Parquet file", "check the file, or name it .csv", Place(str(path)))
        source = f"read_parquet({quoted_path(path)})"
    else:
        source = f"read_json({quoted_path(path)}, compression='none', records=true)"
    try:
        found = Engine().cursor().execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    except duckdb.Error as error:
        first = clean_line(str(error).splitlines()[0])
        raise UserError(f"this file cannot be read: {first}", "save it again, or as CSV", Place(str(path))) from error
    names = [str(row[0]) for row in found]
    columns = ", ".join(
        f'CAST("{name.replace(chr(34), chr(34) * 2)}" AS VARCHAR) AS c{at}' for at, name in enumerate(names)
    )
    return TableFile(
        path=path,
        data=path,
        columns=tuple(clean_line(name) for name in names),
        sample=(),
        signature=state,
        skipped=0,
        query=f"SELECT {columns} FROM {source}",
    )
