"""Reading documents. What may be seen is a condition that the gate gives."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.documents.rules import SOURCE, Serves
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.casework.tasks.queries.states import live
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.queries import in_force, rules_of
from goldthread.foundation.programs.rules.template import Accepts, Template
from goldthread.people.persons.models import Person

MOST = 300
"""Documents on one page; nobody has that many of one client."""

PAPERS = (
    EventKind.DOCUMENT,
    EventKind.HEARING,
    EventKind.CONSENTED,
    EventKind.ELIGIBLE,
    EventKind.REFERRED,
    EventKind.MEETING,
    EventKind.ASSESSMENT,
    EventKind.PLAN_SIGNED,
    EventKind.PLAN_REVIEW,
    EventKind.SERVICES_STARTED,
)
"""Kinds of evidence that a paper can be or tell of: an order of a hearing, a report of an assessment done elsewhere. The first that a
rule accepts is taken."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something open, and as what a paper would meet it."""

    task: Task
    serves: Serves

    @property
    def key(self) -> str:
        """As a form sends it."""
        return f"{self.serves.episode.pk}:{self.serves.requirement}"


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


def same_file(version: DocumentVersion, seen: Q) -> list[DocumentVersion]:
    """Other documents of the client whose version that holds has the bytes of *version*, the oldest first. One query."""
    rows = _rows(seen).filter(
        document__person=version.document.person_id, document__removed_at__isnull=True, current=True
    )
    return list(
        rows.filter(file__digest=version.file.digest).exclude(document=version.document_id).order_by("added_at")[:3]
    )


def document_seen(person: Person, seen: Q, pk: UUID) -> Document | None:
    """One document, when *seen* (of documents) lets it. One query."""
    return Document.objects.filter(seen, person=person, pk=pk).select_related("episode__program", "removed_by").first()


def _rows(seen: Q) -> QuerySet[DocumentVersion]:
    return DocumentVersion.objects.filter(seen).select_related("document__episode__program", "file", "added_by")


def asked_of(person: Person, seen: Q, today: date) -> list[Asked]:
    """What is open about *person* that a paper can be evidence of, the soonest first; *seen* is of tasks. Three queries."""
    rows = Task.objects.filter(seen, live(today), client=person).exclude(requirement="").exclude(clock="share")
    tasks = list(rows.select_related("episode__program").order_by(F("due_on").asc(nulls_last=True), "pk"))
    rules = rules_of({task.episode.program_id for task in tasks if task.episode})
    found: dict[str, Asked] = {}
    for task in tasks:
        way = _paper_for(task, in_force(rules[task.episode.program_id], today)) if task.episode else None
        if way and task.episode:
            asked = Asked(task, Serves(task.episode, task.requirement, way.kind, way.name))
            found.setdefault(asked.key, asked)
    return list(found.values())


def _paper_for(task: Task, template: Template) -> Accepts | None:
    """How a paper can meet the rule of *task*: as a document, where the rule names them, else as what it tells of."""
    ways = [way for rule in template.requirements if rule.key == task.requirement for way in rule.accepts]
    return next((way for kind in PAPERS for way in ways if way.kind == kind), None)


def met_by(version: DocumentVersion) -> tuple[bool, Task | None]:
    """Is *version* evidence now, and which task does it meet? Two queries."""
    proof = Evidence.objects.filter(source_kind=SOURCE, source_id=version.pk, voided=False).first()
    return proof is not None, Task.objects.filter(episode=proof.episode_id, met_by=proof.pk).first() if proof else None
