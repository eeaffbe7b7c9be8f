"""Textual's screens driven without a terminal: when they have done what was asked is known rather than guessed.

Textual's own pilot sleeps until its process needs little processor time. On a busy machine a process that is not let
on needs little time too, so keys arrive before the screen they are meant for; on an idle one every key waits a tenth
of a second. Here the loop itself is asked whether anything is left to do, in it or in its threads. What nobody looks
at is not painted, and a style sheet that every application reads is read once.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import textual.app
import textual.pilot
from rich.console import RenderableType
from textual._compositor import Compositor
from textual._context import active_app
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.screen import Screen

MOMENT = 0.001
"""How many seconds pass before a thread at work, or an animation, is looked at again."""

LIMIT = 5.0
"""How many seconds a screen may take to come to rest; one that reads a large file is not waited for any longer."""


def _threads_work(loop: Any) -> bool:
    """Whether a thread of the loop still has something to do."""
    pool: ThreadPoolExecutor | None = loop._default_executor
    if pool is None:
        return False
    return not pool._work_queue.empty() or pool._idle_semaphore._value < len(pool._threads)


def _brought_up_to_date(app: App[object]) -> bool:
    """Whether what waits for the next repaint was there to be done, and has been done now."""
    if not app.screen_stack:
        return False
    screen = app.screen
    waiting: tuple[Any, ...] = (
        screen._layout_required,
        screen._scroll_required,
        screen._repaint_required,
        screen._recompose_required,
        screen._dirty_widgets,
        screen._callbacks,
    )
    if not any(waiting) or app._batch_count or not screen.is_running:
        return False
    screen._on_timer_update()
    return True


async def at_rest(min_sleep: float = 0) -> None:
    """Waits until nothing is left to do in the running loop and its threads, but for what is set for later."""
    loop: Any = asyncio.get_running_loop()
    app = active_app.get()
    end = loop.time() + LIMIT
    while loop.time() < end:
        await asyncio.sleep(0)
        if loop._ready or _brought_up_to_date(app):
            continue
        if app._animator._animations or _threads_work(loop):
            await asyncio.sleep(MOMENT)
        else:
            return


def _unpainted(
    self: Compositor, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
) -> RenderableType | None:
    """What a screen would send to its terminal; nothing, as there is none, unless the whole screen is asked for."""
    if full:
        return _painted(self, full, screen_stack, simplify)
    self._dirty_regions.clear()
    return None


_painted = Compositor.render_update
_parsed: dict[object, list[RuleSet]] = {}
_parse = Stylesheet._parse_rules


def _parsed_once(
    self: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """A style sheet's rules, which say the same each time they are read with the same colours."""
    key = (css, read_from, is_default_rules, tie_breaker, scope, tuple(self._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse(self, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]


def install() -> None:
    """Lets every pilot of this process wait, paint and read style sheets as said here."""
    textual.app.wait_for_idle = at_rest  # pyright: ignore[reportPrivateImportUsage]
    textual.pilot.wait_for_idle = at_rest  # pyright: ignore[reportPrivateImportUsage]
    Compositor.render_update = _unpainted
    Stylesheet._parse_rules = _parsed_once
