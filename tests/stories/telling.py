"""The words in which the stories are told. Each is a person of the agency who reads a page, or fills in its form and sends it.

Nothing here knows a rule: what is due, and why, is written in the story, worked out by hand from field-rules.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings
from django.test import Client

from goldthread.casework.caseload.tasks import tasks_follow_workers
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.tasks.tasks import look_again
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.clock import ZONE
from tests.stories.pages import Form, Page, around

NINE = "09:00"
WEEK = timedelta(days=7)
BUTTONS = ("Log", "Record", "Open", "Say why")
CHECKED = {"activity": ["Checked on a service"], "furnished": "Yes", "adequate": "Yes", "changed": "No"}
"""What is done on most visits: the three questions about services, and nothing is wrong."""


SAID = {
    "said-informed": "Family",
    "said-told_by": "His daughter",
    "said-family": "His daughter",
    "said-place": "Ohio",
    "said-offered": "Another worker",
    "said-way_back": "Call us",
}
"""What the ways out of those who died, moved or refused ask besides."""
LOST = ("Not found any more", "Ran away")


@dataclass
class Calendar:
    """``on("2026-01-15")``: it is nine in the morning of that day where the agency is. Nights between are the worker's."""

    now: datetime = datetime.min
    ticks: bool = False
    _traveller: Any = field(default=None, repr=False)

    def __call__(self, day: str, hour: str = NINE) -> None:
        self.stop()
        then = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=ZoneInfo(ZONE))
        while self.now.year > 1 and self.now + WEEK < then:
            self.now += WEEK
            self._worker_runs()
        self.now = then
        self._traveller = time_machine.travel(self.now, tick=self.ticks)
        self._traveller.start()
        self._worker_runs()

    def _worker_runs(self) -> None:
        """What it runs every few hours; here once a week that goes by, and each time somebody comes to work."""
        by = Actor(at=self.now, today=self.today, request="worker")
        for job in (tasks_follow_workers, look_again):
            job.func(by)

    @property
    def today(self) -> date:
        return self.now.date()

    def stop(self) -> None:
        """Back to the time of the machine."""
        if self._traveller:
            self._traveller.stop()
            self._traveller = None


