"""What was decided happens, each by the action of its own room; and is brought back when the discharge is taken back."""

from collections.abc import Callable
from typing import Any

from goldthread.casework.contacts.actions.concerns import hand_on as hand_concern_on
from goldthread.casework.contacts.actions.concerns import let_go
from goldthread.casework.contacts.models import Concern
from goldthread.casework.discharge.enums import Decision, ItemKind
from goldthread.casework.discharge.models import Settlement
from goldthread.casework.documents.actions import need_not_renew
from goldthread.casework.documents.models import Document
from goldthread.casework.intake.actions.hand_offs import SOURCE as HAND_OFF
from goldthread.casework.intake.actions.hand_offs import answer_hand_off
from goldthread.casework.intake.enums import HandOffState
from goldthread.casework.intake.models import HandOff
from goldthread.casework.plans.actions.working import drop_step, finish_step, note_service, reopen_step
from goldthread.casework.plans.enums import StepState
from goldthread.casework.plans.models import PlannedService, Step
from goldthread.casework.schedule.actions.settling import attend
from goldthread.casework.schedule.actions.staying_on import bring_back as bring_appointments_back
from goldthread.casework.schedule.actions.staying_on import let_stand, plan_again
from goldthread.casework.schedule.enums import AppointmentState, Which
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import following
from goldthread.casework.tasks.actions.at_the_end import bring_back as bring_task_back
from goldthread.casework.tasks.actions.at_the_end import close_for_good, hand_on
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff

D = Decision


def apply(one: Settlement, by: Actor) -> None:
    """Do what *one* decided, and keep how it stood before and stands now. Whoever calls holds the way out, and has checked."""
    one.before = _DEEDS[ItemKind(one.kind)](one, by)
    one.stamp_after = str(one.before.pop("after", "")) or "done"
    one.save(update_fields=["before", "stamp_after"])


def bring_back(one: Settlement, by: Actor, at: Any) -> bool:
    """Undo what *one* did, unless the thing changed since. True also where nothing was done that has to be undone."""
    back = _BACK.get(ItemKind(one.kind))
    return back(one, by, at) if back else True


def _task(one: Settlement, by: Actor) -> dict[str, Any]:
    task = Task.objects.get(pk=one.source_id)
    if one.decision == D.COLLEAGUE and one.to_staff:
        stood = hand_on(task=task, to=one.to_staff, by=by)
    else:
        done_on = (one.on or by.today) if one.decision == D.DONE else None
        stood = close_for_good(task=task, done_on=done_on, note=one.words, by=by)
    return {"stood": stood, "after": Task.objects.values_list("version", flat=True).get(pk=task.pk)}


def _task_back(one: Settlement, by: Actor, at: Any) -> bool:
    return bring_task_back(task=one.source_id, before=one.before["stood"], version=int(one.stamp_after), by=by)


def _step(one: Settlement, by: Actor) -> dict[str, Any]:
    step = Step.objects.get(pk=one.source_id)
    if one.decision == D.DONE:
        finish_step(step=step, done_on=one.on or by.today, by=by)
        return {"after": StepState.DONE}
    drop_step(step=step, reason=one.words, by=by)
    return {"after": StepState.DROPPED}


def _step_back(one: Settlement, by: Actor, at: Any) -> bool:
    step = Step.objects.select_related("goal__episode").get(pk=one.source_id)
    if step.state != one.stamp_after:
        return step.state == StepState.OPEN
    return reopen_step(step=step, by=by).state == StepState.OPEN


def _appointment(one: Settlement, by: Actor) -> dict[str, Any]:
    first = Appointment.objects.get(pk=one.source_id)
    rows = following(first)
    if one.decision == D.CANCEL:
        state = AppointmentState.CANCELLED_BY_US
        attend(appointment=first, state=state, reason=one.words[:300], which=Which.FOLLOWING, by=by)
        return {"ids": [str(row.pk) for row in rows], "after": "off"}
    stood = let_stand(rows=rows, to=one.to_staff, by=by)
    versions = Appointment.objects.filter(pk__in=stood).values_list("version", flat=True)
    return {"stood": stood, "after": sum(versions)}


def _appointment_back(one: Settlement, by: Actor, at: Any) -> bool:
    if one.decision == D.CANCEL:
        ids = one.before["ids"]
        plan_again(rows=ids, at=at, by=by)
        return not Appointment.objects.filter(pk__in=ids).exclude(state=AppointmentState.PLANNED).exists()
    return bring_appointments_back(before=one.before["stood"], version_sum=int(one.stamp_after), by=by)


