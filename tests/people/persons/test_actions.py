from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.encryption import Tampered
from goldthread.foundation.lib.errors import EditConflict
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.actions import (
    about,
    addresses,
    alerts,
    create,
    identifiers,
    labels,
    names,
    photo,
    reach,
)
from goldthread.people.persons.models import (
    Address,
    Change,
    ContactPoint,
    Identifier,
    NamePosting,
    Person,
    PersonName,
)
from goldthread.people.persons.queries import brief_of, history, outside_match, record_of
from tests.foundation.files.test_actions import image
from tests.people.persons.helpers import a_client, refused

pytestmark = pytest.mark.django_db


def test_clients_are_numbered_without_gaps_and_twice_is_once(actor: Actor, today: date) -> None:
    form = new_id()
    first = a_client(actor, form_id=form)
    again = a_client(actor, form_id=form)
    refused("given", create.create_person, by=actor, names_given=[{"kind": "legal", "given": "."}], client=True)
    second = a_client(actor, "Eve", values={"birth_date": date(1990, 1, 2), "pronouns": " she/her "})
    friend = create.create_person(by=actor, names_given=[{"kind": "legal", "given": "Sam"}])
    assert again == first
    assert second.client_number == (first.client_number or 0) + 1
    assert (friend.client_number, friend.client_since, friend.display_name) == (None, None, "Sam")
    assert (second.client_since, second.pronouns, second.created_at) == (today, "she/her", actor.at)
    assert create.make_client(person=friend, by=actor).client_number == (second.client_number or 0) + 1
    assert create.make_client(person=friend, by=actor).version == 2
    event = Event.objects.filter(action="persons.created").first()
    assert event is not None
    assert event.client == first.pk
    refused("given", create.create_person, by=actor, names_given=[])


def test_two_tabs_on_different_fields_lose_nothing(dana: Person, actor: Actor) -> None:
    shown = {"pronouns": "", "language": ""}
    about.edit_about(person=dana, version_seen=dana.version, values=shown | {"pronouns": "she/her"}, by=actor)
    saved = about.edit_about(person=dana, version_seen=dana.version, values=shown | {"language": "es"}, by=actor)
    assert (saved.pronouns, saved.language, saved.version) == ("she/her", "es", dana.version + 2)


def test_two_tabs_on_one_field_show_the_loser_the_difference(dana: Person, actor: Actor) -> None:
    about.edit_about(person=dana, version_seen=dana.version, values={"pronouns": "she/her"}, by=actor)
    mine = {"pronouns": "they/them", "language": "es"}
    with pytest.raises(EditConflict) as caught, transaction.atomic():
        about.edit_about(person=dana, version_seen=dana.version, values=mine, by=actor)
    conflict = caught.value.conflicts[0]
    assert (conflict.field, conflict.mine, conflict.theirs, conflict.who) == (
        "pronouns", "they/them", "she/her", "Goldthread",
    )  # fmt: skip
    dana.refresh_from_db()
    assert dana.language == ""
    assert about.edit_about(person=dana, version_seen=dana.version, values=mine, by=actor).pronouns == "they/them"


