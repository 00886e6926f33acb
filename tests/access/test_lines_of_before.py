"""Lines of the timeline that were written before 23 November 2026 with a protected program's label and no episode: the update gives them
the protection that new ones have (42 CFR 2.12(c)(3))."""

from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps

from goldthread.casework.intake.actions.hand_offs import Elsewhere, refer_client, refer_inquiry
from goldthread.casework.intake.actions.waiting import put_on_waitlist
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from tests.access.test_of_no_episode import by_of, inquired, sent_on, told
from tests.access.test_two_programs import Two, two
from tests.access.world import browser
from tests.factories import StaffFactory

__all__ = ["two"]
pytestmark = pytest.mark.django_db
SUBSTANCE_USE = int(Label.SUBSTANCE_USE)


def update() -> None:
    intake = import_module("goldthread.casework.intake.migrations.0007_lines_of_protected_programs")
    packages = import_module("goldthread.casework.packages.migrations.0003_lines_of_protected_programs")
    intake.leave_the_timeline(apps, None)
    packages.put_under_their_program(apps, None)
    packages.name_nobody(apps, None)


def line_as_it_was(
    two: Two, kind: str, source: str, title: str, pk: UUID | None = None, labels: int = SUBSTANCE_USE
) -> Entry:
    """As it was written then: of no episode."""
    return write_entry(
        kind=kind,
        person=two.client,
        episode=None,
        happened_at=two.by.at,
        labels=labels,
        source_kind=source,
        source_id=pk or new_id(),
        title=title,
        by=by_of(two, two.recovery),
    )


def test_a_place_on_a_waitlist_and_a_referral_leave_the_timeline(two: Two) -> None:
    row, by = inquired(two), by_of(two, two.recovery)
    put_on_waitlist(inquiry=row, program=two.quiet.program, told="quietly said", by=by)
    waits = line_as_it_was(two, "waiting", "waiting", "On the waitlist of Quietprogram")
    to = Elsewhere(organization="Quietclinic", said="quietly said")
    made = refer_inquiry(inquiry=inquired(two), to=to, program=two.quiet.program, by=by)
    line_as_it_was(two, "referred", "hand_off", "Quietclinic", made.pk)
    line_as_it_was(two, "referred", "hand_off", "Quietclinic: Was not taken")
    assert told(two.mental, two, "timeline/") != []
    update()
    assert told(two.mental, two, "timeline/") == []
    for staff in (two.recovery, StaffFactory(role=Role.QUALITY)):
        text = browser(staff).get(f"/clients/{two.client.pk}/timeline/").content.decode()
        assert ("Waitlist:" in text, "Quietclinic" in text, "Quietprogram" in text) == (
            False,
            False,
            True,
        )  # enrolled there
    waits.refresh_from_db()
    assert (waits.title, waits.hidden) == ("On the waitlist of Quietprogram", True)  # kept, and not shown


@pytest.mark.parametrize("in_the_program", [True, False])
def test_a_package_is_told_of_within_its_program(two: Two, in_the_program: bool) -> None:
    package = sent_on(two, in_the_program=in_the_program)
    Entry.objects.filter(source_id=package.pk).update(episode=None)
    line_as_it_was(two, "package", "package_end", "Seen at Quietclinic", package.pk)
    Task.objects.filter(source_id=package.pk).update(title="Seen there? Quietclinic")
    assert {one.split()[-1] for one in told(two.mental, two, "timeline/", "tasks/")} == {"timeline/", "tasks/"}
    update()
    assert told(two.mental, two, "timeline/", "tasks/") == []
    assert told(two.recovery, two, "timeline/") != []
    assert set(Entry.objects.filter(source_id=package.pk).values_list("episode", flat=True)) == {two.quiet.pk}


def test_the_task_is_called_in_the_agencys_language(two: Two) -> None:
    package = sent_on(two)
    Agency.objects.update(default_language="es")
    Task.objects.filter(source_id=package.pk).update(title="Seen there? Quietclinic")
    update()
    title = Task.objects.get(source_id=package.pk).title
    assert "Quietclinic" not in title
    assert title != "Ask whether they were seen there"


def test_what_is_of_no_protected_program_stays_as_it_is(two: Two) -> None:
    by = by_of(two, two.recovery)
    line_as_it_was(two, "waiting", "waiting", "On the waitlist of Openlist", labels=0)
    line_as_it_was(two, "referred", "hand_off", "Openclinic", labels=0)
    line_as_it_was(two, "package", "package", "Sent to Openplace", labels=0)
    line_as_it_was(two, "contact", "contact", "A labelled contact")
    refer_client(client=two.client, to=Elsewhere("Quietclinic", said="quietly said"), episode=two.quiet, by=by)
    rows = Entry.objects.filter(person=two.client).order_by("pk")
    before = list(rows.values_list("pk", "episode", "hidden", "voided"))
    update()
    assert list(rows.values_list("pk", "episode", "hidden", "voided")) == before
    assert told(two.recovery, two, "timeline/") != []
