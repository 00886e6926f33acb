"""The ledger and the drafts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Entry(models.Model):
    """One act of care in the life of one client. The timeline and the brief read it, and need nothing else to show a line.

    (source_kind, source_id) is what it tells of; a household's contact writes an entry for each client who was part of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=30)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries", db_index=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="entries")
    actor = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    labels = LabelsField()
    source_kind = models.CharField(max_length=30)
    source_id = models.UUIDField()
    title = models.CharField(max_length=200, blank=True)
    """A line in plain words that a person wrote or chose; blank where the kind says it all."""
    domains = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    """What the line shows beside: mode, place, minutes, activities, state (late, voided, corrected) …"""
    voided = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    """A newer version of the same thing took its place: the timeline shows that one."""
    served = models.BooleanField(default=False)
    """Of a contact: it moved a goal of this client's plan. Kept by ``plans.record_progress``, so that contacts that served none
    are found without looking through all of them."""
    text = models.TextField(blank=True)
    """What is read below the line."""
    words = models.TextField(blank=True)
    """Title and text in plain letters: what a search looks through."""

    class Meta:
        indexes = [
            models.Index(fields=["person", "-happened_at", "-id"], name="record_entry_timeline"),
            models.Index(fields=["person", "kind", "-happened_at", "-id"], name="record_entry_of_kind"),
            models.Index(fields=["source_kind", "source_id"], name="record_entry_by_source"),
            models.Index(fields=["actor", "-happened_at"], name="record_entry_by_actor"),
            models.Index(
                fields=["person", "happened_at"],
                condition=Q(kind=EntryKind.CONTACT, voided=False, served=False),
                name="record_entry_serves_none",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id", "kind", "person"], name="record_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Draft(models.Model):
    """What somebody is writing and has not signed. ``id`` is the id that the signed thing will have: signing uses the draft up."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=30)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="drafts", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("client"))
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    labels = LabelsField()
    content = models.JSONField(default=dict)
    """Field of the form → what was typed, unchecked."""
    version = models.PositiveIntegerField(default=1)
    writer = models.CharField(max_length=40, blank=True)
    """The open page that saved last: it may save again without asking, whatever became of the answers it waited for."""
    stroke = models.PositiveIntegerField(default=0)
    """Which save of that page: an older one that arrives late changes nothing."""
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["staff", "-saved_at"], name="record_draft_by_staff")]

    def __str__(self) -> str:
        return f"draft {self.pk}"
