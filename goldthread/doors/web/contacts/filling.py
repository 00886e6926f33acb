"""How a new note arrives: filled from where it was opened, and from last time."""

from dataclasses import dataclass
from datetime import timedelta, tzinfo
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.models import Contact
from goldthread.casework.schedule.enums import CALLED_OFF, AppointmentState
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import of_group
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.doors.web.contacts.offered import ELSEWHERE, Offered, Way
from goldthread.doors.web.contacts.reading_form import GOALS, uuid_of
from goldthread.doors.web.contacts.typed import Typed
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import Activity, Mode, Place
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.programs.rules.template import Accepts, Requirement, Template
from goldthread.people.persons.models import Person

CALL = 20
"""Minutes: what is meant to take no longer is a call."""
STEP = 5
"""Times are offered on the five minutes."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form starts with, and the words that say where it comes from."""

    typed: Typed
    said: str = ""


def fill(viewer: Viewer, offered: Offered, asked: QueryDict, last: Contact | None, zone: tzinfo) -> Filled:
    """The start of a new note. *asked*: ``how``, ``kind`` (of the program), ``attempted``, ``task`` or
    ``appointment``, as links name them; *last*: last time's."""
    agreed = appointment_of(viewer, offered.client, asked.get("appointment", ""))
    task = task_of(viewer, offered.client, asked.get("task", "") or str(agreed.task if agreed else ""))
    way = _way(offered, asked) or (way_of_rule(offered.template, offered.ways, task.requirement) if task else None)
    if agreed and not way:
        way = next((one for one in offered.ways if one.mode == Mode.IN_PERSON), None)
    now = viewer.at.astimezone(zone)
    end = now.replace(second=0, microsecond=0) - timedelta(minutes=now.minute % STEP)
    start = end - timedelta(minutes=way.minutes if way else 30)
    if start.date() != end.date():
        start = end.replace(hour=0, minute=0)
    values = {
        "day": [start.date().isoformat()],
        "start": [f"{start:%H:%M}"],
        "end": [f"{end:%H:%M}"],
        "who": [str(offered.client.pk)],
        "safety": ["no"],
        "attempted": ["1"] if asked.get("attempted") else [],
    }
    if offered.episode:
        values["episode"] = [str(offered.episode.pk)]
        left = offered.episode.discharged_on
        values["aftercare"] = ["1"] if left and start.date() > left else []
    if way:
        values["how"] = [way.value]
        values["activity"] = _meant(way, aftercare=bool(values.get("aftercare")))
    if task:
        values["task"] = [str(task.pk)]
        values["settles"] = [] if task.requirement or task.source_kind else [str(task.pk)]
    if agreed:
        values |= _agreed(agreed, zone)
    free = [] if offered.plan.goals else [goal for goal in (last.goals if last else []) if "id" not in goal]
    for number, goal in enumerate(free[: GOALS - 1]):
        values[f"goal_{number}"] = [goal["words"]]
        values[f"went_{number}"] = ["not_today"]
    values |= _toward(offered, asked.getlist("goal"), task.source_id if task else uuid_of(asked.get("service", "")))
    what = agreed.get_kind_display() if agreed else title_of_task(task) if task else ""
    return Filled(Typed(values), _("Filled in from: %(what)s") % {"what": what} if what else "")


def _meant(way: Way, *, aftercare: bool) -> list[str]:
    """What is usually done in contacts of that *way*. After a discharge the program furnishes no service on which to check."""
    return [one for one in way.activities if not (aftercare and one == Activity.MONITORING)]


def _toward(offered: Offered, named: list[str], about: UUID | None) -> dict[str, list[str]]:
    """The goals for which the note was opened: those the link names, and that of the task. *about*: what the task is about;
    a step is one to tick, a service one to check on."""
    plan = offered.plan
    goals = [text for text in named if (pk := uuid_of(text)) and plan.goal(pk)]
    if about and plan.goal(about):
        goals.append(str(about))
    found: dict[str, list[str]] = {}
    if about and any(one.id == about for one in plan.services):
        found = {"service": [str(about)], "activity": [Activity.MONITORING.value]}
    of_step = plan.goal_of_step(about) if about else None
    if of_step:
        goals.append(str(of_step.id))
        found = {"step": [str(about)]}
    return found | ({"goal": goals} if goals else {})


