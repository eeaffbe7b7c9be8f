"""Exporting: which document, for whom and where to; then how it went, what stands on which page, and how it looks."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.terms import Agreement
from sla_tui.tui import preview
from sla_tui.tui.dialogs.dialog import Dialog, troubled
from sla_tui.tui.dialogs.findings import line
from sla_tui.tui.dialogs.pick import Pick
from sla_tui.tui.keys import KeyBar
from sla_tui.workshop.export import SIGNED, SUFFIXES, Format, What, default_target, export, unprinted
from sla_tui.workshop.final import objections
from sla_tui.workshop.refused import to_settle

if TYPE_CHECKING:
    from textual.worker import Worker

    from sla_tui.publish.paged import Paged
    from sla_tui.workshop.draft import Draft

Choices = tuple[tuple[str, str], ...]

CHOICES: dict[str, tuple[str, Choices]] = {
    "what": (
        "Document",
        (("agreement", "agreement"), ("amendment", "amendment"), ("agenda", "agenda"), ("minutes", "minutes")),
    ),
    "version": ("Version", (("draft", "draft, marked on every page"), ("final", "final, to sign"))),
    "format": ("Format", (("pdf", "PDF"), ("docx", "Word"), ("html", "HTML"), ("md", "Markdown"))),
    "paper": ("Paper", (("a4", "A4"), ("letter", "Letter"))),
    "esign": (
        "Signing",
        (
            ("fields", "fields"),
            ("ink", "pen"),
            ("acrobat", "Acrobat"),
            ("docusign", "DocuSign"),
            ("dropbox", "Dropbox"),
            ("pandadoc", "PandaDoc"),
        ),
    ),
    "size": ("Size", (("normal", "normal"), ("large", "large print"))),
}
"""The lines chosen on, each with its title and its choices; the first of these holds where a line is not there."""
ORDER = ("file", "what", "version", "format", "since", "paper", "esign", "size")
SHOWN = 50


def applies(row: str, agreement: bool, what: What, format: Format) -> bool:
    """Whether a line changes anything about such a document in such a format."""
    match row:
        case "what":
            return agreement
        case "version" | "since":
            return agreement and what in SIGNED
        case "paper":
            return format != "md"
        case "esign":
            return agreement and what in SIGNED and format == "pdf"
        case "size":
            return format == "pdf"
        case _:
            return True


class Line(Input):
    """Where to, or since when."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.export", "export", id="export.done", tooltip="Write the file"),
    ]


