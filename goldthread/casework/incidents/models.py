"""The mandated report."""

from datetime import datetime
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.incidents.enums import Population, SentHow, Stage
from goldthread.casework.incidents.rules.checks import LONGEST
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label, LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class ReportSet(models.QuerySet["MandatedReport"]):
    """Reports. They are never deleted."""

    def delete(self) -> NoReturn:
        raise TypeError("A mandated report is never deleted.")


class MandatedReport(models.Model):
    """The legal report of a suspicion to protective services. The reporter's own: nobody else edits, blocks or closes it.

    The reporter alone may close one that was started by mistake, before the call. Where it stands (``stage``) follows from
    what is filled in. Three clocks run from ``suspected_at``: the call, the written report, and the agency's own. ``ruling``
    keeps what the table of jurisdictions said when it was started.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reports", db_index=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="reports")
    contact = models.UUIDField(null=True)
    """The note in which it came up, by id: the room of contacts lies above."""
    population = models.CharField(_("whom it is about"), max_length=15, choices=Population.choices)
    about = models.CharField(_("who it is about, if not the client"), max_length=200, blank=True)
    """A child of the client, for example."""
    state = models.CharField(_("state"), max_length=8)
    """The state whose law holds, by its two letters."""
    ruling = models.JSONField(default=dict)
    seen = models.TextField(_("what you saw or were told"), max_length=LONGEST)
    suspected_at = models.DateTimeField(_("when you first suspected it"))
    """Reasonable suspicion: the duty starts here."""
    reporter = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Protected: shown to the reporter, and to whom ``reporter_labels`` are cleared."""
    reporter_labels = LabelsField(default=Label.CHILD_WELFARE_REPORTER.value)
    """``labels`` and *child-welfare reporter*."""
    about_staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("somebody who works here")
    )
    """Whom of the staff it concerns: they are told nothing of it, and may read nothing of it."""
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.TextField(_("why it was a mistake"), max_length=2000, blank=True)
    """Started by mistake: its reporter says so, before anybody was called. It stays, and can be taken up again."""
    oral_due_at = models.DateTimeField()
    written_due_at = models.DateTimeField()
    internal_due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    """When somebody in the agency was told that there is a report: the end of the internal clock."""
    oral_at = models.DateTimeField(_("when you called"), null=True)
    oral_to = models.CharField(_("whom you spoke to"), max_length=200, blank=True)
    oral_reference = models.CharField(_("reference number"), max_length=80, blank=True)
    written_text = models.TextField(_("written report"), blank=True)
    written_saved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("when you sent it"), null=True)
    sent_how = models.CharField(_("how"), max_length=10, choices=SentHow.choices, blank=True)
    sent_to = models.CharField(_("to whom"), max_length=200, blank=True)
    receipt_at = models.DateTimeField(_("when the receipt came"), null=True)
    receipt = models.CharField(_("receipt"), max_length=200, blank=True)
    """Number, name or words of what came back."""
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    labels = LabelsField()

    objects = ReportSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["client", "-suspected_at"], name="incidents_by_client"),
            models.Index(fields=["reporter", "-suspected_at"], name="incidents_by_reporter"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(oral_at__isnull=True) | ~Q(oral_to=""), name="incidents_called_somebody"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | (~Q(sent_how="") & ~Q(written_text="")),
                name="incidents_sent_something",
            ),
            models.CheckConstraint(
                condition=Q(receipt_at__isnull=True) | (Q(sent_at__isnull=False) & ~Q(receipt="")),
                name="incidents_receipt_of_something",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | (~Q(closed_reason="") & Q(oral_at__isnull=True) & Q(sent_at__isnull=True)),
                name="incidents_closed_before_the_call",
            ),
            models.CheckConstraint(
                condition=Q(about_staff__isnull=True) | ~Q(about_staff=F("reporter")),
                name="incidents_not_about_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A mandated report is never deleted.")

    @property
    def stage(self) -> Stage:
        """How far it has come. A written report that was sent does not make up for the call."""
        if self.closed_at is not None:
            return Stage.CLOSED
        if self.oral_at is None:
            return Stage.TO_CALL
        if self.sent_at is None:
            return Stage.TO_WRITE
        return Stage.SENT if self.receipt_at is None else Stage.RECEIVED

    @property
    def stage_words(self) -> str:
        return str(self.stage.label)

    @property
    def next_due_at(self) -> datetime | None:
        """The clock that runs out first among those that still run; None when none runs."""
        if self.closed_at is not None:
            return None
        running = [
            due for due, done in ((self.oral_due_at, self.oral_at), (self.written_due_at, self.sent_at)) if done is None
        ]
        return min(running, default=None)
