"""Certificates: whom to trust, and what a certificate is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line
from sla_tui.publish.signed.extra import need


def certificates(data: bytes, name: str) -> tuple[Any, ...]:
    """The certificates in a PEM or DER file. ``UserError`` when there are none."""
    need()
    from pyhanko import keys

    loading: Any = keys
    try:
        found: tuple[Any, ...] = tuple(loading.load_certs_from_pemder_data(data))
        for one in found:
            called(one)
    except Exception:
        # The parser fails as it likes on what holds no certificate.
        found = ()
    if not found:
        remedy = "name a file with certificates, in PEM (-----BEGIN CERTIFICATE-----) or DER"
        raise UserError("there is no certificate in this file", remedy, Place(name))
    return found


def called(certificate: Any) -> str:
    """Whom a certificate names: ``Ana Ruiz, Northwind Traders``, with an address where it says one."""
    return _name(certificate.subject)


def issuer(certificate: Any) -> str:
    """Who issued a certificate; empty where it vouches for itself."""
    return "" if certificate.issuer == certificate.subject else _name(certificate.issuer)


def _name(name: Any) -> str:
    native = name.native
    parts = (native.get(key) for key in ("common_name", "organization_name", "email_address"))
    words = [clean_line(str(one if isinstance(one, str) else ", ".join(one))) for one in parts if one]
    return ", ".join(dict.fromkeys(words)) or clean_line(str(name.human_friendly)) or "nobody named"


def context(roots: Sequence[Any], moment: Any) -> Any:
    """What a signature is judged by: the certificates trusted, at the ``moment`` it was made; nothing is fetched."""
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=list(roots), moment=moment, allow_fetching=False)
