"""The packet as a file that the worker makes."""

from django.db import models

from goldthread.casework.discharge.enums import PacketForm
from goldthread.casework.discharge.models.way import WayOut
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff


class Packet(models.Model):
    """A way out on paper, asked for once for each stand of what it shows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    way = models.ForeignKey(WayOut, on_delete=models.PROTECT, related_name="packets", db_index=False)
    form = models.CharField(max_length=6, choices=PacketForm.choices)
    language = models.CharField(max_length=10)
    stand = models.CharField(max_length=64)
    """Of what it shows: another stand is another paper."""
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    problem = models.CharField(max_length=20, blank=True)
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["way", "form", "language", "stand"], name="discharge_packet_once")
        ]

    def __str__(self) -> str:
        return f"packet {self.pk}"
