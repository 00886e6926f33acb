"""What a merge would do, before it is done: differences, what moves, and what a person must settle first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Q, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.merging.actions.moving import clashing
from goldthread.casework.merging.actions.rows import links
from goldthread.foundation.lib.labels import ALL_LABELS
from goldthread.people.persons.models import Address, Person, PersonName, Relationship

SINGLE = (
    ("birth", ("birth_date", "birth_date_kind")),
    ("pronouns", ("pronouns",)),
    ("sex", ("sex",)),
    ("gender", ("gender", "gender_words")),
    ("race_ethnicity", ("race_ethnicity",)),
    ("language", ("language",)),
    ("other_languages", ("other_languages",)),
    ("interpreter", ("interpreter",)),
    ("death", ("deceased", "died_on")),
    ("photo", ("photo_id",)),
)
"""Questions with one answer, and the columns that hold it."""
ROWS = ("name", "preferred", "address", "mailing", "worker")
"""Rows of which there is one at a time: the one not chosen stays in the history."""
WAITS = ("waiting", "offered", "accepted")
"""States of a place on a waitlist; the room of intake stands above this one."""
BLANK: tuple[Any, ...] = (None, "", [], False)


@dataclass(frozen=True, slots=True)
class Choice:
    """A question to which both records may have an answer. ``theirs``: take that of the other record unless somebody says no."""

    key: str
    mine: Any
    other: Any

    @property
    def differs(self) -> bool:
        """Do both say something, and not the same?"""
        return self.mine != self.other and not _blank(self.mine) and not _blank(self.other)

    @property
    def theirs(self) -> bool:
        """The default: what is known wins over what is not."""
        return _blank(self.mine) and not _blank(self.other)


def choices(keep: Person, other: Person) -> list[Choice]:
    """Every question of which at least one record has an answer; those that differ first."""
    found = [
        Choice(key, [getattr(keep, name) for name in names], [getattr(other, name) for name in names])
        for key, names in SINGLE
    ]
    found = [Choice(one.key, _answer(one.mine), _answer(one.other)) for one in found]
    mine, theirs = _one_of_each(keep), _one_of_each(other)
    found += [Choice(key, mine.get(key), theirs.get(key)) for key in ROWS]
    said = [one for one in found if not (_blank(one.mine) and _blank(one.other))]
    return sorted(said, key=lambda one: (not one.differs, one.mine == one.other))


def _answer(values: list[Any]) -> Any:
    return None if all(value in BLANK or value in ("exact", "no") for value in values) else values


def _blank(value: Any) -> bool:
    return value in BLANK


def _one_of_each(person: Person) -> dict[str, Any]:
    """The rows of *person* of which there is one at a time."""
    found: dict[str, Any] = {}
    for name in PersonName.objects.filter(person=person, kind__in=("legal", "preferred")):
        found["name" if name.kind == "legal" else "preferred"] = SameWords(
            name, " ".join(part for part in (name.given, name.middle, name.family, name.suffix) if part)
        )
    for place in Address.objects.filter(person=person, ends_on__isnull=True, kind__in=("current", "mailing")):
        words = ", ".join(part for part in (place.line1, place.line2, place.city, place.postal_code) if part)
        found["address" if place.kind == "current" else "mailing"] = SameWords(place, words)
    primary = Assignment.objects.filter(
        client=person, kind=AssignmentKind.PRIMARY, ends_on__isnull=True, episode__isnull=True
    )
    for row in primary.select_related("staff"):
        found["worker"] = SameWords(row, row.staff.name)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class SameWords:
    """A row that is the same as another when it says the same."""

    row: Any
    words: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameWords) and self.words.casefold() == other.words.casefold()

    def __hash__(self) -> int:
        return hash(self.words.casefold())

    def __str__(self) -> str:
        return self.words


def obstacles(keep: Person, other: Person) -> list[str]:
    """What a person must settle before both can be one, in words that say how. Four queries."""
    found = []
    both = Episode.objects.filter(person=other, discharged_on__isnull=True).select_related("program")
    mine = set(Episode.objects.filter(person=keep, discharged_on__isnull=True).values_list("program", flat=True))
    for episode in both:
        if episode.program_id in mine:
            found.append(
                _("Both are enrolled in %(program)s. Discharge one of the two enrollments first, then come back.")
                % {"program": episode.program.name}
            )
    member = next((link for link in links() if link.model is EpisodeMember), None)
    if member and clashing(member, other, keep):
        found.append(
            _(
                "Both are members of the enrollment of one household. Take one of them out of it first: they may be two people."
            )
        )
    found += _both_wait(keep, other)
    between = Relationship.objects.filter(person=keep, other=other, ends_on__isnull=True)
    found += [
        _("They are recorded as related to each other (%(kind)s). End that relationship first if it is a mistake.")
        % {"kind": row.get_kind_display()}
        for row in between
    ]
    return found


def _both_wait(keep: Person, other: Person) -> list[str]:
    """They wait for one program by two inquiries. Which program is not said where that is protected."""
    Place = apps.get_model("intake.Place")
    rows = Place._default_manager.filter(state__in=WAITS).order_by("program__name", "pk")
    mine = rows.filter(inquiry__client=keep).values("program")
    found = []
    for row in rows.filter(inquiry__client=other, program__in=mine).select_related("program"):
        if row.labels:
            found.append(_("Both are on one waitlist. Ask intake to take one of the two places off, then come back."))
            continue
        said = _("Both are on the waitlist of %(program)s. Take one of the two places off first, then come back.")
        found.append(said % {"program": row.program.name})
    return found


def moving(other: Person) -> Counter[str]:
    """How many rows of *other* move, by model. One query."""
    counts = [
        link.of(other.pk)
        .order_by()
        .annotate(of_link=Value(link.label))
        .values("of_link")
        .annotate(how_many=Count("pk"))
        for link in links()
        if link.rule.rule == "move"
    ]
    counted: Counter[str] = Counter()
    for row in counts[0].union(*counts[1:], all=True):
        counted[row["of_link"]] += row["how_many"]
    return +counted


def hidden_from(persons: Iterable[Person], cleared: int) -> bool:
    """Is there anything on *persons*, of any room, that somebody *cleared* for these labels may not read? One query."""
    ids = [person.pk for person in persons]
    missing = int(ALL_LABELS) & ~cleared
    found = [
        link.model._default_manager.filter(Q(**{f"{link.field}__in": ids}))
        .exclude(Exact(F("labels").bitand(missing), 0))
        .order_by()
        .values_list(Value(1))
        for link in links()
        if any(field.name == "labels" for field in link.model._meta.concrete_fields)
    ]
    return bool(list(found[0].union(*found[1:], all=True)[:1]))
