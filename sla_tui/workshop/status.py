"""How agreements stand today, and what each of them needs: renewing, notice, signatures, a quota, a signer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sla_tui.agreement.check import Finding
from sla_tui.agreement.fingerprint import same_fingerprint, terms_fingerprint
from sla_tui.agreement.life import signed
from sla_tui.agreement.standing import Phase, header_of, in_days, in_words, last_day, notice_day, phase
from sla_tui.agreement.terms import Agreement

RENEW_WITHIN = 60
"""Days before its last day from which an agreement is to be renewed."""
NOTICE_WITHIN = 30
"""Days before the last day for notice from which it is spoken of."""


class Kind(StrEnum):
    """What an agreement can need, what cannot wait first."""

    INVALID = "invalid"
    OVER = "over"
    RENEW = "renew"
    NOTICE = "notice"
    UNSIGNED = "unsigned"
    QUOTA = "quota"
    SIGNER = "signer"


_ORDER = list(Kind)
_FOUND = {
    "needs-signing": (Kind.UNSIGNED, "to sign again"),
    "unrecorded": (Kind.UNSIGNED, "unsigned"),
    "missing-quota": (Kind.QUOTA, "no quota"),
    "quota-out-of-date": (Kind.QUOTA, "quota too old"),
    "quota-unreadable": (Kind.QUOTA, "quota to mend"),
    "signer-left": (Kind.SIGNER, "signer left"),
}
"""The findings that say that something is needed, and the word for it in a list."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing an agreement needs: its kind, a word for a list, and a sentence."""

    kind: Kind
    word: str
    message: str


@dataclass(frozen=True, slots=True)
class Life:
    """How an agreement stands on a day: its phase, in ``words`` too, its last day and that for notice, what it needs.

    ``successor`` is the version, or the name, of the agreement that takes its place.
    """

    phase: Phase
    words: str
    last: date | None = None
    notice: date | None = None
    needs: tuple[Need, ...] = ()
    successor: str = ""

    @property
    def word(self) -> str:
        """The word for what it needs most; where it needs nothing, the one for its phase."""
        return self.needs[0].word if self.needs else self.phase.value


def life_of(agreement: Agreement, findings: Iterable[Finding], today: date) -> Life:
    """How one agreement stands by itself; ``findings`` are those of a check that knew the day and the quotas."""
    at, last, notice = phase(agreement, today), last_day(agreement, today), notice_day(agreement, today)
    life = Life(at, in_words(agreement, today), last, notice if notice and notice >= today else None)
    if at in (Phase.ENDED, Phase.SUPERSEDED):
        return replace(life, notice=None)
    needs = [*_of_the_days(agreement, life, today), *_found(findings, at)]
    return replace(life, needs=tuple(sorted(needs, key=lambda need: _ORDER.index(need.kind))))


def _of_the_days(agreement: Agreement, life: Life, today: date) -> Iterable[Need]:
    header, last = header_of(agreement), life.last
    if life.phase is Phase.DRAFT:
        if header.starts and header.starts <= today:
            message = f"it was to start on {header.starts} and is a draft still: have it signed, or move its first day"
            yield Need(Kind.UNSIGNED, "unsigned", message)
        return
    if life.phase is Phase.LAPSED and last:
        if header.renewal == "talks" and header.ended is None:
            yield Need(Kind.RENEW, "to renew", f"its last day was {last}; it holds until both sides have agreed anew")
        else:
            yield Need(Kind.OVER, "over", f"its last day was {last}: put its status to ended, or renew it")
    elif life.phase is Phase.IN_FORCE and last and _soon(last, today, RENEW_WITHIN):
        if header.ended:
            yield Need(
                Kind.RENEW, f"ends {in_days(last, today)}", f"it ends early, on {last}: agree on what comes after it"
            )
        elif header.renewal != "renews":
            yield Need(Kind.RENEW, f"ends {in_days(last, today)}", f"its last day is {last}: agree anew, or let it end")
    if life.phase is Phase.IN_FORCE and life.notice and _soon(life.notice, today, NOTICE_WITHIN):
        message = f"notice can be given until {life.notice}, {in_days(life.notice, today)}: decide whether it goes on"
        yield Need(Kind.NOTICE, f"notice {in_days(life.notice, today)}", message)


def _soon(day: date, today: date, within: int) -> bool:
    return 0 <= (day - today).days <= within


def _found(findings: Iterable[Finding], at: Phase) -> Iterable[Need]:
    for finding in findings:
        kind, word = _FOUND.get(finding.code, (None, ""))
        if kind and not (at is Phase.DRAFT and kind is Kind.QUOTA and finding.code != "quota-unreadable"):
            yield Need(kind, word, finding.message)


def beside_each_other(agreements: Sequence[tuple[str, Agreement, Life]]) -> tuple[Life, ...]:
    """How agreements stand, each with the name it goes by, once those that take another's place are known.

    What one takes the place of is superseded once the new one is in force; from its signing on nothing is to renew.
    """
    lives = [life for _, _, life in agreements]
    for name, agreement, life in agreements:
        header = header_of(agreement)
        for at, (_, other, _) in enumerate(agreements if header.supersedes else ()):
            if other is not agreement and _is(other, header.supersedes or ""):
                lives[at] = _followed(lives[at], life.phase, header.version or name)
    return tuple(lives)


def _is(agreement: Agreement, fingerprint: str) -> bool:
    held = signed(agreement)
    recorded = held is not None and held.terms is not None and same_fingerprint(held.terms, fingerprint)
    return recorded or same_fingerprint(terms_fingerprint(agreement), fingerprint)


def _followed(life: Life, by: Phase, successor: str) -> Life:
    renewing = [need for need in life.needs if need.kind in (Kind.OVER, Kind.RENEW, Kind.NOTICE)]
    others = tuple(need for need in life.needs if need not in renewing)
    if by is Phase.DRAFT:
        told = (replace(one, message=f"{one.message}; {successor} is being drafted") for one in renewing)
        return replace(life, needs=(*told, *others), successor=successor)
    if by is Phase.COMING:
        return replace(life, needs=others, successor=successor)
    return replace(
        life, phase=Phase.SUPERSEDED, words=f"superseded by {successor}", notice=None, needs=(), successor=successor
    )


def urgency(life: Life | None) -> tuple[int, int, date]:
    """By what a list is sorted, what needs doing first; None stands for a file that cannot be read."""
    if life is None:
        return _ORDER.index(Kind.INVALID), 0, date.min
    need = _ORDER.index(life.needs[0].kind) if life.needs else len(_ORDER)
    order = (Phase.LAPSED, Phase.IN_FORCE, Phase.COMING, Phase.DRAFT, Phase.SUPERSEDED, Phase.ENDED)
    return need, order.index(life.phase), life.last or date.max
