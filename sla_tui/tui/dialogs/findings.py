"""Everything that is still open or wrong, by section; Enter goes there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sla_tui.agreement.check import Finding, Severity
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.tui.listing import Listing


def sign(finding: Finding) -> str:
    """``○`` open, ``!`` to mend, ``·`` worth knowing."""
    if finding.undecided:
        return "○"
    return "·" if finding.severity is Severity.NOTE else "!"


def line(finding: Finding) -> Content:
    """A finding with the entry it is in, and what would mend it."""
    mark, path = sign(finding), finding.key.split(".")
    where = f"{path[-2]} · " if len(path) > 2 else ""
    fix = f"  {finding.fix}" if finding.fix and mark != "○" else ""
    return Content.assemble(
        (f"{mark} ", "bold $warning" if mark == "!" else "$text-muted"),
        (where, "$text-muted"),
        finding.message,
        (fix, "$text-muted"),
    )


def tally(findings: Iterable[Finding]) -> str:
    """How many there are of each sign, in words."""
    signs = [sign(finding) for finding in findings]
    words = (("!", "to mend"), ("○", "open"), ("·", "worth knowing"))
    return " · ".join(f"{signs.count(mark)} {word}" for mark, word in words if mark in signs)


class Findings(Dialog[str]):
    """Hands back the KEY of the finding chosen. ``titles`` names the sections by key, ``here`` is the present KEY."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "go there", id="findings.go", tooltip="Go to the place it is about"),
        CLOSE,
    ]

    def __init__(self, findings: tuple[Finding, ...], titles: Mapping[str, str], here: str = "") -> None:
        super().__init__("Still to settle", tally(findings))
        self._findings = findings
        self._titles = titles
        self._here = here

    def body(self) -> Iterable[Widget]:
        if not self._findings:
            yield Static(Content.styled("✓ Every question is answered, and nothing is wrong.", "$success"))
            return
        yield Listing(*self._options(), id="findings", compact=True)

    def _options(self) -> Iterable[Option]:
        places = enumerate(self._findings)
        for at, (section, members) in enumerate(groupby(places, lambda pair: pair[1].section)):
            heading = Content.styled(self._titles.get(section, section), "bold")
            yield Option(Content("\n") + heading if at else heading, disabled=True)
            for place, finding in members:
                yield Option(line(finding), id=str(place))

    def on_mount(self) -> None:
        section = self._here.partition(".")[0]
        near = [str(at) for at, finding in enumerate(self._findings) if finding.section == section]
        exact = [str(at) for at, finding in enumerate(self._findings) if finding.key == self._here]
        if found := exact or near or [str(at) for at in range(len(self._findings))][:1]:
            listed = self.query_one(OptionList)
            listed.highlighted = listed.get_option_index(found[0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._findings[int(event.option_id or 0)].key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nowhere to go when nothing is open."""
        return (True if self._findings else None) if action == "go" else True

    def action_go(self) -> None:
        """To the finding in hand."""
        self.query_one(Listing).action_select()
