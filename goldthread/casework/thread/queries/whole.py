"""How whole the threads of many clients are together: each link that is asked, counted by the database. ``rules.whole`` says
what is asked; a test holds both against each other for random histories."""

from collections.abc import Mapping

from django.db.models import Count, F, Q

from goldthread.casework.thread.queries.many import KINDS, Many, contacts_since
from goldthread.casework.thread.rules import BreakKind, Whole

LINKS: Mapping[BreakKind, int] = {
    BreakKind.ASSESSMENT_OLD: 1,
    BreakKind.NEED_WITHOUT_GOAL: 1,
    BreakKind.PLAN_UNSIGNED: 1,
    BreakKind.GOAL_WITHOUT_NEED: 4,
}
"""How many links are asked of each row that is looked at for this kind of break: of a goal a need, a step, its date, a contact."""


def whole_of(many: Many, broken: Mapping[BreakKind, int]) -> Whole:
    """The share of links that hold, as ``rules.how_whole`` says it of one client, summed over all of *many*. *broken*: what
    ``count_breaks`` says of them. Six statements, however many clients there are."""
    asked = count_asked(many)
    return Whole(asked - sum(broken.values()), asked)


def count_asked(many: Many) -> int:
    """The links that are asked. What each stands for is in docs/the-thread.md (*How whole*)."""
    rows = sum(links * KINDS[kind].among(many).count() for kind, links in LINKS.items())
    ended = Count("pk", filter=Q(ended_on__isnull=False))
    services = KINDS[BreakKind.SERVICE_UNCONFIRMED].among(many).aggregate(all=Count("pk"), ended=ended)
    contacts = contacts_since(many).filter(on__gte=F("begun")).count()
    return rows + int(services["all"]) + int(services["ended"]) + contacts
