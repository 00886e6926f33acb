from django.db import models

from goldthread.foundation.lib.labels import LabelsField
from goldthread.people.persons.models.person import Person


class Change(models.Model):
    """One field changed: who, when, from, to. Written by every action of the room; never edited.

    ``version`` is the person's version after the change: a form opened at version 7 conflicts with changes of the
    same fields at 8 or later. Identifiers are kept here by their last four only.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="changes", db_index=False)
    section = models.CharField(max_length=20)
    """The section of the record: about, names, reach, addresses, identifiers, alerts, family, photo, labels."""
    row = models.UUIDField(null=True)
    field = models.CharField(max_length=40)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    version = models.PositiveIntegerField()
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-id"], name="persons_change_newest"),
            models.Index(fields=["person", "version"], name="persons_change_by_version"),
        ]

    def __str__(self) -> str:
        return f"change {self.pk}"
