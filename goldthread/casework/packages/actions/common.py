"""What every change of a package shares."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.aftercare.models import AftercareContact
from goldthread.casework.aftercare.rules import TO_WRITE
from goldthread.casework.caseload.actions import end_aftercare
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode
from goldthread.casework.packages.enums import PackageState
from goldthread.casework.packages.models import Package, Release
from goldthread.casework.packages.queries import current_version
from goldthread.casework.packages.rules import check_holds
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.tasks.actions.tasks import make_task, settle_source
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError

SOURCE = "package"
"""Of a task and of a line in the ledger: the package."""
END = "package_end"


def locked(package: Package, *states: str) -> Package:
    """The row, for who changes it. DomainError: it is in another state than one of *states*."""
    rows = Package.objects.select_for_update(of=("self",)).select_related("release__document", "person", "owner")
    row = rows.get(pk=package.pk)
    if row.state not in states:
        raise DomainError(_("This package has moved on. Look at it again."))
    return row


def check_standing(release: Release, by: Actor) -> None:
    """DomainError when nothing may go out under *release* today. It is read anew: somebody may just have revoked it."""
    row = Release.objects.select_for_update(of=("self",)).select_related("document").get(pk=release.pk)
    version = current_version(row.document)
    check_holds(row, version.expires_on if version else None, row.document.removed_at is not None, by.today)


@transaction.atomic
def check_goes_out(row: Package, by: Actor) -> None:
    """DomainError when *row*, frozen, may not leave the house today: it was given up, its release no longer holds, or a paper in it was
    removed since it was frozen. What was handed over is no longer asked: that is how it went."""
    if row.handed_at:
        return
    if row.state != PackageState.READY:
        raise DomainError(_("This package was given up. Nothing of it goes out."))
    check_standing(row.release, by)
    if row.papers.filter(document__removed_at__isnull=False).exists():
        raise DomainError(_("A paper in it was removed since. Go back to choosing, and look through it again."))


def keep(row: Package, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def told(by: Actor, action: str, row: Package, **details: object) -> None:
    record(by=by, action=action, kind=SOURCE, object_id=row.pk, client=row.person_id, details=details)


def tell(row: Package, title: str, text: str, by: Actor, source: str = SOURCE) -> None:
    """A line in the ledger: to whom and when. What was in it stands with the package alone. *source*: ``END`` of how it ended."""
    write_entry(
        kind=EntryKind.PACKAGE,
        person=row.person,
        episode=_under(row),
        happened_at=by.at,
        labels=row.labels,
        source_kind=source,
        source_id=row.pk,
        title=title,
        text=text,
        by=by,
    )


def _under(row: Package) -> Episode | None:
    """The program under whose labels *row* is told of: that of its release; else, of those whose labels are in it, the first."""
    if not row.labels or row.release.document.episode_id:
        return row.release.document.episode
    served = Episode.objects.filter(members__person=row.person, labels__gt=0).order_by("enrolled_on", "pk").distinct()
    return next((one for one in served if one.labels & row.labels), None)


@transaction.atomic
def ask_again(row: Package, by: Actor) -> None:
    """The next question after the person becomes a task, in place of the one before."""
    settle_source(SOURCE, row.pk, by)
    make_task(
        title=_title(row),
        client=row.person,
        owner=row.owner,
        due_on=by.today + timedelta(days=row.every_days),
        weight=2,
        action=SOURCE,
        source_kind=SOURCE,
        source_id=row.pk,
        labels=row.labels,
        minutes=10,
        by=by,
    )


def _title(row: Package) -> str:
    """To whom is said where no label is: a task of no program is read by whoever works with the client in any."""
    if row.labels:
        return _("Ask whether they were seen there")
    return _("Seen there? %(who)s") % {"who": row.release.recipient}


def let_go(row: Package, by: Actor) -> None:
    """Who asked after the person after their discharge reaches them a few days longer, unless they still owe them a call."""
    held = Assignment.objects.filter(
        client=row.person, staff=row.owner, kind=AssignmentKind.AFTERCARE, ends_on__isnull=True
    )
    for one in held.select_related("episode"):
        owed = AftercareContact.objects.filter(aftercare__episode=one.episode, staff=row.owner, state="planned")
        if one.episode and not owed.exists():
            end_aftercare(episode=one.episode, staff=row.owner, ends_on=by.today + timedelta(days=TO_WRITE), by=by)
