"""What a workshop remembers beside the agreement: where it was, what was seen, text refused; in the state folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any, cast

from sla_tui.record.state import state_home


class Memory:
    """What is remembered about one agreement's sitting.

    No answer is lost with it, so a state folder that cannot be written is borne in silence.
    """

    def __init__(self, path: Path) -> None:
        digest = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:24]
        self._file = state_home() / "sittings" / f"{digest}.json"
        self._held = self._load()

    @property
    def place(self) -> str:
        """The KEY last looked at."""
        place = self._held.get("place")
        return place if isinstance(place, str) else ""

    @place.setter
    def place(self, key: str) -> None:
        if key != self.place:
            self._held["place"] = key
            self._store()

    @property
    def refused(self) -> dict[str, str]:
        """Text that fields did not take, by KEY; still to be put right."""
        held = self._held.get("refused")
        if not isinstance(held, dict):
            return {}
        return {str(key): text for key, text in cast("dict[Any, Any]", held).items() if isinstance(text, str)}

    @property
    def sample(self) -> dict[str, str]:
        """The leads chosen to try the scoring on: files and columns by name; empty when nothing was chosen."""
        held = self._held.get("sample")
        if not isinstance(held, dict):
            return {}
        return {str(name): text for name, text in cast("dict[Any, Any]", held).items() if isinstance(text, str)}

    @sample.setter
    def sample(self, chosen: dict[str, str]) -> None:
        if chosen != self.sample:
            self._held["sample"] = chosen
            self._store()

    @property
    def cards(self) -> dict[str, Any]:
        """The votes of a card sort that is under way or done; empty for none."""
        held = self._held.get("cards")
        return cast("dict[str, Any]", held) if isinstance(held, dict) else {}

    @cards.setter
    def cards(self, votes: dict[str, Any]) -> None:
        if votes != self.cards:
            self._held["cards"] = votes
            self._store()

    @property
    def visited(self) -> frozenset[str]:
        """The sections that somebody has looked at."""
        held = self._held.get("visited")
        return frozenset(map(str, cast("list[Any]", held))) if isinstance(held, list) else frozenset()

    def visit(self, section: str) -> bool:
        """Remembers that a section was looked at; whether it is the first time."""
        if section in self.visited:
            return False
        self._held["visited"] = sorted({*self.visited, section})
        self._store()
        return True

    def refuse(self, key: str, text: str | None) -> None:
        """Remembers refused text at a KEY; None forgets it."""
        refused = self.refused
        if refused.get(key) == text:
            return
        if text is None:
            del refused[key]
        else:
            refused[key] = text
        self._held["refused"] = refused
        self._store()

    def _load(self) -> dict[str, Any]:
        try:
            held = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return cast("dict[str, Any]", held) if isinstance(held, dict) else {}

    def _store(self) -> None:
        fresh = self._file.with_suffix(".new")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(self._held, ensure_ascii=False), "utf-8")
            fresh.replace(self._file)
