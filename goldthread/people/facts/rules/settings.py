"""Where people live, from the least to the most restrictive setting."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

SETTINGS: dict[str, tuple[StrOrPromise, int | None]] = {
    "own_home": (_("Own home"), 1),
    "own_home_supported": (_("Own home, with support"), 2),
    "with_family": (_("With family"), 2),
    "with_friends": (_("With friends"), 2),
    "kinship": (_("Kinship care"), 3),
    "shared_living": (_("Shared living, host home"), 3),
    "foster_home": (_("Foster home"), 4),
    "supervised_apartment": (_("Supervised apartment"), 4),
    "recovery_house": (_("Recovery house"), 4),
    "therapeutic_foster": (_("Therapeutic foster home"), 5),
    "group_home": (_("Group home"), 6),
    "assisted_living": (_("Assisted living"), 6),
    "nursing_home": (_("Nursing home"), 8),
    "residential_treatment": (_("Residential treatment"), 8),
    "care_institution": (_("Institution for people with disabilities"), 8),
    "hospital": (_("Hospital"), 9),
    "psychiatric_hospital": (_("Psychiatric hospital"), 9),
    "detention": (_("Juvenile detention"), 10),
    "jail": (_("Jail or prison"), 10),
    "shelter": (_("Shelter"), None),
    "hotel": (_("Hotel or motel"), None),
    "car": (_("Car"), None),
    "street": (_("Street, camp, abandoned building"), None),
}
"""Setting → name and level, 1 (free as anybody) to 10 (locked up). The order follows what scales of restrictive living
environments agree on (Hawkins and others, 1992, for children; product judgement for adults and for the numbers). None: no
home, which is not a matter of restriction."""


def level_of(setting: str) -> int | None:
    """How restrictive *setting* is; None for no home, and for a word that is not in the list."""
    return SETTINGS[setting][1] if setting in SETTINGS else None