def test_the_same_value_twice_is_no_change(dana: Person, actor: Actor) -> None:
    about.edit_about(person=dana, version_seen=dana.version, values={"pronouns": "she/her"}, by=actor)
    again = about.edit_about(person=dana, version_seen=dana.version, values={"pronouns": "she/her"}, by=actor)
    assert again.version == dana.version + 1
    assert Change.objects.filter(field="pronouns").count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"birth_date": date(2026, 11, 20)}, "birth_date"),
        ({"birth_date": date(1901, 11, 1), "birth_date_kind": "exact"}, None),
        ({"birth_date": date(1900, 11, 19)}, "birth_date"),
        ({"died_on": date(2026, 1, 1)}, "died_on"),
        ({"deceased": True, "died_on": date(2026, 11, 20)}, "died_on"),
        ({"deceased": True, "birth_date": date(2000, 1, 2), "died_on": date(2000, 1, 1)}, "died_on"),
        ({"gender": "other"}, "gender_words"),
        ({"gender": "blue"}, "gender"),
        ({"interpreter": ""}, "interpreter"),
        ({"race_ethnicity": ["white", "not_said"]}, "race_ethnicity"),
        ({"race_ethnicity": ["purple"]}, "race_ethnicity"),
        ({"pronouns": "x" * 41}, "pronouns"),
    ],
)
def test_what_cannot_be_is_refused(dana: Person, actor: Actor, values: dict[str, Any], field: str | None) -> None:
    arguments = {"person": dana, "version_seen": dana.version, "values": values, "by": actor}
    if field is None:
        about.edit_about(**arguments)  # type: ignore[arg-type]  # what each case says
    else:
        refused(field, about.edit_about, **arguments)


def test_a_field_of_another_section_is_our_mistake(dana: Person, actor: Actor) -> None:
    with pytest.raises(ValueError, match="labels"):
        about.edit_about(person=dana, version_seen=1, values={"labels": 1}, by=actor)


def test_several_answers_are_kept_in_order(dana: Person, actor: Actor) -> None:
    values = {"race_ethnicity": ["white", "black"], "other_languages": ["pt", "es", "es"]}
    saved = about.edit_about(person=dana, version_seen=dana.version, values=values, by=actor)
    assert (saved.race_ethnicity, saved.other_languages) == (["black", "white"], ["es", "pt"])


def test_nobody_calls_who_has_died(actor: Actor, today: date) -> None:
    dana = a_client(actor, contact={"kind": "mobile", "value": "2155550142"})
    values = {"deceased": True, "died_on": today}
    about.edit_about(person=dana, version_seen=dana.version, values=values, by=actor)
    about.edit_about(person=dana, version_seen=dana.version, values=values, by=actor)
    point = ContactPoint.objects.get()
    assert (point.safe_to_call, point.safe_to_text, point.safe_to_leave_message) == (False, False, False)
    assert Change.objects.filter(section="reach", field="safe_to_call", new=False).count() == 1


def test_a_new_legal_name_keeps_the_old_one(dana: Person, actor: Actor, today: date) -> None:
    names.add_name(person=dana, values={"kind": "legal", "given": "Dana", "family": "Ortiz", "until": today}, by=actor)
    dana.refresh_from_db()
    assert (dana.display_name, dana.sort_key, dana.search_text) == (
        "Dana Ortiz",
        "ortiz, dana",
        " dana ortiz whitfield ",
    )
    former = PersonName.objects.get(kind="former")
    assert (former.family, former.until) == ("Whitfield", today)
    words = NamePosting.objects.filter(person=dana).values_list("token__text", "sort_key")
    assert sorted(words) == [(word, "ortiz, dana") for word in ("dana", "ortiz", "whitfield")]


def test_editing_a_legal_name_keeps_the_old_one_too(dana: Person, actor: Actor) -> None:
    legal = PersonName.objects.get()
    seen = dana.version
    names.edit_name(row=legal, version_seen=seen, values={"family": "Ortiz"}, by=actor)
    assert PersonName.objects.get(kind="former").family == "Whitfield"
    names.edit_name(row=legal, version_seen=seen, values={"family": "Ortiz"}, by=actor)
    with pytest.raises(EditConflict), transaction.atomic():
        names.edit_name(row=legal, version_seen=seen, values={"family": "Other"}, by=actor)
    assert PersonName.objects.count() == 2


