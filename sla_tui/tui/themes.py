"""Colours: one accent for where one is, one for what needs somebody; every sign also reads without them."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="sla-dark",
    primary="#8ab4f8",
    secondary="#8ab4f8",
    accent="#8ab4f8",
    warning="#f2b866",
    error="#f28b82",
    success="#8fce9b",
    foreground="#e8eaed",
    background="#15181d",
    surface="#15181d",
    panel="#22262d",
    boost="#2d3440",
    dark=True,
    variables={"text-muted": "#a3a8b0", "text-disabled": "#777d86"},
)
LIGHT = Theme(
    name="sla-light",
    primary="#1a4f9c",
    secondary="#1a4f9c",
    accent="#1a4f9c",
    warning="#9a5b00",
    error="#b3261e",
    success="#1e6b34",
    foreground="#1b1d21",
    background="#fcfcfa",
    surface="#fcfcfa",
    panel="#e9eaee",
    boost="#dde6f5",
    dark=False,
    variables={"text-muted": "#5a5f68", "text-disabled": "#7c818a"},
)
CONTRAST = Theme(
    name="sla-contrast",
    primary="#ffe14d",
    secondary="#ffe14d",
    accent="#ffe14d",
    warning="#ffb347",
    error="#ff8a80",
    success="#7dff9b",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1f1f1f",
    boost="#00408a",
    dark=True,
    text_alpha=1.0,
    variables={"text-muted": "#ffffff", "text-disabled": "#d0d0d0", "panel-lighten-2": "#ffffff"},
)
THEMES = (DARK, LIGHT, CONTRAST)
