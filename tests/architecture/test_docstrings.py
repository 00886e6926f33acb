"""Every room says at its door what it is for."""

import ast

from tests.architecture.tree import ROOT, name_of


def test_every_room_has_a_docstring() -> None:
    """In its ``__init__.py``: for whoever opens the folder first (house.md). A sentence, not a word."""
    storeys = ("foundation", "people", "casework", "doors", "doors/web")
    doors = [
        place / "__init__.py"
        for storey in storeys
        for place in (ROOT / "goldthread" / storey).iterdir()
        if place.is_dir()
    ]
    doors += [
        ROOT / "goldthread" / storey / "__init__.py"
        for storey in ("foundation", "people", "casework", "access", "doors")
    ]
    rooms = [door for door in doors if not door.parent.name.startswith("__") and any(door.parent.glob("*.py"))]
    assert len(rooms) > 60
    silent = [
        name_of(door)
        for door in rooms
        if not door.exists() or len(ast.get_docstring(ast.parse(door.read_text("utf-8"))) or "") < 15
    ]
    assert silent == []
