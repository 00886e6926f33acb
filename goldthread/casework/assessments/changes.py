"""What pages say of single items, laid over what stands. Pure: the rows are given and handed back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from goldthread.casework.assessments.enums import Skipped
from goldthread.casework.assessments.rules.answers import MOST_TURNS, Answer
from goldthread.casework.assessments.rules.definition import Item, Questionnaire

KEY = re.compile(r"(?s)(.*?)(?:\[(\d{1,4}(?:\.\d{1,4})*)\])?")
GONE = -1
MOST_ACTS = 60
"""Acts of pages without a network that are remembered of a group, so that one that is sent twice is done once."""
LATEST = 2**31
"""Seen everything."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of one item: its answers, or why it has none."""

    answers: list[Answer] = field(default_factory=list)
    skipped: str = ""

    def __bool__(self) -> bool:
        return bool(self.answers or self.skipped)


@dataclass(frozen=True, slots=True)
class Writer:
    """Which page writes: *token* of the open page and its how many-th save; whoever sits there; when."""

    staff: UUID | None
    at: datetime
    token: str = ""
    stroke: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """An item that somebody else answered since the page read it: both stand, a person chooses."""

    key: str
    mine: Said
    theirs: Said
    by: UUID | None
    at: str
    moved: bool = False
    """Its turn has another number by now, or is gone: what stands here is of another turn."""


@dataclass(slots=True)
class Sheet:
    """The answers of an open assessment, and who wrote them when."""

    answers: dict[str, list[Answer]]
    skipped: dict[str, str]
    touched: dict[str, dict[str, Any]]
    saves: int

    def said(self, key: str) -> Said:
        """What stands at *key*."""
        return Said(list(self.answers.get(key, [])), self.skipped.get(key, ""))

    def put(self, key: str, said: Said) -> None:
        """Let *said* stand at *key*. An answer takes the reason away for which there was none."""
        if said.answers:
            self.answers[key] = list(said.answers)
        else:
            self.answers.pop(key, None)
        if said.skipped and not said.answers:
            self.skipped[key] = said.skipped
        else:
            self.skipped.pop(key, None)

    def changed_since(self, seen: int, token: str = "") -> list[str]:
        """The items written after the *seen*-th save by another page than *token*."""
        return [key for key, mark in self.touched.items() if mark["n"] > seen and not _own(mark, token)]


def lay_over(
    sheet: Sheet,
    changes: Mapping[str, Said],
    *,
    seen: int,
    writer: Writer,
    whole: bool,
    moved: Mapping[str, Mapping[str, Any]],
) -> tuple[bool, list[Clash]]:
    """Write *changes* into *sheet*. Returns whether something changed, and what was not written because somebody else had been.

    *seen*: the save up to which the page knows what stands. *whole*: the page sends everything it shows (it has no scripts),
    so what it leaves empty where somebody has answered since is no answer. *moved*: those of ``moved_since``.
    """
    clashes: list[Clash] = []
    number = sheet.saves + 1
    written = False
    for key, said in changes.items():
        stands, mark = sheet.said(key), sheet.touched.get(key, {"n": 0})
        if _late(mark, writer, key in moved) or (said == stands and (whole or key not in moved)):
            continue
        if key in moved or (mark["n"] > seen and not _own(mark, writer.token)):
            if said or not whole:
                clashes.append(_clash(key, said, stands, moved.get(key, mark), moved=key in moved))
            continue
        sheet.put(key, said)
        sheet.touched[key] = _mark(number, writer)
        written = True
    if written:
        sheet.saves = number
    return written, clashes


def _late(mark: Mapping[str, Any], writer: Writer, moved: bool) -> bool:
    """Has the page written here with a later save already? Of a turn that has moved nobody can tell."""
    return not moved and _own(mark, writer.token) and writer.stroke <= mark.get("s", 0)


def moved_since(
    sheet: Sheet, questionnaire: Questionnaire, keys: Iterable[str], *, seen: int, token: str
) -> dict[str, Mapping[str, Any]]:
    """Those of *keys* that name another turn than they did at the *seen*-th save, since another page than *token* has taken one away at
    or before theirs; with the mark of who did."""
    found: dict[str, Mapping[str, Any]] = {}
    for key in keys:
        for group, number in _around(questionnaire, key):
            mark = sheet.touched.get(group, {})
            if any(n > seen and number >= first and not (by and by == token) for n, first, by in mark.get("cuts", [])):
                found[key] = mark
    return found


def _around(questionnaire: Questionnaire, key: str) -> list[tuple[str, int]]:
    """The repeating groups around *key*, each with the number of the turn in which it stands."""
    item = key_is_of(questionnaire, key)
    if item is None or not item.turns:
        return []
    turns = turns_of(key)[1]
    return [
        (f"{link}[{'.'.join(map(str, turns[:depth]))}]" if depth else link, turns[depth])
        for depth, link in enumerate(item.turns)
    ]


def key_is_of(questionnaire: Questionnaire, key: str) -> Item | None:
    """The question or repeating group that *key* names; None when there is no such place."""
    item = questionnaire.by_link.get(key)
    if item is not None and not item.turns:
        return item
    found = KEY.fullmatch(key)
    if not found or found[2] is None:
        return None
    item, turns = questionnaire.by_link.get(found[1]), found[2].split(".")
    fits = item is not None and len(turns) == len(item.turns) and all(int(turn) < MOST_TURNS for turn in turns)
    return item if fits else None


