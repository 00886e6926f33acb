"""The photo of a person."""

from django.db import transaction

from goldthread.foundation.files.actions import keep_image
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.actions.common import Edit
from goldthread.people.persons.models import Person


@transaction.atomic
def set_photo(*, person: Person, data: bytes, by: Actor) -> Person:
    """Replace the photo by the image in *data*. Raises DomainError when it is none, or too large."""
    edit = Edit(person.pk, by, "photo")
    edit.apply(edit.person, {"photo": keep_image(data=data, by=by)})
    edit.done("photo_set")
    return edit.person


@transaction.atomic
def remove_photo(*, person: Person, by: Actor) -> Person:
    """Show the initials instead."""
    edit = Edit(person.pk, by, "photo")
    edit.apply(edit.person, {"photo": None})
    edit.done("photo_removed")
    return edit.person
