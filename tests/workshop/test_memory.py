"""What is remembered beside an agreement, and that nothing depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_tui.record.state import state_home
from sla_tui.workshop.memory import Memory


def test_the_state_folder_can_be_named(state: Path) -> None:
    assert state_home() == state


def test_refused_text_is_there_again_next_time(tmp_path: Path) -> None:
    Memory(tmp_path / "a").refuse("agreement.ends", "the 31st")
    assert Memory(tmp_path / "a").refused == {"agreement.ends": "the 31st"}
    assert Memory(tmp_path / "b").refused == {}


def test_text_that_is_put_right_is_forgotten(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "a")
    memory.refuse("agreement.ends", "the 31st")
    memory.refuse("agreement.ends", None)
    memory.refuse("agreement.starts", None)
    assert Memory(tmp_path / "a").refused == {}


def test_the_place_is_there_again_next_time(tmp_path: Path) -> None:
    Memory(tmp_path / "a").place = "scoring.rules"
    assert Memory(tmp_path / "a").place == "scoring.rules"


def test_a_section_is_visited_once_and_that_is_known_next_time(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "a")
    assert memory.visit("scoring")
    assert not memory.visit("scoring")
    assert memory.visit("handoff")
    assert Memory(tmp_path / "a").visited == {"scoring", "handoff"}
    assert Memory(tmp_path / "b").visited == frozenset()


@pytest.mark.parametrize(
    "held", ["", "[]", "{", '{"refused": [], "place": 4, "visited": 7}', '{"refused": {"k": 1}}', "\x00\xff"]
)
def test_a_broken_memory_is_an_empty_one(tmp_path: Path, state: Path, held: str) -> None:
    memory = Memory(tmp_path / "a")
    memory.place = "scoring"
    (file,) = (state / "sittings").iterdir()
    file.write_text(held, "latin-1")
    again = Memory(tmp_path / "a")
    assert (again.place, again.refused, again.visited) == ("", {}, frozenset())
    again.refuse("k", "text")
    assert Memory(tmp_path / "a").refused == {"k": "text"}


def test_a_state_folder_that_cannot_be_written_is_borne(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SLA_TUI_STATE", str(tmp_path / "file" / "below"))
    memory = Memory(tmp_path / "a")
    memory.refuse("k", "text")
    assert memory.refused == {"k": "text"}
