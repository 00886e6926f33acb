"""Documents and their versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.documents.enums import DocumentKind
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Document(models.Model):
    """One paper in the life of a client, however often it was renewed. Its versions hold the files."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="documents", verbose_name=_("client"), db_index=False
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    title = models.CharField(_("what it is"), max_length=120)
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)
    requirement = models.CharField(max_length=60, blank=True)
    """Key of the requirement of the episode's program that it serves; empty: none. Its versions are evidence of it."""
    proves_kind = models.CharField(max_length=30, blank=True)
    proves_name = models.CharField(max_length=60, blank=True)
    """The kind of evidence (EventKind), and which one, that the rule accepted when it was chosen."""
    not_renewed_at = models.DateTimeField(null=True)
    """Somebody said that it need not be renewed."""
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    removed_why = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="documents_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="documents_removed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"


class DocumentVersion(models.Model):
    """One file of a document. The one with ``current`` holds; the others stay readable."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    dated_on = models.DateField(_("date on it"), null=True)
    expires_on = models.DateField(_("ends"), null=True)
    counts_on = models.DateField(null=True)
    """The day of which it is evidence: that on the paper, else the day it was brought. None: kept before papers could be evidence."""
    wrong = models.BooleanField(default=False)
    """A better copy took its place: it was never evidence."""
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["expires_on"],
                condition=Q(current=True, counts_on__isnull=False, expires_on__isnull=False),
                name="documents_that_end",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(current=True), name="documents_one_current"),
            models.CheckConstraint(
                condition=Q(dated_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gte=models.F("dated_on")),
                name="documents_ends_after_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of document {self.document_id}"
