"""The agreement: every section it can have, in the order they are asked, stored and printed."""

from typing import Annotated

from sla_tui.agreement.parts import About, Items, Part
from sla_tui.agreement.sections.assignment import Assignment
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.communication import Communication
from sla_tui.agreement.sections.content import Content
from sla_tui.agreement.sections.conversion import Conversion
from sla_tui.agreement.sections.custom import Custom
from sla_tui.agreement.sections.duplicates import Duplicates
from sla_tui.agreement.sections.escalation import Escalation
from sla_tui.agreement.sections.feedback import Feedback
from sla_tui.agreement.sections.fields import Fields
from sla_tui.agreement.sections.glossary import Glossary
from sla_tui.agreement.sections.goals import Goals
from sla_tui.agreement.sections.handoff import Handoff
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.sections.intake import Intake
from sla_tui.agreement.sections.mql import Mql
from sla_tui.agreement.sections.notifications import Notifications
from sla_tui.agreement.sections.objective import Objective
from sla_tui.agreement.sections.pipeline import Pipeline
from sla_tui.agreement.sections.reporting import Reporting
from sla_tui.agreement.sections.review import Review
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.sections.signatures import Signatures
from sla_tui.agreement.sections.sql import Sql
from sla_tui.agreement.sections.stakeholders import Stakeholders
from sla_tui.agreement.sections.targets import Targets
from sla_tui.agreement.sections.technology import Technology
from sla_tui.agreement.sources import Sources


