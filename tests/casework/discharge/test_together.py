"""What most decide of most things, in one press: which things, and that it is all of them or none."""

from uuid import UUID

import pytest

from goldthread.casework.discharge.enums import Decision, ItemKind
from goldthread.casework.discharge.rules.settling import Item, choices_of, together

T, A, S, P, C, N, V = (
    ItemKind.TASK,
    ItemKind.APPOINTMENT,
    ItemKind.STEP,
    ItemKind.PAST,
    ItemKind.CONCERN,
    ItemKind.NOTE,
    ItemKind.SERVICE,
)


def item(number: int, kind: ItemKind, path: str = "", *, grievance: bool = False) -> Item:
    return Item(kind, UUID(int=number), f"{kind} {number}", "1", choices_of(kind, path, grievance=grievance))


def bunches(*items: Item) -> list[tuple[str, str, list[int]]]:
    return [(one.key, str(one.decision), [row.id.int for row in one.items]) for one in together(items)]


def test_tasks_and_concerns_go_to_a_colleague_services_go_on_and_the_rest_is_looked_at() -> None:
    some = [item(1, T), item(2, A), item(3, S), item(4, P), item(5, C), item(6, N), item(7, V)]
    assert bunches(*some, item(8, C, grievance=True)) == [
        ("colleague", "colleague", [1, 5, 8]),
        ("goes_on", "goes_on", [7]),
        ("cancel", "cancel", [2]),
        ("with_it", "not_needed", [3]),
    ]


def test_after_a_death_services_have_ended() -> None:
    some = [item(1, V, "deceased"), item(2, A, "deceased"), item(3, S, "deceased")]
    assert bunches(*some) == [("ended", "ended", [1]), ("cancel", "cancel", [2]), ("with_it", "not_needed", [3])]


@pytest.mark.parametrize("kind", [P, N, ItemKind.ASSESSMENT, ItemKind.HAND_OFF])
def test_what_took_place_and_what_nobody_signed_or_read_is_decided_alone(kind: ItemKind) -> None:
    assert bunches(item(1, kind)) == []
    assert Decision.COLLEAGUE not in choices_of(kind)
