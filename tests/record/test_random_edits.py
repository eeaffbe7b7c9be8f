"""Random edits of random files written by hand: the file says what the Draft says, and nothing else in it moved.

The oracle is the generator: it knows every statement it wrote, byte for byte, and whose each comment is. The suite
tries few files; ``HYPOTHESIS_PROFILE=deep SLA_TUI_EXAMPLES=20000`` tries as many as one likes.
"""

from __future__ import annotations

import os
import random
import re
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from handwritten import GONE, Handwritten, IdPath, Written, at, handwritten
from hypothesis import given, settings
from hypothesis import strategies as st

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.money import Money
from sla_tui.agreement.parts import Part, plain, slots
from sla_tui.agreement.paths import Change, Prune, Put, Remove, UnknownKey, at_key
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration, Kind, Percent
from sla_tui.record.document import Document
from sla_tui.record.layout import headed
from sla_tui.record.pairing import same
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.saver import Saving
from tests.strategies import changes, ids, leaves, tables, texts

EXAMPLES = int(os.environ.get("SLA_TUI_EXAMPLES", settings.default.max_examples))
KINDS: dict[str, type[Part]] = {
    "agreement.toml": Agreement,
    "quotas/2027-Q1.toml": Quota,
    "sittings/2026-11-30.toml": Sitting,
    "leads.toml": LeadMapping,
}
sources = st.fixed_dictionaries({"kind": st.sampled_from(["example", "agreed", "measured"])}, optional={"note": texts})


@st.composite
def values(draw: st.DrawFn, model: type[Part]) -> dict[str, Any]:
    """What a file of ``model`` says, as its writer spelled it."""
    table = draw(tables(model))
    part = model.model_validate(table)
    if "sources" in model.model_fields and (keys := [slot.key for slot in leaves(part)]):
        table["sources"] = draw(st.dictionaries(st.sampled_from(keys), sources, max_size=4))
    if model is LeadMapping:
        for name in ("names", "activities"):
            table[name] = draw(st.dictionaries(texts, texts, max_size=4))
    return spelled(table, draw(st.randoms(use_true_random=True)))


def spelled(value: Any, rng: random.Random) -> Any:
    """Plain values, written otherwise than the program would where it is all one."""
    if isinstance(value, dict):
        return {key: spelled(one, rng) for key, one in value.items()}
    if isinstance(value, list):
        return [spelled(one, rng) for one in value]
    if isinstance(value, Duration):
        return rng.choice([str(value), f"{value.count}  {value.unit}", f"within {value}"])
    return str(value) if isinstance(value, (Percent, Money)) else value


@st.composite
def edits(draw: st.DrawFn, part: Part) -> Change:
    """A change as the Draft gets it; another id, and an answer taken away, more often than chance has them."""
    named = [slot.key for slot in slots(part, type(part)) if slot.spec.kind is Kind.ID]
    if named and draw(st.integers(0, 4)) == 0:
        return Put(draw(st.sampled_from(named)), draw(ids))
    if (answered := leaves(part)) and draw(st.integers(0, 4)) == 0:
        return Put(draw(st.sampled_from(answered)).key, None)
    return draw(changes(part))


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data(), seed=st.integers(0, 2**48))
@settings(max_examples=EXAMPLES)
def test_what_the_draft_did_not_change_keeps_its_bytes_and_comments(name: str, data: st.DataObject, seed: int) -> None:
    said = data.draw(values(KINDS[name]))
    doc = handwritten(random.Random(seed), said)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(doc.text.encode())
        draft = Draft.open(path, KINDS[name], beside=False)
        oracle = _Oracle(doc, draft.value)
        try:
            for _ in range(data.draw(st.integers(1, 4))):
                before = draft.value
                change = data.draw(edits(before))
                with suppress(UserError):
                    draft.change(change)
                assert draft.flush().saving is Saving.SAVED, draft.saving
                after = path.read_bytes().decode()
                assert Document[Any].load(path, KINDS[name]).value == draft.value
                oracle.judge(after, draft.value, change, _renamed(before, change))
        finally:
            draft.close()


def _renamed(part: Part, change: Change) -> tuple[IdPath, IdPath] | None:
    """The path of an item before and after ``change``, when that gives it another id."""
    with suppress(UnknownKey):
        if isinstance(change, Put) and at_key(part, change.key).spec.kind is Kind.ID:
            *path, _ = change.key.split(".")
            return tuple(path), (*path[:-1], change.value)
    return None


