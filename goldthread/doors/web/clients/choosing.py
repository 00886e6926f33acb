"""The part of the list's form that offers everybody the same: languages, states, what is late, columns."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.doors.web.clients.columns import COLUMNS, OF_TASKS, Column
from goldthread.doors.web.clients.filters import BY_DUE, LATE, STATES, Filters
from goldthread.people.persons.rules import languages


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen there: all that this part of the page depends on, so that it is drawn once (ADR 32)."""

    language: str
    state: str
    late: str
    alerts_due: bool
    order: str
    columns: tuple[Column, ...]
    learns: bool
    """May the reader be told what is late?"""

    @property
    def languages(self) -> Collection[tuple[str, StrOrPromise]]:
        """Languages to narrow to."""
        return languages()

    @property
    def states(self) -> Collection[tuple[str, StrOrPromise]]:
        """States to narrow to; the first choice of the list stands for any."""
        return [(key, words) for key, words in STATES.items() if key != "any"]

    @property
    def lates(self) -> Collection[tuple[str, StrOrPromise]]:
        """What can be late."""
        return LATE.items() if self.learns else ()

    @property
    def orders(self) -> Collection[tuple[str, StrOrPromise]]:
        """What the list can be put in order by, besides names."""
        return [(BY_DUE, _("Due first"))] if self.learns else ()

    @property
    def offered(self) -> Collection[Column]:
        """Columns to show."""
        return [one for one in COLUMNS.values() if one.key not in OF_TASKS or self.learns]


def chosen_in(filters: Filters, columns: Collection[Column], *, learns: bool) -> Chosen:
    """What *filters* and *columns* leave chosen. A language that nobody offers is not: what is typed is not kept."""
    known = filters.language if filters.language in dict(languages()) else ""
    return Chosen(known, filters.state, filters.late, filters.alerts_due, filters.order, tuple(columns), learns)
