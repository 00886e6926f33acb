"""Two records of one person, and one record that is not: told at the screens, worked out from issue 5 by hand."""

from datetime import date

import pytest

from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.models import Person
from tests.casework.merging.making import client
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
BORN = date(1988, 7, 9)


def taken_in(by: Worker, given: str, family: str, born: date = BORN, **values: object) -> Person:
    at = by.calendar.now
    actor = Actor(at=at, today=at.date(), staff=by.staff.pk, name=by.name, request="test")
    return client(actor, {"given": given, "family": family}, birth_date=born, **values)


def test_a_mother_calls_twice_under_two_names(on: Calendar, ines: Worker) -> None:
    """In March as Rosa Prado, in May as Rosa Keller: found while typed, made one, nothing lost; each name finds her."""
    on("2026-03-02")
    rosa = taken_in(ines, "Rosa", "Prado")
    on("2026-05-04", "10:00")
    keller = taken_in(ines, "Rosa", "Keller", pronouns="she/her")
    ines.opens(f"/clients/{rosa.pk}/same-as/")
    assert "same first name · another last name · same date of birth" in ines.page.whole
    ines._sends(f"/clients/{rosa.pk}/same-as/{keller.pk}/", "reason", reason="She told us both names.")
    for asked in ("prado", "keller", str(keller.client_number)):
        found = ines.opens(f"/search/?q={asked}").whole
        assert str(rosa.pk) in found
        assert f"/clients/{keller.pk}/" not in found
    assert ines.opens(f"/clients/{keller.pk}/").whole.count("Rosa Prado")


def test_twins(on: Calendar, ines: Worker) -> None:
    """One birthday, one last name: said in words, not pressed on anybody, remembered."""
    on("2026-03-02")
    luis = taken_in(ines, "Luis", "Prado", date(2015, 2, 10))
    elena = taken_in(ines, "Elena", "Prado", date(2015, 2, 10))
    for twin in (luis, elena):
        ines._sends(f"/clients/{twin.pk}/reach/add/", "value", value="215 555 0101", kind="mobile")
    said = ines.opens(f"/clients/{luis.pk}/same-as/").whole
    assert "perhaps a twin: same birthday and last name, another first name" in said
    assert "very likely" not in said
    ines._browser.post(f"/clients/{luis.pk}/same-as/{elena.pk}/apart/", {"why": "Twins, seen together"})
    said = ines.opens(f"/clients/{elena.pk}/same-as/").whole
    assert "Twins, seen together" in said
    assert "perhaps a twin" not in said


def test_a_client_whose_record_the_intake_worker_may_not_know_exists(on: Calendar, ines: Worker, team: Team) -> None:
    """Who hides from somebody is not even hinted at; whose record is merely closed to intake is: ask somebody."""
    on("2026-03-02")
    hidden = taken_in(ines, "Ana", "Mora")
    typed = {"given": "Ana", "family": "Mora", "birth_date": "1988-07-09", "birth_date_kind": "exact"}
    for label, answer in ((Label.HIV, True), (Label.DOMESTIC_VIOLENCE, False), (Label.SEALED, False)):
        Person.objects.filter(pk=hidden.pk).update(labels=int(label))
        said = ines._browser.post("/duplicates/typed/", typed).content.decode()
        assert ("Someone may already know this person" in said) is answer
        assert "Mora" not in said
        assert ines._browser.get(f"/clients/{hidden.pk}/same-as/").status_code == 404
        assert "Mora" not in ines.opens("/duplicates/").whole


def test_a_merge_undone_after_a_month_of_work_on_it(on: Calendar, ines: Worker) -> None:
    """Two cousins were made one. What was worked on since stays and is listed; the rest goes back to whose it was."""
    on("2026-03-02")
    rosa = taken_in(ines, "Rosa", "Prado")
    cousin = taken_in(ines, "Rosa", "Prada", pronouns="she/her")
    for one, phone in ((rosa, "215 555 0101"), (cousin, "215 555 0102")):
        ines._sends(f"/clients/{one.pk}/reach/add/", "value", value=phone, kind="mobile")
        ines._sends(
            f"/clients/{one.pk}/alerts/add/", "short", short=f"Dog at {phone[-2:]}", kind="dog", review_on="2026-09-01"
        )
    on("2026-03-09")
    ines._sends(f"/clients/{rosa.pk}/same-as/{cousin.pk}/", "reason", reason="One of them moved.")
    on("2026-04-08")
    alert = rosa.alerts.get(short="Dog at 02")
    ines._sends(f"/clients/{rosa.pk}/alerts/{alert.pk}/", "short", short="Big dog at 02")
    ines.opens(f"/clients/{rosa.pk}/same-as/")
    address = next(part for part in ines.page.whole.split('"') if part.endswith("/undo/") and "/merges/" in part)
    said = ines._browser.post(address, follow=True).content.decode()
    assert "Two records again. See below what stayed." in said
    assert "Changed since, so it stayed here: 1 alert." in said
    assert [point.value for point in cousin.contact_points.all()] == ["(215) 555-0102"]
    assert [point.value for point in rosa.contact_points.all()] == ["(215) 555-0101"]
    assert alert.pk in set(rosa.alerts.values_list("pk", flat=True))
    assert ines.opens(f"/clients/{cousin.pk}/").whole.count("Rosa Prada")
