"""What the client of the world left behind: an earlier enrollment with its aftercare."""

from datetime import datetime, timedelta
from typing import Any

from goldthread.casework.aftercare.models import Aftercare, AftercareContact
from goldthread.casework.documents.models import Document
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.packages.models import Package, Release
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.clock import agency_today


def left_before(
    person: Person, worker: Staff, program: Program, now: datetime, words: str, sent: str
) -> dict[str, Any]:
    """An earlier enrollment, and a contact planned after it; nobody reaches the client through that here."""
    left = agency_today() - timedelta(days=30)
    episode = Episode.objects.create(
        program=program, person=person, enrolled_on=left, discharged_on=left, enrolled_at=now, discharged_at=now
    )
    EpisodeMember.objects.create(episode=episode, person=person, starts_on=left, ends_on=left)
    after = Aftercare.objects.create(episode=episode, person=person, planned_at=now)
    contact = AftercareContact.objects.create(
        aftercare=after, title=words, mode="phone", due_on=agency_today(), staff=worker
    )
    return {"left": episode, "after": contact} | _sent(person, worker, now, sent)


def _sent(person: Person, worker: Staff, now: datetime, words: str) -> dict[str, Any]:
    """A release that was read, and a package that waits to be handed over."""
    today = agency_today()
    paper = Document.objects.create(person=person, kind="release", title="Signed paper")
    unread = Document.objects.create(person=person, kind="release", title="Another signed paper")
    release = Release.objects.create(
        document=paper,
        person=person,
        recipient=words,
        purpose="Care",
        sections=["programs"],
        signed_on=today,
        until_on=today,
        made_at=now,
    )
    package = Package.objects.create(
        person=person,
        release=release,
        state="ready",
        sections=["programs"],
        content=[{"section": "programs", "title": "Programs", "lines": [[words, ""]]}],
        digest="0" * 64,
        owner=worker,
        made_at=now,
        frozen_at=now,
    )
    return {"paper": unread, "release": release, "package": package}
