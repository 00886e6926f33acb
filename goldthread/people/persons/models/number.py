from django.db import models

from goldthread.people.persons.models.person import Person


class FormerNumber(models.Model):
    """The client number of a record that was made part of *person*'s. It still leads there, and is given to nobody else."""

    number = models.PositiveIntegerField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="former_numbers")

    def __str__(self) -> str:
        return f"former number {self.number}"


class SpentNumber(models.Model):
    """The highest client number of records that were taken back with a file: nobody else is called by it in old letters."""

    number = models.PositiveIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"spent number {self.number}"
