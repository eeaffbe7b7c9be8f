"""Signing and verifying from the command line: what is printed, the exit codes, and that nothing is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Done, Run
from tests.signers import PASSPHRASE, authority
from tests.workshop.test_verifying import OTHER, TOML, rewritten


@pytest.fixture
def acme(run: Run, tmp_path: Path) -> Path:
    """An agreement exported, and beside it keys, a passphrase, and whom to trust."""
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "agreement.toml").write_text(TOML)
    for name, days in (("ana", (-1, 300)), ("mara", (-1, 300)), ("old", (-9, -2)), ("early", (5, 9))):
        (tmp_path / f"{name}.p12").write_bytes(authority().pkcs12(f"{name.title()} Ruiz", days=days))
    (tmp_path / "open.p12").write_bytes(authority().pkcs12("Mara Lindqvist", ""))
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    (tmp_path / "wrong").write_text("guess\n")
    (tmp_path / "ca.pem").write_bytes(authority().pem)
    assert run("export", "acme", "-o", "acme.pdf").code == 0
    return tmp_path / "acme.pdf"


def sign(run: Run, *more: str, field: str = "ana", key: str = "ana.p12", passphrase: str = "passphrase") -> Done:
    return run("sign", "acme.pdf", "--field", field, "--pkcs12", key, "--passphrase-file", passphrase, *more)


@pytest.mark.usefixtures("acme")
def test_two_people_sign_and_a_third_looks_at_it(run: Run) -> None:
    done = sign(run, "--date", "2027-01-05")
    assert (done.code, done.out) == (0, "acme.pdf\n")
    assert "signature_ana is signed by Ana Ruiz, Northwind, which certifies the document\n" in done.err
    assert "date_ana was filled in: 5 January 2027\n" in done.err
    assert "still unsigned: signature_mara\n" in done.err
    assert "marked as a draft" in done.err
    assert "does not name them" not in done.err

    done = run("verify", "acme.pdf", "acme", "--trust", "ca.pem")
    assert done.code == 0, done.out
    assert "acme: says the same\n" in done.out
    assert "signature_ana (Ana Ruiz, VP Sales): whole, trusted\n" in done.out
    assert "signature_mara (Mara Lindqvist, VP Marketing): not signed\n" in done.out
    assert done.out.endswith(
        "1 signature, all whole, all trusted, 1 field not signed; the terms are as they should be\n"
    )

    done = sign(run, "-o", "both.pdf", field="signature_mara", key="open.p12", passphrase="nowhere")
    assert (done.code, done.out) == (0, "both.pdf\n")
    assert "every field is signed" in done.err
    held = json.loads(run("verify", "both.pdf", "--format", "json").out)
    assert held["good"] is True
    assert [(one["state"], one["trusted"], one["certifies"]) for one in held["signatures"]] == [
        ("whole", None, True),
        ("whole", None, False),
    ]
    assert held["signatures"][0]["since"]["signed"] == ["signature_mara"]
    assert held["unsigned"] == []


@pytest.mark.usefixtures("acme")
def test_other_terms_are_said_in_words(run: Run) -> None:
    Path("acme/agreement.toml").write_text(OTHER)
    done = run("verify", "acme.pdf", "acme")
    assert done.code == 1
    assert "acme: its terms differ; in the PDF → there:\n" in done.out
    assert "    Call the lead: within 4 → 8 hours\n" in done.out
    held = json.loads(run("verify", "acme.pdf", "acme", "--format", "json").out)
    assert (held["good"], held["against"]["terms"], held["against"]["schedules"]) == (False, False, [])
    assert held["against"]["sections"][0]["words"] == ["Call the lead: within 4 → 8 hours"]


@pytest.mark.usefixtures("acme")
def test_a_schedule_that_differs_is_told_apart_from_the_terms(run: Run) -> None:
    Path("acme/agreement.toml").write_text(TOML.replace("that buy", "that stay"))
    done = run("verify", "acme.pdf", "acme/agreement.toml")
    assert done.code == 1
    assert "the terms are the same, but schedules differ (Objective); in the PDF → there:\n" in done.out
    assert "  Objective (schedule)\n" in done.out


def test_pages_of_other_terms_are_wrong(run: Run, acme: Path) -> None:
    rewritten(acme, lambda writer: writer.add_blank_page(500, 700))
    done = run("verify", "acme.pdf")
    assert done.code == 1
    assert re.search(
        r"^  wrong: of another text: page \d+, where the fingerprint [0-9a-f]{12} does not stand$",
        done.out,
        re.MULTILINE,
    )
    before = acme.read_bytes()
    assert sign(run).code == 2
    assert acme.read_bytes() == before


@pytest.mark.parametrize(
    ("field", "key", "passphrase", "more", "said"),
    [
        (
            "anna",
            "ana.p12",
            "passphrase",
            (),
            "there is no signature field 'anna'; known: signature_ana, signature_mara",
        ),
        ("signature_anna", "ana.p12", "passphrase", (), "did you mean 'signature_ana'?"),
        ("ana", "ana.p12", "wrong", (), "ana.p12: the passphrase does not open this file"),
        ("ana", "ana.p12", "nowhere", (), "nowhere: cannot read it: there is no such file"),
        ("ana", "old.p12", "passphrase", (), "the certificate of Old Ruiz, Northwind expired on "),
        ("ana", "early.p12", "passphrase", (), "the certificate of Early Ruiz, Northwind is valid only from "),
        ("ana", "ca.pem", "passphrase", (), "ca.pem: this is no PKCS#12 file"),
        ("ana", "acme.pdf", "passphrase", (), "acme.pdf: this is no PKCS#12 file"),
        ("ana", "ana.p12", "passphrase", ("-o", "ca.pem"), "ca.pem: there is a file of this name already"),
        ("ana", "ana.p12", "passphrase", ("-o", "nowhere/a.pdf"), "no such file or folder"),
        ("ana", "ana.p12", "passphrase", ("--date", "5.1.27"), "is no date such as 2027-01-05"),
    ],
)
def test_what_cannot_be_signed_is_said_in_a_line_and_nothing_is_lost(
    run: Run, acme: Path, field: str, key: str, passphrase: str, more: tuple[str, ...], said: str
) -> None:
    before = {path: path.read_bytes() for path in acme.parent.iterdir() if path.is_file()}
    done = sign(run, *more, field=field, key=key, passphrase=passphrase)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert {path: path.read_bytes() for path in acme.parent.iterdir() if path.is_file()} == before


def test_a_field_is_signed_once_and_a_date_that_stands_is_kept(run: Run, acme: Path) -> None:
    acme.chmod(0o444)
    done = sign(run)
    assert "write-protected" in done.err or "may not write" in done.err
    acme.chmod(0o644)
    assert sign(run, "--date", "2027-01-05").code == 0
    before = acme.read_bytes()
    done = sign(run, field="signature_ana", key="mara.p12")
    assert done.code == 2
    assert (
        "the field signature_ana is signed already by Ana Ruiz, Northwind; still unsigned: signature_mara" in done.err
    )
    done = sign(run, "--date", "2027-01-06", field="mara", key="ana.p12", passphrase="wrong")
    assert done.code == 2
    assert acme.read_bytes() == before
    done = sign(run, "--date", "2027-01-06", field="mara", key="ana.p12")
    assert "the field is for Mara Lindqvist, and the certificate does not name them" in done.err


@pytest.mark.usefixtures("acme")
def test_a_key_that_needs_a_passphrase_asks_only_at_a_terminal(run: Run) -> None:
    done = run("sign", "acme.pdf", "--field", "ana", "--pkcs12", "ana.p12")
    assert (done.code, done.err) == (
        2,
        "sla-tui: ana.p12: a passphrase opens this file; give it with --passphrase-file\n",
    )


@pytest.mark.usefixtures("acme")
def test_what_cannot_be_verified(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for given, said in (
        (("acme/agreement.toml",), "this is no PDF"),
        (("nowhere.pdf",), "there is no such file"),
        (("acme",), "this is a folder"),
        (("acme.pdf", "nowhere"), "there is no such file"),
        (("acme.pdf", "--trust", "passphrase"), "passphrase: there is no certificate in this file"),
    ):
        done = run("verify", *given)
        assert (done.code, done.out) == (2, "")
        assert said in done.err
    monkeypatch.setattr("sla_tui.publish.signed.extra.find_spec", lambda _: None)
    for command in (("verify", "acme.pdf"), ("sign", "acme.pdf", "--field", "ana", "--pkcs12", "ana.p12")):
        done = run(*command)
        assert done.code == 2
        assert 'pip install "sla-tui[sign]"' in done.err
