"""The names of those who wrote something down, by their ids."""

from collections.abc import Iterable
from uuid import UUID

from goldthread.foundation.workforce.models import Staff


def names_of_staff(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The name of each of *ids*; those that nobody has are left out. One query, none for nobody."""
    wanted = {one for one in ids if one}
    return dict(Staff.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
