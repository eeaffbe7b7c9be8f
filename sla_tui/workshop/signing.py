"""Signs a PDF that was exported: the field is found, its date and place are filled in, and the file saved whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import clean_line, did_you_mean
from sla_tui.publish.compose import words
from sla_tui.publish.signed import keys
from sla_tui.publish.signed.reading import Field, Opened, fields
from sla_tui.publish.signed.signatures import signatures
from sla_tui.publish.signed.signing import sign as put_on
from sla_tui.record.files import read
from sla_tui.record.saving import save
from sla_tui.workshop.beside import the_day
from sla_tui.workshop.embedding import NAME
from sla_tui.workshop.verifying import NoTerms, inside, people

_SIGNATURE, _DATE, _PLACE = "signature_", "date_", "place_"
"""How the names of a signer's fields begin; their id follows."""


@dataclass(frozen=True, slots=True)
class Done:
    """A PDF that was signed: where it is, by whom, what was filled in by field, and the fields still unsigned.

    ``meant`` is who was to sign there, as far as that is said; ``draft``: it calls itself one.
    """

    file: Path
    field: str
    by: str
    meant: str
    draft: bool
    certified: bool
    filled: Mapping[str, str]
    unsigned: tuple[str, ...]


def sign(
    file: Path,
    field: str,
    pkcs12: Path,
    passphrase: Callable[[], str],
    target: Path | None = None,
    *,
    place: str = "",
    day: date | None = None,
) -> Done:
    """Signs ``field`` of the PDF ``file`` with the key in ``pkcs12``; the file itself unless there is a ``target``.

    ``passphrase`` is asked for one only if the key needs it. The signer's date becomes ``day``, else today's unless it
    is filled in. Raises ``UserError``, and nothing was written, when any of this cannot be done.
    """
    stored = read(file)
    opened = Opened(stored.data, str(file))
    found = _field(opened, field)
    fill = _fill(opened, found, place, day)
    key = _key(pkcs12, passphrase)
    keys.refuse_lapsed(key, str(pkcs12))
    if (goal := target or file) != file and goal.exists() and not goal.samefile(file):
        raise UserError("there is a file of this name already", "name another one", Place(str(goal)))
    agreement = _sound(opened)
    data = put_on(opened, found.name, key, fill=fill, place=clean_line(place))
    result = Opened(data, str(goal))
    made = signatures(result, None, NAME)
    if broken := [one.field for one in made if not one.whole]:
        message = f"the signature in {broken[0]} does not hold, so nothing was signed"
        raise UserError(message, "sla-tui verify says more", opened.place)
    same = goal == file or goal.exists()
    save(goal, data, stored.fingerprint if same else None)
    form = fields(result.root)
    return Done(
        file=goal,
        field=found.name,
        by=key.by,
        meant=people(agreement, form).get(found.name, ""),
        draft=opened.draft,
        certified=any(one.certifies for one in made if one.field == found.name),
        filled=fill,
        unsigned=tuple(one.name for one in form if one.signs and not one.filled),
    )


def _field(opened: Opened, name: str) -> Field:
    """The field to sign, by its name or by its signer's id."""
    try:
        signing = [one for one in fields(opened.root) if one.signs]
    except Exception as error:
        raise opened.damaged() from error
    if not signing:
        raise UserError("this PDF has no field to sign", "export one from an agreement with signers", opened.place)
    found = next((one for one in signing if one.name in (name, f"{_SIGNATURE}{name}")), None)
    if found is None:
        near = did_you_mean(name, [one.name for one in signing])
        listed = "" if near.startswith("known: ") else f" known: {', '.join(one.name for one in signing)}"
        raise UserError(f"there is no signature field {name!r}", f"{near}{listed}", opened.place)
    if found.filled:
        held = next((one for one in signatures(opened, None, NAME) if one.field == found.name), None)
        by = f" by {held.by}" if held and held.by else ""
        open_ = [one.name for one in signing if not one.filled]
        remedy = f"still unsigned: {', '.join(open_)}" if open_ else "no field is left unsigned"
        raise UserError(f"the field {found.name} is signed already{by}", remedy, opened.place)
    return found


def _fill(opened: Opened, field: Field, place: str, day: date | None) -> dict[str, str]:
    """What the signer's date and place are to say."""
    form = {one.name: one for one in fields(opened.root)}
    id_ = field.name.removeprefix(_SIGNATURE) if field.name.startswith(_SIGNATURE) else ""
    wanted = {_DATE: _said(day) if day else "", _PLACE: clean_line(place)}
    fill: dict[str, str] = {}
    for kind, text in wanted.items():
        held = form.get(f"{kind}{id_}")
        if held is None and text:
            what = kind.removesuffix("_")
            raise UserError(f"{field.name} has no field for a {what}", f"leave --{what} out", opened.place)
        if held is not None and held.filled and text and text != held.text:
            what = kind.removesuffix("_")
            message = f"{held.name} is filled in already: {clean_line(held.text)!r}"
            raise UserError(message, f"leave --{what} out to keep it", opened.place)
        if held is not None and not held.filled:
            fill[held.name] = text or (_said(the_day()) if kind == _DATE else "")
    return {name: text for name, text in fill.items() if text}


def _said(day: date) -> str:
    return words.day(day).replace(words.NBSP, " ")


def _key(file: Path, passphrase: Callable[[], str]) -> keys.Key:
    data = read(file).data
    try:
        return keys.key(data, None, str(file))
    except keys.WrongPassphrase:
        return keys.key(data, passphrase(), str(file))


def _sound(opened: Opened) -> Agreement | None:
    """The agreement inside, None for a PDF of something else; nobody signs one whose pages are not of these terms."""
    try:
        agreement, problems = inside(opened)
    except NoTerms:
        return None
    if problems:
        raise UserError(f"{problems[0]}, so it was not signed", "sla-tui verify says more", opened.place)
    return agreement
