"""Reading documents. What may be seen is a condition that the gate gives."""

from uuid import UUID

from django.db.models import Q, QuerySet

from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.people.persons.models import Person

MOST = 300
"""Documents on one page; nobody has that many of one client."""


def current_of(person: Person, seen: Q) -> list[DocumentVersion]:
    """The version that holds of each document of *person*, the latest first. One query; *seen* is of versions."""
    rows = _rows(seen).filter(document__person=person, document__removed_at__isnull=True, current=True)
    return list(rows.order_by("-added_at", "-pk")[:MOST])


def removed_of(person: Person, seen: Q) -> list[DocumentVersion]:
    """Those that were removed, the latest first. One query."""
    rows = _rows(seen).filter(document__person=person, document__removed_at__isnull=False, current=True)
    return list(rows.select_related("document__removed_by").order_by("-document__removed_at", "-pk")[:MOST])


def versions_of(document: Document) -> list[DocumentVersion]:
    """Every version of *document*, the latest first. One query."""
    return list(_rows(Q()).filter(document=document).order_by("-number"))


def version_seen(person: Person, seen: Q) -> DocumentVersion | None:
    """The one version of *person* that *seen* lets. One query."""
    return _rows(seen).filter(document__person=person).first()


def document_seen(person: Person, seen: Q, pk: UUID) -> Document | None:
    """One document, when *seen* (of documents) lets it. One query."""
    return Document.objects.filter(seen, person=person, pk=pk).select_related("episode__program", "removed_by").first()


def _rows(seen: Q) -> QuerySet[DocumentVersion]:
    return DocumentVersion.objects.filter(seen).select_related("document__episode__program", "file", "added_by")
