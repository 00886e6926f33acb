"""The one page: what is known | who may be the same | which programs fit; and what comes of it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload.queries import last_workers
from goldthread.casework.eligibility.rules.judging import Answer, Verdict
from goldthread.casework.eligibility.rules.words import VERDICTS, reason, say, say_not
from goldthread.casework.intake.queries.fitting import Fit, OnRecord, fits, on_record
from goldthread.casework.intake.queries.vacancies import Vacancies, places_held, vacancies
from goldthread.casework.intake.rules.members import rows
from goldthread.casework.intake.rules.said import ANSWER
from goldthread.doors.web.intake.choices import choices
from goldthread.doors.web.intake.desk import Desk
from goldthread.doors.web.intake.household import Beside, beside_of
from goldthread.doors.web.intake.matching import matches
from goldthread.doors.web.intake.meanwhile import groups_of, hand_offs_of, waits_of
from goldthread.doors.web.intake.workers import rooms
from goldthread.foundation.lib.labels import names_of
from goldthread.foundation.programs.enums import Urgency
from goldthread.foundation.programs.queries import titles
from goldthread.foundation.programs.rules.eligibility import Asked, Diagnosed, Enrolled
from goldthread.foundation.programs.rules.words import span
from goldthread.people.persons.rules import language_name

OVER = (
    *("worker", "override", "enrolled_on", "reason", "told", "note", "end", "wait_told", "wait_note", "refer_for"),
    *(
        "refer_organization",
        "refer_phone",
        "refer_wanted",
        "refer_said",
        "refer_together",
        "refer_spoke_to",
        "refer_ask_on",
    ),
)
"""What the acts at the foot ask: sent back as it was typed, kept by the act alone."""
TONES = {Verdict.ELIGIBLE: ("pine", "check"), Verdict.NOT: ("red", "x"), Verdict.NEED_TO_KNOW: ("amber", "help")}
URGENT_TONES = {Urgency.CRISIS: "red", Urgency.URGENT: "amber"}


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion on the page. ``name``: of its yes and no, where a person can answer it; ``said``: what they answered."""

    words: str
    reason: str
    tone: str
    icon: str
    verdict: str
    name: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One program with its criteria."""

    fit: Fit
    asked: bool
    verdict: str
    tone: str
    icon: str
    lines: list[Line]
    outcome: Any = None
    vacancies: Vacancies | None = None
    held: bool = False
    """One of its places was offered to them."""

    @property
    def full(self) -> bool:
        """Has it places, and none of them free for them?"""
        return self.vacancies is not None and not self.vacancies.free and not self.held


def cards(desk: Desk) -> list[Card]:
    """Every open program, those asked for first."""
    inquiry, viewer = desk.inquiry, desk.viewer
    cleared = _cleared(desk)
    found = fits(inquiry, record_of(desk, cleared), viewer.today, cleared=cleared, agency_state=state_of(desk.request))
    names = titles(fit.program for fit in found)
    outcomes = {row.program_id: row for row in inquiry.outcomes.filter(voided=False)} if desk.kept else {}
    asked = set(inquiry.said.get("program", []))
    free = vacancies({fit.program.pk: fit.template.waitlist for fit in found})
    made = [_card(desk, fit, names, outcomes.get(fit.program.pk), fit.program.key in asked) for fit in found]
    held = set(places_held(inquiry).values_list("program", flat=True)) if free and desk.kept else set()
    return [replace(card, vacancies=free.get(card.fit.program.pk), held=card.fit.program.pk in held) for card in made]


def household_of(desk: Desk, fit: Fit | None) -> list[Beside]:
    """The others of the household, where the program of *fit* takes in households."""
    return beside_of(desk, fit, titles([fit.program] if fit else []), state_of(desk.request))


def _cleared(desk: Desk) -> int:
    """The labels of programs that the viewer may know of on this client."""
    return gate.cleared_labels(desk.viewer, desk.inquiry.client) if desk.inquiry.client else 0


def record_of(desk: Desk, cleared: int) -> OnRecord:
    """What the record of the linked client says, as far as the viewer may see it."""
    client, viewer = desk.inquiry.client, desk.viewer
    if client is None or not gate.may_on(viewer, Act.READ_FACT, client):
        return OnRecord()
    return on_record(
        client,
        viewer.today,
        facts_seen=gate.content(viewer, client, Act.READ_FACT, episode="episode_id"),
        episodes_seen=gate.content(viewer, client, Act.READ_EPISODE, episode="pk"),
        cleared=cleared,
    )


def state_of(request: HttpRequest) -> str:
    """The agency's own state."""
    agency = request.agency  # type: ignore[attr-defined]  # ours, beside what Django says of a request
    return agency.holiday_region if agency and agency.holiday_country == "US" else ""


