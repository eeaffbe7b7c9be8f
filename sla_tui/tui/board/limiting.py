"""What else the board changes in place: conditions put together, fading, groups, exclusions and fast tracks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from sla_tui.agreement.conditions import say_when
from sla_tui.agreement.paths import Add, Batch, Put, Remove, is_item, new_id
from sla_tui.agreement.references import ids_beside
from sla_tui.tui.board.edit import ANSWERS, BoardEdit
from sla_tui.tui.board.limits import EXCLUDE, FADING, FAST, GROUPS, AddWhat
from sla_tui.tui.board.lines import Lines, Points
from sla_tui.tui.board.rules import said
from sla_tui.workshop.items import items_of
from sla_tui.workshop.steps import Doing, adding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla_tui.agreement.conditions import When
    from sla_tui.scoring.board import Board as Scored
    from sla_tui.tui.board.looking import Answer, Purpose

RULES = "scoring.rules"
BUILT = (RULES, EXCLUDE, FAST)
"""The lists whose entries have a condition."""


class BoardLimits(BoardEdit):
    """Keys for a rule's condition, and for all that the scoring holds beside rules and stages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("L", "panel('limits')", "limits", id="board.limits",
                tooltip="Fading, groups and their caps, exclusions, fast tracks"),
        Binding("w", "build", "when", id="board.when", tooltip="Build when it fires, from the leads"),
        Binding("W", "field('when')", "type when", show=False, id="board.when.type", tooltip="Type when it fires"),
        Binding("h", "field('half_life_days')", "fading", show=False, id="board.fading",
                tooltip="Type after how many days the rule's points are worth half"),
        Binding("D", "field('window_days')", "last days", show=False, id="board.window",
                tooltip="Type in the last how many days it must have happened"),
    ]  # fmt: skip

    def possible(self, parameters: tuple[object, ...]) -> Mapping[str, bool]:
        """Which of the actions, with these parameters, do something where one is."""
        listed = self.key.rpartition(".")[0]
        return {"build": listed in BUILT, "field": bool(parameters) and parameters[0] in ANSWERS.get(listed, ())}

    # -- conditions

    def action_build(self) -> None:
        """Puts together the condition of the rule, exclusion or fast track at the cursor."""
        key = self.key
        if not is_item(self.draft.value, key):
            return
        # Text that was refused is to be mended where it was typed.
        if f"{key}.when" in self.draft.memory.refused or not self._build(key):
            self.open(f"{key}.when")

    def _build(self, key: str) -> bool:
        """Opens the builder for the entry at ``key``, or for a new one where ``key`` is a list; False without leads."""
        scored = self.trial.scored
        if scored is None or not scored.leads.size or not (scored.leads.names.columns or scored.leads.activities):
            return False
        if self.trial.behind:
            self.trial.follow()
            scored = self.trial.scored or scored
        from sla_tui.tui.board.builder import Builder

        there = key not in BUILT
        when: When | None = self.draft.at(f"{key}.when").value if there else None
        purpose = self._purpose(key if there else "", key.rpartition(".")[0] if there else key)
        done = partial(self._built, key) if there else partial(self._built_new, key, self.key)
        self.app.push_screen(Builder(purpose, scored, when, self._brought, self.revealed), done)
        return True

    def _purpose(self, key: str, listed: str) -> Purpose:
        from sla_tui.tui.board.looking import Purpose

        item = self.draft.at(key).value if key else None
        called = f"“{said(item)}”" if item is not None else ""
        stage, names = self.stage_here, self.trial.stage_names()
        if listed == EXCLUDE:
            heading = f"Whom does {called} leave out?" if called else "Whom to leave out?"
            return Purpose(heading, "Leaves out", stage, f"would be at {names.get(stage, stage)}", everybody=True)
        if listed == FAST:
            to = (item.stage if item is not None else stage) or stage
            heading = f"What lifts a lead at once: {called}" if called else "What lifts a lead at once?"
            return Purpose(heading, "Lifts", to, f"would not get to {names.get(to, to)} by points", lifts=True)
        heading = f"When does {called} fire?" if called else "When do leads get points?"
        return Purpose(heading, "Fires for", window=(item.window_days or 0) if item is not None else 0)

    def _brought(self, scored: Scored) -> None:
        """More of the files was read: the board goes on with it."""
        self.trial.scored = scored
        self.follow()

    def _built(self, key: str, answer: Answer | None) -> None:
        if answer is None or not is_item(self.draft.value, key):
            return
        if answer.when is None:
            self.open(f"{key}.when")
            return
        self.draft.memory.refuse(f"{key}.when", None)
        self.do(Doing(Put(f"{key}.when", answer.when), key))

    def _built_new(self, listed: str, beside: str, answer: Answer | None) -> None:
        if answer is None:
            return
        if answer.when is None:
            self._add_typed(listed, beside)
            return
        doing = adding(self.draft.value, beside if beside.startswith(f"{listed}.") else listed)
        if doing is None or not isinstance(doing.change, Add):
            return
        taken = [*(one.id for one in items_of(self.draft.at(listed))), *ids_beside(self.draft.value, listed)]
        given: dict[str, object] = {"when": answer.when, "id": new_id(say_when(answer.when), taken)}
        if listed == FAST:
            given["stage"] = self.stage_here or None
        item = doing.change.item.model_copy(update=given)
        if self.do(Doing(Add(listed, item, doing.change.at), f"{listed}.{item.id}")):
            self.show(f"{listed}.{item.id}")
            self.open(f"{listed}.{item.id}.{'points' if listed == RULES else 'label'}")

    # -- entries

    def action_add(self) -> None:
        """Adds below the one at the cursor; a rule's condition is put together first."""
        self.leave()
        if self.trial.scoring is None or self.stages.has_focus:
            super().action_add()
        elif self.limits.has_focus:
            self.app.push_screen(AddWhat(self.key.rpartition(".")[0]), self._add_what)
        elif not self._build(RULES):
            super().action_add()

    def _add_what(self, listed: str | None) -> None:
        if listed is not None and (listed not in BUILT or not self._build(listed)):
            self._add_typed(listed, self.key)

    def _add_typed(self, listed: str, beside: str) -> None:
        """Adds an entry whose answers are typed."""
        doing = adding(self.draft.value, beside if beside.startswith(f"{listed}.") else listed)
        if doing is None or not self.do(doing):
            return
        self._fresh = doing.look
        self.show(doing.look)
        self.open(f"{doing.look}.{'name' if listed == GROUPS else 'label'}")

    def action_remove(self) -> None:
        """Removes what is at the cursor; the rules of a group count on their own then."""
        key = self.key
        listed, _, id_ = key.rpartition(".")
        if key == FADING:
            self._put(FADING, None)
        elif listed == GROUPS and (inside := [rule for rule in self.trial.rules if rule.group == id_]):
            freed = tuple(Put(f"{RULES}.{rule.id}.group", None) for rule in inside)
            if self.do(Doing(Batch((*freed, Remove(key))), FADING)):
                count = "its rule counts on its" if len(inside) == 1 else f"its {len(inside)} rules count on their"
                self.say(f"Removed; {count} own now; u brings it back.")
        else:
            super().action_remove()

    # -- points

    @on(Points.Nudged, "#limits")
    def _limit_nudged(self, event: Points.Nudged) -> None:
        key = self.key
        listed = key.rpartition(".")[0]
        if key == FADING:
            days = (self.trial.scoring.half_life_days or 0) if self.trial.scoring else 0
            self._put(key, max(0, days + event.by) or None)
        elif listed == GROUPS:
            self._put(f"{key}.cap", max(0, (self.draft.at(f"{key}.cap").value or 0) + event.by))
        elif listed == FAST:
            ids = [stage.id for stage in self.trial.stages]
            now = self.draft.at(f"{key}.stage").value
            at = ids.index(now) + (1 if event.by > 0 else -1) if now in ids else 0
            if 0 <= at < len(ids):
                self._put(f"{key}.stage", ids[at])

    @on(Lines.Moved, "#limits")
    def _limit_moved(self) -> None:
        self._show_words(self.stage_here)
        self.renew_keys()

    def action_edit(self) -> None:
        """Types the number at the cursor; builds the condition of an exclusion or a fast track."""
        if self.limits.has_focus and not self.number_key:
            self.action_build()
        else:
            super().action_edit()
