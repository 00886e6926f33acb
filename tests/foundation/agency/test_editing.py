"""Two people edit one row: what each changed alone is kept; what both changed is shown to the later one."""

import pytest

from goldthread.foundation.agency.actions import edit_profile, edit_site
from goldthread.foundation.agency.editing import RowConflict
from goldthread.foundation.agency.models import Agency, Site
from tests.factories import AgencyFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SiteFactory(name="Quay", address="1 Quay Street", phone="555 0100")


def values(**changed):
    return {"name": "Quay", "address": "1 Quay Street", "phone": "555 0100"} | changed


def test_different_fields_are_both_kept(site, actor):
    edit_site(site=site, values=values(address="2 Quay Street"), version=1, by=actor)
    edit_site(site=site, values=values(phone="555 0200"), version=1, by=actor)  # had read version 1 as well
    kept = Site.objects.get()
    assert (kept.address, kept.phone, kept.version) == ("2 Quay Street", "555 0200", 3)


def test_the_same_field_is_shown_and_only_that(site, actor):
    edit_site(site=site, values=values(address="2 Quay Street", phone="555 0200"), version=1, by=actor)
    with pytest.raises(RowConflict) as caught:
        edit_site(site=site, values=values(name="Harbor", address="3 Quay Street"), version=1, by=actor)
    (conflict,) = caught.value.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == ("address", "3 Quay Street", "2 Quay Street")
    assert caught.value.elsewhere == {"phone": "555 0200"}
    assert Site.objects.get().name == "Quay"


def test_both_to_the_same_is_no_conflict(site, actor):
    for _ in range(2):
        edit_site(site=site, values=values(address="2 Quay Street"), version=1, by=actor)
    assert Site.objects.get().version == 2


def test_changed_there_and_back_again_is_what_was_read(site, actor):
    edit_site(site=site, values=values(phone="555 0200"), version=1, by=actor)
    edit_site(site=site, values=values(), version=2, by=actor)
    edit_site(site=site, values=values(address="9 Quay Street"), version=1, by=actor)
    assert Site.objects.get().address == "9 Quay Street"


def test_lists_are_compared_as_they_were_read(actor):
    agency = AgencyFactory(languages=["en", "es"], default_language="en")
    edit_profile(agency=agency, values={"languages": ["en"]}, version=1, by=actor)
    edit_profile(agency=agency, values={"languages": ["en", "es"], "name": "Riverbend"}, version=1, by=actor)
    kept = Agency.objects.get()
    assert (kept.languages, kept.name) == (["en"], "Riverbend")


def test_a_change_that_the_log_does_not_hold_may_have_been_any(site, actor):
    Site.objects.update(version=2, phone="555 0300")
    with pytest.raises(RowConflict) as caught:
        edit_site(site=site, values=values(address="2 Quay Street"), version=1, by=actor)
    assert {conflict.field for conflict in caught.value.conflicts} == {"address", "phone"}
