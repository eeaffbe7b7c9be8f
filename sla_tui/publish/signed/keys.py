"""The key somebody signs with: a PKCS#12 file, opened with its passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from sla_tui.agreement.errors import Place, UserError
from sla_tui.publish.signed import trust
from sla_tui.publish.signed.extra import need


class WrongPassphrase(UserError):
    """The passphrase does not open the file, or it needs one and none was given."""


@dataclass(frozen=True, slots=True)
class Key:
    """A private key with its certificate: whom that names, who issued it, and how long it is valid."""

    by: str
    issuer: str
    begins: datetime
    ends: datetime
    signer: Any


def key(data: bytes, passphrase: str | None, name: str) -> Key:
    """Opens a PKCS#12 file; ``name`` is its name in messages.

    ``WrongPassphrase``, or ``UserError`` when it is no such file, or holds no key with its certificate.
    """
    need()
    from pyhanko.sign.signers import SimpleSigner

    place = Place(name)
    _refuse_another_kind(data, place)
    try:
        signer: Any = SimpleSigner.load_pkcs12_data(data, (), passphrase.encode() if passphrase else None)
    except ValueError as error:
        if passphrase is None:
            message, remedy = "a passphrase opens this file", "give it with --passphrase-file, or when asked"
        else:
            message, remedy = "the passphrase does not open this file", "check it; upper and lower case count"
        raise WrongPassphrase(message, remedy, place) from error
    except Exception:
        # What anybody may have made and named .p12 can fail in any way while it is parsed.
        signer = None
    if signer is None or signer.signing_cert is None:
        raise UserError("this file holds no key with its certificate", "export both from where you keep them", place)
    certificate = signer.signing_cert
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    return Key(trust.called(certificate), trust.issuer(certificate), begins, ends, signer)


def refuse_lapsed(held: Key, name: str, now: datetime | None = None) -> None:
    """Raises ``UserError`` for a certificate that is not valid ``now``, else by the clock."""
    now = now or datetime.now(UTC)
    if now > held.ends:
        message = f"the certificate of {held.by} expired on {held.ends:%Y-%m-%d}"
        raise UserError(message, "sign with one that is valid", Place(name))
    if now < held.begins:
        message = f"the certificate of {held.by} is valid only from {held.begins:%Y-%m-%d}"
        raise UserError(message, "check this computer's clock, or sign with another", Place(name))


def _refuse_another_kind(data: bytes, place: Place) -> None:
    kinds: Any = import_module("asn1crypto.pkcs12")
    try:
        fits = bool(kinds.Pfx.load(data)["version"].native == "v3")
    except Exception:
        # The parser fails as it likes on what is of another kind.
        fits = False
    if not fits:
        remedy = "openssl pkcs12 -export makes one from a key and its certificate"
        raise UserError("this is no PKCS#12 file", remedy, place)
