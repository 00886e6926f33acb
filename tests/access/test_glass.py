"""Broken glass: for whom it breaks, for how long, who is told, who judges."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404

from goldthread.access import gate, queries
from goldthread.access.actions import break_glass, can_break, review_glass
from goldthread.access.acts import Act
from goldthread.access.models import BreakGlass
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, Staff
from tests.access.people import TODAY, viewer
from tests.factories import AT, AssignmentFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
WHY = "He called from the hospital"


@pytest.fixture
def worker() -> Staff:
    return StaffFactory(team=TeamFactory())


def test_glass_opens_one_client_to_read_for_four_hours(worker: Staff) -> None:
    client, other = PersonFactory(), PersonFactory()
    glass = break_glass(viewer=viewer(worker), pk=client.pk, reason=WHY)
    assert glass.ends_at - glass.opened_at == timedelta(hours=4)
    soon = viewer(worker, at=AT + timedelta(hours=3, minutes=59))
    assert gate.open_client(soon, Act.READ, client.pk) == client
    assert list(gate.clients(soon, Act.READ)) == [client]
    for act, pk in ((Act.EDIT, client.pk), (Act.REVEAL_IDENTIFIER, client.pk), (Act.READ, other.pk)):
        with pytest.raises(Http404):
            gate.open_client(soon, act, pk)
    over = viewer(worker, at=AT + timedelta(hours=4))
    with pytest.raises(Http404):
        gate.open_client(over, Act.READ, client.pk)
    assert not gate.clients(over, Act.READ).exists()


def test_everything_under_it_names_the_glass(worker: Staff) -> None:
    client = PersonFactory()
    glass = break_glass(viewer=viewer(worker), pk=client.pk, reason=WHY)
    admission = gate.admit(viewer(worker), Act.READ, client.pk)
    assert admission.viewer.actor.break_glass == glass.pk
    assert Event.objects.get(action="client.read").break_glass == glass.pk


def test_who_may_see_anyway_needs_no_glass(worker: Staff) -> None:
    client = AssignmentFactory(staff=worker).client
    break_glass(viewer=viewer(worker), pk=client.pk, reason=WHY)
    assert gate.admit(viewer(worker), Act.READ, client.pk).viewer.glass is None


@pytest.mark.parametrize("label", [Label.SUBSTANCE_USE, Label.HIV, Label.MINOR_CONSENTED])
def test_glass_breaks_for_these_labels_and_clears_them(worker: Staff, label: Label) -> None:
    client = PersonFactory(labels=label)
    break_glass(viewer=viewer(worker), pk=client.pk, reason=WHY)
    opened = gate.open_client(viewer(worker), Act.READ, client.pk)
    assert gate.cleared_labels(viewer(worker), opened) & label


@pytest.mark.parametrize(
    "label", [Label.DOMESTIC_VIOLENCE, Label.SEALED, Label.PSYCHOTHERAPY_NOTES, Label.CHILD_WELFARE_REPORTER]
)
def test_glass_holds_for_these_labels(worker: Staff, label: Label) -> None:
    client = PersonFactory(labels=label | Label.HIV)
    with pytest.raises(Http404):
        break_glass(viewer=viewer(worker), pk=client.pk, reason=WHY)
    assert Event.objects.get().allowed is False


@pytest.mark.parametrize("role", [Role.QUALITY, Role.BILLING, Role.AUDITOR, Role.ADMINISTRATOR, Role.PROGRAM_MANAGER])
def test_these_roles_break_no_glass(role: Role) -> None:
    assert can_break(viewer(StaffFactory(role=role)), PersonFactory().pk) is None


def test_there_is_no_glass_where_there_is_nobody(worker: Staff) -> None:
    with pytest.raises(Http404):
        break_glass(viewer=viewer(worker), pk=new_id(), reason=WHY)
    with pytest.raises(Http404):
        break_glass(viewer=viewer(worker), pk=PersonFactory(client_number=None).pk, reason=WHY)


@pytest.mark.parametrize("reason", ["", "because", "  a    b    c  ", "123456789"])
def test_a_reason_has_ten_letters(worker: Staff, reason: str) -> None:
    with pytest.raises(DomainError) as wrong:
        break_glass(viewer=viewer(worker), pk=PersonFactory().pk, reason=reason)
    assert wrong.value.field == "reason"
    assert not BreakGlass.objects.exists()


def test_the_second_click_finds_the_glass_broken(worker: Staff) -> None:
    client = PersonFactory()
    first = break_glass(viewer=viewer(worker), pk=client.pk, reason=WHY)
    told = Notice.objects.count()
    assert break_glass(viewer=viewer(worker), pk=client.pk, reason=WHY) == first
    assert Notice.objects.count() == told


def test_supervisors_of_the_client_and_of_the_worker_and_quality_are_told_at_once(worker: Staff) -> None:
    team = TeamFactory()
    of_client = StaffFactory(role=Role.SUPERVISOR, team=team)
    of_clients_worker = StaffFactory(role=Role.SUPERVISOR, team=(workers_team := TeamFactory()))
    of_viewer = StaffFactory(role=Role.SUPERVISOR, team=worker.memberships.get().team)
    quality = StaffFactory(role=Role.QUALITY)
    StaffFactory(role=Role.SUPERVISOR, team=TeamFactory())
    client = AssignmentFactory(team=team, staff=StaffFactory(team=workers_team)).client
    glass = break_glass(viewer=viewer(worker), pk=client.pk, reason=WHY)
    notices = Notice.objects.all()
    assert {notice.to_id for notice in notices} == {of_client.pk, of_clients_worker.pk, of_viewer.pk, quality.pk}
    assert {(n.kind, n.about_staff, n.about_person, n.source_id) for n in notices} == {
        ("glass_broken", worker.pk, client.pk, glass.pk)
    }
    assert Event.objects.get(action="glass.broken").details == {"told": 4}


def test_a_supervisor_is_not_told_of_their_own_glass() -> None:
    boss = StaffFactory(role=Role.SUPERVISOR, team=TeamFactory())
    break_glass(viewer=viewer(boss), pk=PersonFactory().pk, reason=WHY)
    assert not Notice.objects.exists()


def test_review_is_once_by_somebody_else_with_a_note(worker: Staff) -> None:
    team = TeamFactory()
    boss = StaffFactory(role=Role.SUPERVISOR, team=team)
    client = AssignmentFactory(team=team).client
    glass = break_glass(viewer=viewer(worker), pk=client.pk, reason=WHY)
    assert list(queries.glass_to_review(viewer(boss))) == [glass]
    by = viewer(boss).actor
    for outcome, note, who, field in (
        ("maybe", "Called her", by, "outcome"),
        ("justified", " ", by, "note"),
        ("justified", "Called her", viewer(worker).actor, "outcome"),
    ):
        with pytest.raises(DomainError) as wrong:
            review_glass(glass=glass, outcome=outcome, note=note, by=who)
        assert wrong.value.field == field
    review_glass(glass=glass, outcome="justified", note=" Called her ", by=by)
    glass.refresh_from_db()
    assert (glass.outcome, glass.review_note, glass.reviewed_by, glass.reviewed_at) == (
        "justified",
        "Called her",
        boss,
        AT,
    )
    with pytest.raises(DomainError):
        review_glass(glass=glass, outcome="not", note="Called again", by=by)
    assert not queries.glass_to_review(viewer(boss)).exists()
    assert list(queries.glass_reviewed(viewer(boss))) == [glass]


def test_nobody_is_shown_their_own_glass_or_another_teams() -> None:
    team = TeamFactory()
    boss = StaffFactory(role=Role.SUPERVISOR, team=team)
    client = AssignmentFactory(team=team).client
    break_glass(viewer=viewer(boss), pk=PersonFactory().pk, reason=WHY)
    break_glass(viewer=viewer(StaffFactory()), pk=PersonFactory().pk, reason=WHY)
    theirs = break_glass(viewer=viewer(StaffFactory()), pk=client.pk, reason=WHY)
    assert list(queries.glass_to_review(viewer(boss))) == [theirs]
    quality = viewer(StaffFactory(role=Role.QUALITY))
    assert queries.glass_to_review(quality).count() == 3


def test_a_block_is_stronger_than_glass(worker: Staff) -> None:
    from goldthread.access.actions import set_block

    client = PersonFactory()
    boss = viewer(StaffFactory(role=Role.QUALITY))
    break_glass(viewer=viewer(worker), pk=client.pk, reason=WHY)
    set_block(person=client, staff=worker, reason="Former partner", by=replace(boss.actor, today=TODAY))
    with pytest.raises(Http404):
        gate.open_client(viewer(worker), Act.READ, client.pk)
    assert can_break(viewer(worker), client.pk) is None