class Export(Dialog[None]):
    """Exports the draft's agreement or quota as it is now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "export", "export", id="export.do", tooltip="Write the file"),
        Binding("f5", "export", "export", show=False, id="export.f5", tooltip="Write the file"),
        Binding("tab", "app.focus_next", "next", id="export.next", tooltip="The next line"),
        Binding("shift+tab", "app.focus_previous", "before", show=False, id="export.before", tooltip="The line before"),
        Binding("down", "app.focus_next", "next", show=False, id="export.down", tooltip="The next line"),
        Binding("up", "app.focus_previous", "before", show=False, id="export.up", tooltip="The line before"),
        Binding("o", "open", "open it", id="export.open", tooltip="Open the file in the system's viewer"),
        Binding("p", "preview", "pages", id="export.preview", tooltip="See the pages here, as pictures"),
        Binding("escape", "leave", "close", id="export.close", tooltip="Close; stops an export that is under way"),
    ]

    def __init__(self, draft: Draft[Any]) -> None:
        self._agreement = isinstance(draft.value, Agreement)
        super().__init__("Export", "" if self._agreement else "this quota")
        self._draft = draft
        self._stop = threading.Event()
        self._started, self._page = 0.0, 0
        self._against = objections(to_settle(draft), draft.value, draft.known) if self._agreement else ()
        self._export_running: Worker[None] | None = None
        self._done: Path | None = None
        self._made: Paged | None = None
        self._picks = {name: Pick(choices, id=name) for name, (_, choices) in CHOICES.items()}
        self._suggested = self._put = str(self._target())

    @property
    def _what(self) -> What:
        return cast("What", self._picks["what"].value)

    @property
    def _format(self) -> Format:
        return cast("Format", self._picks["format"].value)

    @property
    def _final(self) -> bool:
        return self._value("version") == "final"

    def _applies(self, row: str) -> bool:
        return applies(row, self._agreement, self._what, self._format)

    def _value(self, row: str) -> Any:
        """What is chosen on a line, or would be where it is not there."""
        choices = CHOICES[row][1]
        return self._picks[row].value if self._applies(row) else choices[0][0]

    def _target(self) -> Path:
        draft = self._draft
        return default_target(draft.path, draft.value, final=self._final, format=self._format, what=self._what)

    def body(self) -> Iterable[Widget]:
        lines = {
            "file": ("File", Line(self._suggested, id="file", compact=True, select_on_focus=False)),
            "since": ("Since", Line(id="since", compact=True, select_on_focus=False)),
        }
        for name in ORDER:
            title, widget = lines.get(name) or (CHOICES[name][0], self._picks[name])
            with Horizontal(classes="row", id=f"row-{name}"):
                yield Static(title, classes="label")
                yield widget
        with VerticalScroll(classes="said scrolls", can_focus=False):
            yield Static(id="said")
            yield Static(id="pages")

    def on_mount(self) -> None:
        self.query_one("#file").focus()
        self._arrange()

    def _say(self, words: Content, outline: Content | None = None) -> None:
        self.query_one("#said", Static).update(words)
        listed = self.query_one("#pages", Static)
        listed.update(outline or Content(""))
        listed.display = outline is not None
        around = self.query_one(".said", VerticalScroll)
        around.scroll_home(animate=False)
        self.refresh_bindings()

    def _arrange(self) -> None:
        """Shows the lines that mean something for what is chosen, and what there is to say before it is made."""
        for name in ORDER:
            self.query_one(f"#row-{name}").display = self._applies(name)
        since = self.query_one("#since", Input)
        since.placeholder = (
            "the version it changes: a revision such as HEAD~1, or a path"
            if self._what == "amendment"
            else "optional, a revision or path: page 1 tells what is new"
        )
        self._done = self._made = None
        self.query_one(".said", VerticalScroll).can_focus = False
        self._show_standing()

    def _aimless(self) -> bool:
        return self._what == "amendment" and not self.query_one("#since", Input).value.strip()

    def _show_standing(self) -> None:
        if self._aimless():
            self._say(troubled("An amendment changes a version: name it at Since, such as HEAD~1."))
            return
        if not self._applies("version"):
            self._say(Content(""))
            return
        if not self._against:
            self._say(Content.styled("✓ Nothing stands against a final version.", "$success"))
            return
        count = len(self._against)
        head = (
            f"{count} thing{'' if count == 1 else 's'} {'stands' if count == 1 else 'stand'} against a final version:"
        )
        lines = [Content.styled(head, "$text-muted"), *(line(self._draft.value, one) for one in self._against[:SHOWN])]
        if self._final:
            lines[0] = Content.assemble(("! ", "bold $warning"), f"{head} settle them, or export a draft.")
        if count > SHOWN:
            lines.append(Content.styled(f"… and {count - SHOWN} more", "$text-muted"))
        self._say(Content("\n").join(lines))

    @on(Pick.Changed)
    def _chosen(self) -> None:
        file = self.query_one("#file", Input)
        suggested, self._suggested = self._suggested, str(self._target())
        if file.value == suggested:
            file.value = self._put = self._suggested
        elif SUFFIXES.get(Path(file.value).suffix.casefold(), self._format) != self._format:
            file.value = self._put = str(Path(file.value).with_suffix(f".{self._format}"))
        if self._export_running is None:
            self._arrange()

    @on(Input.Changed, "#file")
    def _named(self, event: Input.Changed) -> None:
        """A file that is named as another format's is one."""
        named = SUFFIXES.get(Path(event.value.strip()).suffix.casefold())
        if named and event.value != self._put:
            self._picks["format"].value = named

    @on(Input.Changed, "#since")
    def _dated(self) -> None:
        if self._export_running is None:
            self._arrange()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to open or see before there is something; one export at a time."""
        typing = isinstance(self.focused, Input)
        match action:
            case "open":
                return self._done is not None and not typing
            case "preview":
                return self._made is not None and not typing and not preview.needed()
            case "export":
                return True if self._export_running is None and not (self._final and self._against) else None
            case _:
                return True

    def action_export(self) -> None:
        """Starts the export, unless one is under way."""
        if not self.check_action("export", ()):
            return
        if self._aimless():
            self.query_one("#since").focus()
            return
        typed = self.query_one("#file", Input).value.strip()
        own = typed and typed != self._suggested
        target = Path(typed).expanduser() if own else self._target()
        against = self.query_one("#since", Input).value.strip() if self._applies("since") else ""
        wanted = partial(
            export,
            self._draft.value,
            self._draft.path,
            target,
            format=self._format,
            paper=self._value("paper"),
            esign=self._value("esign"),
            large=self._value("size") == "large",
            final=self._final,
            what=self._what,
            against=against,
        )
        self._done = self._made = None
        self._export_running = self._export(wanted)

    def action_leave(self) -> None:
        """Stops an export that is under way; else closes."""
        if self._export_running is None:
            self.dismiss(None)
        else:
            self._stop.set()

    @work(exclusive=True)
    async def _export(self, wanted: partial[Path]) -> None:
        self._stop.clear()
        self._started, self._page = time.monotonic(), 0
        ticking = self.set_interval(0.2, self._tick)
        self._tick()
        made: list[Paged] = []
        try:
            done = await asyncio.to_thread(wanted, stopped=self._stop.is_set, begun=self._begun, told=made.append)
        except UserError as error:
            self._say(troubled(f"{error.place}: {error.message}" if str(error.place) else error.message, error.remedy))
        else:
            self._done, self._made = done, made[0] if made else None
            self._say_done(done)
        finally:
            ticking.stop()
            self._export_running = None
            self.refresh_bindings()

    def _begun(self, page: int) -> None:
        self._page = page

    def _tick(self) -> None:
        seconds = time.monotonic() - self._started
        doing = "Setting the pages" if self._format == "pdf" else "Writing"
        page = f", page {self._page}" if self._page else ""
        passed = f"  {seconds:.0f} s; Esc stops it" if seconds > 1 else ""
        said = "Stopping …" if self._stop.is_set() else f"{doing}{page} …{passed}"
        self._say(Content.styled(said, "$text-muted"))

    def _say_done(self, target: Path) -> None:
        size = f"{max(target.stat().st_size / 1024, 1):,.0f} KB"
        made = self._made
        pages = f", {made.pages} page{'' if made.pages == 1 else 's'}" if made else ""
        lines = [Content.assemble(("✓ Written: ", "bold $success"), (str(target), "bold"), f"  {size}{pages}")]
        warned = [*unprinted(self._draft.value)] if made else []
        if warned:
            more = f" And {len(warned) - 1} more among the findings." if len(warned) > 1 else ""
            lines.append(Content.assemble(("! ", "bold $warning"), f"{warned[0].message}.{more}"))
        if made and (lacking := preview.needed()):
            lines.append(Content.styled(f"  To see pages here: {lacking}.", "$text-muted"))
        self._say(Content("\n").join(lines), _outline(made) if made and made.outline else None)
        around = self.query_one(".said", VerticalScroll)
        around.can_focus = True
        around.focus()

    @work(exclusive=True)
    async def action_open(self) -> None:
        """Opens the file in whatever the system opens such files with."""
        from sla_tui.tui.viewer import unopened

        if self._done is not None and (trouble := await asyncio.to_thread(unopened, self._done)):
            self.query_one(KeyBar).say(f"Not opened: {trouble}. It is at {self._done}", warning=True)

    def action_preview(self) -> None:
        """Shows the pages one by one over the whole window."""
        if self._made is None:
            return
        trouble = preview.show(cast("Any", self.app), self._made)
        self.refresh(layout=True)
        if trouble:
            self.query_one(KeyBar).say(trouble, warning=True)


def _outline(made: Paged) -> Content:
    """The page, number and title of each heading, a line each."""
    numbers = max(len(one.number) for one in made.outline)
    lines = [Content.styled("Page", "$text-muted")]
    for one in made.outline:
        title = f"{'  ' * one.level}{one.text}"
        lines.append(Content.assemble((f"{one.page:>4}", "$text-muted"), f"  {one.number:>{numbers}}  ", title))
    return Content("\n").join(lines)
