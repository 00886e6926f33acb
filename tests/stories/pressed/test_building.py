"""The builder of instruments, a file that is brought, needs and skills, button by button, as ``./test --full`` presses them in Chromium."""

import pytest
from django.urls import reverse

from goldthread.casework.imports.models import Import
from goldthread.casework.needs.models import Need
from goldthread.casework.skills.models import SkillStep
from goldthread.foundation.agency.models import Team
from goldthread.foundation.workforce.enums import Role
from tests.doors.web.clients.people import client_of
from tests.doors.web.imports.test_pages import checked
from tests.doors.web.instruments.test_building import built, do, draft, items
from tests.doors.web.needs.test_needs_pages import need
from tests.doors.web.skills.test_skills_pages import step
from tests.stories.conftest import somebody
from tests.stories.telling import Calendar, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def ada(team: Team, on: Calendar) -> Worker:
    """An administrator."""
    return somebody("Ada Byron", on, Role.ADMINISTRATOR, team)


def presses(worker: Worker, value: str) -> None:
    """The button that says *value* to the server, or begins so."""
    found = [
        (form, words) for form in worker.page.forms for words, said in form.buttons.items() if said[1].startswith(value)
    ]
    form, words = found[0]
    worker._post(form, form.action or worker.page.address, words)


def test_questions_are_moved_and_taken_out(ada: Worker) -> None:
    built(ada._browser)
    page = f"{reverse('instruments:build', args=[draft().pk])}?item="
    for what, item, then in (
        ("down", "q1", ["q2", "q1"]),
        ("up", "q1", ["q1", "q2"]),
        ("copy", "q1", ["q1", "q3", "q2"]),
        ("remove", "q3", ["q1", "q2"]),
    ):
        ada.opens(page + item)
        presses(ada, what)
        assert items() == then, what
    do(ada._browser, "add", "q2", type="group", text="About it")
    do(ada._browser, "add", "q3", type="boolean", text="Warm?")
    last = draft().content["item"][-1]["linkId"]
    ada.opens(page + last)
    presses(ada, "in")
    assert last not in items()
    ada.opens(page + last)
    presses(ada, "out")
    assert last in items()


def test_rows_of_a_question(ada: Worker) -> None:
    built(ada._browser)
    page = f"{reverse('instruments:build', args=[draft().pk])}?item="
    for row, first in (("options:up:1", "There"), ("options:down:0", "There"), ("options:out:0", "There")):
        ada.opens(page + "q1")
        presses(ada, row)
        assert ada.page.form_with("options-0-text").values["options-0-text"] == [first], row
    ada.opens(page + "q2")
    presses(ada, "conditions:more")
    ada.page.form_with("conditions-0-question").fill(**{"conditions-0-question": "q1"})
    presses(ada, "conditions:look")
    assert "There" in ada.page.whole
    do(ada._browser, "add", "q2", type="quantity", text="How heavy?")
    ada.opens(page + draft().content["item"][-1]["linkId"])
    presses(ada, "units:more")
    assert "units-0-" in ada.page.whole


def test_an_instrument_is_named_scored_used_and_thrown_away(ada: Worker) -> None:
    built(ada._browser)
    pk = draft().pk
    ada.opens(reverse("instruments:about", args=[pk]))
    title = next(name for form in ada.page.forms for name in form.values if name.endswith("title"))
    ada.presses("Save", **{title: "Housing check, new"})
    assert "Housing check, new" in ada.opens(reverse("instruments:about", args=[pk])).whole
    scores = reverse("instruments:scores", args=[pk])
    ada.opens(f"{scores}?new=1")
    presses(ada, "bands:more")
    assert "bands-1-low" in ada.page.whole or "bands-2-low" in ada.page.whole
    ada.opens(reverse("instruments:instrument", args=[draft().instrument.key]))
    ada.presses(next(words for form in ada.page.forms for words in form.buttons if words.startswith("Throw away")))


