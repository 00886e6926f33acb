"""Numbers by which others know somebody: kept encrypted, found by keyed digest, shown by their last four.

A number is never edited: a wrong one is ended and the right one added.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons import rules
from goldthread.people.persons.actions.common import Edit, chosen, fits, only
from goldthread.people.persons.actions.rows import add_row, edit_row, end_row
from goldthread.people.persons.enums import IdentifierKind
from goldthread.people.persons.identifiers import digest_of, digests_of, last_four_digest, opened, sealed
from goldthread.people.persons.models import Identifier, Person

FIELDS = ("kind", "issuer", "starts_on", "ends_on", "labels")
EDITABLE = ("issuer", "starts_on", "ends_on", "labels")


@transaction.atomic
def add_identifier(*, person: Person, values: Mapping[str, Any], by: Actor, form_id: UUID | None = None) -> Identifier:
    """Add a number: FIELDS and ``value``, which is kept as typed. History holds its last four only."""
    given = only(values, (*FIELDS, "value"))
    chosen(given.get("kind", ""), IdentifierKind, "kind")
    typed = tidy(given.pop("value", ""))
    identifier = make_identifier(given, typed, form_id)
    fits(Identifier, given)

    def check_new(edit: Edit, new: Identifier) -> None:
        if Identifier.objects.filter(
            person=edit.person,
            kind=new.kind,
            digest__in=digests_of(rules.read_identifier(new.kind, typed)),
            ends_on__isnull=True,
        ).exists():
            raise DomainError(_("This number is on the record already."), "value")
        edit.note("value", None, rules.masked(rules.read_identifier(new.kind, typed)), row=new.pk, labels=new.labels)

    return add_row(person, identifier, FIELDS, section="identifiers", by=by, form_id=form_id, before=check_new)


def make_identifier(fields: Mapping[str, Any], typed: str, pk: UUID | None = None) -> Identifier:
    """An identifier ready to be saved (its person and the rest of its fields may be set in *fields*). For bulk work, too."""
    row = pk or new_id()
    value = rules.read_identifier(fields["kind"], typed)
    return Identifier(
        id=row,
        sealed=sealed(typed, row),
        digest=digest_of(fields["kind"], value),
        last4_digest=last_four_digest(value),
        **fields,
    )


@transaction.atomic
def edit_identifier(*, row: Identifier, version_seen: int, values: Mapping[str, Any], by: Actor) -> Identifier:
    """Change who issued it or its dates."""
    given = only(values, EDITABLE)
    fits(Identifier, given)
    return edit_row(row, given, version_seen, "identifiers", by)


@transaction.atomic
def end_identifier(*, row: Identifier, ends_on: date, by: Actor, reason: str = "") -> Identifier:
    """It holds until *ends_on*. *reason*: mistyped, replaced."""
    return end_row(row, ends_on, "identifiers", by, {"end_reason": tidy(reason)[:200]})


@transaction.atomic
def reveal_identifier(*, row: Identifier, by: Actor) -> str:
    """The whole number, as typed. Who saw it is recorded."""
    record(by=by, action="persons.identifier_revealed", kind="identifier", object_id=row.pk, client=row.person_id)
    return opened(row)
