"""What a published Questionnaire finds of the client when it fills itself in."""

import pytest

from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.logic import begin
from goldthread.doors.web.assessments.filling import Under, context_of
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.enums import NameKind, Sex
from goldthread.people.persons.models import PersonName
from tests.casework.assessments.rules.samples import SDC, fhirpath, item, questionnaire
from tests.factories import PersonFactory, StaffFactory, viewer_of

LAUNCH = {"url": SDC + "launchContext", "extension": [{"url": "name", "valueCoding": {"code": "patient"}}]}


def filled(client, today, *expressions):
    """What questions with these initial expressions begin with, in their order; None where there is nothing."""
    asked = [
        item(
            f"q{number}",
            "date" if "birthDate" in one else "string",
            extension=[{"url": SDC + "initialExpression", **fhirpath(one)}],
        )
        for number, one in enumerate(expressions)
    ]
    read = read_questionnaire(questionnaire(*asked, extension=[LAUNCH]))
    begun = begin(read, context_of(viewer_of(StaffFactory(role=Role.CASE_MANAGER), today), client, read, Under()))
    return [next(iter(begun[f"q{n}"][0].values())) if begun.get(f"q{n}") else None for n in range(len(expressions))]


@pytest.mark.django_db
def test_names_birth_and_gender(today):
    client = PersonFactory(given="Ewa", family="Lis", sex=Sex.FEMALE)
    assert filled(
        client,
        today,
        "%patient.name.first().family.first()",
        "%patient.name.given",
        "%patient.name.where(use='official').select(given.first() + ' ' + family)",
        "%patient.name.text",
        "%patient.gender",
        "%patient.birthDate",
        "%patient.telecom.where(system='phone').value.first()",
    ) == ["Lis", "Ewa", "Ewa Lis", "Ewa Lis", "female", "1984-03-12", None]


@pytest.mark.django_db
def test_the_name_they_go_by_comes_first(today):
    client = PersonFactory(given="Robert", family="Lis", display_name="Bo Lis")
    PersonName.objects.create(person=client, kind=NameKind.PREFERRED, given="Bo")
    PersonName.objects.create(person=client, kind=NameKind.NICKNAME, given="Bobby")
    assert filled(
        client,
        today,
        "%patient.name.first().given.first()",
        "%patient.name.first().family",
        "%patient.name.where(use='usual').given",
        "%patient.name.where(use='official').given",
        "%patient.name.text",
        "%patient.name.count().toString()",
        "%patient.gender",
    ) == ["Bo", "Lis", "Bo", "Robert", "Bo Lis", "2", None]
