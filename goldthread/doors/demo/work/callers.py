"""Who waits for mental health case management: one said yes, one has an offer, one never answered. And a client who was referred
elsewhere with a call made together, to be asked about today; and the public pages. Who else asked is in ``asking``."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from goldthread.casework.intake.actions.doors import edit_door
from goldthread.casework.intake.actions.hand_offs import Elsewhere, refer_client
from goldthread.casework.intake.actions.offers import answer, offer
from goldthread.casework.intake.actions.settling import settle
from goldthread.casework.intake.actions.waiting import put_on_waitlist, touch
from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.intake.enums import OfferAnswer, Touched
from goldthread.casework.intake.models import Inquiry, Place
from goldthread.doors.demo.agency import ANDRE, KEISHA
from goldthread.doors.demo.past import Happening, Past
from goldthread.doors.demo.work.lately import episode_of
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program

MIND = "mental-health-tcm"
CALVIN = "Calvin Brooks"
PAGES_SINCE = 200
PAGES = {
    MIND: (
        "For adults who live with a mental illness: somebody who goes with you to clinics and offices, and helps you keep track.",
        "Para personas adultas con una enfermedad mental: alguien que le acompaña a clínicas y oficinas y le ayuda a llevar las cosas al día.",
    ),
    "geriatric-mltss": (
        "Help to stay in your own home as you get older: meals, rides, care, and somebody who sees to it that they come.",
        "Ayuda para seguir en su casa con el paso de los años: comidas, transporte, cuidado y alguien que se ocupa de que lleguen.",
    ),
}
"""On whose public page anybody can ask, and what it says in English and Spanish."""
NOBODY_ANSWERED, OFFERED, SAID_YES = "nobody", "offered", "yes"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who called *ago* days before today. ``first``: the group of the waitlist that holds for them;
    ``called``: when we called them since and how it went; ``offer``: what came of a place that was offered ``offered`` days ago."""

    ago: int
    given: str
    family: str
    born: str
    wanted: str
    more: dict[str, str] = field(default_factory=dict)
    first: str = ""
    called: tuple[tuple[int, Touched, str], ...] = ()
    offer: str = ""
    offered: int = 0


BY_THEMSELVES = {"came": "phone", "caller": "self", "coverage": "medicaid"}
WAITING = (
    Caller(
        64,
        "Delphine",
        "Aucoin",
        "1979-02-11",
        "Panic on the bus since the accident; wants somebody who knows the clinics.",
        BY_THEMSELVES | {"phone": "(617) 555-0186", "city": "Alderquay", "state": "MA", "language": "fr"},
        called=((33, Touched.STILL, "Still wants it. Has a ride on Wednesdays."),),
    ),
    Caller(
        51,
        "Ruben",
        "Castillejo",
        "1988-09-30",
        "Lost his room in June, sleeps at the shelter on Dock Street.",
        BY_THEMSELVES | {"came": "walk_in", "city": "Alderquay", "state": "MA", "language": "es"},
        first="homeless",
        called=((20, Touched.MESSAGE, "Left word with the desk at the shelter."),),
        offer=SAID_YES,
        offered=3,
    ),
    Caller(
        40,
        "Agnieszka",
        "Nowak",
        "1965-12-05",
        "Comes home from the hospital on Friday; her sister calls for her.",
        {"came": "phone", "caller": "family", "caller_name": "Halina Nowak", "caller_phone": "(508) 555-0177"}
        | {"referral": "hospital", "coverage": "both", "city": "Millbrace", "state": "MA", "language": "pl"},
        first="leaving_hospital",
        offer=OFFERED,
        offered=2,
    ),
    Caller(
        29,
        "Terrence",
        "Alleyne",
        "1994-06-18",
        "His counselor says case management would help with the papers.",
        {"came": "partner", "caller": "professional", "caller_organization": "Alder Quay Counseling"}
        | {"coverage": "medicaid", "city": "Alderquay", "state": "MA", "phone": "(857) 555-0164"},
        offer=NOBODY_ANSWERED,
        offered=12,
    ),
    Caller(
        12,
        "Yolanda",
        "Pickering",
        "1971-03-27",
        "Cannot keep up with the letters; the power was cut off once.",
        BY_THEMSELVES | {"phone": "(339) 555-0158", "city": "Port Sorrel", "state": "MA"},
    ),
)
COUNSEL = Elsewhere(
    organization="Granite Legal Aid",
    phone="(508) 555-0190",
    wanted="The guardianship is to be made smaller",
    said="Nadia wants to sign for her own money again. They take her on, and ask for the court's paper.",
    together="Nadia, her mother and Andre",
    spoke_to="Mr. Abiodun",
)


