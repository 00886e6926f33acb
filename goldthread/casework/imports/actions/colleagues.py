"""Colleagues whom a file names."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goldthread.casework.imports.rules.rows import Told
from goldthread.foundation.lib.names import words_of
from goldthread.foundation.workforce.models import Staff


def staff_by_words() -> dict[str, UUID | None]:
    """Colleagues by name and by email address, in lower case; None where two have the same."""
    return _by_words(Staff.objects.filter(user__is_active=True))


def everybody_by_words() -> dict[str, UUID | None]:
    """The same with those who have left."""
    return _by_words(Staff.objects.all())


def _by_words(people: QuerySet[Staff]) -> dict[str, UUID | None]:
    found: dict[str, UUID | None] = {}
    for pk, name, email in people.values_list("pk", "name", "user__email"):
        last_first = " ".join([name.split()[-1], *name.split()[:-1]]) if name.split() else ""
        for words in {" ".join(words_of(name)), " ".join(words_of(last_first)), email.lower()}:
            found[words] = None if words in found and found[words] != pk else pk
    return found


def worker_of(named: str, staff: Mapping[str, UUID | None]) -> UUID | None:
    """The colleague whom a row names as *named*."""
    return staff.get(named.lower() if "@" in named else " ".join(words_of(named)))


def worker_told(
    named: str,
    staff: Mapping[str, UUID | None],
    fields: Mapping[str, str],
    left: Mapping[str, UUID | None] | None = None,
) -> list[Told]:
    """Why the worker *named* in a row cannot be; *fields*: caption → key of its file. *left*: colleagues with those who have left,
    where the row could name one of them."""
    if not named or worker_of(named, staff):
        return []
    column = next(caption for caption, key in fields.items() if key == "worker")
    words = " ".join(words_of(named))
    if left and worker_of(named, left):
        gone = _("%(name)s does not work here any more: write until when they were the worker.")
        return [Told(column, gone % {"name": named[:60]})]
    reason = (
        _("Two colleagues are called %(name)s: write the email address.")
        if words in staff
        else _("Nobody called %(name)s works here. Invite them first, or keep this column as additional information.")
    )
    return [Told(column, reason % {"name": named[:60]})]
