"""Changing rules and thresholds on the board: every change goes through the Draft, as in drafting."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding, BindingType

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.paths import Put, UnknownKey, is_item
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.values import Kind
from sla_tui.tui.bars import OVERTAKEN
from sla_tui.tui.board.limits import EXCLUDE, FADING, FAST, GROUPS, applies
from sla_tui.tui.board.lines import DIGITS, Points
from sla_tui.tui.board.more import BoardMore
from sla_tui.tui.drafting.answer import Question
from sla_tui.tui.drafting.answering import added
from sla_tui.tui.drafting.help import question, way
from sla_tui.tui.drafting.leaving import Done, Typed
from sla_tui.tui.drafting.several import Came
from sla_tui.workshop.steps import Doing, adding, copying, moving, naming, removing
from sla_tui.workshop.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = ("points", "label", "when", "per", "cap", "group", "half_life_days", "window_days")
"""A rule's answers in the order in which Tab goes through them."""
ANSWERS = {
    "scoring.rules": RULE,
    "scoring.stages": ("at", "name"),
    "scoring.groups": ("cap", "name", "kind"),
    "scoring.exclude": ("label", "when"),
    "scoring.fast_track": ("stage", "label", "when"),
}
"""The same for the entries of each list."""
NUMBERS = {"scoring.rules": "points", "scoring.stages": "at", "scoring.groups": "cap"}
"""The number of an entry that keys change."""
NAMED = 10
"""Names that are listed for a rule to fire on; typing completes the others."""
BESIDE = (FADING, GROUPS, EXCLUDE, FAST)
"""Where KEYs of what stands among the limits begin."""
PAUSE = 2.0
"""Seconds after which the next key begins a step of its own to undo."""


