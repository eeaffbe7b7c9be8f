"""Everything that is still open or wrong, by section; Enter goes there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sla_tui.agreement.check import Finding, Severity
from sla_tui.agreement.parts import Part
from sla_tui.agreement.paths import UnknownKey
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.tui.listing import Listing
from sla_tui.workshop.places import BETWEEN, brief, trail
from sla_tui.workshop.progress import Progress


def sign(finding: Finding) -> str:
    """``○`` open, ``!`` to mend, ``·`` worth knowing."""
    if finding.undecided:
        return "○"
    return "·" if finding.severity is Severity.NOTE else "!"


WORST_FIRST = "!○·"


def around(part: Part, key: str) -> str:
    """The entries and records that the place of a finding lies in, by their names."""
    try:
        words = trail(part, key)
    except UnknownKey:
        return ""
    return BETWEEN.join(map(brief, words[1:-1]))


def line(part: Part, finding: Finding) -> Content:
    """A finding with the entry it is in, and what would mend it."""
    mark, held = sign(finding), around(part, finding.key)
    where = f"{held} · " if held else ""
    fix = f": {finding.fix}" if finding.fix and mark != "○" else ""
    return Content.assemble(
        (f"{mark} ", "bold $warning" if mark == "!" else "$text-muted"),
        (where, "$text-muted"),
        finding.message,
        (fix, "$text-muted"),
    )


def tally(findings: Iterable[Finding], unseen: Iterable[Progress] = ()) -> str:
    """How many there are of each sign, in words; the questions of sections not looked at yet are open too."""
    signs = Counter(sign(finding) for finding in findings)
    signs["○"] += sum(section.open for section in unseen)
    words = (("!", "to mend"), ("○", "open"), ("·", "worth knowing"))
    return " · ".join(f"{signs[mark]} {word}" for mark, word in words if signs[mark])


def untouched(section: Progress) -> Content:
    """A section nobody has looked at yet, in a line: ``Handoff: 9 open questions``."""
    count = section.open
    said = f"{count} open {'question' if count == 1 else 'questions'}" if count else "answered, and not looked at yet"
    return Content.assemble(("○ ", "$text-muted"), f"{section.title}: {said}")


class Findings(Dialog[str]):
    """Hands back the KEY of the finding chosen, or of a section nobody has looked at yet; the worst come first.

    ``part`` is what they are about, ``titles`` names the sections by key, ``here`` is the present KEY, ``unseen`` are
    the sections not looked at.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "go there", id="findings.go", tooltip="Go to the place it is about"),
        CLOSE,
    ]

    def __init__(
        self,
        part: Part,
        findings: tuple[Finding, ...],
        titles: Mapping[str, str],
        here: str = "",
        unseen: tuple[Progress, ...] = (),
    ) -> None:
        super().__init__("Still to settle", tally(findings, unseen))
        self._part = part
        self._unseen = unseen
        self._findings = tuple(sorted(findings, key=lambda one: WORST_FIRST.index(sign(one))))
        self._titles = titles
        self._here = here

    def body(self) -> Iterable[Widget]:
        if not self._findings and not self._unseen:
            yield Static(Content.styled("✓ Every question is answered, and nothing is wrong.", "$success"))
            return
        yield Listing(*self._options(), id="findings", compact=True)

    def _options(self) -> Iterable[Option]:
        places = enumerate(self._findings)
        by_sign_and_section = groupby(places, lambda pair: (sign(pair[1]), pair[1].section))
        for at, ((_, section), members) in enumerate(by_sign_and_section):
            heading = Content.styled(self._titles.get(section, section), "bold")
            yield Option(Content("\n") + heading if at else heading, disabled=True)
            for place, finding in members:
                yield Option(line(self._part, finding), id=str(place))
        if self._unseen:
            heading = Content.styled("Not looked at yet", "bold")
            yield Option(Content("\n") + heading if self._findings else heading, disabled=True)
        for section in self._unseen:
            yield Option(untouched(section), id=section.key)

    def on_mount(self) -> None:
        section = self._here.partition(".")[0]
        mend = any(sign(finding) == "!" for finding in self._findings)
        near = [str(at) for at, finding in enumerate(self._findings) if finding.section == section and not mend]
        exact = [str(at) for at, finding in enumerate(self._findings) if finding.key == self._here]
        every = [*(str(at) for at in range(len(self._findings))), *(section.key for section in self._unseen)]
        if found := exact or near or every[:1]:
            listed = self.query_one(OptionList)
            listed.highlighted = listed.get_option_index(found[0])
            # Before it is laid out there is nothing to scroll. Above the first there is its section, to be seen too.
            if found[0] == every[0]:
                self.call_after_refresh(listed.scroll_home, animate=False)
            else:
                self.call_after_refresh(listed.scroll_to_highlight)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen = event.option_id or ""
        self.dismiss(self._findings[int(chosen)].key if chosen.isdigit() else chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nowhere to go when nothing is open."""
        return (True if self._findings or self._unseen else None) if action == "go" else True

    def action_go(self) -> None:
        """To the finding in hand."""
        self.query_one(Listing).action_select()
