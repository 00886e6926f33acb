"""The words of the stories in which something is assessed and planned: one worker, one client, page by page."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from goldthread.casework.assessments.shipped import install_shipped
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.enums import RelationshipKind
from goldthread.people.persons.models import Person, Relationship
from tests.stories.conftest import LONG_AGO_AT
from tests.stories.pages import Form, Page, tidy
from tests.stories.telling import Worker

Lines = dict[str, str]


def instruments_are_there() -> None:
    """What is shipped has been in use since long ago."""
    install_shipped(by=Actor(at=LONG_AGO_AT, today=date(2020, 1, 6)))


def is_to(person: Person, other: Person, kind: RelationshipKind, back: RelationshipKind) -> None:
    """*other* is the *kind* of *person*, and *person* the *back* of *other*."""
    pair = uuid4()
    Relationship.objects.create(pair=pair, person=person, other=other, kind=kind)
    Relationship.objects.create(pair=pair, person=other, other=person, kind=back)


@dataclass
class Desk:
    """A worker with one client's papers before them."""

    worker: Worker
    client: Person

    @property
    def at(self) -> str:
        return f"/clients/{self.client.pk}/"

    def opens(self, tab: str = "") -> Page:
        return self.worker.opens(self.at + tab)

    def sees(self, *pieces: str, under: str = "") -> None:
        self.worker.sees(*pieces, under=under)

    def is_told(self, form: Form, status: int) -> Page:
        """Send it, and read what keeps it from being saved."""
        answer = self.worker._browser.post(form.action or self.worker.page.address, form.values)
        assert answer.status_code == status, f"{answer.status_code}:\n{Page(answer.content.decode(), form.action)}"
        self.worker.page = Page(answer.content.decode(), form.action)
        return self.worker.page

    def presses(self, form: Form, button: str = "") -> Page:
        """Send it; what the worker then reads."""
        self.worker._post(form, self.worker.page.address, button)
        return self.worker.page

    def fills(self, tab: str, field: str, button: str = "", /, **values: Any) -> Page:
        """The form with *field* on that page, filled in and sent."""
        form = self.opens(tab).form_with(field)
        form.fill(**values)
        return self.presses(form, button)

    # what was found, what is needed

    def begins(self, title: str) -> Form:
        """A new sheet of the instrument called so."""
        form = self.opens("assessments/new/").form_with("instrument")
        form.fill(instrument=title)
        return self.presses(form).form_with("seen")

    def assesses(self, title: str, answers: Lines) -> Page:
        """Answer by linkId, in the words of the sheet; sign."""
        form = self.begins(title)
        form.fill(**{f"a:{link}": said for link, said in answers.items()})
        return self.presses(form, "Sign")

    def accepts_need(self, words: str) -> None:
        """What an assessment suggests becomes a need."""
        page = self.opens("needs/")
        at = next(n for n, one in enumerate(page.forms) if any(name.endswith(words) for name in one.buttons))
        self.presses(page.forms[at])

    # the plan

    def begins_plan(self) -> None:
        self.presses(self.opens("plan/").form_with("episode"))

    @property
    def plan(self) -> str:
        """Where the version on the page is changed, below the client's address."""
        return self._named(r"plan/([0-9a-f-]+)/(?:part|new|ask|sign|print|back|withdraw)")

    @property
    def of_plan(self) -> str:
        """Where the plan itself is decided about: reviewed, amended."""
        return self._named(r"plan/([0-9a-f-]+)/(?:review|amend)/")

    def _named(self, pattern: str) -> str:
        found = re.search(self.at + pattern, self.opens("plan/").whole)
        assert found, self.worker.page
        return f"plan/{found[1]}/"

    def writes(self, **parts: str) -> None:
        """Parts of the plan that are text, each where it stands."""
        plan = self.plan
        for key, text in parts.items():
            self.fills(f"{plan}part/{key}/", "text", text=text)

    def adds(self, kind: str, **values: Any) -> str:
        """A line of that kind; its id."""
        plan = self.plan
        form = self.opens(f"{plan}new/{kind}/" + (f"?goal={values['goal']}" if "goal" in values else "")).form_with(
            "seen"
        )
        form.fill(**values)
        self.presses(form)
        return form.values["form_id"][0]

    def asks_to_sign(self, *names: str) -> None:
        """Ask exactly these, whatever is proposed."""
        form = self.opens(f"{self.plan}ask/").form_with("who")
        offered = form.choices["who"]
        form.values["who"] = [
            next(value for words, value in offered.items() if words.startswith(name)) for name in names
        ]
        self.presses(form, "Ask for signatures")

    def signs(self, name: str) -> None:
        """Somebody signs on the worker's device, by typing their name."""
        self._sign(self.opens("plan/"), name)

    def signs_of(self, version: str, name: str) -> None:
        """The same, of a version that is not the one in force."""
        self._sign(self.opens(f"plan/?v={version.split('/')[1]}"), name)

    def _sign(self, page: Page, name: str) -> None:
        found = re.findall(rf'href="([^"]*/sign/[0-9a-f-]+/)">(?:(?!</a>).)*: {name}<', page.whole)
        assert found, f"{name} is not asked:\n{page}"
        form = self.worker.opens(found[0]).form_with("how")
        form.fill(how="Type the name", typed=name)
        self.presses(form, "Sign")

    def approves(self) -> None:
        """As the supervisor."""
        self.presses(next(one for one in self.opens("plan/").forms if one.action.endswith("/approve/")))

    def reviews(self) -> None:
        """Begin the review."""
        self.presses(next(one for one in self.opens("plan/").forms if one.action.endswith("/review/")))

    def says_of(self, goal: str, answer: str, why: str = "") -> None:
        """What the review says of a goal."""
        self.fills(f"{self.plan}goals/{goal}/review/", "answer", answer=answer, why=why)

    def thread_says(self, *pieces: str, printed: bool = False) -> str:
        """All of it stands on the thread's page, or on the sheet that is printed; its words."""
        page = self.opens("thread/" + ("?print=1" if printed else ""))
        words = tidy(" ".join(line.words for line in page.lines).replace(" · ", " "))
        for piece in pieces:
            assert piece in words, f"{piece!r} is not on:\n{page}"
        return words

    def says_of_service(self, words: str, **days: str) -> None:
        """What became of the first service on the page, which is called so."""
        page = self.opens("plan/")
        assert words in page.whole, page
        found = re.search(r'href="([^"]*/plan/services/[0-9a-f-]+/)"', page.whole)
        assert found, page
        form = self.worker.opens(found[1]).form_with("confirmed_on")
        form.fill(**days)
        self.presses(form)

    def closes_need(self, words: str, state: str, reason: str) -> None:
        """A need is met, put off or not wanted."""
        page = self.opens("needs/")
        links = {said: to for line in page.lines for said, to in line.links.items() if "/close/" in to}
        form = self.worker.opens(next(to for said, to in links.items() if words in said)).form_with("state")
        form.fill(state=state, reason=reason)
        self.presses(form)
