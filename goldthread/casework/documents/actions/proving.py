"""A document as evidence: that of the requirement it serves, as long as it holds (ADR 0059)."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.documents.rules import SOURCE, Serves, proves
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.evidence import NewEvidence, record_evidence
from goldthread.casework.tasks.actions.recompute import lock
from goldthread.casework.tasks.models import Evidence
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import EventKind
from goldthread.people.persons.models import Person


def put(serves: Serves, document: Document) -> None:
    """Say on *document* (not saved) what it serves."""
    document.requirement, document.proves_kind, document.proves_name = serves.requirement, str(serves.kind), serves.name


def check_served(serves: Serves, person: Person, episode: Episode | None) -> None:
    """DomainError: it is of another client or program than the document."""
    served = serves.episode.members.filter(person=person).exists() or serves.episode.person_id == person.pk
    if not served or (episode and episode.pk != serves.episode.pk):
        raise DomainError(_("This is asked in another program. Choose that program, or nothing here."), "serves")


def first_the_episode(document: Document | None = None, serves: Serves | None = None) -> None:
    """Lock the enrollment that the evidence belongs to, before the client and the document: whoever signs a note takes them in
    this order, too."""
    if serves:
        lock([serves.episode.pk])
    elif document and document.requirement and document.episode_id:
        lock([document.episode_id])


def prove(document: Document, by: Actor) -> None:
    """Each version of *document* is evidence of the day on which it counts, or of nothing: removed, the wrong paper, or run out."""
    if not document.requirement:
        return
    for version in DocumentVersion.objects.filter(document=document).order_by("number"):
        version.document = document
        record_evidence(source_kind=SOURCE, source_id=version.pk, items=_items(version, by.today), by=by)


def _items(version: DocumentVersion, today: date) -> list[NewEvidence]:
    document = version.document
    holds = proves(
        removed=document.removed_at is not None,
        wrong=version.wrong,
        renewed=not version.current or document.not_renewed_at is not None,
        expires_on=version.expires_on,
        today=today,
    )
    if not holds or document.episode is None or version.counts_on is None:
        return []
    return [
        NewEvidence(
            kind=EventKind(document.proves_kind),
            episode=document.episode,
            person=document.person,
            happened_on=version.counts_on,
            name=document.proves_name,
            labels=document.labels,
        )
    ]


def papers_that_ended(*, by: Actor, most: int = 200) -> int:
    """Take back the evidence of papers that have run out and that nobody renewed: the rule asks again, as late as it is then.
    At most so many at a time. Returns how many."""
    counted = Evidence.objects.filter(source_kind=SOURCE, source_id=OuterRef("pk"), voided=False)
    over = DocumentVersion.objects.filter(
        Exists(counted),
        current=True,
        counts_on__isnull=False,
        expires_on__lt=by.today,
        document__removed_at__isnull=True,
        document__not_renewed_at__isnull=True,
    )
    ended = list(over.select_related("document__episode", "document__person")[:most])
    for version in ended:
        record_evidence(source_kind=SOURCE, source_id=version.pk, items=_items(version, by.today), by=by)
    return len(ended)
