"""One visit to a field: what is typed there becomes a change, or stays as text that was refused."""

from __future__ import annotations

from itertools import count
from typing import Any

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.paths import Put
from sla_tui.agreement.values import Kind
from sla_tui.workshop.draft import Draft

_NUMBERS = count()


class Visit:
    """All that is typed in one visit is one step to undo."""

    def __init__(self, draft: Draft[Any], key: str) -> None:
        self.key = key
        self.slot = draft.at(key)
        self._draft = draft
        self._before: Any = self.slot.value
        self._held: Any = self._before
        self._name = f"{key}#{next(_NUMBERS)}"
        self._id = ""

    @property
    def held(self) -> Any:
        """What the answer is by what was typed so far."""
        return self._held

    @property
    def text(self) -> str:
        """What to begin with: text that was refused here before, else the answer."""
        return self._draft.memory.refused.get(self.key, self.slot.text)

    def typed(self, text: str) -> str:
        """Takes the whole text as it now stands; why it is refused, or the empty text.

        Refused text leaves the answer as it was before the visit: "2 w" was two weeks, "2 wo" is nothing yet, and two
        weeks is not what was meant. An id is only tried, and given when the visit is over: on its way to what is meant
        it might be another entry's, and every answer would follow it there.
        """
        if self.slot.spec.kind is Kind.ID:
            return self._tried(text)
        refusal = self._typed(text)
        self._held = self._draft.at(self.key).value
        return refusal

    def _typed(self, text: str) -> str:
        try:
            value = self.slot.spec.read(text)
            self._draft.change(Put(self.key, value), self._name)
        except (ValueError, UserError) as error:
            self._draft.memory.refuse(self.key, text)
            if self._draft.at(self.key).value != self._before:
                self._draft.change(Put(self.key, self._before), self._name)
            return error.message.removeprefix(f"{self.key}: ") if isinstance(error, UserError) else str(error)
        self._draft.memory.refuse(self.key, None)
        return ""

    def _tried(self, text: str) -> str:
        self._id = ""
        try:
            value = self.slot.spec.read(text)
            self._draft.attempt(Put(self.key, value))
        except (ValueError, UserError) as error:
            self._draft.memory.refuse(self.key, text)
            return error.message.removeprefix(f"{self.key}: ") if isinstance(error, UserError) else str(error)
        self._draft.memory.refuse(self.key, None)
        self._id = value or ""
        return ""

    def over(self) -> str:
        """Gives the id that was typed, if one was; the KEY at which the answer then stands."""
        if self._id and self._id != self._before:
            self._draft.change(Put(self.key, self._id), self._name)
            list_key = self.key.rpartition(".")[0].rpartition(".")[0]
            self.key, self._before, self._id = f"{list_key}.{self._id}.id", self._id, ""
        return self.key
