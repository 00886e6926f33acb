"""How whole the threads of many clients are together, with their breaks: each table is walked once for both. ``rules.whole`` says
what is asked; a test holds both against each other for random histories."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from goldthread.casework.thread.queries.many import KINDS, Many, contacts_since, kinds_by_table, since_a_plan
from goldthread.casework.thread.rules import BreakKind, Whole

LINKS: Mapping[BreakKind, int] = {
    BreakKind.ASSESSMENT_OLD: 1,
    BreakKind.NEED_WITHOUT_GOAL: 1,
    BreakKind.PLAN_UNSIGNED: 1,
    BreakKind.GOAL_WITHOUT_NEED: 4,
    BreakKind.SERVICE_UNCONFIRMED: 1,
    BreakKind.CONTACT_WITHOUT_GOAL: 1,
}
"""How many links are asked of each row of the table that is looked at for this kind of break: of a goal a need, a step, its date, a
contact."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many breaks of each kind there are, and the share of links that hold."""

    breaks: dict[BreakKind, int]
    whole: Whole


def count_whole(many: Many) -> Counted:
    """What ``count_breaks`` says, and of the same rows how many links are asked, as ``rules.how_whole`` says it of one client, summed
    over all of *many*. Six statements, however many clients there are. What each link stands for is in docs/the-thread.md
    (*How whole*)."""
    asked, found = 0, dict[BreakKind, int]()
    for among, kinds in kinds_by_table().items():
        if kinds == [BreakKind.CONTACT_WITHOUT_GOAL]:  # of those that served a goal the link is asked, too
            rows, broken = contacts_since(many).filter(since_a_plan(many)), [Q(served=False)]
        else:
            rows, broken = among(many), [KINDS[kind].broken(many) for kind in kinds]
        counts = {str(kind): Count("pk", filter=which) for kind, which in zip(kinds, broken, strict=True)}
        if BreakKind.OUTCOME_UNKNOWN in kinds:
            counts["ended"] = Count("pk", filter=Q(ended_on__isnull=False))
        said = rows.aggregate(asked=Count("pk"), **counts)
        asked += said["asked"] * next(LINKS[kind] for kind in kinds if kind in LINKS) + said.get("ended", 0)
        found |= {kind: said[str(kind)] for kind in kinds}
    return Counted({kind: found[kind] for kind in KINDS}, Whole(asked - sum(found.values()), asked))
