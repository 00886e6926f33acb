"""Writes sketches as rows, many at a time. For people made by the hundred thousand; a few are made by the rooms' actions."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.db import models

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.doors.demo.agency import REGION
from goldthread.doors.demo.bulk import write_rows
from goldthread.doors.demo.kin import Kin, Tie
from goldthread.doors.demo.sketch import Sketch
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.phones import email_key, phone_key
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.index import shown_as, token_ids
from goldthread.people.persons.actions.keys import key_new
from goldthread.people.persons.enums import ContactKind
from goldthread.people.persons.identifiers import digest_of, last_four_digest, sealed
from goldthread.people.persons.models import (
    Address,
    Alert,
    ContactPoint,
    Household,
    HouseholdMember,
    Identifier,
    LikenessKey,
    NamePosting,
    Person,
    PersonName,
    Relationship,
)
from goldthread.people.persons.rules import OTHER_SIDE

ORDER: tuple[type[models.Model], ...] = (
    Person,
    PersonName,
    ContactPoint,
    Address,
    Identifier,
    Alert,
    Household,
    HouseholdMember,
    Relationship,
    NamePosting,
    LikenessKey,
    Assignment,
)


class Rows:
    """Collects rows and writes them in the order in which they hang on each other. Call ``write`` at the end, too."""

    def __init__(self, today: date, at: datetime, *, first_number: int = 1) -> None:
        self.today = today
        self.at = at
        self._waiting: dict[type[models.Model], list[Any]] = {model: [] for model in ORDER}
        self._numbers = count(first_number)
        self._words: dict[str, int] = {}

    def kin(self, kin: Kin) -> list[Person]:
        """Add a family; the persons in the kin's order."""
        people = [self.person(sketch) for sketch in kin.people]
        for tie in kin.ties:
            self._tie(people, tie)
        if kin.household:
            self._household(kin, people)
        return people

    def person(self, sketch: Sketch) -> Person:
        """Add one person and all that hangs on them."""
        person = Person(
            client_number=next(self._numbers) if sketch.client_since else None,
            client_since=sketch.client_since,
            pronouns=sketch.pronouns,
            birth_date=sketch.born,
            birth_date_kind=sketch.born_kind,
            deceased=sketch.died_on is not None,
            died_on=sketch.died_on,
            sex=sketch.sex,
            gender=sketch.gender,
            gender_words=sketch.gender_words,
            race_ethnicity=list(sketch.race),
            language=sketch.language,
            other_languages=sketch.other_languages,
            interpreter=sketch.interpreter,
            labels=sketch.labels,
            created_at=self.at,
        )
        self._waiting[Person].append(person)
        self._names(person, sketch)
        self._numbers_of(person, sketch)
        self._reach(person, sketch)
        self._waiting[Alert] += [
            Alert(
                person=person,
                kind=alert.kind,
                short=alert.short,
                words=alert.words,
                review_on=alert.review_on,
                ended_on=alert.ended_on,
                end_reason=alert.end_reason,
                labels=alert.labels,
            )
            for alert in sketch.alerts
        ]
        return person

    def assign(self, client: Person, staff: Staff, team: Team | None, **more: Any) -> None:
        """Give *client* to *staff* from their first day as a client, or as *more* says (fields of Assignment)."""
        values: dict[str, Any] = {"kind": AssignmentKind.PRIMARY, "starts_on": client.client_since, "given_at": self.at}
        self._waiting[Assignment].append(Assignment(client=client, staff=staff, team=team, **values | more))

    def write(self) -> None:
        """Write what waits."""
        self._index()
        for model in ORDER:
            rows, self._waiting[model] = self._waiting[model], []
            write_rows(model, rows)

    def _index(self) -> None:
        """The search index and the keys of likeness of the waiting people. Words are few and remembered; postings go the quick way."""
        people: list[Person] = self._waiting[Person]
        new = {word for person in people for word in person.search_text.split()} - self._words.keys()
        self._words |= token_ids(new)
        self._waiting[NamePosting] += [
            NamePosting(token_id=self._words[word], person=person, sort_key=person.sort_key)
            for person in people
            for word in person.search_text.split()
        ]
        names, points, places = (self._by_person(model) for model in (PersonName, ContactPoint, Address))
        self._waiting[LikenessKey] += [
            key for one in people for key in key_new(one, names[one.pk], points[one.pk], places[one.pk])
        ]

    def _by_person(self, model: type[models.Model]) -> dict[UUID, list[Any]]:
        found: dict[UUID, list[Any]] = defaultdict(list)
        for row in self._waiting[model]:
            found[row.person_id].append(row)
        return found

    def _names(self, person: Person, sketch: Sketch) -> None:
        names = [
            PersonName(
                person=person,
                kind=name.kind,
                given=name.given,
                middle=name.middle,
                family=name.family,
                suffix=name.suffix,
                until=name.until,
            )
            for name in sketch.names
        ]
        shown_as(person, names)
        self._waiting[PersonName] += names

    def _numbers_of(self, person: Person, sketch: Sketch) -> None:
        for number in sketch.numbers:
            row, value = new_id(), "".join(c for c in number.value if c.isalnum())
            self._waiting[Identifier].append(
                Identifier(
                    id=row,
                    person=person,
                    kind=number.kind,
                    sealed=sealed(number.value, row),
                    digest=digest_of(number.kind, value),
                    last4_digest=last_four_digest(value),
                    issuer=number.issuer,
                )
            )

    def _reach(self, person: Person, sketch: Sketch) -> None:
        self._waiting[ContactPoint] += [
            ContactPoint(
                person=person,
                kind=reach.kind,
                value=reach.value,
                key=email_key(reach.value) if reach.kind == ContactKind.EMAIL else phone_key(reach.value),
                safe_to_call=reach.call,
                safe_to_text=reach.text,
                safe_to_leave_message=reach.message,
                note=reach.note,
                first_choice=reach.first,
                ends_on=reach.ends_on,
            )
            for reach in sketch.reach
        ]
        self._waiting[Address] += [
            Address(
                person=person,
                kind=home.kind,
                line1=home.line1,
                line2=home.line2,
                city=home.city,
                region=REGION,
                postal_code=home.postal_code,
                directions=home.directions,
                starts_on=home.starts_on,
                ends_on=home.ends_on,
                labels=home.labels,
            )
            for home in sketch.homes
        ]

    def _tie(self, people: Sequence[Person], tie: Tie) -> None:
        person, other, pair = people[tie.person], people[tie.other], new_id()
        for one, another, kind, call in (
            (person, other, tie.kind, tie.call),
            (other, person, OTHER_SIDE[tie.kind], tie.call_back),
        ):
            self._waiting[Relationship].append(
                Relationship(
                    pair=pair,
                    person=one,
                    other=another,
                    kind=kind,
                    emergency_contact=call,
                    note=tie.note,
                    starts_on=tie.starts_on,
                    ends_on=tie.ends_on,
                    labels=tie.labels,
                )
            )

    def _household(self, kin: Kin, people: Sequence[Person]) -> None:
        household = Household(name=kin.household)
        self._waiting[Household].append(household)
        self._waiting[HouseholdMember] += [
            HouseholdMember(household=household, person=people[number], is_head=number == kin.head)
            for number in kin.members
        ]