def happenings() -> list[Happening]:
    """All of it, each on its day."""
    found = [Happening(one.ago, 10, partial(_ask, told=one)) for one in WAITING]
    for one in WAITING:
        found.append(Happening(one.ago, 11, partial(_wait, told=one)))
        found += [Happening(ago, 14, partial(_call, told=one, how=how, note=note)) for ago, how, note in one.called]
        if one.offer:
            found.append(Happening(one.offered, 15, partial(_offer, told=one)))
        if one.offer in (SAID_YES, NOBODY_ANSWERED):
            found.append(Happening(1 if one.offer == SAID_YES else 6, 16, partial(_answered, told=one)))
    found.append(Happening(8, 14, _refer_client))
    found.append(Happening(PAGES_SINCE, 9, _open_public_pages))
    return found


def _open_public_pages(past: Past) -> None:
    for key, (english, spanish) in PAGES.items():
        edit_door(
            program=Program.objects.get(key=key),
            values={"open": True, "words_en": english, "words_es": spanish},
            version=0,
            by=past.by(CALVIN, PAGES_SINCE, 9),
        )


def _ask(past: Past, told: Caller) -> None:
    said = {"given": told.given, "family": told.family, "birth_date": told.born, "wanted": told.wanted}
    said |= {"program": MIND} | told.more
    keep(
        pk=new_id(),
        given={name: [value] for name, value in said.items() if value},
        by=past.by(KEISHA, told.ago, 10),
    )


def _inquiry(told: Caller) -> Inquiry:
    return Inquiry.objects.get(said__given=told.given, said__family=told.family)


def _place(told: Caller) -> Place:
    return Place.objects.select_related("program", "inquiry").get(inquiry=_inquiry(told))


def _wait(past: Past, told: Caller) -> None:
    by = past.by(KEISHA, told.ago, 11)
    inquiry = settle(inquiry=_inquiry(told), client=None, by=by)
    put_on_waitlist(
        inquiry=inquiry,
        program=Program.objects.select_related("team").get(key=MIND),
        answers={told.first: True} if told.first else {},
        note="Said so on the phone." if told.first else "",
        told="Weeks, not days. We call every month; call us when something changes.",
        by=by,
    )


def _call(past: Past, told: Caller, how: Touched, note: str) -> None:
    ago = next(ago for ago, way, _note in told.called if way == how)
    touch(place=_place(told), how=how, note=note, by=past.by(KEISHA, ago, 14))


def _offer(past: Past, told: Caller) -> None:
    offer(
        place=_place(told),
        by=past.by(KEISHA, told.offered, 15),
        said="A place with Renee's team from the first of the month.",
        why_now="Named by the clinic: another hospital stay is near." if told.first != "leaving_hospital" else "",
        until=past.today + timedelta(days=2) if told.offer == OFFERED else None,
    )


def _answered(past: Past, told: Caller) -> None:
    yes = told.offer == SAID_YES
    answer(
        place=_place(told),
        answer=OfferAnswer.ACCEPTED if yes else OfferAnswer.NO_ANSWER,
        note="Comes on Thursday with his papers." if yes else "Three calls, one letter.",
        by=past.by(KEISHA, 1 if yes else 6, 16),
    )


def _refer_client(past: Past) -> None:
    client = past.person("Nadia Rahal")
    by = past.by(ANDRE, 8, 14)
    refer_client(client=client, to=replace(COUNSEL, ask_on=past.today), episode=episode_of(client.pk), by=by)
