from django.db import models

from goldthread.foundation.lib.fields import KeyField
from goldthread.people.persons.models.person import Person


class NameToken(models.Model):
    """One word that occurs in somebody's name, normalised. There are far fewer words than people: parts of words are looked up here."""

    id = models.BigAutoField(primary_key=True)
    text = KeyField(max_length=80, unique=True)

    def __str__(self) -> str:
        return f"token {self.pk}"


class NamePosting(models.Model):
    """A person has this word in some name. ``sort_key`` is copied so that the first 25 are read in order from the index."""

    id = models.BigAutoField(primary_key=True)
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, related_name="postings", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="postings", db_index=False)
    sort_key = KeyField(max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["token", "sort_key", "person"], name="persons_posting_walk"),
            models.Index(fields=["person", "token"], name="persons_posting_by_person"),
        ]

    def __str__(self) -> str:
        return f"posting {self.pk}"
