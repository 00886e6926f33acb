"""Enrollments and past contacts from a file: matched to clients, all or nothing, no storm of tasks, taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.imports.actions import bringing
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.actions.deciding import decide
from goldthread.casework.imports.actions.starting import give_up, match, start
from goldthread.casework.imports.actions.taking_back import begin_undo
from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Brought, Finding, Import
from goldthread.casework.imports.tasks import step
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.actions.runs import refresh
from goldthread.casework.tasks.models import Evidence, Reckoning, Task
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.actions import change_rules
from goldthread.foundation.programs.queries import template_on
from goldthread.people.persons.models import Person
from tests.casework.imports.actions.killing import killed_after_the_first_turn
from tests.casework.imports.actions.test_whole_way import BY, known
from tests.casework.tasks.making import enrolled
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
RULES = """
template: tried
title: Tried
contacts:
  - {key: home-visit, title: Home visit, mode: in_person, place: residence}
discharge_reasons:
  - {key: moved, title: Moved away}
requirements:
  - {key: visit, title: Visit, each: month, accepts: {kind: contact, mode: in_person, seen: client}, source: judgement}
  - {key: plan, title: Plan, due: 30 days, accepts: plan_signed, source: judgement}
  - {key: call, title: Call, every: 2 weeks, accepts: contact, source: judgement}