class Agreement(Part):
    """A Sales–Marketing service level agreement: one ``agreement.toml``.

    A section belongs to the agreement when it is not None. Adding a section is adding one field here, of a
    ``Part`` or of ``Items``, annotated with ``About``.
    """

    agreement: Annotated[
        Header | None,
        About(
            "Agreement",
            "What is it called, whose is it, and how long does it hold?",
            "Title, period and business hours.",
        ),
    ] = None
    objective: Annotated[
        Objective | None,
        About(
            "Objective",
            "Why do we do this, and which number will show that it worked?",
            "A short introduction and the goal both sides share.",
            ("About sixty words are enough.", "One number, with where it is today and where it should be."),
        ),
    ] = None
    stakeholders: Annotated[
        Stakeholders | None,
        About(
            "Roles",
            "Who touches a lead, and who speaks for each team?",
            "Teams, people and who does what.",
            ("Both sides should be among the drafters.", "Name one keeper, or it goes stale."),
            annex=True,
        ),
    ] = None
    goals: Annotated[
        Goals | None,
        About(
            "Goals",
            "Which numbers do we want to reach, and by when?",
            "Revenue, conversion rates, length of the sales cycle, and what else both sides watch.",
            (
                "Realistic, measurable, and tied to a goal of the whole company.",
                "Write down where each number is today, or nobody can tell whether it moved.",
            ),
        ),
    ] = None
    assignment: Annotated[
        Assignment | None,
        About(
            "Assignment",
            "Who gets which lead, and how soon?",
            "Territories, what happens when a lead comes in, and who gets the one that fits nowhere.",
            ("Somebody gets every lead, the odd one too.", "Name a stand-in wherever one person owns a territory."),
            annex=True,
        ),
    ] = None
    scoring: Annotated[
        Scoring | None,
        About(
            "Scoring",
            "What earns a lead points, and at how many does it go to sales?",
            "Rules, points and the stages they reach; try them on your own leads.",
            ("Few rules that hold beat many that sound right.", "Cap what can be repeated, such as page views."),
        ),
    ] = None
    fields: Annotated[
        Fields | None,
        About(
            "Fields",
            "What do we track about a lead, and what does each field mean?",
            "The fields of a lead: meaning, allowed values, when each must be filled; and what is not tracked.",
            ("Start with the lead source: everything is counted by it.", "Few fields that are filled beat many."),
            annex=True,
        ),
    ] = None
    intake: Annotated[
        Intake | None,
        About(
            "Adding leads",
            "How do leads get into the CRM, and who enters them?",
            "Event lists, forms, referrals, bought lists: who enters them, how, and how they are marked.",
            ("Points to start with count only where a scoring rule gives them.",),
            annex=True,
        ),
    ] = None
    mql: Annotated[
        Mql | None,
        About(
            "MQL",
            "When is a lead ready for a rep to look at?",
            "What makes a marketing qualified lead, and what becomes of the others.",
            ("About forty words are enough.", "The points stand under Scoring; here are the words for them."),
        ),
    ] = None
    sql: Annotated[
        Sql | None,
        About(
            "SQL",
            "When is a lead worth one-to-one time?",
            "What makes a sales qualified lead, who says so, and how the definition is changed.",
            ("Budget, timeline, need and authority are the usual questions.",),
        ),
    ] = None
    handoff: Annotated[
        Handoff | None,
        About(
            "Handoff",
            "When does a lead go to sales, what proves it, and what travels with it?",
            "The moment a lead changes owner, step by step.",
            ("One moment, and one field in the CRM that shows it.", "A lead nobody accepts needs somewhere to go."),
        ),
    ] = None
    conversion: Annotated[
        Conversion | None,
        About(
            "Conversion",
            "What does sales do with a lead it has accepted, until it is converted?",
            "From an accepted lead to a contact, an account and an opportunity.",
            ("If the lead source is lost here, nobody can say later which campaigns paid.",),
            annex=True,
        ),
    ] = None
    pipeline: Annotated[
        Pipeline | None,
        About(
            "Pipeline",
            "When is a lead an opportunity, and where does it go if it does not close?",
            "Opportunities: when there is one, its stages, and the ways back.",
            (
                "Leadership and sales decide together when there is an opportunity.",
                "Lost, stalled, too early: each needs a stage to go back to and an owner.",
            ),
            annex=True,
        ),
    ] = None
    commitments: Annotated[
        Items[Commitment] | None,
        About(
            "Commitments",
            "Who owes the other what, by when?",
            "The promises themselves: activity, number, time limit and what starts the clock.",
            (
                "A number, a defined term and a time limit.",
                "Each side promises only what is in its own hands.",
                "Each side promises something.",
            ),
        ),
    ] = None
    feedback: Annotated[
        Feedback | None,
        About(
            "Feedback",
            "Why may a lead go back, how soon, and what becomes of it?",
            "Reasons for sending leads back, leads that come again, and what we learn from them.",
            (
                "A short list of reasons beats a text box: it can be counted.",
                "Some reasons show before any work, some only after it.",
                "Two days to send a lead back is usual; 90 % accepted is a good month.",
            ),
        ),
    ] = None
    escalation: Annotated[
        Escalation | None,
        About(
            "Escalation",
            "Who decides when we cannot agree, and by when?",
            "Leads that do not fit, broken promises, disputes: who, by when, what next.",
            ("Name people, not committees.", "Settle it where it starts; go up only when time is over."),
        ),
    ] = None
    communication: Annotated[
        Communication | None,
        About(
            "Communication",
            "Where do we talk, how often do we meet, and about what?",
            "Shared channels and review meetings with a standing agenda.",
            (
                "Weekly at first; every two weeks or monthly once it runs well.",
                "The same agenda every time: results, challenges, adjustments.",
            ),
            annex=True,
        ),
    ] = None
    targets: Annotated[
        Targets | None,
        About(
            "Targets",
            "Whom do we want to reach, and how many?",
            "Each side's goals, the accounts and lists that matter, and who speaks to them how.",
            ("Name few accounts: those both sides would change plans for.", "Each list has one person who keeps it."),
            annex=True,
        ),
    ] = None
    content: Annotated[
        Content | None,
        About(
            "Content",
            "What do we tell people, and who makes what for which stage?",
            "The one message both sides give, and the content that carries it.",
            ("Say the message aloud: would a rep use these words?", "Ask reps which question they hear most."),
            annex=True,
        ),
    ] = None
    notifications: Annotated[
        Notifications | None,
        About(
            "Notifications",
            "When is who told what, and how?",
            "Alerts, how many are too many, and how to say that one is missing or wrong.",
            ("An alert nobody acts on should go.", "One channel for each kind of alert."),
            annex=True,
        ),
    ] = None
    duplicates: Annotated[
        Duplicates | None,
        About(
            "Duplicates",
            "What do we do when the same person is there twice?",
            "How duplicates are found and merged without losing calls, emails, fields or notes.",
            ("Decide which record stays before the first merge.",),
            annex=True,
        ),
    ] = None
    technology: Annotated[
        Technology | None,
        About(
            "Technology",
            "Which systems do we use, what runs by itself, and who shares what?",
            "CRM, marketing automation and what flows between them.",
            ("Name the one system both sides believe.", "Say who notices when the connection stops."),
            annex=True,
        ),
    ] = None
    reporting: Annotated[
        Reporting | None,
        About(
            "Reporting",
            "How do both sides see whether it works?",
            "What the effort earns, the dashboards, and who gets which report.",
            ("Both sides look at the same figures.", "A report nobody reads is one too many."),
            annex=True,
        ),
    ] = None
    glossary: Annotated[
        Glossary | None,
        About(
            "Glossary",
            "Which words need one meaning for all of us?",
            "Terms used here, each explained once.",
            ("Start with the words you argued about.", "One meaning each: what counts, and what does not."),
            annex=True,
        ),
    ] = None
    review: Annotated[
        Review | None,
        About(
            "Review",
            "When do we look at this again, and how is it changed?",
            "Reviews, who may ask for a change, and how one is made.",
            ("Set the day of the first review now.", "Both sides decide."),
        ),
    ] = None
    custom: Annotated[
        Items[Custom] | None,
        About("Own sections", "What else do we want in writing?", "Sections in your own words."),
    ] = None
    signatures: Annotated[
        Signatures | None,
        About(
            "Signatures",
            "Who signs for each side?",
            "The people whose signature puts it in force.",
            ("One signer a side at least.",),
        ),
    ] = None
    sources: Sources = None
