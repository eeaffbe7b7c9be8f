"""The example agreements and the templates that come with the program, for the tests that hold them."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from sla_tui.agreement.terms import Agreement

ROOT = Path(__file__).parents[2] / "agreements"
EXAMPLES = sorted(ROOT.glob("*/agreement.toml"))
TEMPLATES = sorted(Path(str(resources.files("sla_tui.templates"))).glob("*.toml"))


def _called(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


every_text = pytest.mark.parametrize("path", EXAMPLES + TEMPLATES, ids=_called)
every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
every_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)


def read(path: Path) -> Agreement:
    """The agreement in a file."""
    return Agreement.model_validate(tomllib.loads(path.read_text("utf-8")))


def template(name: str) -> Agreement:
    """The template of this name."""
    return next(read(path) for path in TEMPLATES if path.stem == name)
