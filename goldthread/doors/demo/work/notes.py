"""Writes the notes, papers and what follows from them as rows: thousands of them, in seconds."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import models

from goldthread.casework.contacts.actions.following import promise_of
from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.models import Contact, ContactActivity, ContactPerson
from goldthread.casework.contacts.rules.minutes import is_late, split
from goldthread.casework.episodes.rules import is_child
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.record.rules import searchable
from goldthread.casework.tasks.models import Elsewhere, Evidence, Task
from goldthread.doors.demo.bulk import write_rows
from goldthread.doors.demo.past import ZONE
from goldthread.doors.demo.work import words
from goldthread.doors.demo.work.enrolling import Care
from goldthread.doors.demo.work.rhythm import HOME, Paper, Visit
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import EventKind, Seen
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

ORDER: tuple[type[models.Model], ...] = (
    Contact,
    ContactPerson,
    ContactActivity,
    Elsewhere,
    Entry,
    Evidence,
    Task,
)
FIRST_HOUR = time(8, 30)
TITLES = {key: {kind.key: kind.title for kind in template.contact_kinds} for key, template in shipped().items()}
WENT = ("little", "well", "little", "stuck", "slipped", "not_today")


class Notes:
    """Collects the rows of what happened and writes them in the order in which they hang on each other."""

    def __init__(self, today: date, at: datetime, rng: Random, cosigner: Staff, cosigned: Staff) -> None:
        """*cosigner* signs the notes of *cosigned*, but for those of the last days, which wait."""
        self.today, self.at, self.rng = today, at, rng
        self.cosigner, self.cosigned = cosigner, cosigned
        self._rows: dict[type[models.Model], list[Any]] = {model: [] for model in ORDER}
        self._free: dict[tuple[UUID, date], datetime] = {}

    def enrolment(self, care: Care) -> None:
        """The first day in the program, and the last, as its action writes them."""
        episode = care.episode
        days = [(EventKind.ENROLLED, "episode", episode.enrolled_on)]
        if episode.referred_on:
            days.append((EventKind.REFERRED, "episode", episode.referred_on))
        if episode.discharged_on:
            days.append((EventKind.DISCHARGED, "discharge", episode.discharged_on))
        for client in care.clients:
            for kind, source, day in days:
                self._evidence(care, client, kind, day, source, episode.pk)
                if kind != EventKind.REFERRED:
                    facts = {"reason": episode.discharge_reason} if kind == EventKind.DISCHARGED else {}
                    title = care.offer.name
                    self._entry(
                        care, client, None, EntryKind(kind), _noon(day), (str(kind), episode.pk), title, "", facts
                    )

    def paper(self, care: Care, paper: Paper) -> None:
        """An assessment, a plan, a review or a hearing, recorded as done elsewhere."""
        client, staff = care.clients[0], care.worker_on(paper.on)
        if staff is None:
            return
        note, where = words.PAPERS[paper.kind]
        at = datetime.combine(paper.on, time(17), ZONE)
        row = Elsewhere(
            kind=paper.kind,
            name=paper.name,
            episode=care.episode,
            person=client,
            done_on=paper.on,
            who=staff.name,
            where=where,
            note=note,
            labels=care.episode.labels,
            recorded_by=staff.pk,
            recorded_at=min(at, self.at),
        )
        self._rows[Elsewhere].append(row)
        self._evidence(care, client, paper.kind, paper.on, "elsewhere", row.pk, name=paper.name)
        facts = {"who": staff.name, "where": where}
        self._entry(care, client, staff, paper.kind, _noon(paper.on), ("elsewhere", row.pk), "", note, facts)

    def visit(self, care: Care, visit: Visit, promised: date | None = None) -> None:
        """A contact with its signed note, and the task of the next step when something was *promised* by a day."""
        staff = care.worker_on(visit.on)
        if staff is None:
            return
        contact = self._contact(care, visit, staff, promised)
        self._rows[Contact].append(contact)
        activities = list(visit.way.activities)
        if not visit.attempted:
            self._rows[ContactActivity] += [
                ContactActivity(contact=contact, activity=str(activity), minutes=minutes)
                for activity, minutes in split(contact.minutes, dict.fromkeys(activities)).items()
            ]
        there = self._present(care, visit)
        for client in there:
            self._rows[ContactPerson].append(
                ContactPerson(
                    contact=contact,
                    person=client,
                    role=Seen.CLIENT.value,
                    client=True,
                    present=not visit.attempted,
                    episode=care.episode,
                    labels=contact.labels,
                )
            )
            seen = [] if visit.attempted else [Seen.CLIENT.value, *([Seen.FAMILY.value] if len(there) > 1 else [])]
            self._tell(care, contact, client, staff, visit, seen)
        if promised:
            self._promise(contact, staff, promised)

    def write(self) -> None:
        """Write everything that was collected."""
        for model in ORDER:
            write_rows(model, self._rows[model])

    def _contact(self, care: Care, visit: Visit, staff: Staff, promised: date | None) -> Contact:
        rng, template, way = self.rng, care.offer.template, visit.way
        begun = self._begin(staff, visit.on)
        minutes = 5 if visit.attempted else rng.randrange(way.minutes[0], way.minutes[1] + 1, 5)
        ended = begun + timedelta(minutes=minutes)
        self._free[staff.pk, visit.on] = ended
        signed_at = self._sign(ended)
        met = not visit.attempted
        outside = met and way.place is not None and way.place != "office"
        state, cosigned_at = self._state(staff, signed_at)
        return Contact(
            person=self._present(care, visit)[0],
            episode=care.episode,
            staff=staff,
            kind=way.key,
            mode=way.mode.value,
            place=way.place.value if way.place else "",
            happened_on=visit.on,
            started_at=begun,
            ended_at=ended,
            minutes=minutes,
            travel_minutes=rng.choice((10, 15, 20, 25, 30)) if outside else 0,
            attempted=visit.attempted,
            narrative=words.narrate(template, visit, _called(care), rng),
            goals=self._goals(template) if met and rng.random() < 0.45 else [],
            domains=sorted(rng.sample(words.DOMAINS[template], rng.choice((1, 1, 2)))) if met else [],
            monitoring={"furnished": "yes", "adequate": rng.choice(("yes", "yes", "partly")), "changed": "no"}
            if met and rng.random() < 0.4
            else {},
            next_step=rng.choice(words.PROMISES[template]) if promised else "",
            next_on=promised,
            late=is_late(visit.on, signed_at.astimezone(ZONE).date()),
            writing_since=signed_at - timedelta(minutes=rng.randint(4, 14)),
            signed_at=signed_at,
            state=state,
            cosigned_by=self.cosigner if cosigned_at else None,
            cosigned_at=cosigned_at,
            labels=care.episode.labels,
        )

    def _begin(self, staff: Staff, day: date) -> datetime:
        """The next free time of *staff* on *day*: nobody is at two places at once."""
        free = self._free.get((staff.pk, day))
        if free is None:
            return datetime.combine(day, FIRST_HOUR, ZONE) + timedelta(minutes=self.rng.choice((0, 15, 30, 60)))
        return free + timedelta(minutes=self.rng.choice((5, 10, 20)))

    def _sign(self, ended: datetime) -> datetime:
        """Most notes are signed within the hour, some the next morning, a few late."""
        draw = self.rng.random()
        days = 0 if draw < 0.78 else 1 if draw < 0.96 else 4
        wait = timedelta(minutes=self.rng.randint(10, 60)) if days == 0 else timedelta(days=days)
        return min(ended + wait, self.at)

    def _state(self, staff: Staff, signed_at: datetime) -> tuple[ContactState, datetime | None]:
        if staff.pk != self.cosigned.pk:
            return ContactState.SIGNED, None
        cosigned_at = signed_at + timedelta(days=2)
        if cosigned_at > self.at - timedelta(days=2):
            return ContactState.WAITING, None
        return ContactState.COSIGNED, cosigned_at

    def _goals(self, template: str) -> list[dict[str, str]]:
        return [{"words": self.rng.choice(words.GOALS[template]), "went": self.rng.choice(WENT), "note": ""}]

    def _present(self, care: Care, visit: Visit) -> list[Person]:
        """Who of them was there: of a household everybody, on the telephone one of them."""
        there = [one for one in care.clients if (one.client_since or visit.on) <= visit.on] or care.clients
        return there if visit.way.place == HOME.place else there[:1]

    def _tell(self, care: Care, contact: Contact, client: Person, staff: Staff, visit: Visit, seen: list[str]) -> None:
        facts = {
            "mode": contact.mode,
            "place": contact.place,
            "kind": contact.kind,
            "minutes": contact.minutes,
            "activities": [] if visit.attempted else [str(one) for one in visit.way.activities],
            "seen": seen,
            "late": contact.late,
            "state": str(contact.state),
            "next_step": contact.next_step,
            "next_on": contact.next_on.isoformat() if contact.next_on else "",
        }
        self._entry(
            care,
            client,
            staff,
            EntryKind.ATTEMPT if visit.attempted else EntryKind.CONTACT,
            contact.started_at,
            ("contact", contact.pk),
            TITLES[care.offer.template][contact.kind],
            contact.narrative,
            {name: value for name, value in facts.items() if value not in ("", False, [], None)},
            written_at=contact.signed_at,
            domains=contact.domains,
        )
        self._evidence(
            care,
            client,
            EventKind.CONTACT,
            visit.on,
            "contact",
            contact.pk,
            happened_at=contact.started_at,
            name=contact.kind,
            mode=contact.mode,
            place=contact.place,
            minutes=contact.minutes,
            activities=facts["activities"],
            seen=seen,
            attempted=visit.attempted,
            recorded_by=staff.pk,
        )

    def _promise(self, contact: Contact, staff: Staff, day: date) -> None:
        self._rows[Task].append(
            Task(
                id=promise_of(contact.pk),
                title=contact.next_step,
                client=contact.person,
                episode=contact.episode,
                owner=staff,
                due_on=day,
                remind_on=day,
                labels=contact.labels,
                made_by=staff.pk,
                made_at=contact.signed_at,
            )
        )

    def _entry(
        self,
        care: Care,
        client: Person,
        staff: Staff | None,
        kind: str,
        happened_at: datetime,
        source: tuple[str, UUID],
        title: str,
        text: str,
        facts: dict[str, Any],
        *,
        written_at: datetime | None = None,
        domains: Sequence[str] = (),
    ) -> None:
        self._rows[Entry].append(
            Entry(
                id=new_id(),
                kind=str(kind),
                person=client,
                episode=care.episode,
                actor=staff,
                happened_at=happened_at,
                written_at=written_at or min(happened_at, self.at),
                labels=care.episode.labels,
                source_kind=source[0],
                source_id=source[1],
                title=title,
                text=text,
                words=searchable(title, text),
                domains=list(domains),
                facts=facts,
            )
        )

    def _evidence(
        self, care: Care, client: Person, kind: EventKind, day: date, source: str, source_id: UUID, **more: Any
    ) -> None:
        self._rows[Evidence].append(
            Evidence(
                kind=kind.value,
                episode=care.episode,
                person=client,
                happened_on=day,
                source_kind=source,
                source_id=source_id,
                labels=care.episode.labels,
                recorded_at=min(_noon(day), self.at),
                **more,
            )
        )


def _called(care: Care) -> str:
    """How a worker names them in a note: the first name, of a family an adult's or the family."""
    grown = [one for one in care.clients if not is_child(one, care.episode.enrolled_on)]
    if care.episode.household_id is None or grown:
        return (grown or care.clients)[0].display_name.split()[0]
    return "the family"


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZONE)
