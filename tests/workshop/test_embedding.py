"""A printed agreement carries its terms: what is inside, what stays out, and which revision it is from."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from sla_tui.agreement.errors import UserError
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


def test_an_amendment_is_held_against_both_versions_inside(tmp_path: Path) -> None:
    pytest.importorskip("pyhanko")
    from sla_tui.workshop.export import export
    from sla_tui.workshop.verifying import verify

    old, new = tmp_path / "old" / "agreement.toml", tmp_path / "new" / "agreement.toml"
    for file, points in ((old, 50), (new, 55)):
        file.parent.mkdir()
        stage = f'[[scoring.stages]]\nid = "mql"\nname = "MQL"\nat = {points}\n'
        file.write_text(f'[agreement]\nversion = "{points}"\n[scoring]\n{stage}')
    value = Document[Agreement].load(new, Agreement).value
    made = export(value, new, tmp_path / "amendment.pdf", what="amendment", against=str(old))
    assert verify(made).problems == ()
    whole = export(value, new, tmp_path / "whole.pdf", against=str(old))
    assert verify(whole).problems == ()
    with pytest.raises(UserError, match="an amendment changes a version"):
        export(value, new, tmp_path / "other.pdf", what="amendment")
    with pytest.raises(UserError, match="no meeting is agreed yet"):
        export(value, new, tmp_path / "agenda.pdf", what="agenda")
    with pytest.raises(UserError, match="no sitting is recorded"):
        export(value, new, tmp_path / "minutes.pdf", what="minutes")
    sitting = tmp_path / "new" / "sittings" / "2026-11-30.toml"
    sitting.parent.mkdir()
    sitting.write_text('[sitting]\ndate = 2026-11-30\n[[decisions]]\nid = "a"\nwhat = "55 points"\n')
    minutes = export(value, new, what="minutes", format="md")
    assert minutes.name == "new-55-minutes.md"
    assert "55 points" in minutes.read_text("utf-8")
