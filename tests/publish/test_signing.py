"""Signature pages in other programs' hands: fields are found, filled in and signed one after another."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from printed import document, northwind, read, signer
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from sla_tui.publish.blocks import Clause, plain
from sla_tui.publish.compose import compose
from sla_tui.publish.pdf import render


def throwaway_signer(folder: Path) -> signers.SimpleSigner:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Throwaway")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, True, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(usage, True)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "throwaway.p12"
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, BestAvailableEncryption(b"x")))
    made = signers.SimpleSigner.load_pkcs12(str(file), passphrase=b"x")
    assert made is not None
    return made


def sign(pdf: bytes, name: str, by: signers.SimpleSigner, certify: bool) -> bytes:
    meta = signers.PdfSignatureMetadata(field_name=name, certify=certify, docmdp_permissions=fields.MDPPerm.FILL_FORMS)
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, by).getvalue()


def fill_in(pdf: bytes, name: str, value: str) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    field = next(ref.get_object() for ref in writer.root["/AcroForm"]["/Fields"] if ref.get_object()["/T"] == name)
    field[generic.pdf_name("/V")] = generic.pdf_string(value)
    writer.update_container(field)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_every_signer_has_a_date_and_a_signature_field_named_by_id() -> None:
    found = read(render(compose(northwind()))).get_fields()
    assert found is not None
    ids = [one.id for one in northwind().signatures.signers]  # pyright: ignore
    assert list(found)[: 3 * len(ids)] == [f"{kind}_{id_}" for id_ in ids for kind in ("place", "date", "signature")]
    assert len(ids) >= 3
    letters = [annex.blocks[0].number for annex in compose(northwind()).annexes if annex.fingerprint]  # pyright: ignore
    assert list(found)[3 * len(ids) :] == [f"initials_{letter}_{id_}" for letter in letters for id_ in ids]
    for name, field in found.items():
        assert field["/FT"] == ("/Sig" if name.startswith("signature_") else "/Tx")
        assert "." not in name
        assert field["/TU"].startswith(
            ("Place of signature of ", "Date of signature of ", "Signature of ", "Initials of ")
        )


def test_signature_fields_leave_fifteen_millimetres_to_sign_in() -> None:
    widgets = [w.get_object() for page in read(render(document())).pages for w in page.get("/Annots", ())]
    boxes = {w["/T"]: [float(side) for side in w["/Rect"]] for w in widgets}
    assert set(boxes) == {f"{kind}_{who}" for kind in ("place", "date", "signature") for who in ("ana", "mara")}
    left, bottom, right, top = boxes["signature_ana"]
    assert top - bottom > 14.5 / 25.4 * 72
    assert right - left > 55 / 25.4 * 72
    assert boxes["date_ana"][1] > top
    assert boxes["signature_mara"][0] > right


def test_all_fields_can_be_signed_one_after_another(tmp_path: Path) -> None:
    by = throwaway_signer(tmp_path)
    pdf = render(compose(northwind(), final=True))
    names = [name for name, _, _ in fields.enumerate_sig_fields(PdfFileReader(io.BytesIO(pdf)))]
    for at, name in enumerate(names):
        pdf = sign(pdf, name, by, certify=at == 0)
    context = ValidationContext(trust_roots=[by.signing_cert])
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert [one.field_name for one in signatures] == names
    for one in signatures:
        status = validate_pdf_signature(one, context)
        assert status.intact
        assert status.valid
        assert status.bottom_line


def test_a_date_filled_in_before_signing_is_kept_and_then_locked(tmp_path: Path) -> None:
    by = throwaway_signer(tmp_path)
    dated = fill_in(render(document(final=True)), "date_ana", "2027-01-05")
    signed = sign(dated, "signature_ana", by, certify=True)
    context = ValidationContext(trust_roots=[by.signing_cert])

    def bottom_line(pdf: bytes) -> bool:
        return validate_pdf_signature(PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0], context).bottom_line

    found = read(signed).get_fields()
    assert found is not None
    assert found["date_ana"]["/V"] == "2027-01-05"
    assert bottom_line(signed)
    assert bottom_line(fill_in(signed, "date_mara", "2027-01-06"))
    assert not bottom_line(fill_in(signed, "date_ana", "2028-01-01"))
    assert not bottom_line(fill_in(signed, "place_ana", "Elsewhere"))


@pytest.mark.parametrize("count", [0, 1, 3, 12])
def test_any_number_of_signers(count: int) -> None:
    people = tuple(signer(f"s{at}", f"Person {at}") for at in range(count))
    pdf = render(document(Clause(plain("Agreed."), "1.1"), signers=people))
    assert len(read(pdf).get_fields() or {}) == 3 * count
