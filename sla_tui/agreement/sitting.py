"""The sitting: one workshop meeting and its record, a file of its own.

Its times are those of the clock on the wall: of the agreement's time zone where it names one. Who was there is written
down by name, so that the record still reads when people have left the agreement. KEYs in it name places of the
agreement.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from sla_tui.agreement.lists import KEYS, SECTIONS
from sla_tui.agreement.parts import About, Ask, Fingerprint, Item, Items, Part
from sla_tui.agreement.values import Clock, Day, Line, Number, Prose, Side, Words

FORMAT = 1
"""The newest layout of a sitting's file this program knows."""
LIVES_WITH = 3
"""The fist from which on somebody can live with a section."""
_Minutes = Annotated[Number, Field(ge=0, le=1_440)]
_Fist = Annotated[Number, Field(ge=0, le=5)]


class Particulars(Part):
    """When and where it was held, and who led it."""

    format: Annotated[
        Number,
        Field(ge=1, le=FORMAT, title="Format", description="Which layout has this file?"),
        Ask(optional=True, asked=False),
    ] = FORMAT
    date: Annotated[
        Day | None, Field(title="Date", description="On which day is it held?", examples=["2026-11-30"])
    ] = None
    started: Annotated[
        Clock | None,
        Field(title="Started", description="At what time did it really start?", examples=["14:00"]),
        Ask(optional=True),
    ] = None
    ended: Annotated[
        Clock | None,
        Field(title="Ended", description="At what time did it really end?", examples=["15:30"]),
        Ask(optional=True),
    ] = None
    facilitator: Annotated[
        Line | None,
        Field(title="Facilitator", description="Who leads through it?", examples=["Sam Osei"]),
        Ask(optional=True, names="person"),
    ] = None
    place: Annotated[
        Line | None,
        Field(title="Place", description="Where is it held?", examples=["Room 4 and video call"]),
        Ask(optional=True),
    ] = None


class Attendee(Item):
    """Somebody who was there."""

    row: ClassVar[tuple[str, ...]] = ("name", "title", "party", "from", "until")

    name: Annotated[
        Line | None, Field(title="Name", description="Who is there?", examples=["Ana Ruiz"]), Ask(names="person")
    ] = None
    title: Annotated[
        Line | None,
        Field(title="Job title", description="What is their job title?", examples=["VP Sales"]),
        Ask(optional=True),
    ] = None
    party: Annotated[
        Side | None,
        Field(title="For", description="For which side? A facilitator may be there for none.", examples=["sales"]),
        Ask(optional=True),
    ] = None
    from_: Annotated[
        Clock | None,
        Field(alias="from", title="From", description="Did they come later? At what time?", examples=["14:20"]),
        Ask(optional=True),
    ] = None
    until: Annotated[
        Clock | None,
        Field(title="Until", description="Did they leave earlier? At what time?", examples=["15:10"]),
        Ask(optional=True),
    ] = None


class Step(Item):
    """One step of the meeting: how long it was to take, and how long it took."""

    row: ClassVar[tuple[str, ...]] = ("step", "minutes", "started", "ended")

    step: Annotated[
        Line | None,
        Field(title="Step", description="What is done in it?", examples=["Scoring and thresholds"]),
    ] = None
    minutes: Annotated[
        _Minutes | None,
        Field(title="Minutes", description="How many minutes are planned for it?", examples=["20", "8", "5"]),
        Ask(optional=True),
    ] = None
    started: Annotated[
        Clock | None,
        Field(title="Started", description="At what time did it really start?", examples=["14:20"]),
        Ask(optional=True),
    ] = None
    ended: Annotated[
        Clock | None,
        Field(title="Ended", description="At what time did it really end?", examples=["14:44"]),
        Ask(optional=True),
    ] = None


