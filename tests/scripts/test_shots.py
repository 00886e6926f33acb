"""The pictures that ``./run shots`` takes."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.shots import DOOR, SCREENS, SETTINGS, WIDTHS, take_all

NAMES = {*DOOR, *SCREENS, *SETTINGS}


def width_of(picture: Path) -> int:
    """As a PNG says it, in its first chunk."""
    return int.from_bytes(picture.read_bytes()[16:20], "big")


def test_the_gallery_and_the_main_screens_are_among_them() -> None:
    wanted = {"sign-in", "my-day", "clients", "brief", "note", "plan", "timeline", "search", "settings", "gallery"}
    assert wanted - NAMES == set()
    assert set(WIDTHS) == {390, 1366}


@pytest.mark.browser
@pytest.mark.slow
def test_pictures_are_taken_at_both_sizes(chromium_browser: Browser, live: str, tmp_path: Path) -> None:
    """One before the door, one behind it (of a client), one of the administrator; nothing is pressed but the door."""
    take_all(chromium_browser, live, tmp_path, ["sign-in", "brief", "roles"], ("light",))
    assert {picture.name: width_of(picture) for picture in tmp_path.iterdir()} == {
        f"{name}-{width}-light.png": width for name in ("sign-in", "brief", "roles") for width in (390, 1366)
    }
