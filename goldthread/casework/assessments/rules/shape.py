"""Whether the JSON is a FHIR Questionnaire: asked of ``fhir.resources``, answered by item."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.model import Json
from goldthread.casework.assessments.rules.problems import DefinitionError, Problem

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
"""What FHIRPath reads after ``%``."""
MOST = 50
"""So many mistakes are told of; a file that is something else altogether has thousands."""


def check_shape(data: Json) -> None:
    """DefinitionError with the items whose structure is not FHIR's."""
    if data.get("resourceType") != "Questionnaire":
        raise DefinitionError([Problem("", _("is not a FHIR Questionnaire"))])
    from fhir.resources.R4B.questionnaire import Questionnaire as Standard  # slow to import: see definition.py
    from pydantic import ValidationError

    try:
        Standard.model_validate(_without_shadows(data))
    except ValidationError as error:
        raise DefinitionError(_problems(data, error.errors(include_url=False, include_context=False))) from error


def _without_shadows(value: Any) -> Any:
    """*value* without what FHIR lets stand beside the value of an extension (``_valueString``, its translations): the classes
    of ``fhir.resources`` do not know it.
    """
    if isinstance(value, list):
        return [_without_shadows(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    kept = {key: _without_shadows(inner) for key, inner in value.items() if key != "extension"}
    if isinstance(extensions := value.get("extension"), list):
        kept["extension"] = [_without_shadow(_without_shadows(one)) for one in extensions]
    elif extensions is not None:
        kept["extension"] = extensions
    return kept


def _without_shadow(extension: Any) -> Any:
    if not isinstance(extension, Mapping):
        return extension
    kept = {key: inner for key, inner in extension.items() if not key.startswith("_value")}
    expression = kept.get("valueExpression")
    if isinstance(expression, Mapping) and NAME.fullmatch(str(expression.get("name", ""))):
        # R4 calls the name an id, which has no underscore; FHIRPath has them, and published variables use them.
        kept["valueExpression"] = {key: inner for key, inner in expression.items() if key != "name"}
    return kept


def _problems(data: Json, errors: Sequence[Mapping[str, Any]]) -> list[Problem]:
    found = []
    for error in errors[:MOST]:
        link_id, rest = _place(data, error["loc"])
        reason = f"{'.'.join(rest)}: {error['msg']}" if rest else str(error["msg"])
        found.append(Problem(link_id, reason))
    return list(dict.fromkeys(found))


def _place(data: Any, path: Sequence[str | int]) -> tuple[str, list[str]]:
    """The linkId of the innermost item on *path*, and the path from there."""
    link_id, rest = "", []
    for step in path:
        data = _below(data, step)
        rest.append(str(step))
        if isinstance(data, Mapping) and isinstance(data.get("linkId"), str):
            link_id, rest = data["linkId"], []
    return link_id, rest


def _below(data: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return data[step] if isinstance(data, list) and step < len(data) else None
    return data.get(step) if isinstance(data, Mapping) else None
