"""Only what changes: each answer as it read and as it reads now, section by section, with signatures of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sla_tui.agreement.calling import Names, small
from sla_tui.agreement.diff import Comparison, Difference, How, by_section
from sla_tui.agreement.fingerprint import SHOWN, terms_fingerprint
from sla_tui.agreement.money import Money
from sla_tui.agreement.parts import Item
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import Block, Clause, Column, Document, Heading, KeyTerm, Table, Text, plain
from sla_tui.publish.compose import compose, sections, words
from sla_tui.publish.compose.linking import unlinked
from sla_tui.publish.compose.outline import title_of
from sla_tui.publish.compose.writer import ended

_NOTHING = plain("–")
_UNSAID = ("sources", "")
"""Where an answer comes from is no part of the wording."""
_BRIEF = 40
"""Characters up to which the old and the new answer are told on the title page."""


def called(old: Agreement, new: Agreement) -> str:
    """What the former version is called: by its version, or by its fingerprint where both have the same."""
    versions = [one.agreement.version if one.agreement else None for one in (old, new)]
    return versions[0] if versions[0] and versions[0] != versions[1] else terms_fingerprint(old)[:SHOWN]


def compose_amendment(comparison: Comparison[Agreement], *, final: bool = False) -> Document:
    """The amendment that turns the old version of ``comparison`` into the new one.

    Its signers are those of the new version. Where nothing is worded otherwise it says so.
    """
    old, new = comparison.old, comparison.new
    since = called(old, new)
    whole = compose(new, final=final)
    blocks: list[Block] = [Heading("What this amends", "1", anchor="amends"), *_opening(old, new, since)]
    told = list(_sections(comparison))
    for at, (title, said, _) in enumerate(told, 2):
        blocks += [Heading(title, str(at)), *_numbered(said, str(at))]
    if not told:
        blocks.append(Clause(plain("Nothing is worded otherwise."), "1.2"))
    number = str(len(told) + 2)
    header = new.agreement or Header()
    return replace(
        whole,
        title=f"Amendment to the {whole.title}",
        key_terms=tuple(_key_terms(since, header, [f"{title}: {line}" for title, _, short in told for line in short])),
        blocks=tuple(blocks),
        annexes=(),
        signing=Heading("Signatures", number, anchor="signatures"),
        signing_words=(Clause(plain(_wording(new)), f"{number}.1"),),
    )


def _opening(old: Agreement, new: Agreement, since: str) -> Iterator[Block]:
    name = (new.agreement.title if new.agreement else None) or "agreement"
    print_ = terms_fingerprint(old)
    said = (
        f"The {name} in the version {since}, whose terms have the fingerprint {print_[:SHOWN]}, is changed as follows."
    )
    yield Clause(plain(f"{said} Everything that is not named here stays as it is."), "1.1")


def _wording(new: Agreement) -> str:
    version = new.agreement.version if new.agreement else None
    named, digits = f" of version {version}" if version else "", terms_fingerprint(new)
    return f"Those who sign agree to these changes. The terms{named} then have the fingerprint {digits}."


def _key_terms(since: str, header: Header, changes: list[str]) -> Iterator[KeyTerm]:
    yield KeyTerm("Amends", (plain(f"Version {since}"),))
    if header.starts:
        yield KeyTerm("From", (plain(words.day(header.starts)),))
    yield KeyTerm("Changes", tuple(map(plain, changes)) or (plain("Nothing"),), "in this document")


Row = tuple[Text, Text, Text]


def _sections(comparison: Comparison[Agreement]) -> Iterator[tuple[str, list[Block], list[str]]]:
    """The title of each section that reads otherwise, what is said of it, and the same in short."""
    old, new = Names(comparison.old, None), Names(comparison.new, None)
    for section, held in by_section(comparison.differences).items():
        if section in _UNSAID:
            continue
        title = title_of(comparison.new, section) if section != "custom" else "Sections in our own words"
        taken = next((one for one in held if one.how in (How.TAKEN_IN, How.LEFT_OUT)), None)
        if taken and taken.how is How.LEFT_OUT:
            yield title, [Clause(plain("This section is no longer part of the agreement."))], ["deleted"]
        elif taken:
            said = [one for one in unlinked(sections(comparison.new).get(section, ())) if not _is_title(one)]
            yield title, [Clause(plain("This section is new. It reads:")), *map(_bare, said)], ["a new section"]
        elif rows := [row for one in held for row in _row(one, old, new)]:
            columns = (Column("What", share=0.26), Column("Until now", share=0.37), Column("From now on", share=0.37))
            table = Table(columns, tuple(rows), title, named=True)
            yield title, [Clause(plain("These places read otherwise:")), table], [_in_short(*row) for row in rows]


def _in_short(what: Text, old: Text, new: Text) -> str:
    """One line on a change, with the old and the new answer where both are short."""
    named, before, after = ("".join(run.text for run in text) for text in (what, old, new))
    brief = _NOTHING not in (old, new) and max(len(before), len(after)) <= _BRIEF
    return f"{words.small(named)}, {before} → {after}" if brief else words.small(named)


def _is_title(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 1


def _bare(block: Block) -> Block:
    """A block without the number and name of its place in the whole agreement."""
    return replace(block, number="", anchor="") if isinstance(block, Clause) else block


def _row(one: Difference, old: Names, new: Names) -> Iterator[Row]:
    if one.entry or one.spec.ask.fact or one.how is How.RENAMED:
        return
    if one.how is How.MOVED:
        yield plain(new.called(one.key)), plain(f"{one.old + 1}. in its list"), plain(f"{one.new + 1}. in its list")
        return
    added, removed = one.how is How.ADDED, one.how is How.REMOVED
    if isinstance(one.new or one.old, Item) and (added or removed):
        names = new if added else old
        said = ended(plain(names.summary(one.key, one.new if added else one.old)))
        around, entry = names.around(one.key), f"{one.spec.entry} {'added' if added else 'deleted'}"
        what = plain(f"{around}: {entry}" if around else words.capital(entry))
        yield what, *((_NOTHING, said) if added else (said, _NOTHING))
        return
    around = new.around(one.key)
    what = f"{around}: {small(one.spec.title)}" if around else one.spec.title
    yield plain(what), _answer(one, old, one.old), _answer(one, new, one.new)


def _answer(one: Difference, names: Names, value: object) -> Text:
    if isinstance(value, Money):
        return plain(words.money(value))
    said = names.said(one.spec, value)
    if not said:
        return _NOTHING
    own = one.spec.kind in (Kind.LINE, Kind.PROSE) and not one.spec.ask.of
    return plain(str(value).strip() if own else said)


def _numbered(blocks: list[Block], section: str) -> Iterator[Block]:
    """The first clause with its number."""
    first, *rest = blocks
    yield replace(first, number=f"{section}.1") if isinstance(first, Clause) else first
    yield from rest
