"""Elements and attributes, for HTML and for XML: only what is built here is markup, all other text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NewType

from sla_tui.publish.shown import shown

Markup = NewType("Markup", str)
"""Text that is markup already; a type of its own, so that no text becomes markup by being passed on."""

NOTHING = Markup("")
SPACE = Markup(" ")


def text(words: str) -> Markup:
    """Words as text, whatever they look like."""
    if words.isalnum() and words.isascii():
        return Markup(words)
    return Markup(escape(shown(words)))


def join(parts: Iterable[Markup], between: Markup = NOTHING) -> Markup:
    """Markup one after another, with ``between`` between any two."""
    return Markup(between.join(parts))


def element(name: str, /, *children: Markup, **attributes: str | None) -> Markup:
    """An element with what is in it.

    Attributes are named as Python can: ``class_``, ``aria_label`` for ``aria-label``, ``w__val`` for ``w:val``. One
    that is None is left out.
    """
    return Markup(f"<{name}{_attributes(attributes)}>{''.join(children)}</{name}>")


def void(name: str, /, **attributes: str | None) -> Markup:
    """An element that never has anything in it."""
    return Markup(f"<{name}{_attributes(attributes)}/>")


def _attributes(given: dict[str, str | None]) -> str:
    return "".join(f' {_named(name)}="{text(value)}"' for name, value in given.items() if value is not None)


def _named(name: str) -> str:
    return name.removesuffix("_").replace("__", ":").replace("_", "-")
