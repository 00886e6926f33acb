"""What opens or closes the gate beside the policy: glass broken in need, and blocks between two people."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class BreakGlass(models.Model):
    """A worker opened one client's record without a relationship, for a stated reason, for four hours."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    client = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why you must see this record now"), max_length=500)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=12, blank=True, choices=[("justified", _("Justified")), ("not", _("Not justified"))]
    )
    review_note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["staff", "client", "ends_at"], name="access_glass_open")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="access_glass_ends_after"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, outcome="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(outcome="")),
                name="access_glass_review_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"glass {self.pk}"


class Block(models.Model):
    """This staff member may never see this person's record (an ex-partner, a relative), whatever their role."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="blocks")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(_("why"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    set_by = models.UUIDField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["staff", "person"], name="access_block_by_staff")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "staff"], condition=Q(ends_on__isnull=True), name="access_block_once"
            )
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"
