"""The list of forms sees what it is there to see."""

from tests.forms.check import known, wrong_in
from tests.forms.stamps import all_there_is, stamped


def test_forms_and_buttons_that_say_more_are_told_apart() -> None:
    page = '<form method="post"><button name="do" value="a">A</button><button>B</button></form><c-form :form="form"></c-form>'
    assert stamped(page, "room/page.html") == (
        '<form data-form="room/page.html 1" method="post"><button data-button="room/page.html 1" name="do" value="a">A</button>'
        '<button>B</button></form><c-form data-form="room/page.html 2" :form="form"></c-form>'
    )
    assert {"door/sign_in.html 1", "plans/pad.html 1", "day/rows.py 1", "settings/form_body.html 1"} <= all_there_is()


def test_a_forgotten_form_and_a_stale_line_are_told() -> None:
    told = {"taken": {"a 1"}}
    there = {"a 1", "a 2", "b 1", "c 1"}
    listed = {"b 1": "full", "c 1": "It leads nowhere", "gone 1": "full"}
    assert wrong_in(told, listed, there, full=False) == [
        "nobody pressed a 2",
        "unpressed.csv names what is not there: gone 1",
    ]
    assert "nobody pressed b 1" in wrong_in(told, listed, there, full=True)
    assert wrong_in(told, {"a 2": "full", "b 1": "full", "c 1": ""}, there, full=False) == [
        "unpressed.csv does not say why nobody can press c 1"
    ]


def test_what_is_listed_is_there() -> None:
    """So a template that is renamed or changed is looked at again. ``./test`` looks at all of it after the screens."""
    listed = known()
    assert set(listed) <= all_there_is()
    assert all(listed.values()), "who cannot press one says why"
