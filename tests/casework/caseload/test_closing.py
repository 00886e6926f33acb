"""Programs close: no new enrolments, nobody thrown out, and an enrolment at the same moment is told."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from goldthread.casework.caseload.actions import close_program, discharge, reopen_program, still_in
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import open_programs
from tests.casework.caseload.programs import enrolled, program, within_the_agency
from tests.factories import AgencyFactory, PersonFactory

TODAY = date(2026, 11, 19)
AHEAD = date(2026, 12, 31)


@pytest.mark.django_db
def test_refused_while_somebody_is_in_it_and_says_how_many(actor: Actor) -> None:
    first, second = enrolled(actor, date(2026, 9, 1)), enrolled(actor, date(2026, 9, 1))
    home = first.program
    with pytest.raises(DomainError, match=r"^2 clients or families are in this program"):
        close_program(program=home, closed_on=TODAY, by=actor)
    for episode in (first, second):
        discharge(episode=episode, discharged_on=date(2026, 11, 18), reason="moved", by=actor)
    with pytest.raises(DomainError, match=r"^2 clients"):  # they were in it on that day
        close_program(program=home, closed_on=date(2026, 11, 18), by=actor)
    for _ in range(2):
        close_program(program=home, closed_on=TODAY, by=actor)
    assert Event.objects.filter(action="programs.closed").count() == 1
    assert open_programs(TODAY) == []
    with pytest.raises(DomainError) as refused:
        enrolled(actor, TODAY)
    assert refused.value.field == "enrolled_on"
    reopen_program(program=home, by=actor)
    assert enrolled(actor, TODAY).program == home


@pytest.mark.django_db
def test_a_day_ahead_takes_nothing_from_who_is_in_it(actor: Actor) -> None:
    episode = enrolled(actor, date(2026, 9, 1))
    close_program(program=episode.program, closed_on=AHEAD, by=actor)
    assert enrolled(actor, TODAY)  # until then it is open
    after = replace(actor, today=AHEAD, at=actor.at + timedelta(days=42))
    with pytest.raises(DomainError):
        enrolled(after, AHEAD)
    assert still_in(episode.program, AHEAD) == 2
    discharge(episode=episode, discharged_on=AHEAD, reason="moved", by=after)
    assert still_in(episode.program, AHEAD + timedelta(days=1)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2029, 1, 1)])
def test_days_that_cannot_be(actor: Actor, day: date) -> None:
    with pytest.raises(DomainError) as refused:
        close_program(program=program(actor), closed_on=day, by=actor)
    assert refused.value.field == "closed_on"


@pytest.mark.django_db(transaction=True)
def test_closing_and_enrolling_at_once_one_of_them_is_told(actor: Actor) -> None:
    AgencyFactory()
    home = program(actor)
    for _ in range(4):
        Program.objects.update(closed_on=None)
        Episode.objects.all().update(discharged_on=date(2026, 10, 1), enrolled_on=date(2026, 10, 1))
        client, start, said = PersonFactory(), threading.Barrier(2), []

        def run(close: bool, client=client, start=start, said=said) -> None:  # type: ignore[no-untyped-def]  # the round's
            within_the_agency()
            start.wait(20)
            try:
                if close:
                    close_program(program=home, closed_on=TODAY, by=actor)
                else:
                    enrolled(actor, TODAY, person=client)
                said.append("in")
            except DomainError:
                said.append("told")
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=[close]) for close in (True, False)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(said) == ["in", "told"]
