"""What is shipped comes to each agency, once, and never over what the agency decided."""

import copy
from typing import Any

import pytest

from goldthread.casework.assessments import actions, shipped
from goldthread.casework.assessments.canonical import digest_of
from goldthread.casework.assessments.models import Instrument, InstrumentVersion
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice
from tests.access.world import browser
from tests.casework.assessments.asking import actor
from tests.factories import AT, AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor(at=AT, today=AT.date())


def newer(monkeypatch: pytest.MonkeyPatch, key: str) -> str:
    """Ship a newer version of *key* and nothing else; its digest."""
    old = next(one for one in shipped.shipped() if one.key == key)
    content = copy.deepcopy(old.content) | {"version": "2"}
    made = shipped.Shipped(key, content, digest_of(content))
    monkeypatch.setattr(shipped, "shipped", lambda: (made,))
    return made.digest


def of(key: str) -> list[tuple[int, str]]:
    rows = InstrumentVersion.objects.filter(instrument__key=key).order_by("number")
    return [(row.number, row.state) for row in rows]


def test_everything_is_installed_and_in_use_and_the_second_time_nothing_happens(
    django_assert_num_queries: Any,
) -> None:
    made = shipped.install_shipped(by=SYSTEM)
    assert [row.instrument.key for row in made] == [one.key for one in shipped.shipped()]
    assert {row.state for row in InstrumentVersion.objects.all()} == {"in_use"}
    assert {row.made_by for row in Instrument.objects.all()} == {"shipped"}
    with django_assert_num_queries(3):  # savepoint, one query, release
        assert shipped.install_shipped(by=SYSTEM) == []


def test_a_newer_one_becomes_a_new_version(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped.install_shipped(by=SYSTEM)
    digest = newer(monkeypatch, "phq-2")
    (made,) = shipped.install_shipped(by=SYSTEM)
    assert (made.digest, made.number) == (digest, 2)
    assert of("phq-2") == [(1, "retired"), (2, "in_use")]


def test_who_keeps_the_instruments_is_told_of_a_newer_one_and_not_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    AgencyFactory()
    keeper = StaffFactory(role=Role.ADMINISTRATOR)
    StaffFactory(role=Role.CASE_MANAGER)
    shipped.install_shipped(by=SYSTEM)
    assert not Notice.objects.exists()  # an agency that begins
    newer(monkeypatch, "phq-2")
    (made,) = shipped.install_shipped(by=SYSTEM)
    shipped.install_shipped(by=SYSTEM)
    (told,) = Notice.objects.all()
    assert (told.to, told.kind, told.source_id) == (keeper, "instrument_renewed", made.pk)
    page = browser(keeper).get("/notices/").content.decode()
    assert "PHQ-2" not in page  # a notice holds kinds and ids
    assert "A newer version of an instrument came with an update, and is asked from now on" in page
    assert f'href="/settings/instruments/versions/{made.pk}/preview/"' in page


def test_what_the_agency_retired_stays_retired(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped.install_shipped(by=SYSTEM)
    version = InstrumentVersion.objects.get(instrument__key="phq-2")
    actions.retire(version=version, by=actor(StaffFactory()))
    assert shipped.install_shipped(by=SYSTEM) == []
    newer(monkeypatch, "phq-2")
    assert shipped.install_shipped(by=SYSTEM) == []
    assert of("phq-2") == [(1, "retired")]


def test_what_the_agency_adapted_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped.install_shipped(by=SYSTEM)
    own = next(one.content for one in shipped.shipped() if one.key == "phq-2") | {"version": "ours"}
    by = actor(StaffFactory())
    version = actions.install(content=own, made_by="installed", by=by)
    newer(monkeypatch, "phq-2")
    assert shipped.install_shipped(by=SYSTEM) == []  # it waits
    actions.put_in_use(version=version, by=by)
    assert shipped.install_shipped(by=SYSTEM) == []
    assert of("phq-2") == [(1, "retired"), (2, "in_use")]


def put_in(by: Actor, **more: Any) -> InstrumentVersion:
    content = {"resourceType": "Questionnaire", "status": "active", "item": [{"linkId": "a", "type": "string"}], **more}
    return actions.install(content=content, made_by="installed", by=by)


def test_a_published_form_of_the_same_name_without_an_address_is_another_instrument() -> None:
    shipped.install_shipped(by=SYSTEM)
    by = actor(StaffFactory())
    made = actions.put_in_use(version=put_in(by, name="PHQ-9"), by=by)
    assert (made.instrument.key, made.number) == ("phq-9-2", 1)
    assert of("phq-9") == [(1, "in_use")]  # whose ninth question is watched
    assert put_in(by, name="PHQ-9") == made
    assert put_in(by, name="PHQ-9", version="2").instrument == made.instrument


def test_forms_without_any_name_have_nothing_to_do_with_each_other() -> None:
    by = actor(StaffFactory())
    first, second = put_in(by), put_in(by, description="another")
    assert (first.instrument.key, second.instrument.key) == ("instrument", "instrument-2")
    assert (put_in(by), put_in(by, description="another")) == (first, second)
