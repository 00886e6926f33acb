"""The agency's profile, closed days, sites and teams."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from goldthread.foundation.agency import actions, queries
from goldthread.foundation.agency.models import Agency, ClosedDay, Site, Team
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.lib.ids import new_id
from tests.factories import AgencyFactory, SiteFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory(name="Riverbend", languages=["en", "es"], default_language="en")


def profile(**changed):
    values = {
        "name": "Riverbend",
        "client_word": "client",
        "time_zone": "America/New_York",
        "holiday_country": "US",
        "holiday_region": "",
        "languages": ["en", "es"],
        "default_language": "en",
        "ask_about_matches": "",
    }
    return values | changed


def test_there_is_no_agency_before_it_is_set_up(django_assert_num_queries):
    queries.the_agency()  # on PostgreSQL the first statement also issues the role
    with django_assert_num_queries(1):
        assert queries.the_agency() is None


def test_the_profile_is_changed_and_what_became_what_is_written_down(agency, actor):
    actions.edit_profile(agency=agency, values=profile(client_word="participant"), version=1, by=actor)
    saved = Agency.objects.get()
    assert (saved.client_word, saved.version) == ("participant", 2)
    event = Event.objects.get(action="agency.edited")
    assert event.details["changes"] == {"client_word": ["client", "participant"]}


@pytest.mark.parametrize(("typed", "saved"), [("MA", "MA"), ("ma", "MA"), (" ma ", "MA"), ("", "")])
def test_the_region_is_saved_as_its_holidays_are_listed(agency, actor, typed, saved):
    actions.edit_profile(agency=agency, values=profile(holiday_region=typed), version=1, by=actor)
    assert Agency.objects.get().holiday_region == saved
    assert date(2026, 11, 26) in queries.calendar_of(Agency.objects.get(), [2026]).holidays


def test_a_region_that_has_no_holidays_is_refused(agency, actor):
    """It would take Thanksgiving out of every count of business days, and nobody would be told."""
    with pytest.raises(DomainError) as caught:
        actions.edit_profile(agency=agency, values=profile(holiday_region="Mass."), version=1, by=actor)
    assert caught.value.field == "holiday_region"
    assert Agency.objects.get().holiday_region == ""


def test_saving_without_a_change_writes_nothing(agency, actor):
    actions.edit_profile(agency=agency, values=profile(), version=1, by=actor)
    assert Agency.objects.get().version == 1
    assert not Event.objects.exists()


def test_two_tabs_the_second_sees_the_difference_and_nothing_is_lost(agency, actor):
    first = replace(actor, name="Gloria Nakamura")
    actions.edit_profile(agency=agency, values=profile(name="Riverbend House"), version=1, by=first)
    with pytest.raises(EditConflict) as caught:
        actions.edit_profile(agency=agency, values=profile(name="Riverbend Services"), version=1, by=actor)
    (conflict,) = caught.value.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == ("name", "Riverbend Services", "Riverbend House")
    assert (conflict.who, conflict.at) == ("Gloria Nakamura", actor.at)
    assert Agency.objects.get().name == "Riverbend House"


def test_two_tabs_that_say_the_same_are_no_conflict(agency, actor):
    actions.edit_profile(agency=agency, values=profile(name="Riverbend House"), version=1, by=actor)
    actions.edit_profile(agency=agency, values=profile(name="Riverbend House"), version=1, by=actor)
    assert Agency.objects.get().version == 2


def test_a_conflict_with_a_change_that_left_no_trace(agency, actor):
    Agency.objects.update(name="Elsewhere", version=5)
    with pytest.raises(EditConflict) as caught:
        actions.edit_profile(agency=agency, values=profile(), version=1, by=actor)
    assert (caught.value.conflicts[0].who, caught.value.conflicts[0].at) == ("", None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "  "}, "name"),
        ({"time_zone": "America/Atlantis"}, "time_zone"),
        ({"languages": []}, "languages"),
        ({"languages": ["es"]}, "default_language"),
    ],
)
def test_a_profile_that_cannot_be(agency, actor, changed, field):
    with pytest.raises(DomainError) as caught:
        actions.edit_profile(agency=agency, values=profile(**changed), version=1, by=actor)
    assert caught.value.field == field


def security(**changed):
    return {"mfa_required": True, "idle_minutes": 20, "session_hours": 8} | changed


def test_security_is_changed(agency, actor):
    actions.edit_security(agency=agency, values=security(), version=1, by=actor)
    saved = Agency.objects.get()
    assert (saved.mfa_required, saved.idle_minutes, saved.session_hours) == (True, 20, 8)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"idle_minutes": 4}, "idle_minutes"),
        ({"idle_minutes": 241, "session_hours": 24}, "idle_minutes"),
        ({"session_hours": 0}, "session_hours"),
        ({"session_hours": 25}, "session_hours"),
        ({"idle_minutes": 90, "session_hours": 1}, "idle_minutes"),
    ],
)
def test_limits_that_cannot_be(agency, actor, changed, field):
    with pytest.raises(DomainError) as caught:
        actions.edit_security(agency=agency, values=security(**changed), version=1, by=actor)
    assert caught.value.field == field


def closed_day(agency, actor, day, works=False, form_id=None):
    return actions.add_closed_day(
        agency=agency, day=day, name="Staff day", works=works, by=actor, form_id=form_id or new_id()
    )


def test_the_day_after_thanksgiving_is_closed_and_veterans_day_is_worked(agency, actor):
    closed_day(agency, actor, date(2026, 11, 27))
    closed_day(agency, actor, date(2026, 11, 11), works=True)
    calendar = queries.calendar_of(agency, [2026])
    assert not calendar.is_business_day(date(2026, 11, 26))
    assert not calendar.is_business_day(date(2026, 11, 27))
    assert calendar.is_business_day(date(2026, 11, 11))
    lines = {line.day: line for line in queries.days_of_year(agency, 2026)}
    assert lines[date(2026, 11, 26)].public
    assert not lines[date(2026, 11, 27)].public
    assert lines[date(2026, 11, 27)].name == "Staff day"
    assert lines[date(2026, 11, 11)].works


def test_the_same_form_sent_twice_adds_one_day(agency, actor):
    form_id = new_id()
    assert closed_day(agency, actor, date(2026, 11, 27), form_id=form_id).pk == form_id
    closed_day(agency, actor, date(2026, 11, 27), form_id=form_id)
    assert ClosedDay.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "works"), [(date(2026, 11, 26), False), (date(2026, 11, 21), False), (date(2026, 11, 24), True)]
)
def test_what_is_so_already_cannot_be_added(agency, actor, day, works):
    with pytest.raises(DomainError):
        closed_day(agency, actor, day, works=works)


def test_a_day_is_listed_once(agency, actor):
    closed_day(agency, actor, date(2026, 11, 27))
    with pytest.raises(DomainError, match="listed"):
        closed_day(agency, actor, date(2026, 11, 27))


def test_a_day_is_taken_off_the_list_and_twice_is_once(agency, actor):
    row = closed_day(agency, actor, date(2026, 11, 27))
    kept = ClosedDay.objects.get(pk=row.pk)
    actions.remove_closed_day(row=row, by=actor)
    actions.remove_closed_day(row=kept, by=actor)
    assert not ClosedDay.objects.exists()
    assert Event.objects.filter(action="agency.day_removed").count() == 1


def test_sites_are_added_once_and_changed(actor):
    form_id = new_id()
    for _again in range(2):
        site = actions.add_site(name=" Quay Street ", address="40 Quay Street", phone="", by=actor, form_id=form_id)
    assert Site.objects.get().name == "Quay Street"
    actions.edit_site(site=site, values={"name": "Quay", "address": "", "phone": ""}, version=1, by=actor)
    assert Site.objects.get().name == "Quay"


@pytest.mark.parametrize("name", ["", "QUAY STREET"])
def test_a_site_needs_a_name_of_its_own(actor, name):
    SiteFactory(name="Quay Street")
    with pytest.raises(DomainError) as caught:
        actions.add_site(name=name, address="", phone="", by=actor, form_id=new_id())
    assert caught.value.field == "name"


def test_teams_are_added_once_and_move_to_another_site(actor):
    here, there, form_id = SiteFactory(), SiteFactory(), new_id()
    for _again in range(2):
        team = actions.add_team(name="Harbor", site=here, by=actor, form_id=form_id)
    actions.edit_team(team=team, values={"name": "Harbor", "site": there}, version=1, by=actor)
    assert Team.objects.get().site == there


def test_open_places_leave_out_the_closed_ones(today):
    TeamFactory(name="Gone", closed_on=today)
    kept = TeamFactory(name="Kept", closed_on=date(2026, 12, 31))
    SiteFactory(name="Gone", closed_on=today)
    assert queries.open_teams(today) == [kept]
    assert "Gone" not in [site.name for site in queries.open_sites(today)]


def test_the_agencys_word_for_client(agency, django_assert_num_queries):
    agency.client_word = "person"
    with django_assert_num_queries(0), translation.override("en"):
        words = queries.client_words(agency)
        assert [str(words.singular), str(words.plural), str(words.plural_title)] == ["person", "people", "People"]


@pytest.mark.parametrize(("hour", "fits"), [(5, True), (7, True), (11, True), (None, True), (4, False), (12, False)])
def test_the_morning_mail_has_an_hour_of_the_morning_or_none(agency, actor, hour, fits):
    if fits:
        actions.edit_profile(agency=agency, values=profile(mail_hour=hour), version=1, by=actor)
        agency.refresh_from_db()
        assert agency.mail_hour == hour
        return
    with pytest.raises(DomainError) as wrong:
        actions.edit_profile(agency=agency, values=profile(mail_hour=hour), version=1, by=actor)
    assert wrong.value.field == "mail_hour"
