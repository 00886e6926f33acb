"""How an identifier is sealed, opened and found."""

from uuid import UUID

from goldthread.foundation.lib.encryption import place_of
from goldthread.foundation.lib.vault import the_vault
from goldthread.people.persons.enums import IdentifierKind
from goldthread.people.persons.models import Identifier
from goldthread.people.persons.rules import bare, masked


def sealed(typed: str, row: UUID) -> bytes:
    """*typed*, encrypted for the identifier *row* alone."""
    return the_vault().seal(typed.encode(), place=_place(row))


def opened(identifier: Identifier) -> str:
    """The number as typed. Raises Tampered when the value was moved or changed."""
    return the_vault().open(bytes(identifier.sealed), place=_place(identifier.pk)).decode()


def shown(identifier: Identifier) -> str:
    """``•••• 1234``, also of a number that would not be taken today: an old or imported one is still shown."""
    return masked(bare(opened(identifier)))


def digest_of(kind: IdentifierKind | str, value: str) -> str:
    """By which the normalised *value* of *kind* is found."""
    return the_vault().digest(value.encode(), purpose=f"identifier:{kind}")


def last_four_digest(value: str) -> str:
    """By which the last four characters of the normalised *value* are found."""
    return the_vault().digest(value[-4:].encode(), purpose="identifier:last4")


def _place(row: UUID) -> str:
    return place_of("persons_identifier", "sealed", row)
