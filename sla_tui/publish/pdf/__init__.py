"""A document as the bytes of a PDF, the same for the same document on any machine and any day."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sla_tui.publish.blocks import Document
    from sla_tui.publish.paged import Paged
    from sla_tui.publish.pdf.fields import Esign
    from sla_tui.publish.pdf.look import Paper


def render(document: Document, paper: Paper = "a4", *, esign: Esign = "fields", large: bool = False) -> bytes:
    """``document`` as a PDF with fillable dates and signature fields, on ``a4`` or ``letter``.

    ``esign`` is the convention by which a signing platform finds what to fill in; ``large`` is for whoever sees badly.
    """
    return paged(document, paper, esign=esign, large=large).data


def paged(
    document: Document,
    paper: Paper = "a4",
    *,
    esign: Esign = "fields",
    large: bool = False,
    begun: Callable[[int], object] = lambda _: None,
) -> Paged:
    """As ``render``, with what stands on which page.

    ``begun`` is told the number of each page before it is set; what it raises ends the setting.
    """
    _put_off_pictures()
    from sla_tui.publish.pdf.cjk import written_in
    from sla_tui.publish.pdf.pages import refuse_outside_sources

    refuse_outside_sources()
    with written_in(document.language):
        return _paged(document, paper, esign, large, begun)


def _paged(document: Document, paper: Paper, esign: Esign, large: bool, begun: Callable[[int], object]) -> Paged:
    from sla_tui.publish.pdf.attaching import attach
    from sla_tui.publish.pdf.pages import Pages
    from sla_tui.publish.pdf.paging import lay_out
    from sla_tui.publish.pdf.story import body, cover

    pages = Pages(document, paper, large, begun)
    if document.brief:
        held = cover(document, pages.body_wide, pages.body.tall)
        held[-1].after = 14.0
        lay_out([*held, *body(document, pages.body_wide, pages.body.tall)], pages.body, pages.canvas, pages.begin_body)
        return pages.finish()
    title_page = cover(document, pages.cover_wide, pages.cover.tall)
    lay_out(title_page, pages.cover, pages.canvas, pages.begin_cover)
    lay_out(body(document, pages.body_wide, pages.body.tall, esign), pages.body, pages.canvas, pages.begin_body)
    attach(pages.canvas, document.attachments)
    return pages.finish()


def _put_off_pictures() -> None:
    """reportlab loads all that reads pictures; here it is loaded when one is drawn, and no document draws any."""
    spec = None if "PIL.Image" in sys.modules else find_spec("PIL.Image")
    if spec and spec.loader:
        spec.loader = LazyLoader(spec.loader)
        later = sys.modules[spec.name] = module_from_spec(spec)
        spec.loader.exec_module(later)
        vars(sys.modules["PIL"])["Image"] = later
