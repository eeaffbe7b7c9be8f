"""A document as one page for a browser: nothing outside it is asked for, nothing in it runs."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

from sla_tui.publish import linear
from sla_tui.publish.blocks import Document, KeyTerm
from sla_tui.publish.html.chapters import chapter_section, line
from sla_tui.publish.linear import Chapter, Reading
from sla_tui.publish.seal import BLANK, seal
from sla_tui.publish.shown import one_line
from sla_tui.publish.tags import NOTHING, SPACE, Markup, element, join, text, void

Paper = Literal["a4", "letter"]
_TEXT, _TERMS, _CONTENTS = "text", "key-terms", "contents"


def render(document: Document, paper: Paper = "a4") -> bytes:
    """``document`` as an HTML file, printed on ``paper``."""
    reading = Reading(document, (_TEXT, _TERMS, _CONTENTS))
    body = (
        element("a", text("Skip to the text"), class_="skip", href=f"#{_TEXT}"),
        _top(document, reading),
        _contents(reading),
        element("main", *(chapter_section(chapter, reading) for chapter in reading.chapters), id=_TEXT, tabindex="-1"),
        element("footer", element("p", text(linear.identity(document)))),
    )
    page = element(
        "html",
        _head(document, paper),
        element("body", *body, class_=None if document.final else "draft"),
        lang=linear.language(document),
    )
    return seal(f"<!DOCTYPE html>\n{page}\n".encode())


@cache
def _style(paper: Paper) -> str:
    rules = Path(__file__).with_name("style.css").read_text("utf-8")
    columns = " ".join(f".w{share} {{ width: {share}%; }}" for share in range(1, 101))
    return f"{rules}{columns}\n@page {{ size: {paper}; margin: 22mm 20mm; }}\n"


def _head(document: Document, paper: Paper) -> Markup:
    style = _style(paper)
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    title = one_line(document.title)
    return element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="generator", content=BLANK),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        void("meta", name="referrer", content="no-referrer"),
        element("title", text(title if document.final else f"{linear.DRAFT}: {title}")),
        void("meta", name="author", content=one_line(document.organization)),
        void("meta", name="description", content=linear.identity(document)),
        # The rules are ours and hold nothing that would end the element; escaped, they would not be rules.
        Markup(f"<style>{style}</style>"),
    )


def _top(document: Document, reading: Reading) -> Markup:
    said = linear.standing(document)
    return element(
        "header",
        NOTHING if document.final else _draft(),
        element("p", line((linear.organization(document),), reading), class_="organization"),
        element("h1", text(one_line(document.title))),
        element("p", text(said), class_="standing") if said else NOTHING,
        _key_terms(document.key_terms, reading) if document.key_terms else NOTHING,
    )


def _draft() -> Markup:
    return element("p", element("strong", text(linear.DRAFT)), text(f" {linear.DRAFT_SAID}"), class_="draft-word")


def _key_terms(terms: tuple[KeyTerm, ...], reading: Reading) -> Markup:
    rows = (
        element(
            "div",
            element("dt", text(term.label)),
            *(element("dd", line(one, reading)) for one in term.lines or ((),)),
        )
        for term in terms
    )
    heading = element("h2", text("At a glance"), id=_TERMS)
    return element("section", heading, element("dl", *rows), aria_labelledby=_TERMS)


def _contents(reading: Reading) -> Markup:
    entries = [element("li", _entry(one)) for one in reading.contents]
    if not entries:
        return NOTHING
    heading = element("h2", text("Contents"), id=_CONTENTS)
    return element("nav", heading, element("ul", *entries), aria_labelledby=_CONTENTS)


def _entry(chapter: Chapter) -> Markup:
    number = element("span", text(chapter.number), class_="number") if chapter.number else NOTHING
    return element("a", join((number, text(chapter.title)), SPACE), href=f"#{chapter.place}")
