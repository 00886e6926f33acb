"""Needs over HTTP: raised, put in order by the person, changed by two, closed and opened again; suggestions decided on."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from goldthread.casework.assessments.models import Assessment, Instrument, InstrumentVersion, Score
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.rules import with_unseen
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.needs.test_rules import ASKED
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.factories import AT, StaffFactory

pytestmark = pytest.mark.django_db
QUESTIONNAIRE = {
    "resourceType": "Questionnaire",
    "status": "active",
    "url": "urn:test:mood",
    "title": "Mood",
    "item": [{"linkId": "q", "type": "string", "text": "How are you?"}],
}


@pytest.fixture
def worker() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def dana(worker: Staff) -> Person:
    return client_of(worker, worker.memberships.get().team, given="Dana", family="Ruiz")


@pytest.fixture
def page(worker: Staff) -> Client:
    return browser(worker)


def need(dana: Person, worker: Staff, words: str, **more: Any) -> Need:
    given = {"domain": "housing", "raised_on": TODAY, "raised_by": worker, "raised_at": AT} | more
    return Need.objects.create(person=dana, words=words, **given)


def form(**given: Any) -> dict[str, Any]:
    return {"form_id": str(new_id()), "words": "A bed of my own", "domain": "housing", "strength": "2"} | given


def say(page: Client, dana: Person, path: str = "") -> str:
    return page.get(f"/clients/{dana.pk}/needs/{path}").content.decode()


def order_of(dana: Person) -> list[str]:
    return list(Need.objects.filter(person=dana, rank__isnull=False).order_by("rank").values_list("words", flat=True))


def test_an_empty_page_says_what_it_is_for(page: Client, dana: Person) -> None:
    assert "No open needs" in say(page, dana)


def test_a_need_is_raised_once_in_their_words(page: Client, dana: Person) -> None:
    sent = form(own_words="on")
    for _time in range(2):
        assert page.post(f"/clients/{dana.pk}/needs/add/", sent).status_code == 302
    assert Need.objects.get().own_words
    assert "“A bed of my own”" in say(page, dana)


def test_an_error_stands_at_its_field_and_everything_typed_stays(page: Client, dana: Person) -> None:
    answer = page.post(f"/clients/{dana.pk}/needs/add/", form(domain=""))
    assert answer.status_code == 422
    assert "Choose the part of life it is about." in answer.content.decode()
    assert "A bed of my own" in answer.content.decode()


def test_they_are_put_in_their_own_order_with_the_arrows_and_by_dragging(
    page: Client, dana: Person, worker: Staff
) -> None:
    bed, food, bus = (need(dana, worker, words) for words in ("Bed", "Food", "Bus"))
    seen = [str(one.pk) for one in (bed, food, bus)]
    page.post(f"/clients/{dana.pk}/needs/order/", {"order": seen, "move": f"up:{bus.pk}"})
    assert order_of(dana) == ["Bed", "Bus", "Food"]
    answer = page.post(
        f"/clients/{dana.pk}/needs/order/", {"order": [seen[1], seen[0], seen[2]]}, headers={"HX-Request": "true"}
    )
    assert order_of(dana) == ["Food", "Bed", "Bus"]
    body = answer.content.decode()
    assert body.index("Food") < body.index("Bed") < body.index("Bus")


def test_an_order_leaves_what_its_writer_does_not_see_in_its_place(page: Client, dana: Person, worker: Staff) -> None:
    hidden = need(dana, worker, "Hiddenneed", rank=1, labels=int(Label.DOMESTIC_VIOLENCE))
    bed, food = need(dana, worker, "Bed", rank=2), need(dana, worker, "Food", rank=3)
    colleague = StaffFactory(team=worker.memberships.get().team)
    assert "Hiddenneed" not in say(browser(colleague), dana)
    assert with_unseen([hidden.pk, bed.pk, food.pk], [food.pk, bed.pk], {bed.pk, food.pk}) == [
        hidden.pk,
        food.pk,
        bed.pk,
    ]


def test_an_order_that_has_changed_meanwhile_is_refused_with_words(page: Client, dana: Person, worker: Staff) -> None:
    bed, gone = need(dana, worker, "Bed"), need(dana, worker, "Gone", state="met")
    page.post(f"/clients/{dana.pk}/needs/order/", {"order": [str(gone.pk), str(bed.pk)]})
    assert "The list has changed in the meantime" in say(page, dana)
    assert order_of(dana) == []


def test_who_changes_it_second_is_shown_the_difference(page: Client, dana: Person, worker: Staff) -> None:
    row = need(dana, worker, "Bed")
    url = f"/clients/{dana.pk}/needs/{row.pk}/change/"
    assert page.post(url, form(words="A room", version="1")).status_code == 302
    answer = page.post(url, form(words="A flat", version="1"))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "A room" in body
    assert 'value="A flat"' in body
    assert 'name="version" value="2"' in body  # saved again, it replaces theirs
    assert page.post(url, form(words="A flat", version="2")).status_code == 302
    assert Need.objects.get().words == "A flat"


def test_closing_asks_for_a_reason_where_it_is_not_met_and_is_undone(page: Client, dana: Person, worker: Staff) -> None:
    row = need(dana, worker, "Bed")
    url = f"/clients/{dana.pk}/needs/{row.pk}/close/"
    assert page.post(url, {"state": "declined", "reason": ""}).status_code == 422
    assert page.post(url, {"state": "declined", "reason": "Wants to stay"}).status_code == 302
    body = say(page, dana)
    assert "1 that is closed" in body
    assert "Wants to stay" in body
    assert page.post(f"/clients/{dana.pk}/needs/{row.pk}/reopen/").status_code == 302
    assert Need.objects.get().state == "open"


def assessed(dana: Person, worker: Staff, value: int = 14) -> UUID:
    """A signed assessment whose score falls in a band that is a need."""
    made, _new = Instrument.objects.get_or_create(
        key="mood", defaults={"title": "Mood", "made_by": "installed", "made_at": AT}
    )
    version, _new = InstrumentVersion.objects.get_or_create(
        instrument=made,
        number=1,
        defaults={"state": "in_use", "content": QUESTIONNAIRE, "digest": "m" * 64, "made_at": AT, "in_use_since": AT},
    )
    row = Assessment.objects.create(
        version=version,
        person=dana,
        staff=worker,
        assessed_on=TODAY,
        started_at=AT,
        saved_at=AT,
        state="signed",
        signed_by=worker,
        signed_at=AT,
        response={"resourceType": "QuestionnaireResponse", "item": []},
    )
    Score.objects.create(
        assessment=row, person=dana, instrument="mood", name="total", title="Total", value=value, on=TODAY
    )
    return row.pk


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The instrument's bands: from 10 on a strong need in mental health."""
    monkeypatch.setattr("goldthread.casework.needs.queries.questionnaire_of", lambda version: ASKED)


