"""Saying which column is what: the names that the scoring uses, beside the columns of the files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, SelectionList, Static
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from sla_tui.agreement.text import clean_line
from sla_tui.tui.board.choose import ChooseWon
from sla_tui.tui.board.fields import MASKED, is_personal
from sla_tui.tui.board.lines import fit
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.workshop.mapping import Asked, Look, Seen, answered, asked, unknown_words

if TYPE_CHECKING:
    from sla_tui.agreement.leads import LeadMapping
    from sla_tui.agreement.sections.scoring import Scoring

BY_ITSELF = "\x00"
"""The answer that leaves it to the headers."""
_NAME, _COLUMN, _SHOWN = 24, 24, 4
_UNKNOWN, _WON, _DATES = "unknown", "positive", "log.dates"


def values_of(seen: Seen | None) -> str:
    """A column's most frequent values, of which those that name or reach a person are masked."""
    if seen is None or not seen.values:
        return ""
    said = [MASKED if is_personal(seen.name, value) else clean_line(value)[:24] for value, _ in seen.values[:_SHOWN]]
    return ", ".join(dict.fromkeys(said))


class PickColumn(Dialog[str]):
    """Asks which column, or which activity of the log, is meant."""

    BINDINGS: ClassVar[list[BindingType]] = [CLOSE]

    def __init__(self, what: str, columns: Sequence[Seen], activities: Sequence[Seen], now: str) -> None:
        super().__init__(f"What is “{clean_line(what)}”?", "a column with some of its values")
        self._offered = [(f"c{at}", one, "") for at, one in enumerate(columns) if one.name]
        self._offered += [(f"a{at}", one, "an activity of the log") for at, one in enumerate(activities)]
        self._now = now

    def body(self) -> Iterable[Widget]:
        options = [
            Option(
                Content.assemble(fit(clean_line(one.name), 28), (f"  {kind or values_of(one)}", "$text-muted")), id=id_
            )
            for id_, one, kind in self._offered
        ]
        none = Option(Content.styled("– by its header, or none", "$text-muted"), id=BY_ITSELF)
        picker = OptionList(*options, none, compact=True)
        picker.styles.text_wrap = "nowrap"
        picker.styles.text_overflow = "ellipsis"
        picker.highlighted = next((at for at, one in enumerate(self._offered) if one[1].name == self._now), 0)
        yield picker

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