def _past(one: Settlement, by: Actor) -> dict[str, Any]:
    states = {
        D.KEPT: AppointmentState.KEPT,
        D.MISSED: AppointmentState.MISSED,
        D.CANCEL: AppointmentState.CANCELLED_BY_US,
    }
    appointment = Appointment.objects.get(pk=one.source_id)
    attend(appointment=appointment, state=states[Decision(one.decision)], reason=one.words[:300], by=by)
    return {}


def _concern(one: Settlement, by: Actor) -> dict[str, Any]:
    concern = Concern.objects.get(pk=one.source_id)
    if one.decision == D.COLLEAGUE and one.to_staff:
        before = str(concern.staff_id)
        after = hand_concern_on(concern=concern, to=one.to_staff, by=by)
        return {"staff": before, "after": after.version}
    let_go(concern=concern, resolution=one.words, by=by)
    return {}


def _concern_back(one: Settlement, by: Actor, at: Any) -> bool:
    concern = Concern.objects.get(pk=one.source_id)
    if one.decision != D.COLLEAGUE or str(concern.version) != one.stamp_after:
        return False
    hand_concern_on(concern=concern, to=Staff.objects.get(pk=one.before["staff"]), by=by)
    return True


def _service(one: Settlement, by: Actor) -> dict[str, Any]:
    service = PlannedService.objects.get(pk=one.source_id)
    if one.decision == D.GOES_ON:
        return {}
    note_service(service=service, ended_on=max(one.on or by.today, service.started_on or date_min(by)), by=by)
    return {"after": PlannedService.objects.values_list("ended_on", flat=True).get(pk=service.pk)}


def date_min(by: Actor) -> Any:
    """A day that is before any other that can be meant."""
    return by.today.replace(year=1900, day=1)


def _service_back(one: Settlement, by: Actor, at: Any) -> bool:
    if one.decision == D.GOES_ON:
        return True
    rows = PlannedService.objects.filter(pk=one.source_id, ended_on=one.stamp_after)
    return bool(rows.update(ended_on=None))


def _document(one: Settlement, by: Actor) -> dict[str, Any]:
    task = Task.objects.get(pk=one.source_id)
    if one.decision == D.COLLEAGUE and one.to_staff:
        stood = hand_on(task=task, to=one.to_staff, by=by)
        return {"stood": stood, "after": Task.objects.values_list("version", flat=True).get(pk=task.pk)}
    document = Document.objects.filter(pk=task.source_id).first() if task.source_id else None
    if document:
        need_not_renew(document=document, by=by)
    return {}


def _document_back(one: Settlement, by: Actor, at: Any) -> bool:
    return _task_back(one, by, at) if one.decision == D.COLLEAGUE else False


def _referred(one: Settlement, by: Actor) -> dict[str, Any]:
    row = HandOff.objects.select_for_update(of=("self",)).get(pk=one.source_id)
    if one.decision == D.COLLEAGUE and one.to_staff:
        task = Task.objects.filter(source_kind=HAND_OFF, source_id=row.pk, state="open").first()
        stood = hand_on(task=task, to=one.to_staff, by=by) if task else {}
        row.owner = one.to_staff
        row.version += 1
        row.save(update_fields=["owner", "version"])
        return {"stood": stood}
    answer = HandOffState.SEEN if one.decision == D.DONE else HandOffState.UNKNOWN
    answer_hand_off(hand_off=row, answer=answer, note=one.words, by=by)
    return {}


def _stays(one: Settlement, by: Actor, at: Any) -> bool:
    """What was said of a referral is said; it is named as what stays."""
    return False


def _nothing(one: Settlement, by: Actor) -> dict[str, Any]:
    """Said, and on paper: there is nothing to do."""
    return {}


_DEEDS: dict[ItemKind, Callable[[Settlement, Actor], dict[str, Any]]] = {
    ItemKind.TASK: _task,
    ItemKind.STEP: _step,
    ItemKind.APPOINTMENT: _appointment,
    ItemKind.PAST: _past,
    ItemKind.CONCERN: _concern,
    ItemKind.SERVICE: _service,
    ItemKind.DOCUMENT: _document,
    ItemKind.HAND_OFF: _nothing,
    ItemKind.REFERRED: _referred,
    ItemKind.NOTE: _nothing,
    ItemKind.ASSESSMENT: _nothing,
}
_BACK: dict[ItemKind, Callable[[Settlement, Actor, Any], bool]] = {
    ItemKind.TASK: _task_back,
    ItemKind.STEP: _step_back,
    ItemKind.APPOINTMENT: _appointment_back,
    ItemKind.CONCERN: _concern_back,
    ItemKind.SERVICE: _service_back,
    ItemKind.DOCUMENT: _document_back,
    ItemKind.REFERRED: _stays,
}
"""Of the others what was said stays said: an appointment of last week took place or did not."""