def _agreed(agreed: Appointment, zone: tzinfo) -> dict[str, list[str]]:
    """What the appointment says already."""
    start, end = agreed.starts_at.astimezone(zone), agreed.ends_at.astimezone(zone)
    return {
        "day": [start.date().isoformat()],
        "start": [f"{start:%H:%M}"],
        "end": [f"{end:%H:%M}"],
        "place_words": [agreed.place[:120]],
        "appointment": [str(agreed.pk)],
    }


def appointment_of(viewer: Viewer, client: Person, pk: str) -> Appointment | None:
    """The client's appointment that the form names, when the viewer may write about it and no note has settled it."""
    try:
        rows = Appointment.objects.filter(gate.content(viewer, client, Act.WRITE_SCHEDULE), pk=UUID(pk), client=client)
    except ValueError:
        return None
    return rows.filter(contact__isnull=True).first()


def appointments_of_group(viewer: Viewer, pk: str) -> list[Appointment]:
    """The appointments of the group that the form names, by client, about which the viewer may write and that no note has settled."""
    group = uuid_of(pk)
    if group is None:
        return []
    may_write = gate.content_in(viewer, Act.WRITE_SCHEDULE)
    return list(of_group(group).filter(may_write, contact__isnull=True).select_related("episode"))


def group_agreed(rows: list[Appointment], zone: tzinfo) -> dict[str, list[str]]:
    """What the appointments *rows* of a group say already: when, where, who is in it, and who is known not to have come. Who
    called it off is left out: what became of that is written down."""
    coming = [row for row in rows if row.state not in CALLED_OFF]
    if not coming:
        return {}
    values = _agreed(coming[0], zone) | {
        "appointment": [str(coming[0].group)],
        "with": [str(row.client_id) for row in coming],
        "program": [str(row.episode.program_id) for row in coming[:1] if row.episode],
    }
    missed = [row for row in coming if row.state == AppointmentState.MISSED]
    return values | {f"came_{row.client_id}": ["no"] for row in missed}


def task_of(viewer: Viewer, client: Person, pk: str) -> Task | None:
    """The client's open task that the form names, when the viewer may see it."""
    try:
        rows = Task.objects.filter(gate.content(viewer, client), pk=UUID(pk), client=client, state=TaskState.OPEN)
    except ValueError:
        return None
    return rows.select_related("episode__program").first()


def title_of_task(task: Task) -> str:
    """What the task is called: by its rule, or by who made it."""
    if not task.requirement or task.episode is None:
        return spoken(task.title)
    rule = template_on(task.episode.program, task.episode.enrolled_on).requirement(task.requirement)
    return spoken(rule.title if rule else task.title)


def way_of_rule(template: Template | None, ways: list[Way], requirement: str) -> Way | None:
    """The chip that usually meets the rule: of those that it accepts the likeliest, else the first."""
    rule = template.requirement(requirement) if template and requirement else None
    for accepts in rule.accepts if rule else ():
        fits = [way for way in ways if _accepted(way, accepts)]
        if rule and fits:
            return min(fits, key=lambda way: _unlikely(way, rule, accepts))
    return None


def _accepted(way: Way, accepts: Accepts) -> bool:
    right_mode = not accepts.modes or way.mode in accepts.modes
    return way.value != ELSEWHERE and right_mode and (not accepts.places or way.place in accepts.places)


def _unlikely(way: Way, rule: Requirement, accepts: Accepts) -> tuple[bool, bool]:
    """What sorts last: a visit in a hospital of which the rule says nothing (whom it asks about is mostly home again), and
    anything but a call where a call will do and no more time is meant for it."""
    in_hospital = way.place == Place.HOSPITAL and Place.HOSPITAL not in accepts.places
    a_call_will_do = Mode.PHONE in accepts.modes and rule.minutes <= CALL
    return in_hospital, a_call_will_do and way.mode != Mode.PHONE


def _way(offered: Offered, asked: QueryDict) -> Way | None:
    """The chip that the link names: ``how=phone``, ``how=in_person:residence``, ``kind=home-visit``."""
    if kind := asked.get("kind", ""):
        return offered.way(f"kind:{kind}")
    how = asked.get("how", "")
    return offered.way(how) or next(
        (way for way in offered.ways if way.mode and how in (way.mode.value, f"{way.mode}:{way.place}")), None
    )
