"""The sections of a client's record, in the order of the page. Each save calls one action of the room that keeps the rows."""

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.clients import about
from goldthread.doors.web.clients.circle import CIRCLE
from goldthread.doors.web.clients.forms import about as about_forms
from goldthread.doors.web.clients.forms import rows as forms
from goldthread.doors.web.clients.saves import adding, bits_of, editing, ending, from_row, values_of
from goldthread.doors.web.clients.sections import OPEN_FIRST, Place, RowAction, Section
from goldthread.doors.web.clients.undoing import reopen_row
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import names_of
from goldthread.people.persons import identifiers
from goldthread.people.persons.actions import addresses, alerts, labels, names, photo, reach
from goldthread.people.persons.actions import identifiers as numbers
from goldthread.people.persons.models import Person


def number_rows(client: Person) -> Any:
    return client.identifiers.order_by("kind", "pk")


def masked(row: Any) -> Any:
    row.masked = identifiers.shown(row)
    return row


def number_actions(place: Place, row: Any) -> list[RowAction]:
    return [RowAction(_("Show"), reverse("clients:reveal", args=[place.client.pk, row.pk]), post=True)]


def set_labels(*, request: Any, client: Person, row: Any, form: Any) -> Any:
    return labels.set_labels(
        person=client, labels=values_of(form)["labels"], version_seen=form.version_seen, by=request.viewer.actor
    )


def edit_alert(*, request: Any, client: Person, row: Any, form: Any) -> Any:
    """A label may be put on by who keeps the record; it is taken off only by who may set the labels of the client."""
    taken_off = row.labels & ~values_of(form)["labels"]
    if taken_off and not gate.may_on(request.viewer, Act.SET_LABELS, client):
        raise DomainError(_("A label is taken off by a supervisor. Ask yours."), "labels")
    return editing(alerts.edit_alert)(request=request, client=client, row=row, form=form)


def set_photo(*, request: Any, client: Person, row: Any, form: Any) -> Any:
    return photo.set_photo(person=client, data=form.values["photo"].read(), by=request.viewer.actor)


SECTIONS: dict[str, Section] = {
    section.key: section
    for section in (
        Section(
            key="about",
            tab="details",
            title=_("About"),
            act=Act.EDIT,
            form=about_forms.AboutForm,
            edit=about.save,
            initial=about.initial,
            pairs=about.pairs,
        ),
        Section(
            key="names",
            tab="details",
            title=_("Names"),
            act=Act.EDIT,
            form=forms.NameForm,
            rows=lambda client: client.names.order_by("kind", "until"),
            called=lambda row: row.given,
            add=adding(names.add_name),
            edit=editing(names.edit_name),
            initial=from_row("kind", "given", "middle", "family", "suffix", "until"),
            add_title=_("Add a name"),
            edit_title=_("Change a name"),
            empty=_("No name is known."),
        ),
        Section(
            key="reach",
            tab="details",
            title=_("Phones and email"),
            act=Act.EDIT,
            form=forms.ContactPointForm,
            rows=lambda client: client.contact_points.order_by(OPEN_FIRST, "-first_choice", "pk"),
            called=lambda row: row.value,
            add=adding(reach.add_contact_point),
            edit=editing(reach.edit_contact_point),
            reopen=reopen_row,
            initial=from_row(
                "kind",
                "value",
                "safe_to_call",
                "safe_to_text",
                "safe_to_leave_message",
                "first_choice",
                "note",
                "starts_on",
                "ends_on",
                new={"kind": "mobile"},
            ),
            add_title=_("Add a phone or an email"),
            edit_title=_("Change a phone or an email"),
            empty=_("No phone or email is known yet."),
        ),
        Section(
            key="addresses",
            tab="details",
            title=_("Addresses"),
            act=Act.EDIT,
            form=forms.AddressForm,
            rows=lambda client: client.addresses.order_by(OPEN_FIRST, "kind", "-starts_on", "pk"),
            called=lambda row: row.line1,
            add=adding(addresses.add_address),
            edit=editing(addresses.edit_address),
            reopen=reopen_row,
            initial=from_row(
                "kind",
                "line1",
                "line2",
                "city",
                "region",
                "postal_code",
                "directions",
                "starts_on",
                "ends_on",
                new={"kind": "current"},
            ),
            add_title=_("Add an address"),
            edit_title=_("Change an address"),
            empty=_("No address is known yet."),
        ),
        Section(
            key="identifiers",
            tab="details",
            title=_("Numbers"),
            act=Act.EDIT,
            form=forms.IdentifierForm,
            edit_form=forms.IdentifierDatesForm,
            rows=number_rows,
            called=lambda row: row.get_kind_display(),
            prepare=masked,
            row_actions=number_actions,
            more_act=Act.REVEAL_IDENTIFIER,
            add=adding(numbers.add_identifier),
            edit=editing(numbers.edit_identifier),
            initial=from_row("issuer", "starts_on", "ends_on"),
            add_title=_("Add a number"),
            edit_title=_("Change the dates of a number"),
            empty=_("No Medicaid, Social Security, school or other number is known yet."),
        ),
        Section(
            key="alerts",
            tab="details",
            title=_("Alerts"),
            act=Act.EDIT,
            form=forms.AlertForm,
            end_form=forms.EndForm,
            rows=lambda client: client.alerts.order_by(F("ended_on").desc(nulls_first=True), "review_on", "pk"),
            called=lambda row: row.short,
            add=adding(alerts.add_alert),
            edit=edit_alert,
            end=ending(alerts.end_alert),
            reopen=reopen_row,
            initial=from_row("kind", "short", "words", "review_on", "labels"),
            add_title=_("Add an alert"),
            edit_title=_("Change an alert"),
            end_title=_("End an alert"),
            empty=_("Nothing to mind before a call or a visit."),
        ),
        Section(
            key="photo",
            tab="details",
            title=_("Photo"),
            act=Act.EDIT,
            form=forms.PhotoForm,
            edit=set_photo,
            pairs=lambda client: [(_("Photo"), _("one is kept") if client.photo_id else "")],
        ),
        Section(
            key="labels",
            tab="details",
            title=_("Labels"),
            act=Act.SET_LABELS,
            form=forms.LabelsForm,
            edit=set_labels,
            initial=lambda client, row: {"labels": bits_of(client.labels)},
            pairs=lambda client: [(_("Seen only by who is cleared for"), ", ".join(map(str, names_of(client.labels))))],
            only_editors=True,
        ),
        *CIRCLE,
    )
}
