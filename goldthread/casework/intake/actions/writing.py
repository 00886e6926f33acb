"""Keeping an inquiry as it is typed: no keystroke is lost, no page writes over another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.intake.enums import Caller, Came, InquiryState
from goldthread.casework.intake.models import AskedProgram, Inquiry, IntakeSettings
from goldthread.casework.intake.notices import tell_of_urgent
from goldthread.casework.intake.rules.due import WEIGHTS, answer_by
from goldthread.casework.intake.rules.said import (
    Clash,
    Said,
    clean,
    many,
    merge,
    name_of,
    one,
    says_anything,
    words_to_find,
)
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.agency.models import Team
from goldthread.foundation.agency.queries import calendar_of, the_agency
from goldthread.foundation.agency.rules import Calendar
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import Urgency
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import in_force, rules_of

SOURCE = "inquiry"
"""What tasks, facts and entries that come of an inquiry name as their source."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The inquiry as it stands; ``clashes``: what another page changed, too, and was left as it is."""

    inquiry: Inquiry
    clashes: tuple[Clash, ...] = ()


@transaction.atomic
def keep(
    *,
    pk: UUID,
    given: Mapping[str, Sequence[str]],
    by: Actor,
    version_seen: int = 0,
    writer: str = "",
    changed: Iterable[str] | None = None,
) -> Kept:
    """Keep what an open page says of the inquiry *pk*; the first time makes it. Every field as ``rules.said`` knows it.

    *version_seen*, *writer*, *changed*: see ``rules.said.merge``. DomainError: it is finished, or nothing was written yet.
    """
    row = Inquiry.objects.select_for_update().filter(pk=pk).first()
    made = row is None
    if row is None:
        row = Inquiry(
            id=pk, version=0, received_by=by.staff, owner_id=by.staff, received_at=by.at, received_on=by.today
        )
        row.due_on = by.today
    elif row.state != InquiryState.OPEN:
        raise DomainError(_("This inquiry is finished. Open it again to change it."))
    merged = merge(
        row.said, row.touched, clean(given), seen=version_seen, version=row.version + 1, writer=writer, changed=changed
    )
    if not made and not merged.changed:
        return Kept(row, merged.clashes)
    if made and not says_anything(merged.said):
        raise DomainError(_("Write something first: a name, or what is wanted."), "given")
    row.said, row.touched = merged.said, merged.touched
    row.version += 1
    project(row, by, made=made, changed=merged.changed)
    if made:
        record(by=by, action="intake.received", kind=SOURCE, object_id=row.pk, details={"came": row.came})
    return Kept(row, merged.clashes)


def project(row: Inquiry, by: Actor, *, made: bool, changed: Iterable[str]) -> None:
    """Work out the columns of *row* from what it says, save it, and bring programs, due date and task up to date."""
    said = row.said
    row.came = _word(Came.values, one(said, "came"), row.came)
    row.urgency = _word([word.value for word in Urgency], one(said, "urgency"), Urgency.ROUTINE.value)
    row.caller = _word(Caller.values, one(said, "caller"), "")
    row.display_name, row.search_text = name_of(said), words_to_find(said)
    row.language = one(said, "language")
    if not made and not {"program", "urgency"} & set(changed):
        row.save()
        return
    programs = asked_programs(said)
    row.labels = labels_for(Unlabelled, *(program.labels for program in programs))
    row.due_on = _due(row, programs, by)
    row.team = _team(row, programs)
    row.save(force_insert=made)
    _ask_for(row, programs)
    follow(row, by)


class Unlabelled:
    """What carries no label of its own."""

    labels = 0


def _word(words: Iterable[str], given: str, otherwise: str) -> str:
    return given if given in list(words) else otherwise


def asked_programs(said: Said) -> list[Program]:
    """The programs that are asked for, by name. One query where there are any."""
    keys = many(said, "program")
    return list(Program.objects.select_related("team").filter(key__in=keys).order_by("name")) if keys else []


def _ask_for(row: Inquiry, programs: list[Program]) -> None:
    had = set(row.asked.values_list("program_id", flat=True))
    wanted = {program.pk for program in programs}
    if gone := had - wanted:
        row.asked.filter(program__in=gone).delete()
    AskedProgram.objects.bulk_create([AskedProgram(inquiry=row, program_id=pk) for pk in sorted(wanted - had)])


def _due(row: Inquiry, programs: list[Program], by: Actor) -> date:
    rules = rules_of([program.pk for program in programs]) if programs else {}
    asked = [in_force(rules[program.pk], by.today).eligibility for program in programs if program.pk in rules]
    return answer_by(Urgency(row.urgency), row.received_on, asked, our_calendar(row.received_on))


def our_calendar(day: date) -> Calendar:
    """The worked days of the agency around *day*."""
    agency = the_agency()
    return calendar_of(agency, (day.year, day.year + 1)) if agency else Calendar()


def _team(row: Inquiry, programs: list[Program]) -> Team | None:
    """Who sees to it: intake; under labels the team of the program that brings them, and nobody else."""
    if row.labels:
        teams = [program.team for program in programs if program.labels == row.labels]
        return teams[0] if teams else None
    settings = IntakeSettings.objects.select_related("team").first()
    own = settings.team if settings else None
    return own or next((program.team for program in programs if program.team), None)


def follow(row: Inquiry, by: Actor) -> None:
    """Bring the task of *row* up to date: there is one as long as it is open and somebody's."""
    task = Task.objects.select_for_update().filter(source_kind=SOURCE, source_id=row.pk).first()
    weight = WEIGHTS[Urgency(row.urgency)]
    if task is None:
        if row.owner_id or row.team_id:
            make_task(
                title=_title(row),
                owner=row.owner,
                team=None if row.owner_id else row.team,
                due_on=row.due_on,
                by=by,
                source_kind=SOURCE,
                source_id=row.pk,
                weight=weight,
                action=SOURCE,
                labels=row.labels,
            )
    else:
        task.title, task.weight, task.labels, task.due_on, task.remind_on = (
            _title(row),
            weight,
            row.labels,
            row.due_on,
            row.due_on,
        )
        task.owner, task.team = row.owner, None if row.owner_id else row.team
        task.state = TaskState.OPEN if row.state == InquiryState.OPEN else TaskState.DONE
        task.done_on = None if row.state == InquiryState.OPEN else by.today
        task.closed_by, task.closed_at = (None, None) if row.state == InquiryState.OPEN else (by.staff, by.at)
        task.late = bool(task.done_on and task.done_on > row.due_on)
        task.version += 1
        task.save()
    if row.state == InquiryState.OPEN and row.urgency != Urgency.ROUTINE:
        tell_of_urgent(row, by)


def _title(row: Inquiry) -> str:
    """No name in it: a task's title is read where its client may not be."""
    agency = the_agency()
    with translation.override(agency.default_language if agency else "en"):
        titles = {
            Urgency.CRISIS: _("Answer an inquiry at once: a crisis"),
            Urgency.URGENT: _("Answer an urgent inquiry"),
            Urgency.ROUTINE: _("Answer an inquiry"),
        }
        return titles[Urgency(row.urgency)]