def test_a_list_and_rules(ada: Worker) -> None:
    built(ada._browser)
    pk = draft().pk
    lists = reverse("instruments:lists", args=[pk])
    ada.opens(f"{lists}?new=1")
    presses(ada, "options:lines")
    ada.page.form_with("options-lines").fill(**{"options-lines": "Bus | 1\nTram | 2"})
    presses(ada, "options:rows")
    assert ada.page.form_with("options-1-text").values["options-1-text"] == ["Tram"]
    ada.page.form_with("l-title").fill(**{"l-title": "Ways"})
    ada.presses("Save")
    assert draft().content["contained"][0]["id"] == "ways"
    ada.opens(f"{lists}?list=ways")
    ada.presses("Take out")
    assert "contained" not in draft().content
    ada.opens(reverse("instruments:rules", args=[pk]))
    presses(ada, "variables:more")
    presses(ada, "constraints:more")
    named = {"variables-0-name": "one", "variables-0-expression": "1"}
    ada.page.form_with("variables-0-name").fill(
        **named, **{"constraints-0-expression": "%one = 1", "constraints-0-says": "It is one."}
    )
    ada.presses("Save")
    assert len(draft().content["extension"]) == 2


def test_what_a_group_writes_is_taken_out(ada: Worker) -> None:
    built(ada._browser)
    do(ada._browser, "add", "q2", type="group", text="Medicines")
    facts = f"{reverse('instruments:facts', args=[draft().pk])}?group=g1"
    ada.opens(f"{facts}&kind=medicine")
    ada.presses("Save")
    assert draft().content["item"][-1]["extension"]
    ada.opens(f"{facts}&kind=medicine")
    ada.presses("Take out")
    assert "extension" not in draft().content["item"][-1]
    row = draft()
    strange = {"url": "urn:goldthread:fact", "extension": [{"url": "kind", "valueCode": "colour"}]}
    row.content["item"][-1]["extension"] = [strange]
    row.save(update_fields=["content"])
    ada.opens(facts)
    ada.presses("Take out: colour")
    assert "extension" not in draft().content["item"][-1]


def test_what_is_like_somebody_known_is_decided_at_once(ines: Worker, renee: Worker) -> None:
    file = b"Client,Born\nAna Ortiz,3/4/61\nAna Ortiz,3/4/61\nBo Lee,5/6/70\n"
    run = checked(ines._browser, file)
    here = f"/imports/{run.pk}/"
    ines.opens(here)
    for words in ("Same as another row: one client each", "All others are new people"):
        if any(words in form.buttons for form in ines.page.forms):
            ines.presses(words)
            ines.opens(here)
    ines._browser.get(here)
    ines._browser.post(f"{here}give-up/", {})
    assert Import.objects.get().state == "given_up"


def test_needs_in_their_order_and_a_step_taken_back(renee: Worker, team: Team) -> None:
    dana = client_of(renee.staff, team, given="Dana", family="Kim")
    bed, job = need(dana, renee.staff, "Bed", rank=1), need(dana, renee.staff, "Job", rank=2)
    order = [str(bed.pk), str(job.pk)]
    renee._browser.get(f"/clients/{dana.pk}/needs/")
    renee._browser.post(f"/clients/{dana.pk}/needs/order/", {"order": order, "move": f"down:{bed.pk}"})
    job.refresh_from_db()
    assert job.rank == 1
    Need.objects.filter(pk=bed.pk).update(state="declined", reason="Wants to stay")
    renee.opens(f"/clients/{dana.pk}/needs/")
    renee.presses("Open again: Bed")
    bed.refresh_from_db()
    assert bed.state == "open"
    step(dana, renee.staff, 4, 1)
    renee.opens(f"/clients/{dana.pk}/skills/")
    renee.presses(next(words for form in renee.page.forms for words in form.buttons if words.startswith("Take back")))
    renee.opens(f"/clients/{dana.pk}/skills/")
    assert "Seen 4" not in renee.page.whole
    assert SkillStep.objects.count() == 1
