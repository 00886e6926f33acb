"""A plan is begun, written, amended, reviewed, withdrawn."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.plans.actions.common import lock_version, staff_of, told
from goldthread.casework.plans.enums import GoalState, SignatureState, VersionKind, VersionState
from goldthread.casework.plans.models import Goal, Plan, PlanVersion
from goldthread.casework.plans.queries import version_in_force, version_in_the_making
from goldthread.casework.plans.rules.document import copy_of, empty, goal_ids, reviewed, without_goals
from goldthread.casework.plans.rules.editing import Edit, apply
from goldthread.casework.plans.rules.projecting import CLOSED_BY
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons.models import Person


@transaction.atomic
def begin_plan(
    *,
    episode: Episode,
    person: Person,
    by: Actor,
    copied_from: PlanVersion | None = None,
    form_id: UUID | None = None,
) -> PlanVersion:
    """Begin the plan of *episode*, on the page of *person*: blank, or with the words of *copied_from*, which it then says.

    The same *form_id* begins one. A plan that is there already is not begun again: its version in the making, if there is none
    an amendment of the one in force, is returned. DomainError: the episode has ended.
    """
    found = Episode.objects.select_for_update(no_key=True).get(pk=episode.pk)
    if form_id and (made := PlanVersion.objects.filter(pk=form_id).first()):
        return made
    if found.discharged_on is not None:
        raise DomainError(_("This episode has ended: no plan is begun for it any more."))
    plan = (
        Plan.objects.select_for_update(no_key=True).filter(episode=found).first()
    )  # as who amends it does: one number each
    if plan and (there := version_in_the_making(plan)):
        return there
    if plan and version_in_force(plan):
        return _next(plan, VersionKind.AMENDMENT, _("Begun again"), by, form_id)
    labels = labels_for(found)
    plan = plan or Plan.objects.create(
        episode=found, person=person, made_by_id=staff_of(by), made_at=by.at, labels=labels
    )
    content = copy_of(copied_from.content, new_ids=iter(new_id, None)) if copied_from else empty()
    version = _version(plan, VersionKind.FIRST, content, by, form_id)
    version.copied_from = copied_from
    version.save(force_insert=True)
    told(version, "plans.begun", by)
    return version


@transaction.atomic
def edit(*, version: PlanVersion, edits: Sequence[Edit], by: Actor) -> PlanVersion:
    """Make *edits* in the draft. EditConflict: somebody wrote something else there since; nothing of *edits* is kept then.

    DomainError: it is no draft any more, or what is written cannot stand there.
    """
    found = lock_version(version)
    if found.state == VersionState.SIGNING:
        raise DomainError(_("This version waits for signatures. Take the request back to change it."))
    if found.state != VersionState.DRAFT:
        raise DomainError(_("This version is not written any more. Amend the plan instead."))
    content = found.content
    for one in edits:
        content = apply(content, one)
    if content == found.content:
        return found
    found.content, found.edit, found.saved_at = content, found.edit + 1, by.at
    found.edited_by = sorted({*found.edited_by, str(staff_of(by))})
    found.save(update_fields=["content", "edit", "saved_at", "edited_by"])
    told(found, "plans.edited", by)
    return found


@transaction.atomic
def amend(*, plan: Plan, reason: str, by: Actor, form_id: UUID | None = None) -> PlanVersion:
    """Begin a version that changes the one in force, for *reason*. One is in the making already: that one is returned.

    DomainError: nothing is in force, or no reason.
    """
    return _following(plan, VersionKind.AMENDMENT, reason, by, form_id)


@transaction.atomic
def begin_review(*, plan: Plan, by: Actor, form_id: UUID | None = None) -> PlanVersion:
    """Begin the review: a version in which something is said of each goal. Otherwise as amend."""
    return _following(plan, VersionKind.REVIEW, _("Review"), by, form_id)


@transaction.atomic
def withdraw(*, version: PlanVersion, reason: str, by: Actor) -> PlanVersion:
    """The version in the making is given up, with a reason; what is in force stays. DomainError otherwise."""
    found = lock_version(version)
    if found.state == VersionState.WITHDRAWN:
        return found
    if found.state not in (VersionState.DRAFT, VersionState.SIGNING):
        raise DomainError(_("This version is in force, or was. It cannot be given up."))
    if not tidy(reason):
        raise DomainError(_("Say why."), "reason")
    found.state, found.reason, found.digest = VersionState.WITHDRAWN, tidy(reason)[:300], ""
    found.save(update_fields=["state", "reason", "digest"])
    found.signatures.filter(state=SignatureState.ASKED).update(state=SignatureState.WITHDRAWN, token_digest="")
    told(found, "plans.withdrawn", by)
    return found


def _following(plan: Plan, kind: VersionKind, reason: str, by: Actor, form_id: UUID | None) -> PlanVersion:
    locked = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if made := made_before(PlanVersion, form_id, plan_id=plan.pk):
        return made
    if there := version_in_the_making(locked):
        return there
    if locked.episode.discharged_on is not None:
        raise DomainError(_("This episode has ended: its plan is not changed any more."))
    if not tidy(reason):
        raise DomainError(_("Say why."), "reason")
    return _next(locked, kind, reason, by, form_id)


def _next(plan: Plan, kind: VersionKind, reason: str, by: Actor, form_id: UUID | None) -> PlanVersion:
    now = version_in_force(plan)
    if now is None:
        raise DomainError(_("No version of this plan is in force yet."))
    version = _version(plan, kind, _carried_on(now, kind), by, form_id)
    version.reason = tidy(reason)[:300]
    version.save(force_insert=True)
    told(version, "plans.begun", by)
    return version


def _carried_on(now: PlanVersion, kind: VersionKind) -> dict[str, Any]:
    """What the version after *now* begins with: its words, without the goals that its review has closed. A review finds what was
    said of goals that were closed since."""
    closed = {str(one.pk): one for one in Goal.objects.filter(plan=now.plan_id).exclude(state=GoalState.OPEN)}
    settled = [pk for pk in closed if reviewed(now.content, pk).get("answer") in CLOSED_BY]
    content = without_goals(copy_of(now.content), settled)
    if kind == VersionKind.REVIEW:
        answers = {state: answer for answer, state in CLOSED_BY.items()}
        for pk in goal_ids(content):
            if pk in closed:
                one = closed[pk]
                content["review"][pk] = {"answer": answers[GoalState(one.state)], "why": one.outcome}
    return content


def _version(plan: Plan, kind: VersionKind, content: dict[str, Any], by: Actor, form_id: UUID | None) -> PlanVersion:
    return PlanVersion(
        id=form_id or new_id(),
        plan=plan,
        number=plan.versions.count() + 1,
        kind=kind,
        content=content,
        made_by_id=staff_of(by),
        made_at=by.at,
        saved_at=by.at,
        labels=plan.labels,
    )