"""
STAYS = "Client number,Program,Start date,End date,Reason,Worker,Unit\n"
TALKS = "Client number,Date,Time,Type,Minutes,Staff,Note,Room\n"


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


def checked(text: str, what: str) -> Import:
    run = start(data=text.encode(), name=f"{what}.csv", by=BY, what=what)
    run = match(run=run.pk, fields={}, chosen={}, version_seen=run.version, by=BY)
    return step(run.pk, BY)


def brought(text: str, what: str) -> Import:
    run = checked(text, what)
    assert run.state == State.CHECKED, run.why
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    return step(run.pk, BY)


def undone(run: Import) -> Import:
    begin_undo(run=run.pk, by=BY)
    return step(run.pk, BY)


def told(run: Import) -> list[list[str]]:
    return [reason for one in Finding.objects.filter(run=run).order_by("row") for reason in one.told]


def test_enrollments_come_in_whole_and_ask_for_nothing_of_the_past(care: Any) -> None:
    ana, team = known(), TeamFactory()
    renee = StaffFactory(name="Renee Baptiste", team=team)
    whole = Assignment.objects.create(client=ana, staff=renee, starts_on=date(2026, 1, 2), given_at=BY.at)
    number = ana.client_number
    run = brought(
        STAYS + f"{number},care,1/15/2020,3/1/2021,moved away,,North\n{number},Care,1/15/2023,,,Renee Baptiste,South\n",
        "episodes",
    )
    assert (run.state, run.brought) == (State.BROUGHT, 2)
    past, now = Episode.objects.order_by("enrolled_on")
    assert (past.person, past.enrolled_on, past.discharged_on, past.discharge_reason) == (
        ana,
        date(2020, 1, 15),
        date(2021, 3, 1),
        "moved",
    )
    assert (now.discharged_on, now.asked_from) == (None, BY.today)
    assert [one.pk for one in open_episodes(ana, BY.today)] == [now.pk]
    assert list(Entry.objects.order_by("happened_at").values_list("person", "kind", "facts__file")) == [
        (ana.pk, "enrolled", "episodes.csv"),
        (ana.pk, "discharged", "episodes.csv"),
        (ana.pk, "enrolled", "episodes.csv"),
    ]
    assert not Evidence.objects.filter(voided=True).exists()
    whole.refresh_from_db()
    assert (whole.ends_on, Assignment.objects.get(episode=now).team) == (BY.today, team)
    assert Brought.objects.get(pk=past.pk).kept == {"Unit": "North"}
    while refresh(by=BY):
        pass
    assert not Task.objects.filter(due_on__lt=BY.today).exists()
    assert set(Task.objects.filter(state="open").values_list("requirement", flat=True)) == {"visit", "call"}
    assert not Task.objects.exclude(owner=renee).exists()
    assert undone(run).state == State.UNDONE
    for model in (Episode, EpisodeMember, Entry, Evidence, Reckoning, Task, Brought):
        assert not model.objects.exists(), model
    whole.refresh_from_db()
    assert (whole.ends_on, Person.objects.get()) == (None, ana)


def test_contacts_come_as_signed_of_old_and_count_as_evidence(care: Any) -> None:
    ana = known()
    number = ana.client_number
    StaffFactory(name="Renee Baptiste")
    brought(STAYS + f"{number},Care,1/15/2023,,,,\n", "episodes")
    run = brought(
        TALKS
        + f'{number},11/10/2026,2:30 PM,home visit,1:15,Renee Baptiste,"Went well.\nTwo lines",12\n'
        + f"{number},3/4/2019,,Phone call,20,Old Colleague,Before any program,\n",
        "contacts",
    )
    assert (run.state, run.brought) == (State.BROUGHT, 2)
    old, visit = Entry.objects.filter(source_kind="brought").order_by("happened_at")
    assert (visit.title, visit.text, visit.actor.name, visit.person) == (
        "Home visit",
        "Went well.\nTwo lines",
        "Renee Baptiste",
        ana,
    )
    assert visit.facts == {
        "file": "contacts.csv",
        "mode": "in_person",
        "place": "residence",
        "kind": "home-visit",
        "minutes": 75,
        "seen": ["client"],
    }
    assert visit.happened_at == datetime(2026, 11, 10, 19, 30, tzinfo=UTC)
    assert (old.episode, old.actor, old.facts["author"], old.facts["mode"]) == (None, None, "Old Colleague", "phone")
    while refresh(by=BY):
        pass
    met = Task.objects.get(requirement="visit", period_start=date(2026, 11, 1))
    assert (met.state, met.done_on, met.late) == ("done", date(2026, 11, 10), False)
    assert Task.objects.get(requirement="call", state="open").due_on == date(2026, 11, 24)
    assert told(checked(TALKS + f"{number},3/4/2019,,,,,Before any  program,\n", "contacts")) == [
        ["Date", "This contact came with another file before."]
    ]
    assert undone(run).kept == []
    assert not Entry.objects.filter(source_kind="brought").exists()
    while refresh(by=BY):
        pass
    assert Task.objects.get(requirement="visit", period_start=date(2026, 11, 1)).state == "open"


def test_what_cannot_be_is_told_by_row_column_and_reason(care: Any) -> None:
    ana = known()
    number = ana.client_number
    enrolled(care, date(2026, 1, 1), ana)
    run = checked(
        STAYS
        + f"{number},Carre,1/15/2020,,,,\n{number},Care,5/5/2026,,,,\n{number},Care,,,,,\n9999,Care,1/1/2020,,,,\n"
        + f"{number},Care,3/1/2020,2/1/2020,,,\n{number},Care,1/1/2019,2/1/2019,,,\n{number},Care,1/5/2019,1/6/2019,,Zed Zed,\n"
        + f"{number},Care,1/5/2019,1/6/2019,,,\n{number},Care,1/1/1950,2/1/1950,,,\n",
        "episodes",
    )
    assert told(run) == [
        ["Program", "There is no program called Carre here. Set it up first, or write its name as it is here."],
        ["Start date", "The client is in this program on some of these days already."],
        ["Start date", "This is missing."],
        ["Client number", "No client here has this number."],
        ["End date", "The last day is before the first day."],
        [
            "Worker",
            "Nobody called Zed Zed works here. Invite them first, or keep this column as additional information.",
        ],
        ["Start date", "Row 7 has the same client in this program on some of these days."],
        ["Start date", "The client was not born yet on that day."],
    ]
    talks = checked(
        TALKS
        + f"{number},1/1/2090,,,,,,\n{number},1/1/2026,25:00,,many,,,\n{number},1/1/2026,,,,,a,\n{number},1/1/2026,,,,,a,\n",
        "contacts",
    )
    assert [(column, reason[:20]) for column, reason in told(talks)] == [
        ("Date", "This day is in the f"),
        ("Time", "Write a time, for ex"),
        ("Minutes", "Write how long in mi"),
        ("Date", "Row 4 is the same co"),
    ]


def test_rows_beyond_the_places_of_a_program_are_told_and_come_in(care: Any) -> None:
    """Two places, one of them taken: of three who go on, the second and third are more; who has left takes none."""
    rules = template_on(care, BY.today)
    places = replace(rules, waitlist=replace(rules.waitlist, places=2))
    said = {"in_force_from": BY.today, "by": BY, "reason": "", "deviations": [], "version_seen": 1}
    change_rules(program=care, template=places, **said)
    enrolled(care, BY.today)
    numbers = [PersonFactory(client_number=7001 + n, client_since=BY.today).client_number for n in range(4)]
    rows = [f"{numbers[0]},Care,2026-01-05,2026-06-30,moved,,", *(f"{n},Care,2026-01-05,,,," for n in numbers[1:])]
    run = checked(STAYS + "\n".join(rows) + "\n", "episodes")
    assert (run.state, run.refused) == (State.CHECKED, 0)
    assert run.shown["over"] == [[4, "Care", 2], [5, "Care", 2]]
    assert run.shown["over_count"] == 2
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).state == State.BROUGHT


def test_rows_are_found_by_name_and_birth_and_a_person_decides_between_two(care: Any) -> None:
    ana = known()
    head = "Name,DOB,Program,Start date\n"
    run = brought(head + "Ana Ortiz,3/4/1961,Care,1/15/2020\n", "episodes")
    assert Episode.objects.get().person == ana
    other = known()
    run = checked(
        head + "Ana Ortiz,3/4/1961,Care,1/15/2024\nAna Ortis,3/4/1961,Care,1/1/2019\nZed Abel,1/1/1999,Care,1/1/2019\n",
        "episodes",
    )
    assert told(run) == [["Name", "No client here has this name and date of birth."]]
    first, second = Finding.objects.filter(run=run, told=[]).order_by("row")
    assert set(first.among) == {str(ana.pk), str(other.pk)} == set(second.among)
    with pytest.raises(DomainError, match="answers offered"):
        decide(run=run.pk, row=2, decision="new", by=BY)
    with pytest.raises(DomainError, match="answers offered"):
        decide(run=run.pk, row=2, decision=f"same:{new_id()}", by=BY)
    decide(run=run.pk, row=2, decision=f"same:{other.pk}", by=BY)
    decide(run=run.pk, row=3, decision="leave", by=BY)
    run.without_refused = True
    run.save()
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).brought == 1
    assert Episode.objects.get(enrolled_on=date(2024, 1, 15)).person == other


def test_a_number_beside_another_name_is_asked_about(care: Any) -> None:
    ana = known()
    run = checked(
        f"Client number,Name,DOB,Program,Start date\n{ana.client_number},Bo Lee,5/6/1970,Care,1/1/2020\n", "episodes"
    )
    assert Finding.objects.get(run=run).among == [str(ana.pk)]


def test_that_some_are_known_is_not_told_by_numbers_either(care: Any) -> None:
    ana = known()
    Person.objects.filter(pk=ana.pk).update(labels=int(Label.DOMESTIC_VIOLENCE))
    run = checked(STAYS + f"{ana.client_number},Care,1/15/2020,,,,\n", "episodes")
    assert told(run) == [["Client number", "No client here has this number."]]


def test_nothing_is_seen_before_all_is_there_and_a_kill_leaves_nothing(
    care: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "rows_of_a_turn", lambda: (1, 1))
    ana = known()
    text = STAYS + "".join(f"{ana.client_number},Care,1/1/{year},2/1/{year},,,\n" for year in (2019, 2020))
    run = checked(text, "episodes")
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    killed_after_the_first_turn(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        step(run.pk, BY)
    assert Episode.objects.count() == 1
    assert not EpisodeMember.objects.filter(person=ana).exists()
    assert not Entry.objects.filter(person=ana).exists()
    give_up(run=run.pk, by=BY)
    assert step(run.pk, BY).state == State.GIVEN_UP
    for model in (Episode, Entry, Evidence, Brought):
        assert not model.objects.exists()
    assert Person.objects.get() == ana


def test_somebody_enrolled_by_hand_meanwhile_keeps_all_out(care: Any) -> None:
    ana = known()
    run = checked(STAYS + f"{ana.client_number},Care,1/15/2023,,,,\n", "episodes")
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    mine = enrolled(care, date(2026, 11, 1), ana)
    run = step(run.pk, BY)
    assert (run.state, "already" in run.why) == (State.MATCHING, True)
    assert Episode.objects.get() == mine


def test_undo_leaves_what_was_worked_with(care: Any) -> None:
    ana, bo = known(), PersonFactory(client_number=7000, client_since=BY.today)
    run = brought(STAYS + f"{ana.client_number},Care,1/15/2023,,,,\n7000,Care,1/15/2023,,,,\n", "episodes")
    hers = Episode.objects.get(person=ana)
    brought(TALKS + f"{ana.client_number},11/10/2026,,,,,Words,\n", "contacts")
    run = undone(run)
    assert [one["client"] for one in run.kept] == [str(ana.pk)]
    assert Episode.objects.get() == hers
    assert bo.pk not in set(EpisodeMember.objects.values_list("person", flat=True))
