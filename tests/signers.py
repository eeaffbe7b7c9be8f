"""Throwaway keys for tests: an authority, and people it vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "Süß & secret"


@dataclass(frozen=True)
class Authority:
    """Somebody who vouches for people: a key, and a certificate of its own."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """Its certificate as whoever trusts it keeps it."""
        return self.certificate.public_bytes(Encoding.PEM)

    def pkcs12(self, name: str, passphrase: str = PASSPHRASE, days: tuple[int, int] = (-1, 300)) -> bytes:
        """A new key for ``name`` with its certificate, valid between two days counted from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(name, key, days, self)
        seal = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return pkcs12.serialize_key_and_certificates(b"", key, made, [self.certificate], seal)


@cache
def authority(name: str = "Northwind CA") -> Authority:
    """The authority of a name, the same for a whole run."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Authority(key, _certificate(name, key, (-99, 400), None))


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, days: tuple[int, int], by: Authority | None
) -> x509.Certificate:
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Northwind")]
    )
    now, root = datetime.now(UTC), by is None
    usage = x509.KeyUsage(not root, not root, False, False, False, root, root, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days[0]))
        .not_valid_after(now + timedelta(days[1]))
        .add_extension(usage, True)
        .add_extension(x509.BasicConstraints(root, None), True)
        .sign(by.key if by else key, hashes.SHA256())
    )
