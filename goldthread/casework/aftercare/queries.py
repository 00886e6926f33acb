"""Reading aftercare. What may be seen is a condition that the gate gives."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q

from goldthread.casework.aftercare.enums import AfterState
from goldthread.casework.aftercare.models import Aftercare, AftercareContact
from goldthread.casework.aftercare.rules import in_time
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import in_force, rules_of, template_on
from goldthread.foundation.programs.rules.template import Template
from goldthread.people.persons.models import Person

_LINES = Prefetch(
    "contacts", AftercareContact.objects.select_related("staff").order_by("due_on", "pk"), to_attr="lines"
)


def aftercare_of(person: Person, seen: Q) -> list[Aftercare]:
    """The aftercare of the episodes that served *person*, latest first, each with its ``lines``. Two queries."""
    served = EpisodeMember.objects.filter(person=person).values("episode")
    rows = Aftercare.objects.filter(seen, episode__in=served).select_related("episode__program")
    return list(rows.prefetch_related(_LINES).order_by("-planned_at", "-pk"))


def open_aftercare(episode: Episode | UUID) -> Aftercare | None:
    """The aftercare of *episode* that is not over."""
    return Aftercare.objects.filter(episode=episode, ended_at__isnull=True).first()


def aftercare_about(source: UUID) -> Episode | None:
    """The episode of the planned contact *source*, which a task names."""
    row = AftercareContact.objects.filter(pk=source).select_related("aftercare__episode").first()
    return row.aftercare.episode if row else None


def planned_of(aftercare: Aftercare) -> list[AftercareContact]:
    """What is still to be done, by day."""
    rows = AftercareContact.objects.filter(aftercare=aftercare, state=AfterState.PLANNED)
    return list(rows.select_related("staff").order_by("due_on", "pk"))


def rules_at(episode: Episode) -> Template:
    """What the program asked for on the last day of *episode*."""
    return template_on(episode.program, episode.discharged_on or episode.enrolled_on)


def left_in_time(person: Person, program: Program, back_on: date) -> Episode | None:
    """The episode of *person* in *program* that is continued when they come back on *back_on*: the last that ended, within the
    window that the program had then. None: it is a new enrollment."""
    found = last_left(person, program, back_on)
    if found is None:
        return None
    return found if in_time(found.discharged_on, back_on, rules_at(found).re_entry_days) else None


def last_before(episode: Episode) -> Episode | None:
    """The episode of the same person, or household, in the same program that had ended last when *episode* began."""
    whose = Q(person=episode.person_id) if episode.person_id else Q(household=episode.household_id)
    rows = Episode.objects.filter(whose, program=episode.program_id, discharged_on__lte=episode.enrolled_on)
    rows = rows.exclude(pk=episode.pk).select_related("program")
    return rows.order_by("-discharged_on", "-enrolled_on", "-pk").first()


def last_left(person: Person, program: Program, back_on: date) -> Episode | None:
    """The last episode of *person* alone in *program* that had ended by *back_on*."""
    rows = Episode.objects.filter(program=program, person=person, discharged_on__lte=back_on)
    return rows.select_related("program").order_by("-discharged_on", "-pk").first()


def back_in_time(person: Person, among: Iterable[Episode], today: date) -> dict[UUID, Episode]:
    """Of *among*, episodes of *person* that have ended, those that can be continued on *today*, by program. One query for the rules."""
    over = [one for one in among if one.discharged_on is not None and one.person_id == person.pk]
    running = {one.program_id for one in among if one.discharged_on is None}
    rules = rules_of({one.program_id for one in over})
    last: dict[UUID, Episode] = {}
    for one in sorted(over, key=lambda row: (row.discharged_on or today, row.pk)):
        last[one.program_id] = one
    return {
        key: one
        for key, one in last.items()
        if key not in running
        and one.discharged_on
        and in_time(one.discharged_on, today, in_force(rules[key], one.discharged_on).re_entry_days)
    }
