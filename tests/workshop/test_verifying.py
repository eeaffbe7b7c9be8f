"""A signed PDF shows which text it is bound to, and that nobody touched it since: not its terms, pages or fields."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.fingerprint import fingerprints
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import Block, Table, Text
from sla_tui.publish.compose import compose
from sla_tui.publish.pdf import render
from sla_tui.publish.signed.drawing import filled
from sla_tui.publish.signed.keys import key
from sla_tui.publish.signed.reading import Opened
from sla_tui.publish.signed.signatures import State
from sla_tui.publish.signed.signing import sign as put_on
from sla_tui.record.document import Document
from sla_tui.workshop.embedding import bound, embedded_text
from sla_tui.workshop.export import pdf
from sla_tui.workshop.revisions import Where
from sla_tui.workshop.signing import sign
from sla_tui.workshop.verifying import Verified, verify
from tests.checkout import repository
from tests.signers import PASSPHRASE, authority

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind" / "agreement.toml"
TOML = """\
[agreement]
title = "SLA"
organization = "Northwind Traders"
version = "1.0"
schedules = ["objective"]

[objective]
purpose = "More leads that buy."

[[commitments]]
id = "call"
party = "sales"
activity = "Call the lead"
within = "4 hours"
from = "received"

[[signatures.signers]]
id = "ana"
party = "sales"
name = "Ana Ruiz"
title = "VP Sales"

[[signatures.signers]]
id = "mara"
party = "marketing"
name = "Mara Lindqvist"
title = "VP Marketing"
"""
OTHER = TOML.replace("4 hours", "8 hours")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An agreement on disk."""
    path = tmp_path / "acme" / "agreement.toml"
    path.parent.mkdir()
    path.write_text(TOML)
    return path


@pytest.fixture
def exported(tmp_path: Path, file: Path) -> Path:
    """It as a PDF."""
    path = tmp_path / "acme.pdf"
    path.write_bytes(pdf(load(file), final=True))
    return path


@pytest.fixture
def signed(tmp_path: Path, exported: Path) -> Path:
    """It signed by Ana on a day in January."""
    return put(exported, "ana", day=date(2027, 1, 5))


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """Whom to trust."""
    path = tmp_path / "ca.pem"
    path.write_bytes(authority().pem)
    return path


def load(file: Path) -> Agreement:
    return Document[Agreement].load(file, Agreement).value


def put(pdf: Path, id_: str, **more: Any) -> Path:
    """Signs a PDF in place."""
    own = pdf.with_name(f"{id_}.p12")
    own.write_bytes(authority().pkcs12(f"{id_.title()} Ruiz"))
    return sign(pdf, f"signature_{id_}", own, lambda: PASSPHRASE, **more).file


