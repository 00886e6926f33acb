"""Files of clients on their way in, what is wrong with their rows, and what each person brought along."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.casework.imports.enums import Decision, State, What, role_in_words
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.lib.fields import KeyField
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.people.persons.models import Household, Person


class Import(models.Model):
    """One file. What is in it stays in the encrypted file and is read anew at each step; here is what was decided about it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    what = models.CharField(_("rows are"), max_length=8, choices=What.choices, default=What.CLIENTS)
    state = models.CharField(max_length=9, choices=State.choices, default=State.MATCHING)
    reading = models.JSONField(default=dict)
    """How the file is read where a person chose otherwise than was found: delimiter, sheet, header, order."""
    fields = models.JSONField(default=dict)
    """Caption → key of rules.fields."""
    captions = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    """Rows that the step under way has behind it."""
    refused = models.PositiveIntegerField(default=0)
    alike = models.PositiveIntegerField(default=0)
    shown = models.JSONField(default=dict)
    """What its page shows of the file when it is checked (rules.saying), until it has ended: the file itself takes seconds to read."""
    looked = models.JSONField(default=dict)
    """What the page shows on which its columns are matched (rules.saying.looked_of), until it has ended, for the same reason."""
    without_refused = models.BooleanField(default=False)
    """Somebody decided that the rows that are refused stay out, and the others come in."""
    brought = models.PositiveIntegerField(default=0)
    kept = models.JSONField(default=list)
    """After taking back: clients who stayed, with why: ``[{"client": id, "why": …}]``."""
    why = models.CharField(max_length=300, blank=True)
    """Why it was given up, where that was not a person's wish."""
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)
    """The last sign of life of the step under way."""
    finished_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["-made_at"], name="imports_newest"),
            models.Index(fields=["state"], name="imports_by_state"),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


class Finding(models.Model):
    """A row that has something to it: reasons why it is refused, or somebody who may be the same."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="findings", db_index=False)
    row = models.PositiveIntegerField()
    """Its number in the file."""
    told = models.JSONField(default=list)
    """``[[caption, reason], …]``; empty: nothing is wrong."""
    twin_row = models.PositiveIntegerField(null=True)
    """The earlier row of the file that may be the same person."""
    twin = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    """The person known here who may be the same."""
    among = models.JSONField(default=list)
    """Of a row whose client is not sure: ids of everybody it may be, ``twin`` first."""
    said = models.CharField(max_length=300, blank=True)
    """The row in a line, and in ``other`` the row that it is like."""
    other = models.CharField(max_length=300, blank=True)
    why = models.JSONField(default=list)
    """What is the same with ``twin``, or with ``twin_row`` where there is none: levels of people.persons.likeness."""
    why_row = models.JSONField(default=list)
    """What is the same with ``twin_row``."""
    decision = models.CharField(max_length=5, choices=Decision.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="imports_one_finding_a_row")]

    def __str__(self) -> str:
        return f"finding {self.pk}"


class Brought(models.Model):
    """What a person brought along from a row: what Goldthread has no field for, searchable, and their number there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="people", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="brought", db_index=False)
    row = models.PositiveIntegerField()
    place = models.PositiveIntegerField(null=True)
    """Order among the new clients of the file, from 0; None: they were known here before."""
    old_number = KeyField(max_length=80, blank=True)
    household_number = KeyField(max_length=80, blank=True)
    """The number there of the household, which its members share."""
    household_role = models.CharField(max_length=16, blank=True)
    """``head``, or what they are to the head (a RelationshipKind)."""
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, related_name="+")
    """That came of the number, with new clients; or whose enrollment the row tells of."""
    kept = models.JSONField(default=dict)
    """Caption → text."""
    of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="more")
    """Of a row that tells more of an enrollment: the row with which it begins, whose id is the enrollment's."""
    seat = models.PositiveSmallIntegerField(null=True, default=0)
    """Which of those served by the enrollment the person is, from 0; None: the row tells of a worker alone."""
    worker = models.UUIDField(null=True)
    """Whose client they become, or were (a member of staff)."""
    worker_since = models.DateField(null=True)
    """From when on, in the enrollment; None: from its first day."""
    worker_until = models.DateField(null=True)
    """Until when; None: to its last day, or still."""
    closes_on = models.DateField(null=True)
    """The last day of the enrollment that the row brings; it is written unseen as one of a single day."""
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="imports_brought_by_person"),
            models.Index(fields=["old_number"], name="imports_by_old_number"),
            models.Index(fields=["household_number"], name="imports_by_household_number"),
        ]
        constraints = [models.UniqueConstraint(fields=["run", "row", "seat"], name="imports_each_seat_once_a_row")]

    def __str__(self) -> str:
        return f"brought {self.pk}"

    @property
    def role(self) -> str:
        """What they are in the household, in words."""
        return role_in_words(self.household_role)


class KeptWord(models.Model):
    """A word of what somebody brought along: by it they are found."""

    id = models.BigAutoField(primary_key=True)
    text = KeyField(max_length=40)
    brought = models.ForeignKey(Brought, on_delete=models.CASCADE, related_name="words", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["text", "brought"], name="imports_word_walk"),
            models.Index(fields=["brought"], name="imports_word_by_brought"),
        ]

    def __str__(self) -> str:
        return f"word {self.pk}"


class ColumnMemory(models.Model):
    """What a caption was last said to mean in this agency: guessed first the next time."""

    caption = KeyField(primary_key=True, max_length=120)
    """As rules.guessing.squeezed has it."""
    field = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.caption}: {self.field}"
