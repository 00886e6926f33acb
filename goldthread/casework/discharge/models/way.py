"""The way out of one episode, what was decided of what was open, and what was added after the signature."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.discharge.enums import Decision, ItemKind, WayState
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class WayOut(models.Model):
    """One way out of an episode, from the first word to the end of the episode. While it is open nothing has happened yet: the
    episode ends, and what was decided happens, in the one transaction in which it becomes ``DONE``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="ways_out")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="ways_out", verbose_name=_("client"), db_index=False
    )
    """The client on whose page it was begun; the episode of a household ends for all of them."""
    state = models.CharField(max_length=8, choices=WayState.choices, default=WayState.OPEN)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=60, blank=True)
    """Key of a discharge reason of the program's template."""
    path = models.CharField(max_length=10, blank=True)
    """Which way (``programs.enums.Leaving``): it follows from the reason. Blank: none was chosen yet."""
    said = models.JSONField(default=dict)
    """What the way asks besides (who told of the death, the new place, what was offered …): field → text."""
    sections = models.JSONField(default=dict)
    """The summary: section → ``{"text", "n", "by", "at"}``; ``n`` counts the changes. A section that nobody touched is not there:
    it is drafted from the record each time it is shown, and kept as shown by the signature."""
    sources = models.JSONField(default=dict)
    """Section → what it was drafted from, as it stood at the signature: ``[[words, kind, id], …]``."""
    override = models.CharField(_("why without the tries"), max_length=300, blank=True)
    override_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of what was signed, in canonical form."""
    needs_eyes = models.BooleanField(default=False)
    """Signed by somebody who may not end an episode, or in a program that asks for a second person."""
    returned = models.TextField(_("comment"), max_length=4000, blank=True)
    returned_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    begun_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    signed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    signed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """Who ended the episode: the signer, or the second person."""
    ended_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(_("why"), max_length=300, blank=True)
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="discharge_by_person"),
            models.Index(fields=["signed_by", "-ended_at"], name="discharge_by_signer"),
            models.Index(fields=["ended_by", "-ended_at"], name="discharge_by_ender"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(state__in=["open", "waiting", "done"]), name="discharge_one_way_out"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "done"])
                | (Q(signed_at__isnull=False) & ~Q(digest="") & Q(last_day__isnull=False) & ~Q(path="")),
                name="discharge_signed_and_said",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(ended_at__isnull=False), name="discharge_done_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"way out {self.pk}"


class Settlement(models.Model):
    """What somebody decided of one thing that is open. It holds for the thing as it stood (``stamp``), and happens at the end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    way = models.ForeignKey(WayOut, on_delete=models.CASCADE, related_name="settlements", db_index=False)
    kind = models.CharField(max_length=11, choices=ItemKind.choices)
    source_id = models.UUIDField()
    """The thing itself. No foreign key: the rooms differ."""
    title = models.CharField(max_length=300)
    """What it was called then: the confirmation says it after the worker can no longer open it."""
    decision = models.CharField(max_length=10, choices=Decision.choices)
    words = models.CharField(max_length=500, blank=True)
    """Because; who else; who was told."""
    to_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField(null=True)
    stamp = models.CharField(max_length=64)
    before = models.JSONField(default=dict)
    """How it stood before the end, for who takes the discharge back."""
    stamp_after = models.CharField(max_length=64, blank=True)
    """How it stood after; blank: nothing happened yet."""
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["way", "kind", "source_id"], name="discharge_settled_once")]

    def __str__(self) -> str:
        return f"{self.decision} of {self.kind} {self.source_id}"


class Addendum(models.Model):
    """What was added to a signed summary later. Never edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    way = models.ForeignKey(WayOut, on_delete=models.PROTECT, related_name="addenda", db_index=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("addendum"), max_length=4000)
    at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["way", "at"], name="discharge_addenda")]

    def __str__(self) -> str:
        return f"addendum {self.pk}"