def appended(pdf: Path, change: Callable[[Any], None]) -> Path:
    """Changes a PDF as a program would that appends to it."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf.read_bytes()))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    pdf.write_bytes(out.getvalue())
    return pdf


def rewritten(pdf: Path, change: Callable[[PdfWriter], object]) -> Path:
    """Changes a PDF as a program would that writes it anew."""
    writer = PdfWriter(clone_from=str(pdf))
    change(writer)
    writer.write(pdf)
    return pdf


def field(writer: Any, name: str) -> Any:
    return next(one.get_object() for one in writer.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == name)


def fill(name: str, text: str) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        held = field(writer, name)
        held[generic.pdf_name("/V")] = generic.pdf_string(text)
        writer.update_container(held)

    return change


def replace_terms(text: str) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
        stream = generic.StreamObject({generic.pdf_name("/Type"): generic.pdf_name("/EmbeddedFile")}, text.encode())
        held = writer.add_object(stream)
        for entry in ("/F", "/UF"):
            spec["/EF"][generic.pdf_name(entry)] = held
        writer.update_container(spec["/EF"])

    return change


def states(held: Verified) -> list[State]:
    return [one.state for one in held.signatures]


def test_every_field_of_northwind_can_be_signed_in_turn_and_each_signature_holds(tmp_path: Path, trust: Path) -> None:
    agreement = load(NORTHWIND)
    data = pdf(agreement, final=True, file=NORTHWIND)
    ids = [one.id for one in agreement.signatures.signers]  # pyright: ignore
    assert len(ids) >= 3
    for id_ in ids:
        by = key(authority().pkcs12(f"{id_.title()} Ruiz", ""), None, "")
        data = put_on(Opened(data, ""), f"signature_{id_}", by, fill={f"date_{id_}": "5 May 2027, Łódź"})
    path = tmp_path / "northwind.pdf"
    path.write_bytes(data)
    held = verify(path, Where(NORTHWIND.parent), trust)
    assert not held.wrong
    assert [one.field for one in held.signatures] == [f"signature_{id_}" for id_ in ids]
    assert states(held) == [State.WHOLE] * len(ids)
    assert [one.trusted for one in held.signatures] == [True] * len(ids)
    assert [one.certifies for one in held.signatures] == [True, *[False] * (len(ids) - 1)]
    assert held.unsigned == ()
    assert held.signatures[0].since.signed == tuple(f"signature_{id_}" for id_ in ids[1:])
    assert held.signatures[0].since.other == ()
    assert held.signatures[-1].since.words == "nothing"
    assert (held.fingerprint, held.schedules) == fingerprints(agreement)
    assert held.against is not None
    assert held.against.same


def test_the_date_and_place_are_filled_in_and_shown(exported: Path) -> None:
    reader = PdfReader(put(exported, "ana", day=date(2027, 1, 5), place="Łódź"))
    found = reader.get_fields()
    assert found is not None
    assert found["date_ana"]["/V"] == "5 January 2027"
    assert found["place_ana"]["/V"] == "Łódź"
    assert found["date_mara"].get("/V", "") == ""
    shown = [
        w.get_object()["/AP"]["/N"] for page in reader.pages for w in page.get("/Annots", ()) if "/AP" in w.get_object()
    ]
    assert len(shown) >= 3


def test_what_is_filled_in_is_shown_whole_in_a_narrow_field() -> None:
    for text in (*(f"2{day} November 2027" for day in range(10)), "30 September 2027", "Łódź", ""):
        assert PdfReader(io.BytesIO(filled(66, 18, text))).pages[0].extract_text().strip() == text


def test_what_may_be_filled_in_later_leaves_the_signature_whole(signed: Path) -> None:
    held = verify(appended(signed, fill("date_mara", "6 January 2027")))
    (one,) = held.signatures
    assert not held.wrong
    assert one.since.words == "only the form (filled in: date_mara “6 January 2027”)"


def test_a_field_that_shows_what_it_does_not_say_is_told_of(signed: Path) -> None:
    def draw(writer: Any) -> None:
        held, name = field(writer, "date_mara"), generic.pdf_name
        look = generic.StreamObject({name("/Subtype"): name("/Form")}, stream_data=b"0 0 9 9 re f")
        held[name("/AP")] = generic.DictionaryObject({name("/N"): writer.add_object(look)})
        writer.update_container(held)

    (one,) = verify(appended(signed, draw)).signatures
    assert one.since.words == "only the form (filled in: date_mara drawn otherwise)"


def test_a_date_that_was_signed_cannot_be_changed_unnoticed(signed: Path) -> None:
    held = verify(appended(signed, fill("date_ana", "6 January 2028")))
    assert held.wrong
    assert states(held) == [State.MODIFIED]
    assert held.signatures[0].since.filled == ("date_ana “6 January 2028” instead of “5 January 2027”",)


def test_terms_replaced_after_signing_are_noticed_by_the_signature_and_by_the_pages(signed: Path, file: Path) -> None:
    file.write_text(OTHER)
    held = verify(appended(signed, replace_terms(embedded_text(load(file)))))
    assert states(held) == [State.MODIFIED]
    assert held.signatures[0].since.other == ("the attachment agreement.toml was replaced",)
    assert "and its description names" in held.problems[0]
    assert any(problem.startswith("of another text: pages 1, 2,") for problem in held.problems)


@pytest.mark.parametrize("text", ["[agreement", "[agreement]\nformat = true\n", "\0"])
def test_terms_that_cannot_be_read_are_a_fault_and_not_the_end(signed: Path, text: str) -> None:
    held = verify(appended(signed, replace_terms(text)))
    assert held.agreement is None
    assert held.problems[0].startswith("the terms inside cannot be read")
    assert states(held) == [State.MODIFIED]


def test_terms_taken_out_are_noticed(signed: Path) -> None:
    def take_out(writer: Any) -> None:
        del writer.root["/Names"]
        writer.update_root()

    held = verify(appended(signed, take_out))
    assert held.problems == ("the terms that were inside are gone: there is no attachment agreement.toml",)
    assert states(held) == [State.MODIFIED]


def test_every_byte_counts(signed: Path, trust: Path) -> None:
    data = signed.read_bytes()
    start, end = (int(one) for one in re.findall(rb"/ByteRange \[0 (\d+) (\d+) ", data)[0])
    for at in (900, len(data) // 3, start - 40, end + 40):
        signed.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert _noticed(signed, trust)


def _noticed(file: Path, trust: Path) -> bool:
    try:
        held = verify(file, trust=trust)
    except UserError as error:
        return "damaged" in error.message
    return held.wrong and not any(one.trusted for one in held.signatures)


def test_a_page_drawn_over_is_named(signed: Path) -> None:
    def draw(writer: Any) -> None:
        writer.add_stream_to_page(1, writer.add_object(generic.StreamObject(stream_data=b"0 0 99 99 re f")))

    held = verify(appended(signed, draw))
    assert states(held) == [State.MODIFIED]
    assert held.signatures[0].since.other == ("page 2 changed",)


def test_a_page_of_another_version_is_named_though_nobody_signed(exported: Path, file: Path, tmp_path: Path) -> None:
    file.write_text(OTHER)
    other = PdfReader(io.BytesIO(pdf(load(file), final=True)))

    def swap(writer: PdfWriter) -> None:
        writer.remove_page(1)
        writer.insert_page(other.pages[1], 1)

    held = verify(rewritten(exported, swap))
    assert held.wrong
    assert held.problems[0].startswith("of another text: page 2, where the fingerprint ")


def test_a_page_taken_out_put_twice_or_moved_is_noticed(exported: Path) -> None:
    whole = exported.read_bytes()
    count = len(PdfReader(exported).pages)
    assert count >= 2

    def problems(change: Callable[[PdfWriter], object]) -> tuple[str, ...]:
        exported.write_bytes(whole)
        return verify(rewritten(exported, change)).problems

    assert problems(lambda writer: writer.remove_page(count - 1)) == (
        f"it has {count - 1} pages, and they say that they are {count}",
    )
    assert problems(lambda writer: writer.add_page(writer.pages[0])) == (
        f"it has {count + 1} pages, and they say that they are {count}",
    )

    def turn(writer: PdfWriter) -> None:
        first = writer.pages[0]
        writer.remove_page(0)
        writer.insert_page(first, 1)

    assert problems(turn) == ("not in place by its number: pages 1, 2",)


def test_pages_that_say_something_else_than_the_terms_inside_are_noticed(exported: Path, file: Path) -> None:
    agreement = load(file)
    document = compose(agreement)

    def falsified(block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        rows = tuple(tuple(_twice(cell) for cell in row) for row in block.rows)
        return replace(block, rows=rows)

    false = replace(document, blocks=tuple(map(falsified, document.blocks)))
    assert false != document
    exported.write_bytes(render(bound(false, agreement)))
    (problem,) = verify(exported).problems
    assert problem.startswith("its pages say something else than the terms inside; not on them: ")
    assert "4 hours" in problem
    with pytest.raises(UserError, match="so it was not signed"):
        put(exported, "ana")
    held = verify(rewritten(exported, lambda writer: writer.add_metadata({"/Creator": "sla-tui 99.9"})))
    assert held.remarks[0].startswith("it was printed by sla-tui 99.9, so ")


def _twice(text: Text) -> Text:
    return tuple(replace(run, text=run.text.replace("4\u00a0hours", "8\u00a0hours")) for run in text)


def test_a_description_of_other_terms_is_noticed(exported: Path) -> None:
    held = verify(
        rewritten(exported, lambda writer: writer.add_metadata({"/Keywords": f"fingerprint sha256:{'0' * 64}"}))
    )
    assert held.problems == (
        f"the terms inside have the fingerprint {held.fingerprint[:12]}, and its description names 000000000000",
    )


def test_what_differs_in_a_file_is_said_in_words(exported: Path, file: Path) -> None:
    assert not verify(exported, Where(file)).wrong
    file.write_text(OTHER.replace("that buy", "that stay"))
    held = verify(exported, Where(file.parent)).against
    assert held is not None
    assert (held.terms, held.schedules) == (False, ("objective",))
    assert [(one.section, one.lines) for one in held.told] == [
        ("objective", ("Purpose: “More leads that buy.” → “More leads that stay.”",)),
        ("commitments", ("Call the lead: within 4 → 8 hours",)),
    ]


def test_remarks_and_what_became_of_it_since_are_no_difference(exported: Path, file: Path) -> None:
    file.write_text(
        TOML.replace("[objective]", 'status = "active"\nformat = 1\n\n[objective]  # signed')
        + '\n[sources]\n"objective.purpose" = { kind = "measured", note = "by hand" }\n'
    )
    held = verify(exported, Where(file)).against
    assert held is not None
    assert held.same
    assert held.told == ()


def test_a_revision_is_held_against_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = repository(monkeypatch, tmp_path)
    file = here.write("acme/agreement.toml", TOML)
    made = here.commit("First")
    path = tmp_path / "acme.pdf"
    path.write_bytes(pdf(load(file), file=file))
    here.write("acme/agreement.toml", OTHER)
    here.commit("Second")
    assert verify(path).revision == made[:9]
    assert not verify(path, Where(file, made)).wrong
    assert verify(path, Where(file, "HEAD")).wrong


def test_whom_to_trust_decides_whether_a_signature_is_trusted_not_whether_it_is_whole(
    signed: Path, trust: Path, tmp_path: Path
) -> None:
    assert verify(signed, trust=trust).signatures[0].trusted
    stranger = tmp_path / "stranger.pem"
    stranger.write_bytes(authority("Somebody else").pem)
    held = verify(signed, trust=stranger)
    assert not held.wrong
    assert not held.signatures[0].trusted
    assert held.signatures[0].distrust == "none of the trusted certificates vouches for it"


def test_a_signature_outlives_its_certificate(exported: Path, trust: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class MonthAgo(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> MonthAgo:
            return cls.fromtimestamp(datetime.now(tz).timestamp() - 30 * 86_400, tz)

    monkeypatch.setattr("pyhanko.sign.signers.pdf_signer.datetime", MonthAgo)
    by = key(authority().pkcs12("Ana Ruiz", "", days=(-40, -20)), None, "")
    exported.write_bytes(put_on(Opened(exported.read_bytes(), ""), "signature_ana", by, fill={}))
    (one,) = verify(exported, trust=trust).signatures
    assert one.trusted
    assert one.lapsed is not None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no PDF"),
        (b"[agreement]", "no PDF"),
        (b"%PDF-1.7 and then nothing", "damaged"),
        (b"%PDF-1.7\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF", "damaged"),
    ],
)
def test_what_is_no_pdf_is_told_apart_from_a_damaged_one(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(UserError, match=said):
        verify(path)


def test_a_pdf_of_a_quota_holds_no_terms(tmp_path: Path) -> None:
    path = tmp_path / "quota.pdf"
    path.write_bytes(pdf(Quota.model_validate({"quota": {"from": "2027-01-01"}})))
    with pytest.raises(UserError, match="no terms are inside"):
        verify(path)


def test_an_encrypted_pdf_and_one_of_something_else_are_refused(exported: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    blank = PdfWriter()
    blank.add_blank_page(100, 100)
    blank.write(empty)
    with pytest.raises(UserError, match="no terms are inside"):
        verify(empty)
    with pytest.raises(UserError, match="encrypted"):
        verify(rewritten(exported, lambda writer: writer.encrypt("secret", algorithm="RC4-128")))
