"""From what was typed to a note. What cannot be read becomes a problem at its field; nothing is guessed."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from uuid import UUID

from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _

from goldthread.casework.contacts.enums import Barrier, Furnished, Went
from goldthread.casework.contacts.rules.checklists import ANSWERS, Checklist
from goldthread.casework.contacts.rules.written import Answers, Goal, Part, Problem, Somebody, Written
from goldthread.doors.web.contacts.offered import ELSEWHERE, Offered, Way
from goldthread.doors.web.contacts.toward import goals_in, services_in
from goldthread.doors.web.contacts.typed import OWN, Typed
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import Activity, Domain, Place, Seen

Value = TypeVar("Value")
GOALS = 8
"""Goals that fit into one note."""
FOLLOW_UPS = {"1": 1, "3": 3, "7": 7, "14": 14}
"""The chips of *next step*: in so many days."""


ALL_WELL = (Furnished.YES.value, Furnished.YES.value, "no")
"""The one press that answers the three questions of monitoring: furnished, adequate, have needs changed."""


class Fields:
    """Reads the fields of one form; collects what cannot be read."""

    def __init__(self, typed: Typed, today: date) -> None:
        self.typed, self.today = typed, today
        self.problems: list[Problem] = []

    def read(self, name: str, read: Callable[[str], Value], at: str = "") -> Value | None:
        """What stands in *name*, read by *read*; None for nothing, and for what cannot be read: a problem, *at* its field."""
        text = self.typed.one(name)
        if not text:
            return None
        try:
            return read(text)
        except DomainError as error:
            self.problems.append(Problem(at or error.field or name, error.message))
            return None

    def day(self, text: str) -> date:
        """A day up to today."""
        return read_date(text, latest=self.today)

    def place(self, way: Way | None) -> Place | None:
        """Where: as the chip says, or as chosen."""
        if way and way.value == ELSEWHERE:
            return word_of(Place, self.typed.one("place"))
        return way.place if way else None

    def others(self) -> tuple[Somebody, ...]:
        """Those who were there and are known by name alone."""
        role = word_of(Seen, self.typed.one("other_role")) or Seen.OTHER
        names = [name.strip() for name in self.typed.one("other_name").split(",")]
        return tuple(Somebody(role, name=name[:120]) for name in names if name)

    def next_on(self, chip: str, name: str, at: str = "") -> date | None:
        """The day of a next step: in so many days from today, or a day that was written."""
        chosen = self.typed.one(chip)
        if chosen in FOLLOW_UPS:
            return date.fromordinal(self.today.toordinal() + FOLLOW_UPS[chosen])
        return self.read(name, lambda text: read_date(text), at)


class Reader(Fields):
    """Reads the form of a note."""

    def __init__(self, typed: Typed, offered: Offered, today: date) -> None:
        super().__init__(typed, today)
        self.offered = offered

    def note(self) -> Written:
        """The note."""
        typed, offered = self.typed, self.offered
        way = offered.way(typed.one("how"))
        place = self.place(way)
        self._check_program()
        attempted = typed.has("attempted")
        furnished, adequate, changed = monitoring_in(typed)
        return Written(
            person=offered.client.pk,
            episode=offered.episode.pk if offered.episode else None,
            kind=way.kind if way else "",
            mode=way.mode if way else None,
            place=place,
            day=self.read("day", self.day),
            start=self.read("start", time_of),
            end=self.read("end", time_of),
            next_day=typed.has("next_day"),
            travel_minutes=self.read("travel_minutes", whole_of) or 0,
            miles=self.read("miles", miles_of),
            attempted=attempted,
            aftercare=typed.has("aftercare"),
            overlap_is_right=typed.has("overlap_is_right"),
            parts=self._parts(),
            others=() if attempted else self._others(),
            activities=self._activities(),
            goals=self._goals(),
            domains=tuple(word for word in typed.many("domain") if word in set(Domain)),
            barriers=tuple(word for word in typed.many("barrier") if word in Barrier.values),
            furnished=furnished,
            adequate=adequate,
            changed=changed,
            next_on=self.next_on("next_in", "next_on"),
            safety_concern=typed.one("safety") == "yes",
            narrative=typed.text("narrative"),
            next_step=typed.one("next_step"),
            monitoring_note=typed.one("monitoring_note"),
            place_words=typed.one("place_words")[:120],
            replaces=uuid_of(typed.one("replaces")),
            settles=uuid_of(typed.one("settles")),
            services=services_in(typed, offered.plan, furnished),
            checklists=self._checklists(place),
            unread=tuple(self.problems),
        )

    def _check_program(self) -> None:
        """A program that cannot be chosen any more is not exchanged for another one without a word."""
        named = self.typed.one("episode")
        if named and not any(str(one.pk) == named for one in self.offered.episodes):
            message = _(
                "The program you had chosen is not one of this client's that you may write in. Look at which it is now."
            )
            self.problems.append(Problem("episode", message))

    def _parts(self) -> tuple[Part, ...]:
        present = set(self.typed.many("who"))
        parts = tuple(
            Part(one.pk, str(one.pk) in present, self.typed.text(f"{OWN}{one.pk}")) for one in self.offered.clients
        )
        places = {f"{OWN}{part.person}" for part in parts}
        if any(self.typed.has(name) for name in self.typed.names(OWN) if name not in places):
            message = _(
                "You wrote about somebody who is not in this program. Choose the other program, or empty that field."
            )
            self.problems.append(Problem("left", message))
        return parts

    def _others(self) -> tuple[Somebody, ...]:
        present = set(self.typed.many("who"))
        known = [Somebody(one.role, one.person) for one in self.offered.around if str(one.person) in present]
        return (*known, *self.others())

    def _activities(self) -> dict[Activity, int | None]:
        chosen = [activity for activity in Activity if activity.value in self.typed.many("activity")]
        return {activity: self.read(f"minutes_{activity.value}", whole_of) for activity in chosen}

    def _goals(self) -> tuple[Goal, ...]:
        rows = [(self.typed.one(f"goal_{n}"), self.typed.one(f"went_{n}")) for n in range(GOALS)]
        named = [Goal(words, _of(Went.values, went)) for words, went in rows if words]
        if any(not goal.went for goal in named):
            self.problems.append(Problem("goals", _("Say how it went toward each goal, or choose “not today”.")))
        of_plan = list(goals_in(self.typed, self.offered.plan))
        self.problems += [one for one in of_plan if isinstance(one, Problem)]
        free = [goal for goal in named if goal.went and goal.went != Went.NOT_TODAY]
        return (*(one for one in of_plan if isinstance(one, Goal)), *free)

    def _checklists(self, place: Place | None) -> tuple[Answers, ...]:
        return answers_in(self.typed, self.offered.checklist_of(self.offered.way(self.typed.one("how")), place))


def answers_in(typed: Typed, found: Checklist | None) -> tuple[Answers, ...]:
    """What was said on the checklist *found*; nothing where there is none, or nothing was said."""
    if found is None:
        return ()
    said = {}
    for item in found.items:
        answer = _of(ANSWERS, typed.one(f"check_{found.key}_{item.key}"))
        note = typed.one(f"checknote_{found.key}_{item.key}")[:300]
        if answer or note:
            said[item.key] = (answer, note)
    return (Answers(found.key, found.edition, said),) if said else ()


def monitoring_in(typed: Typed) -> tuple[str, str, str]:
    """The three questions about services: furnished, adequate, have needs changed; one press answers them all."""
    well = ALL_WELL if typed.has("all_well") else ("", "", "")
    return (
        _of(Furnished.values, typed.one("furnished")) or well[0],
        _of(Furnished.values, typed.one("adequate")) or well[1],
        _of(["yes", "no"], typed.one("changed")) or well[2],
    )


def time_of(text: str) -> time:
    """A time of day."""
    try:
        read = parse_time(text)
    except ValueError:  # as a time is written, but there is none: 25:61
        read = None
    if read is None:
        raise DomainError(_("Write a time, for example 13:30."))
    return read.replace(second=0, microsecond=0, tzinfo=None)


def whole_of(text: str) -> int:
    """Whole minutes."""
    if not text.isdecimal() or len(text) > 4:
        raise DomainError(_("Write whole minutes, for example 20."))
    return int(text)


def miles_of(text: str) -> Decimal:
    """Miles."""
    try:
        miles = Decimal(text.replace(",", "."))
    except InvalidOperation:
        miles = Decimal(-1)
    if not miles.is_finite() or not 0 <= miles < 10_000:
        raise DomainError(_("Write the miles as a number, for example 8.4."))
    return miles


def uuid_of(text: str) -> UUID | None:
    """An id; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def word_of(words: type[Value], text: str) -> Value | None:
    """A word of an enum; None for what is none."""
    try:
        return words(text)  # type: ignore[call-arg]  # an enum is called with a value
    except ValueError:
        return None


def _of(words: list[str] | tuple[str, ...], text: str) -> str:
    return text if text in words else ""
