"""Signing an exported PDF, and holding one that came back against its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import counted, one_line, say, say_json, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from sla_tui.agreement.telling import Told
    from sla_tui.publish.signed.signatures import Signature
    from sla_tui.workshop.signing import Done
    from sla_tui.workshop.verifying import Against, Verified

_SHOWN = 12
"""How many characters of a fingerprint are shown."""


def _day(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    from datetime import date

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date such as 2027-01-05") from None


@click.command(
    "sign",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui sign acme.pdf --field signature_ana-ruiz --pkcs12 ana.p12
  sla-tui sign acme.pdf --field ana-ruiz --pkcs12 ana.p12 --place Boston -o signed.pdf""",
)
@click.argument("file", metavar="FILE.pdf")
@click.option("--field", required=True, metavar="NAME", help="The signature field, or its signer's id.")
@click.option("--pkcs12", required=True, metavar="FILE", help="The key and its certificate (.p12, .pfx).")
@click.option("-o", "--output", "target", metavar="FILE", help="Write this file (default: FILE.pdf itself).")
@click.option("--passphrase-file", metavar="FILE", help="Its first line opens the key (default: it is asked for).")
@click.option("--place", default="", metavar="TEXT", help="Where it is signed; fills in the signer's place.")
@click.option("--date", "day", callback=_day, metavar="DATE", help="The signer's date (default: today, if empty).")
def sign(
    file: str, field: str, pkcs12: str, target: str | None, passphrase_file: str | None, place: str, day: date | None
) -> None:
    """Sign a PDF's field with a key of your own.

    What is there stays as it is, and so do the signatures before. The first signature certifies the document: from then
    on only its form may be filled in and signed.
    """
    from pathlib import Path

    from sla_tui.workshop.signing import sign as work

    asked = _passphrase(passphrase_file, pkcs12)
    goal = Path(target) if target is not None else None
    done = work(Path(file), field, Path(pkcs12), asked, goal, place=place, day=day)
    say(str(done.file))
    for line in _signed(done):
        warn(line)


def _passphrase(file: str | None, key: str) -> Callable[[], str]:
    def asked() -> str:
        import sys

        if file is not None:
            from sla_tui.record.files import read
            from sla_tui.record.syntax import decode

            return decode(read(file).data, file).partition("\n")[0].rstrip("\r")
        if not sys.stdin.isatty():
            from sla_tui.agreement.errors import Place, UserError

            raise UserError("a passphrase opens this file", "give it with --passphrase-file", Place(key))
        return str(click.prompt(f"Passphrase of {key}", hide_input=True, err=True))

    return asked


def _signed(done: Done) -> Iterator[str]:
    yield f"{done.field} is signed by {done.by}{', which certifies the document' if done.certified else ''}"
    for name, text in done.filled.items():
        yield f"{name} was filled in: {text}"
    meant = done.meant.partition(", ")[0]
    if any(word not in done.by.casefold() for word in meant.casefold().split()):
        yield f"the field is for {meant}, and the certificate does not name them"
    if done.draft:
        yield "what was signed is marked as a draft; sla-tui export --final makes the version to sign"
    yield f"still unsigned: {', '.join(done.unsigned)}" if done.unsigned else "every field is signed"


