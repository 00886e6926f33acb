"""The first run: an installation without an agency gets its profile and its first administrator, exactly once."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goldthread.foundation.accounts.models import User
from goldthread.foundation.accounts.trail import note
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What is asked at the first run."""

    agency: str
    client_word: str
    time_zone: str
    holiday_region: str
    name: str
    email: str
    password: str
    language: str = "en"


def set_up_agency(*, said: FirstRun, by: Actor) -> User:
    """Make the agency and its first administrator. Answers the administrator's account.

    Raises DomainError when there is an agency already; its row, of which there can be one, settles who was first.
    """
    try:
        with transaction.atomic():
            Agency(
                name=said.agency,
                client_word=said.client_word,
                time_zone=said.time_zone,
                holiday_region=said.holiday_region,
                languages=["en", "es"],
                default_language=said.language,
            ).save(force_insert=True)
            return _first_administrator(said, by)
    except IntegrityError as error:
        raise DomainError(_("The agency is set up already. Sign in.")) from error


def _first_administrator(said: FirstRun, by: Actor) -> User:
    user = User.objects.create_user(said.email, said.password, language=said.language)
    staff = Staff.objects.create(user=user, name=said.name, started_on=by.today)
    RoleAssignment.objects.create(staff=staff, role=Role.ADMINISTRATOR, starts_on=by.today)
    note(by=by, action="agency.set_up", user=user)
    return user
