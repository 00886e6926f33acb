"""Who is looking: the signed-in staff member with the roles and teams they hold today. Built once a request."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from goldthread.foundation.accounts.models import User
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff


@dataclass(frozen=True, slots=True)
class Viewer:
    """``teams`` are those worked in, ``supervised`` those supervised, both by id; ``sites`` maps a role to the site that narrows it."""

    user: User
    staff: Staff
    at: datetime
    today: date
    request: str
    roles: frozenset[Role] = frozenset()
    teams: frozenset[UUID] = frozenset()
    supervised: frozenset[UUID] = frozenset()
    sites: dict[Role, UUID] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """What actions take as ``by=``."""
        return Actor(at=self.at, today=self.today, staff=self.staff.pk, name=self.staff.name, request=self.request)
