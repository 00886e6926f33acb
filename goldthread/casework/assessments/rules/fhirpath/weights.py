"""``weight()`` and ``ordinal()``: what an answer counts, looked up in its questionnaire as the reference engine does."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.extensions import weight_of
from goldthread.casework.assessments.rules.fhirpath.nodes import Node
from goldthread.casework.assessments.rules.places import same_value
from goldthread.casework.assessments.rules.problems import ExpressionError

ANSWER = "QuestionnaireResponse.item.answer"
Json = Mapping[str, Any]


def weights_in(questionnaire: Json) -> Callable[[Node], list[Any]]:
    """The function that tells the weights of a row, looked up in *questionnaire*: one, or none."""
    items = {str(item.get("linkId", "")): item for item in _items(questionnaire)}
    contained = [one for one in questionnaire.get("contained") or [] if isinstance(one, Mapping)]

    def weights(node: Node) -> list[Any]:
        name, value, own = _answer_of(node)
        if own is not None:
            return [own]
        if node.path != ANSWER and (node.parent is None or node.parent.path != ANSWER):
            return _of_code(contained, value) if node.path == "Coding" else []
        link_id = _link_id(node)
        if link_id not in items:
            raise ExpressionError(_("the questionnaire has no item %(item)s to weigh") % {"item": link_id})
        found = None if value is None else _of_item(items[link_id], name, value, contained)
        return [] if found is None else [found]

    return weights


def _answer_of(node: Node) -> tuple[str, Any, float | int | None]:
    """Under which name its value stands, the value, and the weight that it carries itself."""
    if node.path == ANSWER and isinstance(node.data, Mapping):
        name = next((key for key in node.data if key.startswith("value") and len(key) > 5), "")
        value = node.data.get(name)
        return name, value, weight_of(node.data.get(f"_{name}"), value)
    kind = node.type[:1].upper() + node.type[1:]
    return f"value{kind}", node.data, weight_of(node.shadow, node.data)


def _link_id(node: Node) -> str:
    at: Node | None = node
    while at is not None and not (isinstance(at.data, Mapping) and at.data.get("linkId")):
        at = at.parent
    return "" if at is None else str(at.data["linkId"])


def _of_item(item: Json, name: str, value: Any, contained: list[Json]) -> float | int | None:
    options = item.get("answerOption") or []
    option = next((one for one in options if name in one and _chosen(one[name], value)), None)
    weight = weight_of(option)
    if weight is not None or not isinstance(value, Mapping) or not value.get("code"):
        return weight
    address = item.get("answerValueSet")
    if address:
        weight = _of_set(str(address), value, contained)
    if weight is None and (address or option):
        return next(iter(_of_code(contained, value)), None)
    return weight


def _chosen(option: Any, value: Any) -> bool:
    if isinstance(option, Mapping) and isinstance(value, Mapping) and ("code" in option or "code" in value):
        return (option.get("system"), option.get("code")) == (value.get("system"), value.get("code"))
    return same_value(option, value)


def _of_set(address: str, value: Json, contained: list[Json]) -> float | int | None:
    plain = address.partition("|")[0]
    for one in contained:
        if one.get("resourceType") == "ValueSet" and plain in (f"#{one.get('id')}", one.get("url")):
            for part in (one.get("compose") or {}).get("include") or []:
                if part.get("system") == value.get("system"):
                    found = _concept(part.get("concept"), value["code"])
                    if found:
                        return weight_of(found)
            return weight_of(_in_expansion((one.get("expansion") or {}).get("contains"), value))
    return None


def _in_expansion(rows: Any, value: Json) -> Json | None:
    """The code among those a value set came to: the reference engine asks a server instead, which we do not."""
    for row in rows or []:
        is_it = (row.get("system"), row.get("code")) == (value.get("system"), value["code"])
        found = row if is_it else _in_expansion(row.get("contains"), value)
        if found:
            return found
    return None


def _of_code(contained: list[Json], value: Any) -> list[Any]:
    """The weight of a coding in a code system that the questionnaire contains."""
    if not isinstance(value, Mapping) or not value.get("system"):
        return []
    for one in contained:
        if one.get("resourceType") == "CodeSystem" and one.get("url") == value["system"]:
            weight = weight_of(_concept(one.get("concept"), value.get("code")))
            return [] if weight is None else [weight]
    return []


def _concept(rows: Any, code: Any) -> Json | None:
    for row in rows or []:
        found = row if row.get("code") == code else _concept(row.get("concept"), code)
        if found:
            return found
    return None


def _items(holder: Json) -> Iterator[Json]:
    waiting = list(holder.get("item") or [])
    while waiting:
        item = waiting.pop()
        yield item
        waiting += item.get("item") or []
