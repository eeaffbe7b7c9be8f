"""The forms in which a section's answers can be printed where its declaration alone would read like a questionnaire.

What no form names is printed from its declaration, so that nothing that was answered is lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from sla_tui.publish.compose.phrases import Phrase, keys


@dataclass(frozen=True, slots=True)
class Says:
    """Several answers as one clause."""

    title: str
    phrases: tuple[Phrase, ...]

    @property
    def names(self) -> frozenset[str]:
        """The answers it says."""
        return frozenset[str]().union(*map(keys, self.phrases))


@dataclass(frozen=True, slots=True)
class Given:
    """One answer or list as it is declared, or under another title, empty for none.

    A list may have a sentence before it, and be ``numbered`` in its order; its ``only`` entry reads in these phrases.
    """

    key: str
    title: str | None = None
    lead: str = ""
    numbered: bool = False
    only: tuple[Phrase, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The answer it says."""
        return frozenset((self.key,))


@dataclass(frozen=True, slots=True)
class Strung:
    """A list of short entries as one clause, each in these phrases."""

    key: str
    title: str
    phrases: tuple[Phrase, ...]

    @property
    def names(self) -> frozenset[str]:
        """The list it says."""
        return frozenset((self.key,))


@dataclass(frozen=True, slots=True)
class Parted:
    """A list in two by its answer ``by``, yes or no, each with a sentence before the ``names`` of its entries.

    ``{}`` in a sentence stands for the names, one after another; without it they stand below, one on a line.
    """

    key: str
    title: str
    by: str
    of: str
    yes: str
    no: str

    @property
    def names(self) -> frozenset[str]:
        """The list it says."""
        return frozenset((self.key,))


@dataclass(frozen=True, slots=True)
class Compared:
    """Several records of one kind as the rows of one table; ``rows`` are their keys and what each is called."""

    title: str
    first: str
    rows: tuple[tuple[str, str], ...]
    columns: tuple[Col, ...]

    @property
    def names(self) -> frozenset[str]:
        """The records it says."""
        return frozenset(key for key, _ in self.rows)


@dataclass(frozen=True, slots=True)
class Col:
    """A column of a table: its title, and the phrases of its cells."""

    title: str
    phrases: tuple[Phrase, ...]


Form = Says | Given | Strung | Parted | Compared


def says(title: str, *phrases: Phrase) -> Says:
    """Several answers as one clause."""
    return Says(title, phrases)


def col(title: str, *phrases: Phrase) -> Col:
    """A column whose cells are these phrases."""
    return Col(title, phrases)


def covered(forms: tuple[Form, ...]) -> frozenset[str]:
    """The answers that these forms say, by the first word of their key."""
    return frozenset(name.partition(".")[0] for form in forms for name in form.names)