class Decision(Item):
    """What the room decided."""

    row: ClassVar[tuple[str, ...]] = ("what", "about", "by", "at")

    what: Annotated[
        Line | None,
        Field(
            title="Decision",
            description="What was decided, in one sentence?",
            examples=["A lead is an MQL from 55 points on, for a trial of one quarter"],
        ),
    ] = None
    about: Annotated[
        Line | None,
        Field(
            title="About",
            description="Which section or answer is it about?",
            examples=["scoring.stages.mql.at", "assignment"],
        ),
        Ask(optional=True, of=KEYS),
    ] = None
    by: Annotated[
        Line | None,
        Field(title="By", description="Who decided it?", examples=["Ana Ruiz and Mara Lindqvist"]),
        Ask(optional=True, names="person"),
    ] = None
    at: Annotated[
        Clock | None,
        Field(title="At", description="At what time?", examples=["14:38"]),
        Ask(optional=True),
    ] = None


class Vote(Item):
    """One fist-to-five: how far somebody, or a side as one, supports a section."""

    row: ClassVar[tuple[str, ...]] = ("section", "party", "name", "fist", "concern")
    called_by: ClassVar[tuple[str, ...]] = ("section",)

    section: Annotated[
        Line | None,
        Field(title="Section", description="Which section is voted on?", examples=["scoring"]),
        Ask(of=SECTIONS),
    ] = None
    party: Annotated[Side | None, Field(title="For", description="For which side?", examples=["sales"])] = None
    name: Annotated[
        Line | None,
        Field(title="Name", description="Who votes? Left open: the side as one.", examples=["Ana Ruiz"]),
        Ask(optional=True, names="person"),
    ] = None
    fist: Annotated[
        _Fist | None,
        Field(
            title="Fist",
            description="How many fingers? 0 blocks, 1 and 2 have concerns, 3 can live with it, 5 is full support.",
            examples=["4", "3", "5"],
        ),
    ] = None
    concern: Annotated[
        Prose | None,
        Field(
            title="Concern",
            description="What speaks against it, and what would help?",
            examples=["At 55 points the partner leads fall out; a rule for them would help"],
        ),
    ] = None

    def spared(self) -> frozenset[str]:
        """Whoever can live with it owes no word on why."""
        return frozenset() if self.fist is not None and self.fist < LIVES_WITH else frozenset({"concern"})


class Consent(Item):
    """One side's word on the exact wording of one section; another wording needs another word."""

    row: ClassVar[tuple[str, ...]] = ("section", "party", "by", "at", "reservation")
    called_by: ClassVar[tuple[str, ...]] = ("section",)

    section: Annotated[
        Line | None,
        Field(title="Section", description="Which section is consented to?", examples=["scoring"]),
        Ask(of=SECTIONS),
    ] = None
    party: Annotated[Side | None, Field(title="For", description="For which side?", examples=["sales"])] = None
    fingerprint: Annotated[
        Fingerprint | None,
        Field(
            title="Wording",
            description="Which wording is meant? The fingerprint of the section, as the program shows it.",
            examples=["3f9a0c4d1b27"],
        ),
        Ask(names="wording"),
    ] = None
    by: Annotated[
        Line | None,
        Field(title="By", description="Who said so?", examples=["Ana Ruiz"]),
        Ask(optional=True, names="person"),
    ] = None
    at: Annotated[
        Clock | None,
        Field(title="At", description="At what time?", examples=["15:22"]),
        Ask(optional=True),
    ] = None
    reservation: Annotated[
        Prose | None,
        Field(
            title="Reservation",
            description="Is there anything they consent in spite of?",
            examples=["For the first quarter only, then we look at the partner leads"],
        ),
        Ask(optional=True),
    ] = None


class Parked(Item):
    """A point left for later, with somebody who takes care of it by a day."""

    row: ClassVar[tuple[str, ...]] = ("what", "about", "owner", "by", "settled")

    what: Annotated[
        Line | None,
        Field(
            title="Point",
            description="What is left for later, in one sentence?",
            examples=["How leads of partners are scored"],
        ),
    ] = None
    about: Annotated[
        Line | None,
        Field(
            title="About",
            description="Which section or answer is it about?",
            examples=["scoring.rules", "assignment"],
        ),
        Ask(optional=True, of=KEYS),
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner", description="Who takes care of it?", examples=["Tomas Reyes"]),
        Ask(names="person"),
    ] = None
    by: Annotated[Day | None, Field(title="By", description="By which day?", examples=["2026-12-11"])] = None
    settled: Annotated[
        Day | None,
        Field(title="Settled on", description="Is it settled? On which day?", examples=["2026-12-09"]),
        Ask(optional=True),
    ] = None


