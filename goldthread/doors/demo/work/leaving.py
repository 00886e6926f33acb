"""Who has left, or is about to: a call after a discharge is due today, and a package waits for *seen there*."""

from collections.abc import Sequence

from django.db.models import Q

from goldthread.casework.aftercare import actions as aftercare
from goldthread.casework.documents.actions import Days, add_document
from goldthread.casework.packages.actions import handing, making
from goldthread.casework.packages.actions.releases import read_release
from goldthread.casework.packages.content import Eyes
from goldthread.doors.demo.agency import TOMAS
from goldthread.doors.demo.past import Past
from goldthread.doors.demo.work.enrolling import Care
from goldthread.foundation.files.straining import Clean

MOVING = "Theo Rivers"
RELEASE = (
    b"Release of information. I allow this agency to send what is named to Cedar County Family Services, Iowa. Signed."
)
SECTIONS = ("identity", "programs", "health", "plan")
SENT, LONGEST_AGO = 16, 600


def leave(past: Past, cares: Sequence[Care]) -> None:
    """Write both."""
    _call_due_today(past, cares)
    _package_on_its_way(past)


def _call_due_today(past: Past, cares: Sequence[Care]) -> None:
    """Of those who left last and live, the first whose worker is still here."""
    left = [care for care in cares if care.episode.discharged_on and care.episode.person and care.workers]
    left.sort(key=lambda care: (care.episode.discharged_on, care.episode.person.sort_key), reverse=True)  # type: ignore[union-attr]  # both are there
    for care in left:
        person = care.episode.person
        if person is None:
            continue
        person.refresh_from_db(fields=["deceased"])  # some died since they were enrolled
        worker, last = care.workers[-1][2], care.episode.discharged_on
        if (
            person.deceased
            or worker is None
            or last is None
            or worker.ended_on
            or (past.today - last).days > LONGEST_AGO
        ):
            continue
        by = past.by(worker.name, 0, 9)
        aftercare.add(
            episode=care.episode, title="How is it going?", mode="phone", due_on=past.today, staff=worker, by=by
        )
        return


def _package_on_its_way(past: Past) -> None:
    """A family moves; what their release names went ahead of them two weeks ago, and nobody said yet that they came."""
    by, worker = past.by(TOMAS, SENT, 10), past.staff(TOMAS)
    person = past.person(MOVING)
    paper = add_document(
        person=person,
        kind="release",
        title="Release to Cedar County Family Services, Iowa",
        clean=Clean(data=RELEASE, media_type="text/plain"),
        days=Days(dated_on=past.day(SENT)),
        owner=worker,
        by=by,
    )
    release = read_release(
        document=paper,
        recipient="Cedar County Family Services, Iowa",
        purpose="Going on with services after the move",
        sections=SECTIONS,
        named=0,
        signed_on=past.day(SENT),
        until_on=past.day(SENT - 90),
        by=by,
    )
    package = making.begin(release=release, sections=SECTIONS, owner=worker, by=by)
    unlabelled = Q(labels=0)
    papers = Q(document__labels=0)
    seen = Eyes(unlabelled, unlabelled, unlabelled, papers, cleared=0)
    _found, _papers, digest = making.looked_at(package, seen, by)
    package = making.freeze(package=package, eyes=seen, seen=digest, by=by)
    handing.hand_over(
        package=package, to="Dee Park, intake", how="secure_mail", on=past.day(SENT), every_days=14, by=by
    )
