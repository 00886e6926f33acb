"""A frozen package is handed over, and asked after until the person was seen there."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goldthread.casework.packages.actions.common import (
    END,
    SOURCE,
    ask_again,
    check_goes_out,
    keep,
    let_go,
    locked,
    tell,
    told,
)
from goldthread.casework.packages.enums import How, PackageState
from goldthread.casework.packages.models import Package
from goldthread.casework.tasks.actions.tasks import settle_source
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.agency.rules import local_date
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.text import tidy

LONGEST = 200
LONGEST_WHY = 300
SHORTEST, LONGEST_DAYS = 1, 90


@transaction.atomic
def hand_over(*, package: Package, to: str, how: str, on: date, every_days: int, by: Actor) -> Package:
    """It went *to* somebody at the agency that the release names, on the day *on*. From now on it is asked after every so many days.

    DomainError: the release no longer holds, a paper in it was removed since, nobody is named, a day that cannot be. Twice changes nothing.
    """
    if Package.objects.filter(pk=package.pk, state=PackageState.HANDED).exists():
        return Package.objects.get(pk=package.pk)
    row = locked(package, PackageState.READY)
    check_goes_out(row, by)
    if not tidy(to):
        raise DomainError(_("Say to whom it was given."), "to")
    if how not in How.values:
        raise DomainError(_("Choose one from the list."), "how")
    if not SHORTEST <= every_days <= LONGEST_DAYS:
        raise DomainError(_("Ask again after 1 to 90 days."), "every_days")
    agency = the_agency()
    frozen_on = local_date(row.frozen_at, agency.time_zone) if row.frozen_at and agency else by.today
    if on > by.today:
        raise DomainError(_("This day has not come yet."), "on")
    if on < min(frozen_on, by.today):
        raise DomainError(_("It was not ready yet on that day."), "on")
    row.state, row.handed_to, row.handed_how, row.handed_on = PackageState.HANDED, tidy(to)[:LONGEST], how, on
    row.handed_by, row.handed_at, row.every_days = by.staff, by.at, every_days
    keep(row, "state", "handed_to", "handed_how", "handed_on", "handed_by", "handed_at", "every_days")
    words = {"who": row.release.recipient, "to": row.handed_to, "how": str(How(how).label)}
    tell(row, _("Handed over to %(who)s") % words, _("To %(to)s. %(how)s.") % words, by)
    told(by, "packages.disclosed", row, **_disclosed(row))
    ask_again(row, by)
    return row


def _disclosed(row: Package) -> dict[str, Any]:
    """For the accounting of disclosures: what kinds of content, by which way, with which fingerprint; no content."""
    return {"sections": list(row.sections), "how": row.handed_how, "on": str(row.handed_on), "digest": row.digest}


@transaction.atomic
def not_yet(*, package: Package, words: str, by: Actor) -> Package:
    """Asked today, and the person was not seen there yet: the question comes again. DomainError: nothing said."""
    row = locked(package, PackageState.HANDED)
    said = tidy(words)
    if not said:
        raise DomainError(_("Say whom you asked, and what they said."), "words")
    line = [by.today.isoformat(), said[:LONGEST_WHY], by.name]
    if row.asked and row.asked[-1] == line:
        return row
    row.asked = [*row.asked, line]
    keep(row, "asked")
    told(by, "packages.asked", row)
    ask_again(row, by)
    return row


@transaction.atomic
def seen_there(*, package: Package, on: date, by: Actor) -> Package:
    """They were seen there: nobody has to ask any more. Twice changes nothing. DomainError: a day that cannot be."""
    if Package.objects.filter(pk=package.pk, state=PackageState.SEEN).exists():
        return Package.objects.get(pk=package.pk)
    row = locked(package, PackageState.HANDED)
    if on > by.today:
        raise DomainError(_("This day has not come yet."), "on")
    if row.handed_on and on < row.handed_on:
        raise DomainError(_("That was before the package was handed over."), "on")
    row.state, row.seen_on, row.ended_by, row.ended_at = PackageState.SEEN, on, by.staff, by.at
    keep(row, "state", "seen_on", "ended_by", "ended_at")
    settle_source(SOURCE, row.pk, by)
    let_go(row, by)
    words = {"who": row.release.recipient, "day": date_format(on, "j M Y")}
    tell(row, _("Seen at %(who)s") % words, _("On %(day)s.") % words, by, END)
    told(by, "packages.seen", row)
    return row


@transaction.atomic
def close(*, package: Package, why: str, by: Actor) -> Package:
    """Nobody asks any more, for a stated reason, though they were not seen there. Twice changes nothing."""
    if Package.objects.filter(pk=package.pk, state=PackageState.CLOSED).exists():
        return Package.objects.get(pk=package.pk)
    row = locked(package, PackageState.HANDED)
    if not tidy(why):
        raise DomainError(_("Say why nobody asks any more."), "why")
    row.state, row.why_closed, row.ended_by, row.ended_at = (
        PackageState.CLOSED,
        tidy(why)[:LONGEST_WHY],
        by.staff,
        by.at,
    )
    keep(row, "state", "why_closed", "ended_by", "ended_at")
    settle_source(SOURCE, row.pk, by)
    let_go(row, by)
    tell(row, _("Not seen at %(who)s: closed") % {"who": row.release.recipient}, row.why_closed, by, END)
    told(by, "packages.closed", row)
    return row
