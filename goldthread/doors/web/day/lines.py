"""A task as one line of a list: who, what, why, by when, and what to press."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.schedule.models import Appointment
from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.rules.words import because
from goldthread.foundation.ui.addresses import address
from goldthread.foundation.ui.templatetags.gold import day

OPENS = {
    "note": ("contacts:new", {"how": "phone"}),
    "visit": ("contacts:new", {"how": "in_person"}),
    "elsewhere": ("day:elsewhere", {}),
}
"""What the button of a task opens, filled from the task."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the template shows of *task*."""

    task: Task
    why: str
    due: str
    tone: str
    page: str
    do: str
    do_words: str
    cover_for: str
    booked: str = ""
    """The page of the appointment that stands in the calendar for it, and when that is."""
    booked_words: str = ""
    schedule: str = ""
    """Where an appointment for it is made."""
    ticks: bool = False
    """One press and it is done: a person made it, and it is not made anew by that."""


def line_of(
    task: Task, today: date, me: UUID, now: datetime | None = None, *, back: str = "", booked: Appointment | None = None
) -> Line:
    """The line of *task* for *me*, on *today*; at the instant *now*, for what is due at an hour.

    *back*: the page to return to afterwards (``day``); *booked*: the appointment for it.
    """
    url, words = _button(task, today)
    own_page = page_of(task)
    page = f"{own_page}?back={back}" if back and task.client_id and task.action != "report" else own_page
    if url.startswith(own_page):
        url = url.replace(own_page, page)
    other = task.owner is not None and task.owner_id != me
    return Line(
        task=task,
        why=_why(task, today),
        due=due_words(task, today, now),
        tone=_tone(task, today, now),
        page=page,
        do=url,
        do_words=words,
        cover_for=task.owner.name if other and task.owner else "",
        booked=address("schedule:one", booked.client_id, booked.pk) if booked else "",
        booked_words=_when(booked, today) if booked else "",
        schedule=schedule_of(task, today, back) if task.action == "visit" and not booked else "",
        ticks=not task.requirement and not task.source_kind and not task.repeat and bool(task.owner_id),
    )


def schedule_of(task: Task, today: date, back: str = "") -> str:
    """Where an appointment for *task* is made, filled from it. Empty without a client or an owner, and when it is too late."""
    over = task.period_end is not None and task.period_end < today
    if task.client_id is None or task.owner_id is None or over:
        return ""
    asked = {"task": str(task.pk)} | ({"back": back} if back else {})
    return f"{address('schedule:new', task.client_id)}?{urlencode(asked)}"


def _when(booked: Appointment, today: date) -> str:
    starts = timezone.localtime(booked.starts_at)
    return f"{day(starts.date(), today)}, {date_format(starts, 'TIME_FORMAT')}"


def page_of(task: Task) -> str:
    """The page of *task*: its client's, where it is about one; a mandated report's own."""
    if task.action == "report" and task.source_id:
        return address("reports:report", task.source_id)
    if task.client_id:
        return address("day:task", task.client_id, task.pk)
    return address("day:own", task.pk)


def due_words(task: Task, today: date, now: datetime | None = None) -> str:
    """*4 days late*, *before 17:00*, *since 17:00*, *Thu 3 Dec*; nothing where there is no date."""
    if task.period_end and task.period_end < today:
        over = task.due_on or task.period_end
        return _("missed, %(day)s") % {"day": date_format(over, "j M" if over.year == today.year else "j M Y")}
    if task.due_on is None:
        return ""
    if task.due_on < today and task.clock != "share":
        late = (today - task.due_on).days
        return ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
    if task.due_at and task.due_on == today:
        at = date_format(timezone.localtime(task.due_at), "TIME_FORMAT")
        return (_("since %(time)s") if _hour_is_over(task, now) else _("before %(time)s")) % {"time": at}
    return day(max(task.due_on, today) if task.clock == "share" else task.due_on, today)


def _why(task: Task, today: date) -> str:
    if task.why:
        words = because(task.why, today)
        return words[:1].upper() + words[1:]
    return task.note


def _hour_is_over(task: Task, now: datetime | None) -> bool:
    return bool(now and task.due_at and now > task.due_at)


def _tone(task: Task, today: date, now: datetime | None) -> str:
    if task.clock == "share" or task.due_on is None:
        return ""
    if task.due_on < today or _hour_is_over(task, now):
        return "red"
    return "amber" if task.due_on == today else ""


def _button(task: Task, today: date) -> tuple[str, str]:
    if task.period_end and task.period_end < today:
        return f"{page_of(task)}#cannot", _("Say why")
    if not task.requirement or task.client_id is None or task.action not in OPENS:
        return page_of(task), _("Open")
    name, query = OPENS[task.action]
    asked = {"task": str(task.pk), **query}
    if task.episode_id:
        asked["episode"] = str(task.episode_id)
    words = {"note": _("Log"), "visit": _("Log"), "elsewhere": _("Record")}[task.action]
    return f"{address(name, task.client_id)}?{urlencode(asked)}", words