def turns_of(key: str) -> tuple[str, tuple[int, ...]]:
    """linkId and turns of *key*, which ends in turns or has none."""
    found = KEY.fullmatch(key)
    if not found or found[2] is None:
        return key, ()
    return found[1], tuple(int(turn) for turn in found[2].split("."))


def renumbered(key: str, real: Mapping[int, int]) -> str:
    """*key* with those of its turns that *real* names called by their real numbers."""
    link, turns = turns_of(key)
    return f"{link}[{'.'.join(str(real.get(one, one)) for one in turns)}]" if turns else key


def add_turn(
    sheet: Sheet, key: str, writer: Writer, begun: Mapping[str, list[Answer]] | None = None, act: str = ""
) -> bool:
    """One more turn of the repeating group at *key*; *begun*: all answers with what the turn starts with. False when there are as
    many turns as there can be. *act*: what the page that adds it without a network calls this act, see ``number_after``."""
    given = sheet.answers.get(key, [])
    if len(given) >= MOST_TURNS:
        return False
    sheet.saves += 1
    starts = {one: answers for one, answers in (begun or {}).items() if one not in sheet.answers}
    acts, cuts = _acts(sheet, key), _cuts(sheet, key)
    for one, answers in {**starts, key: [*given, {}]}.items():
        sheet.answers[one] = answers
        sheet.touched[one] = _mark(sheet.saves, writer)
    _remember(sheet, key, acts | ({act: len(given)} if act else {}), cuts)
    return True


def number_after(sheet: Sheet, key: str, act: str) -> int | None:
    """The number of the turn that *act* has added already, as it is now; GONE when *act* took one away; None: it was not done yet."""
    return _acts(sheet, key).get(act)


def acts_done(touched: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What pages without a network have done, by their own names for it, as far as it is remembered."""
    return [act for mark in touched.values() for act in mark.get("acts", {})]


def _acts(sheet: Sheet, key: str) -> dict[str, int]:
    return dict(sheet.touched.get(key, {}).get("acts", {}))


def _cuts(sheet: Sheet, key: str) -> list[list[Any]]:
    """What was taken away from the group at *key*: by the how many-th save, which number, by which page."""
    return list(sheet.touched.get(key, {}).get("cuts", []))


def _remember(sheet: Sheet, key: str, acts: dict[str, int], cuts: list[list[Any]]) -> None:
    if acts:
        sheet.touched[key]["acts"] = dict(list(acts.items())[-MOST_ACTS:])
    if cuts:
        sheet.touched[key]["cuts"] = cuts[-MOST_ACTS:]


def remove_turn(sheet: Sheet, item: Item, key: str, number: int, writer: Writer, act: str = "") -> bool:
    """Take turn *number* of *item* at *key* away; what stands behind it moves up, and pages that knew it elsewhere are told."""
    given = sheet.answers.get(key, [])
    if number >= len(given):
        return False
    _link, above = turns_of(key) if item.turns else (key, ())
    depth = len(above)
    inner = {one.link_id for child in item.items for one in child.everything()}
    sheet.saves += 1
    acts = {one: n - (n > number) for one, n in _acts(sheet, key).items() if n != number}
    cuts = [*_cuts(sheet, key), [sheet.saves, number, writer.token or None]]
    sheet.put(key, Said([*given[:number], *given[number + 1 :]]))
    sheet.touched[key] = _mark(sheet.saves, writer)
    _remember(sheet, key, acts | ({act: GONE} if act else {}), cuts)
    for shelf in (sheet.answers, sheet.skipped, sheet.touched):
        _move_up(shelf, inner, above, depth, number)
    for moved in [one for one in sheet.touched if _below(one, inner, above, depth, number)]:
        kept = {name: sheet.touched[moved][name] for name in ("acts", "cuts") if name in sheet.touched[moved]}
        sheet.touched[moved] = _mark(sheet.saves, writer) | kept
    return True


def _move_up(shelf: dict[str, Any], inner: Iterable[str], above: tuple[int, ...], depth: int, number: int) -> None:
    links = set(inner)
    for key in sorted(shelf, key=lambda one: turns_of(one)[1]):
        link, turns = turns_of(key)
        if link not in links or turns[:depth] != above or len(turns) <= depth or turns[depth] < number:
            continue
        value = shelf.pop(key)
        if turns[depth] > number:
            moved = (*turns[:depth], turns[depth] - 1, *turns[depth + 1 :])
            shelf[f"{link}[{'.'.join(map(str, moved))}]"] = value


def _below(key: str, inner: set[str], above: tuple[int, ...], depth: int, number: int) -> bool:
    link, turns = turns_of(key)
    return link in inner and len(turns) > depth and turns[:depth] == above and turns[depth] >= number


def check_skips(changes: Mapping[str, Said]) -> None:
    """ValueError for a reason that there is not."""
    for said in changes.values():
        if said.skipped and said.skipped not in Skipped.values:
            raise ValueError("no such reason")


def _clash(key: str, mine: Said, theirs: Said, mark: Mapping[str, Any], *, moved: bool = False) -> Clash:
    return Clash(key, mine, theirs, UUID(mark["by"]) if mark.get("by") else None, mark["at"], moved)


def _own(mark: Mapping[str, Any], token: str) -> bool:
    return bool(token) and mark.get("w") == token


def _mark(number: int, writer: Writer) -> dict[str, Any]:
    mark: dict[str, Any] = {"n": number, "by": str(writer.staff) if writer.staff else "", "at": writer.at.isoformat()}
    return mark | ({"w": writer.token, "s": writer.stroke} if writer.token else {})