@click.command(
    "verify",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui verify signed.pdf
  sla-tui verify signed.pdf agreements/acme --trust company-ca.pem
  sla-tui verify signed.pdf v1.0:agreements/acme --format json""",
)
@click.argument("file", metavar="FILE.pdf")
@click.argument("path", required=False)
@click.option("--trust", metavar="FILE", help="Certificates to trust (PEM): the signers' own, or who issued them.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def verify(file: str, path: str | None, trust: str | None, format_: str) -> int:
    """Say which text a PDF holds and how its signatures stand.

    The fingerprint of the terms inside is computed again, and they are held against the pages. With PATH, an agreement
    or REVISION:PATH, it says whether that reads the same, and if not what differs. Each signature is whole or broken,
    trusted or not, and what changed after it is listed. Nothing is fetched: a revoked certificate goes unnoticed.

    The exit code is 1 when terms differ or a signature is not whole. A signature that is whole but not trusted, and a
    field that is not signed yet, are no fault.
    """
    from pathlib import Path

    from sla_tui.workshop.revisions import where
    from sla_tui.workshop.verifying import verify as work

    against = where(path) if path is not None else None
    held = work(Path(file), against, Path(trust) if trust is not None else None)
    if format_ == "json":
        say_json(_as_json(held, trust is not None))
    else:
        for line in _lines(held, trust is not None):
            say(one_line(line))
    return 1 if held.wrong else 0


def _lines(held: Verified, trusting: bool) -> Iterator[str]:
    yield from _terms(held)
    if held.against is not None:
        yield from _against(held, held.against)
    for one in held.signatures:
        yield from _signature(one, held.people.get(one.field, ""), trusting)
    for name in held.unsigned:
        yield f"{_whose(name, held.people.get(name, ''))}: not signed"
    yield _summary(held, trusting)


def _terms(held: Verified) -> Iterator[str]:
    header = held.agreement.agreement if held.agreement else None
    version = f"version {header.version}, " if header and header.version else ""
    if held.agreement is not None:
        revision = f", revision {held.revision}" if held.revision else ""
        printed = "" if held.problems else ", as its pages say"
        yield f"{held.file}: {version}fingerprint {held.fingerprint[:_SHOWN]}{printed}{revision}"
    else:
        yield str(held.file)
    for problem in held.problems:
        yield f"  wrong: {problem}"
    for remark in held.remarks:
        yield f"  note: {remark}"
    for schedule, digits in held.schedules.items():
        yield f"  schedule {held.title(schedule)}: fingerprint {digits[:_SHOWN]}"


def _against(held: Verified, against: Against) -> Iterator[str]:
    if against.same:
        yield f"{against.where.words}: says the same"
        return
    titles = ", ".join(held.title(one) for one in against.schedules)
    if not against.terms:
        more = f", and so do the schedules {titles}" if titles else ""
        yield f"{against.where.words}: its terms differ{more}; in the PDF → there:"
    else:
        yield f"{against.where.words}: the terms are the same, but schedules differ ({titles}); in the PDF → there:"
    for section in against.told:
        kind = " (schedule)" if section.section in against.schedules else ""
        yield f"  {section.title}{kind}"
        for line in section.lines:
            yield f"    {line}"


def _signature(one: Signature, whom: str, trusting: bool) -> Iterator[str]:
    from sla_tui.publish.signed.signatures import State

    trusted = ", trusted" if one.trusted else ", not trusted" if trusting else ", trust not checked"
    broken = one.state is State.BROKEN
    yield f"{_whose(one.field, whom)}: {one.state.value}{'' if broken else trusted}"
    if one.by:
        issuer = f" (certified by {one.issuer})" if one.issuer else " (own certificate)"
        yield f"  {'said to be ' if broken else ''}by {one.by}{issuer}{_moment(one)}"
    if one.why:
        yield f"  {one.state.value}: {one.why}"
    if broken:
        return
    if one.distrust:
        yield f"  not trusted: {one.distrust}"
    if one.lapsed:
        yield f"  its certificate ended on {one.lapsed:%Y-%m-%d}"
    if one.certifies:
        yield f"  certifies the document: {'nothing' if one.sealed else 'only its form'} may change from here on"
    yield f"  changed since: {one.since.words}"


def _whose(field: str, whom: str) -> str:
    return f"{field} ({whom})" if whom else field


def _moment(one: Signature) -> str:
    if one.when is None:
        return ", at a time that is not said"
    return f", {_utc(one.when):%Y-%m-%d %H:%M} UTC{' by a time stamp' if one.stamped else ' by their own clock'}"


def _utc(moment: datetime) -> datetime:
    from datetime import UTC

    return moment.astimezone(UTC)


def _summary(held: Verified, trusting: bool) -> str:
    number = len(held.signatures)
    whole = sum(one.whole for one in held.signatures)
    parts = [counted(number, "signature")]
    if number:
        parts.append("all whole" if whole == number else f"{whole} whole")
        trusted = sum(one.trusted for one in held.signatures)
        if trusting:
            parts.append("all trusted" if trusted == number else f"{trusted} trusted")
        else:
            parts.append("trust not checked (--trust FILE)")
    if held.unsigned:
        parts.append(f"{counted(len(held.unsigned), 'field')} not signed")
    differs = held.problems or (held.against is not None and not held.against.same)
    return (
        f"{', '.join(parts)}; {'the terms are not as they should be' if differs else 'the terms are as they should be'}"
    )


def _as_json(held: Verified, trusting: bool) -> dict[str, Any]:
    header = held.agreement.agreement if held.agreement else None
    return {
        "file": str(held.file),
        "good": not held.wrong,
        "version": header.version if header else None,
        "revision": held.revision or None,
        "fingerprint": held.fingerprint or None,
        "schedules": [
            {"schedule": key, "title": held.title(key), "fingerprint": digits} for key, digits in held.schedules.items()
        ],
        "problems": list(held.problems),
        "remarks": list(held.remarks),
        "against": _against_as_json(held.against) if held.against else None,
        "signatures": [_signature_as_json(one, held, trusting) for one in held.signatures],
        "unsigned": list(held.unsigned),
    }


def _against_as_json(against: Against) -> dict[str, Any]:
    return {
        "path": str(against.where.path),
        "revision": against.where.revision or None,
        "same": against.same,
        "terms": against.terms,
        "schedules": list(against.schedules),
        "sections": [_section_as_json(one, against) for one in against.told],
    }


def _section_as_json(told: Told, against: Against) -> dict[str, Any]:
    schedule = told.section in against.schedules
    return {"section": told.section, "title": told.title, "schedule": schedule, "words": list(told.lines)}


def _signature_as_json(one: Signature, held: Verified, trusting: bool) -> dict[str, Any]:
    return {
        "field": one.field,
        "signer": held.people.get(one.field),
        "by": one.by or None,
        "issuer": one.issuer or None,
        "when": _utc(one.when).isoformat() if one.when else None,
        "stamped": one.stamped,
        "certifies": one.certifies,
        "sealed": one.sealed,
        "state": one.state.value,
        "why": one.why or None,
        "trusted": one.trusted if trusting else None,
        "distrust": one.distrust or None,
        "expired": one.lapsed.date().isoformat() if one.lapsed else None,
        "since": {"filled": list(one.since.filled), "signed": list(one.since.signed), "other": list(one.since.other)},
    }
