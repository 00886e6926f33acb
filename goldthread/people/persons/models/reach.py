from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.fields import KeyField
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.people.persons.enums import AddressKind, ContactKind
from goldthread.people.persons.models.person import Person


class ContactPoint(models.Model):
    """A phone number or an email address, with what is safe to do with it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points", db_index=False)
    kind = models.CharField(_("kind"), max_length=8, choices=ContactKind.choices)
    value = models.CharField(_("number or address"), max_length=254)
    key = KeyField(max_length=254)
    """Phones: the digits backwards, so that the end of a number is a prefix. Emails: in lower case."""
    safe_to_call = models.BooleanField(_("safe to call"), default=True)
    safe_to_text = models.BooleanField(_("safe to text"), default=True)
    safe_to_leave_message = models.BooleanField(_("safe to leave a message"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    first_choice = models.BooleanField(_("try this first"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="persons_contact_by_person"),
            models.Index(fields=["key"], name="persons_contact_by_key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="persons_contact_ends_after",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(first_choice=True, ends_on__isnull=True),
                name="persons_contact_one_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Address(models.Model):
    """Where a person lives or gets mail, by dates. A safe address carries a label and is seen only by who is cleared for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses", db_index=False)
    kind = models.CharField(_("kind"), max_length=7, choices=AddressKind.choices)
    line1 = models.CharField(_("street"), max_length=160, blank=True)
    line2 = models.CharField(_("apartment, unit"), max_length=80, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    region = models.CharField(_("state"), max_length=40, blank=True)
    postal_code = models.CharField(_("ZIP code"), max_length=12, blank=True)
    directions = models.CharField(_("how to find it"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["person"], name="persons_address_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="persons_address_ends_after",
            ),
            models.CheckConstraint(condition=~Q(kind="safe") | Q(labels__gt=0), name="persons_address_safe_labelled"),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(ends_on__isnull=True), name="persons_address_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} address {self.pk}"
