"""What groups write as facts, over HTTP: chosen, made, refused at the field, two tabs, taken back, tried."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.foundation.lib.ids import new_id
from tests.doors.web.instruments.test_building import begun, do, draft, hidden, save, web
from tests.doors.web.instruments.test_lists_and_rules import page, send

__all__ = ["web"]
pytestmark = pytest.mark.django_db


def medicines(web: Client) -> str:
    """An instrument with a group and, inside, a word and a number; the address of what it writes as medicines."""
    begun(web)
    do(web, "add", type="group", text="Medicines")
    do(web, "add", "g1", type="string", text="Which one?", where="inside")
    do(web, "add", "g1", type="integer", text="How many pills?", where="inside")
    return page("facts", "?group=g1&kind=medicine")


def inside() -> list[Any]:
    found: list[Any] = draft().content["item"][0]["item"]
    return found


CHOSEN = {"f-name": "item:q1", "f-said_by": "value:client"}


def test_a_group_writes_a_medicine_and_new_questions_are_made_for_it(web: Client) -> None:
    address = medicines(web)
    text = web.get(page("facts")).content.decode()
    assert "Medicines" in text
    assert "writes nothing" in text
    text = web.get(page("facts", "?group=g1")).content.decode()
    assert address.replace("&", "&amp;") in text
    text = web.get(address).content.decode()
    assert '<option value="item:q1">Which one?</option>' in text
    assert "item:q2" not in text, "a number is no name"
    sent = {**CHOSEN, "f-repeats": "on", "f-dose": "new", "f-taken": "new", "f-starts_on": "new"}
    led = send(web, address, **sent)
    assert led.status_code == 302, led.content.decode()
    assert [one["text"] for one in inside()] == ["Which one?", "How many pills?", "Dose", "Taken", "Since when"]
    group = draft().content["item"][0]
    assert group["repeats"] is True
    assert group["extension"] == [
        {
            "url": "urn:goldthread:fact",
            "extension": [
                {"url": "kind", "valueCode": "medicine"},
                {
                    "url": "field",
                    "extension": [{"url": "name", "valueCode": "name"}, {"url": "item", "valueString": "q1"}],
                },
                {
                    "url": "field",
                    "extension": [{"url": "name", "valueCode": "dose"}, {"url": "item", "valueString": "q3"}],
                },
                {
                    "url": "field",
                    "extension": [{"url": "name", "valueCode": "taken"}, {"url": "item", "valueString": "q4"}],
                },
                {"url": "starts-on", "valueString": "q5"},
            ],
        }
    ]
    assert (
        web.get(page("check")).content.decode().count("alert") == 0
        or "It can be put in use" in web.get(page("check")).content.decode()
    )
    on_group = web.get(page("build", "?item=g1")).content.decode()
    assert address.replace("&", "&amp;") in on_group
    assert "Fills a fact about the client" in web.get(page("build", "?item=q3")).content.decode()


def test_the_same_form_twice_is_once_and_one_step_takes_it_all_back(web: Client) -> None:
    address = medicines(web)
    before = draft().content
    sent = {**CHOSEN, "f-dose": "new", "form_id": str(new_id()), "edit": draft().edit}
    for _click in range(2):
        assert web.post(address, sent).status_code == 302
    assert len(inside()) == 3
    step = hidden(web.get(address).content.decode(), "step")
    led = web.post(page("back"), {"form_id": str(new_id()), "step": step, "here": address})
    assert led.headers["Location"] == address, "one stays where one was"
    assert draft().content == before


def test_what_is_wrong_is_told_at_its_field_and_what_was_chosen_stays(web: Client) -> None:
    address = medicines(web)
    do(web, "add", "g1", type="choice", text="Do you take it?", where="inside")
    link = inside()[-1]["linkId"]
    options = {"options-n": 2, "options-0-text": "Yes", "options-1-text": "Not"}
    where = page("build", f"?item={link}")
    send(web, where, **{"i-type": "choice", "i-text": "Do you take it?", "i-link_id": link, **options})
    before = draft().content
    late = send(web, address, **{"f-name": "", "f-taken": f"item:{link}", "f-said_by": "value:client"})
    text = late.content.decode()
    assert late.status_code == 422
    assert "Choose what says this" in text
    assert "mean nothing here: Yes. Known are: As prescribed (as_prescribed)" in text
    assert f'<option value="item:{link}" selected>Do you take it? (other answers)</option>' in text
    for nonsense in ("item:gone", "item:q2", "value:x", "x" * 40_000, "item:‮<script>"):
        refused = send(web, address, **{**CHOSEN, "f-dose": nonsense})
        assert refused.status_code == 422
    assert draft().content == before


def test_two_tabs_the_loser_sees_the_difference(web: Client) -> None:
    address = medicines(web)
    send(web, address, **CHOSEN)
    seen = draft().edit
    do(web, "add", "g1", type="string", text="Its name", where="inside")
    link = inside()[-1]["linkId"]
    assert send(web, address, **{**CHOSEN, "f-name": f"item:{link}"}).status_code == 302
    late = send(web, address, **{**CHOSEN, "f-dose": "item:q1", "edit": seen})
    assert late.status_code == 302, "they changed another part"
    assert draft().content["item"][0]["extension"][0]["extension"][1]["extension"][1]["valueString"] == link
    send(web, address, **{**CHOSEN, "f-name": f"item:{link}", "f-dose": "value:one"})
    later = send(web, address, **{**CHOSEN, "f-name": f"item:{link}", "f-dose": "new", "edit": seen})
    assert later.status_code in (302, 409)
    seen = draft().edit
    send(web, address, **{**CHOSEN, "f-reason": "item:q1"})
    clash = send(web, address, **{**CHOSEN, "f-reason": f"item:{link}", "f-repeats": "on", "edit": seen})
    text = clash.content.decode()
    assert clash.status_code == 409
    assert "Which one?" in text
    assert "Its name" in text
    assert re.search(r'name="f-repeats"[^>]*checked', text)
    gone = send(web, address, do="remove", edit=seen)
    assert "changed since you looked" in web.get(gone.headers["Location"]).content.decode()
    assert send(web, address, do="remove").headers["Location"] == page("facts", "?group=g1")
    assert "extension" not in draft().content["item"][0]
    assert send(web, address, do="remove").status_code == 302


def test_what_others_use_is_deleted_and_it_is_told_with_the_way_to_it(web: Client) -> None:
    address = medicines(web)
    send(web, address, **CHOSEN)
    do(web, "remove", "q1", edit=str(draft().edit))
    assert "writes a fact of q1, which is not in the group" in web.get(page("check")).content.decode()
    text = web.get(address).content.decode()
    assert "writes a fact of q1" in text
    assert "no longer here: q1" in text
    assert send(web, address, **CHOSEN).status_code == 422
    do(web, "remove", "g1", edit=str(draft().edit))
    late = send(web, address, **CHOSEN)
    assert late.status_code == 422
    assert "This group is no longer here." in late.content.decode()
    assert web.get(address).headers["Location"] == page("facts")
    for query in ("?kind=medicine", "?group=g1&kind=colour", "?kind=colour", "?group=&kind="):
        assert web.get(page("facts", query)).status_code in (200, 302)
        assert send(web, page("facts", query)).status_code == 422


def test_what_would_be_written_is_shown_with_test_answers(web: Client) -> None:
    address = medicines(web)
    send(web, address, **{**CHOSEN, "f-dose": "new", "f-taken": "new", "f-starts_on": "new", "f-repeats": "on"})
    assert (
        "Nothing: no question that writes a fact is answered."
        in web.post(page("preview"), {"do": "try"}).content.decode()
    )
    turn = {"do": "try", "turn": "1:g1", "a:q1[0]": "Metformin", "a:q3[0]": "500 mg", "a:q4[0]": "sometimes"}
    text = web.post(page("preview"), {**turn, "a:q5[0]": "2026-03-01"}).content.decode()
    written = text[text.index("What signing would write") :]
    assert "<b>Medicine</b>: Metformin, 500 mg, Sometimes" in written
    assert "since March 1, 2026 · The client" in written
    nameless = web.post(page("preview"), {**turn, "a:q1[0]": ""}).content.decode()
    assert "Medicine: Fill this in." in nameless
    assert "It could not be signed like this." in nameless
    save(web, "g1", **{"i-text": "Medicines", "i-repeats": "on"})
    assert draft().content["item"][0]["extension"], "saving the group keeps what it writes"


def test_a_fact_of_a_kind_that_does_not_exist_is_taken_out(web: Client) -> None:
    medicines(web)
    row = draft()
    strange = {"url": "urn:goldthread:fact", "extension": [{"url": "kind", "valueCode": "colour"}]}
    row.content["item"][0]["extension"] = [strange]
    row.save(update_fields=["content"])
    text = web.get(page("facts", "?group=g1")).content.decode()
    assert "colour" in text
    assert send(web, page("facts", "?group=g1&kind=colour"), do="remove").status_code == 302
    assert "extension" not in draft().content["item"][0]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("build", "?item=g1"),
        ("scores", ""),
        ("scores", "?new=1"),
        ("lists", "?list=ways"),
        ("rules", ""),
        ("about", ""),
    ],
)
def test_taking_back_leads_to_the_page_one_was_on(web: Client, name: str, query: str) -> None:
    medicines(web)
    send(web, page("lists", "?new=1"), **{"l-title": "Ways", "options-n": 1, "options-0-text": "Bus"})
    save(web, "g1", **{"i-text": "Other"})
    here = page(name, query)
    text = web.get(here).content.decode()
    assert hidden(text, "here") == here
    led = web.post(page("back"), {"form_id": str(new_id()), "step": hidden(text, "step"), "here": here})
    assert led.headers["Location"] == here
    assert draft().content["item"][0]["text"] == "Medicines"


def test_taking_back_what_is_open_leads_to_the_page_without_it_and_never_elsewhere(web: Client) -> None:
    medicines(web)
    other = reverse("instruments:build", args=[new_id()])
    for here, to in (
        (page("lists", "?list=ways"), page("lists")),
        ("https://evil.example/", page("build")),
        ("//evil.example/settings/", page("build")),
        (other, page("build")),
        ("/clients/", page("build")),
        ("\r\nSet-Cookie: a=b", page("build")),
        ("[", page("build")),
        ("x" * 40_000, page("build")),
    ):
        made = send(web, page("lists", "?new=1"), **{"l-title": "Ways", "options-n": 1, "options-0-text": "Bus"})
        assert made.status_code == 302
        step = hidden(web.get(page("lists", "?list=ways")).content.decode(), "step")
        led = web.post(page("back"), {"form_id": str(new_id()), "step": step, "here": here})
        assert led.headers["Location"] == to, here
