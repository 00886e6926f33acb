"""What the settings' first page lists."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from goldthread.access.acts import Act


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the settings: who may open it, its address, drawing, name and a sentence."""

    act: Act
    url: str
    icon: str
    label: str
    text: str


def all_places() -> list[tuple[str, list[Place]]]:
    """Every page of the settings, by group, whoever may open it."""
    return [
        (
            _("The agency"),
            [
                Place(
                    Act.MANAGE_AGENCY,
                    "settings:profile",
                    "home",
                    _("Agency profile"),
                    _("Name, your word for client, time zone, languages"),
                ),
                Place(
                    Act.MANAGE_AGENCY,
                    "settings:days",
                    "cal",
                    _("Closed days"),
                    _("Public holidays, and days of your own"),
                ),
                Place(Act.READ_STAFF, "settings:sites", "pin", _("Sites"), _("The places you work from")),
                Place(
                    Act.READ_POLICY, "programs:list", "book", _("Programs"), _("What you offer, and the rules of it")
                ),
                Place(
                    Act.IMPORT_CLIENTS,
                    "imports:list",
                    "people",
                    _("Bring clients"),
                    _("From a spreadsheet, or from another system"),
                ),
                Place(
                    Act.MANAGE_PROGRAMS,
                    "intake:settings",
                    "phone",
                    _("Intake"),
                    _("Who answers inquiries, public pages, emergency numbers"),
                ),
                Place(
                    Act.MANAGE_INSTRUMENTS,
                    "instruments:list",
                    "note",
                    _("Instruments"),
                    _("What you ask: questionnaires, their versions and scores"),
                ),
            ],
        ),
        (
            _("People"),
            [
                Place(Act.READ_STAFF, "settings:staff", "people", _("Staff"), _("Who works here, with which roles")),
                Place(
                    Act.READ_STAFF, "settings:teams", "team", _("Teams"), _("Who works together, and who supervises")
                ),
                Place(
                    Act.HAND_OVER,
                    "settings:hand_over",
                    "move",
                    _("Hand over"),
                    _("Give one worker's caseload to another"),
                ),
            ],
        ),
        (
            _("Safety"),
            [
                Place(
                    Act.READ_POLICY,
                    "settings:roles",
                    "scale",
                    _("Roles and permissions"),
                    _("Who may do what, and why"),
                ),
                Place(
                    Act.MANAGE_AGENCY,
                    "settings:security",
                    "shield",
                    _("Security"),
                    _("Second step, and how long a session lasts"),
                ),
                Place(
                    Act.READ_JOBS,
                    "settings:jobs",
                    "clock",
                    _("Failed jobs"),
                    _("Work in the background that did not succeed"),
                ),
            ],
        ),
    ]
