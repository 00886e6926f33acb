"""An agency of very many people: casework with the first of them alone."""

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.models import Task
from goldthread.doors.demo.size import make_many
from goldthread.people.persons.models import NamePosting, Person
from tests.conftest import NOW, TODAY


@pytest.mark.django_db
def test_casework_with_the_first_alone() -> None:
    """A million people fit where their casework does not: they are found, opened, and somebody's; nothing was done with them yet."""
    make_many(130, TODAY, NOW, caseload=60, entries=5, worked=70)
    everybody = Person.objects.filter(client_number__isnull=False).order_by("client_number")
    worked = set(Episode.objects.values_list("person", flat=True))
    assert [one.pk in worked for one in everybody] == [True] * 70 + [False] * 60
    assert set(Task.objects.values_list("client", flat=True)) <= worked
    assert Assignment.objects.filter(client__in=everybody, ends_on__isnull=True).count() == 130
    assert everybody[129].pk in set(NamePosting.objects.values_list("person", flat=True))
