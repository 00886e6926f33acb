"""Evidence, what was done elsewhere, and the tasks that requirements and people make."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Evidence(models.Model):
    """What happened in an episode, as its requirements see it: trigger, proof, or a change of the clock.

    (source_kind, source_id) is where it comes from: a contact, ``elsewhere`` (recorded as done outside), an episode …
    Correcting the source changes the row, voiding it sets ``voided``; both recompute what hangs on it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in EventKind])
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="evidence", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence")
    """Whom it counts for. In a household each one has a row of their own."""
    happened_on = models.DateField()
    """Local date of the agency."""
    happened_at = models.DateTimeField(null=True)
    """For clocks in hours."""
    name = models.CharField(max_length=60, blank=True)
    mode = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=20, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    activities = models.JSONField(default=list)
    seen = models.JSONField(default=list)
    attempted = models.BooleanField(default=False)
    details = models.JSONField(default=dict)
    """Of a change of the clock: requirement, reason, level, span …"""
    source_kind = models.CharField(max_length=30)
    source_id = models.UUIDField()
    voided = models.BooleanField(default=False)
    labels = LabelsField()
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["episode", "happened_on"], name="tasks_evidence_by_episode")]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "kind", "episode", "person"], name="tasks_evidence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.happened_on}"


class Elsewhere(models.Model):
    """What has no room of its own yet, recorded as done: an assessment, a plan, a review, a hearing, an incident, a hospital stay.

    It is evidence and trigger, and stays when the rooms come.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("what"), max_length=30)
    name = models.CharField(_("which one"), max_length=60, blank=True)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="elsewhere")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="elsewhere", db_index=False)
    done_on = models.DateField(_("when"))
    done_at = models.DateTimeField(null=True, blank=True)
    who = models.CharField(_("who did it"), max_length=200, blank=True)
    where = models.CharField(_("where the paper is"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    voided = models.BooleanField(default=False)
    void_reason = models.CharField(_("why"), max_length=300, blank=True)
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    voided_by = models.UUIDField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-done_on"], name="tasks_elsewhere_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} done elsewhere on {self.done_on}"


class TaskState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    EXCEPTED = "excepted", _("Could not be done, with a reason the rule accepts")
    MISSED = "missed", _("Missed")
    PAUSED = "paused", _("Paused")
    CANCELLED = "cancelled", _("No longer needed")


class Task(models.Model):
    """One commitment: whose it is, by when, why. Made by a requirement (``requirement`` is its key), by another room, or by a person.

    Lateness is a comparison of ``due_on`` with today at read time; nothing runs at midnight.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(_("what"), max_length=200)
    client = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks", db_index=False
    )
    # Whose tasks are asked for, only open ones are meant: an index of all, done ones too, would be read instead of that of the open.
    owner = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("whose"),
        db_index=False,
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks", db_index=False
    )
    """A task of the whole team, until somebody takes it."""
    asked_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    """Who delegated it: it stays on their list, under *Waiting on others*."""
    state = models.CharField(max_length=9, choices=TaskState.choices, default=TaskState.OPEN)
    due_on = models.DateField(_("due"), null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    """For clocks in hours."""
    remind_on = models.DateField(null=True, blank=True)
    grace_until = models.DateField(null=True, blank=True)
    escalate_on = models.DateField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    weight = models.PositiveSmallIntegerField(default=3)
    """0 safety, 1 legal clock, 2 health, 3 other: the smaller, the higher on the list."""
    minutes = models.PositiveSmallIntegerField(default=30)
    action = models.CharField(max_length=20, default="note")
    requirement = models.CharField(max_length=60, blank=True)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    occurrence = models.CharField(max_length=60, blank=True)
    """Which one of a requirement's occasions: the first day of its period, or the evidence it counts from; so it is made once."""
    clock = models.CharField(max_length=8, blank=True)
    """Of a requirement: ``trigger``, ``last``, ``period`` or ``share`` (a reminder, never overdue)."""
    starts_on = models.DateField(null=True, blank=True)
    """Not on any list before: periods to come are made beforehand, so that nothing has to run at midnight."""
    counts = models.BooleanField(default=True)
    """Is a period that ends unmet missed? Not one in which the client came or left."""
    rest = models.CharField(max_length=8, blank=True)
    """``paused`` or ``excepted``, from ``rests_from`` to ``rests_until``, both included; 9999-12-31: with no end in sight."""
    rests_from = models.DateField(null=True, blank=True)
    rests_until = models.DateField(null=True, blank=True)
    why = models.JSONField(default=list)
    """The explanation as codes and values, put into the reader's words by ``rules.words``."""
    repeat = models.JSONField(default=dict, blank=True)
    """Of a recurring task made by a person: every how many of which unit, until when."""
    done_on = models.DateField(null=True, blank=True)
    late = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    source_kind = models.CharField(max_length=30, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    """What closes it: only that source's own room may."""
    met_by = models.UUIDField(null=True, blank=True)
    """The evidence that met it."""
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(state="open"), name="tasks_open_by_owner"),
            # Without rows that name nobody, or no source: SQLite takes an index whose keys are nearly all empty for useless, and reads every open task.
            models.Index(
                fields=["team", "due_on"], condition=Q(state="open", team__isnull=False), name="tasks_open_by_team"
            ),
            models.Index(fields=["client", "due_on"], condition=Q(state="open"), name="tasks_open_by_client"),
            models.Index(
                fields=["asked_by", "due_on"],
                condition=Q(state="open", asked_by__isnull=False),
                name="tasks_open_by_asker",
            ),
            models.Index(fields=["episode", "requirement"], name="tasks_by_requirement"),
            models.Index(
                fields=["source_id", "source_kind"], condition=Q(source_id__isnull=False), name="tasks_of_source"
            ),
            models.Index(
                fields=["requirement", "period_end"], condition=Q(period_end__isnull=False), name="tasks_by_period"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "client", "requirement", "occurrence"],
                condition=~Q(requirement=""),
                name="tasks_requirement_once",
            ),
            models.CheckConstraint(
                condition=Q(requirement="") | Q(episode__isnull=False, client__isnull=False),
                name="tasks_requirement_has_episode",
            ),
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"


class Reckoning(models.Model):
    """What has been worked out for an episode: whose its tasks are, and when time alone asks for another look."""

    episode = models.OneToOneField(Episode, on_delete=models.CASCADE, primary_key=True, related_name="reckoning")
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    refresh_on = models.DateField(null=True)
    """Periods are made two months ahead and renewed after one; rules made for a later day come into force on it. None: never."""
    version = models.PositiveIntegerField(default=1)
    """Counts the times; a batch that was worked out from an older one is thrown away."""
    worked_out_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["refresh_on"], name="tasks_reckoning_refresh")]

    def __str__(self) -> str:
        return f"reckoning of {self.episode_id}"


class RunState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    CANCELLED = "cancelled", _("Stopped")
    DONE = "done", _("Done")


class Run(models.Model):
    """Working out every episode of a program again, after its rules changed: staged, with progress; can be stopped and taken up."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="runs", db_index=False)
    state = models.CharField(max_length=9, choices=RunState.choices, default=RunState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    cursor = models.UUIDField(null=True)
    """The last episode that was worked out: by id, ascending."""
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    stopped_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["program", "-made_at"], name="tasks_run_by_program")]

    def __str__(self) -> str:
        return f"run {self.pk}"
