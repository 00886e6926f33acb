"""In which order the items of a questionnaire are worked out: what depends on others after them."""

from collections import deque
from functools import lru_cache

from goldthread.casework.assessments.rules.circles import circles
from goldthread.casework.assessments.rules.fhirpath import compiled
from goldthread.casework.assessments.rules.model import Item, Questionnaire, Variable


@lru_cache(maxsize=64)
def switching_order(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """Every item after the one it stands in and those its enableWhen asks. Circles have been refused before."""
    needs = {
        item.link_id: [*([item.parent] if item.parent else []), *(when.question for when in item.enable_when)]
        for item in questionnaire.by_link.values()
    }
    return tuple(questionnaire.by_link[link_id] for link_id in sorted_by_need(needs))


@lru_cache(maxsize=64)
def calculating_order(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """The calculated items, each after those whose linkId its expression names."""
    needs = calculated_needs(questionnaire)
    return tuple(questionnaire.by_link[link_id] for link_id in sorted_by_need(needs))


def calculated_needs(questionnaire: Questionnaire) -> dict[str, list[str]]:
    """For each calculated item the other calculated items that its expression, or a variable it reads, names."""
    calculated = {item.link_id: item for item in questionnaire.by_link.values() if item.calculated}
    return {
        link_id: sorted((texts_of(questionnaire, item) & calculated.keys()) - {link_id})
        for link_id, item in calculated.items()
    }


def texts_of(questionnaire: Questionnaire, item: Item) -> frozenset[str]:
    """The texts that stand in the expression of *item* and in the variables that it reads, and those read."""
    return _reading(questionnaire, item)[0]


@lru_cache(maxsize=1024)
def variables_read(questionnaire: Questionnaire, link_id: str) -> frozenset[str]:
    """The names of the variables that the expression of a calculated item reads, and of those that they read."""
    return _reading(questionnaire, questionnaire.by_link[link_id])[1]


def _reading(questionnaire: Questionnaire, item: Item) -> tuple[frozenset[str], frozenset[str]]:
    variables: dict[str, list[str]] = {}
    for holder in holders(questionnaire, item):
        for one in holder:
            variables.setdefault(one.name, []).append(one.expression)
    texts: set[str] = set()
    waiting = [item.calculated]
    seen: set[str] = set()
    while waiting:
        expression = compiled(waiting.pop())
        texts |= expression.texts
        for name in (expression.names & variables.keys()) - seen:
            seen.add(name)
            waiting += variables[name]
    return frozenset(texts), frozenset(seen)


def holders(questionnaire: Questionnaire, item: Item) -> list[tuple[Variable, ...]]:
    """The variables that *item* sees, outermost first: of the questionnaire, of each item above it, and its own."""
    found = [item.variables]
    while item.parent:
        item = questionnaire.by_link[item.parent]
        found.append(item.variables)
    return [questionnaire.variables, *reversed(found)]


def sorted_by_need(needs: dict[str, list[str]]) -> list[str]:
    """The names, each after those it needs, otherwise as they came. Names in a circle come last."""
    left = {name: {other for other in others if other in needs} for name, others in needs.items()}
    wanted_by: dict[str, list[str]] = {}
    for name, others in left.items():
        for other in others:
            wanted_by.setdefault(other, []).append(name)
    ready = deque(name for name, others in left.items() if not others)
    done: list[str] = []
    while ready:
        name = ready.popleft()
        done.append(name)
        for other in wanted_by.get(name, []):
            left[other].discard(name)
            if not left[other]:
                ready.append(other)
    placed = set(done)
    return done + [name for name in needs if name not in placed]


def calculated_circles(questionnaire: Questionnaire) -> list[list[str]]:
    """Calculated items that name each other in a circle."""
    return circles(calculated_needs(questionnaire))