def test_preferred_names_and_nicknames(dana: Person, actor: Actor) -> None:
    form = new_id()
    for _twice in range(2):
        names.add_name(person=dana, values={"kind": "preferred", "given": "Dee"}, by=actor, form_id=form)
    nick = names.add_name(person=dana, values={"kind": "nickname", "given": "Ace"}, by=actor)
    dana.refresh_from_db()
    assert dana.display_name == "Dee Whitfield"
    assert PersonName.objects.filter(kind="preferred").count() == 1
    version = dana.version
    refused("kind", names.edit_name, row=nick, version_seen=version, values={"kind": "legal"}, by=actor)
    refused("given", names.edit_name, row=nick, version_seen=version, values={"given": " "}, by=actor)
    names.edit_name(row=nick, version_seen=version, values={"kind": "former"}, by=actor)
    for name in PersonName.objects.exclude(kind="legal"):
        names.remove_name(row=name, by=actor)
        names.remove_name(row=name, by=actor)
    dana.refresh_from_db()
    assert (dana.display_name, dana.search_text) == ("Dana Whitfield", " dana whitfield ")
    refused(None, names.remove_name, row=PersonName.objects.get(), by=actor)


def test_phones_and_emails(dana: Person, actor: Actor, today: date) -> None:
    form = new_id()
    values = {"kind": "mobile", "value": "2155550142", "first_choice": True}
    for _twice in range(2):
        first = reach.add_contact_point(person=dana, values=values, by=actor, form_id=form)
    mail = reach.add_contact_point(
        person=dana, values={"kind": "email", "value": "D@x.org", "first_choice": True}, by=actor
    )
    assert (first.value, first.key, mail.key) == ("(215) 555-0142", "2410555512", "d@x.org")
    first.refresh_from_db()
    assert not first.first_choice
    dana.refresh_from_db()
    changed = reach.edit_contact_point(row=first, version_seen=dana.version, values={"value": "2155550199"}, by=actor)
    assert (changed.value, changed.key, changed.version) == ("(215) 555-0199", "9910555512", 3)
    same = reach.edit_contact_point(row=first, version_seen=dana.version, values={"note": ""}, by=actor)
    assert same.version == 3
    assert reach.end_contact_point(row=changed, ends_on=today, by=actor, reason="lost").note == "lost"
    assert reach.end_contact_point(row=changed, ends_on=today, by=actor).version == 4
    wrong = {"kind": "home", "value": "2155550142", "starts_on": today, "ends_on": today - timedelta(days=1)}
    refused("ends_on", reach.add_contact_point, person=dana, values=wrong, by=actor)
    refused("kind", reach.add_contact_point, person=dana, values={"kind": "fax", "value": "1"}, by=actor)
    refused("value", reach.add_contact_point, person=dana, values={"kind": "home", "value": "12"}, by=actor)


def test_a_move_ends_the_address_before(dana: Person, actor: Actor, today: date) -> None:
    old = addresses.add_address(
        person=dana, values={"kind": "current", "line1": "1 A St", "postal_code": "19104 1234"}, by=actor
    )
    new = addresses.add_address(person=dana, values={"kind": "current", "city": "Camden", "starts_on": today}, by=actor)
    old.refresh_from_db()
    assert (old.ends_on, old.postal_code, new.ends_on) == (today - timedelta(days=1), "19104-1234", None)
    past = {"kind": "current", "line1": "0 Z St", "ends_on": today - timedelta(days=400)}
    addresses.add_address(person=dana, values=past, by=actor)
    next_one = addresses.add_address(person=dana, values={"kind": "current", "line1": "2 B St"}, by=actor)
    new.refresh_from_db()
    assert new.ends_on == today
    dana.refresh_from_db()
    edit = {"row": old, "version_seen": dana.version, "by": actor}
    refused("ends_on", addresses.edit_address, values={"ends_on": None}, **edit)
    assert addresses.edit_address(values={"line2": "Apt 2"}, **edit).line2 == "Apt 2"  # type: ignore[arg-type]  # what each case says
    assert addresses.end_address(row=next_one, ends_on=today, by=actor, reason="left").directions == "left"
    assert addresses.end_address(row=next_one, ends_on=today, by=actor).directions == "left"
    refused("line1", addresses.add_address, person=dana, values={"kind": "mailing"}, by=actor)


