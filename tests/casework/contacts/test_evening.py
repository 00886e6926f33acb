"""After seven in the evening in New York it is tomorrow in Greenwich: a day is the agency's."""

from datetime import UTC, date, datetime

import pytest

from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import TaskState
from goldthread.foundation.lib.ids import new_id
from tests.casework.contacts.making import TODAY, ZONE, actor_of, note
from tests.factories import AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
"""19:30 on the 19th in New York."""


def test_a_note_settles_the_task_that_was_made_the_same_evening() -> None:
    AgencyFactory()
    worker, client = StaffFactory(), PersonFactory()
    by = actor_of(worker, EVENING, TODAY)
    task = make_task(title="Call the landlord", client=client, owner=worker, due_on=TODAY, by=by)
    sign(pk=new_id(), note=note(client, settles=task.pk), zone=ZONE, by=by)
    task.refresh_from_db()
    assert (task.state, task.done_on, task.late) == (TaskState.DONE, date(2026, 11, 19), False)
