"""Where a thread breaks. Each kind is also asked of the database for many clients at once (``queries.many``); a test holds both
against each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from goldthread.casework.thread.rules.known import ContactKnown, Known
from goldthread.foundation.programs.enums import Break as BreakKind


@dataclass(frozen=True, slots=True)
class Break:
    """One break: at what (its id), in whose words, and since when the thread has been broken there."""

    kind: BreakKind
    at: UUID
    words: str
    since: date


def breaks(known: Known, on: date) -> list[Break]:
    """Every break of one client's thread on the day *on*, in the order of the thread, the oldest of each kind first."""
    found = [*_beginnings(known, on), *_goals(known, on), *_services(known, on), *_contacts(known, on)]
    order = list(BreakKind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.since, one.at))


def _beginnings(known: Known, on: date) -> Iterator[Break]:
    for due in known.assessments_due:
        if due.due_on < on:
            yield Break(BreakKind.ASSESSMENT_OLD, due.task, due.words, due.due_on)
    answered = {need for goal in known.goals if goal.open for need in goal.needs}
    for need in known.needs:
        if need.open and need.id not in answered and not need.answered_out_of_sight:
            yield Break(BreakKind.NEED_WITHOUT_GOAL, need.id, need.words, need.raised_on)
    for plan in known.plans:
        if not plan.signed_by_person and _past(plan.asked_on, known.limits.sign, on):
            yield Break(BreakKind.PLAN_UNSIGNED, plan.id, "", plan.asked_on)


def _goals(known: Known, on: date) -> Iterator[Break]:
    stepped = {step.goal for step in known.steps if step.state != "dropped"}
    for goal in known.goals:
        if not goal.open:
            continue
        if not goal.needs:
            yield Break(BreakKind.GOAL_WITHOUT_NEED, goal.id, goal.words, goal.opened_on)
        if goal.id not in stepped:
            yield Break(BreakKind.GOAL_WITHOUT_STEP, goal.id, goal.words, goal.opened_on)
        if goal.target_on and goal.target_on < on:
            yield Break(BreakKind.GOAL_PAST, goal.id, goal.words, goal.target_on)
        heard = max(goal.opened_on, goal.last_contact_on or goal.opened_on)
        if _past(heard, goal.silent_days or known.limits.contact, on):
            yield Break(BreakKind.GOAL_SILENT, goal.id, goal.words, heard)


def _services(known: Known, on: date) -> Iterator[Break]:
    for service in known.services:
        if not service.confirmed and _past(service.agreed_on, known.limits.confirm, on):
            yield Break(BreakKind.SERVICE_UNCONFIRMED, service.id, service.words, service.agreed_on)
        if service.ended_on and not service.helped and _past(service.ended_on, known.limits.answer, on):
            yield Break(BreakKind.OUTCOME_UNKNOWN, service.id, service.words, service.ended_on)


def _contacts(known: Known, on: date) -> Iterator[Break]:
    for contact in asked_contacts(known, on):
        if not contact.goals and not contact.served_out_of_sight:
            yield Break(BreakKind.CONTACT_WITHOUT_GOAL, contact.id, contact.words, contact.on)


def asked_contacts(known: Known, on: date) -> list[ContactKnown]:
    """The contacts that should have served a goal: since there is a plan, and not too long ago."""
    if known.planned_since is None:
        return []
    first = max(known.planned_since, on - timedelta(days=known.limits.look_back))
    return [contact for contact in known.contacts if first <= contact.on <= on]


def _past(since: date, days: int, on: date) -> bool:
    """Have more than *days* days gone by since *since*?"""
    return on > since + timedelta(days=days)
