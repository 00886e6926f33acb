"""The bytes of kept files: encrypted in the data folder, found by id, reached through the gate only."""

from django.db import models

from goldthread.foundation.lib.ids import new_id


class StoredFile(models.Model):
    """One kept file. What it means belongs to the room that holds its id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, db_index=True)
    """Keyed digest of the bytes as kept: the name of the file in the data folder."""
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"file {self.pk}"
