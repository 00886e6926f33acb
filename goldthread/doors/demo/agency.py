"""The demo agency: its places, teams and staff. All invented."""

from dataclasses import dataclass

from goldthread.foundation.workforce.enums import Role

NAME = "Alderquay Community Services"
DOMAIN = "alderquay.example"
TIME_ZONE = "America/New_York"
REGION = "MA"
PASSWORD = "harbor-gold-thread-demo"  # noqa: S105  public on purpose: printed by ./run for the invented staff of the demo

BUSY = 1
"""Of an agency made at size: the number of the worker with 90 clients and 400 tasks."""
MENTAL_HEALTH = "Mental health"
OLDER_ADULTS = "Older adults and disabilities"
FAMILIES = "Families and foster care"


@dataclass(frozen=True, slots=True)
class Place:
    """A site with the team that works there."""

    site: str
    address: str
    phone: str
    team: str


PLACES = (
    Place("Quay Street office", "40 Quay Street, Alderquay, MA 02007", "(617) 555-0140", MENTAL_HEALTH),
    Place("Millbrace Senior Center", "212 Tannery Road, Millbrace, MA 02009", "(508) 555-0121", OLDER_ADULTS),
    Place("Lantern House", "9 Orchard Hill, Port Sorrel, MA 02011", "(781) 555-0109", FAMILIES),
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One member of staff. ``team`` empty: works for the whole agency. ``load`` is how many clients they carry."""

    name: str
    title: str
    roles: tuple[Role, ...]
    team: str = ""
    supervises: tuple[str, ...] = ()
    load: int = 0
    years: float = 2.0
    ascii_name: str = ""
    languages: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{(self.ascii_name or self.name).lower().replace(' ', '.')}@{DOMAIN}"


RENEE = "Renee Baptiste"
JONAH = "Jonah Whitcomb"
ANDRE = "Andre Okoye"
MEI_LIN = "Mei-Lin Zhao"
KEISHA = "Keisha Monroe"
TOMAS = "Tomás Arriaga"
SUNNIVA = "Sunniva Dahl"
GLORIA = "Gloria Nakamura"
NAOMI = "Naomi Feldstein"

COLLEAGUES = (
    Colleague(
        RENEE, "Case manager, mental health", (Role.CASE_MANAGER,), MENTAL_HEALTH, load=48, years=4.2, languages=("ht",)
    ),
    Colleague(
        JONAH, "Case manager, first year", (Role.CASE_MANAGER,), MENTAL_HEALTH, load=40, years=0.6, languages=("es",)
    ),
    Colleague(ANDRE, "Senior case manager, older adults", (Role.CASE_MANAGER,), OLDER_ADULTS, load=58, years=9.1),
    Colleague(
        MEI_LIN, "Case manager, older adults", (Role.CASE_MANAGER,), OLDER_ADULTS, load=50, years=3.4, languages=("zh",)
    ),
    Colleague(
        TOMAS,
        "Case manager, foster care",
        (Role.CASE_MANAGER,),
        FAMILIES,
        load=42,
        years=5.0,
        ascii_name="Tomas Arriaga",
        languages=("es",),
    ),
    Colleague(SUNNIVA, "Case manager, young families", (Role.CASE_MANAGER,), FAMILIES, load=40, years=2.3),
    Colleague(KEISHA, "Intake worker", (Role.INTAKE,), years=6.7, languages=("es",)),
    Colleague(
        GLORIA,
        "Clinical supervisor",
        (Role.SUPERVISOR,),
        MENTAL_HEALTH,
        supervises=(MENTAL_HEALTH, OLDER_ADULTS),
        years=11.5,
    ),
    Colleague(
        NAOMI,
        "Supervisor, families and foster care",
        (Role.SUPERVISOR, Role.CASE_MANAGER),
        FAMILIES,
        supervises=(FAMILIES,),
        load=8,
        years=7.9,
    ),
    Colleague("Priya Raghunathan", "Program manager", (Role.PROGRAM_MANAGER,), years=8.4),
    Colleague("Hana Yoshimura", "Quality lead", (Role.QUALITY,), years=3.0),
    Colleague("Louis Marchetti", "Billing specialist", (Role.BILLING,), years=5.6),
    Colleague("Esther Adomako", "Auditor, county contracts", (Role.AUDITOR,), years=1.1),
    Colleague("Calvin Brooks", "Office and systems administrator", (Role.ADMINISTRATOR,), years=10.2),
)


def email_of(role: Role, number: int = 0) -> str:
    """The sign-in of the *number*-th colleague with *role* in an agency made at size."""
    return f"{role.replace('_', '.')}.{number}@{DOMAIN}"


WAITED_FOR = "act-intensive"
"""The program that thousands wait for, in an agency made for measuring (``asking_at_size``)."""
