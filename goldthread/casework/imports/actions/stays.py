"""Rows become enrollments: one row, or several where each names another member of a household, or another worker."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.episodes.rules import check_life
from goldthread.casework.imports.actions.colleagues import worker_of
from goldthread.casework.imports.actions.ground import Coming, Ground, Line, Place, Stay
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.models import Program
from goldthread.people.persons.models import Person

MOST_MEMBERS = 30
"""Members of a household that a file may bring into one enrollment."""
Places = Mapping[UUID, list[Place]]


def take_stay(one: Coming, places: Places, ground: Ground) -> None:
    """Put the row into the enrollment of which it tells: an earlier row's, or one of its own. DomainError (its field: the key of the
    column): it cannot be. That the program was not open here yet is no reason: the old list knew it before."""
    said, program = one.one, one.program
    if program is None or said.opened is None:
        return
    if program.closed_on is not None and said.opened >= program.closed_on:
        raise DomainError(_("The program was closed on that day."), "opened")
    number = said.who.household if program.unit == "household" else ""
    whole = _begun(one, number, program, ground)
    stay = whole or Stay(program, said.opened, said.closed, number)
    served = _served(one, stay, places, ground)
    worker = _worker(one, stay, ground)
    if whole and not served and worker is None:
        raise _twice(whole, one.person)
    _add(one, stay, served, worker, ground)


def _begun(one: Coming, number: str, program: Program, ground: Ground) -> Stay | None:
    """The enrollment that an earlier row began and of which *one* tells more."""
    key = number or (one.person.pk if one.person else None)
    for stay in ground.stays.get((key, program.pk), ()):
        if stay.opened <= (one.one.closed or date.max) and (one.one.opened or date.min) <= stay.last:
            _check_fits(one, stay)
            return stay
    return None


def _check_fits(one: Coming, stay: Stay) -> None:
    """DomainError when the days of *one* are not those of *stay*; a member of a household may have come later, or left before."""
    days = one.one.opened, one.one.closed
    if days == (stay.opened, stay.closed):
        return
    if not stay.number:
        raise _twice(stay, one.person)
    inside = stay.opened <= (one.one.opened or date.min) and (one.one.closed or date.max) <= stay.last
    if not inside:
        raise DomainError(
            _("Row %(row)d has other days for this household. Put the row with the earliest and the latest day first.")
            % {"row": stay.rows[0].row},
            "opened",
        )


def _twice(stay: Stay, person: Person | None) -> DomainError:
    row = {"row": stay.rows[0].row}
    if person is None:
        return DomainError(_("Row %(row)d is the same enrollment.") % row, "household_number")
    return DomainError(_("Row %(row)d has the same client in this program on some of these days.") % row, "opened")


# --- Who is served -------------------------------------------------------------------------------------
def _served(one: Coming, stay: Stay, places: Places, ground: Ground) -> list[Line]:
    """Those of the row who are not served by *stay* yet, each with the days."""
    there = {line.person.pk for line in stay.lines if line.serves}
    if one.person:
        found = [] if one.person.pk in there else [_place_of(one, one.person, stay)]
    else:
        found = _living(one, [person for person in one.members if person.pk not in there], stay)
    if len(there) + len(found) > MOST_MEMBERS:
        raise DomainError(
            _("At most %(n)d people can come as one household.") % {"n": MOST_MEMBERS}, "household_number"
        )
    for line in found:
        _check_free(line, stay, places.get(line.person.pk, []), ground)
    return found


def _place_of(one: Coming, person: Person, stay: Stay) -> Line:
    """The days on which *person* is served. A child of a household is served from the day of birth; who has died, until then."""
    first, last = one.one.opened or stay.opened, one.one.closed
    if stay.number:
        if person.birth_date and first < person.birth_date <= (last or date.max):
            first = person.birth_date
        last = min(filter(None, (last, person.died_on)), default=None)
    check_life(person, first, "opened")
    return Line(one.row, person, {}, first, last)


def _living(one: Coming, people: Sequence[Person], stay: Stay) -> list[Line]:
    """Those of a household who lived in these days."""
    found = []
    for person in people:
        try:
            found.append(_place_of(one, person, stay))
        except DomainError:
            continue
    if people and not found and not stay.lines:
        raise DomainError(_("Nobody of this household lived on these days."), "opened")
    return found


def _check_free(line: Line, stay: Stay, own: Sequence[Place], ground: Ground) -> None:
    """DomainError when they are in the program on some of these days already, here or by an earlier row."""
    last = line.last or date.max
    for place in own:
        if place.program == stay.program.pk and place.starts_on <= last and line.first <= (place.ends_on or date.max):
            if (place.starts_on, place.ends_on) == (line.first, line.last):
                raise DomainError(_("This enrollment is here already."), "opened")
            raise DomainError(_("The client is in this program on some of these days already."), "opened")
    for other in ground.stays.get((line.person.pk, stay.program.pk), ()):
        if other is not stay and other.opened <= last and line.first <= other.last:
            raise _twice(other, line.person)


# --- Whose client it is --------------------------------------------------------------------------------
def _worker(one: Coming, stay: Stay, ground: Ground) -> UUID | None:
    """The worker whom the row names, unless another row of *stay* said the same. DomainError: not on these days."""
    said = one.one
    if not said.who.worker:
        return None
    worker = worker_of(said.who.worker, ground.everybody if is_over(one) else ground.staff)
    for day, key in ((said.assigned_from, "assigned_from"), (said.assigned_to, "assigned_to")):
        if day and day < stay.opened:
            raise DomainError(_("This is before the first day of the enrollment."), key)
        if day and day > stay.last:
            raise DomainError(_("This is after the last day of the enrollment."), key)
    mine = (worker, said.assigned_from, said.assigned_to)
    for line in stay.lines:
        if (line.worker, line.since, line.until) == mine:
            return None
        if line.worker and _both_on_a_day(one, line, stay):
            raise DomainError(
                _("Row %(row)d has a worker on some of these days. Say from when to when each was assigned.")
                % {"row": line.row},
                "assigned_from" if ground.column("assigned_from") else "worker",
            )
    return worker


def is_over(one: Coming) -> bool:
    """Has the worker of the row had the client in the past alone?"""
    return bool(one.one.assigned_to or one.one.closed)


def days_together(
    served: tuple[date, date | None], worked: tuple[date | None, date | None]
) -> tuple[date, date | None] | None:
    """From when to when a worker had a client: the days on which one worked here, and the other was served. None: there is none."""
    first = max(served[0], worked[0] or served[0])
    last = min(filter(None, (served[1], worked[1])), default=None)
    return None if last and last < first else (first, last)


def _both_on_a_day(one: Coming, line: Line, stay: Stay) -> bool:
    """Do they share more than the day on which one handed over to the other?"""
    first, last = one.one.assigned_from or stay.opened, one.one.assigned_to or stay.last
    other_first, other_last = line.since or stay.opened, line.until or stay.last
    return first < other_last and other_first < last


def _add(one: Coming, stay: Stay, served: list[Line], worker: UUID | None, ground: Ground) -> None:
    said = one.one
    lines = served or [Line(one.row, one.person or stay.lines[0].person, {}, stay.opened, stay.closed, serves=False)]
    lines[0].kept = said.who.kept
    if worker:
        lines[0].worker, lines[0].since, lines[0].until = worker, said.assigned_from, said.assigned_to
    if stay.lines:
        _keep_other_words(one, stay.rows[0], lines[0].kept, ground)
    else:
        ground.stays[stay.number or lines[0].person.pk, stay.program.pk].append(stay)
    for line in served if stay.number else ():
        ground.stays[line.person.pk, stay.program.pk].append(stay)
    stay.lines += lines
    stay.rows.append(one)
    one.stay = stay


def _keep_other_words(one: Coming, first: Coming, kept: dict[str, str], ground: Ground) -> None:
    """What a later row says otherwise than the first is kept as additional information."""
    for key in ("reason", "referred"):
        mine, theirs = getattr(one.one, key), getattr(first.one, key)
        if mine and not theirs:
            setattr(first.one, key, mine)
        elif mine and mine != theirs:
            kept[ground.column(key)] = mine.isoformat() if isinstance(mine, date) else mine
