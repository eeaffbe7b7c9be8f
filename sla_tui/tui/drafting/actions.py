"""What can be done on the drafting screen: each action once, with its keys, its words and its help."""

from __future__ import annotations

from textual.binding import Binding, BindingType

ACTIONS: list[BindingType] = [
    Binding("enter,f2", "edit", "answer", id="draft.edit", tooltip="Answer the question, or open the entry"),
    Binding("n,f8", "next_open", "next open", id="draft.next", tooltip="Go to the next open question"),
    Binding("a,f3", "add", "add", id="draft.add", tooltip="Add an entry to this list, or a section left out"),
    Binding("s,f4", "scoring", "scoring", id="draft.scoring", tooltip="Try the scoring on your leads"),
    Binding("e,f5", "export", "export", id="draft.export", tooltip="Export the agreement as a PDF to sign"),
    Binding("question_mark,f1", "help", "help", id="draft.help", tooltip="Help on this place, and every key"),
    Binding("u,ctrl+z", "undo", "undo", id="draft.undo", tooltip="Take the last change back"),
    Binding("f,f7", "findings", "findings", id="draft.findings", tooltip="Everything that is still open or wrong"),
    Binding("y", "agree", "agree", show=False, id="draft.agree", tooltip="Agree to the examples here"),
    Binding("delete,minus", "remove", "remove", show=False, id="draft.remove", tooltip="Remove this entry"),
    Binding("c", "copy", "copy", show=False, id="draft.copy", tooltip="Put a copy of this entry below it"),
    Binding("K,shift+up", "move(-1)", "move up", show=False, id="draft.up", tooltip="Move this entry up"),
    Binding("J,shift+down", "move(1)", "move down", show=False, id="draft.down", tooltip="Move this entry down"),
    Binding("v", "paste", "paste rows", show=False, id="draft.paste", tooltip="Paste rows from a spreadsheet"),
    Binding("U,ctrl+y", "redo", "redo", show=False, id="draft.redo", tooltip="Do what was undone again"),
    Binding("X", "leave_out", "leave out", show=False, id="draft.out", tooltip="Leave this section out"),
    Binding("right_square_bracket", "section(1)", "next section", show=False, id="draft.section.next"),
    Binding("left_square_bracket", "section(-1)", "section before", show=False, id="draft.section.before"),
    Binding("r", "settle", "settle conflict", show=False, id="draft.settle", tooltip="Settle which version is kept"),
    Binding("escape", "back", "back", show=False, id="draft.back", tooltip="Close the entry, or go to the outline"),
    Binding("q", "close", "close", show=False, id="draft.close", tooltip="Close this agreement; it is saved"),
]
