"""Building an instrument over HTTP: questions, conditions, scores, the check, putting it in use, trying it out."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.enums import MadeBy
from goldthread.casework.assessments.models import InstrumentVersion
from goldthread.casework.assessments.queries.instruments import version_in_use
from goldthread.casework.assessments.rules.packs import read_pack
from goldthread.casework.assessments.shipped import shipped
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from tests.access.world import browser
from tests.casework.assessments.asking import TODAY
from tests.factories import AT, AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def web() -> Client:
    AgencyFactory()
    return browser(StaffFactory(role=Role.ADMINISTRATOR))


def begun(web: Client, title: str = "Housing check") -> InstrumentVersion:
    sent = {"form_id": str(new_id()), "title": title, "language": "en"}
    led = web.post(reverse("instruments:new"), sent)
    assert led.status_code == 302, led.content.decode()
    return draft()


def draft() -> InstrumentVersion:
    return InstrumentVersion.objects.get(state="draft")


def do(web: Client, what: str, item: str = "", **more: str) -> Any:
    return web.post(
        reverse("instruments:do", args=[draft().pk]), {"form_id": str(new_id()), "do": what, "item": item, **more}
    )


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found
    return found.group(1)


def ticked(text: str) -> list[str]:
    """The questions that count, on the page of a score."""
    return re.findall(r'name="item" value="(\w+)" checked', text)


def save(web: Client, item: str, **sent: Any) -> Any:
    page = f"{reverse('instruments:build', args=[draft().pk])}?item={item}"
    kind = next(one["type"] for one in draft().content["item"] if one["linkId"] == item)
    return web.post(page, {"form_id": str(new_id()), "edit": draft().edit, "i-type": kind, "i-link_id": item, **sent})


def test_a_scored_instrument_is_built_checked_used_and_tried(web: Client) -> None:
    begun(web)
    do(web, "add", type="choice", text="Where did you sleep last night?")
    options = {"options-n": 3}
    for n, (words, weight) in enumerate((("At home", "0"), ("With friends", "1"), ("Outside", "2"))):
        options |= {f"options-{n}-text": words, f"options-{n}-weight": weight}
    led = save(web, "q1", **{"i-text": "Where did you sleep?", "i-text2": "¿Dónde durmió?"}, **options)
    assert led.status_code == 302, led.content.decode()
    do(web, "add", "q1", type="boolean", text="Is it safe there?")
    condition = {
        "conditions-n": 1,
        "conditions-0-question": "q1",
        "conditions-0-operator": "=",
        "conditions-0-answer": "outside",
    }
    assert save(web, "q2", **{"i-text": "Is it safe there?"}, **condition).status_code == 302
    scores = reverse("instruments:scores", args=[draft().pk])
    score = {
        "form_id": str(new_id()),
        "edit": draft().edit,
        "s-title": "Risk",
        "s-method": "sum",
        "s-missing": "none",
        "item": "q1",
    }
    bands = {"bands-n": 2, "bands-0-low": "0", "bands-0-high": "0", "bands-0-label": "Low", "bands-0-severity": "0"}
    bands |= {"bands-1-low": "1", "bands-1-high": "2", "bands-1-label": "High", "bands-1-severity": "4"}
    bands |= {"bands-1-domain": "housing", "bands-1-strength": "3"}
    none = {name: value for name, value in score.items() if name != "item"}
    every = web.post(f"{scores}?new=1", {**none, **bands, "do": "item:all"}).content.decode()
    assert ticked(every) == ["q1", "q2"]  # one press; nothing is saved by it, and what was typed stays
    assert "item:none" in every
    assert ticked(web.post(f"{scores}?new=1", {**score, **bands, "do": "item:none"}).content.decode()) == []
    led = web.post(f"{scores}?new=1", {**score, **bands})
    assert led.status_code == 302, led.content.decode()
    content = draft().content
    assert [one["linkId"] for one in content["item"]] == ["q1", "q2"]
    assert content["item"][1]["enableWhen"] == [
        {"question": "q1", "operator": "=", "answerCoding": {"code": "outside", "display": "Outside"}}
    ]
    checked = web.get(reverse("instruments:check", args=[draft().pk])).content.decode()
    assert "It can be put in use" in checked
    tried = web.post(
        reverse("instruments:preview", args=[draft().pk]), {"a:q1": "outside", "do": "try"}
    ).content.decode()
    assert "High" in tried
    assert "Housing" in tried
    web.post(reverse("instruments:use", args=[draft().pk]), {"edit": hidden(checked, "edit")})
    used = version_in_use("housing-check")
    assert used is not None
    assert not used.steps.exists()
    file = web.get(reverse("instruments:file", args=[used.pk])).content
    assert json.loads(file) == content
    assert [one.title.plain for one in read_pack("housing-check.json", file)] == ["Housing check"]


def built(web: Client) -> InstrumentVersion:
    """Two questions: a choice and a yes or no."""
    begun(web)
    do(web, "add", type="choice", text="Where?")
    do(web, "add", "q1", type="boolean", text="Safe?")
    sent = {
        "options-n": 2,
        "options-0-text": "Here",
        "options-0-weight": "0",
        "options-1-text": "There",
        "options-1-weight": "1",
    }
    save(web, "q1", **{"i-text": "Where?"}, **sent)
    return draft()


def items() -> list[str]:
    return [one["linkId"] for one in draft().content["item"]]


def test_moved_copied_taken_out_and_taken_back(web: Client) -> None:
    built(web)
    do(web, "down", "q1")
    assert items() == ["q2", "q1"]
    twice = {"form_id": str(new_id()), "do": "copy", "item": "q1"}
    for _click in range(2):
        web.post(reverse("instruments:do", args=[draft().pk]), twice)
    assert items() == ["q2", "q1", "q3"]
    seen = draft().edit
    save(web, "q3", **{"i-text": "Anew"})
    do(web, "remove", "q3", edit=str(seen))
    assert items() == ["q2", "q1", "q3"], "somebody changed it meanwhile"
    do(web, "remove", "q3", edit=str(draft().edit))
    assert items() == ["q2", "q1"]
    page = web.get(reverse("instruments:build", args=[draft().pk])).content.decode()
    assert "taken out: q3" in page
    web.post(reverse("instruments:back", args=[draft().pk]), {"form_id": str(new_id()), "step": hidden(page, "step")})
    assert items() == ["q2", "q1", "q3"]
    led = do(web, "up", "q2")
    assert led.headers["Location"].endswith("?item=q2#do-up"), "a page that comes whole is read on from the button"
    assert items() == ["q2", "q1", "q3"], "it is the first"
    do(web, "in", "q1")
    assert [one["linkId"] for one in draft().content["item"][0]["item"]] == ["q1"]


def test_rows_are_added_and_moved_without_a_script_and_nothing_is_saved(web: Client) -> None:
    built(web)
    before = draft().edit
    sent = {"options-n": 2, "options-0-text": "One", "options-0-weight": "x", "options-1-text": "Two"}
    text = save(web, "q1", **{"i-text": "Typed", "do": "options:down:0"}, **sent).content.decode()
    assert re.search(r'name="options-0-text" value="Two"', text)
    assert re.search(r'name="options-1-weight" value="x"', text)
    assert "Typed" in text
    assert "Not saved yet" not in text
    assert draft().edit == before
    text = save(web, "q2", **{"i-text": "Safe?", "do": "conditions:more"}).content.decode()
    assert 'name="conditions-0-question"' in text
    chosen = {"conditions-n": 1, "conditions-0-question": "q1", "conditions-0-operator": "=", "do": "conditions:look"}
    text = save(web, "q2", **{"i-text": "Safe?"}, **chosen).content.decode()
    assert '<option value="there">There</option>' in text


def test_two_tabs_the_loser_sees_the_difference_and_nothing_typed_is_lost(web: Client) -> None:
    built(web)
    seen = draft().edit
    save(web, "q2", **{"i-text": "Theirs", "i-prefix": "2."})
    late = save(web, "q2", **{"i-text": "Mine", "edit": seen, "i-required": "on", "i-link_id": "safe"})
    text = late.content.decode()
    assert late.status_code == 409
    assert "Theirs" in text
    assert re.search(r'name="i-link_id" value="safe"', text)
    assert re.search(r"<textarea[^>]*name=\"i-text\"[^>]*>\s*Mine</textarea>", text)
    assert re.search(r'name="i-required"[^>]*checked', text)
    assert re.search(r'name="i-prefix" value="2\."', text), "what only they changed is theirs"
    assert draft().content["item"][1]["text"] == "Theirs"
    again = save(web, "q2", **{"i-text": "Mine", "i-prefix": "2.", "i-required": "on", "edit": hidden(text, "edit")})
    assert again.status_code == 302
    assert draft().content["item"][1] == {
        "linkId": "q2",
        "type": "boolean",
        "text": "Mine",
        "prefix": "2.",
        "required": True,
    }
    seen = draft().edit
    save(web, "q1", **{"i-text": "Where now?"})
    assert save(web, "q2", **{"i-text": "Mine", "i-prefix": "3.", "i-required": "on", "edit": seen}).status_code == 302


def test_too_late_and_gone_keep_what_was_typed(web: Client) -> None:
    pk = built(web).pk
    page = reverse("instruments:build", args=[pk])
    do(web, "remove", "q2", edit=str(draft().edit))
    gone = web.post(f"{page}?item=q2", {"form_id": str(new_id()), "i-type": "boolean", "i-text": "Typed long"})
    assert gone.status_code == 422
    assert "Typed long" in gone.content.decode()
    web.post(reverse("instruments:use", args=[pk]))
    late = web.post(f"{page}?item=q1", {"form_id": str(new_id()), "i-type": "choice", "i-text": "Typed longer"})
    assert late.status_code == 422
    assert "Typed longer" in late.content.decode()
    assert "Edit it as a new version" in late.content.decode()
    assert web.get(page).headers["Location"] == reverse("instruments:instrument", args=["housing-check"])
    assert InstrumentVersion.objects.get().content["item"][0]["text"] == "Where?"


def test_an_expression_that_cannot_be_read_is_told_at_once_and_one_that_fails_at_its_item(web: Client) -> None:
    built(web)
    broken = save(web, "q2", **{"i-text": "Safe?", "i-enable_expression": "%resource.item.where("})
    assert broken.status_code == 422
    assert "%resource.item.where(" in broken.content.decode()
    assert save(web, "q2", **{"i-text": "Safe?", "i-enable_expression": "%nobody = 1"}).status_code == 302
    page = f"{reverse('instruments:build', args=[draft().pk])}?item=q2"
    assert "%nobody is not known" in web.get(page).content.decode()
    checked = web.get(reverse("instruments:check", args=[draft().pk])).content.decode()
    assert page.replace("&", "&amp;") in checked
    assert "Put in use" not in checked
    web.post(reverse("instruments:use", args=[draft().pk]))
    assert draft().state == "draft"
    tried = web.get(reverse("instruments:preview", args=[draft().pk])).content.decode()
    assert "Left out until it is put right" in tried
    assert "Where?" in tried


def test_nonsense_is_answered_with_words(web: Client) -> None:
    built(web)
    page = f"{reverse('instruments:build', args=[draft().pk])}?item=q1"
    long = "x" * 50_000
    nonsense = {
        "i-type": "nothing",
        "i-text": long,
        "edit": "٣",
        "options-n": "99999999",
        "options-0-weight": "1e999",
        "form_id": "no",
    }
    assert web.post(page, nonsense).status_code == 422
    assert web.post(page, {"do": "options:up:99999999999", "options-n": "-1"}).status_code == 200
    assert save(web, "q1", **{"i-text": "<script>alert(1)</script>"}).status_code == 302
    assert "has a script in its words" in web.get(page).content.decode()
    assert (
        web.post(
            page, {**nonsense, "edit": draft().edit, "i-type": "choice", "i-text": "Q", "i-link_id": "q2"}
        ).status_code
        == 422
    )
    for what in ("add", "in", "fly", "copy", "remove"):
        sent = {"do": what, "item": "gone", "type": "nothing", "where": "nowhere", "text": long}
        assert web.post(reverse("instruments:do", args=[draft().pk]), sent).status_code == 302
    assert web.post(reverse("instruments:back", args=[draft().pk]), {"step": "x"}).status_code == 302
    scores = reverse("instruments:scores", args=[draft().pk])
    bad = {"s-title": "T", "s-method": "fly", "item": "gone", "bands-n": 1, "bands-0-low": "NaN", "bands-0-label": "x"}
    assert web.post(f"{scores}?new=1", bad).status_code == 422
    assert web.get(f"{scores}?score=gone").status_code == 302
    assert web.get(f"{reverse('instruments:build', args=[draft().pk])}?item=gone").status_code == 302
    assert draft().content["item"][0]["linkId"] == "q1"


def test_a_shipped_one_is_made_our_own(web: Client) -> None:
    content = next(one.content for one in shipped() if one.key == "hunger-vital-sign")
    by = Actor(at=AT, today=TODAY)
    used = actions.put_in_use(version=actions.install(content=content, made_by=MadeBy.SHIPPED, by=by), by=by)
    page = reverse("instruments:anew", args=[used.pk])
    sent = {"form_id": str(new_id()), "title": "Food check", "key": "food-check"}
    asked = web.post(page, sent)
    assert asked.status_code == 422
    assert "Say that your agency may change it." in asked.content.decode()
    assert web.post(page, {**sent, "allowed": "on"}).status_code == 302
    about = web.get(reverse("instruments:about", args=[draft().pk])).content.decode()
    assert "urn:goldthread:instrument:hunger-vital-sign|1" in about
    assert "publisher" in about, "what the builder does not know is shown"
    item = web.get(f"{reverse('instruments:build', args=[draft().pk])}?item=hunger-1").content.decode()
    assert "88122-7" in item
    assert "A menudo es cierto" in item


def test_the_pages_ask_little_however_long_the_instrument(web: Client, django_assert_max_num_queries: Any) -> None:
    built(web)
    for name, most in (("build", 10), ("scores", 10), ("about", 10), ("check", 10)):
        with django_assert_max_num_queries(most) as few:
            web.get(f"{reverse(f'instruments:{name}', args=[draft().pk])}?item=q1")
        assert len(few) > 3
    before = len(few)
    for _more in range(5):
        do(web, "copy", "q1")
    with django_assert_max_num_queries(before):
        web.get(reverse("instruments:check", args=[draft().pk]))
