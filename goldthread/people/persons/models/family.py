from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.people.persons.enums import RelationshipKind
from goldthread.people.persons.models.person import Person


class Household(models.Model):
    """People who live together and share money or meals."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"household {self.pk}"


class HouseholdMember(models.Model):
    """A person in a household, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="household_places", db_index=False)
    is_head = models.BooleanField(_("head of household"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["household"], name="persons_member_by_house"),
            models.Index(fields=["person"], name="persons_member_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="persons_member_ends_after",
            ),
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(ends_on__isnull=True), name="persons_member_once"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(is_head=True, ends_on__isnull=True),
                name="persons_member_one_head",
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"


class Relationship(models.Model):
    """What *other* is to *person*. Each relationship is two rows, one from each side, joined by ``pair`` and changed together."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pair = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relationships", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("is their"), max_length=16, choices=RelationshipKind.choices)
    emergency_contact = models.BooleanField(_("emergency contact"), default=False)
    """On this row: *other* is called in an emergency of *person*. Not mirrored."""
    note = models.CharField(_("note"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="persons_rel_by_person"),
            models.Index(fields=["pair"], name="persons_rel_by_pair"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="persons_rel_not_self"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="persons_rel_ends_after",
            ),
            models.UniqueConstraint(
                fields=["person", "other", "kind"], condition=Q(ends_on__isnull=True), name="persons_rel_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
