"""Who asked for help in the last weeks: inquiries, a waitlist with calls and an offer, a hand-off that waits to be asked about.

Made by the rooms' own actions, each on its day. Whoever asks here is nobody else in the agency.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from goldthread.casework.intake.actions.hand_offs import Elsewhere, refer_inquiry
from goldthread.casework.intake.actions.offers import offer
from goldthread.casework.intake.actions.outcomes import close
from goldthread.casework.intake.actions.settling import settle
from goldthread.casework.intake.actions.waiting import put_on_waitlist, touch
from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.intake.models import Inquiry, Place
from goldthread.doors.demo.agency import GLORIA, KEISHA
from goldthread.doors.demo.past import Happening, Past
from goldthread.foundation.programs.models import Program

HOME, MENTAL, FAMILIES = "geriatric-mltss", "mental-health-tcm", "child-welfare"
SPACE = UUID("5d6f2f6a-6f0e-5c53-9d53-2f6c9a1f0b11")


@dataclass(frozen=True, slots=True)
class Asked:
    """An inquiry: so many days ago, who took it down, about whom, for which programs, in whose words."""

    ago: int
    given: str
    family: str
    born: str
    programs: tuple[str, ...]
    wanted: str
    more: dict[str, list[str]] = field(default_factory=dict)
    who: str = KEISHA
    hour: int = 10


NEW = (
    Asked(
        2, "Imani", "Oduya", "1958", (HOME,), "Her knees are bad, and the stairs frighten her. Her daughter calls.",
        {"birth_kind": ["year"], "caller": ["family"], "caller_name": ["Zuri Oduya"], "caller_phone": ["508 555 0161"]},
    ),
    Asked(
        1, "Ramón", "Ibáñez", "7/19/1989", (MENTAL,), "Perdió el trabajo en abril y no duerme. Prefiere hablar en español.",
        {"language": ["es"], "caller": ["self"], "phone": ["617 555 0187"], "coverage": ["medicaid"], "state": ["MA"]}, hour=15,
    ),
    Asked(
        1, "Petra", "Halvorsen", "11/2/1976", (MENTAL,), "A nurse of the emergency room: she left against advice, and lives alone.",
        {"urgency": ["urgent"], "caller": ["professional"], "caller_name": ["Nurse Okafor"], "referral": ["hospital"],
         "caller_organization": ["Harbor Hospital"], "caller_phone": ["617 555 0170"]}, hour=16,
    ),
    Asked(
        4, "Micah", "Brandt", "2/14/2019", (FAMILIES,), "The school worries: he comes without a coat and says nobody is home.",
        {"caller": ["professional"], "caller_organization": ["Orchard Hill School"], "referral": ["school"]}, who=GLORIA,
    ),
)  # fmt: skip
"""Nobody has answered these yet."""
WAITING: tuple[tuple[Asked, dict[str, bool], tuple[tuple[int, str], ...]], ...] = (
    (Asked(71, "Edith", "Vannoy", "4/8/1941", (HOME,), "Alone since her sister died."), {"alone": True}, ((36, "still"), (6, "still"))),
    (Asked(64, "Osman", "Yildirim", "9/30/1944", (HOME,), "Needs help with washing."), {}, ((30, "still"),)),
    (Asked(58, "Agnes", "Tull", "1/12/1938", (HOME,), "Fell twice in the bathroom."), {"danger": True}, ((27, "still"),)),
    (Asked(40, "Bao", "Trinh", "6/6/1950", (HOME,), "His son works nights.", {"language": ["vi"]}), {}, ((8, "not_reached"),)),
    (Asked(33, "Rosalind", "Pike", "3/3/1947", (HOME,), "Home from the hospital.", {"referral": ["hospital"]}), {}, ()),
    (Asked(19, "Leopold", "Stern", "8/21/1939", (HOME,), "Wants to stay in his house."), {}, ()),
    (Asked(12, "Graciela", "Monzón", "12/5/1952", (HOME,), "No come bien sola.", {"language": ["es"]}), {"alone": True}, ()),
)  # fmt: skip
"""Who waits for long-term services at home: what a person said of the order, and the calls since."""
OFFERED = "Agnes Tull"
ELSEWHERE = Asked(
    6, "Tobias", "Engström", "5/17/1984", (MENTAL,), "He wants to stop drinking. We have no program for that."
)
ANSWERED = Asked(
    9, "Nadia", "Karam", "1988", (MENTAL,), "Asks how to get a copy of a birth certificate.", {"birth_kind": ["year"]}
)


def happenings() -> list[Happening]:
    """Who asked, each on their day, and what came of it."""
    told = [Happening(one.ago, one.hour, partial(_ask, one=one)) for one in NEW]
    told += [Happening(one.ago, one.hour, partial(_wait, one=one, answers=answers)) for one, answers, _calls in WAITING]
    told += [
        Happening(ago, 14, partial(_call, one=one, ago=ago, how=how))
        for one, _answers, calls in WAITING
        for ago, how in calls
    ]
    told.append(Happening(3, 11, _offer))
    told.append(Happening(ELSEWHERE.ago, 10, _refer))
    told.append(Happening(ANSWERED.ago, 10, _close))
    return told


def _ask(past: Past, one: Asked) -> Inquiry:
    said: dict[str, list[str]] = {
        "given": [one.given],
        "family": [one.family],
        "birth_date": [one.born],
        "program": list(one.programs),
        "wanted": [one.wanted],
    }
    pk = uuid5(SPACE, f"{one.given} {one.family}")
    return keep(pk=pk, given=said | one.more, by=past.by(one.who, one.ago, one.hour)).inquiry


def _wait(past: Past, one: Asked, answers: dict[str, bool]) -> None:
    by = past.by(one.who, one.ago, one.hour, 20)
    row = settle(inquiry=_ask(past, one), client=None, by=by)
    program = Program.objects.get(key=one.programs[0])
    told = "There is no place now. We call every month, and the day one is free."
    put_on_waitlist(inquiry=row, program=program, answers=answers, told=told, by=by)


def _place(name: str) -> Place:
    return Place.objects.get(inquiry__display_name=name)


def _call(past: Past, one: Asked, ago: int, how: str) -> None:
    touch(place=_place(f"{one.given} {one.family}"), how=how, by=past.by(KEISHA, ago, 14))


def _offer(past: Past) -> None:
    said = "Mei-Lin can come twice a week from the first. Her niece asks her tonight."
    offer(place=_place(OFFERED), said=said, by=past.by(KEISHA, 3, 11))


def _refer(past: Past) -> None:
    to: dict[str, Any] = {
        "organization": "Tidewater Recovery Center",
        "phone": "617 555 0193",
        "wanted": "A program for alcohol, evenings",
        "said": "They have a group on Tuesdays and expect him for a first talk.",
        "together": "Tobias and Keisha",
        "spoke_to": "Marnie, intake",
    }
    inquiry = settle(inquiry=_ask(past, ELSEWHERE), client=None, by=past.by(KEISHA, ELSEWHERE.ago, 10))
    refer_inquiry(inquiry=inquiry, to=Elsewhere(**to, ask_on=past.today), by=past.by(KEISHA, ELSEWHERE.ago, 10, 30))


def _close(past: Past) -> None:
    told = "Gave her the number of the city clerk, and the hours."
    close(inquiry=_ask(past, ANSWERED), reason="answered", told=told, by=past.by(KEISHA, ANSWERED.ago, 10, 15))