@pytest.mark.usefixtures("asked")
def test_a_suggestion_is_shown_with_what_caused_it_and_accepted_by_a_person(
    page: Client, dana: Person, worker: Staff
) -> None:
    row = assessed(dana, worker)
    body = say(page, dana)
    assert "Mood check, Total 14: strong" in body
    assert f"/clients/{dana.pk}/assessments/{row}/" in body
    meant = {"item": "total", "domain": "mental_health"}
    for _time in range(2):
        assert page.post(f"/clients/{dana.pk}/needs/from/{row}/accept/", meant).status_code == 302
    made = Need.objects.get()
    assert (made.words, made.strength, made.source_id, made.state) == ("Total: strong", 3, row, "open")
    body = say(page, dana)
    assert "Suggested by assessments" not in body
    assert "Mood check, Total 14: strong" in body  # what brought it up, with the link


@pytest.mark.usefixtures("asked")
def test_a_suggestion_is_taken_up_in_other_words(page: Client, dana: Person, worker: Staff) -> None:
    row = assessed(dana, worker)
    url = f"/clients/{dana.pk}/needs/from/{row}/change/?item=total&domain=mental_health"
    assert 'value="Total: strong"' in page.get(url).content.decode()
    sent = {"form_id": str(new_id()), "words": "Sleep through the night", "strength": "2", "own_words": "on"}
    assert page.post(url, sent).status_code == 302
    made = Need.objects.get()
    assert (made.words, made.domain, made.source_id, made.own_words) == (
        "Sleep through the night",
        "mental_health",
        row,
        True,
    )


@pytest.mark.usefixtures("asked")
def test_a_suggestion_is_declined_with_the_reason_and_comes_back_with_a_new_assessment_only(
    page: Client, dana: Person, worker: Staff
) -> None:
    row = assessed(dana, worker)
    url = f"/clients/{dana.pk}/needs/from/{row}/decline/?item=total&domain=mental_health"
    assert page.post(url, {"reason": ""}).status_code == 422
    assert page.post(url, {"reason": "Grieving, wants time"}).status_code == 302
    body = say(page, dana)
    assert "Suggested by assessments" not in body
    assert "Grieving, wants time" in body
    assessed(dana, worker, 12)
    assert "Mood check, Total 12: strong" in say(page, dana)
