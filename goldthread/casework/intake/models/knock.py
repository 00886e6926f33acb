from django.db import models


class Knock(models.Model):
    """A public page was sent from an address: kept for a day, as a keyed digest of it, so that one address cannot flood the list."""

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["digest", "at"], name="intake_knock_by_address")]

    def __str__(self) -> str:
        return f"knock {self.pk}"
