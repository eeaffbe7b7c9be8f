"""Agreements to start from: one TOML file each, and nothing else.

A template is an ``agreement.toml`` without what only the room can decide: names, dates, the organization. Numbers it
comes with are marked as examples under ``[sources]``. Its first comment line (``# …``, never ``#:schema``) is its
description, one line that fits a list of templates. Read with ``importlib.resources.files("sla_tui.templates")``.
"""
