"""What is asked beside the drafting, and what comes of the answers."""

from __future__ import annotations

import threading
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from textual.binding import Binding
from textual.events import Paste
from textual.widgets import Input

from sla_tui.agreement.errors import Place, UserError
from sla_tui.publish.paged import Paged
from sla_tui.publish.pdf.pages import Pages
from sla_tui.tui import preview, viewer
from sla_tui.tui.dialogs.confirm import Confirm
from sla_tui.tui.dialogs.export import ORDER, Export
from sla_tui.tui.dialogs.findings import Findings, around
from sla_tui.tui.dialogs.help import Help
from sla_tui.tui.dialogs.message import Told
from sla_tui.tui.dialogs.paste import PasteRows
from sla_tui.tui.drafting.screen import Drafting
from tests import pilots
from tests.tui.conftest import Open, Room, drafting, settled, shown, typed, until


def on_disk(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "agreement.toml").read_text("utf-8"))


def words(pilot: Room) -> str:
    """What is shown, without the frame and however it is wrapped."""
    return " ".join(shown(pilot).replace("│", " ").split())


async def at(pilot: Room, key: str) -> None:
    drafting(pilot).go(key)
    drafting(pilot).form.focus()
    await pilot.pause()


# -- findings


async def test_findings_are_listed_by_section_and_enter_goes_there(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "objective.purpose")
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Findings)
        lines = [line.strip("│ ") for line in shown(pilot).splitlines()]
        assert "Objective" in lines
        assert any(line.startswith("› ○") for line in lines)
        chosen = next(line for line in lines if line.startswith("› ○")).removeprefix("› ○ ").partition(":")[0]
        await pilot.press("enter")
        await pilot.pause()
        screen = drafting(pilot)
        assert screen.section == "objective"
        assert screen.draft.at(screen.form.key).spec.title == chosen.rpartition(" · ")[2]


async def test_findings_name_the_entry_they_are_in(northwind: Path, opened: Open) -> None:
    text = (northwind / "agreement.toml").read_text("utf-8")
    (northwind / "agreement.toml").write_text(text.replace('share = "95 %"', 'share = "100 %"', 1), "utf-8")
    async with opened(northwind) as pilot:
        finding = drafting(pilot).draft.findings[0]
        await at(pilot, finding.key)
        await pilot.press("f")
        await pilot.pause()
        words = " ".join(line.strip("│ ") for line in shown(pilot).splitlines())
        assert f"{around(drafting_below(pilot).draft.value, finding.key)} · {finding.message}" in words
        assert finding.key.split(".")[1] not in words, "no id"


def drafting_below(pilot: Room) -> Drafting:
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, Drafting))


