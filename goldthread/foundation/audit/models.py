"""Who did or saw what, when. Rows are only ever added; a sealer chains them by hash."""

from django.db import models


class Event(models.Model):
    """One thing done or seen. Holds kinds and ids; never client content."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    """The staff member; null for the system itself."""
    action = models.CharField(max_length=60)
    """What was done, as room.verb: persons.read, persons.renamed, access.refused."""
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64, blank=True)
    client = models.UUIDField(null=True)
    """The person whose content was seen or changed."""
    allowed = models.BooleanField(default=True)
    break_glass = models.UUIDField(null=True)
    request = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["client", "-at"], name="audit_by_client"),
            models.Index(fields=["actor", "-at"], name="audit_by_actor"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"


class Seal(models.Model):
    """One batch of committed events, chained to the batch before it."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    events = models.JSONField()
    """The events of this batch in the order in which they were hashed: [id, digest] each."""
    upto = models.BigIntegerField()
    """Every event up to this id is in this seal or one before it, except those in ``missing``."""
    missing = models.JSONField(default=list)
    """Ids below ``upto`` not seen yet, [id, when it was first missed]: their transaction may still commit, or was rolled back."""

    def __str__(self) -> str:
        return f"seal {self.number}"
