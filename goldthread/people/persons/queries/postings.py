"""Who has words of several kinds in their name, in the order of names: the index of postings, walked."""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

COMMON = 2000
"""So many people have a word that it makes no difference whether more do."""
HAS_WORD = " AND EXISTS (SELECT 1 FROM persons_nameposting q WHERE q.person_id = p.person_id AND q.token_id"
WHOLE = "SELECT q.person_id FROM persons_nameposting q WHERE q.token_id = ANY(%s) OFFSET 0"
"""OFFSET 0: else PostgreSQL looks them up one by one after all, since it guesses that so many people share both words."""


def batches(tokens: list[set[int]], walkable: list[set[int]], size: int) -> Iterator[list[UUID]]:
    """Ids of people with a word of each of *tokens*, in the order of names, in growing batches. One of *walkable* (some of
    *tokens*) is walked: that of which fewest people have a word."""
    many = _bearers(tokens) if len(tokens) > 1 else [0]
    walked = min(walkable, key=lambda ids: many[tokens.index(ids)])
    driver, others = sorted(walked), [ids for ids in tokens if ids is not walked]
    read_whole = bool(others) and min(many) == COMMON
    after: tuple[str, UUID] | None = None
    size = max(size, 25) + 8
    while True:
        rows = _postings(driver, others, after, size, read_whole)
        if rows:
            yield list(dict.fromkeys(pk for _key, pk in rows))
        if len(rows) < size:
            return
        after = rows[-1]
        size *= 4


def _bearers(tokens: list[set[int]]) -> list[int]:
    """How many people have a word of each of *tokens*; COMMON stands for so many or more."""
    one_of = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
    counted = (
        f"(SELECT count(*) FROM (SELECT 1 FROM persons_nameposting WHERE token_id {one_of} LIMIT {COMMON}) AS few)"  # noqa: S608  # ours
    )
    asked: list[Any] = [list(ids) if connection.vendor == "postgresql" else json.dumps(list(ids)) for ids in tokens]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([counted] * len(tokens))}", asked)
        return list(cursor.fetchone())


def _postings(
    driver: Sequence[int], others: list[set[int]], after: tuple[str, UUID] | None, size: int, read_whole: bool
) -> list[tuple[str, UUID]]:
    """The first *size* (sort key, person) of each word of *driver*, merged.

    Whether somebody has the other words is looked up person by person; PostgreSQL, which can lay two lists side by side,
    reads them whole where each is long.
    """
    if connection.vendor != "postgresql":
        sql, arguments = _each_on_sqlite(driver, others, after, size)
    elif read_whole:
        sql, arguments = _whole_on_postgresql(driver, others, after, size)
    else:
        sql, arguments = _each_on_postgresql(driver, others, after, size)
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return [(key, pk if isinstance(pk, UUID) else UUID(pk)) for key, pk in cursor.fetchall()]


def _each_on_postgresql(
    driver: Sequence[int], others: list[set[int]], after: tuple[str, UUID] | None, size: int
) -> tuple[str, list[Any]]:
    arguments: list[Any] = [list(driver)]
    condition = ""
    if after:
        condition += " AND (p.sort_key, p.person_id) > (%s, %s)"
        arguments += after
    for ids in others:
        condition += f"{HAS_WORD} = ANY(%s))"
        arguments.append(list(ids))
    sql = f"""SELECT found.sort_key, found.person_id FROM unnest(%s::bigint[]) AS word(id)
      CROSS JOIN LATERAL (SELECT p.sort_key, p.person_id FROM persons_nameposting p WHERE p.token_id = word.id{condition}
        ORDER BY p.sort_key, p.person_id LIMIT %s) AS found
      ORDER BY found.sort_key, found.person_id LIMIT %s"""  # noqa: S608  (no input in it: conditions are our own)
    return sql, [*arguments, size, size]


def _whole_on_postgresql(
    driver: Sequence[int], others: list[set[int]], after: tuple[str, UUID] | None, size: int
) -> tuple[str, list[Any]]:
    condition = ""
    arguments: list[Any] = [list(driver)]
    if after:
        condition += " AND (p.sort_key, p.person_id) > (%s, %s)"
        arguments += after
    for ids in others:
        condition += f" AND p.person_id IN ({WHOLE})"
        arguments.append(list(ids))
    sql = f"""SELECT DISTINCT p.sort_key, p.person_id FROM persons_nameposting p WHERE p.token_id = ANY(%s){condition}
      ORDER BY p.sort_key, p.person_id LIMIT %s"""  # noqa: S608  (no input in it: conditions are our own)
    return sql, [*arguments, size]


def _each_on_sqlite(
    driver: Sequence[int], others: list[set[int]], after: tuple[str, UUID] | None, size: int
) -> tuple[str, list[Any]]:
    condition = ""
    shared: list[Any] = []
    if after:
        condition += " AND (p.sort_key, p.person_id) > (%s, %s)"
        shared += [after[0], after[1].hex]
    for ids in others:
        numbers = ",".join(str(int(number)) for number in ids)
        condition += f"{HAS_WORD} IN ({numbers}))"
    parts: list[str] = []
    arguments: list[Any] = []
    for token in driver:
        parts.append(
            f"SELECT * FROM (SELECT p.sort_key, p.person_id FROM persons_nameposting p WHERE p.token_id = {int(token)}"  # noqa: S608  # a number
            f"{condition} ORDER BY p.sort_key, p.person_id LIMIT {int(size)})"
        )
        arguments += shared
    return f"{' UNION ALL '.join(parts)} ORDER BY 1, 2 LIMIT {int(size)}", arguments