class PickUnknown(Dialog[tuple[str, ...]]):
    """Asks which words mean that nobody knows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "done", "these mean unknown", id="source.done", tooltip="Take the marked words for unknown"),
        Binding("tab", "other", "list or others", id="source.other", tooltip="Go between the list and the line below"),
        CLOSE,
    ]

    def __init__(self, words: Sequence[tuple[str, int]], marked: Sequence[str]) -> None:
        super().__init__("Which words mean that nobody knows?", "Space marks; blank is unknown anyway")
        self._words = words
        self._marked = marked

    def body(self) -> Iterable[Widget]:
        yield SelectionList[str](
            *(
                Selection(
                    Content.assemble(clean_line(word), (f"  {count} cells of the first rows", "$text-muted")),
                    word,
                    word in self._marked,
                )
                for word, count in self._words
            ),
            compact=True,
        )
        with Horizontal(classes="row"):
            yield Static("Others", classes="label")
            yield Input(id="others", compact=True, placeholder="separated by commas; Enter takes all")

    def on_mount(self) -> None:
        if not self._words:
            self.query_one("#others").focus()

    def action_other(self) -> None:
        """Goes to the line below the list, or back."""
        others = self.query_one("#others")
        (self.query_one(SelectionList) if others.has_focus else others).focus()

    @on(Input.Submitted)
    def action_done(self) -> None:
        """Hands back what is marked, and what is typed."""
        typed = [one.strip() for one in self.query_one(Input).value.split(",")]
        marked: list[str] = self.query_one(SelectionList).selected
        self.dismiss(tuple(dict.fromkeys([*marked, *(one for one in typed if one)])))


class MapColumns(Dialog["LeadMapping"]):
    """Two columns: what is asked of the files, and what answers it. Hands back the mapping once it is to be saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w,f10", "done", "save", id="source.done", tooltip="Write this to leads.toml and read the leads again"),
        Binding("d,delete", "clear", "by its header", id="source.clear", tooltip="Take back what was said of the line"),
        CLOSE,
    ]

    def __init__(self, scoring: Scoring | None, look: Look, mapping: LeadMapping, files: str) -> None:
        super().__init__("Which column is what?", files)
        self._scoring = scoring
        self._look = look
        self._mapping = mapping
        self._asked: tuple[Asked, ...] = ()

    def body(self) -> Iterable[Widget]:
        picker = OptionList(*self._options(), id="asked", compact=True)
        picker.styles.text_wrap = "nowrap"
        picker.styles.text_overflow = "ellipsis"
        yield picker
        yield Static(
            Content.styled("Enter chooses. What is saved stands in leads.toml.", "$text-muted"), classes="said"
        )

    def _options(self) -> list[Option]:
        self._asked = asked(self._scoring, self._look, self._mapping)
        mapping = self._mapping
        options = [Option(self._line(one), id=one.key) for one in self._asked]
        if self._look.table:
            words = ", ".join(mapping.unknown or ())
            hint = ", ".join(word for word, _ in unknown_words(self._look, mapping)[:_SHOWN])
            more = f"there: {hint}" if hint and mapping.unknown is None else ""
            options.append(Option(_pair("Words for unknown", words or "blank alone", more), id=_UNKNOWN))
        if mapping.outcome:
            won = ", ".join(mapping.positive) if mapping.positive else "yes, won, true, 1"
            options.append(Option(_pair("Values for won", won, ""), id=_WON))
        if self._look.log:
            dates = mapping.log.dates if mapping.log else None
            options.append(Option(_pair("Log: dates", dates or "as they tell", "Enter goes on"), id=_DATES))
        return options

    def _line(self, one: Asked) -> Content:
        if not one.found:
            missing = ("! nothing yet", "bold $warning") if one.needed else ("–", "$text-muted")
            return Content.assemble(f"{fit(clean_line(one.words), _NAME)}  → ", missing)
        values = values_of(self._look.column(one.found, one.of_log)) or "an activity of the log"
        return _pair(one.words, one.found, values)

    def _renew(self) -> None:
        picker = self.query_one("#asked", OptionList)
        here = picker.highlighted
        picker.set_options(self._options())
        picker.highlighted = here

    def _take(self, mapping: LeadMapping) -> None:
        self._mapping = mapping
        self._renew()

    @on(OptionList.OptionSelected, "#asked")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        key, mapping, look = event.option_id or "", self._mapping, self._look
        if key == _UNKNOWN:
            words = unknown_words(look, mapping)
            marked = [word for word, _ in words] if mapping.unknown is None else mapping.unknown
            self.app.push_screen(PickUnknown(words, marked), self._unknown)
        elif key == _WON:
            column = look.column(mapping.outcome or "")
            self.app.push_screen(
                ChooseWon(mapping.outcome or "", column.values if column else (), "of the first rows"), self._won
            )
        elif key == _DATES:
            order = (None, "day first", "month first")
            now = mapping.log.dates if mapping.log else None
            self._take(answered(mapping, key, order[(order.index(now) + 1) % 3]))
        else:
            one = next(one for one in self._asked if one.key == key)
            columns = look.log if one.of_log else look.table
            activities = look.activities(mapping) if key.startswith("counts.") else ()
            self.app.push_screen(
                PickColumn(one.words, columns, activities, one.found),
                lambda answer: self._picked(key, answer, columns, activities),
            )

    def _picked(self, key: str, answer: str | None, columns: Sequence[Seen], activities: Sequence[Seen]) -> None:
        if answer is None:
            return
        mapping = self._mapping
        if answer == BY_ITSELF:
            changed = answered(mapping, key, None)
        else:
            activity, at = answer.startswith("a"), int(answer[1:])
            changed = answered(mapping, key, (activities if activity else columns)[at].name, activity)
        if changed.outcome != mapping.outcome:
            changed = changed.model_copy(update={"positive": None})
        self._take(changed)

    def _unknown(self, words: tuple[str, ...] | None) -> None:
        if words is not None:
            self._take(self._mapping.model_copy(update={"unknown": words or None}))

    def _won(self, values: tuple[str, ...] | None) -> None:
        if values is not None:
            self._take(self._mapping.model_copy(update={"positive": values or None}))

    def action_clear(self) -> None:
        """Leaves the line in hand to the headers."""
        option = self.query_one("#asked", OptionList).highlighted_option
        if option is not None and option.id:
            self._take(answered(self._mapping, option.id, None))

    def action_done(self) -> None:
        """Hands the mapping back."""
        self.dismiss(self._mapping)


def _pair(name: str, found: str, more: str) -> Content:
    return Content.assemble(
        f"{fit(clean_line(name), _NAME)}  → ",
        (fit(clean_line(found), _COLUMN), "bold $primary"),
        (f"  {more}", "$text-muted"),
    )
