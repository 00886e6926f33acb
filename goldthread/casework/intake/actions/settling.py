"""Who an inquiry is about: somebody known, or somebody new. A person decides it, never the machine."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.intake.actions.writing import SOURCE
from goldthread.casework.intake.enums import Caller, InquiryState
from goldthread.casework.intake.models import Inquiry, Place
from goldthread.casework.intake.models.waiting import OPEN
from goldthread.casework.intake.rules.given import FIELDS, facts_said, said_by
from goldthread.casework.intake.rules.members import NEW, WHO, Member, field_of, members
from goldthread.casework.intake.rules.said import Said, one
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.facts.actions import state_fact
from goldthread.people.persons.actions.addresses import add_address
from goldthread.people.persons.actions.create import create_person, make_client
from goldthread.people.persons.enums import AddressKind, ContactKind, DateKind, Interpreter, NameKind
from goldthread.people.persons.models import Person


def still_open(pk: UUID) -> Inquiry:
    """The inquiry, locked. DomainError: it is finished."""
    row = Inquiry.objects.select_for_update().get(pk=pk)
    if row.state != InquiryState.OPEN:
        raise DomainError(_("This inquiry is finished. Open it again to change it."))
    return row


@transaction.atomic
def settle(*, inquiry: Inquiry, client: Person | None, by: Actor) -> Inquiry:
    """It is about *client*; or (None) about somebody who is not known here yet. Can be changed until somebody is enrolled."""
    row = still_open(inquiry.pk)
    if row.outcomes.filter(voided=False, episode__isnull=False).exists():
        raise DomainError(_("Somebody was enrolled from this inquiry already: who it is about stands."))
    if client:
        _check_waits_once(row, client)
    row.client, row.new_person = client, client is None
    row.version += 1
    row.save(update_fields=["client", "new_person", "version"])
    details = {"as": "known" if client else "new"}
    record(
        by=by,
        action="intake.settled",
        kind=SOURCE,
        object_id=row.pk,
        client=client.pk if client else None,
        details=details,
    )
    return row


def _check_waits_once(row: Inquiry, client: Person) -> None:
    """DomainError: *client* waits by another inquiry where whom *row* is about waits, too: one of the two places goes first."""
    theirs = Place.objects.filter(OPEN, inquiry__client=client).exclude(inquiry=row).values("program")
    if twice := Place.objects.filter(OPEN, inquiry=row, program__in=theirs).select_related("program").first():
        said = _(
            "This person is on the waitlist of %(program)s by another inquiry. Take one of the two places off first."
        )
        raise DomainError(said % {"program": twice.program.name}, "person")


@transaction.atomic
def unsettle(*, inquiry: Inquiry, by: Actor) -> Inquiry:
    """Who it is about is open again."""
    row = settle(inquiry=inquiry, client=None, by=by)
    row.new_person = False
    row.save(update_fields=["new_person"])
    return row


@transaction.atomic
def settle_member(*, inquiry: Inquiry, number: int, client: Person | None, new: bool = False, by: Actor) -> Inquiry:
    """The member of the household with *number* is *client*; or somebody *new*; or (neither) that is open again."""
    row = still_open(inquiry.pk)
    if number not in {one.number for one in members(row.said)}:
        raise DomainError(_("Write down the name first."), field_of(number, "given"))
    name, who = field_of(number, WHO), str(client.pk) if client else NEW if new else ""
    if client and (
        client.pk == row.client_id or str(client.pk) in {one.who for one in members(row.said) if one.number != number}
    ):
        raise DomainError(_("This person is part of the inquiry already."), field_of(number, "given"))
    row.said = {key: value for key, value in row.said.items() if key != name} | ({name: who} if who else {})
    row.version += 1
    row.save(update_fields=["said", "version"])
    details = {"as": "known" if client else who or "open", "member": number}
    record(
        by=by,
        action="intake.settled",
        kind=SOURCE,
        object_id=row.pk,
        client=client.pk if client else None,
        details=details,
    )
    return row


def members_as_clients(row: Inquiry, by: Actor) -> list[Person]:
    """The clients whom the others of the household are: those who are known, and new ones. In the caller's transaction.

    DomainError: nobody said who somebody is, or a date of birth cannot be read.
    """
    found = []
    for member in members(row.said):
        if not member.who:
            said = _("Say first who %(name)s is: one of those who are known, or somebody new.") % {"name": member.name}
            raise DomainError(said, field_of(member.number, "given"))
        if member.who != NEW:
            found.append(_known(member))
            continue
        try:
            born = born_on({"birth_date": member.birth_date}, by.today)
        except DomainError as error:
            raise DomainError(error.message, field_of(member.number, "birth_date")) from error
        found.append(
            create_person(
                by=by,
                names_given=[{"kind": NameKind.LEGAL, "given": member.given.strip(), "family": member.family.strip()}],
                values={"birth_date": born, "birth_date_kind": DateKind.EXACT},
                client=True,
                form_id=uuid5(row.pk, f"member:{member.number}"),
            )
        )
    return found


def _known(member: Member) -> Person:
    """The client who *member* was said to be. DomainError: that record is part of another one by now, or was taken back with its file."""
    person = Person.objects.filter(pk=member.who, client_number__isnull=False).first()
    if person is None:
        said = _("The record of %(name)s has moved. Say once more who it is.") % {"name": member.name}
        raise DomainError(said, field_of(member.number, "given"))
    return person


def as_client(row: Inquiry, by: Actor) -> Person:
    """The client of *row*: the one it was linked to, else a new one, made of what was said. In the caller's transaction.

    DomainError: nobody said who it is, or there is no name.
    """
    if row.client_id:
        person = Person.objects.get(pk=row.client_id)
        return person if person.client_number else make_client(person=person, by=by)
    said = row.said
    given, family = one(said, "given").strip(), one(said, "family").strip()
    if not given and not family:
        raise DomainError(_("Write down the name first."), "given")
    person = create_person(
        by=by,
        names_given=[{"kind": NameKind.LEGAL, "given": given, "family": family}],
        values=_about(said, by.today),
        contact=_phone(said),
        client=True,
        form_id=uuid5(row.pk, "client"),
    )
    if one(said, "postal_code").strip() or one(said, "city").strip():
        place = {"city": one(said, "city"), "region": one(said, "state"), "postal_code": one(said, "postal_code")}
        values = {"kind": AddressKind.CURRENT, "starts_on": None} | place
        add_address(person=person, values=values, by=by, form_id=uuid5(row.pk, "address"))
    row.client = person
    return person


def _about(said: Said, today: date) -> dict[str, Any]:
    return {
        "birth_date": born_on(said, today),
        "birth_date_kind": one(said, "birth_kind") or DateKind.EXACT,
        "language": one(said, "language"),
        "interpreter": one(said, "interpreter") or Interpreter.NO,
    }


def born_on(said: Said, today: date) -> date | None:
    """The birth, as typed: ``3/4/61`` was in 1961. DomainError, at its field: nobody can read it."""
    text = one(said, "birth_date").strip()
    if not text:
        return None
    try:
        return read_date(text, latest=today)
    except DomainError as error:
        raise DomainError(error.message, "birth_date") from error


def _phone(said: Said) -> dict[str, Any] | None:
    """Their own number; the caller's where they called themselves."""
    own = one(said, "phone").strip() or (
        one(said, "caller_phone").strip() if one(said, "caller") == Caller.SELF else ""
    )
    if not own:
        return None
    message = one(said, "message_ok") == "yes"
    return {
        "kind": ContactKind.MOBILE,
        "value": own,
        "safe_to_call": True,
        "safe_to_text": message,
        "safe_to_leave_message": message,
        "note": one(said, "call_back")[:200],
        "first_choice": True,
    }


def keep_facts(row: Inquiry, person: Person, by: Actor, *, labels: int, episode_id: UUID | None) -> None:
    """Write down as facts of *person* what was given, each once, with who said it. DomainError: what cannot be, at its field.

    *labels*, *episode_id*: of the program in which they are taken in.
    """
    for kind, value in facts_said(row.said):
        name = f"{kind}:{value.get('type', '')}"
        try:
            state_fact(
                person=person,
                kind=kind,
                value=value,
                said_by=said_by(row.said),
                said_words=one(row.said, "said_words") or one(row.said, "caller_name"),
                said_on=row.received_on,
                source_kind=SOURCE,
                source_id=row.pk,
                labels=labels,
                episode_id=episode_id,
                form_id=uuid5(row.pk, name),
                by=by,
            )
        except DomainError as error:
            raise DomainError(error.message, FIELDS.get(kind, "")) from error
