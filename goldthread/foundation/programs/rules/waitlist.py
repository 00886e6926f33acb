"""How a program's waitlist is ranked, as plain values: who comes first, in order; within a group, who has waited longest."""

from collections.abc import Iterable
from dataclasses import dataclass

from goldthread.foundation.programs.enums import Priority, Unit
from goldthread.foundation.programs.rules.eligibility import Group
from goldthread.foundation.programs.rules.values import JUDGEMENT, Source, Span


@dataclass(frozen=True, slots=True)
class First:
    """A group that comes before those after it. ``key``: a word of Priority, else an own one with ``title`` (and ``title_es``).

    ``when``: who is in it, as far as that is known; a person says where it is not, or where nothing is written.
    """

    key: str
    title: str = ""
    title_es: str = ""
    when: Group | None = None


CONTACT = Span(30, Unit.DAYS)
ANSWER = Span(5, Unit.BUSINESS_DAYS)
"""Product judgement: whoever waits is heard from once a month, and has a week of work to answer an offer."""


@dataclass(frozen=True, slots=True)
class Waitlist:
    """``first``: the groups in order; none: as ``priorities`` says. ``contact``: how often whoever waits is called; ``answer``: by when
    an offer is answered; ``places``: how many the program has, 0 where it does not say."""

    first: tuple[First, ...] = ()
    contact: Span = CONTACT
    answer: Span = ANSWER
    places: int = 0
    source: Source = JUDGEMENT


WAITLIST = Waitlist()


def groups_of(rules: Waitlist, priorities: Iterable[Priority]) -> tuple[First, ...]:
    """The groups of *rules*; where it names none, the *priorities* of the program. Waiting longest is no group: it decides within each."""
    return rules.first or tuple(First(str(one)) for one in priorities if one is not Priority.WAITING_LONGEST)
