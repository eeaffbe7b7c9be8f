"""Lead scoring: what a lead earns for what it did or is, and the stages those points reach."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sla_tui.agreement.conditions import When
from sla_tui.agreement.lists import GROUPS, PEOPLE, STAGES
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, Number, Party

_Positive = Annotated[Number, Field(ge=1, le=100_000)]
_Cap = Annotated[Number, Field(ge=0, le=1_000_000)]
_Points = Annotated[Number, Field(ge=-1_000_000, le=1_000_000)]


class RunsIn(Part):
    """Where scores are computed day to day."""

    system: Annotated[
        Line | None, Field(title="System", description="Where is the score computed day to day?", examples=["HubSpot"])
    ] = None
    field: Annotated[
        Line | None, Field(title="Field", description="Which CRM field holds it?", examples=["HubSpot Score"])
    ] = None
    keeper: Annotated[
        Line | None,
        Field(title="Keeper", description="Who makes sure that it matches this agreement?", examples=["sam-osei"]),
        Ask(of=PEOPLE),
    ] = None


class Rule(Item):
    """Points for one thing a lead did or is."""

    row: ClassVar[tuple[str, ...]] = ("points", "label", "when", "per", "cap", "group")

    label: Annotated[
        Line | None,
        Field(
            title="What for", description="What did the lead do, or what is it?", examples=["Opens a marketing email"]
        ),
        Ask(optional=True),
    ] = None
    when: Annotated[
        When | None,
        Field(
            title="When",
            description="What tells us? An activity, or a field and its value.",
            examples=["email_open", "country in US, CA"],
        ),
    ] = None
    points: Annotated[
        _Points | None, Field(title="Points", description="How many points is that worth?", examples=["10"])
    ] = None
    per: Annotated[
        Literal["each", "once"] | None,
        Field(title="Per", description="Each time, or only once?", examples=["each"]),
        Ask(optional=True),
    ] = None
    cap: Annotated[
        _Cap | None,
        Field(title="Cap", description="What is the most points this rule can give?", examples=["20"]),
        Ask(optional=True),
    ] = None
    group: Annotated[
        Line | None,
        Field(title="Group", description="Which group's cap does it count towards?", examples=["engagement"]),
        Ask(optional=True, of=GROUPS),
    ] = None
    half_life_days: Annotated[
        Annotated[Number, Field(ge=0, le=100_000)] | None,
        Field(
            title="Half-life, days",
            description="After how many days are its points worth half? 0: they do not fade.",
            examples=["30"],
        ),
        Ask(optional=True),
    ] = None
    window_days: Annotated[
        _Positive | None,
        Field(title="Window, days", description="Only if it happened in the last how many days?", examples=["90"]),
        Ask(optional=True),
    ] = None

    @property
    def once(self) -> bool:
        """Whether the rule counts once however often it fires: what ``per`` says, else once for a condition."""
        return self.per == "once" if self.per else not isinstance(self.when, str)


class Group(Item):
    """Rules that share one cap."""

    name: Annotated[
        Line | None, Field(title="Name", description="What is the group called?", examples=["Engagement"])
    ] = None
    kind: Annotated[
        Literal["fit", "engagement"] | None,
        Field(title="Kind", description="Who they are, or what they do?", examples=["engagement"]),
        Ask(optional=True, words=(("fit", "fit (who they are)"), ("engagement", "engagement (what they do)"))),
    ] = None
    cap: Annotated[
        _Cap | None,
        Field(title="Cap", description="What is the most points the whole group can give?", examples=["60"]),
        Ask(optional=True),
    ] = None


class Exclusion(Item):
    """Leads that are not scored at all."""

    label: Annotated[
        Line | None, Field(title="Who", description="Who is left out?", examples=["Competitors"]), Ask(optional=True)
    ] = None
    when: Annotated[
        When | None,
        Field(title="When", description="How do we recognize them?", examples=["company in Contoso"]),
    ] = None


class FastTrack(Item):
    """What lifts a lead to a stage at once."""

    label: Annotated[
        Line | None,
        Field(title="What", description="What lifts a lead at once?", examples=["Asks for a demo"]),
        Ask(optional=True),
    ] = None
    when: Annotated[
        When | None,
        Field(title="When", description="Which activity or field shows it?", examples=["demo_request"]),
    ] = None
    stage: Annotated[
        Line | None,
        Field(title="Stage", description="To which stage?", examples=["mql"]),
        Ask(of=STAGES),
    ] = None


class Stage(Item):
    """A life-cycle stage, reached by points or set by somebody."""

    row: ClassVar[tuple[str, ...]] = ("at", "name", "set", "set_by")

    def spared(self) -> frozenset[str]:
        """A stage that somebody sets needs no points."""
        return frozenset({"at"}) if self.set else frozenset()

    name: Annotated[
        Line | None, Field(title="Name", description="What is the stage called?", examples=["Marketing qualified lead"])
    ] = None
    at: Annotated[
        _Points | None,
        Field(
            title="From points",
            description="From how many points is a lead at this stage?",
            examples=["50"],
        ),
    ] = None
    set: Annotated[
        Literal["manually", "accepted", "deal_won"] | None,
        Field(title="Set", description="If not by points: what sets it?", examples=["manually"]),
        Ask(optional=True, words=(("accepted", "when accepted"), ("deal_won", "when a deal is won"))),
    ] = None
    set_by: Annotated[
        Party | None,
        Field(title="Set by", description="Which side sets it?", examples=["sales"]),
        Ask(optional=True),
    ] = None


class Scoring(Part):
    """What a lead earns."""

    runs_in: Annotated[
        RunsIn | None,
        Field(title="Runs in", description="Where is it computed day to day, and who makes sure that it matches this?"),
    ] = None
    half_life_days: Annotated[
        _Positive | None,
        Field(
            title="Half-life, days",
            description="After how many days is an activity worth half its points? Left open, points do not fade.",
            examples=["30"],
        ),
        Ask(optional=True),
    ] = None
    stages: Annotated[
        Items[Stage], Field(title="Stages", description="Which stages does a lead go through, lowest first?")
    ] = ()
    rules: Annotated[Items[Rule], Field(title="Rules", description="What earns or costs points, and how many?")] = ()
    groups: Annotated[
        Items[Group], Field(title="Groups", description="Which rules share a cap?"), Ask(optional=True)
    ] = ()
    fast_track: Annotated[
        Items[FastTrack],
        Field(title="Fast tracks", description="What lifts a lead to a stage at once, whatever its points?"),
        Ask(optional=True),
    ] = ()
    exclude: Annotated[
        Items[Exclusion], Field(title="Exclusions", description="Who should never be scored?"), Ask(optional=True)
    ] = ()

    @model_validator(mode="after")
    def _groups_exist(self) -> Self:
        known = {group.id for group in self.groups}
        for at, rule in enumerate(self.rules):
            if rule.group is not None and rule.group not in known:
                raise PydanticCustomError(
                    "unknown_group",
                    "rule {rule} counts in group {group}, which there is not",
                    {"rule": rule.id, "group": rule.group, "known": sorted(known), "at": ["rules", at, "group"]},
                )
        return self
