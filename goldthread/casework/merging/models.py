"""Merges with every move they made, pairs to look at, and pairs that are two people."""

from django.db import models
from django.db.models import F, Q

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.people.persons.models import Person


class Merge(models.Model):
    """*gone* was made part of *kept*. ``id`` is the form's: sent twice, it is one merge."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone_number = models.PositiveIntegerField(null=True)
    labels = LabelsField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_name = models.CharField(max_length=120, blank=True)
    left = models.JSONField(default=list)
    """What an undo left with the kept record, and why: pairs of a model's label and a count, no content."""

    class Meta:
        indexes = [models.Index(fields=["kept"], name="merging_merge_by_kept")]
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="merging_gone_once"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merging_two_records"),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"


class MoveKind(models.TextChoices):
    MOVED = "moved"
    """The row hung on *gone* and hangs on *kept*; ``old`` holds other fields that had to change with it."""
    CHANGED = "changed"
    """A row or field of *kept* itself."""
    DROPPED = "dropped"
    """A row that said what another row of *kept* says already: ``old`` is the whole of it."""
    STAYED = "stayed"
    """A row that stays with *gone*, since *kept* has the same."""


class Move(models.Model):
    """One row touched by a merge, with what it takes to put it back."""

    id = models.BigAutoField(primary_key=True)
    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="moves", db_index=False)
    kind = models.CharField(max_length=7, choices=MoveKind.choices)
    model = models.CharField(max_length=60)
    """``contacts.Contact``."""
    row = models.CharField(max_length=36)
    field = models.CharField(max_length=40, blank=True)
    """That pointed to *gone*."""
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    print = models.CharField(max_length=64, blank=True)
    """A digest of the row as the merge left it: differing later, somebody has worked on it."""
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["merge", "model"], name="merging_move_by_merge")]

    def __str__(self) -> str:
        return f"move {self.pk}"


class Pair(models.Model):
    """Two records that are perhaps one person, found by comparing all. ``one`` has the smaller id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    bits = models.FloatField()
    strong = models.BooleanField()
    found_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-bits", "id"], name="merging_pair_likeliest"),
            models.Index(fields=["other"], name="merging_pair_by_other"),
        ]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="merging_pair_once")]

    def __str__(self) -> str:
        return f"pair {self.pk}"


class Apart(models.Model):
    """Somebody has looked: these are two people. It holds until what is compared of either changes (``print``)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    why = models.CharField(max_length=300, blank=True)
    print = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120)
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["other"], name="merging_apart_by_other")]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="merging_apart_once")]

    def __str__(self) -> str:
        return f"apart {self.pk}"


class CommonKey(models.Model):
    """A key that too many people had to tell them apart when it was last looked at. When that changes, in either direction, all
    who have it are looked at again: what pairs it made are none any more, or are some again."""

    key = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"common key {self.key}"


class Look(models.Model):
    """How far the comparing of all has come: one row. ``after``: the last person compared in the first round. From then on only
    those are compared of whom something has changed (``persons.LikenessChange``)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    after = models.UUIDField(null=True)
    round_began_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    rules = models.CharField(max_length=80, blank=True)
    """By which rules: by others, everything is looked at anew."""

    def __str__(self) -> str:
        return "look for pairs"
