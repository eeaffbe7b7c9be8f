"""An agreement as a file: where it goes, when it may be final, and that an old file stays whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_tui.agreement.check import Finding, Severity
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.paths import Put, apply
from sla_tui.agreement.terms import Agreement
from sla_tui.record import saving
from sla_tui.record.document import Document
from sla_tui.workshop.export import FORMATS, Format, NotReady, default_target, export, format_of
from sla_tui.workshop.final import objections, strict

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind" / "agreement.toml"


@pytest.fixture
def agreement(sample: Path) -> Agreement:
    return Document[Agreement].load(sample, Agreement).value


def test_it_lies_beside_the_agreement_under_a_name_that_says_what_it_is(agreement: Agreement, sample: Path) -> None:
    assert default_target(sample, agreement).name == "acme-draft.pdf"
    versioned, _ = apply(agreement, Put("agreement.version", "../2.0 / b"))
    assert default_target(sample, versioned).name == "acme-2.0-b-draft.pdf"
    assert default_target(sample, versioned, final=True).name == "acme-2.0-b.pdf"
    assert default_target(sample, versioned).parent == sample.parent


def test_a_draft_is_written_whatever_is_open(agreement: Agreement, sample: Path) -> None:
    written = export(agreement, sample)
    assert written.read_bytes().startswith(b"%PDF-")


def test_the_same_agreement_is_the_same_file(agreement: Agreement, sample: Path, tmp_path: Path) -> None:
    first = export(agreement, sample, tmp_path / "a.pdf").read_bytes()
    export(agreement, sample, tmp_path / "a.pdf")
    assert export(agreement, sample, tmp_path / "b.pdf").read_bytes() == first == (tmp_path / "a.pdf").read_bytes()


def test_paper_changes_the_page(agreement: Agreement, sample: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    widths = {
        paper: round(
            float(PdfReader(export(agreement, sample, tmp_path / f"{paper}.pdf", paper=paper)).pages[0].mediabox.width)
        )
        for paper in ("a4", "letter")
    }
    assert widths == {"a4": 595, "letter": 612}


def test_a_final_version_is_refused_with_every_reason(agreement: Agreement, sample: Path) -> None:
    with pytest.raises(NotReady) as caught:
        export(agreement, sample, final=True)
    assert {"agreement.ends", "commitments.call.if_missed"} <= {reason.key for reason in caught.value.reasons}
    assert not list(sample.parent.glob("*.pdf"))


def test_a_complete_agreement_can_be_final(tmp_path: Path) -> None:
    agreement = Document[Agreement].load(NORTHWIND, Agreement).value
    written = export(agreement, NORTHWIND, tmp_path / "final.pdf", final=True)
    assert written.read_bytes().startswith(b"%PDF-")


def test_final_counts_what_is_open_as_an_error_and_notes_as_nothing() -> None:
    found = [
        Finding(Severity.WARNING, "unanswered", "a", ""),
        Finding(Severity.WARNING, "half-built", "b", ""),
        Finding(Severity.WARNING, "one-sided", "c", ""),
        Finding(Severity.NOTE, "share-of-all", "d", ""),
        Finding(Severity.ERROR, "stage-order", "e", ""),
    ]
    assert [finding.key for finding in objections(found)] == ["a", "b", "e"]
    assert [finding.severity for finding in strict(found)] == ["error", "error", "warning", "note", "error"]


def test_a_folder_is_no_file_to_write(agreement: Agreement, sample: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="folder"):
        export(agreement, sample, tmp_path)
    with pytest.raises(UserError, match="no such folder"):
        export(agreement, sample, tmp_path / "nowhere" / "a.pdf")


@pytest.mark.parametrize("data", [b"[agreement]", b"id,won", b"%PDF-1.7 /ByteRange [0 1 2 3]"])
def test_what_is_no_earlier_export_is_not_written_over(
    agreement: Agreement, sample: Path, tmp_path: Path, data: bytes
) -> None:
    target = tmp_path / "precious"
    target.write_bytes(data)
    with pytest.raises(UserError, match="not written over"):
        export(agreement, sample, target)
    assert target.read_bytes() == data


def test_an_earlier_export_and_an_empty_file_are_written_over(
    agreement: Agreement, sample: Path, tmp_path: Path
) -> None:
    target = tmp_path / "a.pdf"
    target.touch()
    first = export(agreement, sample, target).read_bytes()
    assert export(agreement, sample, target, paper="letter").read_bytes() != first


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "pdf"])
def test_a_file_to_read_is_written_over_until_somebody_works_on_it(
    agreement: Agreement, sample: Path, name: Format
) -> None:
    target = export(agreement, sample, format=name)
    assert target.name == f"acme-draft.{name}"
    changed, _ = apply(agreement, Put("agreement.title", "Another title"))
    before = target.read_bytes()
    assert export(changed, sample, target).read_bytes() != before
    theirs = target.read_bytes().replace(b"\n", b" \n", 1) + b"my comment"
    target.write_bytes(theirs)
    with pytest.raises(UserError, match="not written over"):
        export(agreement, sample, target)
    assert target.read_bytes() == theirs


def test_the_name_says_the_format_unless_the_format_is_said(agreement: Agreement, sample: Path, tmp_path: Path) -> None:
    names = ("a.pdf", "a.MD", "a.markdown", "a.htm", "a.html", "a.docx", "a", "a.txt")
    assert [format_of(Path(name)) for name in names] == ["pdf", "md", "md", "html", "html", "docx", "pdf", "pdf"]
    assert export(agreement, sample, tmp_path / "a.txt", format="md").read_text("utf-8").startswith("[//]: #")
    assert export(agreement, sample, tmp_path / "a.docx").read_bytes().startswith(b"PK")


def test_a_full_disk_keeps_the_old_file_whole(
    agreement: Agreement, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"%PDF-1.4 printed long ago")

    def full(_descriptor: int, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "_write_all", full)
    with pytest.raises(UserError, match="disk is full"):
        export(agreement, sample, target)
    assert target.read_bytes() == b"%PDF-1.4 printed long ago"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.pdf"]
