"""The keys that the persons' room keeps beside names and numbers, for rows written many at a time."""

from collections.abc import Sequence

from anyascii import anyascii

from goldthread.doors.demo.sketch import Name
from goldthread.people.persons.enums import ContactKind, NameKind
from goldthread.people.persons.enums import RelationshipKind as Kind

SIDES = {
    Kind.PARENT: Kind.CHILD,
    Kind.GUARDIAN: Kind.WARD,
    Kind.FOSTER_PARENT: Kind.FOSTER_CHILD,
    Kind.GRANDPARENT: Kind.GRANDCHILD,
    Kind.CAREGIVER: Kind.CARED_FOR,
}
OTHER_SIDE = SIDES | {there: here for here, there in SIDES.items()}


def other_side(kind: Kind) -> Kind:
    """What the person is to the other."""
    return OTHER_SIDE.get(kind, kind)


def keys_of(names: Sequence[Name]) -> tuple[str, str, str]:
    """Display name, sort key and search text of somebody with these names."""
    shown = next((name for name in names if name.kind == NameKind.PREFERRED), names[0])
    display = f"{shown.given} {shown.family}".strip()
    sort = anyascii(f"{shown.family} {shown.given}".strip()).lower()
    words = " ".join(f"{name.given} {name.family}" for name in names)
    return display, sort[:200], f" {anyascii(words).lower()} "[:1000]


def reach_key(kind: ContactKind, value: str) -> str:
    """Phones: digits backwards; emails: small letters."""
    if kind == ContactKind.EMAIL:
        return value.lower()
    return "".join(c for c in value if c.isdigit())[::-1]
