"""The person: names, ways to reach them, identifiers, alerts, family; and the history of every field."""

from goldthread.people.persons.models.alert import Alert
from goldthread.people.persons.models.change import Change
from goldthread.people.persons.models.family import Household, HouseholdMember, Relationship
from goldthread.people.persons.models.identifier import Identifier
from goldthread.people.persons.models.likeness import LikenessChange, LikenessKey
from goldthread.people.persons.models.name import PersonName
from goldthread.people.persons.models.number import FormerNumber, SpentNumber
from goldthread.people.persons.models.person import Person
from goldthread.people.persons.models.reach import Address, ContactPoint
from goldthread.people.persons.models.search import NamePosting, NameToken

__all__ = [
    "Address",
    "Alert",
    "Change",
    "ContactPoint",
    "FormerNumber",
    "Household",
    "HouseholdMember",
    "Identifier",
    "LikenessChange",
    "LikenessKey",
    "NamePosting",
    "NameToken",
    "Person",
    "PersonName",
    "Relationship",
    "SpentNumber",
]
