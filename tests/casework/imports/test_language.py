"""What is found in a file is told in the language of whoever brings it, though a job looks."""

from datetime import UTC, date, datetime

import pytest

from goldthread.casework.imports.actions.starting import match, start
from goldthread.casework.imports.models import Finding
from goldthread.casework.imports.tasks import work_on_import
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The date of birth is in the future."), ("es", "La fecha de nacimiento está en el futuro.")],
)
def test_why_a_row_is_refused_is_said_to_who_brings_it(language: str, said: str) -> None:
    AgencyFactory()
    ines = StaffFactory(role=Role.INTAKE)
    ines.user.language = language
    ines.user.save()
    by = Actor(at=NOON, today=date(2026, 11, 19), staff=ines.pk, name=ines.name)
    run = start(data=b"Name,DOB\nEva Lund,1/1/2030\n", name="clients.csv", by=by)
    run = match(run=run.pk, fields={}, chosen={}, version_seen=run.version, by=by)
    work_on_import.func(Actor(at=NOON, today=date(2026, 11, 19)), str(run.pk))
    assert Finding.objects.get().told == [["DOB", said]]
