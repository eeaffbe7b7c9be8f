"""What a person sets once: the theme and the keys, in ``config.toml`` of the config folder."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from platformdirs import user_config_path


@dataclass(frozen=True, slots=True)
class Settings:
    """The name of a theme ("" for none chosen), keys by binding id, and what is wrong with the file."""

    theme: str = ""
    keymap: Mapping[str, str] = field(default_factory=lambda: dict[str, str]())
    trouble: str = ""


def config_file() -> Path:
    """Where the settings lie; ``SLA_TUI_CONFIG`` names another folder."""
    named = os.environ.get("SLA_TUI_CONFIG")
    return (Path(named) if named else user_config_path("sla-tui")) / "config.toml"


def load() -> Settings:
    """The settings. What is wrong with the file is said in ``trouble`` and the rest of it is used."""
    try:
        held = tomllib.loads(config_file().read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        return Settings(trouble=str(error))
    wrong: list[str] = []
    theme = held.pop("theme", "")
    if not isinstance(theme, str):
        wrong.append('theme is a name in quotes, such as theme = "sla-light"')
        theme = ""
    keymap = _keymap(held.pop("keymap", {}), wrong)
    if held:
        wrong.append(f"unknown: {', '.join(held)}; known are theme and [keymap]")
    return Settings(theme, keymap, "; ".join(wrong))


def _keymap(held: Any, wrong: list[str]) -> dict[str, str]:
    entries = dict(_flat(cast("dict[str, Any]", held))) if isinstance(held, dict) else {"keymap": None}
    if any(not isinstance(key, str) for key in entries.values()):
        wrong.append('[keymap] holds lines such as "draft.export" = "E"')
    return {name: key for name, key in entries.items() if isinstance(key, str)}


def _flat(held: dict[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """A name with dots may stand in quotes or not: ``draft.export = "E"`` is a table in a table to TOML."""
    return [
        pair
        for name, value in held.items()
        for pair in (
            _flat(cast("dict[str, Any]", value), f"{before}{name}.")
            if isinstance(value, dict)
            else [(before + name, value)]
        )
    ]


def remember_theme(name: str) -> None:
    """Writes the choice into the file; all else in it stays as it is.

    Raises ``OSError`` when it cannot be written, ``ValueError`` when the file is no TOML to write into.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = config_file()
    try:
        document = tomlkit.parse(path.read_text("utf-8") if path.exists() else "")
    except TOMLKitError as error:
        raise ValueError(str(error)) from error
    if document.get("theme") == name:
        return
    document["theme"] = name
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(tomlkit.dumps(document), "utf-8")
    fresh.replace(path)
