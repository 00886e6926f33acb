from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.ids import new_id
from goldthread.people.persons.enums import NameKind
from goldthread.people.persons.models.person import Person


class PersonName(models.Model):
    """One name of a person. One legal and one preferred name at a time; former names and nicknames as many as there were."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names", db_index=False)
    kind = models.CharField(_("kind"), max_length=9, choices=NameKind.choices)
    given = models.CharField(_("first name"), max_length=80, blank=True)
    middle = models.CharField(_("middle name"), max_length=80, blank=True)
    family = models.CharField(_("last name"), max_length=80, blank=True)
    suffix = models.CharField(_("suffix"), max_length=20, blank=True)
    until = models.DateField(_("used until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="persons_name_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(kind__in=["legal", "preferred"]),
                name="persons_name_one_current",
            ),
            models.CheckConstraint(condition=~Q(given="", family=""), name="persons_name_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} name {self.pk}"
