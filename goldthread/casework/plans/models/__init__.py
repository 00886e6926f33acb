"""The plan and its versions; signatures; what a version in force puts to work; what became of it."""

from goldthread.casework.plans.models.paper import Paper
from goldthread.casework.plans.models.plan import Plan, PlanVersion, Signature
from goldthread.casework.plans.models.work import Goal, GoalNeed, Objective, PlannedService, Progress, Step

__all__ = [
    "Goal",
    "GoalNeed",
    "Objective",
    "Paper",
    "Plan",
    "PlanVersion",
    "PlannedService",
    "Progress",
    "Signature",
    "Step",
]
