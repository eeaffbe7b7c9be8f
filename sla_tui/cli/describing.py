"""What an agreement's files hold, for editors and for people."""

from __future__ import annotations

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import say

_OF = ("agreement", "quota", "sitting")
"""The kinds of files there are schemas of."""


@click.command("schema", cls=Command, epilog="Example: sla-tui schema agreements/northwind")
@click.argument("path", required=False)
@click.option("--of", "of", type=click.Choice(_OF), default="agreement", help="Of which file.")
@click.option("--manual", is_flag=True, help="Print the format as a manual to read, in Markdown.")
def schema(path: str | None, of: str, manual: bool) -> None:
    """Print the JSON Schema for editors.

    With a PATH the schemas are written beside that agreement, where editors find them.
    """
    if manual:
        from sla_tui.workshop.manual import manual_text

        click.echo(manual_text(), nl=False)
    elif path is None:
        click.echo(_schema(of), nl=False)
    else:
        from pathlib import Path

        from sla_tui.cli.starting import need_file
        from sla_tui.workshop.folder import agreement_file, agreement_of, model_of, quota_files, sitting_files
        from sla_tui.workshop.schemas import write_schema

        file = agreement_of(agreement_file(Path(path)))
        need_file(file)
        for model in dict.fromkeys(model_of(one) for one in (file, *quota_files(file), *sitting_files(file))):
            say(str(write_schema(file, model)))


def _schema(of: str) -> str:
    from sla_tui.agreement.quota import Quota
    from sla_tui.agreement.schema import schema_text
    from sla_tui.agreement.sitting import Sitting
    from sla_tui.agreement.terms import Agreement

    return schema_text({"quota": Quota, "sitting": Sitting}.get(of, Agreement))
