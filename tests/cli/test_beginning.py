"""new, templates, schema, export: an agreement from nothing to paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind"


def test_templates_are_listed_with_what_they_are(run: Run) -> None:
    done = run("templates")
    assert done.code == 0
    assert done.out.startswith("one-page  ")
    assert all(len(line.split(maxsplit=1)) == 2 for line in done.out.splitlines())


def test_new_makes_an_agreement_and_says_how_to_go_on(run: Run, tmp_path: Path) -> None:
    done = run("new", "our agreements/acme")
    assert done.code == 0
    assert done.out == "our agreements/acme/agreement.toml\nOpen it with: sla-tui open 'our agreements/acme'\n"
    assert (tmp_path / "our agreements" / "acme" / "agreement.schema.json").exists()
    assert run("check", "our agreements/acme").code == 0


def test_new_from_another_agreement_says_what_is_its_own_no_more(run: Run, tmp_path: Path) -> None:
    done = run("new", "next", "--template", NORTHWIND)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "next/agreement.toml"
    assert any(line.startswith("  cleared: ") for line in lines)
    assert lines[-1] == "Open it with: sla-tui open next"
    text = (tmp_path / "next" / "agreement.toml").read_text()
    assert "Ana Ruiz" not in text
    assert run("check", "next").code == 0


def test_new_never_writes_over_one(run: Run, sample: Path) -> None:
    before = sample.read_text()
    done = run("new", sample.parent)
    assert done.code == 2
    assert "already" in done.err
    assert sample.read_text() == before


@pytest.mark.parametrize("template", ["one-pag", "nowhere.toml", ""])
def test_new_from_an_unknown_template_makes_nothing(run: Run, tmp_path: Path, template: str) -> None:
    done = run("new", "acme", "--template", template)
    assert done.code == 2
    assert "one-page" in done.err
    assert not (tmp_path / "acme").exists()


def test_schema_is_printed_or_written_beside_an_agreement(run: Run, sample: Path) -> None:
    printed = run("schema").out
    assert json.loads(printed)["title"] == "Agreement"
    written = sample.parent / "agreement.schema.json"
    assert run("schema", sample.parent).out == f"{written}\n"
    assert written.read_text() == printed


def test_export_writes_a_pdf_with_its_fields_and_says_where(run: Run, tmp_path: Path) -> None:
    from pypdf import PdfReader

    done = run("export", NORTHWIND, "-o", "out.pdf", "--paper", "letter")
    assert (done.code, done.out, done.err) == (0, "out.pdf\n", "")
    fields = PdfReader(tmp_path / "out.pdf").get_fields() or {}
    assert sum(field.get("/FT") == "/Sig" for field in fields.values()) >= 3


def test_export_beside_the_agreement_by_default(run: Run, sample: Path) -> None:
    done = run("export", sample)
    assert (done.code, done.out) == (0, f"{sample.parent / 'acme-draft.pdf'}\n")
    assert (sample.parent / "acme-draft.pdf").read_bytes().startswith(b"%PDF-")


def test_export_writes_what_a_wiki_a_browser_and_word_read(run: Run, sample: Path, tmp_path: Path) -> None:
    done = run("export", sample, "--format", "md")
    assert (done.code, done.out, done.err) == (0, f"{sample.parent / 'acme-draft.md'}\n", "")
    assert run("export", sample, "-o", "a.html", "--paper", "letter").out == "a.html\n"
    assert "@page { size: letter;" in (tmp_path / "a.html").read_text("utf-8")
    assert run("set", sample, "agreement.organization=日本").code == 0
    done = run("export", sample, "-o", "a.docx")
    assert (done.code, done.out, done.err) == (0, "a.docx\n", "")


def test_a_final_export_is_refused_with_reasons_and_exit_1(run: Run, sample: Path) -> None:
    done = run("export", sample, "--final")
    assert (done.code, done.out) == (1, "")
    assert "error: commitments.call.if_missed: " in done.err
    assert "against a final version" in done.err.splitlines()[-1]
    assert not list(sample.parent.glob("*.pdf"))


def test_a_complete_agreement_exports_as_final(run: Run, tmp_path: Path) -> None:
    assert run("export", NORTHWIND, "--final", "-o", "final.pdf").code == 0
    assert (tmp_path / "final.pdf").exists()


def test_export_into_a_folder_or_nowhere_is_exit_2(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run("export", sample, "-o", tmp_path).code == 2
    assert run("export", sample, "-o", "no/such/place.pdf").code == 2
    assert run("export", sample, "-o", "-").code == 2


def test_hostile_words_reach_the_pages_as_words(run: Run, sample: Path) -> None:
    words = "<b>bold</b> [red]x[/red] &amp; =cmd() \N{FIRE} \u05e9\u05dc\u05d5\u05dd \u200b"
    assert run("set", sample, f"agreement.title={words}").code == 0
    assert run("export", sample).code == 0


def test_check_and_export_say_which_letters_a_pdf_shows_as_code_points(run: Run, sample: Path) -> None:
    assert run("set", sample, "agreement.organization=שלום Ωß").code == 0
    done = run("export", sample)
    assert done.code == 0
    for said in (done.err, run("check", sample).out):
        assert "agreement.organization: Organization: text that runs from right to left" in said
        assert "[U+05E9], [U+05DC], [U+05D5], …" in said
        assert "Ω" not in said
    assert "right to left" not in run("export", sample, "--format", "html").err
