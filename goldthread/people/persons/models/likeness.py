from django.db import models

from goldthread.foundation.lib.labels import LabelsField
from goldthread.people.persons.models.person import Person


class LikenessKey(models.Model):
    """By which a person is looked up as somebody's possible double (``likeness/keys.py``): a digest of two things joined.

    ``labels`` are those of the row from which it was made: a safe address leads only whoever is cleared for it.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="likeness_keys", db_index=False)
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["key", "person"], name="persons_likeness_by_key"),
            models.Index(fields=["person"], name="persons_likeness_by_person"),
        ]

    def __str__(self) -> str:
        return f"likeness key {self.pk}"


class LikenessChange(models.Model):
    """What is compared of a person has changed: whoever looks for doubles among all has to look at them again, and then takes
    this row away. Only ever added to, so that nobody who edits a record waits for who is looking."""

    id = models.BigAutoField(primary_key=True)
    person = models.UUIDField()
    """No foreign key: somebody who is gone leaves keys that fewer people have now."""
    lost = models.JSONField(default=list)
    """Keys that the person had and has no more; of identifying numbers the digest."""

    def __str__(self) -> str:
        return f"change of what is compared {self.pk}"
