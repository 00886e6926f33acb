"""What hangs on no episode and yet belongs to a protected program: packages, releases, places on waitlists, where somebody was referred
to. Who works with the client in another program does not learn of it (42 CFR 2.12(c)(3))."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from goldthread.casework.documents.actions import Days, add_document
from goldthread.casework.intake.actions.hand_offs import Elsewhere, answer_hand_off, refer_inquiry
from goldthread.casework.intake.actions.settling import settle
from goldthread.casework.intake.actions.waiting import put_on_waitlist
from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.intake.models import HandOff, Inquiry, Place
from goldthread.casework.packages.actions import handing, making
from goldthread.casework.packages.actions.releases import read_release
from goldthread.casework.packages.models import Package
from goldthread.doors.web.packages.reach import eyes_of
from goldthread.foundation.files.straining import Clean
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.people import viewer
from tests.access.test_two_programs import Two, two
from tests.access.world import browser
from tests.factories import StaffFactory

__all__ = ["two"]
pytestmark = pytest.mark.django_db
QUIET = ("Quietprogram", "Quietclinic", "quietly said")


def by_of(two: Two, staff: Staff) -> Actor:
    return replace(two.by, staff=staff.pk, name=staff.name)


def sent_on(two: Two, *, in_the_program: bool = True) -> Package:
    """What the protected program wrote is handed over, under a release that names it."""
    by = by_of(two, two.recovery)
    paper = add_document(
        person=two.client,
        kind="release",
        title="Signed release",
        clean=Clean(data=b"%PDF-1.4 release", media_type="application/pdf"),
        days=Days(),
        owner=None,
        episode=two.quiet if in_the_program else None,
        by=by,
    )
    release = read_release(
        document=paper,
        recipient="Quietclinic",
        purpose="Going on",
        sections=["programs"],
        named=int(Label.SUBSTANCE_USE),
        signed_on=by.today,
        until_on=by.today + timedelta(days=30),
        by=by,
    )
    package = making.begin(release=release, sections=["programs"], owner=two.recovery, by=by)
    eyes = eyes_of(viewer(two.recovery, today=by.today, at=by.at), two.client)
    _found, _papers, seen = making.looked_at(package, eyes, by)
    frozen = making.freeze(package=package, eyes=eyes, seen=seen, by=by)
    return handing.hand_over(package=frozen, to="Joan", how="secure_mail", on=by.today, every_days=14, by=by)


def inquired(two: Two) -> Inquiry:
    """Somebody asks for the protected program, and it is this client."""
    by = by_of(two, two.recovery)
    said = {"given": ["Ann"], "program": [two.quiet.program.key]}
    row = keep(pk=new_id(), given=said, by=by).inquiry
    return settle(inquiry=row, client=two.client, by=by)


def told(staff: Staff, two: Two, *pages: str) -> list[str]:
    def found() -> Iterator[str]:
        for page in pages:
            answer = browser(staff).get(f"/clients/{two.client.pk}/{page}")
            text = answer.content.decode() if answer.status_code == 200 else ""
            yield from (f"{word} on {page}" for word in QUIET if word in text)

    return list(found())


@pytest.mark.parametrize("in_the_program", [True, False])
def test_a_package_of_the_protected_program(two: Two, in_the_program: bool) -> None:
    """The release carries the program, or its words alone do: both ways the frozen words were once open to every worker of the client."""
    package = sent_on(two, in_the_program=in_the_program)
    pages = (f"packages/{package.pk}/", f"packages/{package.pk}/print/", "timeline/", "tasks/", "documents/")
    pages += ("packages/",) if in_the_program else ()  # else the paper is of no program, and nothing protected is on it
    assert told(two.mental, two, *pages) == []
    assert browser(two.mental).get(f"/clients/{two.client.pk}/packages/{package.pk}/").status_code == 404
    assert told(two.recovery, two, f"packages/{package.pk}/") != []
    assert "Quietclinic on timeline/" in told(two.recovery, two, "timeline/")


def test_a_package_of_nothing_protected_is_seen_as_before(two: Two) -> None:
    by = by_of(two, two.mental)
    paper = add_document(
        person=two.client, kind="release", title="Release", clean=Clean(data=b"%PDF-1.4", media_type="application/pdf"),
        days=Days(), owner=None, episode=two.open, by=by,
    )  # fmt: skip
    release = read_release(
        document=paper, recipient="Openclinic", purpose="Care", sections=["identity"], named=0, signed_on=by.today,
        until_on=by.today, by=by,
    )  # fmt: skip
    package = making.begin(release=release, sections=["identity"], owner=two.mental, by=by)
    for staff in (two.mental, two.recovery):
        text = browser(staff).get(f"/clients/{two.client.pk}/packages/{package.pk}/").content.decode()
        assert "Openclinic" in text


def test_a_place_on_the_waitlist_of_the_protected_program(two: Two) -> None:
    by = by_of(two, two.recovery)
    put_on_waitlist(inquiry=inquired(two), program=two.quiet.program, told="quietly said", by=by)
    assert Place.objects.get().labels == Label.SUBSTANCE_USE
    assert told(two.mental, two, "programs/", "timeline/") == []
    assert "Waits for a place" not in browser(two.mental).get(f"/clients/{two.client.pk}/programs/").content.decode()
    shown = browser(StaffFactory(role=Role.QUALITY)).get(f"/clients/{two.client.pk}/programs/").content.decode()
    assert "Waits for a place" in shown


def test_where_they_were_referred_to_instead_of_it(two: Two) -> None:
    by = by_of(two, two.recovery)
    to = Elsewhere(organization="Quietclinic", said="quietly said")
    made = refer_inquiry(inquiry=inquired(two), to=to, program=two.quiet.program, by=by)
    answer_hand_off(hand_off=made, answer="not_taken", note="quietly said no", by=by)
    assert HandOff.objects.get().labels == Label.SUBSTANCE_USE
    assert told(two.mental, two, "programs/", "timeline/") == []
    assert "Quietclinic on programs/" in told(StaffFactory(role=Role.QUALITY), two, "programs/")
    assert "Quietclinic on programs/" in told(two.recovery, two, "programs/")  # who took the call
