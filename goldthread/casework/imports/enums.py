"""How far a file has come. Values are stored: add, never rename."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.people.persons.enums import RelationshipKind


class What(models.TextChoices):
    """What one row of the file is."""

    CLIENTS = "clients", _("A client")
    EPISODES = "episodes", _("An enrollment in a program")
    CONTACTS = "contacts", _("A past contact")


class State(models.TextChoices):
    MATCHING = "matching", _("Columns to match")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    BRINGING = "bringing", _("Being brought in")
    BROUGHT = "brought", _("Brought in")
    LEAVING = "leaving", _("Being taken back")
    GIVEN_UP = "given_up", _("Given up")
    UNDONE = "undone", _("Taken back")


class Decision(models.TextChoices):
    NEW = "new", _("A new client")
    SAME = "same", _("The same person")
    LEAVE = "leave", _("Leave out")


HEAD, NOBODY = "head", "nobody"
"""In a household: its head; not its head, and no more is said."""
WORKING = (State.CHECKING, State.BRINGING, State.LEAVING)
"""Something goes on in the background."""
OPEN = (State.MATCHING, State.CHECKING, State.CHECKED, State.BRINGING)
"""Nothing of it is to be seen among the clients yet."""


def role_in_words(role: str) -> str:
    """What somebody is in their household: HEAD, or a RelationshipKind to the head. Empty where nothing is said."""
    if role == HEAD:
        return str(_("head of household"))
    return str(dict(RelationshipKind.choices).get(role, ""))
