"""What changed in a PDF since a signature: fields, attachments, pages, and whatever else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from sla_tui.publish.signed.reading import Opened, attached, entry, fields

_MOST = 100_000
"""Nodes of the tree of pages that are looked at."""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed after a signature was made: fields ``filled`` in, each with what it says, or ``signed``, and
    ``other`` things in words."""

    filled: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """It in words: ``only the form (filled in: date_mara “5 May”; signed: signature_mara)``; ``nothing``."""
        form = [f"filled in: {', '.join(self.filled)}"] if self.filled else []
        form += [f"signed: {', '.join(self.signed)}"] if self.signed else []
        if self.other:
            return "; ".join((*self.other, *form))
        return f"only the form ({'; '.join(form)})" if form else "nothing"


UNCHANGED: Final = Since()
"""Nothing changed."""


def since(opened: Opened, revision: int, attachment: str, permitted: bool) -> Since:
    """What changed after a revision; where that is not ``permitted``, there is always something to say."""
    old, new = opened.then(revision), opened.root
    other = _attachment(old, new, attachment) + _pages(old, new)
    before = {one.name: one for one in fields(old)}
    after = {one.name: one for one in fields(new)}
    other += [f"the field {name} is gone" for name in before if name not in after]
    filled: list[str] = []
    signed: list[str] = []
    for name, field in after.items():
        was = before.get(name)
        if field.signs and field.filled and not (was and was.filled):
            signed.append(name)
        elif was is None:
            other.append(f"the field {name} was added")
        elif not field.signs and field.text != was.text:
            filled.append(f"{name} “{field.text}”{f' instead of “{was.text}”' if was.text else ''}")
        elif not field.signs and field.drawn != was.drawn:
            filled.append(f"{name} drawn otherwise")
        elif field.signs and was.filled and not field.filled:
            other.append(f"the signature in {name} was taken out")
    if not permitted and not (other or filled):
        other.append("something was changed beyond filling in the form")
    return Since(tuple(filled), tuple(signed), tuple(other))


def _attachment(old: Any, new: Any, name: str) -> list[str]:
    was, now = _held(old, name), _held(new, name)
    if was == now:
        return []
    return [f"the attachment {name} was {'removed' if now is None else 'added' if was is None else 'replaced'}"]


def _held(root: Any, name: str) -> bytes | str | None:
    try:
        return attached(root, name)
    except ValueError as error:
        return str(error)


def _pages(old: Any, new: Any) -> list[str]:
    changed = [at for at, (was, now) in enumerate(zip_longest(_contents(old), _contents(new)), 1) if was != now]
    if not changed:
        return []
    return [f"page{'' if len(changed) == 1 else 's'} {', '.join(map(str, changed))} changed"]


def _contents(root: Any) -> list[bytes | None]:
    """What is drawn on each page, as it is stored; None for a page that cannot be read."""
    found: list[bytes | None] = []
    waiting: list[Any] = [root["/Pages"]]
    seen = 0
    while waiting and seen < _MOST:
        seen += 1
        node = waiting.pop().get_object()
        if "/Kids" in node:
            waiting += reversed(list(node["/Kids"]))
            continue
        try:
            held = entry(node, "/Contents")
            parts: list[Any] = [held] if "/Length" in held else [one.get_object() for one in held]
            found.append(b"\n".join(bytes(one.encoded_data) for one in parts))
        except Exception:
            # A page whose text is no text differs from one that has some; that is all there is to know of it.
            found.append(None)
    return found
