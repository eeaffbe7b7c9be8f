"""The manual of the format says what the declarations say, and is kept current."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_tui.agreement.parts import Part, specs
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop.manual import manual_text

README = Path(__file__).parents[2] / "agreements" / "README.md"


def test_the_readme_of_the_examples_is_the_manual() -> None:
    assert README.read_text("utf-8") == manual_text(), "write it again: sla-tui schema --manual > agreements/README.md"


def every_part(model: type[Part]) -> set[type[Part]]:
    below = (every_part(spec.type) for spec in specs(model) if spec.nested)
    return {model}.union(*below)


@pytest.mark.parametrize("model", [Agreement, Quota, Sitting])
def test_every_section_and_every_answer_is_in_it(model: type[Part]) -> None:
    text = manual_text()
    for spec in specs(model):
        assert spec.about
        assert f"### {spec.about.title} `{spec.key}`" in text
        assert spec.about.question in text
    for part in every_part(model) - {model}:
        for spec in specs(part):
            assert spec.question.replace("|", "\\|") in text, spec.key
            assert spec.nested or f"| `{spec.key}` |" in text


def test_its_links_lead_to_its_headings() -> None:
    text = manual_text()
    headings = {
        line.lstrip("# ").lower().replace("`", "").replace(" ", "-") for line in text.splitlines() if line[:1] == "#"
    }
    links = [piece.split(")")[0] for piece in text.split("](#")[1:]]
    assert len(links) > 25
    assert set(links) <= headings
    for piece in text.split("](")[1:]:
        target = piece.split(")")[0]
        assert target.startswith("#") or (README.parent / target).exists(), target
