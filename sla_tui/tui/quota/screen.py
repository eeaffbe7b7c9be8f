"""A quota being drafted: the drafting screen on a quota, with the picture of its funnel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sla_tui.agreement.checks.quotas import changed_scoring
from sla_tui.agreement.fingerprint import SHOWN, section_fingerprint
from sla_tui.agreement.paths import Batch, Put
from sla_tui.agreement.text import clean_line
from sla_tui.tui.bars import TitleBar
from sla_tui.tui.drafting import screen
from sla_tui.tui.drafting.answer import Answer
from sla_tui.tui.drafting.outline import Outline
from sla_tui.tui.drafting.screen import Drafting
from sla_tui.tui.quota.picture import picture
from sla_tui.tui.quota.words import title
from sla_tui.tui.words import Words
from sla_tui.workshop.steps import Doing

if TYPE_CHECKING:
    from sla_tui.agreement.quota import Quota
    from sla_tui.agreement.terms import Agreement
    from sla_tui.workshop.draft import Draft

AGREEMENTS_OWN = ("scoring", "preview", "quotas")
"""What is done to an agreement and not to a quota."""
PICTURED = ("quota", "funnel", "capacity")
"""The sections that the picture says something about."""


class QuotaDrafting(Drafting):
    """One quota being drafted. On a tall screen the funnel stands below the form and follows every letter typed."""

    CSS_PATH = [Path(screen.__file__).with_name("drafting.tcss"), Path(__file__).with_name("quota.tcss")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i,f11", "funnel", "funnel", id="quota.funnel", tooltip="See the funnel: needed, promised, the hours"),
        Binding("q", "close", "close", id="draft.close", tooltip="Close this quota; it is saved"),
        Binding("b", "count_anew", "count anew", id="quota.anew", tooltip="Count by the scoring as it is now"),
    ]

    def __init__(self, draft: Draft[Quota]) -> None:
        super().__init__(draft)
        self.quota_draft = draft

    @property
    def agreement(self) -> Agreement | None:
        """The agreement it belongs to, where it could be read."""
        return self.quota_draft.known.agreement

    def on_mount(self) -> None:
        """Adds the picture; Textual calls the drafting screen's own ``on_mount`` after this one."""
        self.query_one("#page").mount(Words(id="picture"), before=self.query_one(Answer))

    def show(self, key: str = "") -> None:
        """Shows the section as it is now, and what it does to the funnel."""
        super().show(key)
        draft = self.quota_draft
        bar = self.query_one(TitleBar)
        bar.words, bar.more = title(draft.value, self.agreement, draft.path), ""
        self._draw()

    def on_resize(self) -> None:
        """Draws the picture for another width, beside what the drafting screen does by itself."""
        if self.section:
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        held = self.query_one("#picture", Words)
        held.display = self.has_class("-tall") and self.section in PICTURED
        if held.display:
            held.say(picture(self.quota_draft.value, self.agreement, held.size.width or self.form.size.width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Greys out what is an agreement's, and what cannot be done here."""
        if action in AGREEMENTS_OWN:
            return None
        if action == "count_anew":
            return True if self._other_scoring() else None
        return super().check_action(action, parameters)

    def _other_scoring(self) -> str:
        """The scoring's fingerprint, where the quota counts by another one, or by none yet."""
        held, agreement = self.quota_draft.value, self.agreement
        if agreement is None:
            return ""
        if held.quota is None or held.quota.scoring is None:
            return section_fingerprint(agreement, "scoring")
        return changed_scoring(held, agreement)

    def action_back(self) -> None:
        """As in an agreement; from the outline it closes the quota."""
        if isinstance(self.focused, Outline):
            self.action_close()
        else:
            super().action_back()

    def action_funnel(self) -> None:
        """Shows the funnel over the whole screen."""
        from sla_tui.tui.quota.funnel import FunnelPicture

        self.leave_editor()
        draft = self.quota_draft
        self.app.push_screen(FunnelPicture(draft.value, self.agreement, clean_line(draft.path.stem)))

    def action_count_anew(self) -> None:
        """Counts by the scoring as it is now; whoever had agreed did so by another one."""
        now = self._other_scoring()
        if not now:
            return
        anew = Batch((Put("quota.scoring", now[:SHOWN]), Put("agreed_by", ())))
        if self.do(Doing(anew, "quota.scoring")):
            self.say("It counts by the scoring as it is now, and is to be agreed anew; u takes that back.")
