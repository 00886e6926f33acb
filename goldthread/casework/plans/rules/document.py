"""A plan's document as values: parts (text by key), lines (a list of mappings for each kind, each with its ``id``), and, in a
review, what was said of each goal. JSON holds it as it is."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from typing import Any
from uuid import UUID

from goldthread.casework.plans.rules.shape import GOALS, KINDS, OBJECTIVES, PARTS, SERVICES, STEPS

Line = dict[str, Any]
Content = dict[str, Any]
"""``{"parts": {key: text}, "lines": {kind: [line, …]}, "review": {goal id: {"answer": …, "why": …}}}``: empty ones left out."""


OF_ONE_VERSION = ("meetings", "participants", "copies")
"""Kinds of line that belong to the version in which they were written, and to no other."""


def empty() -> Content:
    """A plan in which nothing is written."""
    return {"parts": {}, "lines": {}, "review": {}}


def part(content: Mapping[str, Any], key: str) -> str:
    """The text of a part; empty when nothing is written."""
    return str(content.get("parts", {}).get(key, ""))


def lines(content: Mapping[str, Any], kind: str) -> list[Line]:
    """The lines of *kind*, in their order."""
    found: list[Line] = content.get("lines", {}).get(kind, [])
    return found


def line(content: Mapping[str, Any], kind: str, pk: str | UUID) -> Line | None:
    """The line of *kind* with the id *pk*."""
    return next((one for one in lines(content, kind) if one["id"] == str(pk)), None)


def of_goal(content: Mapping[str, Any], kind: str, goal: str) -> list[Line]:
    """The lines of *kind* that belong to *goal* (an id)."""
    return [one for one in lines(content, kind) if one.get("goal") == goal]


def everything(content: Mapping[str, Any]) -> Iterator[tuple[str, Line]]:
    """Every line with its kind, in the order of the page."""
    for kind in KINDS:
        for one in lines(content, kind):
            yield kind, one


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the document in canonical form: what exactly somebody signs."""
    return hashlib.sha256(canonical_of(content).encode()).hexdigest()


def canonical_of(content: Mapping[str, Any]) -> str:
    """The document as JSON in one form alone: sorted keys, no spaces."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def copy_of(content: Mapping[str, Any], *, new_ids: Iterator[UUID] | None = None) -> Content:
    """The same document for a next version, without what was said in a review, and without meetings, who took part, and copies.

    *new_ids*: where a plan of another episode begins with it, every line gets an id of its own, and points to the new ones.
    """
    found = {
        "parts": {key: text for key, text in content.get("parts", {}).items() if key in PARTS},
        "lines": {
            kind: deepcopy(rows)
            for kind, rows in content.get("lines", {}).items()
            if kind in KINDS and kind not in OF_ONE_VERSION
        },
        "review": {},
    }
    if new_ids is not None:
        _renumber(found, new_ids)
    return found


def without_goals(content: Content, gone: Collection[str]) -> Content:
    """The same without the goals *gone* (ids), their objectives and steps; services toward them stay, for the whole plan."""
    found = deepcopy(content)
    rows = found["lines"]
    rows[GOALS] = [one for one in rows.get(GOALS, []) if one["id"] not in gone]
    for kind in (OBJECTIVES, STEPS):
        rows[kind] = [one for one in rows.get(kind, []) if one.get("goal") not in gone]
    for one in rows.get(SERVICES, []):
        if one.get("goal") in gone:
            one["goal"] = ""
    found["lines"] = {kind: ones for kind, ones in rows.items() if ones}
    return found


def _renumber(content: Content, new_ids: Iterator[UUID]) -> None:
    given = {one["id"]: str(next(new_ids)) for _kind, one in everything(content)}
    for _kind, one in everything(content):
        one["id"] = given[one["id"]]
        for name in ("goal", "objective", "meeting"):
            if one.get(name):
                one[name] = given.get(one[name], "")


def reviewed(content: Mapping[str, Any], goal: str) -> dict[str, str]:
    """What the review says of *goal*: ``answer`` and ``why``; empty when it says nothing."""
    found: dict[str, str] = content.get("review", {}).get(goal, {})
    return found


def goal_ids(content: Mapping[str, Any]) -> list[str]:
    """The ids of the goals, in order."""
    return [one["id"] for one in lines(content, GOALS)]
