from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.people.persons.enums import IdentifierKind
from goldthread.people.persons.models.person import Person


class Identifier(models.Model):
    """A number by which somebody else knows the person. Encrypted; found by keyed digest; shown by its last four."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers", db_index=False)
    kind = models.CharField(_("kind"), max_length=8, choices=IdentifierKind.choices)
    sealed = models.BinaryField()
    """AES-256-GCM, bound to this table, column and row id: a value moved to another row does not open."""
    digest = models.CharField(max_length=64)
    """HMAC of kind and normalised value."""
    last4_digest = models.CharField(max_length=64)
    """HMAC of the last four characters alone."""
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="persons_ident_by_person"),
            models.Index(fields=["digest"], name="persons_ident_by_digest"),
            models.Index(fields=["last4_digest"], name="persons_ident_by_last4"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "digest"],
                condition=Q(ends_on__isnull=True),
                name="persons_ident_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