async def test_with_nothing_to_settle_it_says_so(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert "Every question is answered" in shown(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Findings)
        await pilot.press("escape")
        drafting(pilot)


# -- pasting rows


async def paste(pilot: Room, text: str) -> None:
    pilot.app.screen.post_message(Paste(text))
    await settled(pilot)


async def test_pasted_rows_are_shown_as_they_will_read_and_added_in_one_step(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up")
        await paste(
            pilot, "Party\tActivity\tWithin\nSales\tCall every lead\t2 days\nMarketing\tSend [b]facts[/b]\t1 day\n"
        )
        assert isinstance(pilot.app.screen, PasteRows)
        assert "2 to add" in shown(pilot)
        assert "Sales will call every lead" in words(pilot)
        assert "send [b]facts[/b]" in words(pilot)
        await pilot.press("enter")
        await pilot.pause()
        draft = drafting(pilot).draft
        assert [one.id for one in draft.value.commitments or ()] == [
            "follow-up",
            "call-every-lead",
            "send-b-facts-b",
        ]
        assert drafting(pilot).form.key.startswith("commitments.call-every-lead")
        await pilot.press("u")
        assert [one.id for one in draft.value.commitments or ()] == ["follow-up"]


async def test_rows_that_are_wrong_are_named_and_cannot_be_added_until_mended(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up")
        await paste(pilot, "Party\tWithin\nSales\t2 days\nNobody\tsoon\n")
        assert "Nothing is added as long as this stands" in shown(pilot)
        assert "! row 3:" in shown(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, PasteRows)
        await pilot.press("e", "ctrl+a")
        pilot.app.screen.query_one("#rows").post_message(Paste("Sales\tCall"))
        await settled(pilot)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert len(drafting(pilot).draft.value.commitments or ()) == 1


async def test_rows_the_agreement_does_not_take_stay_in_the_dialog_with_the_reason(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        drafting(pilot).go("scoring")
        await pilot.press("a", "escape")
        await at(pilot, "scoring.rules")
        await paste(pilot, "When\tPoints\tGroup\nemail_open\t5\tweb\n")
        assert "counts in group web, which there is not" in words(pilot)
        assert "to add" not in words(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PasteRows)
        assert drafting_below(pilot).draft.at("scoring.rules").value == ()


async def test_rows_pasted_anew_take_the_place_of_wrong_ones(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up")
        await paste(pilot, "Party\tWithin\nNobody\tsoon\n")
        assert "Nothing is added as long as this stands" in shown(pilot)
        assert pilot.app.focused is not None
        pilot.app.focused.post_message(Paste("Party\tWithin\nSales\t2 days\n"))
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert [one.party for one in drafting(pilot).draft.value.commitments or ()] == ["sales", "sales"]


async def test_the_dialog_opens_on_a_key_and_takes_what_is_typed_into_it(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up")
        await pilot.press("v")
        await pilot.pause()
        assert "Columns, in this order: Party · " in words(pilot)
        await pilot.press("escape")
        drafting(pilot)
        await pilot.press("v")
        await typed(pilot, "Sales")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, PasteRows), "Enter begins a new line here"
        await pilot.press("f2")
        await pilot.pause()
        assert [one.party for one in drafting(pilot).draft.value.commitments or ()] == ["sales", "sales"]


async def test_one_word_pasted_between_answers_changes_nothing(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up")
        await paste(pilot, "word")
        assert "Press Enter first" in shown(pilot)
        await at(pilot, "objective.purpose")
        await paste(pilot, "a\tb")
        assert "move to one, then paste" in shown(pilot)


# -- help


async def test_help_tells_of_the_section_the_question_and_every_key(folder: Path, opened: Open) -> None:
    async with opened(folder, size=(120, 40)) as pilot:
        await at(pilot, "objective.purpose")
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Help)
        said = words(pilot)
        assert "Help Objective" in said
        assert "Purpose Why do we do this" in said
        assert "for example:" in said
        assert "In this agreement" in said
        assert "Enter F2 Answer the question, or open the entry" in said
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert "Everywhere" in words(pilot)
        assert "Ctrl+Q" in words(pilot)
        await pilot.press("question_mark")
        drafting(pilot)


async def test_every_key_of_the_screen_is_in_its_help(folder: Path, opened: Open) -> None:
    async with opened(folder, size=(120, 120)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        said = words(pilot)
        bindings = [one for one in Drafting.BINDINGS if isinstance(one, Binding) and one.id != "draft.settle"]
        missing = [one.tooltip for one in bindings if one.tooltip and one.tooltip not in said]
        assert missing == []


# -- export


async def export(pilot: Room) -> Export:
    await pilot.press("e")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, Export)
    return screen


async def test_export_writes_the_pdf_beside_the_agreement_and_says_where(
    northwind: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(viewer, "unopened", lambda path: asked.append(path) or "it is a test")
    monkeypatch.setattr(preview, "needed", lambda: "eyes")
    async with opened(northwind) as pilot:
        screen = await export(pilot)
        assert not screen.check_action("open", ())
        await pilot.press("enter")
        await settled(pilot)
        (made,) = northwind.glob("*.pdf")
        data = made.read_bytes()
        assert data.startswith(b"%PDF")
        assert "✓ Written" in shown(pilot)
        assert made.name in words(pilot).replace(" ", "")
        assert f"{len(data) / 1024:,.0f} KB, {len(PdfReader(made).pages)} pages" in words(pilot)
        assert "To see pages here: eyes." in words(pilot)
        await pilot.press("p", "o")
        await settled(pilot)
        assert asked == [made]
        assert "Not opened: it is a test." in words(pilot)
        monkeypatch.setattr(preview, "needed", lambda: "")
        seen: list[Paged] = []
        monkeypatch.setattr(preview, "show", lambda _, made: seen.append(made) or "Too dark.")
        await pilot.press("p")
        await pilot.pause()
        assert [one.data for one in seen] == [data]
        assert "! Too dark." in shown(pilot)
        (commitments,) = (one.page for one in seen[0].outline if one.text == "Commitments")
        assert "Commitments" in PdfReader(made).pages[commitments - 1].extract_text()
        await pilot.press("end")
        await pilot.pause()
        said = [line.strip("│ ") for line in shown(pilot).splitlines()]
        last = seen[0].outline[-1]
        assert any(line.split() == [str(last.page), last.number, *last.text.split()] for line in said)
        await pilot.press("escape")
        drafting(pilot)


async def test_what_is_exported_is_chosen_and_what_does_not_matter_is_not_asked(
    northwind: Path, opened: Open, tmp_path: Path
) -> None:
    async with opened(northwind, size=(80, 24)) as pilot:
        screen = await export(pilot)
        file = screen.query_one("#file", Input)

        def asked() -> str:
            return " ".join(name for name in ORDER if screen.query_one(f"#row-{name}").display)

        assert asked() == " ".join(ORDER)
        assert all(len(line) <= 80 and "…" not in line for line in shown(pilot).splitlines()[7:17])
        await pilot.press("tab", "right")
        await pilot.pause()
        assert file.value.endswith("-amendment-draft.pdf")
        assert "An amendment changes a version" in words(pilot)
        await pilot.press("enter")
        assert screen.focused is screen.query_one("#since")
        before = tmp_path / "before.toml"
        before.write_text(
            (northwind / "agreement.toml").read_text("utf-8").replace("Weekly lead review", "Talk"), "utf-8"
        )
        screen.query_one("#since", Input).value = str(before)
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        (made,) = northwind.glob("*-amendment-draft.pdf")
        assert "Amendment" in PdfReader(made).pages[0].extract_text()
        screen.query_one("#what").focus()
        await pilot.press("right")
        await pilot.pause()
        assert asked() == "file what format paper size"
        screen.query_one("#format").focus()
        await pilot.press("left")
        await pilot.pause()
        assert asked() == "file what format"
        assert file.value.endswith("-agenda.md")
        file.value = str(northwind / "wiki.html")
        await pilot.pause()
        assert asked() == "file what format paper"
        await pilot.press("left")
        await pilot.pause()
        assert file.value == str(northwind / "wiki.docx")
        await pilot.press("enter")
        await settled(pilot)
        assert zipfile.is_zipfile(northwind / "wiki.docx")
        assert "✓ Written" in shown(pilot)
        assert "pages" not in words(pilot)


async def test_a_final_version_is_refused_with_what_stands_against_it(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await export(pilot)
        await pilot.press("tab", "tab", "right")
        await pilot.pause()
        assert "against a final version: settle them, or export a draft." in words(pilot)
        await pilot.press("enter", "f5")
        await settled(pilot)
        assert list(folder.glob("*.pdf")) == []
        await pilot.press("right", "enter")
        await settled(pilot)
        assert len(list(folder.glob("*.pdf"))) == 1


async def test_the_suggested_file_follows_the_version_until_it_is_changed(northwind: Path, opened: Open) -> None:
    async with opened(northwind, size=(120, 40)) as pilot:
        screen = await export(pilot)
        file = screen.query_one("#file", Input)
        assert file.value.endswith("-draft.pdf")
        await pilot.press("tab", "tab", "right")
        await pilot.pause()
        assert not file.value.endswith("-draft.pdf")
        file.value = str(northwind / "mine.pdf")
        await pilot.press("left")
        await pilot.pause()
        assert file.value == str(northwind / "mine.pdf")


async def test_an_error_stays_in_the_dialog(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        screen = await export(pilot)
        screen.query_one("#file", Input).value = str(northwind / "none" / "x.pdf")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Export)
        assert "there is no such folder to write into" in words(pilot)


async def test_an_export_can_be_stopped_and_then_nothing_is_written(
    northwind: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, setting, begun = threading.Event(), threading.Event(), list[int]()
    told = Pages.begin_body

    def slow(pages: Pages) -> None:
        begun.append(pages.canvas.getPageNumber())
        if len(begun) == 3:
            setting.set()
            going.wait(20)
        told(pages)

    monkeypatch.setattr(Pages, "begin_body", slow)
    async with opened(northwind) as pilot:
        await export(pilot)
        monkeypatch.setattr(pilots, "LIMIT", 0.05)
        await pilot.press("enter")
        setting.wait(20)
        await until(pilot, lambda: f"Setting the pages, page {begun[1]} …" in shown(pilot))
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Export)
        going.set()
        await settled(pilot)
        assert len(begun) == 3, "it went on to further pages"
        assert "the export was stopped" in shown(pilot)
        assert list(northwind.glob("*.pdf")) == []


# -- leaving and telling


async def test_leaving_with_something_unsaved_is_asked_about_and_a_copy_is_kept(
    folder: Path, opened: Open, state: Path
) -> None:
    async with opened(folder) as pilot:
        (folder / "agreement.toml").unlink()
        await at(pilot, "objective.purpose")
        await pilot.press("enter", "exclamation_mark", "escape", "escape", "q")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Confirm)
        assert "Leave without saving?" in shown(pilot)
        await pilot.press("s")
        await pilot.pause()
        drafting(pilot)
        await pilot.press("q")
        await settled(pilot)
        await pilot.press("l")
        await pilot.pause()
    (copy,) = (state / "rescued").iterdir()
    assert tomllib.loads(copy.read_text("utf-8"))["objective"]["purpose"].endswith("!")
    assert not (folder / "agreement.toml").exists()


async def test_a_users_error_is_told_with_place_and_remedy_as_plain_text(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        pilot.app.push_screen(Told(UserError("no [b]such[/b] thing", "make one", Place("a.toml", 3, 4))))
        await pilot.pause()
        assert "a.toml:3:4" in shown(pilot)
        assert "! no [b]such[/b] thing" in shown(pilot)
        assert "make one" in shown(pilot)
        await pilot.press("enter")
        drafting(pilot)
