"""Telling staff what they must know. A notice holds kinds and ids; its mail says only that there is one."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.foundation.workforce.tasks import mail_notice


@transaction.atomic
def tell(
    *,
    to: Iterable[Staff],
    kind: str,
    by: Actor,
    about_staff: UUID | None = None,
    about_person: UUID | None = None,
    source_kind: str = "",
    source_id: UUID | None = None,
) -> list[Notice]:
    """Tell each of *to*, once, that *kind* happened; whoever did it is not told. After the commit each gets a mail without names."""
    notices = [
        Notice(
            to_id=staff,
            kind=kind,
            about_staff=about_staff,
            about_person=about_person,
            source_kind=source_kind,
            source_id=source_id,
            at=by.at,
        )
        for staff in dict.fromkeys(one.pk for one in to)
        if staff != by.staff
    ]
    Notice.objects.bulk_create(notices)
    for notice in notices:
        transaction.on_commit(lambda pk=str(notice.pk): mail_notice.enqueue(pk))  # type: ignore[misc]  # mypy takes no defaults of a lambda
    return notices


@transaction.atomic
def mark_seen(*, staff: Staff, by: Actor, notice: UUID | None = None) -> int:
    """Mark one of *staff*'s notices, or (None) all of them, as seen. Returns how many were marked."""
    mine = Notice.objects.filter(to=staff, seen_at__isnull=True)
    if notice:
        mine = mine.filter(pk=notice)
    return mine.update(seen_at=by.at)
