"""The chain: what is sealed cannot be changed, removed, reordered or cut unseen. Each way of tampering is tried."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goldthread.foundation.audit import actions, queries, rules, triggers
from goldthread.foundation.audit.models import Event, Seal
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from tests.foundation.audit.tamper import tampering

pytestmark = pytest.mark.django_db


def events(actor: Actor, many: int, **said: object) -> list[Event]:
    return [actions.record(by=actor, action="client.read", kind="person", client=new_id(), **said) for _ in range(many)]  # type: ignore[arg-type]  # what each case says


def words(actor: Actor, later: int = 0) -> list[str]:
    return [one.what for one in queries.breaks(actor.at + timedelta(seconds=later))]


@pytest.fixture
def chain(actor: Actor) -> list[Event]:
    """Three seals of three events each."""
    made = []
    for _ in range(3):
        made += events(actor, 3)
        assert actions.seal(by=actor) == 3
    return made


def test_sealing_takes_each_event_once(actor: Actor, chain: list[Event]) -> None:
    assert actions.seal(by=actor) == 0
    assert [seal.number for seal in Seal.objects.order_by("number")] == [1, 2, 3]
    assert words(actor) == []


def test_sealing_goes_in_batches(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "BATCH", 2)
    events(actor, 5)
    assert actions.seal(by=actor) == 5
    assert [len(seal.events) for seal in Seal.objects.order_by("number")] == [2, 2, 1]
    assert words(actor) == []


def change_event(made: list[Event]) -> None:
    Event.objects.filter(pk=made[4].pk).update(actor=new_id())


def change_details(made: list[Event]) -> None:
    Event.objects.filter(pk=made[4].pk).update(details={"page": "another"})


def remove_event(made: list[Event]) -> None:
    Event.objects.filter(pk=made[4].pk).delete()


def remove_middle_seal(made: list[Event]) -> None:
    Seal.objects.filter(number=2).delete()


def swap_seals(made: list[Event]) -> None:
    Seal.objects.filter(number=2).update(number=20)
    Seal.objects.filter(number=3).update(number=2)
    Seal.objects.filter(number=20).update(number=3)


def reorder_events(made: list[Event]) -> None:
    seal = Seal.objects.get(number=2)
    Seal.objects.filter(number=2).update(events=seal.events[::-1])


def change_and_reseal_one(made: list[Event]) -> None:
    """The intruder knows how seals are made, and makes seal 2 anew: seal 3 no longer follows it."""
    Event.objects.filter(pk=made[4].pk).update(actor=new_id())
    seal = Seal.objects.get(number=2)
    seal.events = [[pk, rules.event_digest(Event.objects.get(pk=pk))] for pk, _ in seal.events]
    seal.digest = rules.seal_digest(seal)
    seal.save()


@pytest.mark.parametrize(
    ("how", "seal", "first"),
    [
        (change_event, 2, "event {4} was changed"),
        (change_details, 2, "event {4} was changed"),
        (remove_event, 2, "event {4} was removed"),
        (remove_middle_seal, 2, "this seal is missing"),
        (swap_seals, 2, "this seal does not follow the one before it"),
        (reorder_events, 2, "this seal was changed"),
        (change_and_reseal_one, 3, "this seal does not follow the one before it"),
    ],
)
def test_tampering_is_found_at_its_first_break(
    actor: Actor, chain: list[Event], how: Callable[[list[Event]], None], seal: int, first: str
) -> None:
    with tampering():
        how(chain)
    found = next(queries.breaks(actor.at))
    assert (found.seal, found.what) == (seal, first.replace("{4}", str(chain[4].pk)))
    with pytest.raises(CommandError, match=f"Broken at seal {seal}:"):
        call_command("audit", "verify")


def test_cutting_off_the_end_is_found_by_the_wait_and_by_the_noted_head(actor: Actor, chain: list[Event]) -> None:
    noted = Seal.objects.get(number=3).digest
    with tampering():
        Seal.objects.filter(number=3).delete()
    assert words(actor, later=60) == []
    assert words(actor, later=61) == ["an event has waited 61 seconds for its seal"]
    actions.seal(by=replace(actor, at=actor.at + timedelta(seconds=61)))
    with pytest.raises(CommandError, match="cut off or written anew"):
        call_command("audit", "verify", head=noted)


def test_an_event_slipped_in_under_a_sealed_id_is_found(actor: Actor, chain: list[Event]) -> None:
    with tampering():
        pk = chain[8].pk
        gap = Event.objects.get(pk=chain[0].pk)
        Seal.objects.filter(number=3).update(upto=pk + 5)
        seal = Seal.objects.get(number=3)
        Seal.objects.filter(number=3).update(digest=rules.seal_digest(seal))
        gap.pk = pk + 3
        gap.save(force_insert=True)
    assert words(actor) == [f"event {pk + 3} is in no seal"]


def test_an_id_that_commits_late_is_sealed_when_it_comes(actor: Actor) -> None:
    first, second, third = events(actor, 3)
    with tampering():
        Event.objects.filter(pk=second.pk).delete()
    assert actions.seal(by=actor) == 2
    seal = Seal.objects.get()
    assert [pk for pk, _ in seal.events] == [first.pk, third.pk]
    assert second.pk in [pk for pk, _ in seal.missing]
    second.save(force_insert=True)
    assert queries.waiting_since() == second.at
    assert actions.seal(by=actor) == 1
    assert Seal.objects.get(number=2).missing == [row for row in seal.missing if row[0] != second.pk]
    assert words(actor) == []


def test_a_missing_id_is_given_up_after_an_hour(actor: Actor) -> None:
    _, second, _ = events(actor, 3)
    with tampering():
        Event.objects.filter(pk=second.pk).delete()
    actions.seal(by=actor)
    for minutes, waiting in ((59, True), (60, False)):
        later = replace(actor, at=actor.at + timedelta(minutes=minutes))
        events(later, 1)
        actions.seal(by=later)
        head = Seal.objects.order_by("-number").first()
        assert head is not None
        assert (second.pk in [pk for pk, _ in head.missing]) is waiting


def test_two_sealers_at_once_make_one_chain(actor: Actor, chain: list[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    """The other sealer writes its seal after this one has read the head."""
    events(actor, 2)
    plain = rules.seal_digest

    def other_first(seal: Seal) -> str:
        monkeypatch.setattr(rules, "seal_digest", plain)
        actions.seal(by=actor)
        return plain(seal)

    monkeypatch.setattr(rules, "seal_digest", other_first)
    assert actions.seal(by=actor) == 0
    assert words(actor) == []
    assert Seal.objects.count() == 4


@pytest.mark.sqlite
@pytest.mark.parametrize("model", [Event, Seal])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_sqlite_refuses_to_change_or_remove(chain: list[Event], model: type[Event] | type[Seal], act: str) -> None:
    rows = model._default_manager.all()
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        rows.update(digest="") if model is Seal and act == "update" else rows.update(
            action=""
        ) if act == "update" else rows.delete()


@pytest.mark.sqlite
def test_triggers_can_be_taken_away_and_put_back() -> None:
    def there() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'")
            return int(cursor.fetchone()[0])

    assert there() == 4
    triggers.remove(connection)
    assert there() == 0
    triggers.install(connection)
    triggers.install(connection)
    assert there() == 4


def test_the_command_says_that_the_chain_holds(actor: Actor, chain: list[Event]) -> None:
    out = StringIO()
    head = Seal.objects.get(number=3)
    call_command("audit", "verify", head=head.digest, stdout=out)
    assert f"The chain holds: 3 seals, up to event {head.upto}." in out.getvalue()
    assert head.digest in out.getvalue()


def test_the_command_seals(actor: Actor) -> None:
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert "nothing has been sealed" in out.getvalue()
    events(actor, 2)
    call_command("audit", "seal", stdout=out)
    assert "2 events sealed." in out.getvalue()


def test_every_break_is_listed_when_asked(actor: Actor, chain: list[Event]) -> None:
    with tampering():
        Event.objects.filter(pk__in=[chain[0].pk, chain[8].pk]).delete()
    with pytest.raises(CommandError) as broken:
        call_command("audit", "verify", all=True)
    assert str(broken.value).count("was removed") == 2


@pytest.mark.parametrize("key", ["rubbish", "2026-11-19_5", "_", "2026-11-19T10:00:00+00:00_x"])
def test_pages_go_by_key_and_forgive_rubbish(actor: Actor, key: str) -> None:
    client = new_id()
    made = [actions.record(by=actor, action="client.read", kind="person", client=client) for _ in range(5)]
    newest = [event.pk for event in reversed(made)]
    first = queries.who_saw(client, key, limit=2)
    assert first.before is not None
    second = queries.who_saw(client, first.before, limit=2)
    assert second.before is not None
    third = queries.who_saw(client, second.before, limit=2)
    assert [event.pk for page in (first, second, third) for event in page.events] == newest
    assert third.before is None


def test_what_a_worker_saw(actor: Actor) -> None:
    worker = new_id()
    actions.record(by=replace(actor, staff=worker), action="client.read", kind="person")
    actions.record(by=actor, action="client.read", kind="person")
    assert len(queries.what_saw(worker).events) == 1


def test_many_rows_of_a_list_take_one_statement(actor: Actor) -> None:
    shown = [new_id() for _ in range(25)]
    with CaptureQueriesContext(connection) as asked:
        assert actions.record_many(by=actor, action="client.listed", kind="person", clients=shown) == 25
    assert sum(query["sql"].startswith("INSERT") for query in asked.captured_queries) == 1


def test_a_refusal_is_never_recorded_inside_somebody_elses_transaction(actor: Actor) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        actions.record_denied(by=actor, action="access.refused", kind="page")
    actions.record_denied(by=actor, action="access.refused", kind="page")
    assert Event.objects.get().allowed is False


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_lower_id_that_commits_after_a_higher_one_is_sealed_later(actor: Actor) -> None:
    """Two real connections: one holds its transaction open while the other commits and the sealer runs."""
    written, go_on = threading.Event(), threading.Event()
    slow: list[int] = []

    def write_slowly() -> None:
        connection.set_schema("test")  # type: ignore[attr-defined]  # of the connection to PostgreSQL
        with transaction.atomic():
            slow.append(actions.record(by=actor, action="client.read", kind="person").pk)
            written.set()
            go_on.wait(30)
        connection.close()

    thread = threading.Thread(target=write_slowly)
    thread.start()
    assert written.wait(30)
    quick = actions.record(by=actor, action="client.read", kind="person").pk
    assert quick > slow[0]
    assert actions.seal(by=actor) == 1
    assert words(actor) == []
    go_on.set()
    thread.join(30)
    assert queries.waiting_since() == actor.at
    assert actions.seal(by=actor) == 1
    assert [[pk for pk, _ in seal.events] for seal in Seal.objects.order_by("number")] == [[quick], [slow[0]]]
    assert words(actor) == []
