"""Rules of the field that an agency loosened: which, why, and who answers for it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from goldthread.foundation.programs.rules.loosening import Change, Loosening, compare_pieces, loosened, piece
from goldthread.foundation.programs.rules.template import Template


@dataclass(frozen=True, slots=True)
class Deviation:
    """A rule (or ``loosening.WHO``) that asks for less than its source. ``staff``: the id of the administrator who answers for it; ``name``: theirs."""

    requirement: str
    reason: str
    staff: str
    name: str
    on: str = ""
    """The day on which it was stated."""

    def to_content(self) -> dict[str, Any]:
        """As a version keeps it."""
        return asdict(self)


def from_content(content: Iterable[dict[str, Any]]) -> list[Deviation]:
    """The deviations that a version keeps."""
    return [Deviation(**one) for one in content]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a change of rules means: the deviations that hold after it, and the loosened rules that nobody answers for."""

    deviations: list[Deviation]
    unanswered: list[Loosening]


def weigh(
    source: Template, before: Template, after: Template, held: Iterable[Deviation], stated: Iterable[Deviation]
) -> Weighed:
    """Who answers for what in *after*. *held*: the deviations of *before*; *stated*: those given with the change.

    What was stated before goes on holding as long as the rule is not loosened further. A rule that this change does not touch
    is not asked about: where it asks for less, its source grew stricter since, and nobody loosened anything.
    """
    new = {one.requirement: one for one in stated if one.reason.strip() and one.name.strip()}
    old = {one.requirement: one for one in held}
    kept, unanswered = [], []
    for loose in loosened(source, after):
        answer = new.get(loose.key) or (old.get(loose.key) if not _further(before, loose) else None)
        untouched = loose.after is not None and piece(before, loose.key) == loose.after
        if answer is not None:
            kept.append(answer)
        elif not untouched:
            unanswered.append(loose)
    return Weighed(kept, unanswered)


def _further(before: Template, loose: Loosening) -> bool:
    was = piece(before, loose.key)
    if was is None:
        return loose.after is not None
    return compare_pieces(was, loose.after) in (Change.LOOSER, Change.OTHER)
