"""Households of a file: whose enrollment a number means, and people of one number who live together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db.models import Q
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.imports.actions.describing import who_may_be_told
from goldthread.casework.imports.actions.ground import Ground, Stay
from goldthread.casework.imports.enums import HEAD, State, What
from goldthread.casework.imports.models import Brought, Import
from goldthread.casework.imports.rules.rows import Told
from goldthread.people.persons.models import Household, HouseholdMember

PART = 500


def made_for(run: UUID, number: str) -> UUID:
    """The household that the file *run* makes of *number*: the same after a kill."""
    return uuid5(run, f"household {number}")


@dataclass(slots=True)
class Known:
    """Who came as clients with one number, the head first, and in which household they live since."""

    people: list[UUID]
    household: UUID | None


def known_by(numbers: Iterable[str]) -> dict[str, list[Known]]:
    """Of each of *numbers* those who have it; more than one group where two files meant different people. Clients under domestic violence
    or sealed labels are not told. One query."""
    rows = Brought.objects.filter(
        household_number__in={number for number in numbers if number},
        run__what=What.CLIENTS,
        run__state=State.BROUGHT,
        person__in=who_may_be_told(),
    )
    found: dict[str, dict[UUID, Known]] = defaultdict(dict)
    said = rows.order_by("row").values_list("household_number", "run", "person", "household", "household_role")
    for number, run, person, household, role in said:
        group = found[number].setdefault(run, Known([], None))
        group.household = group.household or household
        group.people.insert(0 if role == HEAD else len(group.people), person)
    return {number: _without_parts(list(groups.values())) for number, groups in found.items()}


def _without_parts(groups: list[Known]) -> list[Known]:
    """Those that are not part of another: the same file brought once more says the same."""
    whole: list[Known] = []
    for group in sorted(groups, key=lambda one: -len(one.people)):
        if not any(set(group.people) <= set(other.people) for other in whole):
            whole.append(group)
    return whole


# --- Whose enrollment it is ------------------------------------------------------------------------------
def settle(stays: Sequence[Stay], run: Import, ground: Ground) -> None:
    """Say of each household's enrollment which household it is: that of the number, that in which its people live, or one that
    the file makes of them. What keeps it out is told on each of its rows. A few queries for some hundred."""
    for start in range(0, len(stays), PART):
        part = stays[start : start + PART]
        homes = _homes(part, ground.today)
        for stay in part:
            _settle_one(stay, homes, run, ground)
        _refuse_twice(part, ground)


def _homes(stays: Sequence[Stay], today: date) -> dict[tuple[str, UUID], set[UUID]]:
    """For each number and person the households in which they may be meant: those of the number before those in which they live."""
    people = {line.person.pk for stay in stays for line in stay.lines}
    lives: dict[UUID, set[UUID]] = defaultdict(set)
    open_now = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    rows = HouseholdMember.objects.filter(open_now, person__in=people)
    for person, household in rows.values_list("person", "household"):
        lives[person].add(household)
    numbered: dict[tuple[str, UUID], set[UUID]] = defaultdict(set)
    for number, groups in known_by(stay.number for stay in stays).items():
        for group in groups:
            for person in group.people:
                numbered[number, person] |= {group.household} if group.household else set()
    return {
        (stay.number, line.person.pk): numbered.get((stay.number, line.person.pk)) or lives.get(line.person.pk, set())
        for stay in stays
        for line in stay.lines
    }


def _settle_one(stay: Stay, homes: Mapping[tuple[str, UUID], set[UUID]], run: Import, ground: Ground) -> None:
    meant = {home for line in stay.lines for home in homes[stay.number, line.person.pk]}
    if len(meant) > 1:
        _tell(
            stay,
            _("The people of this number live in different households here. Say first who lives together."),
            ground,
        )
        return
    stay.household = next(iter(meant), None) or made_for(run.pk, stay.number)


def _refuse_twice(stays: Sequence[Stay], ground: Ground) -> None:
    """A household is in a program once at a time."""
    going_on = [stay for stay in stays if stay.household and stay.closed is None]
    here = Episode.objects.filter(household__in={stay.household for stay in going_on}, discharged_on__isnull=True)
    taken = set(here.values_list("household", "program"))
    for stay in going_on:
        if (stay.household, stay.program.pk) in taken or (stay.household, stay.program.pk) in ground.earlier:
            _tell(stay, _("This household is in the program already."), ground)
        ground.earlier[stay.household, stay.program.pk] = stay.rows[0].row


def _tell(stay: Stay, reason: str, ground: Ground) -> None:
    for row in stay.rows:
        row.told.append(Told(ground.column("household_number"), reason))


# --- Who lives together ----------------------------------------------------------------------------------
def unseen_households(stays: Iterable[Stay], run: Import) -> list[Household]:
    """Those that the file makes; nobody lives there yet, so that nobody sees them."""
    made = {stay.household: stay for stay in stays if stay.number and stay.household == made_for(run.pk, stay.number)}
    return [Household(id=pk, name=name_of(stay.lines[0].person.display_name)) for pk, stay in made.items() if pk]


def name_of(person: str) -> str:
    """What a household is called whose head, or first member, is called *person*."""
    return (_("Household of %(name)s") % {"name": person})[:120]


def moving_in(run: Import) -> list[HouseholdMember]:
    """The places of people known here in the households that the file of enrollments *run* makes. They lived in none."""
    rows = Brought.objects.filter(run=run, seat__isnull=False, household__isnull=False).order_by("row", "seat")
    said = rows.values_list("household", "household_number", "person")
    pairs = dict.fromkeys((home, person) for home, number, person in said if home == made_for(run.pk, number))
    return [HouseholdMember(household_id=home, person_id=person) for home, person in pairs]


def dissolve(rows: Iterable[Brought], run: Import) -> None:
    """The households that the file *run* made of *rows* go again, unless somebody is enrolled with them, or they were changed."""
    made = {row.household_id for row in rows if row.household_id == made_for(run.pk, row.household_number)}
    for household in Household.objects.filter(pk__in=made, version=1, episodes__isnull=True):
        members = HouseholdMember.objects.filter(household=household)
        if not members.exclude(version=1, ends_on__isnull=True).exists():
            members.delete()
            household.delete()
