"""A task as one line of a list: who, what, why, by when, and what to press."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldthread.casework.schedule.queries import Booked
from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.queries.lists import Listed
from goldthread.casework.tasks.rules.words import because
from goldthread.foundation.lib.written import written_day, written_time
from goldthread.foundation.ui.addresses import address
from goldthread.foundation.ui.templatetags.gold import day

OPENS = {
    "note": ("contacts:new", "&how=phone", gettext_lazy("Log")),
    "visit": ("contacts:new", "&how=in_person", gettext_lazy("Log")),
    "elsewhere": ("day:elsewhere", "", gettext_lazy("Record")),
    "assess": ("assessments:new", "", gettext_lazy("Begin")),
}
"""What the button of a task opens, filled from the task, and what it says."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the template shows of *task*."""

    task: Task | Listed
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
    task: Task | Listed,
    today: date,
    me: UUID,
    now: datetime | None = None,
    *,
    back: str = "",
    booked: Booked | None = None,
) -> Line:
    """The line of *task* for *me*, on *today*; at the instant *now*, for what is due at an hour.

    *back*: the page to return to afterwards (``day``); *booked*: the appointment for it.
    """
    page = page_of(task)
    if back and task.client_id and task.action != "report":
        page = f"{page}?back={back}"
    url, words = _button(task, today, page)
    owner = task.owner if task.owner_id and task.owner_id != me else None
    return Line(
        task=task,
        why=_why(task, today),
        due=due_words(task, today, now),
        tone=_tone(task, today, now),
        page=page,
        do=url,
        do_words=words,
        cover_for=owner.name if owner else "",
        booked=address("schedule:one", booked.client_id, booked.pk) if booked else "",
        booked_words=_when(booked, today) if booked else "",
        schedule=schedule_of(task, today, back) if task.action == "visit" and not booked else "",
        ticks=not task.requirement and not task.source_kind and not task.repeat and bool(task.owner_id),
    )


def schedule_of(task: Task | Listed, today: date, back: str = "") -> str:
    """Where an appointment for *task* is made, filled from it. Empty without a client or an owner, and when it is too late."""
    over = task.period_end is not None and task.period_end < today
    if task.client_id is None or task.owner_id is None or over:
        return ""
    return f"{address('schedule:new', task.client_id)}?task={task.pk}{f'&back={back}' if back else ''}"


def _when(booked: Booked, today: date) -> str:
    starts = timezone.localtime(booked.starts_at)
    return f"{day(starts.date(), today)}, {written_time(starts)}"


def page_of(task: Task | Listed) -> str:
    """The page of *task*: its client's, where it is about one; a mandated report's own."""
    if task.action == "report" and task.source_id:
        return address("reports:report", task.source_id)
    if task.action == "inquiry" and task.source_id:
        return address("intake:one", task.source_id)
    if task.action in INTAKE and task.source_id:
        return _of_intake(task.action, task.source_kind, task.client_id, task.source_id)
    if task.action == "document" and task.client_id and task.source_id:
        return address("documents:one", task.client_id, task.source_id)
    if task.action == "aftercare" and task.client_id:
        return address("aftercare:of_client", task.client_id)
    if task.action == "package" and task.client_id and task.source_id:
        return address("packages:one", task.client_id, task.source_id)
    if task.client_id:
        return address("day:task", task.client_id, task.pk)
    return address("day:own", task.pk)


INTAKE = ("waiting", "hand_off")


def _of_intake(action: str, kind: str, client: UUID | None, source: UUID) -> str:
    """Where somebody who waits is called, or asked whether they were seen elsewhere."""
    if action == "waiting":
        return address("intake:offer" if kind == "offer" else "intake:place", source)
    return address("intake:client_referred", client, source) if client else address("intake:hand_off", source)


def due_words(task: Task | Listed, today: date, now: datetime | None = None) -> str:
    """*4 days late*, *before 17:00*, *since 17:00*, *Thu 3 Dec*; nothing where there is no date."""
    if task.period_end and task.period_end < today:
        over = task.due_on or task.period_end
        return _("missed, %(day)s") % {"day": written_day(over, "j M" if over.year == today.year else "j M Y")}
    if task.due_on is None:
        return ""
    if task.due_on < today and task.clock != "share":
        late = (today - task.due_on).days
        return ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
    if task.due_at and task.due_on == today:
        at = written_time(timezone.localtime(task.due_at))
        return (_("since %(time)s") if _hour_is_over(task, now) else _("before %(time)s")) % {"time": at}
    return day(max(task.due_on, today) if task.clock == "share" else task.due_on, today)


def _why(task: Task | Listed, today: date) -> str:
    if task.why:
        words = because(task.why, today)
        return words[:1].upper() + words[1:]
    return task.note


def _hour_is_over(task: Task | Listed, now: datetime | None) -> bool:
    return bool(now and task.due_at and now > task.due_at)


def _tone(task: Task | Listed, today: date, now: datetime | None) -> str:
    if task.clock == "share" or task.due_on is None:
        return ""
    if task.due_on < today or _hour_is_over(task, now):
        return "red"
    return "amber" if task.due_on == today else ""


def _button(task: Task | Listed, today: date, page: str) -> tuple[str, str]:
    if task.period_end and task.period_end < today:
        return f"{page}#cannot", _("Say why")
    if task.action == "aftercare" and task.client_id and task.episode_id:
        return f"{address('contacts:new', task.client_id)}?task={task.pk}&episode={task.episode_id}&how=phone", _("Log")
    if not task.requirement or task.client_id is None or task.action not in OPENS:
        return page, _("Open")
    name, query, words = OPENS[task.action]
    episode = f"&episode={task.episode_id}" if task.episode_id else ""
    return f"{address(name, task.client_id)}?task={task.pk}{query}{episode}", str(words)
