"""Rows that may be one person, and numbers that were given once."""

import pytest

from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.actions.deciding import decide, decide_all
from goldthread.casework.imports.actions.taking_back import begin_undo
from goldthread.casework.imports.models import Finding
from goldthread.casework.imports.tasks import step
from goldthread.people.persons.models import Person
from tests.casework.imports.actions.test_whole_way import BY, TWO, brought, checked, known
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


@pytest.mark.parametrize("one_by_one", [True, False])
def test_two_rows_like_one_known_person_both_new_are_compared_with_each_other(one_by_one: bool) -> None:
    ana = known()
    run = checked(TWO + "Ana Ortiz,3/4/61,,,,red\n")
    assert list(Finding.objects.order_by("row").values_list("row", "twin", "twin_row")) == [
        (2, ana.pk, None),
        (4, ana.pk, 2),
    ]
    if one_by_one:
        for row in (2, 4):
            decide(run=run.pk, row=row, decision="new", by=BY)
    else:
        decide_all(run=run.pk, decision="new", by=BY)
    later = Finding.objects.get(row=4)
    assert (later.twin_id, later.twin_row, later.decision) == (None, 2, "")
    assert later.why == [["given", "same"], ["family", "same"], ["birth", "same"]]
    decide(run=run.pk, row=4, decision="same", by=BY)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).brought == 2
    assert Person.objects.count() == 3


def test_a_client_number_that_was_taken_back_is_not_given_again() -> None:
    run = brought(TWO)
    begin_undo(run=run.pk, by=BY)
    step(run.pk, BY)
    assert known().client_number == 1003
