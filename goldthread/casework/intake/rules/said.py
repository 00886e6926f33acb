"""What an inquiry holds, field by field: which there are, how long they may be, and how two pages' words are laid together. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goldthread.casework.intake.enums import Caller, Came
from goldthread.casework.intake.rules.members import longest_of, members
from goldthread.foundation.lib.text import plain
from goldthread.foundation.programs.enums import Coverage, ReferralSource, Urgency
from goldthread.people.facts.enums import SaidBy
from goldthread.people.facts.rules.fields import EVERY, INCOMES
from goldthread.people.persons.enums import DateKind, Interpreter

TEXTS: dict[str, int] = {
    "came": 10,
    "urgency": 10,
    "caller": 12,
    "caller_name": 120,
    "caller_organization": 120,
    "caller_phone": 40,
    "caller_email": 254,
    "call_back": 300,
    "message_ok": 5,
    "given": 80,
    "family": 80,
    "birth_date": 40,
    "birth_kind": 10,
    "phone": 40,
    "city": 80,
    "state": 2,
    "postal_code": 12,
    "language": 12,
    "interpreter": 10,
    "wanted": 4000,
    "referral": 20,
    "referred_on": 40,
    "income": 20,
    "income_source": 24,
    "income_every": 12,
    "household": 4,
    "diagnosis": 10,
    "said_by": 12,
    "said_words": 160,
}
"""Fields with one text, and its longest."""
SEVERAL = {"program": 40, "coverage": 20}
"""Fields of which several can be chosen, and the longest of each; at most MOST_CHOSEN."""
MOST_CHOSEN = 40
CHOSEN: dict[str, frozenset[str]] = {
    "came": frozenset(Came.values),
    "urgency": frozenset(Urgency),
    "caller": frozenset(Caller.values),
    "message_ok": frozenset({"yes"}),
    "birth_kind": frozenset(DateKind.values),
    "interpreter": frozenset(Interpreter.values),
    "referral": frozenset(ReferralSource),
    "income_source": frozenset(word for word, _name in INCOMES),
    "income_every": frozenset(word for word, _name in EVERY),
    "said_by": frozenset(SaidBy.values),
    "coverage": frozenset(Coverage),
}
"""Fields that are chosen from a list, and its words: any other is no answer, since no page could show it again."""
ANSWER = "answer:"
"""Begins the name of an answer to a criterion: ``answer:<short name of the program>:<key of the criterion>``."""
MOST_ANSWERS = 400
SENT_ANYHOW = frozenset({"came", "urgency", "birth_kind", "income_every", "interpreter"})
NO_TEXT: tuple[Any, ...] = ("", [])

Said = dict[str, Any]


def clean(given: Mapping[str, Sequence[str]]) -> Said:
    """What *given* (each field with all its values, as a form sends them) says, without what is no field, cut to the longest.

    Empty fields stay: that something was emptied is said, too.
    """
    said: Said = {}
    for name, values in given.items():
        if name in TEXTS:
            said[name] = _offered(name, _text(values[-1] if values else "", TEXTS[name]))
        elif name in SEVERAL:
            chosen = {_offered(name, _text(value, SEVERAL[name])) for value in values[:MOST_CHOSEN]}
            said[name] = sorted(chosen - {""})
        elif name.startswith(ANSWER) and len(name) <= 160 and len(said) < MOST_ANSWERS:
            value = values[-1] if values else ""
            said[name] = value if value in ("yes", "no") else ""
        elif longest := longest_of(name):
            said[name] = _text(values[-1] if values else "", longest)
    return said


def _text(value: str, longest: int) -> str:
    return value.replace("\0", "").replace("\r\n", "\n")[:longest]


def _offered(name: str, word: str) -> str:
    return word if name not in CHOSEN or word in CHOSEN[name] else ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two pages changed: what this page says, and what stands there."""

    field: str
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """``said``: what stands after it; ``touched``: of each field; ``changed``: its names; ``clashes``: nothing of these was changed."""

    said: Said
    touched: dict[str, Any]
    changed: frozenset[str]
    clashes: tuple[Clash, ...]


def merge(
    stands: Said,
    touched: Mapping[str, Any],
    sent: Said,
    *,
    seen: int,
    version: int,
    writer: str,
    changed: Iterable[str] | None = None,
) -> Merged:
    """Lay *sent* over *stands*. *seen*: the version the page knows; *version*: the one being made; *writer*: the open page.

    *changed*: the fields somebody changed on that page (None: not known, so every field that differs, but for those that stand
    as they were before another page changed them). What another page changed since *seen* is kept, and is a clash.
    """
    said, marks, clashes = dict(stands), dict(touched), []
    wanted = set(sent) if changed is None else set(changed) & set(sent)
    moved = set()
    for name in sorted(wanted):
        now, then = sent[name], said.get(name, [] if isinstance(sent[name], list) else "")
        if now == then:
            continue
        mark = marks.get(name, {})
        theirs = mark.get("version", 0) > seen and mark.get("writer") != writer
        if theirs and changed is None and now == mark.get("before"):
            continue  # this page only still shows what the other one changed
        if theirs:
            clashes.append(Clash(name, now, then))
            continue
        same_hand = mark.get("writer") == writer
        marks[name] = {"version": version, "writer": writer, "before": mark.get("before") if same_hand else then}
        moved.add(name)
        if now in NO_TEXT:
            said.pop(name, None)
        else:
            said[name] = now
    return Merged(said, marks, frozenset(moved), tuple(clashes))


def says_anything(said: Mapping[str, Any]) -> bool:
    """Did somebody write something? What a form sends by itself is nothing."""
    return bool(set(said) - SENT_ANYHOW)


def one(said: Mapping[str, Any], name: str) -> str:
    """The text of a field; empty where there is none."""
    value = said.get(name, "")
    return value if isinstance(value, str) else ""


def many(said: Mapping[str, Any], name: str) -> list[str]:
    """The values of a field of which several can be chosen."""
    value = said.get(name, [])
    return value if isinstance(value, list) else []


def answers_of(said: Mapping[str, Any], program: str) -> dict[str, bool]:
    """What was answered to the criteria of *program* (its short name), by their keys."""
    start = f"{ANSWER}{program}:"
    return {name[len(start) :]: value == "yes" for name, value in said.items() if name.startswith(start)}


def name_of(said: Mapping[str, Any]) -> str:
    """Whom it is about, as a list shows it; else who called."""
    about = " ".join(part for part in (one(said, "given").strip(), one(said, "family").strip()) if part)
    return (about or one(said, "caller_name").strip())[:200]


def words_to_find(said: Mapping[str, Any]) -> str:
    """What a search of the list looks through: names, those of a household too, and the digits of telephone numbers."""
    about = [one(said, name) for name in ("given", "family", "caller_name", "caller_organization")]
    names = plain(" ".join([*about, *(member.name for member in members(said))]))
    phones = ["".join(filter(str.isdigit, one(said, name))) for name in ("phone", "caller_phone")]
    return f" {names} {' '.join(phones)} "[:1000]
