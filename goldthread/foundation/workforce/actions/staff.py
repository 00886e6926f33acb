"""Adding people who work here, and changing what is known of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.accounts import actions as accounts
from goldthread.foundation.agency.editing import change
from goldthread.foundation.agency.models import Site, Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.actions.guards import write
from goldthread.foundation.workforce.actions.roles import give_role
from goldthread.foundation.workforce.actions.teams import join_team
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff


@transaction.atomic
def add_staff(
    *,
    form_id: UUID,
    name: str,
    email: str,
    started_on: date,
    roles: Iterable[Role],
    by: Actor,
    title: str = "",
    phone: str = "",
    site: Site | None = None,
    team: Team | None = None,
    supervises: bool = False,
    language: str = "en",
    languages: Iterable[str] = (),
) -> Staff:
    """Add somebody who works here, with account, roles and team, and mail them an invitation. Twice is once.

    DomainError: no name, no role, or an email that has an account (field ``email``).
    """
    if made := Staff.objects.filter(pk=form_id).first():
        return made
    wanted = list(roles)
    if not name.strip():
        raise DomainError(_("Say what they are called."), "name")
    if not wanted:
        raise DomainError(_("Choose at least one role. Without a role nobody can open anything."), "roles")
    user = accounts.open_account(email=email, by=by, language=language)
    staff = Staff(pk=form_id, user=user, name=name.strip(), title=title, phone=phone, site=site, started_on=started_on)
    staff.languages = sorted(set(languages))
    staff.save(force_insert=True)
    write(by, "added", staff)
    for role in wanted:
        give_role(staff=staff, role=role, starts_on=started_on, by=by)
    if team:
        join_team(staff=staff, team=team, supervises=supervises, starts_on=started_on, by=by)
    accounts.invite(user=user, by=by)
    return staff


@transaction.atomic
def edit_staff(*, staff: Staff, values: Mapping[str, Any], version: int, by: Actor) -> Staff:
    """Change name, title, phone, site or languages. DomainError: no name. EditConflict."""
    if not values["name"].strip():
        raise DomainError(_("Say what they are called."), "name")
    return change(staff, values, version=version, by=by, action="workforce.edited", kind="staff")


@transaction.atomic
def invite_again(*, staff: Staff, by: Actor) -> None:
    """Mail a new invitation; links sent before stop working. DomainError: they have a password already, or have left."""
    if staff.user.has_usable_password():
        raise DomainError(_("They have signed in already. They can ask for a new password on the sign-in page."))
    if not staff.user.is_active:
        raise DomainError(_("This account is switched off."))
    accounts.invite(user=staff.user, by=by)
