"""A printed agreement carries its terms: what is inside, what stays out, and which revision it is from."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from sla_tui.agreement.fingerprint import fingerprints
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document, parse
from sla_tui.workshop.embedding import embedded_text, revision_of
from sla_tui.workshop.export import pdf
from tests.checkout import repository

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind" / "agreement.toml"


def load(file: Path) -> Agreement:
    return Document[Agreement].load(file, Agreement).value


def test_the_terms_inside_a_pdf_have_the_fingerprints_it_prints() -> None:
    agreement = load(NORTHWIND)
    reader = PdfReader(io.BytesIO(pdf(agreement)))
    (held,) = reader.attachments["agreement.toml"]
    text = held.decode() if isinstance(held, bytes) else held
    assert fingerprints(parse(str(text), "agreement.toml", Agreement)) == fingerprints(agreement)
    assert reader.metadata is not None
    assert fingerprints(agreement)[0] in str(reader.metadata["/Keywords"])
    assert reader.trailer["/Root"]["/AF"][0]["/AFRelationship"] == "/Source"


def test_comments_and_where_answers_come_from_stay_out(tmp_path: Path) -> None:
    file = tmp_path / "agreement.toml"
    file.write_text(
        """\
# walk away below 40
[agreement]
title = "SLA"  # not before the board agrees

[objective]
purpose = "More # of leads."

[sources]
"objective.purpose" = { kind = "example", note = "from their website" }
"agreement.title" = { kind = "measured", note = "overheard" }
"""
    )
    text = embedded_text(load(file))
    assert text == (
        """\
[agreement]
format = 1
title = "SLA"

[objective]
purpose = "More # of leads."

[sources]
"objective.purpose" = { kind = "example" }
"""
    )


def test_it_names_the_revision_that_says_so_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = repository(monkeypatch, tmp_path)
    file = here.write("acme/agreement.toml", '[agreement]\ntitle = "SLA"\n')
    agreement = load(file)
    assert revision_of(file, agreement) == ""
    made = here.commit("First")
    here.write("acme/notes.txt", "beside it")
    here.commit("Something else")
    assert revision_of(file, agreement) == made[:9]
    assert revision_of(file, agreement.model_copy(update={"objective": None, "sources": {}})) == ""
    here.write("acme/agreement.toml", '[agreement]\ntitle = "Another"\n')
    assert revision_of(file, load(file)) == ""
    assert revision_of(tmp_path / "nowhere" / "agreement.toml", agreement) == ""
