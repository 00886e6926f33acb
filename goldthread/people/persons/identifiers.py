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


PURPOSES = (*(f"digest:identifier:{kind}" for kind in IdentifierKind), "digest:identifier:last4")
"""What the agency's keys are used for here, beside sealing."""


def sealed_anew(identifier: Identifier) -> bool:
    """Seal and digest *identifier* with the agency's newest keys (not saved). False when it is so already."""
    if the_vault().is_new(bytes(identifier.sealed)):
        return False
    typed = opened(identifier)
    value = bare(typed)
    identifier.sealed = sealed(typed, identifier.pk)
    identifier.digest, identifier.last4_digest = digest_of(identifier.kind, value), last_four_digest(value)
    return True


def digest_of(kind: IdentifierKind | str, value: str) -> str:
    """By which the normalised *value* of *kind* is found."""
    return the_vault().digest(value.encode(), purpose=f"identifier:{kind}")


def last_four_digest(value: str) -> str:
    """By which the last four characters of the normalised *value* are found."""
    return the_vault().digest(value[-4:].encode(), purpose="identifier:last4")


def digests_of(value: str) -> list[str]:
    """Under which the normalised *value* may be kept, whatever its kind."""
    return [
        digest
        for kind in IdentifierKind
        for digest in the_vault().digests(value.encode(), purpose=f"identifier:{kind}")
    ]


def last_four_digests(value: str) -> list[str]:
    """Under which the last four characters of the normalised *value* may be kept."""
    return the_vault().digests(value[-4:].encode(), purpose="identifier:last4")


def digests_by_kind(kind: IdentifierKind | str, typed: str) -> list[str]:
    """Under which the number *typed* of *kind* may be kept, by the newest key and by older ones."""
    return list(the_vault().digests(bare(typed).encode(), purpose=f"identifier:{kind}"))


def _place(row: UUID) -> str:
    return place_of("persons_identifier", "sealed", row)
