"""What the scoring does to real leads."""

from __future__ import annotations

import click

from sla_tui.cli.group import Command


@click.command("simulate", cls=Command)
@click.argument("path")
def simulate(path: str) -> None:
    """Try the scoring on real leads."""
