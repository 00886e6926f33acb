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
