"""How to add leads: who enters the leads of an event or a form, how they are marked, and whether lists are bought."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import FIELDS, PEOPLE, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, Number, Prose, TimeLimit, Words

_Points = Annotated[Number, Field(ge=-1_000_000, le=1_000_000)]


class Way(Item):
    """One way in which leads come to us."""

    row: ClassVar[tuple[str, ...]] = ("name", "who", "within", "source", "start_points")

    name: Annotated[
        Line | None,
        Field(
            title="Way in",
            description="In which way do leads come to us?",
            examples=["Event list", "Web form", "Referral", "Webinar", "Spreadsheet import", "Business card"],
        ),
    ] = None
    who: Annotated[
        Line | None,
        Field(title="Entered by", description="Who enters them?", examples=["demand-generation", "lena-okafor"]),
        Ask(of=WHO),
    ] = None
    how: Annotated[
        Line | None,
        Field(
            title="How",
            description="How are they entered?",
            examples=[
                "With the import template, after a check for duplicates",
                "By themselves, from the form",
                "By hand, one by one",
            ],
        ),
    ] = None
    within: Annotated[
        TimeLimit | None,
        Field(
            title="Within",
            description="How soon after we got them must they be entered?",
            examples=["2 business days", "1 business day", "1 hour"],
        ),
        Ask(optional=True),
    ] = None
    marks: Annotated[
        Words | None,
        Field(
            title="Fields filled",
            description="Which fields must be filled in?",
            examples=["lead-source, country"],
        ),
        Ask(of=FIELDS),
    ] = None
    source: Annotated[
        Line | None,
        Field(
            title="Lead source",
            description="Which lead source do they get?",
            examples=["Trade show", "Web form", "Referral", "Webinar"],
        ),
        Ask(optional=True),
    ] = None
    start_points: Annotated[
        _Points | None,
        Field(title="Start at", description="With how many points do they start?", examples=["0", "10", "20"]),
        Ask(optional=True),
    ] = None


class Purchased(Part):
    """Whether leads may be bought, and how they are treated."""

    def spared(self) -> frozenset[str]:
        """Where nothing is bought, or nobody has said so yet, there is nothing more to settle."""
        if self.allowed in (None, "no"):
            return frozenset({"consent", "start_points", "approved_by"})
        # Without a word on consent there is a finding of its own, which says why it matters.
        return frozenset({"consent"}) if self.allowed == "yes" else frozenset()

    allowed: Annotated[
        Literal["no", "with_consent", "yes"] | None,
        Field(title="Allowed", description="May we use lists that somebody sold us?", examples=["no"]),
        Ask(
            words=(
                ("no", "no"),
                ("with_consent", "only people who agreed to hear from us"),
                ("yes", "yes"),
            )
        ),
    ] = None
    consent: Annotated[
        Prose | None,
        Field(
            title="Consent",
            description="What must those people have agreed to, and who has seen proof of it?",
            examples=["The seller shows for each person when and how they agreed to be written to by others."],
        ),
    ] = None
    start_points: Annotated[
        _Points | None,
        Field(
            title="Start at",
            description="With how many points do bought leads start?",
            examples=["0", "-10", "5"],
        ),
    ] = None
    approved_by: Annotated[
        Line | None,
        Field(title="Approved by", description="Who says yes to each list?", examples=["mara-lindqvist"]),
        Ask(of=PEOPLE),
    ] = None


class Intake(Part):
    """How leads come in."""

    ways: Annotated[
        Items[Way],
        Field(title="Ways in", description="In which ways do leads come to us, and who enters them?"),
        Ask(entry="way in"),
    ] = ()
    purchased: Annotated[
        Purchased | None, Field(title="Bought lists", description="May we buy leads, and how are they treated?")
    ] = None