@dataclass
class Worker:
    """Somebody of the agency at their screen."""

    staff: Staff
    calendar: Calendar = field(repr=False)
    page: Page = field(default_factory=lambda: Page("", ""), repr=False)
    form: Form | None = field(default=None, repr=False)
    _client: Client | None = field(default=None, repr=False)
    _signed_in: datetime = field(default=datetime.min, repr=False)

    # reading

    def opens(self, address: str) -> Page:
        """Any page, by its address; whoever may not is not there (``cannot_open``)."""
        answer = self._browser.get(address, follow=True)
        assert answer.status_code == 200, f"{address} answered {answer.status_code}"
        self.page = Page(answer.content.decode(), address)
        return self.page

    def opens_my_day(self) -> Page:
        return self.opens("/day/")

    def opens_brief(self, client: Person) -> Page:
        return self.opens(f"/clients/{client.pk}/")

    def opens_timeline(self, client: Person) -> Page:
        return self.opens(f"/clients/{client.pk}/timeline/")

    def opens_programs(self, client: Person) -> Page:
        return self.opens(f"/clients/{client.pk}/programs/")

    def opens_kept(self, client: Person) -> Page:
        """How the rules were kept: what was met, met late, missed, excused."""
        return self.opens(f"/clients/{client.pk}/tasks/kept/")

    def opens_team(self) -> Page:
        return self.opens("/team/")

    def reads_of(self, worker: "Worker", column: str) -> str:
        """On the team's page: what stands in *column* of the row of *worker*."""
        return self.opens_team().row(worker.name)[column]

    def opens_behind(self, worker: "Worker", what: str) -> Page:
        """The list behind a number of that row: *overdue*, *missed*, *unseen*."""
        address = f"/team/{worker.staff.pk}/{what}/"
        self.opens_team()
        assert f'href="{address}"' in self.page.whole
        return self.opens(address)

    def cannot_open(self, client: Person, tab: str = "") -> None:
        """For them there is no such page."""
        assert self._browser.get(f"/clients/{client.pk}/{tab}").status_code == 404

    def follows(self, words: str, in_line: str = "", under: str = "") -> Page:
        """The link called so, in the line with these words, under the heading that begins so."""
        links = [line.links[words] for line in self.page.saying(in_line, under=under) if words in line.links]
        assert links, f"No link {words!r} in a line with {in_line!r}:\n{self.page}"
        return self.opens(links[0])

    def sees(self, *pieces: str, under: str = "") -> None:
        """One line of the page says all of it."""
        assert self.page.saying(*pieces, under=under), f"{pieces} is not under {under!r}:\n{self.page}"

    def does_not_see(self, *pieces: str, under: str = "") -> None:
        """No line says all of it."""
        found = self.page.saying(*pieces, under=under)
        assert not found, f"{pieces}: {[line.words for line in found]}"

    def finds_nowhere(self, *words: str, of: Sequence[Person] = ()) -> None:
        """Neither in the words nor in the source of any page of theirs: of these clients, of the day, of the list."""
        for address in self._places(of):
            told = self._browser.get(address, follow=True).content.decode()
            if address.startswith("/clients/?"):  # the menus of its filters are the same for every client
                told = re.sub(r"<select.*?</select>", "", told, flags=re.DOTALL)
            for word in words:
                assert word.lower() not in told.lower(), f"{word} on {address}: {around(told, word)}"

    def sees_due(self, client: Person, expected: dict[str, str]) -> None:
        """All that is open about *client*, and by when: exactly this."""
        self.opens(f"/clients/{client.pk}/tasks/")
        lines = [line.words.split(" · ") for line in self.page.saying(under="What is due")]
        found = {said[0]: said[-2] for said in lines if said[-1] in BUTTONS}
        assert found == expected, f"{found}\n{self.page}"

    # writing

    def enrols(self, client: Person, program: str, *, worker: "Worker", **more: Any) -> None:
        self._sends(f"/clients/{client.pk}/programs/enroll/", "enrolled_on", program=program, staff=worker.name, **more)

    def writes_a_note(self, client: Person, how: str, *, task: str = "", **more: Any) -> None:
        """The composer, opened from the *task* of that title on My day, or from the client's page; not signed yet."""
        if task:
            self.opens(f"/day/?text={client.display_name}&bucket={self._bucket(client, task)}")
            self.follows("Log", f"{client.display_name} · {task}")
        else:
            self.opens(f"/clients/{client.pk}/note/")
        self.form = self.page.form_with("narrative")
        said: dict[str, Any] = {"how": how, "day": self.calendar.today.isoformat(), "narrative": "We talked."}
        self.form.fill(**said | ({} if "activity" in more else CHECKED) | more)

    def reads_what_signing_does(self) -> Page:
        """The panel *When you sign*."""
        assert self.form
        answer = self._browser.post(self.form.ahead, self.form.values)
        self.page = Page(f"<h2>When you sign</h2>{answer.content.decode()}", "ahead")
        return self.page

    def signs(self) -> None:
        assert self.form
        self._post(self.form, self.form.action, "Sign note")

    def is_refused(self, words: str) -> None:
        """Signing says why not, and keeps what was typed."""
        assert self.form
        sent = self.form.values | {"do": ["sign"]}
        answer = self._browser.post(self.form.action, sent)
        assert answer.status_code == 422
        self.page = Page(answer.content.decode(), self.form.action)
        self.sees(words)

    def writes_and_signs(self, client: Person, how: str, **more: Any) -> None:
        self.writes_a_note(client, how, **more)
        self.signs()

    def records(self, client: Person, kind: str, on: str = "", **more: Any) -> None:
        """What was done elsewhere: *kind* in the page's words, on the day *on* (today)."""
        done_on = on or self.calendar.today.isoformat()
        self._sends(f"/clients/{client.pk}/elsewhere/", "done_on", kind=kind, done_on=done_on, **more)

    def cannot(self, client: Person, task: str, reason: str, **more: str) -> None:
        """*It can't be done*, or *why it was missed*, with one of the reasons that the page offers."""
        self._opens_task(client, task)
        form = self.page.form_with("do", "cannot")
        form.fill(reason=reason, **more)
        self._post(form, self.page.address)

    def is_refused_to_say_why(self, client: Person, task: str, reason: str, words: str) -> None:
        """The reason is not taken, and the page says what is missing."""
        self._opens_task(client, task)
        form = self.page.form_with("do", "cannot")
        form.fill(reason=reason)
        answer = self._browser.post(self.page.address, form.values)
        assert answer.status_code == 422
        assert words in answer.content.decode()

    def ticks_off(self, client: Person, task: str) -> None:
        """*It is done*: a task that a person made."""
        self._opens_task(client, task)
        self._post(self.page.form_with("do", "done"), self.page.address)

    def asks_somebody_else(self, client: Person, task: str, to: "Worker") -> None:
        self._opens_task(client, task)
        form = self.page.form_with("do", "give")
        form.fill(to=to.name)
        self._post(form, self.page.address)

    def transfers(self, client: Person, program: str, to: "Worker", **more: Any) -> None:
        self._manages(client, program, "Transfer", "to_staff", to_staff=to.name, **more)

    def pauses(self, client: Person, program: str, reason: str, **more: Any) -> None:
        self._manages(client, program, "Pause", "starts_on", reason=reason, **more)

    def resumes(self, client: Person, program: str, **more: Any) -> None:
        self._manages(client, program, "Go on", "on", **more)

    def discharges(self, client: Person, program: str, reason: str, **more: Any) -> None:
        """Through the whole way out: why, the summary as the record has it, what is open settled one by one, and signed. Where the
        program asks for a second person, that one ``reads_and_ends``."""
        page = self.opens_programs(client)
        begins = [line.links["Discharge"] for line in page.saying(under=program) if "Discharge" in line.links]
        self.opens(begins[0] if begins else f"/clients/{client.pk}/way-out/")  # the tab of whoever prepares it
        form = self.page.form_with("episode")
        self._post(form, self.page.address)
        here = form.action.replace("begin/", f"{WayOut.objects.get(state='open', person=client).pk}/")
        for _page in range(2):  # the second time with what the way of that reason asks besides
            self.opens(here)
            form = self.page.form_with("last_day")
            form.fill(reason=reason, **{name: value for name, value in more.items() if name in form.values})
            form.fill(**{name: value for name, value in SAID.items() if name in form.values or name in form.choices})
            self._post(form, here)
        self.opens(f"{here}summary/")
        form = self.page.form_with("t-why")
        form.fill(**({"t-why": more["note"]} if "note" in more else {}))
        self._post(form, form.action or f"{here}summary/")
        while (form := self.opens(f"{here}settle/").form_if("decision")) is not None:
            first = next(iter(form.choices["decision"].values()))
            form.fill(decision=first, words="Everybody was told")
            self._post(form, form.action)
        if reason in LOST:
            form = self.opens(here).form_with("override")
            form.fill(override="Everybody looked")
            self._post(form, here)
        self.opens(f"{here}sign/")
        self._post(self.page.form_with("shown"), f"{here}sign/")

    def reads_and_ends(self, client: Person) -> None:
        """The second person: what somebody else signed is read, and the episode ends."""
        self.opens(f"/clients/{client.pk}/way-out/")
        self.follows("Open the summary")
        self.presses("End the episode")
        self.sees("Discharged.")

    def takes_down_a_call(self, **said: Any) -> None:
        """A new inquiry, with what the caller says."""
        self.opens("/inquiries/new/")
        form = self.page.form_with("given")
        form.fill(**said)
        self._post(form, form.action, "Save")

    def presses(self, button: str, **values: Any) -> None:
        """A button of the page that is open, with what is written into its form."""
        form = next((form for form in self.page.forms if button in form.buttons), None)
        assert form, f"There is no button {button!r}:\n{self.page}"
        form.fill(**values)
        self._post(form, form.action or self.page.address, button)

    def is_away(self, until: str, colleague: "Worker") -> None:
        """From today *until* that day; the colleague covers."""
        days = {"starts_on": self.calendar.today.isoformat(), "ends_on": until}
        self._sends("/cover/", "colleague", colleague=colleague.name, **days)

    # how

    @property
    def name(self) -> str:
        return self.staff.name

    @property
    def ticket(self) -> str:
        """The cookie with which another browser is signed in, too."""
        return self._browser.cookies[settings.SESSION_COOKIE_NAME].value

    @property
    def _browser(self) -> Client:
        if self._client is None or self._signed_in != self.calendar.now:
            self._client, self._signed_in = browser(self.staff), self.calendar.now
        return self._client

    def _sends(self, address: str, field_of_it: str, /, **values: Any) -> None:
        self.opens(address)
        form = self.page.form_with(field_of_it)
        form.fill(**values)
        self._post(form, address)

    def _post(self, form: Form, address: str, button: str = "") -> None:
        sent: dict[str, Any] = dict(form.values)
        if button:
            name, value = form.buttons[button]
            sent[name] = [value]
        answer = self._browser.post(form.action or address, sent, follow=True)
        self.page = Page(answer.content.decode(), form.action or address)
        assert answer.status_code == 200, f"{answer.status_code}:\n{self.page}"

    def _manages(self, client: Person, program: str, button: str, field_of_it: str, /, **values: Any) -> None:
        """A button of the program's card on the client's page."""
        self.opens_programs(client)
        self.follows(button, under=program)
        form = self.page.form_with(field_of_it)
        form.fill(**values)
        self._post(form, self.page.address)

    def _opens_task(self, client: Person, task: str) -> None:
        self.opens(f"/clients/{client.pk}/tasks/")
        self.follows(task, task)

    def _bucket(self, client: Person, task: str) -> str:
        """Under which heading of My day it stands; *later* is a page of its own."""
        page = self.opens(f"/day/?text={client.display_name}")
        return "" if page.saying(f"{client.display_name} · {task}") else "later"

    def _places(self, clients: Sequence[Person]) -> Iterator[str]:
        yield from ("/day/", "/day/?bucket=later", "/day/print/", "/notices/", "/calendar/")
        yield "/clients/?whose=all&column=program&column=worker&column=team"
        for client in clients:
            for tab in (
                "",
                "timeline/",
                "tasks/",
                "programs/",
                "calendar/",
                "history/",
                "note/",
                "circle/",
                "details/",
            ):
                yield f"/clients/{client.pk}/{tab}"
