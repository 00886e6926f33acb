"""How many come in, and how many came, in words, by what the rows of a file are."""

from collections.abc import Callable

from django.utils.translation import ngettext

from goldthread.casework.imports.enums import What

Say = Callable[[int], str]


def _clients_would(n: int) -> str:
    return ngettext("%(n)d new client would come in", "%(n)d new clients would come in", n) % {"n": n}


def _clients_bring(n: int) -> str:
    return ngettext("Bring %(n)d client in", "Bring %(n)d clients in", n) % {"n": n}


def _clients_came(n: int) -> str:
    return ngettext("%(n)d client came in", "%(n)d clients came in", n) % {"n": n}


def _episodes_would(n: int) -> str:
    return ngettext("%(n)d enrollment would come in", "%(n)d enrollments would come in", n) % {"n": n}


def _episodes_bring(n: int) -> str:
    return ngettext("Bring %(n)d enrollment in", "Bring %(n)d enrollments in", n) % {"n": n}


def _episodes_came(n: int) -> str:
    return ngettext("%(n)d enrollment came in", "%(n)d enrollments came in", n) % {"n": n}


def _contacts_would(n: int) -> str:
    return ngettext("%(n)d past contact would come in", "%(n)d past contacts would come in", n) % {"n": n}


def _contacts_bring(n: int) -> str:
    return ngettext("Bring %(n)d past contact in", "Bring %(n)d past contacts in", n) % {"n": n}


def _contacts_came(n: int) -> str:
    return ngettext("%(n)d past contact came in", "%(n)d past contacts came in", n) % {"n": n}


COMING: dict[str, dict[str, Say]] = {
    What.CLIENTS.value: {"would": _clients_would, "bring": _clients_bring},
    What.EPISODES.value: {"would": _episodes_would, "bring": _episodes_bring},
    What.CONTACTS.value: {"would": _contacts_would, "bring": _contacts_bring},
}
CAME: dict[str, Say] = {
    What.CLIENTS.value: _clients_came,
    What.EPISODES.value: _episodes_came,
    What.CONTACTS.value: _contacts_came,
}
