"""Families of the demo: people, what they are to each other, and who lives together."""

from dataclasses import dataclass, field
from datetime import date

from goldthread.doors.demo.chance import Maker
from goldthread.doors.demo.names import CULTURES, Culture
from goldthread.doors.demo.sketch import Home, Sketch
from goldthread.people.persons.enums import RelationshipKind as Kind
from goldthread.people.persons.enums import Sex

FOSTER_HOME = "foster home"
"""How the name of a household ends in which children were placed."""


@dataclass(slots=True)
class Tie:
    """The person numbered *other* is the *kind* of the person numbered *person*. ``call`` and ``call_back``: is called in an
    emergency of the one, of the other."""

    person: int
    other: int
    kind: Kind
    call: bool = False
    call_back: bool = False
    note: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    labels: int = 0


@dataclass(slots=True)
class Kin:
    """People who belong together; the first is the client around whom they were drawn."""

    people: list[Sketch]
    ties: list[Tie] = field(default_factory=list)
    household: str = ""
    members: list[int] = field(default_factory=list)
    head: int = 0

    @property
    def clients(self) -> list[Sketch]:
        return [person for person in self.people if person.client_since]

    def live_together(self, *members: int, head: int, name: str = "") -> None:
        """Make a household of the people numbered *members*, at the address of the first."""
        home = self.people[members[0]].homes[0]
        for number in members[1:]:
            self.people[number].homes = [shared(home)]
        self.members, self.head = list(members), head
        self.household = name or f"{self.people[head].family} household"


def shared(home: Home) -> Home:
    """The same address for somebody else."""
    return Home(
        home.line1, home.city, home.postal_code, home.kind, home.line2, home.directions, home.starts_on, home.ends_on
    )


def adult_in_care(maker: Maker) -> Kin:
    """An adult of working age, often with somebody to call."""
    client = maker.client(age=(18, 70))
    kin = Kin([client])
    draw = maker.rng.random()
    if draw < 0.16:
        partner = maker.person(age=(22, 70))
        partner.reach = [maker.reach()]
        kin.people.append(partner)
        kin.ties.append(Tie(0, 1, Kind.SPOUSE, call=True, call_back=True))
        kin.live_together(0, 1, head=0)
    elif draw < 0.34:
        sibling = _relative(maker, client, (20, 72))
        kin.people.append(sibling)
        kin.ties.append(Tie(0, 1, Kind.SIBLING, call=True))
    elif draw < 0.44:
        friend = maker.person(age=(20, 75))
        friend.reach = [maker.reach()]
        kin.people.append(friend)
        kin.ties.append(Tie(0, 1, Kind.FRIEND, call=True, note=maker.rng.choice(FRIENDS)))
    return kin


FRIENDS = (
    "Neighbor across the hall.",
    "From church.",
    "Roommate in the shelter of last winter.",
    "Plays chess with them.",
)


def older_adult(maker: Maker) -> Kin:
    """An older adult, often with a grown child to call, sometimes with a husband or wife."""
    client = maker.client(age=(60, 96))
    kin = Kin([client])
    if maker.rng.random() < 0.5:
        child = _relative(maker, client, (31, 40))
        kin.people.append(child)
        kin.ties.append(Tie(0, 1, Kind.CHILD, call=True))
    if maker.rng.random() < 0.22:
        spouse = maker.person(age=(60, 92))
        number = len(kin.people)
        kin.people.append(spouse)
        kin.ties.append(Tie(0, number, Kind.SPOUSE, call=True, call_back=True))
        kin.live_together(0, number, head=0)
    return kin


def disabled_adult(maker: Maker) -> Kin:
    """An adult with a disability, some under a guardian."""
    client = maker.client(age=(19, 58))
    kin = Kin([client])
    if maker.rng.random() < 0.6:
        parent = _relative(maker, client, (59, 78))
        kin.people.append(parent)
        kin.ties.append(Tie(0, 1, Kind.PARENT, call=True))
        if maker.rng.random() < 0.45:
            kin.ties.append(Tie(0, 1, Kind.GUARDIAN, note="Limited guardianship: health and money."))
            kin.live_together(0, 1, head=1)
    return kin


