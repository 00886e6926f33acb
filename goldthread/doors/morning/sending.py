"""The morning mail: when it is time, whose turn it is, and that nobody gets it twice."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer, viewer_for
from goldthread.casework.caseload.models import Cover
from goldthread.doors.morning.day import Counts, counts_of
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.agency.queries import calendar_of, the_agency
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.origin import current_origin
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import working_on

log = logging.getLogger("goldthread.jobs")
NOON = 12
"""A list of the morning that comes after noon is worse than none."""
TURN = timedelta(minutes=20)
"""How long whoever took a turn may be at it. Then nobody knows whether the mail went, and it is sent (again): docs/adr/0062."""
AT_ONCE = 25
"""Workers of one turn: then other jobs, the audit's sealer before all, get theirs."""


def is_time(agency: Agency, at: datetime) -> bool:
    """Is the instant *at*, on the agency's wall clock, in the morning of a worked day, not before its hour? One query at most."""
    local = at.astimezone(ZoneInfo(agency.time_zone))
    if agency.mail_hour is None or not agency.mail_hour <= local.hour < NOON:
        return False
    return calendar_of(agency, [local.year]).is_business_day(local.date())


def turn_of(by: Actor) -> QuerySet[Staff]:
    """Who wants a mail today, is not away, and has not had their turn."""
    today = by.today
    away = Cover.objects.filter(absent=OuterRef("pk"), starts_on__lte=today, ends_on__gte=today)
    wants = F("morning_mail_days").bitand(1 << today.weekday())
    waiting = Staff.objects.filter(working_on(today), _not_yet(by)).annotate(wants=wants)
    return waiting.filter(~Exists(away), wants__gt=0).select_related("user").order_by("pk")


def send_some(by: Actor) -> bool:
    """Mail the next few workers whose turn it is. Are there more?

    Errors of the mail server are raised: the job is tried again, whoever had their turn keeps it.
    """
    agency = the_agency()
    if agency is None or not is_time(agency, by.at):
        return False
    staff = list(turn_of(by)[:AT_ONCE])
    if not staff:
        return False
    with (
        get_connection() as server
    ):  # opened before anybody's turn is taken: a server that is away costs nobody their mail
        for one in staff:
            _take_turn(one, by, server)
    return len(staff) == AT_ONCE


def _take_turn(staff: Staff, by: Actor, server: Any) -> None:
    """Count, take the turn, send, and note that it went. A turn that ends without a note is somebody's again after `TURN`."""
    viewer = viewer_for(staff.user, at=by.at, today=by.today, request=by.request)
    counts = counts_of(viewer) if viewer and gate.may(viewer, Act.WRITE_TASK) else Counts()
    if not _claimed(staff, by):
        return
    if counts and viewer is not None:
        try:
            letter_to(viewer, counts, server).send()
        except SMTPRecipientsRefused as error:  # their address alone is wrong: the others are served
            log.warning("morning mail refused", extra={"error": type(error).__qualname__})
        except SMTPResponseException:  # the server said no, so it was not sent: no need to wait
            Staff.objects.filter(pk=staff.pk, morning_mail_turn=by.at).update(morning_mail_turn=None)
            raise
    Staff.objects.filter(pk=staff.pk).update(morning_mail_on=by.today, morning_mail_turn=None)


def _claimed(staff: Staff, by: Actor) -> bool:
    """Is this turn ours? One statement: of two workers who race, one changes the row."""
    return Staff.objects.filter(_not_yet(by), pk=staff.pk).update(morning_mail_turn=by.at) == 1


def _not_yet(by: Actor) -> Q:
    """Nothing went today, and nobody is at it."""
    unsent = Q(morning_mail_on__isnull=True) | Q(morning_mail_on__lt=by.today)
    free = Q(morning_mail_turn__isnull=True) | Q(morning_mail_turn__lte=by.at - TURN)
    return unsent & free


def letter_to(viewer: Viewer, counts: Counts, server: Any = None) -> EmailMultiAlternatives:
    """The mail in the reader's language. It says how many, and never who, what or in which program (42 CFR Part 2)."""
    about = {
        "counts": counts,
        "day": current_origin() + reverse("day:my_day"),
        "settings": f"{current_origin()}{reverse('account:profile')}#morning",
    }
    with translation.override(viewer.user.language):
        about["language"] = viewer.user.language
        return EmailMultiAlternatives(
            subject=_("Your day"),
            body=render_to_string("morning/mail.txt", about).strip() + "\n",
            to=[viewer.user.email],
            alternatives=[(render_to_string("morning/mail.html", about), "text/html")],
            headers={"Auto-Submitted": "auto-generated", "Message-ID": _id(viewer)},
            connection=server,
        )


def _id(viewer: Viewer) -> str:
    """One a reader and day: a mail that is sent again, since nobody knows whether it went, is the same mail."""
    return (
        f"<morning.{viewer.today.isoformat()}.{viewer.user.pk}@{urlsplit(current_origin()).hostname or 'goldthread'}>"
    )
