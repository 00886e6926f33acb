"""Names of public holidays in the reader's language, where the library that knows the days knows them in English only."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

NAMES: dict[str, StrOrPromise] = {
    "Christmas Day": gettext_lazy("Christmas Day"),
    "Christmas Eve": gettext_lazy("Christmas Eve"),
    "Columbus Day": gettext_lazy("Columbus Day"),
    "Day After Christmas": gettext_lazy("Day after Christmas"),
    "Day After Thanksgiving": gettext_lazy("Day after Thanksgiving"),
    "Election Day": gettext_lazy("Election Day"),
    "Friday After Thanksgiving": gettext_lazy("Day after Thanksgiving"),
    "Good Friday": gettext_lazy("Good Friday"),
    "Independence Day": gettext_lazy("Independence Day"),
    "Indigenous Peoples' Day": gettext_lazy("Indigenous Peoples' Day"),
    "Juneteenth National Independence Day": gettext_lazy("Juneteenth"),
    "Labor Day": gettext_lazy("Labor Day"),
    "Lincoln's Birthday": gettext_lazy("Lincoln's Birthday"),
    "Mardi Gras": gettext_lazy("Mardi Gras"),
    "Martin Luther King Jr. Day": gettext_lazy("Martin Luther King Jr. Day"),
    "Memorial Day": gettext_lazy("Memorial Day"),
    "New Year's Day": gettext_lazy("New Year's Day"),
    "New Year's Eve": gettext_lazy("New Year's Eve"),
    "Patriots' Day": gettext_lazy("Patriots' Day"),
    "Presidents' Day": gettext_lazy("Presidents' Day"),
    "Thanksgiving Day": gettext_lazy("Thanksgiving Day"),
    "Veterans Day": gettext_lazy("Veterans Day"),
    "Washington's Birthday": gettext_lazy("Washington's Birthday"),
}
"""By the library's name (``holidays``, United States). The federal ones, and those that several states keep."""
OBSERVED = " (observed)"


def in_words(name: str) -> str:
    """*name* as the library gives it, in the reader's language; two on one day are parted by a semicolon. Unknown ones stay."""
    return "; ".join(_one(part) for part in name.split("; "))


def _one(name: str) -> str:
    if not name.endswith(OBSERVED):
        return str(NAMES.get(name, name))
    return _("%(holiday)s (day off)") % {"holiday": _one(name.removesuffix(OBSERVED))}
