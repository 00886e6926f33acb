"""Who is looking: the signed-in staff member with the roles and teams they hold today. Built once a request."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from goldthread.access.models import Block, BreakGlass
from goldthread.foundation.accounts.models import User
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership


@dataclass(frozen=True, slots=True)
class Viewer:
    """``teams`` are those worked in, ``supervised`` those supervised, both by id; ``sites`` maps a role to the site that narrows it.

    ``blocked`` are the persons blocked for this viewer, by id. ``has_broken_glass``: some glass of theirs is still open.
    ``glass`` is the broken glass through which the record at hand was opened.
    """

    user: User
    staff: Staff
    at: datetime
    today: date
    request: str
    blocked: frozenset[UUID]
    roles: frozenset[Role] = frozenset()
    teams: frozenset[UUID] = frozenset()
    supervised: frozenset[UUID] = frozenset()
    sites: dict[Role, UUID] = field(default_factory=dict)
    has_broken_glass: bool = True
    glass: UUID | None = None

    @property
    def actor(self) -> Actor:
        """What actions take as ``by=``."""
        return Actor(
            at=self.at,
            today=self.today,
            staff=self.staff.pk,
            name=self.staff.name,
            request=self.request,
            break_glass=self.glass,
        )


def viewer_for(user: User, at: datetime, today: date, request: str) -> Viewer | None:
    """The viewer that *user* is at the instant *at* (agency's date *today*), in two queries;
    in one when the account was read at the entry, with its staff member (StaffBackend).

    None when the account is switched off, the person does not work here today, or holds no role today.
    """
    staff = _staff_of(user)
    if staff is None or not staff.started_on <= today <= (staff.ended_on or today):
        return None
    held = _held(staff, at, today)
    roles = frozenset(Role(word) for word, _ in held if word in Role.values)
    if not roles:
        return None
    return Viewer(
        user=staff.user,
        staff=staff,
        at=at,
        today=today,
        request=request,
        roles=roles,
        teams=frozenset(place for word, place in held if word == "member" and place),
        supervised=frozenset(place for word, place in held if word == "supervises" and place),
        sites={Role(word): place for word, place in held if word in Role.values and place},
        blocked=frozenset(place for word, place in held if word == "blocked" and place),
        has_broken_glass=any(word == "glass" for word, _ in held),
    )


def _staff_of(user: User) -> Staff | None:
    """Read anew, account included, unless this request read them: whoever was switched off a moment ago is out now."""
    if getattr(user, "read_at_entry", False):
        return getattr(user, "staff", None)
    return Staff.objects.select_related("user", "site").filter(user_id=user.pk, user__is_active=True).first()


def _held(staff: Staff, at: datetime, today: date) -> list[tuple[str, UUID | None]]:
    """The roles (with the site that narrows them) and the teams of today, who is blocked, what glass is open: one query."""
    return _HELD.ask(staff=staff.pk, at=at, today=today)


def _build_held() -> QuerySet[Any, Any]:
    on_today = _on(Given("today"))
    roles = RoleAssignment.objects.filter(on_today, staff=Given("staff")).values_list("role", "site_id")
    word = Case(When(supervises=True, then=Value("supervises")), default=Value("member"), output_field=CharField())
    teams = TeamMembership.objects.filter(on_today, staff=Given("staff")).annotate(word=word, place=F("team_id"))
    blocks = Block.objects.filter(on_today, staff=Given("staff")).annotate(word=_word("blocked"), place=F("person_id"))
    glasses = BreakGlass.objects.filter(
        staff=Given("staff"), opened_at__lte=Given("at"), ends_at__gt=Given("at")
    ).annotate(word=_word("glass"), place=F("client_id"))
    return roles.union(*(rows.values_list("word", "place") for rows in (teams, blocks, glasses)), all=True)


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())


def _on(today: date | Given) -> Q:
    """Rows whose days include *today*."""
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


_HELD: Compiled[tuple[str, UUID | None]] = Compiled(_build_held)