def test_a_safe_address_is_labelled_and_so_is_its_history(dana: Person, actor: Actor, today: date) -> None:
    safe = addresses.add_address(person=dana, values={"kind": "safe", "line1": "9 Hidden Rd"}, by=actor)
    sealed = addresses.add_address(
        person=dana, values={"kind": "safe", "line1": "8 Hidden Rd", "labels": int(Label.SEALED)}, by=actor
    )
    assert (safe.labels, sealed.labels) == (Label.DOMESTIC_VIOLENCE, Label.SEALED)
    assert [c for c in history(dana, None, 0) if c.section == "addresses"] == []
    assert record_of(dana, 0, today).addresses == []
    assert record_of(dana, int(Label.SEALED), today).addresses == [sealed]


def test_identifiers_are_sealed_masked_and_bound_to_their_row(dana: Person, actor: Actor, today: date) -> None:
    form = new_id()
    for _twice in range(2):
        one = identifiers.add_identifier(
            person=dana, values={"kind": "ssn", "value": "123-45-6789"}, by=actor, form_id=form
        )
    two = identifiers.add_identifier(person=dana, values={"kind": "medicaid", "value": "ab 98765"}, by=actor)
    assert identifiers.reveal_identifier(row=one, by=actor) == "123-45-6789"
    assert b"6789" not in bytes(one.sealed)
    assert "123456789" not in str(list(Change.objects.values())) + str(list(Event.objects.values()))
    assert Change.objects.get(field="value", row=one.pk).new == "•••• 6789"
    Identifier.objects.filter(pk=one.pk).update(sealed=two.sealed)
    with pytest.raises(Tampered):
        identifiers.reveal_identifier(row=Identifier.objects.get(pk=one.pk), by=actor)
    refused("value", identifiers.add_identifier, person=dana, values={"kind": "ssn", "value": "123456789"}, by=actor)
    for wrong in ("000-12-3456", "666-12-3456", "912-12-3456", "123-00-4567", "123-45-0000", "12345678", "-"):
        refused("value", identifiers.add_identifier, person=dana, values={"kind": "ssn", "value": wrong}, by=actor)
    dana.refresh_from_db()
    identifiers.edit_identifier(row=two, version_seen=dana.version, values={"issuer": "PA"}, by=actor)
    assert identifiers.end_identifier(row=two, ends_on=today, by=actor, reason="mistyped").end_reason == "mistyped"


def test_alerts_are_looked_at_again_and_end_with_a_reason(dana: Person, actor: Actor, today: date) -> None:
    values = {"kind": "dog", "short": "Dog in yard", "review_on": today + timedelta(days=90)}
    alert = alerts.add_alert(person=dana, values=values, by=actor)
    for wrong, field in (({"review_on": None}, "review_on"), ({"short": " "}, "short"), ({"kind": "cat"}, "kind"),
                         ({"review_on": today - timedelta(days=1)}, "review_on")):  # fmt: skip
        refused(field, alerts.add_alert, person=dana, values=values | wrong, by=actor)
    dana.refresh_from_db()
    edit = {"row": alert, "version_seen": dana.version, "by": actor}
    assert alerts.edit_alert(values={"words": "Call first"}, **edit).words == "Call first"  # type: ignore[arg-type]  # what each case says
    assert alerts.edit_alert(values={"review_on": today}, **edit).review_on == today  # type: ignore[arg-type]  # what each case says
    refused("review_on", alerts.edit_alert, values={"review_on": date(2020, 1, 1)}, **edit)
    refused("reason", alerts.end_alert, row=alert, ends_on=today, by=actor, reason=" ")
    refused("ends_on", alerts.end_alert, row=alert, ends_on=today + timedelta(days=1), by=actor, reason="gone")
    ended = alerts.end_alert(row=alert, ends_on=today, by=actor, reason="The dog is gone")
    assert (ended.ended_on, ended.end_reason) == (today, "The dog is gone")
    assert brief_of(dana, 0, today).alerts == []


