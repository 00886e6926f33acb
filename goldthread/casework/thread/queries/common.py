"""What both ways of reading share, so that they cannot drift apart."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from django.db.models import DateField, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from goldthread.casework.plans.enums import SignatureRole, SignatureState, VersionState
from goldthread.casework.plans.models import PlanVersion, Signature
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task, TaskState

THE_PERSON = (SignatureRole.CLIENT, SignatureRole.GUARDIAN, SignatureRole.PARENT)
"""Whose signature makes a plan the person's own."""
WAS_IN_FORCE = (VersionState.IN_FORCE, VersionState.PAST)


class Seen(Protocol):
    """What may be read, as a condition on rows; the gate gives it. *episode* and *labels* name the fields."""

    def rows(self, *, episode: str = "episode", labels: str = "labels") -> Q: ...


Asked = Mapping[UUID, frozenset[str]]
"""Program → keys of its requirements that an assessment meets."""


Silent = Mapping[UUID, int]
"""Program → after how many days without a contact toward a goal its thread is broken; others as ``Limits`` say."""
EVERY_PROGRAM_ALIKE: Silent = MappingProxyType({})


def tasks_of_assessments(asked: Asked) -> QuerySet[Task]:
    """Open tasks of requirements that an assessment meets, those that pauses or excuses hold back left out."""
    rule = Q(pk__in=[])
    for program, keys in asked.items():
        rule |= Q(episode__program=program, requirement__in=sorted(keys))
    return Task.objects.filter(rule, state=TaskState.OPEN, rest="")


def versions_to_sign(zone: tzinfo) -> QuerySet[Any]:
    """Versions in force or waiting, with ``asked_on`` (when signatures were asked for) and ``by_person`` (did they sign?)."""
    signatures = Signature.objects.filter(version=OuterRef("pk")).order_by().values("version")
    first = signatures.annotate(first=TruncDate(Min("asked_at"), tzinfo=zone)).values("first")
    theirs = Signature.objects.filter(version=OuterRef("pk"), state=SignatureState.SIGNED, role__in=THE_PERSON)
    return PlanVersion.objects.filter(state__in=[VersionState.SIGNING, VersionState.IN_FORCE]).annotate(
        asked_on=Coalesce(Subquery(first, output_field=DateField()), "starts_on", TruncDate("saved_at", tzinfo=zone)),
        by_person=Exists(theirs),
    )


def contacts_between(first: date, last: date, zone: tzinfo) -> QuerySet[Any]:
    """Signed contacts with a client (tried ones are of another kind) on those days, with ``on``, the local day."""
    return Entry.objects.filter(
        kind=EntryKind.CONTACT,
        voided=False,
        happened_at__gte=_midnight(first, zone),
        happened_at__lt=_midnight(last + timedelta(days=1), zone),
    ).annotate(on=TruncDate("happened_at", tzinfo=zone))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
