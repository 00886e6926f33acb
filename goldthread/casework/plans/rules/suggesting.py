"""Wording to begin with, for a need: to be made the person's own. Never a plan, always marked where it comes from."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.foundation.programs.enums import Domain

WORDINGS: dict[Domain, tuple[StrOrPromise, ...]] = {
    Domain.HEALTH: (gettext_lazy("I want to feel well enough to …"), gettext_lazy("I want a doctor who …")),
    Domain.MENTAL_HEALTH: (
        gettext_lazy("I want to wake up and look forward to …"),
        gettext_lazy("I want to know what to do when …"),
    ),
    Domain.SUBSTANCE_USE: (
        gettext_lazy("I want to use less, so that …"),
        gettext_lazy("I want people around me who …"),
    ),
    Domain.DAILY_LIVING: (gettext_lazy("I want to do … by myself"), gettext_lazy("I want help only with …")),
    Domain.HOUSING: (gettext_lazy("I want my own place, where …"), gettext_lazy("I want to stay where I live, and …")),
    Domain.INCOME: (
        gettext_lazy("I want to pay for … myself"),
        gettext_lazy("I want to have enough money until the month ends"),
    ),
    Domain.FOOD: (gettext_lazy("I want good food at home every day"),),
    Domain.EMPLOYMENT: (gettext_lazy("I want a job that …"), gettext_lazy("I want to work with …")),
    Domain.EDUCATION: (gettext_lazy("I want to learn …"), gettext_lazy("I want to finish …")),
    Domain.LEGAL: (gettext_lazy("I want to be done with … by …"),),
    Domain.FAMILY: (gettext_lazy("I want … to live with me again"), gettext_lazy("I want to see … more often")),
    Domain.SOCIAL: (gettext_lazy("I want to spend time with …"), gettext_lazy("I want to go to …")),
    Domain.TRANSPORTATION: (gettext_lazy("I want to get to … without asking anybody"),),
    Domain.SAFETY: (gettext_lazy("I want to feel safe when …"),),
    Domain.COMMUNICATION: (gettext_lazy("I want people to understand me when …"),),
    Domain.SPIRITUAL: (gettext_lazy("I want to take part in …"),),
}


def wordings(domain: str) -> list[str]:
    """Beginnings of a goal in *domain* (empty: none), for the person to finish."""
    return [str(words) for words in WORDINGS.get(Domain(domain), ())] if domain in set(Domain) else []


def said_from(need_words: str) -> str:
    """What a goal says of the need whose wording it began with."""
    return _("Began with: %(need)s") % {"need": need_words}