class BoardEdit(BoardMore):
    """What keys do to the agreement."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the list in focus hears of the key: what it answers later would fall behind the next key.
        *(Binding(digit, f"digit({digit!r})", show=False, priority=True) for digit in sorted(DIGITS)),
    ]
    _visit: Visit | None = None
    _steps = 0
    _last = ("", 0.0)
    _editing = ""
    _refusal = ""
    _fresh = ""
    _digits = ""
    """What was typed of a number before its editor had the focus."""

    # -- points and thresholds, a key at a time

    @on(Points.Nudged, "#stages")
    def _stage_nudged(self, event: Points.Nudged) -> None:
        self._nudge(f"scoring.stages.{self.stage_here}.at", event.by)

    @on(Points.Nudged, "#rules")
    def _rule_nudged(self, event: Points.Nudged) -> None:
        self._nudge(f"scoring.rules.{self.rules.id_here}.points", event.by)

    def _nudge(self, key: str, by: int) -> None:
        now = monotonic()
        last, when = self._last
        if key != last or now - when > PAUSE:
            self._steps += 1
        self._last = (key, now)
        self._put(key, (self.draft.at(key).value or 0) + by)

    def _put(self, key: str, value: object) -> None:
        try:
            self.draft.change(Put(key, value), visit=f"{key}#board{self._steps}")
        except UserError as error:
            self.say(error.message.removeprefix(f"{key}: "), warning=True)
        else:
            self.follow()

    def action_digit(self, digit: str) -> None:
        """Begins to type a number, and goes on with it while its editor does not have the focus yet."""
        if not isinstance(self.focused, Points) or (self._editing and not self._digits):
            raise SkipAction
        if not self._editing:
            if not self.number_key:
                raise SkipAction
            self.open(self.number_key)
        self._digits += digit
        self.answer.put(self._digits)
        self._take(self._digits)

    @property
    def number_key(self) -> str:
        """The KEY of the number at the cursor; empty where there is none."""
        if self.key == FADING:
            return FADING
        name = NUMBERS.get(self.key.rpartition(".")[0], "")
        return f"{self.key}.{name}" if name else ""

    # -- an answer typed

    def open(self, key: str) -> None:
        """Opens the editor for one answer of a rule or stage."""
        self._visit = Visit(self.draft, key)
        self._editing, self._refusal, self._digits = key, "", ""
        self.add_class("-typing")
        slot = self._visit.slot
        self.set_class(slot.spec.kind is not Kind.NUMBER, "-words")
        names = self._names() if slot.spec.kind is Kind.CONDITION else []
        self.answer.edit(slot, self._visit.text, way(self.draft, slot, names))
        self._ask()
        self.refresh_bindings()

    def show(self, key: str = "") -> None:
        """Shows everything as it is now, the question in hand too."""
        super().show(key)
        if self._editing:
            self._ask()

    def _ask(self) -> None:
        kept = self._editing in self.draft.memory.refused
        trouble = self._refusal or ("" if kept else self.trial.trouble(self._editing))
        asked = question(self.draft, self._editing, trouble)
        if asked and self._editing.endswith(".when") and (names := self._names()):
            asked = Question(
                asked.title,
                asked.question,
                f"in these leads: {', '.join(names[:NAMED])}{' …' if len(names) > NAMED else ''}",
                asked.trouble,
            )
        if asked and (words := applies(self.trial.scored, self._editing)):
            asked = replace(asked, beside="  ".join(said for said in (asked.beside, words) if said))
        self.answer.ask(asked)

    def _names(self) -> list[str]:
        """What a rule can fire on in these leads: the log's activities, the most frequent first, then the columns."""
        leads = self.trial.scored.leads if self.trial.scored else None
        if leads is None:
            return []
        columns = [column for column in leads.names.columns or () if column]
        return list(dict.fromkeys([*(name for name, _ in leads.activities), *columns]))

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        self._take(event.text)

    def _take(self, text: str) -> None:
        if self._visit is None or not self._editing:
            return
        self._refusal = self._visit.typed(text)
        self.follow()
        self._ask()

    @on(Came)
    def _came(self, event: Came) -> None:
        if trouble := added(self.draft, self._editing, event.list_key, event.name):
            self.say(trouble, warning=True)
        else:
            self.follow()
            self._done(Done(1))

    @on(Done)
    def _done(self, event: Done) -> None:
        name = self._editing.rpartition(".")[2]
        item = self.leave()
        fields = ANSWERS.get(item.rpartition(".")[0], ())
        if event.move and event.editing and name in fields:
            self.open(f"{item}.{fields[(fields.index(name) + event.move) % len(fields)]}")

    def leave(self) -> str:
        """Closes the editor and gives a new entry an id made of its words; the entry's KEY as it then is."""
        if not self._editing:
            return ""
        key, self._editing = self._editing, ""
        item = key.rpartition(".")[0]
        self.answer.close()
        self.remove_class("-typing")
        listed = key.rpartition(".")[0].rpartition(".")[0]
        {"scoring.stages": self.stages, "scoring.rules": self.rules}.get(listed, self.limits).focus()
        doing = naming(self.draft.value, item, item) if item == self._fresh and self._is_there(item) else None
        if doing:
            self._fresh = ""
            self.draft.change(doing.change)
            self._keep_refused(item, doing.look)
            item = doing.look
            self.follow()
        self.show(item)
        return item

    def _keep_refused(self, item: str, renamed: str) -> None:
        """Text that an entry's fields did not take goes with the entry to its new id."""
        memory = self.draft.memory
        for key, text in memory.refused.items():
            if key.startswith(f"{item}."):
                memory.refuse(key, None)
                memory.refuse(f"{renamed}{key.removeprefix(item)}", text)

    def _is_there(self, item: str) -> bool:
        return is_item(self.draft.value, item)

    # -- entries

    def do(self, doing: Doing | None) -> bool:
        """Makes a change and shows where; says so when the agreement does not take it."""
        if doing is None:
            return False
        try:
            self.draft.change(doing.change)
        except UserError as error:
            self.say(f"{error.message}; {error.remedy}", warning=True)
            return False
        self.look(doing.look)
        return True

    def look(self, key: str) -> None:
        """Follows a change and puts the cursor where it happened."""
        self.follow()
        self.trial.off &= {rule.id for rule in self.trial.rules}
        item = ".".join(key.split(".")[:3])
        if item.startswith("scoring.rules.") and not self.stages.has_focus:
            self.turn_to("rules")
        elif item.startswith(BESIDE):
            self.turn_to("limits")
        self.show(item)

    def action_edit(self) -> None:
        """Types the number at the cursor: points, or what a group gives at most."""
        if self.number_key:
            self.open(self.number_key)

    def action_field(self, name: str) -> None:
        """Types another answer of what is at the cursor."""
        if name in ANSWERS.get(self.key.rpartition(".")[0], ()):
            self.open(f"{self.key}.{name}")

    def action_add(self) -> None:
        """Adds a rule below the one at the cursor, a stage after the one in hand, or the section."""
        self.leave()
        if self.trial.scoring is None:
            self.do(Doing(Put("scoring", Scoring()), "scoring"))
            return
        listed = "scoring.stages" if self.stages.has_focus else "scoring.rules"
        here = self.key or listed
        doing = adding(self.draft.value, here)
        if doing is None or not self.do(doing):
            return
        self._fresh = doing.look
        if listed == "scoring.rules":
            self.turn_to("rules")
            self.rules.focus()
        self.show(doing.look)
        self.open(f"{doing.look}.{'name' if listed == 'scoring.stages' else 'label'}")

    def action_remove(self) -> None:
        """Removes the rule or stage at the cursor; undo brings it back."""
        key = self.key
        if is_item(self.draft.value, key) and self.do(removing(self.draft.value, key)):
            self.say("Removed; u brings it back.")

    def action_copy(self) -> None:
        """Puts a copy of the rule or stage at the cursor below it."""
        if is_item(self.draft.value, self.key):
            self.do(copying(self.draft.value, self.key))

    def action_move(self, by: int) -> None:
        """Moves the rule or stage at the cursor up or down."""
        if is_item(self.draft.value, self.key):
            self.do(moving(self.draft.value, self.key, by))

    def action_off(self) -> None:
        """Switches the rule at the cursor off for now, or on again; the agreement keeps it."""
        if self.rules.id_here:
            self.trial.switch(self.rules.id_here)
            self.follow()

    def action_undo(self) -> None:
        """Takes the last change back and shows where it was."""
        self._travel(self.draft.undo, "Taken back")

    def action_redo(self) -> None:
        """Does what was undone again and shows where it is."""
        self._travel(self.draft.redo, "Done again")

    def _travel(self, step: Callable[[], str], words: str) -> None:
        self._steps += 1
        self._last = ("", 0.0)
        key = step()
        if self._editing == key:
            self.draft.memory.refuse(key, None)
            self._refusal = ""
            try:
                self._visit = Visit(self.draft, key)
            except UnknownKey:
                self.leave()
            else:
                self.answer.put(self._visit.text)
        elif self._editing:
            self.leave()
        if self.draft.overtaken:
            self.say(OVERTAKEN)
        elif key.partition(".")[0] != "scoring":
            self.say(f"{words} outside the scoring: {key}")
        self.look(key)