def _card(desk: Desk, fit: Fit, names: dict[str, str], outcome: Any, asked: bool) -> Card:
    tone, icon = TONES[fit.judged.verdict]
    lines = [_line(desk, fit, answer, names) for answer in fit.judged.answers]
    return Card(fit, asked, str(VERDICTS[fit.judged.verdict]), tone, icon, lines, outcome)


def _line(desk: Desk, fit: Fit, answer: Answer, names: dict[str, str]) -> Line:
    one, verdict = answer.criterion, answer.counts
    tone, icon = TONES[verdict]
    by_hand = isinstance(one, Asked | Diagnosed | Enrolled) and ("said" in answer.values or not answer.values)
    name = f"{ANSWER}{fit.program.key}:{one.key}" if by_hand else ""
    return Line(
        say(one, names) if answer.wanted else say_not(one, names),
        reason(answer, names),
        tone,
        icon,
        str(VERDICTS[verdict]),
        name,
        str(desk.inquiry.said.get(name, "")) if name else "",
    )


def _before(desk: Desk) -> dict[UUID, date]:
    """Who were the workers of the linked client until an episode ended, as far as the viewer may know of it."""
    client = desk.inquiry.client
    if client is None or not gate.may_on(desk.viewer, Act.READ_EPISODE, client):
        return {}
    known = gate.content(desk.viewer, client, Act.READ_EPISODE)
    return last_workers(client, desk.viewer.today, known)


def beside(desk: Desk) -> dict[str, Any]:
    """What stands beside the fields, and follows what is typed."""
    found = cards(desk)
    sent = desk.request.POST or desk.request.GET
    open_cards = [card for card in found if not card.outcome]
    taken = sent.get("take", "")
    offered = [card for card in open_cards if card.asked] or [
        card for card in open_cards if card.fit.judged.verdict is not Verdict.NOT
    ]
    chosen = next((card for card in open_cards if str(card.fit.program.pk) == taken), None)
    if chosen is None and len(offered) == 1:
        chosen = offered[0]
    language = desk.inquiry.language or (desk.inquiry.client.language if desk.inquiry.client else "")
    settled = bool(desk.inquiry.client_id or desk.inquiry.new_person)
    others = household_of(desk, chosen.fit if chosen else None)
    found_rooms = rooms(chosen.fit.program, desk.viewer.today, language, _before(desk)) if chosen and desk.open else []
    return {
        "desk": desk,
        "inquiry": desk.inquiry,
        "said": desk.inquiry.said,
        "matches": matches(desk.request, desk.inquiry.said) if desk.open and not settled else None,
        "settled": settled,
        "asked_cards": [card for card in found if card.asked],
        "other_cards": [card for card in found if not card.asked],
        "offered": offered if chosen is None or chosen in offered else [chosen, *offered],
        "chosen": chosen,
        "rooms": found_rooms,
        "suggested": next((room for room in found_rooms if room.until), None),
        "over": {name: sent.get(name, "") for name in OVER},
        "speaks": language_name(language) if language != "en" else "",
        "groups": groups_of(chosen.fit, sent, desk.viewer.today) if chosen and desk.open else [],
        "elsewhere": {name.removeprefix("refer_"): sent.get(name, "") for name in OVER if name.startswith("refer_")},
        "open_cards": open_cards,
        "others": others,
        "others_doubtful": any(one.judged.verdict is not Verdict.ELIGIBLE for one in others),
        "called_every": span(chosen.fit.template.waitlist.contact) if chosen else "",
        "may_enrol": gate.may(desk.viewer, Act.ENROL),
        "may_exceed": gate.may(desk.viewer, Act.MANAGE_EPISODE),
        "yes_no": choices()["yes_no"],
        "reasons": choices()["reasons"],
    }


def show(desk: Desk, *, status: int = 200) -> HttpResponse:
    """The whole page."""
    inquiry = desk.inquiry
    found = beside(desk)
    context = (
        found
        | choices()
        | {
            "errors": dict(desk.problems),
            "clashes": desk.clashes,
            "version": inquiry.version if desk.kept else 0,
            "urgent_tone": URGENT_TONES.get(Urgency(inquiry.urgency), ""),
            "label_names": names_of(inquiry.labels),
            "outcomes": list(
                inquiry.outcomes.filter(voided=False).select_related("program", "episode").order_by("made_at")
            )
            if desk.kept
            else [],
            "tools": desk.open,
            "household_rows": rows(inquiry.said) if desk.open else rows(inquiry.said, blank=0),
            "for_households": any(one.fit.program.unit == "household" for one in found["asked_cards"])
            or (found["chosen"] is not None and found["chosen"].fit.program.unit == "household"),
            "waits": waits_of(desk),
            "hand_offs": hand_offs_of(desk),
        }
    )
    return render(desk.request, "intake/inquiry.html", context, status=status)


def uuid_or_none(text: str) -> UUID | None:
    """*text* as an id; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
