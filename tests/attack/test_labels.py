"""A labelled client under each role, relation and label: shown nowhere unless all three clear it; and every showing is logged."""

import io
from typing import Any

import pytest
from django.utils import timezone

from goldthread.foundation.audit import queries
from goldthread.foundation.audit.actions import seal
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice
from goldthread.people.persons.models import Person
from tests.access.seats import Seat, Seats, seats_in
from tests.access.world import CANARIES, RELATIONS, World
from tests.clock import agency_today
from tests.factories import AssignmentFactory

pytestmark = pytest.mark.django_db
ALL = {"substance_use", "hiv", "domestic_violence", "minor_consented"}
GLASS = {"substance_use", "hiv", "minor_consented"}
CLEARED: dict[tuple[str, str], set[str]] = {
    ("case_manager", "caseload"): ALL,
    ("case_manager", "cover"): ALL,
    ("supervisor", "supervisor_of"): ALL | {"child_welfare_reporter"},
    ("program_manager", "site"): {"substance_use", "hiv", "domestic_violence", "sealed"},
    ("intake", "glass"): GLASS,
    ("case_manager", "glass"): GLASS,
    ("supervisor", "glass"): GLASS,
    **{("quality", relation): {"substance_use", "hiv", "child_welfare_reporter"} for relation in RELATIONS},
    **{("auditor", relation): {"substance_use"} for relation in RELATIONS},
}
"""By hand, from expected.csv: which labels are cleared for whom."""
TELLING = {
    Role.INTAKE: ("none", "glass"),
    Role.CASE_MANAGER: ("none", "caseload", "cover", "team", "glass"),
    Role.SUPERVISOR: ("none", "supervisor_of", "glass"),
    Role.PROGRAM_MANAGER: ("none", "site"),
}
"""The relations that make a difference to a role."""
PAGES = ("", "details/", "circle/", "history/", "access/", "alerts/", "about/edit/", "photo/")
AROUND = (
    "/clients/?whose=all&column=number&column=phone&column=alerts",
    "/clients/?whose=mine",
    "/search/?q=Dana+Qanaryfamily",
    "/search/?q=7310177",
    "/search/?q=QN-5512-8046",
    "/search/?q=555-0177-31",
    "/clients/export.csv?whose=all&column=number&column=phone&column=alerts",
    "/clients/export.xlsx?whose=all&column=number&column=phone&column=alerts",
    "/settings/hand-over/?from={worker}",
    "/audit/workers/{worker}/",
    "/glass/",
    "/notices/",
)
EVERYWHERE = (*(f"/clients/{{client}}/{page}" for page in PAGES), *AROUND)
FEW = ("/clients/{client}/", "/clients/{client}/photo/", AROUND[0], "/search/?q=QN-5512-8046", "/glass/", "/notices/")
"""One of each kind: the record, a part of it, a list, what is found, what was done. Every page asks the same gate for a label,
whichever it is (tests/access/test_gate.py has them all)."""
FURTHER = [label for label in Label if label != Label.DOMESTIC_VIOLENCE]
EACH_LABEL = [
    (Label.DOMESTIC_VIOLENCE, EVERYWHERE),
    pytest.param(Label.SUBSTANCE_USE, FEW, marks=(pytest.mark.thorough, pytest.mark.once)),
    *(pytest.param(label, EVERYWHERE, marks=pytest.mark.slow) for label in FURTHER),
]
TYPED = ('value="Dana Qanaryfamily"', 'value="7310177"', 'value="QN-5512-8046"', 'value="555-0177-31"')


@pytest.fixture(scope="module")
def seats(kept_world: World) -> Seats:
    """A worker of every role under every relation that tells; each has a client of their own and a notice about ours."""
    seats = seats_in(kept_world, [(role, relation) for role in Role for relation in TELLING.get(role, ("none",))])
    told = {"about_staff": kept_world.worker.pk, "about_person": kept_world.client.pk, "at": kept_world.now}
    for seat in seats.values():
        Notice.objects.create(to=seat.staff, kind="glass_broken", **told)
        AssignmentFactory(staff=seat.staff)
    return seats


def shown(answer: Any) -> set[str]:
    """The canaries that an answer tells, without what the reader typed."""
    body = b"".join(answer.streaming_content if answer.streaming else [answer.content])
    if body.startswith(b"PK"):
        from openpyxl import load_workbook  # here: slow to load

        body = repr(list(load_workbook(io.BytesIO(body)).active.values)).encode()  # type: ignore[union-attr]  # it has one: else the test fails
    text = body.decode("utf-8", "replace")
    for typed in TYPED:
        text = text.replace(typed, "")
    for header in ("Location", "HX-Redirect", "Content-Disposition"):
        text += answer.headers.get(header, "")
    return {name for name, value in CANARIES.items() if value in text}


@pytest.mark.parametrize(
    ("label", "pages"), EACH_LABEL, ids=lambda one: one.name if isinstance(one, Label) else str(len(one))
)
def test_a_labelled_client_is_shown_only_where_the_label_is_cleared(
    label: Label, pages: tuple[str, ...], world: World, seats: Seats, capsys: Any
) -> None:
    Person.objects.filter(pk=world.client.pk).update(labels=int(label))
    wrong = []
    for (role, relation), seat in seats.items():
        cleared = (label.name or "").lower() in CLEARED.get((role.value, relation), set())
        for path, found, logged in walk(world, seat, pages):
            if found and not cleared:
                wrong.append((role.value, relation, path, sorted(found)))
            if found and not logged:
                wrong.append((role.value, relation, path, "not on the log"))
    assert not wrong
    assert not [name for name, value in CANARIES.items() if value in capsys.readouterr().err]


def test_every_showing_of_a_client_without_label_is_on_the_log_and_the_chain_holds(
    world: World, seats: Seats, capsys: Any
) -> None:
    wrong = [
        (role.value, relation, path)
        for (role, relation), seat in seats.items()
        for path, found, logged in walk(world, seat, EVERYWHERE)
        if found and not logged
    ]
    assert not wrong
    now = timezone.now()
    seal(by=Actor(at=now, today=agency_today()))
    assert list(queries.breaks(now)) == []
    assert not [name for name, value in CANARIES.items() if value in capsys.readouterr().err]


def walk(world: World, seat: Seat, pages: tuple[str, ...]) -> list[tuple[str, set[str], bool]]:
    """Each of *pages*, from *seat*: its address, the canaries on it, and whether the log names the client for it."""
    client, result = seat.browser(), []
    for path in [page.format(client=world.client.pk, worker=world.worker.pk) for page in pages]:
        for htmx in (False, True) if "/alerts/" in path or "whose=all&column" in path or "q=Dana" in path else (False,):
            before = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            answer = client.get(path, headers={"HX-Request": "true"} if htmx else {})
            found = shown(answer)
            mine = Event.objects.filter(pk__gt=before, actor=seat.staff.pk, client=world.client.pk, allowed=True)
            result.append((path, found, mine.exists()))
    return result
