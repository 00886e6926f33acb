"""A few invented papers of the demo's people, drawn when the agency is made: no scans lie in the repository."""

import io
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from PIL import Image, ImageDraw, ImageFont

from goldthread.casework.documents.actions import Days, add_document, add_version
from goldthread.doors.demo.agency import NAME, RENEE, TOMAS
from goldthread.doors.demo.past import Happening, Past
from goldthread.doors.demo.work.lately import episode_of
from goldthread.foundation.files.straining import Clean

CARD, SHEET = (1000, 630), (1240, 1600)
INK, SOFT, PAPER = (30, 38, 46), (110, 118, 124), (253, 252, 248)
TONES = {"card": (214, 228, 226), "sheet": PAPER}


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: brought *ago* days before today, dated then, ending in *lasts* days from today (None: never)."""

    ago: int
    worker: str
    client: str
    kind: str
    title: str
    lines: tuple[str, ...]
    lasts: int | None = None
    card: bool = False
    signed: str = ""


LUCIA, THEO = "Lucía Ferreira", "Theo Rivers"
PAPERS = (
    Paper(
        200,
        RENEE,
        LUCIA,
        "identification",
        "State identification card",
        ("STATE IDENTIFICATION CARD", "Commonwealth (invented for this demo)", "", LUCIA, "No. S-0000-142-7"),
        lasts=24,
        card=True,
    ),
    Paper(
        90,
        RENEE,
        LUCIA,
        "release",
        "Release to Harbor Clinic",
        (
            "AUTHORIZATION TO RELEASE INFORMATION",
            NAME,
            "",
            f"I, {LUCIA}, allow {NAME}",
            "to exchange with Harbor Clinic, Alderquay:",
            "    appointments, medicines, and the plan of care.",
            "It ends a year from this day, or when I say so.",
        ),
        lasts=275,
        signed=LUCIA,
    ),
    Paper(
        60,
        TOMAS,
        THEO,
        "court_order",
        "Order on visits, family court",
        (
            "FAMILY COURT (invented for this demo)",
            "In the matter of T. R., a minor",
            "",
            "IT IS ORDERED: visits with the mother take place",
            "every second Saturday, in the presence of the agency.",
            "To be reviewed in six months.",
        ),
        lasts=120,
        signed="The Court",
    ),
)
RENEWED = Paper(
    400,
    RENEE,
    "Marcus Ellery",
    "insurance",
    "Health plan card",
    ("HEALTH PLAN (invented)", "Marcus Ellery", "Member 000-14-2208"),
    lasts=-35,
    card=True,
)
"""The first one has ended; a newer version came."""


def happenings() -> list[Happening]:
    """Each is brought by its client's worker."""
    brought = [Happening(one.ago, 11, partial(_bring, paper=one)) for one in PAPERS]
    return [*brought, Happening(RENEWED.ago, 11, partial(_bring, paper=RENEWED)), Happening(34, 11, _renew)]


def drawn(paper: Paper) -> Clean:
    """The paper as a picture (a card) or as a PDF of one page (a sheet)."""
    size = CARD if paper.card else SHEET
    page = Image.new("RGB", size, TONES["card" if paper.card else "sheet"])
    pen = ImageDraw.Draw(page)
    pen.rectangle((24, 24, size[0] - 24, size[1] - 24), outline=SOFT, width=3)
    y, left = 80, 340 if paper.card else 100
    if paper.card:
        pen.rectangle((70, 150, 290, 440), outline=SOFT, width=3)
        pen.ellipse((130, 200, 230, 300), outline=SOFT, width=3)
        pen.arc((95, 310, 265, 560), 180, 360, fill=SOFT, width=3)
    for number, line in enumerate(paper.lines):
        font = ImageFont.load_default(40 if number == 0 else 32)
        pen.text((left if number else 70, y), line, fill=INK if number != 1 else SOFT, font=font)
        y += 64
    if paper.signed:
        pen.text((100, y + 90), paper.signed, fill=(30, 60, 140), font=ImageFont.load_default(46))
        pen.line((100, y + 150, 700, y + 150), fill=SOFT, width=2)
    out = io.BytesIO()
    if paper.card:
        page.save(out, "JPEG", quality=70, optimize=True)
        return Clean(out.getvalue(), "image/jpeg")
    page.convert("L").save(out, "PDF", resolution=150, quality=60)
    return Clean(out.getvalue(), "application/pdf")


def _bring(past: Past, paper: Paper) -> None:
    person = past.person(paper.client)
    add_document(
        person=person,
        kind=paper.kind,
        title=paper.title,
        clean=drawn(paper),
        days=_days(past, paper),
        owner=past.staff(paper.worker),
        episode=episode_of(person.pk),
        by=past.by(paper.worker, paper.ago),
    )


def _days(past: Past, paper: Paper) -> Days:
    ends = None if paper.lasts is None else past.today + timedelta(days=paper.lasts)
    return Days(dated_on=past.day(paper.ago), expires_on=ends)


def _renew(past: Past) -> None:
    person = past.person(RENEWED.client)
    days = Days(dated_on=past.day(34), expires_on=past.today + timedelta(days=330))
    add_version(
        document=person.documents.get(title=RENEWED.title),
        clean=drawn(RENEWED),
        days=days,
        owner=past.staff(RENEE),
        by=past.by(RENEE, 34),
    )
