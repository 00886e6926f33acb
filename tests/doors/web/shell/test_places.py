"""The navigation is drawn once for all who see the same places, and holds nothing of one of them."""

from goldthread.doors.web.shell.places import Place, phone_navigation

PLACES = tuple(Place("", f"/{name}/", name, "sun") for name in ("day", "clients", "calendar", "notices", "help"))
NEW = Place("", "/new/", "New", "plus", new=True)


def test_few_places_stand_along_the_foot_of_a_phone_with_the_new_one_in_the_middle() -> None:
    assert [one.label for one in phone_navigation((*PLACES[:4], NEW))] == [
        "day",
        "clients",
        "New",
        "calendar",
        "notices",
    ]


def test_what_does_not_fit_is_under_more_which_is_marked_when_one_is_there() -> None:
    here = Place("", "/settings/", "settings", "gear", current=True)
    shown = phone_navigation((*PLACES, here, NEW))
    assert [one.label for one in shown] == ["day", "clients", "New", "calendar", "More"]
    assert [one.label for one in shown[-1].more] == ["notices", "help", "settings"]
    assert shown[-1].current
