"""The folder of an agreement: which file in it is the agreement, which lie beside it, and what each of them holds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.errors import Place, UserError

if TYPE_CHECKING:
    from sla_tui.agreement.parts import Part

FILE = "agreement.toml"
MAPPING = "leads.toml"
"""The file that says what the columns of the sample leads mean, beside the agreement's."""
QUOTAS = "quotas"
"""The folder of the quotas, beside the agreement's file."""
SITTINGS = "sittings"
"""The folder of the sittings, beside the agreement's file."""


def agreement_file(path: Path) -> Path:
    """The agreement's file for a folder or a file; the file itself for any other."""
    try:
        return path / FILE if path.is_dir() else path
    except OSError:  # Reading it says what is in the way.
        return path


def only_agreement(path: Path) -> Path:
    """The agreement's file for a folder or a file. UserError for one beside it, with the agreement it belongs to."""
    file = agreement_file(path)
    if not is_agreement(file):
        what = called(file)
        raise UserError(f"this is {what}, and an agreement is needed", f"name {agreement_of(path).parent}", _at(path))
    return file


def agreement_or_quota(path: Path) -> Path:
    """The file to draft or print: an agreement's (its folder will do), or a quota's. UserError for another."""
    file = agreement_file(path)
    if not is_agreement(file) and not is_quota(file):
        message = f"this is {called(file)}, and an agreement or a quota is needed"
        raise UserError(message, f"name {agreement_of(file).parent}; get, set and add work on this file", _at(path))
    return file


def called(path: Path) -> str:
    """What the file at ``path`` is, by its place: ``a quota``."""
    if is_quota(path) or is_sitting(path):
        return "a quota" if is_quota(path) else "a sitting"
    return "a lead mapping" if is_mapping(path) else "an agreement"


def is_agreement(path: Path) -> bool:
    """Whether a file holds an agreement: one that is none of the others."""
    return not (is_quota(path) or is_sitting(path) or is_mapping(path))


def is_quota(path: Path) -> bool:
    """Whether a file is a quota: one in a folder of quotas."""
    return _lies_in(QUOTAS, path)


def is_sitting(path: Path) -> bool:
    """Whether a file is the record of a sitting: one in a folder of sittings."""
    return _lies_in(SITTINGS, path)


def is_mapping(path: Path) -> bool:
    """Whether a file says what the columns of the sample leads mean."""
    return path.name == MAPPING and not is_quota(path) and not is_sitting(path)


def _lies_in(folder: str, path: Path) -> bool:
    return path.suffix == ".toml" and path.absolute().parent.name == folder


def model_of(path: Path) -> type[Part]:
    """What the file at ``path`` holds."""
    if is_quota(path):
        from sla_tui.agreement.quota import Quota

        return Quota
    if is_sitting(path):
        from sla_tui.agreement.sitting import Sitting

        return Sitting
    if is_mapping(path):
        from sla_tui.agreement.leads import LeadMapping

        return LeadMapping
    from sla_tui.agreement.terms import Agreement

    return Agreement


def agreement_of(path: Path) -> Path:
    """The file of the agreement that a file beside it belongs to; itself for an agreement's."""
    if is_agreement(path):
        return path
    folder = path.absolute().parent
    return (folder if is_mapping(path) else folder.parent) / FILE


def quota_files(agreement: Path) -> tuple[Path, ...]:
    """The files of an agreement's quotas, by name; none where there is no such folder or it cannot be read."""
    return _files(agreement.parent / QUOTAS)


def sitting_files(agreement: Path) -> tuple[Path, ...]:
    """The files of an agreement's sittings, by name; none where there is no such folder or it cannot be read."""
    return _files(agreement.parent / SITTINGS)


def files_beside(agreement: Path) -> tuple[Path, ...]:
    """Every file that belongs to an agreement, but its own: quotas, sittings, the lead mapping."""
    return (*quota_files(agreement), *sitting_files(agreement), *_mapping_file(agreement))


def _mapping_file(agreement: Path) -> tuple[Path, ...]:
    mapping = agreement.parent / MAPPING
    return (mapping,) if os.path.lexists(mapping) else ()


def _files(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(one for one in folder.iterdir() if _is_meant(one)))
    except OSError:
        return ()


def _is_meant(path: Path) -> bool:
    """Whether a file is meant by its name. What is none, a folder or a link to nowhere, is told when it is read."""
    return path.suffix == ".toml" and not path.name.startswith(".")


def _at(path: Path) -> Place:
    return Place(str(path))