class _Oracle:
    """What the hand wrote, and what of it must still stand after each change."""

    def __init__(self, doc: Handwritten, value: Part) -> None:
        self.eol = "\r\n" if "\r\n" in doc.text else "\n"
        self.text, self.plain, self.preamble = doc.text, plain(value), doc.preamble
        self.written = doc.written
        self.elements = doc.elements

    def judge(self, text: str, value: Part, change: Change, renamed: tuple[IdPath, IdPath] | None) -> None:
        now = plain(value)
        done = now != self.plain
        if not done:
            assert text == self.text
            return
        held = tomllib.loads(text)
        before = tomllib.loads(self.text)
        ended = text if text.endswith("\n") else text + self.eol
        spots = dict(_spots(ended, held))
        standing = _outermost_comments(self.text)
        keep: list[Written] = []
        if not self.preamble:  # what stands above the first statement then is one, so a new key may come between
            first = _first(self.text)
            self.written = [written for written in self.written if written.path != first]
        for written in self.written:
            path = _moved(written.path, renamed)
            if _deleted(self.plain, now, written.path, path):
                if isinstance(change, Remove | Prune) or (isinstance(change, Put) and change.value is None):
                    assert not any(one in text for one in written.comments if one not in standing), written
                continue
            was, is_ = at(self.plain, written.path), at(now, path)
            if isinstance(is_, dict) if written.header else same(was, is_):
                start, end = spots[path]
                assert ended[:end].endswith(written.text), (written, ended[start:end])
                keep.append(replace(written, path=path))
            elif type(was) is type(is_) and not isinstance(is_, (dict, list)) and not written.header:
                assert all(comment in text for comment in written.comments), written
        for path, element, comment in self.elements:
            lists = at(before, path), at(held, _moved(path, renamed))
            if all(isinstance(one, list) and sum(same(x, element) for x in one) == 1 for one in lists):
                assert comment in text
        assert self.preamble in text
        assert all(times == 1 for times in Counter(re.findall(r"note \d+;", text)).values())
        assert text.endswith("\n") == self.text.endswith("\n") or not text or not self.text
        assert self.eol == "\n" or not re.search(r"(?<!\r)\n", text)
        _in_order(before, held, now, set(_lines(ended, held)), renamed)
        self.text, self.plain, self.written = text, now, keep
        self.eol = self.eol if text else "\n"
        self.elements = [(_moved(path, renamed), *rest) for path, *rest in self.elements]


def _spots(text: str, held: dict[str, Any]) -> Iterator[tuple[IdPath, tuple[int, int]]]:
    """Where each statement stands, by keys and ids."""
    for path, statement in headed(text):
        yield _named(path, held), (statement.start, statement.end)


def _lines(text: str, held: dict[str, Any]) -> Iterator[IdPath]:
    """What has lines in its table, by keys and ids; of ``a.b = 1`` both ``a`` and ``a.b``."""
    for path, statement in headed(text):
        names = _named(path, held)
        for own in range(len(statement.path) if statement.node else 0):
            yield names[: len(names) - own]


def _named(path: tuple[str | int, ...], held: Any) -> IdPath:
    names: list[str] = []
    for part in path:
        held = held[part]
        names.append(held["id"] if isinstance(part, int) else str(part))
    return tuple(names)


def _first(text: str) -> IdPath | None:
    """The path of the first statement."""
    return next((path for path, _ in _spots(text, tomllib.loads(text))), None)


def _outermost_comments(text: str) -> str:
    """The comments before the first statement and behind the last; no edit takes them."""
    lines = re.sub(r"(?m)^[ \t]+", "", text).splitlines()
    at = [i for i, line in enumerate(lines) if line and not line.startswith("#")]
    return "\n".join(lines[: at[0]] + lines[at[-1] + 1 :] if at else lines)


def _moved(path: IdPath, renamed: tuple[IdPath, IdPath] | None) -> IdPath:
    old, new = renamed or ((), ())
    return new + path[len(old) :] if renamed and path[: len(old)] == old else path


def _deleted(before: Any, now: Any, was: IdPath, is_: IdPath) -> bool:
    return any(at(before, was[:i]) is not GONE and at(now, is_[:i]) is GONE for i in range(1, len(was) + 1))


def _in_order(before: Any, held: Any, now: Any, written: set[IdPath], renamed: Any) -> None:
    """A new line stands behind the nearest line that comes before it in the model's order."""
    back = None if renamed is None else (renamed[1], renamed[0])
    for path in {path[:-1] for path in written}:
        old, new, model = at(before, _moved(path, back)), at(held, path), at(now, path)
        if not all(isinstance(one, dict) for one in (old, new, model)):
            continue
        order = list(new)
        lines = [key for key in model if (*path, key) in written]
        for i, key in enumerate(lines):
            earlier = [one for one in lines[:i] if one in old]
            if key in old:
                continue
            assert not earlier or order.index(earlier[-1]) < order.index(key), (path, key)