class Override(Item):
    """A final version printed without the consent of both sides, and why."""

    row: ClassVar[tuple[str, ...]] = ("reason", "by", "on", "at")

    reason: Annotated[
        Prose | None,
        Field(
            title="Reason",
            description="Why was a final version made without the consent of both sides?",
            examples=["Sales consented on the phone; its word follows on Monday"],
        ),
    ] = None
    by: Annotated[
        Line | None,
        Field(title="By", description="Who decided that?", examples=["Sam Osei"]),
        Ask(optional=True, names="person"),
    ] = None
    on: Annotated[Day | None, Field(title="On", description="On which day?", examples=["2026-12-04"])] = None
    at: Annotated[
        Clock | None, Field(title="At", description="At what time?", examples=["16:05"]), Ask(optional=True)
    ] = None
    sections: Annotated[
        Words | None,
        Field(
            title="Sections",
            description="Which sections lacked somebody's consent?",
            examples=["scoring, assignment"],
        ),
        Ask(optional=True, of=SECTIONS),
    ] = None


class Sitting(Part):
    """One workshop meeting and its record: one file in ``sittings/``."""

    sitting: Annotated[
        Particulars | None,
        About(
            "Sitting",
            "When and where do we meet, and who leads us through it?",
            "The day, the real times, the place and the facilitator.",
            ("Times are those of the clock on the wall, in the agreement's own time zone.",),
        ),
    ] = None
    attendance: Annotated[
        Items[Attendee] | None,
        About(
            "Attendance",
            "Who is in the room, and for which side?",
            "Everybody who was there, with those who came later or left earlier.",
            ("Each side needs somebody who may speak for it.",),
        ),
        Ask(entry="person"),
    ] = None
    steps: Annotated[
        Items[Step] | None,
        About(
            "Steps",
            "What do we do, and how long may each step take?",
            "The plan in minutes, and the times each step really took.",
            ("Ninety minutes are enough for a first version; what does not fit is parked.",),
        ),
    ] = None
    decisions: Annotated[
        Items[Decision] | None,
        About(
            "Decisions",
            "What have we decided?",
            "What was decided, about which answer, by whom and when.",
            ("One sentence each, read aloud before the next one.",),
        ),
    ] = None
    votes: Annotated[
        Items[Vote] | None,
        About(
            "Votes",
            "Show your fingers: how far do you support this section?",
            "Fist-to-five for each section, by side or by person.",
            (
                "0 blocks, 1 and 2 have concerns, 3 can live with it, 5 is full support.",
                "Whoever shows less than 3 says what would help.",
            ),
        ),
    ] = None
    consents: Annotated[
        Items[Consent] | None,
        About(
            "Consents",
            "Is there any reasoned objection to this section as it reads now?",
            "Each side's word on the exact wording of each section.",
            (
                "Consent is not applause: it means that there is no reasoned objection.",
                "Once a section reads otherwise, both sides are asked again.",
            ),
        ),
    ] = None
    parked: Annotated[
        Items[Parked] | None,
        About(
            "Parked points",
            "What do we leave for later, who takes care of it, and by when?",
            "Points that were left open, each with an owner and a day.",
            ("A point without an owner and a day is lost, not parked.",),
        ),
    ] = None
    overrides: Annotated[
        Items[Override] | None,
        About(
            "Overrides",
            "Why did we go ahead without the consent of both sides?",
            "Final versions printed while somebody's consent was missing, each with the reason.",
            ("It stands here, in the record, and not beside the signatures.",),
        ),
    ] = None
