"""Lines of the audit log that name who makes a mandated report: for those alone who are cleared for the reporter's label."""

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.rules import ways_of
from goldthread.access.viewer import Viewer
from goldthread.casework.incidents.models import MandatedReport
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.models import Person

REPORTS = ("report.", "reports.")
"""How the actions of reports begin."""


def hidden_on(viewer: Viewer, client: Person) -> tuple[str, ...]:
    """The beginnings of actions that *viewer* is not shown on the page of *client*."""
    cleared = gate.sight(viewer, client, Act.READ_REPORT).sees_episode(None, Label.CHILD_WELFARE_REPORTER)
    return () if cleared and not _concerned(viewer) else REPORTS


def hidden_from(viewer: Viewer) -> tuple[str, ...]:
    """The same for a page about no one client."""
    ways = ways_of(viewer.roles, Act.READ_REPORT)
    cleared = any(way.cleared & Label.CHILD_WELFARE_REPORTER for way in ways)
    return () if cleared and not _concerned(viewer) else REPORTS


def _concerned(viewer: Viewer) -> bool:
    """Is there a report about the viewer? Then the log tells them of none, so that what is missing tells them nothing."""
    return MandatedReport.objects.filter(about_staff=viewer.staff).exists()