def family_at_home(maker: Maker) -> Kin:
    """One or two parents with one to three children who are clients."""
    rng = maker.rng
    culture = _culture(maker)
    parent = _parent(maker, culture)
    if rng.random() < 0.4:
        parent.client_since = maker.days_ago(10, 700)
    kin = Kin([parent])
    children = _children(maker, kin, culture, parent.family, rng.choice((1, 1, 2, 2, 3)))
    kin.ties = [Tie(child, 0, Kind.PARENT, call=True) for child in children]
    kin.ties += _siblings(children)
    if rng.random() < 0.25:
        grandmother = maker.person(age=(58, 80), culture=culture)
        grandmother.reach = [maker.reach()]
        number = len(kin.people)
        kin.people.append(grandmother)
        kin.ties += [Tie(child, number, Kind.GRANDPARENT, call=child == children[0]) for child in children]
    kin.live_together(0, *children, head=0)
    return kin


def foster_family(maker: Maker) -> Kin:
    """Children placed with a foster parent; their mother or father lives elsewhere."""
    rng = maker.rng
    culture = _culture(maker)
    foster = _parent(maker, _culture(maker), age=(32, 64))
    kin = Kin([foster])
    family = rng.choice(culture.families)
    children = _children(maker, kin, culture, family, rng.choice((1, 1, 2, 3)))
    placed = maker.days_ago(20, 500)
    parent = _parent(maker, culture, family=family)
    birth_parent = len(kin.people)
    kin.people.append(parent)
    for child in children:
        kin.ties.append(Tie(child, 0, Kind.FOSTER_PARENT, call=True, starts_on=placed))
        kin.ties.append(Tie(child, birth_parent, Kind.PARENT, note="Supervised visits on Saturdays."))
    kin.ties += _siblings(children)
    kin.live_together(0, *children, head=0, name=f"{foster.family} {FOSTER_HOME}")
    return kin


def _culture(maker: Maker) -> Culture:
    return maker.rng.choices(CULTURES, weights=[culture.share for culture in CULTURES])[0]


def _relative(maker: Maker, client: Sketch, age: tuple[int, int]) -> Sketch:
    """A relative who shares the client's family name and can be called."""
    culture = next((c for c in CULTURES if client.family.split()[0] in c.families), None)
    relative = maker.person(age=age, culture=culture, family=client.family)
    relative.reach = [maker.reach()]
    return relative


def _parent(maker: Maker, culture: Culture, *, age: tuple[int, int] = (34, 47), family: str = "") -> Sketch:
    parent = maker.client(age=age, culture=culture, family=family)
    parent.client_since = None
    parent.numbers = []
    if maker.rng.random() < 0.6 and parent.sex != Sex.FEMALE:
        parent.names[0].given = maker.rng.choice(culture.women)
        parent.sex, parent.gender, parent.pronouns = Sex.FEMALE, "woman", "she/her"
        parent.reach = parent.reach[:1]
    return parent


def _children(maker: Maker, kin: Kin, culture: Culture, family: str, count: int) -> list[int]:
    """Add *count* children of one family; their numbers among the kin's people. No two share a first name."""
    numbers: list[int] = []
    for _ in range(count):
        child = maker.client(age=(0, 15), culture=culture, family=family)
        while any(child.names[0].given == kin.people[n].names[0].given for n in numbers):
            child.names[0].given = maker.rng.choice(culture.women if child.sex == Sex.FEMALE else culture.men)
        child.numbers = [n for n in child.numbers if n.kind != "school" or _goes_to_school(maker, child)]
        kin.people.append(child)
        numbers.append(len(kin.people) - 1)
    return numbers


def _goes_to_school(maker: Maker, child: Sketch) -> bool:
    return child.born is not None and (maker.today - child.born).days > 5 * 365


def _siblings(children: list[int]) -> list[Tie]:
    return [Tie(a, b, Kind.SIBLING) for i, a in enumerate(children) for b in children[i + 1 :]]
