"""The agreements of a folder, the templates to start from, and a new agreement from one of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

from sla_tui.agreement.check import check
from sla_tui.agreement.errors import InvalidFile, Place, UserError
from sla_tui.agreement.schema import schema_text
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import clean_line, did_you_mean
from sla_tui.record.document import Document, create, parse
from sla_tui.record.files import read
from sla_tui.record.saving import save
from sla_tui.record.syntax import BOM, decode
from sla_tui.record.trouble import trouble
from sla_tui.workshop.folder import FILE, agreement_file
from sla_tui.workshop.progress import Standing, progress

SCHEMA = "agreement.schema.json"
"""The name of the file that tells editors what an agreement holds."""
DEFAULT_TEMPLATE = "one-page"
_TEMPLATES = "sla_tui.templates"


@dataclass(frozen=True, slots=True)
class Entry:
    """An agreement in a folder; ``trouble`` says why it cannot be read, and then only its path and time are known.

    ``complete`` of ``sections`` present sections are answered; ``open`` counts the questions that are not.
    """

    path: Path
    changed: datetime
    title: str = ""
    organization: str = ""
    version: str = ""
    status: str = ""
    ends: date | None = None
    complete: int = 0
    sections: int = 0
    open: int = 0
    trouble: str = ""

    @property
    def name(self) -> str:
        """What to call it in a list: whose it is, else its folder's name."""
        return self.organization or clean_line(self.path.parent.name) or str(self.path)


@dataclass(frozen=True, slots=True)
class Template:
    """An agreement to start from that comes with the program."""

    name: str
    description: str
    text: str


def agreements(folder: Path) -> tuple[Entry, ...]:
    """The agreements in ``folder`` and in the folders right below it, the last changed first.

    A folder that is not there holds none; UserError when it cannot be read.
    """
    try:
        below = sorted(folder.iterdir())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise trouble(error, folder, "read") from error
    found = (_entry(path / FILE) for path in (folder, *below))
    return tuple(sorted((entry for entry in found if entry), key=lambda entry: entry.changed, reverse=True))


def _entry(path: Path) -> Entry | None:
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return None
    try:
        value = Document[Agreement].load(path, Agreement).value
    except InvalidFile as error:
        more = f" (and {len(error.faults) - 1} more)" if len(error.faults) > 1 else ""
        place = f"line {error.place.line}: " if error.place.line else ""
        return Entry(path, changed, trouble=f"{place}{error.message}{more}")
    except UserError as error:
        return Entry(path, changed, trouble=error.message)
    return _described(path, changed, value)


def _described(path: Path, changed: datetime, value: Agreement) -> Entry:
    header = value.agreement or Header()
    findings = check(value)
    present = [one for one in progress(value, findings) if one.standing is not Standing.ABSENT]
    return Entry(
        path,
        changed,
        title=header.title or "",
        organization=header.organization or "",
        version=header.version or "",
        status=header.status or "draft",
        ends=header.ends,
        complete=sum(one.standing is Standing.COMPLETE for one in present),
        sections=len(present),
        open=sum(finding.undecided for finding in findings),
    )


def templates() -> tuple[Template, ...]:
    """The templates that come with the program, the default one first."""
    shipped = [one for one in files(_TEMPLATES).iterdir() if one.name.endswith(".toml")]
    read_ = (_template(one.name.removesuffix(".toml"), one.read_text("utf-8")) for one in shipped)
    return tuple(sorted(read_, key=lambda template: (template.name != DEFAULT_TEMPLATE, template.name)))


def _template(name: str, text: str) -> Template:
    return Template(name, description(text.splitlines()), text)


def description(lines: Iterable[str]) -> str:
    """What a template says about itself: its first comment line that is no instruction to an editor."""
    said = (line.lstrip("#").strip() for line in lines if line.startswith("#") and not line.startswith("#:"))
    return clean_line(next(said, ""))


def new(path: Path, template: str = DEFAULT_TEMPLATE) -> Path:
    """Makes a new agreement at ``path``, its folder (made too), and returns its file.

    ``template`` is the name of a shipped one, or an agreement's folder or file. Nothing is ever written over.
    Raises ``UserError`` when something is there already, and ``InvalidFile`` when the template is none.
    """
    folder = path.parent if path.name == FILE else path
    if folder.suffix == ".toml" or (folder.exists() and not folder.is_dir()):
        raise UserError("an agreement is a folder, and this names a file", "name a new folder", Place(str(folder)))
    target = folder / FILE
    if os.path.lexists(target):
        raise UserError("there is an agreement here already", "name another folder", Place(str(target)))
    text = _pointing_to_schema(template_text(template))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise trouble(error, folder, "make") from error
    create(target, text)
    write_schema(target)
    return target


def _pointing_to_schema(text: str) -> str:
    """The text with the line by which editors find the schema beside it, in front unless it has one."""
    if any(line.lstrip(BOM).startswith("#:schema") for line in text.splitlines()):
        return text
    mark, eol = BOM if text.startswith(BOM) else "", "\r\n" if "\r\n" in text else "\n"
    return f"{mark}#:schema ./{SCHEMA}{eol}{eol}{text.removeprefix(mark)}"


def template_text(template: str) -> str:
    """The text of a shipped template, or of the agreement that ``template`` is the path of. Raises ``UserError``."""
    known = {one.name: one for one in templates()}
    if template in known:
        return known[template].text
    path = agreement_file(Path(template))
    if not path.exists():
        raise UserError(f"there is no template {template!r}, and no such file", did_you_mean(template, known))
    text = decode(read(path).data, str(path))
    parse(text, str(path), Agreement)
    return text


def write_schema(agreement: Path) -> Path:
    """Writes, or brings up to date, the schema for editors beside an agreement's file, and returns its path."""
    path = agreement.parent / SCHEMA
    text = schema_text(Agreement).encode()
    held = read(path) if path.exists() else None
    if held is None or held.data != text:
        save(path, text, held.fingerprint if held else None)
    return path
