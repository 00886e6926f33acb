"""The client list is read page by page by key: every client once, in order, in both directions."""

import pytest

from goldthread.doors.web.clients.pages import read_page
from goldthread.people.persons.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def people(*names: str) -> None:
    for name in names:
        PersonFactory(given="Ana", family=name)


def names(clients: list[Person]) -> list[str]:
    return [client.sort_key.split()[0] for client in clients]


def test_pages_follow_each_other_by_name_and_end() -> None:
    people("Egan", "Abel", "Diaz", "Baker", "Cole")
    first = read_page(Person.objects.all(), size=2)
    second = read_page(Person.objects.all(), after=str(first.after), size=2)
    third = read_page(Person.objects.all(), after=str(second.after), size=2)
    assert [names(page.clients) for page in (first, second, third)] == [["abel", "baker"], ["cole", "diaz"], ["egan"]]
    assert first.before is None
    assert third.after is None


def test_going_back_shows_the_page_before() -> None:
    people("Abel", "Baker", "Cole", "Diaz", "Egan")
    first = read_page(Person.objects.all(), size=2)
    second = read_page(Person.objects.all(), after=str(first.after), size=2)
    back = read_page(Person.objects.all(), before=str(second.before), size=2)
    assert names(back.clients) == ["abel", "baker"]
    assert back.before is None
    assert back.after == first.after


def test_people_of_the_same_name_are_each_shown_once() -> None:
    for _number in range(5):
        PersonFactory(given="Ana", family="Same")
    first = read_page(Person.objects.all(), size=2)
    second = read_page(Person.objects.all(), after=str(first.after), size=2)
    third = read_page(Person.objects.all(), after=str(second.after), size=2)
    shown = [client.pk for page in (first, second, third) for client in page.clients]
    assert len(shown) == len(set(shown)) == 5


@pytest.mark.parametrize(
    "place", ["nonsense", "6bca153b-2629-42eb-a3ae-8d733440576d", "'; drop table persons_person; --"]
)
def test_a_place_that_makes_no_sense_starts_at_the_top(place: str) -> None:
    people("Abel", "Baker", "Cole")
    page = read_page(Person.objects.all(), after=place, size=2)
    assert names(page.clients) == ["abel", "baker"]


def test_an_empty_list_has_no_pages_beside_it() -> None:
    page = read_page(Person.objects.none(), size=2)
    assert (page.clients, page.before, page.after) == ([], None, None)
