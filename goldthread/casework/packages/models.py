"""What a release names, and the packages that were made under it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.packages.enums import How, PackageState
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Release(models.Model):
    """What one signed release says, read from its document: to whom, what, until when. The paper counts; this is what of it binds
    the machine."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="releases")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="releases", verbose_name=_("client"), db_index=False
    )
    recipient = models.CharField(_("who receives it"), max_length=200)
    purpose = models.CharField(_("what for"), max_length=200)
    sections = models.JSONField(default=list)
    named_labels = models.PositiveSmallIntegerField(default=0)
    """Protected content that it names, as bits of ``Label``. Nothing else that is labelled goes out."""
    signed_on = models.DateField(_("signed on"))
    until_on = models.DateField(_("good until"))
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_why = models.CharField(_("how we know"), max_length=300, blank=True)
    revoked_by = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["person"], name="packages_release_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=models.F("signed_on")), name="packages_release_until"),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | (~Q(revoked_why="") & Q(revoked_at__isnull=False)),
                name="packages_revoked_how",
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.pk}"


class Package(models.Model):
    """One package. While a draft it holds choices alone; frozen, the words as they go out, and their fingerprint."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="packages", verbose_name=_("client"), db_index=False
    )
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="packages")
    state = models.CharField(max_length=6, choices=PackageState.choices, default=PackageState.DRAFT)
    sections = models.JSONField(default=list)
    papers = models.ManyToManyField(DocumentVersion, related_name="packages")
    """The chosen documents, each as it stood: a version is never edited."""
    content = models.JSONField(default=list)
    """Frozen: ``[{"section", "title", "lines": [[words, more], …]}, …]``."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the content, the notice and the fingerprints of the papers, in canonical form."""
    part_two = models.BooleanField(default=False)
    """Holds what 42 CFR Part 2 protects: the notice goes along."""
    frozen_by = models.UUIDField(null=True)
    frozen_at = models.DateTimeField(null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    """Everything as a ZIP: the words as PDF (or as a page, where the server makes no PDF) and the papers."""
    problem = models.CharField(max_length=20, blank=True)
    handed_to = models.CharField(_("to whom"), max_length=200, blank=True)
    handed_how = models.CharField(_("how"), max_length=11, choices=How.choices, blank=True)
    handed_on = models.DateField(_("when"), null=True, blank=True)
    handed_by = models.UUIDField(null=True)
    handed_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name=_("who asks after it"))
    every_days = models.PositiveSmallIntegerField(_("ask again every"), default=14)
    asked = models.JSONField(default=list)
    """``[[day, words, worker's name], …]``: asked, and not seen yet."""
    seen_on = models.DateField(_("seen there on"), null=True, blank=True)
    why_closed = models.CharField(_("why"), max_length=300, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["person", "-made_at"], name="packages_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(state="draft") | ~Q(digest=""), name="packages_frozen_with_digest"),
            models.CheckConstraint(
                condition=~Q(state__in=["handed", "seen"]) | (Q(handed_at__isnull=False) & ~Q(handed_to="")),
                name="packages_handed_to_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="seen") | Q(seen_on__isnull=False), name="packages_seen_when"),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(why_closed=""), name="packages_closed_why"),
        ]

    def __str__(self) -> str:
        return f"package {self.pk}"
