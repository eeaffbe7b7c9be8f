"""Duplicates: how two records of the same person or company are found and merged with nothing lost."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import FIELDS, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, TimeLimit, Words


class Kept(Item):
    """Something a merge must not lose, and what becomes of it."""

    row: ClassVar[tuple[str, ...]] = ("what", "rule")

    what: Annotated[
        Line | None,
        Field(
            title="What",
            description="What must a merge not lose?",
            examples=["Emails and calls", "Fields", "Notes", "Lead source", "Open tasks"],
        ),
    ] = None
    rule: Annotated[
        Line | None,
        Field(
            title="Rule",
            description="What happens to it?",
            examples=[
                "All of it moves to the record that stays",
                "The newer value stays, the older goes into a note",
                "The first one stays",
            ],
        ),
    ] = None


class Duplicates(Part):
    """Two records of the same person or company."""

    match_on: Annotated[
        Words | None,
        Field(
            title="Same person",
            description="Which fields show that two records are the same person?",
            examples=["email", "email, phone", "first-name, last-name, company"],
        ),
        Ask(of=FIELDS),
    ] = None
    match_companies_on: Annotated[
        Words | None,
        Field(
            title="Same company",
            description="Which fields show that two records are the same company?",
            examples=["website", "company, postcode"],
        ),
        Ask(optional=True, of=FIELDS),
    ] = None
    found: Annotated[
        Line | None,
        Field(
            title="Found by",
            description="How are duplicates found?",
            examples=["The CRM compares every new record", "A report of likely duplicates", "Reps report them"],
        ),
    ] = None
    checked: Annotated[
        Literal["on_entry", "daily", "weekly", "monthly"] | None,
        Field(title="Checked", description="How often do we look for them?", examples=["weekly"]),
        Ask(words=(("on_entry", "whenever a record is added"),)),
    ] = None
    merged_by: Annotated[
        Line | None, Field(title="Merged by", description="Who merges them?", examples=["revops"]), Ask(of=WHO)
    ] = None
    merge_within: Annotated[
        TimeLimit | None,
        Field(
            title="Merged within",
            description="How soon after they are found are they merged?",
            examples=["2 business days", "1 business day", "1 week"],
        ),
        Ask(optional=True),
    ] = None
    survivor: Annotated[
        Literal["oldest", "newest", "most_complete", "owned"] | None,
        Field(title="Which stays", description="Which of the two records stays?", examples=["most_complete"]),
        Ask(
            words=(
                ("oldest", "the oldest"),
                ("newest", "the newest"),
                ("most_complete", "the most complete"),
                ("owned", "the one that has an owner"),
            )
        ),
    ] = None
    keeps: Annotated[
        Items[Kept],
        Field(
            title="Nothing lost", description="What must a merge not lose? Think of emails, calls, fields and notes."
        ),
        Ask(entry="thing to keep"),
    ] = ()
    lead_owner: Annotated[
        Line | None,
        Field(
            title="Whose lead",
            description="Two reps have the same lead: who keeps it?",
            examples=[
                "The rep who spoke with it first",
                "The rep whose territory it is in",
                "The rep whose record is older",
            ],
        ),
    ] = None
    undone: Annotated[
        Line | None,
        Field(
            title="Undone",
            description="What if two records were merged by mistake?",
            examples=["Revenue operations restores both from the export taken before each merge"],
        ),
        Ask(optional=True),
    ] = None
