"""What the version in force puts to work: rows made of its lines under the lines' own ids, and what became of each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.needs.models import Need
from goldthread.casework.plans.enums import GoalState, Helped, OwnerKind, StepState
from goldthread.casework.plans.models.plan import Plan
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Goal(models.Model):
    """What the person wants, in their words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="goals", verbose_name=_("client"), db_index=False
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="goals", db_index=False)
    words = models.CharField(_("goal"), max_length=500)
    domain = models.CharField(_("life domain"), max_length=20, blank=True)
    state = models.CharField(max_length=8, choices=GoalState.choices, default=GoalState.OPEN)
    opened_on = models.DateField(_("since"))
    target_on = models.DateField(_("by"), null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)
    last_contact_on = models.DateField(null=True)
    """The last signed contact toward it. Kept by ``record_progress`` so that broken threads need not look through the notes."""
    position = models.PositiveSmallIntegerField(default=0)
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "state"], name="plans_goals_by_person"),
            models.Index(fields=["episode", "state"], name="plans_goals_by_episode"),
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class GoalNeed(models.Model):
    """The goal answers the need."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="need_links", db_index=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="goal_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "need"], name="plans_goal_need_once")]

    def __str__(self) -> str:
        return f"{self.goal_id} for {self.need_id}"


class Objective(models.Model):
    """A measurable part of a goal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="objectives", db_index=False)
    words = models.CharField(_("objective"), max_length=500)
    baseline = models.CharField(_("now"), max_length=120, blank=True)
    target = models.CharField(_("aim"), max_length=120, blank=True)
    measure = models.CharField(_("how it is measured"), max_length=160, blank=True)
    by_on = models.DateField(_("by"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=GoalState.choices, default=GoalState.OPEN)
    latest = models.CharField(_("latest"), max_length=120, blank=True)
    latest_on = models.DateField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["goal"], name="plans_objectives")]

    def __str__(self) -> str:
        return f"objective {self.pk}"


class Step(models.Model):
    """Who does what by when. An open step of a worker, or one that somebody must ask after, has a task (source ``step``)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="steps", db_index=False)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, related_name="steps")
    words = models.CharField(_("step"), max_length=300)
    owner_kind = models.CharField(_("who"), max_length=8, choices=OwnerKind.choices)
    owner_words = models.CharField(_("who exactly"), max_length=120, blank=True)
    owner_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    owner_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("by"), null=True, blank=True)
    court_ordered = models.BooleanField(_("ordered by a court"), default=False)
    state = models.CharField(max_length=8, choices=StepState.choices, default=StepState.OPEN)
    done_on = models.DateField(null=True)
    done_source = models.UUIDField(null=True)
    """The contact in which it was done; None: ticked off in the plan."""
    dropped_on = models.DateField(null=True)
    why_dropped = models.CharField(_("why"), max_length=300, blank=True)
    """Why nobody does it any more; blank: a later version no longer has it, or its goal was closed."""
    dropped_with_goal = models.BooleanField(default=False)
    """It was open when its goal was closed between reviews; the goal opened again, so is the step."""
    position = models.PositiveSmallIntegerField(default=0)
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["goal", "state"], name="plans_steps")]

    def __str__(self) -> str:
        return f"step {self.pk}"


class PlannedService(models.Model):
    """A service that the plan counts on, until it is known whether it helped."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="services", db_index=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="services", db_index=False)
    """None: it serves the whole plan."""
    words = models.CharField(_("service"), max_length=200)
    provider_words = models.CharField(_("who gives it"), max_length=200, blank=True)
    amount = models.CharField(_("how much"), max_length=80, blank=True)
    frequency = models.CharField(_("how often"), max_length=80, blank=True)
    duration = models.CharField(_("how long"), max_length=80, blank=True)
    natural = models.BooleanField(_("unpaid: a natural support"), default=False)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    helped = models.CharField(_("did it help?"), max_length=4, choices=Helped.choices, blank=True)
    helped_words = models.CharField(max_length=300, blank=True)
    agreed_on = models.DateField()
    """When the version that brought it came into force."""
    dropped = models.BooleanField(default=False)
    """A later version no longer has it."""
    position = models.PositiveSmallIntegerField(default=0)
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["goal"], name="plans_services_by_goal"),
            models.Index(fields=["plan"], name="plans_services_by_plan"),
        ]

    def __str__(self) -> str:
        return f"service {self.pk}"


class Progress(models.Model):
    """What a contact, a review or somebody's word says of a goal or an objective on a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="progress")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, related_name="progress")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    went = models.CharField(max_length=20)
    """A word of the note's own scale (``contacts.enums.Went``), or of a review."""
    value = models.CharField(max_length=120, blank=True)
    """On the objective's own scale: "4 of 7 days"."""
    words = models.CharField(max_length=500, blank=True)
    source_kind = models.CharField(max_length=30)
    source_id = models.UUIDField()
    voided = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["goal", "-on"], condition=Q(voided=False), name="plans_progress_by_goal"),
            models.Index(fields=["source_kind", "source_id"], name="plans_progress_by_source"),
        ]

    def __str__(self) -> str:
        return f"progress {self.pk}"