def test_labels_are_set_in_one_place(dana: Person, actor: Actor) -> None:
    saved = labels.set_labels(person=dana, version_seen=dana.version, labels=Label.HIV, by=actor)
    assert saved.labels == Label.HIV
    with pytest.raises(EditConflict), transaction.atomic():
        labels.set_labels(person=dana, version_seen=dana.version, labels=Label.SEALED, by=actor)
    with pytest.raises(ValueError, match="unknown"):
        labels.set_labels(person=dana, version_seen=dana.version, labels=1024, by=actor)


def test_the_label_of_psychotherapy_notes_is_for_notes_alone(dana: Person, actor: Actor, today: date) -> None:
    notes = int(Label.PSYCHOTHERAPY_NOTES)
    said = {"person": dana, "version_seen": dana.version, "by": actor}
    refused("labels", labels.set_labels, labels=notes, **said)
    refused("labels", labels.set_labels, labels=notes | int(Label.HIV), **said)
    warning = {"kind": "safety", "short": "Therapy", "review_on": today, "labels": notes}
    refused("labels", alerts.add_alert, person=dana, values=warning, by=actor)
    alert = alerts.add_alert(person=dana, values=warning | {"labels": int(Label.HIV)}, by=actor)
    refused("labels", alerts.edit_alert, row=alert, version_seen=dana.version, values={"labels": notes}, by=actor)


def test_photo(dana: Person, actor: Actor) -> None:
    assert photo.set_photo(person=dana, data=image(size=(9, 9)), by=actor).photo is not None
    assert photo.remove_photo(person=dana, by=actor).photo is None
    assert photo.remove_photo(person=dana, by=actor).version == dana.version + 2


def test_somebody_may_know_this_person(dana: Person, actor: Actor, today: date) -> None:
    about.edit_about(person=dana, version_seen=dana.version, values={"birth_date": date(1961, 3, 4)}, by=actor)
    reach.add_contact_point(person=dana, values={"kind": "home", "value": "2155550142"}, by=actor)
    identifiers.add_identifier(person=dana, values={"kind": "ssn", "value": "123-45-6789"}, by=actor)
    for strong in ("123-45-6789", "Dana Whitfield 3/4/1961", "whitfield 215-555-0142"):
        assert outside_match(strong, Person.objects.all(), today) == dana, strong
    for weak in (
        "dana whitfield",
        "6789",
        "3/4/1961",
        "dana 3/4/1961",
        "2155550142",
        "dana 0142",
        "wh 2155550142",
        "eve 123456789",
    ):
        assert outside_match(weak, Person.objects.all(), today) is None, weak
    for label in (Label.DOMESTIC_VIOLENCE, Label.SEALED):
        Person.objects.update(labels=label)
        assert outside_match("123-45-6789", Person.objects.all(), today) is None


FIELD = st.sampled_from(["pronouns", "gender_words", "language"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(FIELD, st.sampled_from(["", "a", "b"])), max_size=8))
def test_the_history_replayed_gives_the_record(actor: Actor, edits: list[tuple[str, str]]) -> None:
    person = a_client(actor, values={"pronouns": "x"})
    for field, value in edits:
        person = about.edit_about(person=person, version_seen=person.version, values={field: value}, by=actor)
    record: dict[str, Any] = {"pronouns": "", "gender_words": "", "language": ""}
    for change in reversed(history(person, None, 0)):
        if change.section == "about" and change.field in record:
            assert record[change.field] == change.old
            record[change.field] = change.new
    assert record == {field: getattr(person, field) for field in record}
    newest = history(person, None, 0)[0]
    assert newest.version == person.version
    assert all(change.pk < newest.pk for change in history(person, newest.pk, 0))


def test_the_database_itself_keeps_one_of_each(dana: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonName.objects.create(person=dana, kind="legal", given="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Address.objects.create(person=dana, kind="safe", line1="x")
