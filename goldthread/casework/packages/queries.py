"""Reading releases and packages. What may be seen is a condition that the gate gives."""

from uuid import UUID

from django.db.models import Q

from goldthread.casework.documents.enums import DocumentKind
from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.packages.models import Package, Release
from goldthread.people.persons.models import Person

MOST = 100


def packages_of(person: Person) -> list[Package]:
    """The packages of *person*, latest first. Who may see them is asked row by row: each holds the labels of what is in it."""
    rows = Package.objects.filter(person=person).select_related("release__document", "owner")
    return list(rows.order_by("-made_at", "-pk")[:MOST])


def package_of(person: Person, pk: UUID) -> Package | None:
    """The package *pk* of *person*, with its release and the document of that."""
    return Package.objects.filter(person=person, pk=pk).select_related("release__document", "owner").first()


def releases_of(person: Person) -> list[Release]:
    """What was read from the releases of *person*, those that hold longest first."""
    rows = Release.objects.filter(person=person).select_related("document")
    return list(rows.order_by("-until_on", "-pk")[:MOST])


def release_papers(person: Person, seen: Q) -> list[Document]:
    """The documents of kind *release* of *person*, of which *seen* is a condition."""
    rows = Document.objects.filter(seen, person=person, kind=DocumentKind.RELEASE, removed_at__isnull=True)
    return list(rows.order_by("title", "pk")[:MOST])


def current_version(document: Document) -> DocumentVersion | None:
    """The version of *document* that holds."""
    return DocumentVersion.objects.filter(document=document, current=True).select_related("file").first()


def papers_in(package: Package) -> list[DocumentVersion]:
    """The documents chosen for *package*, each as it stood, by title."""
    rows = package.papers.select_related("document", "file")
    return list(rows.order_by("document__title", "pk"))
