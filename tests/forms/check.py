"""Was every form pressed? ``python -m tests.forms.check FOLDER [--full]``, after the browser tests have written into FOLDER.

Judged is every form and every named button that stands in a template (``stamps``). What is known not to be pressed stands in
``unpressed.csv``, each with how far it is reached; so a form of a new page that nobody presses fails. Of the choices of each form that was sent it
tells how many could be seen and pressed, how many were hidden (other answers bring them to light) and which something lay over.
"""

import csv
import json
import sys
from pathlib import Path

from scripts.console import say
from tests.forms.stamps import all_there_is

LIST = Path(__file__).with_name("unpressed.csv")
FULL = "full"
"""Pressed by ``./test --full`` alone."""


def recorded(folder: Path) -> dict[str, set[str]]:
    """What the workers wrote, together."""
    found: dict[str, set[str]] = {name: set() for name in ("taken", "shown", "covered", "hidden")}
    for path in sorted(folder.glob("*.json")):
        said = json.loads(path.read_text("utf-8"))
        for name, values in found.items():
            values.update(said.get(name, ()))
    return found


def known() -> dict[str, str]:
    """Of each form or button that ``./test`` does not press: *full*, or in words why nobody can ever press it."""
    lines = [line for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {row["what"]: FULL if row["reached"] == FULL else (row["why"] or "") for row in csv.DictReader(lines)}


def wrong_in(told: dict[str, set[str]], listed: dict[str, str], there: set[str], *, full: bool) -> list[str]:
    """What is to be mended, in words."""
    allowed = {what for what, reached in listed.items() if reached != FULL or not full}
    forgotten = there - told["taken"] - allowed
    gone = set(listed) - there
    unexplained = {what for what, reached in listed.items() if not reached}
    return [
        *(f"nobody pressed {what}" for what in sorted(forgotten)),
        *(f"unpressed.csv names what is not there: {what}" for what in sorted(gone)),
        *(f"unpressed.csv does not say why nobody can press {what}" for what in sorted(unexplained)),
    ]


def main(arguments: list[str]) -> int:
    """0 when all that must be pressed was."""
    told, there, full = recorded(Path(arguments[0])), all_there_is(), "--full" in arguments
    wrong = wrong_in(told, known(), there, full=full)
    pressed = there & told["taken"]
    forms = [what for what in there if " button " not in what]
    say(
        f"{len(pressed)} of {len(there)} pressed: {len(pressed & set(forms))} of {len(forms)} forms, "
        f"{len(pressed - set(forms))} of {len(there) - len(forms)} named buttons."
    )
    never, covered = told["hidden"] - told["shown"], told["covered"] - told["shown"]
    say(
        f"{len(told['shown'])} choices could be pressed; {len(never)} were hidden whenever their form was sent, {len(covered)} covered."
    )
    say("\n".join([*(f"covered, or disabled: {what}" for what in sorted(covered)), *wrong]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
