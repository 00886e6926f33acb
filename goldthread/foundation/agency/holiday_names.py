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
    # kept by one state or territory, or by a few
    "Alaska Day": gettext_lazy("Alaska Day"),
    "All Souls' Day": gettext_lazy("All Souls' Day"),
    "American Indian Heritage Day": gettext_lazy("American Indian Heritage Day"),
    "American Samoa Flag Day": gettext_lazy("American Samoa Flag Day"),
    "Arbor Day": gettext_lazy("Arbor Day"),
    "Bennington Battle Day": gettext_lazy("Bennington Battle Day"),
    "Casimir Pulaski Day": gettext_lazy("Casimir Pulaski Day"),
    "Cesar Chavez Day": gettext_lazy("Cesar Chavez Day"),
    "Christmas Second Day": gettext_lazy("Christmas Second Day"),
    "Citizenship Day": gettext_lazy("Citizenship Day"),
    "Columbus Day / American Indian Heritage Day / Fraternal Day": gettext_lazy(
        "Columbus Day / American Indian Heritage Day / Fraternal Day"
    ),
    "Columbus Day and Puerto Rico Friendship Day": gettext_lazy("Columbus Day and Puerto Rico Friendship Day"),
    "Commonwealth Covenant Day": gettext_lazy("Commonwealth Covenant Day"),
    "Commonwealth Cultural Day": gettext_lazy("Commonwealth Cultural Day"),
    "Confederate Memorial Day": gettext_lazy("Confederate Memorial Day"),
    "Constitution Day": gettext_lazy("Constitution Day"),
    "Diwali": gettext_lazy("Diwali"),
    "Dr. Martin Luther King Jr. / Civil Rights Day": gettext_lazy("Dr. Martin Luther King Jr. / Civil Rights Day"),
    "Dr. Martin Luther King Jr. and Robert E. Lee's Birthdays": gettext_lazy(
        "Dr. Martin Luther King Jr. and Robert E. Lee's Birthdays"
    ),
    "Easter Monday": gettext_lazy("Easter Monday"),
    "Emancipation Day": gettext_lazy("Emancipation Day"),
    "Emancipation Day In Texas": gettext_lazy("Emancipation Day In Texas"),
    "Epiphany": gettext_lazy("Epiphany"),
    "Family Day": gettext_lazy("Family Day"),
    "Frances Xavier Cabrini Day": gettext_lazy("Frances Xavier Cabrini Day"),
    "George Washington & Thomas Jefferson's Birthday": gettext_lazy("George Washington & Thomas Jefferson's Birthday"),
    "George Washington Day": gettext_lazy("George Washington Day"),
    "George Washington Day, Presidents' Day, and the Day of the Women and Men Heroes of Puerto Rico": gettext_lazy(
        "George Washington Day, Presidents' Day, and the Day of the Women and Men Heroes of Puerto Rico"
    ),
    "George Washington's Birthday and Daisy Gatson Bates Day": gettext_lazy(
        "George Washington's Birthday and Daisy Gatson Bates Day"
    ),
    "Guam Discovery Day": gettext_lazy("Guam Discovery Day"),
    "Holy Thursday": gettext_lazy("Holy Thursday"),
    "Inauguration Day": gettext_lazy("Inauguration Day"),
    "Indigenous Peoples' Day / Columbus Day": gettext_lazy("Indigenous Peoples' Day / Columbus Day"),
    "Jefferson Davis Birthday": gettext_lazy("Jefferson Davis Birthday"),
    "Kamehameha Day": gettext_lazy("Kamehameha Day"),
    "Lady of Camarin Day": gettext_lazy("Lady of Camarin Day"),
    "Liberation Day (Guam)": gettext_lazy("Liberation Day (Guam)"),
    "Liberty Day": gettext_lazy("Liberty Day"),
    "Lincoln's and Washington's Birthdays": gettext_lazy("Lincoln's and Washington's Birthdays"),
    "Lincoln/Washington Presidents' Day": gettext_lazy("Lincoln/Washington Presidents' Day"),
    "Lyndon Baines Johnson Day": gettext_lazy("Lyndon Baines Johnson Day"),
    "Manu'a Islands Cession Day": gettext_lazy("Manu'a Islands Cession Day"),
    "Martin Luther King Jr. / Idaho Human Rights Day": gettext_lazy("Martin Luther King Jr. / Idaho Human Rights Day"),
    "Martin Luther King Jr.'s Birthday": gettext_lazy("Martin Luther King Jr.'s Birthday"),
    "Martin Luther King, Jr & Robert E. Lee's Birthday": gettext_lazy(
        "Martin Luther King, Jr & Robert E. Lee's Birthday"
    ),
    "Native American Heritage Day": gettext_lazy("Native American Heritage Day"),
    "Native Americans' Day": gettext_lazy("Native Americans' Day"),
    "Nevada Day": gettext_lazy("Nevada Day"),
    "Pioneer Day": gettext_lazy("Pioneer Day"),
    "President's Day": gettext_lazy("President's Day"),
    "Presidents Day": gettext_lazy("Presidents Day"),
    "Primary Election Day": gettext_lazy("Primary Election Day"),
    "Prince Jonah Kuhio Kalanianaole Day": gettext_lazy("Prince Jonah Kuhio Kalanianaole Day"),
    "Puerto Rican Identity Day": gettext_lazy("Puerto Rican Identity Day"),
    "Puerto Rico Constitution Day": gettext_lazy("Puerto Rico Constitution Day"),
    "San Jacinto Day": gettext_lazy("San Jacinto Day"),
    "Seward's Day": gettext_lazy("Seward's Day"),
    "State Holiday": gettext_lazy("State Holiday"),
    "Statehood Day": gettext_lazy("Statehood Day"),
    "Susan B. Anthony Day": gettext_lazy("Susan B. Anthony Day"),
    "Texas Independence Day": gettext_lazy("Texas Independence Day"),
    "Three Kings Day": gettext_lazy("Three Kings Day"),
    "Town Meeting Day": gettext_lazy("Town Meeting Day"),
    "Transfer Day": gettext_lazy("Transfer Day"),
    "Truman Day": gettext_lazy("Truman Day"),
    "Victory Day": gettext_lazy("Victory Day"),
    "Washington and Lincoln Day": gettext_lazy("Washington and Lincoln Day"),
    "Washington's and Lincoln's Birthday": gettext_lazy("Washington's and Lincoln's Birthday"),
    "Washington-Lincoln Day": gettext_lazy("Washington-Lincoln Day"),
    "West Virginia Day": gettext_lazy("West Virginia Day"),
    "White Sunday": gettext_lazy("White Sunday"),
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
