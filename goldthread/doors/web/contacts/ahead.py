"""*When you sign*: what signing will do, worked out by the same rules. Writes nothing."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from goldthread.access.acts import Act
from goldthread.casework.contacts.enums import ACTIVITIES, Went
from goldthread.casework.contacts.proof import events_of, evidence_of
from goldthread.casework.contacts.queries import known_for
from goldthread.casework.contacts.rules.checklists import NO
from goldthread.casework.contacts.rules.checks import three_questions
from goldthread.casework.contacts.rules.known import Known
from goldthread.casework.contacts.rules.minutes import is_late, split
from goldthread.casework.contacts.rules.written import Goal, Service, Written
from goldthread.casework.plans.toward import AtWork
from goldthread.casework.tasks.actions.evidence import NewEvidence
from goldthread.casework.tasks.queries.histories import Loaded, histories_of
from goldthread.casework.tasks.rules.engine import Standing, touched, work_out
from goldthread.casework.tasks.rules.history import in_order
from goldthread.doors.web.contacts.offered import Offered, offer
from goldthread.doors.web.contacts.reading_form import Reader
from goldthread.doors.web.contacts.refit import refit
from goldthread.doors.web.contacts.toward import mended, names_plan
from goldthread.doors.web.contacts.typed import Typed, of_form
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import Clock, State
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that signing does."""

    icon: str
    words: str
    tone: str = ""


