"""Whom aftercare calls depends on how somebody left, and with whom a family's calls stand on who the goodbye was begun for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldthread.casework.aftercare import actions
from goldthread.casework.aftercare.models import Aftercare, AftercareContact
from goldthread.casework.aftercare.rules import contacts_due
from goldthread.casework.episodes.models import Episode
from goldthread.casework.schedule.actions import discharge
from goldthread.casework.tasks.models import Task
from goldthread.foundation.agency.rules import Calendar
from goldthread.foundation.programs.enums import Leaving
from goldthread.foundation.programs.rules.template import DischargeReason
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.models import Staff
from tests.casework.caseload.programs import program
from tests.casework.contacts.making import TODAY, actor_of, episode_of, family_of
from tests.factories import PersonFactory, StaffFactory, TeamFactory

RULES = shipped()["mental-health-tcm"].aftercare
LEFT = date(2026, 11, 19)


def planned(way: Leaving, **more: bool) -> int:
    said = {"deceased": False} | more
    return len(contacts_due(RULES, way, LEFT, LEFT, Calendar(), **said))


@pytest.mark.parametrize(("way", "calls"), [("ordinary", 3), ("moved", 3), ("refused", 0), ("lost", 0)])
def test_who_refused_and_who_is_not_found_is_not_called_by_itself(way: str, calls: int) -> None:
    """The mental-health template plans three calls to somebody who lives."""
    assert planned(Leaving(way)) == calls


def test_who_is_not_found_is_called_where_the_worker_keeps_the_calls() -> None:
    assert planned(Leaving.LOST, kept=True) == 3


@pytest.fixture
def ann(db: None) -> Staff:
    worker: Staff = StaffFactory(team=TeamFactory())
    return worker


def ended(ann: Staff, reason: str, **more: bool) -> Episode:
    return discharge(
        episode=episode_of(PersonFactory(), ann), discharged_on=TODAY, reason=reason, by=actor_of(ann), **more
    )


def test_nobody_has_to_call_whom_nobody_finds(ann: Staff) -> None:
    ended(ann, "lost-to-follow-up")
    assert not Aftercare.objects.exists()
    assert not Task.objects.filter(source_kind="aftercare").exists()


def test_the_worker_keeps_the_calls(ann: Staff) -> None:
    ended(ann, "lost-to-follow-up", calls_kept=True)
    assert Task.objects.filter(source_kind="aftercare", owner=ann, state="open").count() == 3


def test_a_reason_that_the_agency_named_itself_goes_by_its_way(ann: Staff) -> None:
    """*Declined* is no word of a shipped template; the agency says that it is a refusal."""
    template = shipped()["mental-health-tcm"]
    declined = DischargeReason("declined", "Declined", way=Leaving.REFUSED)
    program(actor_of(ann), template=replace(template, discharge_reasons=(declined,)))
    episode = episode_of(PersonFactory(), ann)
    discharge(episode=episode, discharged_on=TODAY, reason="declined", by=actor_of(ann))
    assert not Aftercare.objects.exists()


class Family:
    """A mother with two children, by name before her: Ada, Ben, and Zoe their mother."""

    def __init__(self, ann: Staff) -> None:
        self.ann = ann
        self.episode, self.people = family_of(ann, 3)
        for one, name in zip(self.people, ("Ada", "Ben", "Zoe"), strict=True):
            one.given = one.display_name = one.sort_key = name
            one.save()
        self.ada, self.ben, self.zoe = self.people

    def leaves(self, **more: object) -> Aftercare:
        discharge(episode=self.episode, discharged_on=TODAY, reason="safe", by=actor_of(self.ann), **more)
        return Aftercare.objects.get()


def test_a_familys_calls_stand_with_whom_the_goodbye_was_begun_for(ann: Staff) -> None:
    family = Family(ann)
    assert family.leaves(begun_for=family.zoe).person == family.zoe
    assert set(Task.objects.filter(source_kind="aftercare").values_list("client", flat=True)) == {family.zoe.pk}


def test_begun_for_nobody_the_first_by_name(ann: Staff) -> None:
    family = Family(ann)
    assert family.leaves().person == family.ada


def test_calls_about_those_who_live_do_not_stand_with_who_died(ann: Staff) -> None:
    family = Family(ann)
    family.ada.deceased, family.ada.died_on = True, TODAY - timedelta(days=1)
    family.ada.save()
    assert family.leaves(begun_for=family.ada).person == family.ben


def test_a_call_that_is_added_stands_with_whose_page_it_was_added_on(ann: Staff) -> None:
    family = Family(ann)
    said = {"title": "Look in", "mode": "phone", "due_on": TODAY + timedelta(days=3), "staff": ann}
    discharge(episode=family.episode, discharged_on=TODAY, reason="refused", by=actor_of(ann))
    assert not Aftercare.objects.exists()
    actions.add(episode=family.episode, person=family.ben, by=replace(actor_of(ann)), **said)
    assert Aftercare.objects.get().person == family.ben
    assert AftercareContact.objects.get().title == "Look in"
