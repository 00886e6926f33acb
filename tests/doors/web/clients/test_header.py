"""The header of a client's pages."""

from goldthread.casework.caseload.models import Assignment
from goldthread.doors.web.clients.header import Header
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


def test_a_worker_with_two_assignments_is_named_once():
    """In two programs, or after a merge."""
    one, two = Staff(name="Renee"), Staff(name="Jonah")
    rows = [Assignment(staff=staff, kind=kind) for staff, kind in ((one, "primary"), (two, "primary"), (one, "cover"))]
    header = Header(client=Person(), line="", alerts=[], contact_points=[], addresses=[], assignments=rows, cleared=0)
    assert header.workers == rows[:2]