@require_POST
@client_page(Act.WRITE_CONTACT, while_typing=True)
def when_you_sign(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The panel beside the note, for what is typed now."""
    typed = of_form(request.POST)
    offered = offer(
        request.viewer,
        client,
        typed.one("episode"),
        typed.many("who"),
        planned=names_plan(typed),
        replaces=typed.one("replaces"),
    )
    lines = consequences(request, offered, typed, row)
    return render(request, "contacts/parts/ahead.html", {"lines": lines})


def consequences(request: StaffRequest, offered: Offered, typed: Typed, row: UUID) -> list[Line]:
    """What signing what is typed would do, the most important first."""
    viewer, zone = request.viewer, timezone.get_current_timezone()
    note = Reader(refit(viewer, offered, typed), offered, viewer.today).note()
    people = {one.pk: one for one in offered.clients}
    known = known_for(note, zone=zone, by=viewer.actor, episode=offered.episode, people=people)
    return [
        *_first(note),
        *thread_lines(note, offered.plan, offered.silent_days, viewer.today),
        *_requirements(note, offered, zone, viewer.today, row),
        *_made(note),
        *counted(note, zone),
        *_state(note, known),
    ]


def _first(note: Written) -> Iterator[Line]:
    """What signing will ask for, and would be easy to overlook."""
    if question := three_questions(note):
        yield Line("alert", str(question.message), "amber")


def thread_lines(note: Written, plan: AtWork, silent: int, today: date) -> Iterator[Line]:
    """What it does to the plan, and which breaks of the thread it mends."""
    if note.attempted:
        return
    for words in mended(note, plan, silent, today):
        yield Line("check", words, "gold")
    for service in note.services:
        yield from _of_service(service, plan)
    for goal in note.goals:
        yield from _of_goal(goal)


def _of_service(service: Service, plan: AtWork) -> Iterator[Line]:
    if service.news:
        yield Line("check", _("Mends the thread: “%(what)s” is known to be given") % {"what": service.words}, "gold")
    if service.ended:
        yield Line("check", _("“%(what)s” has ended") % {"what": service.words})
    known = next((one for one in plan.services if one.id == service.id), None)
    if service.helped and known and known.ended_on and not known.helped:
        yield Line("check", _("Mends the thread: whether “%(what)s” helped is known") % {"what": service.words}, "gold")


def _of_goal(goal: Goal) -> Iterator[Line]:
    if goal.id:
        told = {"goal": goal.words, "went": str(Went(goal.went).label).lower()}
        yield Line("check", _("Progress on “%(goal)s”: %(went)s") % told)
    for _pk, step in goal.steps:
        yield Line("check", _("Step done: %(what)s") % {"what": step})


def _requirements(note: Written, offered: Offered, zone: tzinfo, today: date, row: UUID) -> Iterator[Line]:
    """Which requirements it meets, and when they come next: the engine asked twice, without and with this note."""
    if offered.episode is None:
        return
    clients = {one.pk: one for one in offered.clients}
    evidence = evidence_of(note, episode=offered.episode, clients=clients, zone=zone, labels=0)
    loaded = histories_of([offered.episode], today, {offered.episode.program_id: offered.rules})
    if not evidence or not loaded or note.day is None or note.day > today:
        return
    told = met_by(loaded[0], evidence, row, today)
    for words in told:
        yield Line("check", words)
    if not told:
        yield Line(
            "info", _("Counts as a try.") if note.attempted else _("Meets no requirement of the program by itself.")
        )


def met_by(loaded: Loaded, evidence: list[NewEvidence], row: UUID, today: date) -> list[str]:
    """What *evidence* of the note *row* meets, in words, each once: the engine is asked twice, without and with it."""
    events = events_of(evidence, row)
    history, rules = loaded.history, loaded.rules
    new = replace(history, events=in_order([*history.events, *events], history.zone))
    keys = touched(rules, today, events)
    before, after = work_out(history, rules, today, only=keys), work_out(new, rules, today, only=keys)
    ids: set[Hashable] = {event.id for event in events}
    told = (_met(standing, before, ids, today) for standing in after)
    return list(dict.fromkeys(words for words in told if words))


def _met(after: Standing, before: list[Standing], ids: set[Hashable], today: date) -> str | None:
    one = after.obligation
    title = spoken(after.requirement.title)
    if after.state == State.MET and one.met_by in ids:
        if one.clock == Clock.PERIOD and one.period:
            return _("%(what)s: done until %(day)s") % {"what": title, "day": _day(one.period[1], today)}
        return _("%(what)s: done") % {"what": title}
    if one.clock != Clock.LAST or one.due is None:
        return None
    was = [s.obligation for s in before if s.key == after.key and s.obligation.member == one.member]
    if any(old.due == one.due and old.occurrence == one.occurrence for old in was):
        return None
    return _("%(what)s: done; next by %(day)s") % {"what": title, "day": _day(one.due, today)}


def _made(note: Written) -> Iterator[Line]:
    """Tasks and concerns."""
    if note.safety_concern:
        yield Line("shield", _("The guide to a safety report opens"), "red")
    if note.next_step and note.next_on:
        words = {"what": note.next_step, "day": date_format(note.next_on, "D j M")}
        yield Line("check", _("Task for you: %(what)s, %(day)s") % words)
    if note.settles and not note.attempted:
        yield Line("check", _("The task you came from is done"))
    wrong = sum(answer == NO for said in note.checklists for answer, _words in said.answers.values())
    if wrong:
        yield Line(
            "flag", ngettext("%(n)d concern is raised", "%(n)d concerns are raised", wrong) % {"n": wrong}, "amber"
        )


def counted(note: Written, zone: tzinfo) -> Iterator[Line]:
    """Minutes, miles, goals, pages."""
    minutes = note.minutes(zone)
    if minutes and note.activities:
        shares = split(minutes, note.activities)
        told = ", ".join(f"{ACTIVITIES[one]} {value}" for one, value in shares.items())
        yield Line("clock", _("%(all)d minutes: %(each)s") % {"all": minutes, "each": told})
    if note.miles:
        yield Line("pin", _("%(miles)s miles") % {"miles": note.miles})
    free = sum(goal.id is None for goal in note.goals)
    if free:
        yield Line("check", ngettext("Progress on %(n)d goal", "Progress on %(n)d goals", free) % {"n": free})
    if len(note.parts) > 1:
        yield Line("people", _("Stands on the pages of %(n)d clients") % {"n": len(note.parts)})


def _state(note: Written, known: Known) -> Iterator[Line]:
    """What the signature is: late, or to be co-signed."""
    if note.day and is_late(note.day, known.today, known.late_after):
        days = (known.today - note.day).days
        yield Line("hour", _("Marked as written late, %(n)d days after") % {"n": days}, "amber")
    if known.cosign:
        yield Line("people", _("Goes to your supervisor for the co-signature"))


def _day(day: date, today: date) -> str:
    return date_format(day, "D j M" if day.year == today.year else "j M Y")
