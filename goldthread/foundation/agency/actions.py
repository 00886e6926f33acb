"""What can be done to the agency's profile, its closed days, sites and teams. Closing a place is in workforce: people come first."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.agency.editing import change
from goldthread.foundation.agency.models import Agency, ClosedDay, Site, Team
from goldthread.foundation.agency.queries import is_closed_anyway
from goldthread.foundation.agency.rules import holidays_known
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError

PROFILE = (
    "name",
    "client_word",
    "time_zone",
    "holiday_country",
    "holiday_region",
    "languages",
    "default_language",
    "ask_about_matches",
    "mail_hour",
)
MAIL_HOURS = range(5, 12)
"""Of the morning mail: it is not sent after noon."""
SECURITY = ("mfa_required", "idle_minutes", "session_hours")
LEAST_IDLE, MOST_IDLE = 5, 240
MOST_HOURS = 24


@transaction.atomic
def edit_profile(*, agency: Agency, values: Mapping[str, Any], version: int, by: Actor) -> Agency:
    """Change the profile (fields of ``PROFILE``).

    DomainError: no name, a zone that does not exist, a region without holidays, no language, or a first language that is not
    offered. EditConflict.
    """
    given = {name: values[name] for name in PROFILE if name in values}
    if region := given.get("holiday_region", "").strip():
        given["holiday_region"] = _as_known(given.get("holiday_country", agency.holiday_country), region)
    _check_profile({name: given.get(name, getattr(agency, name)) for name in PROFILE})
    return change(agency, given, version=version, by=by, action="agency.edited", kind="agency")


def _as_known(country: str, region: str) -> str:
    """*region* as its holidays are listed: *ma* is MA."""
    return region if holidays_known(country, region) else region.upper()


def _check_profile(values: Mapping[str, Any]) -> None:
    if not values["name"].strip():
        raise DomainError(_("The agency needs a name."), "name")
    if values["time_zone"] not in available_timezones():
        raise DomainError(_("Choose a time zone from the list."), "time_zone")
    if values["holiday_country"] and not holidays_known(values["holiday_country"], values["holiday_region"]):
        text = _("No public holidays are known of this state or region. Write its short form, as MA or TX.")
        raise DomainError(text, "holiday_region")
    if not values["languages"]:
        raise DomainError(_("Choose at least one language."), "languages")
    if values["default_language"] not in values["languages"]:
        raise DomainError(_("A new account needs a language that is offered."), "default_language")
    if values["mail_hour"] is not None and values["mail_hour"] not in MAIL_HOURS:
        raise DomainError(_("Choose an hour of the morning."), "mail_hour")


@transaction.atomic
def edit_security(*, agency: Agency, values: Mapping[str, Any], version: int, by: Actor) -> Agency:
    """Change what is asked at sign-in and how long a session lasts (fields of ``SECURITY``). DomainError: limits. EditConflict."""
    given = {name: values[name] for name in SECURITY}
    if not LEAST_IDLE <= given["idle_minutes"] <= MOST_IDLE:
        text = _("Between %(least)s and %(most)s minutes.") % {"least": LEAST_IDLE, "most": MOST_IDLE}
        raise DomainError(text, "idle_minutes")
    if not 1 <= given["session_hours"] <= MOST_HOURS:
        raise DomainError(_("Between 1 and %(most)s hours.") % {"most": MOST_HOURS}, "session_hours")
    if given["idle_minutes"] > given["session_hours"] * 60:
        raise DomainError(_("The pause cannot be longer than the whole session."), "idle_minutes")
    return change(agency, given, version=version, by=by, action="agency.secured", kind="agency")


@transaction.atomic
def add_closed_day(*, agency: Agency, day: date, name: str, works: bool, by: Actor, form_id: UUID) -> ClosedDay:
    """Close the agency on *day*; or (*works*) say that it works on a public holiday or weekend. Twice is once.

    DomainError: the day is listed already, or is already what was asked for.
    """
    if made := ClosedDay.objects.filter(pk=form_id).first():
        return made
    if ClosedDay.objects.filter(day=day).exists():
        raise DomainError(_("This day is listed already."), "day")
    closed = is_closed_anyway(agency, day)
    if works and not closed:
        raise DomainError(_("This is a working day already."), "day")
    if closed and not works:
        raise DomainError(_("The agency is closed on this day already."), "day")
    row = ClosedDay(pk=form_id, day=day, name=name.strip(), open=works)
    row.save(force_insert=True)
    record(by=by, action="agency.day_added", kind="closed_day", object_id=row.pk, details={"day": str(day)})
    return row


@transaction.atomic
def remove_closed_day(*, row: ClosedDay, by: Actor) -> None:
    """Take *row* off the list: the day is what the calendar says again. Removing it twice changes nothing."""
    gone, _rows = ClosedDay.objects.filter(pk=row.pk).delete()
    if gone:
        record(by=by, action="agency.day_removed", kind="closed_day", object_id=row.pk, details={"day": str(row.day)})


@transaction.atomic
def add_site(*, name: str, address: str, phone: str, by: Actor, form_id: UUID) -> Site:
    """Add a place the agency works from. Twice is once. DomainError: no name, or one that is taken."""
    if made := Site.objects.filter(pk=form_id).first():
        return made
    _check_name(Site, name)
    site = Site(pk=form_id, name=name.strip(), address=address, phone=phone)
    site.save(force_insert=True)
    record(by=by, action="agency.site_added", kind="site", object_id=site.pk, details={"who": by.name})
    return site


@transaction.atomic
def edit_site(*, site: Site, values: Mapping[str, Any], version: int, by: Actor) -> Site:
    """Change name, address or phone of *site*. DomainError: the name is taken. EditConflict."""
    _check_name(Site, values["name"], site.pk)
    return change(site, values, version=version, by=by, action="agency.site_edited", kind="site")


@transaction.atomic
def add_team(*, name: str, site: Site, by: Actor, form_id: UUID) -> Team:
    """Add a team at *site*. Twice is once. DomainError: no name, or one that is taken."""
    if made := Team.objects.filter(pk=form_id).first():
        return made
    _check_name(Team, name)
    team = Team(pk=form_id, name=name.strip(), site=site)
    team.save(force_insert=True)
    record(by=by, action="agency.team_added", kind="team", object_id=team.pk, details={"who": by.name})
    return team


@transaction.atomic
def edit_team(*, team: Team, values: Mapping[str, Any], version: int, by: Actor) -> Team:
    """Change name or site of *team*. DomainError: the name is taken. EditConflict."""
    _check_name(Team, values["name"], team.pk)
    return change(team, values, version=version, by=by, action="agency.team_edited", kind="team")


def _check_name(model: type[Site] | type[Team], name: str, own: UUID | None = None) -> None:
    if not name.strip():
        raise DomainError(_("Give it a name."), "name")
    named = model._default_manager.filter(name__iexact=name.strip())
    if (named.exclude(pk=own) if own else named).exists():
        raise DomainError(_("This name is taken."), "name")
