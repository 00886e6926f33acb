"""Two people at one moment, each over a connection of their own: a discharge that is signed, a place that is offered and answered, a
paper that is brought. Once, or told why not; never half."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q

from goldthread.casework.discharge.actions import begin, decide, say, sign, undo_discharge
from goldthread.casework.discharge.actions.signing import digest_for
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.discharge.queries.items import open_items, scope_of
from goldthread.casework.documents.actions import Days, add_document, add_version
from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.actions.enrolling import enrol_clients
from goldthread.casework.intake.actions.offers import answer, offer
from goldthread.casework.intake.actions.settling import settle
from goldthread.casework.intake.actions.taking_in import take_in
from goldthread.casework.intake.actions.waiting import put_on_waitlist
from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.intake.models import Inquiry, Offer, Place
from goldthread.casework.intake.queries.vacancies import TAKEN
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.actions import discharge
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.files import storage
from goldthread.foundation.files.actions import sweep_orphans
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.files.straining import Clean
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.actions import change_rules
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import template_on
from goldthread.people.persons.models import Person
from tests.casework.caseload.programs import MENTAL, enrolled, program
from tests.factories import LONG_AGO, AgencyFactory, PersonFactory, StaffFactory, TeamFactory
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


class Everything:
    """Sees all."""

    def rows(self, *, episode: str = "episode", labels: str = "labels") -> Q:
        return Q()


@pytest.fixture
def by(actor: Actor) -> Actor:
    AgencyFactory()
    return replace(actor, staff=StaffFactory(team=TeamFactory()).pk)


def signed_once_and_what_came_open_meanwhile_is_not_lost(by: Actor) -> None:
    program(by)
    for _round in range(ROUNDS):
        episode = enrolled(by, LONG_AGO, person=PersonFactory())
        person = episode.person
        assert person
        make_task(title="Copy the lease", client=person, episode=episode, owner=StaffFactory(), due_on=by.today, by=by)
        way = say(
            way=begin(episode=episode, person=person, by=by),
            last_day=by.today,
            reason="goals-reached",
            said={},
            by=by,
        )
        (item,) = open_items(scope_of(episode, person), Everything(), by.at)
        decide(way=way, item=item, decision="done", by=by)
        way.refresh_from_db()
        signs = signing(way, by)
        more = another_task(person, episode, by)
        found = race(signs, signs, more)
        episode.refresh_from_db()
        if episode.discharged_on:
            # the task came in after the end (refused, or of an episode that is over), or was settled before: once ended is once told
            assert Entry.objects.filter(kind="goodbye", source_id=way.pk).count() == 1
            assert WayOut.objects.get(pk=way.pk).state == "done"
            assert Task.objects.get(pk=item.id).state == "done"
        else:
            assert sum("still open" in one for one in found) == 2, found
            assert WayOut.objects.get(pk=way.pk).state == "open"
            assert Task.objects.get(pk=item.id).state == "open", "nothing half done"
        assert all(one == "in" or one.startswith("told: ") for one in found), found


def signing(way: WayOut, by: Actor) -> Callable[[], object]:
    return lambda: sign(
        way=way, drafted={}, shown=digest_for(way, {}), seen=Everything(), may_end=True, by=by
    )  # fmt: skip


def another_task(person: Person, episode: Episode, by: Actor) -> Callable[[], object]:
    """Somebody writes another task down at that moment."""
    due = by.today + timedelta(days=3)
    return lambda: make_task(
        title="Send the key", client=person, episode=episode, owner=StaffFactory(), due_on=due, by=by
    )


def two_workers_offer_and_hear_at_once(by: Actor) -> None:
    open_to = Program.objects.get()
    for number in range(ROUNDS):
        place = waits(by, open_to, f"Maria {number}")
        twice = lambda place=place: offer(place=place, why_now="Now", by=by)  # noqa: E731  one deed, done twice
        assert race(twice, twice) == ["in", "told: They were offered a place already."]
        assert Offer.objects.filter(place=place).count() == 1
        yes = lambda place=place: answer(place=place, answer="accepted", by=by)  # noqa: E731  as above
        no = lambda place=place: answer(place=place, answer="declined", stays=False, by=by)  # noqa: E731  as above
        found = race(yes, no)
        assert found[0] == "in", found
        assert found[1].startswith("told: "), found
        place.refresh_from_db()
        assert (place.state, Offer.objects.get(place=place).answer) in {
            ("accepted", "accepted"),
            ("removed", "declined"),
        }
        assert Task.objects.filter(source_kind="offer", state="open").count() == 0


def the_last_place_is_promised_once(by: Actor) -> None:
    """One place; two who wait are offered it, one comes in by no offer, one from their own page, one by a discharge taken back."""
    open_to = Program.objects.get()
    left = discharge(
        episode=enrolled(by, LONG_AGO, person=PersonFactory()), discharged_on=by.today, reason="moved", by=by
    )
    taken = Episode.objects.filter(program=open_to, discharged_on__isnull=True).count()
    taken += Place.objects.filter(program=open_to, state__in=TAKEN).count()
    rules = template_on(open_to, by.today)
    change_rules(
        program=open_to,
        template=replace(rules, waitlist=replace(rules.waitlist, places=taken + ROUNDS)),
        in_force_from=by.today,
        by=by,
        reason="",
        deviations=[],
        version_seen=1,
    )
    for number in range(ROUNDS - 1):
        offer(place=waits(by, open_to, f"Given {number}"), why_now="Now", by=by)
    one, two = (waits(by, open_to, name) for name in ("One", "Two"))
    three = settle(inquiry=keep_of(by, "Three"), client=None, by=by)
    four = PersonFactory()
    found = race(
        lambda: offer(place=one, why_now="Now", by=by),
        lambda: offer(place=two, why_now="Now", by=by),
        lambda: take_in(inquiry=three, program=open_to, enrolled_on=by.today, by=by),
        lambda: enrol_clients(program=open_to, person=four, enrolled_on=by.today, by=by),
        lambda: undo_discharge(episode=left, by=by),
        told=lambda error: str(error.message)[:16],
    )
    assert found == [*["No place is free"] * 4, "in"]
    now = Episode.objects.filter(program=open_to, discharged_on__isnull=True).count()
    assert now + Place.objects.filter(program=open_to, state__in=TAKEN).count() == taken + ROUNDS


def keep_of(by: Actor, given: str) -> Inquiry:
    said = {"given": [given], "family": ["Ortiz"], "program": [MENTAL]}
    return keep(pk=new_id(), given=said, by=by).inquiry


def waits(by: Actor, to: Program, given: str) -> Place:
    row = keep_of(by, given)
    return put_on_waitlist(inquiry=settle(inquiry=row, client=None, by=by), program=to, by=by)


def a_paper_from_two_tabs_is_one_and_a_kill_leaves_no_half(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    dana = PersonFactory()
    days = Days(expires_on=date(2027, 11, 19))

    def bring(form_id: Any, text: bytes) -> Callable[[], object]:
        clean = Clean(text, "text/plain; charset=utf-8")
        return lambda: add_document(
            person=dana, kind="insurance", title="Card", clean=clean, days=days, owner=None, form_id=form_id, by=by
        )

    one = new_id()
    assert race(bring(one, b"a card"), bring(one, b"a card")) == ["in", "in"]
    card = Document.objects.get()
    newer = [
        lambda text=text: add_version(
            document=card, clean=Clean(text, "text/plain; charset=utf-8"), days=days, owner=None, by=by
        )
        for text in (b"second", b"third")
    ]
    assert race(*newer) == ["in", "in"]
    assert sorted(DocumentVersion.objects.values_list("number", flat=True)) == [1, 2, 3]

    def killed(**_row: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as until:
        until.setattr(StoredFile.objects, "create", killed)
        with pytest.raises(KeyboardInterrupt):
            bring(new_id(), b"never there")()
    assert Document.objects.count() == 1, "no row without its file"
    lost = storage.digest_of(b"never there")
    assert lost in {path.name for path in storage.all_files()}
    sweep_orphans(older_than=by.at + timedelta(days=3650), by=by)
    kept = {path.name for path in storage.all_files()}
    assert lost not in kept, "the file to which no row leads goes with the sweep"
    assert set(DocumentVersion.objects.values_list("file__digest", flat=True)) <= kept


def test_two_at_one_moment(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """One test: emptying every table after a test that commits is what such tests cost on PostgreSQL."""
    signed_once_and_what_came_open_meanwhile_is_not_lost(by)
    two_workers_offer_and_hear_at_once(by)
    a_paper_from_two_tabs_is_one_and_a_kill_leaves_no_half(by, monkeypatch)
    the_last_place_is_promised_once(by)
