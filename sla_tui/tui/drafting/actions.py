"""What can be done on the drafting screen: each action once, with its keys, its words and its help."""

from __future__ import annotations

from textual.binding import Binding, BindingType

ACTIONS: list[BindingType] = [
    Binding("enter,f2", "edit", "answer", id="draft.edit", tooltip="Answer the question, or open the entry"),
    Binding("n,f8", "next_open", "next open", id="draft.next", tooltip="Go to the next open question"),
    Binding("g,f6", "goto", "go to", id="draft.goto", tooltip="Go to a section, a list or an entry by its name"),
    Binding("a,f3", "add", "add", id="draft.add", tooltip="Add an entry to this list, or a section left out"),
    Binding("C", "commit", "commit", show=False, id="draft.commit", tooltip="Commit this decision: a revision in git"),
    Binding("A", "usual", "usual ones", show=False, id="draft.usual", tooltip="Add usual entries, or usual answers"),
    Binding("question_mark,f1", "help", "help", id="draft.help", tooltip="Help on this place, and every key"),
    Binding("s,f4", "scoring", "scoring", id="draft.scoring", tooltip="Try the scoring on your leads"),
    Binding("e,f5", "export", "export", id="draft.export", tooltip="Export a PDF to sign, or another document"),
    Binding("t", "quotas", "quotas", id="draft.quotas", tooltip="How many leads are promised, period by period"),
    Binding("slash,f9", "find", "find", id="draft.find", tooltip="Find words wherever they stand"),
    Binding("w,f12", "preview", "read", id="draft.preview", tooltip="See how the section will read on the page"),
    Binding("o", "only_open", "only open", show=False, id="draft.open", tooltip="Only what is open, or everything"),
    Binding("u,ctrl+z", "undo", "undo", id="draft.undo", tooltip="Take the last change back"),
    Binding("f,f7", "findings", "findings", id="draft.findings", tooltip="Everything that is still open or wrong"),
    Binding("H", "history", "history", id="draft.history", tooltip="What changed from revision to revision"),
    Binding("y", "agree", "agree", show=False, id="draft.agree", tooltip="Agree to the examples here"),
    Binding("m", "origin", "where from", show=False, id="draft.origin", tooltip="Say where a number comes from"),
    Binding("delete,minus", "remove", "remove", show=False, id="draft.remove", tooltip="Remove this entry"),
    Binding("c", "copy", "copy", show=False, id="draft.copy", tooltip="Put a copy of this entry below it"),
    Binding("K,shift+up", "move(-1)", "move up", show=False, id="draft.up", tooltip="Move this entry up"),
    Binding("J,shift+down", "move(1)", "move down", show=False, id="draft.down", tooltip="Move this entry down"),
    Binding("v", "paste", "paste rows", show=False, id="draft.paste", tooltip="Paste rows from a spreadsheet"),
    Binding("U,ctrl+y", "redo", "redo", show=False, id="draft.redo", tooltip="Do what was undone again"),
    Binding("X", "leave_out", "leave out", show=False, id="draft.out", tooltip="Leave this section out"),
    Binding("right_square_bracket", "section(1)", "next section", show=False, id="draft.section.next"),
    Binding("left_square_bracket", "section(-1)", "section before", show=False, id="draft.section.before"),
    Binding("r", "settle", "settle", show=False, id="draft.settle", tooltip="Settle what was changed on disk"),
    Binding("escape", "back", "back", show=False, id="draft.back", tooltip="Close the entry, or go to the outline"),
    Binding("q", "close", "close", show=False, id="draft.close", tooltip="Close this agreement; it is saved"),
]
