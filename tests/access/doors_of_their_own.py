"""What opens or closes one record for one worker, for the world of the access tests."""

from datetime import datetime, timedelta

from goldthread.access.models import Block, BreakGlass
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.factories import LONG_AGO


def glass(person: Person, staff: Staff, now: datetime) -> BreakGlass:
    end = now + timedelta(hours=3)
    return BreakGlass.objects.create(
        staff=staff, client=person, reason="Called from a hospital", opened_at=now, ends_at=end
    )


def block(person: Person, staff: Staff, now: datetime) -> Block:
    return Block.objects.create(person=person, staff=staff, reason="A relative", starts_on=LONG_AGO, set_at=now)
