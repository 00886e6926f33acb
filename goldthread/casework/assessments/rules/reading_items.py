"""One item of the JSON read into an Item, with everything about it that cannot be honoured noted by its linkId."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.casework.assessments.rules.extensions import (
    COMPUTED,
    LIMITS,
    OURS,
    code_of,
    every,
    extensions_of,
    first,
    name_of,
    named,
    parts,
    text_of,
    value_of_extension,
    within,
)
from goldthread.casework.assessments.rules.model import (
    Condition,
    Constraint,
    Item,
    ItemType,
    Json,
    Operator,
    Safety,
    Text,
    Unit,
    Variable,
)
from goldthread.casework.assessments.rules.notes import Notes
from goldthread.casework.assessments.rules.options import options_of_set, read_options
from goldthread.casework.assessments.rules.patterns import PatternError, check_pattern
from goldthread.casework.assessments.rules.texts import check_address, check_text, has_script

REFUSED = {
    "answerExpression": gettext_lazy("offers answers that an expression works out, which is not supported"),
    "answerOptionsToggleExpression": gettext_lazy("switches its options by an expression, which is not supported"),
    "candidateExpression": gettext_lazy("offers candidates that an expression works out, which is not supported"),
    "contextExpression": gettext_lazy("shows a context that an expression works out, which is not supported"),
    "itemPopulationContext": gettext_lazy("is filled from a query to another system, which is not supported"),
    "subQuestionnaire": gettext_lazy(
        "is assembled from another questionnaire, which is not supported: assemble it first"
    ),
    "lookupQuestionnaire": gettext_lazy("looks its answer up in another questionnaire, which is not supported"),
    **dict.fromkeys(
        COMPUTED, gettext_lazy("has words or a value that an expression works out, which is not supported")
    ),
}
NAMED = ("calculatedExpression", "initialExpression", "enableWhenExpression")
SIMPLE = ("Boolean", "Decimal", "Integer", "Date", "DateTime", "Time", "String", "Coding", "Quantity", "Reference")
MEGABYTES = 1_000
"""From here on a maxSize is meant in bytes."""
LIMITED = (ItemType.INTEGER, ItemType.DECIMAL, ItemType.DATE, ItemType.DATE_TIME, ItemType.TIME, ItemType.QUANTITY)


class ItemReader:
    """Reads items. *contained*: the resources inside the questionnaire, by ``#id`` and by address."""

    def __init__(self, contained: Mapping[str, Json], notes: Notes, written: str = "") -> None:
        """*written*: the whole definition as text, in which names are looked for."""
        self.contained = contained
        self.notes = notes
        self.written = written

    def items(
        self, rows: list[Json], parent: str = "", turns: tuple[str, ...] = (), depth: int = 0
    ) -> tuple[Item, ...]:
        """The items of one level, each with its own below it."""
        return tuple(item for row in rows if (item := self.item(row, parent, turns, depth)))

    def item(self, row: Json, parent: str, turns: tuple[str, ...], depth: int) -> Item | None:
        """One item; None when not even its type is known."""
        link_id = str(row["linkId"])
        self._refuse(row, link_id)
        try:
            kind = ItemType(str(row.get("type", "")))
        except ValueError:
            self.notes.add(link_id, _("its type “%(type)s” is not known") % {"type": row.get("type", "")})
            return None
        below = row.get("item") or []
        if kind is ItemType.DISPLAY and below:
            self.notes.add(link_id, _("is words to show and cannot have items in it"))
        item = Item(
            link_id,
            kind,
            self.text(row, "text", link_id),
            row,
            depth,
            parent,
            turns,
            prefix=str(row.get("prefix") or ""),
        )
        item = replace(
            item, **self._plain(row, link_id), **self._logic(row, link_id), **self._look(row, link_id, below)
        )
        if kind.is_question:
            item = replace(item, **self._question(row, item))
        self._check(item)
        inner = (*turns, link_id) if item.many else turns
        return replace(item, items=self.items(below, link_id, inner, depth + 1))

    def text(self, row: Json, name: str, link_id: str) -> Text:
        """Words with their translations; scripts in them are refused."""
        found = text_of(row, name)
        check_text(row, found, name, link_id, self.notes)
        return found

    def variables(self, row: Json, link_id: str) -> tuple[Variable, ...]:
        """The variables an element declares; an expression with a name that others read is one, too."""
        found = []
        for value in every(row, "variable"):
            expression = self.notes.expression(link_id, "variable", value)
            name = str(value.get("name") or "") if isinstance(value, Mapping) else ""
            if expression and not name:
                self.notes.add(link_id, _("has a variable without a name"))
            else:
                found.append(Variable(name, expression))
        for kind in NAMED:
            value = first(row, kind)
            name = str(value.get("name") or "") if isinstance(value, Mapping) else ""
            if name and f"%{name}" in self.written:
                found.append(Variable(name, self.notes.expression(link_id, kind, value)))
        return tuple(variable for variable in found if variable.expression)

    def constraints(self, row: Json, link_id: str) -> tuple[Constraint, ...]:
        """The rules over answers that an element declares (questionnaire-constraint, or its successor targetConstraint)."""
        found = []
        for one in [*named(row, "constraint"), *named(row, "targetConstraint")]:
            pieces = {name: values[0] for name, values in parts(one).items()}
            says = next(
                (text_of(part, "valueString") for part in extensions_of(one) if part.get("url") == "human"), Text()
            )
            key, hard = str(pieces.get("key") or ""), pieces.get("severity") != "warning"
            expression = pieces.get("expression")
            if isinstance(expression, Mapping):
                expression = self.notes.expression(link_id, "constraint", expression)
            if not isinstance(expression, str):
                self.notes.add(link_id, _("has a constraint without an expression"))
                continue
            found.append(Constraint(key, expression, says, hard))
        return tuple(found)

    def _refuse(self, row: Json, link_id: str) -> None:
        """Note extensions that change what is asked and that we cannot honour, here and on the words."""
        if row.get("modifierExtension"):
            for one in row["modifierExtension"]:
                self.notes.add(
                    link_id, _("has the modifierExtension %(url)s, which is not known") % {"url": one.get("url", "")}
                )
        for one in within(row):
            reason = REFUSED.get(name_of(str(one.get("url", ""))))
            if reason:
                self.notes.add(link_id, str(reason))

    def _plain(self, row: Json, link_id: str) -> dict[str, Any]:
        notes = self.notes
        return {
            "required": notes.flag(link_id, "required", row.get("required")),
            "repeats": notes.flag(link_id, "repeats", row.get("repeats")),
            "read_only": notes.flag(link_id, "readOnly", row.get("readOnly")),
            "hidden": notes.flag(link_id, "hidden", first(row, "hidden")),
            "max_length": notes.whole(link_id, "maxLength", row.get("maxLength")),
            "min_length": notes.whole(link_id, "minLength", first(row, "minLength")),
            "min_occurs": notes.whole(link_id, "minOccurs", first(row, "minOccurs")),
            "max_occurs": notes.whole(link_id, "maxOccurs", first(row, "maxOccurs")),
        }

    def _logic(self, row: Json, link_id: str) -> dict[str, Any]:
        expression = self.notes.expression
        found = {
            name: first(row, name) for name in ("enableWhenExpression", "calculatedExpression", "initialExpression")
        }
        if found["enableWhenExpression"] and row.get("enableWhen"):
            self.notes.add(link_id, _("has both enableWhen and enableWhenExpression"))
        conditions = tuple(c for when in row.get("enableWhen") or [] if (c := self._condition(when, link_id)))
        if len(conditions) > 1 and row.get("enableBehavior") not in ("all", "any"):
            self.notes.add(link_id, _("has several enableWhen and does not say whether all or any are needed"))
        return {
            "enable_when": conditions,
            "enable_any": row.get("enableBehavior") == "any",
            "enable_expression": expression(link_id, "enableWhenExpression", found["enableWhenExpression"]),
            "calculated": expression(link_id, "calculatedExpression", found["calculatedExpression"]),
            "initial_expression": expression(link_id, "initialExpression", found["initialExpression"]),
            "variables": self.variables(row, link_id),
            "constraints": self.constraints(row, link_id),
        }

    def _condition(self, when: Json, link_id: str) -> Condition | None:
        value = next(when[f"answer{kind}"] for kind in SIMPLE if f"answer{kind}" in when)
        try:
            operator = Operator(str(when.get("operator", "")))
        except ValueError:
            self.notes.add(
                link_id, _("enableWhen: the operator “%(operator)s” is not known") % {"operator": when.get("operator")}
            )
            return None
        if operator is Operator.EXISTS and not isinstance(value, bool):
            self.notes.add(link_id, _("enableWhen: exists is compared with true or false"))
            return None
        return Condition(str(when.get("question", "")), operator, value)

    def _look(self, row: Json, link_id: str, below: list[Json]) -> dict[str, Any]:
        helps = [
            inner
            for inner in below
            if code_of(first(inner, "itemControl")) == "help" and inner.get("type") == "display"
        ]
        address = str(first(row, "supportLink") or "")
        check_address(address, link_id, self.notes)
        return {
            "control": code_of(first(row, "itemControl")),
            "category": code_of(first(row, "displayCategory")),
            "orientation": str(first(row, "choiceOrientation") or ""),
            "support_link": address,
            "help": text_of(helps[0], "text") if helps else Text(),
            "entry_format": str(first(row, "entryFormat") or ""),
            "slider_step": self.notes.whole(link_id, "sliderStepValue", first(row, "sliderStepValue")),
        }

    def _question(self, row: Json, item: Item) -> dict[str, Any]:
        link_id = item.link_id
        begins = [_initial(value) for value in row.get("initial") or []]
        unit = first(row, "unit") or _unit_to_begin_with(begins)
        units = [_unit(value) for value in every(row, "unitOption")]
        for address in every(row, "unitValueSet"):
            codings = [
                option.answer["valueCoding"]
                for option in options_of_set(str(address), link_id, self.contained, self.notes)
            ]
            units += [_unit(coding) for coding in codings]
        pattern = str(first(row, "regex") or "")
        try:
            check_pattern(pattern)
        except PatternError as error:
            self.notes.add(link_id, _("its pattern cannot be used: %(why)s") % {"why": error})
        return {
            "options": read_options(row, link_id, self.contained, self.notes),
            "initial": tuple(answer for answer in begins if not _is_bare_unit(answer)),
            **self._limits(row, link_id),
            "max_decimals": self.notes.whole(link_id, "maxDecimalPlaces", first(row, "maxDecimalPlaces")),
            "regex": pattern,
            "unit": _unit(unit) if unit else None,
            "units": tuple(units),
            "mime_types": tuple(str(value) for value in every(row, "mimeType")),
            "max_bytes": _bytes(first(row, "maxSize")),
            "reference_to": tuple(str(value) for value in every(row, "referenceResource")),
            "safety": self._safety(row, link_id),
        }

    def _limits(self, row: Json, link_id: str) -> dict[str, Any]:
        """The least and the most: a value, or an expression that works it out (``cqf-calculatedValue`` on the value)."""
        found: dict[str, Any] = {}
        for end, name in zip(("min", "max"), LIMITS, strict=True):
            found[f"{end}_expression"] = self._worked_out(row, name, link_id)
            said = first(row, name) if first(row, name) is not None else first(row, f"{end}Quantity")
            found[f"{end}_value"] = None if found[f"{end}_expression"] else said
        return found

    def _worked_out(self, row: Json, name: str, link_id: str) -> str:
        shadows = [value for one in named(row, name) for key, value in one.items() if key.startswith("_value")]
        for shadow in shadows:
            for one in extensions_of(shadow):
                if name_of(str(one.get("url", ""))) in COMPUTED:
                    return self.notes.expression(link_id, name, value_of_extension(one))
        return ""

    def _safety(self, row: Json, link_id: str) -> Safety | None:
        for one in named(row, f"{OURS}safety"):
            pieces = {name: values[0] for name, values in parts(one).items()}
            above = self.notes.number(link_id, "safety above", pieces.get("above", 0))
            says = next(
                (text_of(part, "valueString") for part in extensions_of(one) if part.get("url") == "says"), Text()
            )
            return Safety(above or 0, says)
        return None

    def _check(self, item: Item) -> None:
        """What the parts of an item must be to one another."""
        self._check_ends(item)
        add, link_id = self.notes.add, item.link_id
        if item.type is ItemType.CHOICE and not item.options and not _given(item):
            add(link_id, _("is a choice with nothing to choose from"))
        if item.options and item.type in (ItemType.BOOLEAN, ItemType.ATTACHMENT, ItemType.QUANTITY, ItemType.GROUP):
            add(link_id, _("has options, which its type cannot have"))
        if any(has_script(option.text) for option in item.options) or has_script(item.help):
            add(link_id, _("has a script in its words"))
        if (item.data.get("initial") or item.initial_expression) and not item.type.is_question:
            add(link_id, _("has an initial answer but takes no answers"))
        if len(item.initial) > 1 and not item.repeats:
            add(link_id, _("has several initial answers but takes one"))
        if item.calculated and not item.type.is_question:
            add(link_id, _("is worked out but takes no answers"))

    def _check_ends(self, item: Item) -> None:
        for name, end in (("minValue", item.min_value), ("maxValue", item.max_value)):
            if end is not None and item.type not in LIMITED:
                self.notes.add(item.link_id, _("has %(name)s, which its type cannot have") % {"name": name})


def _initial(value: Json) -> Json:
    return {key: kept for key, kept in value.items() if key.lstrip("_").startswith("value")}


def _is_bare_unit(answer: Json) -> bool:
    """An amount without a number says in which unit it will be told: it answers nothing."""
    return "valueQuantity" in answer and "value" not in answer["valueQuantity"]


def _unit_to_begin_with(answers: list[Json]) -> Json | None:
    amount: Json = next((answer["valueQuantity"] for answer in answers if _is_bare_unit(answer)), {})
    words = {"code": amount.get("code"), "display": amount.get("unit"), "system": amount.get("system")}
    return words if words["code"] or words["display"] else None


def _given(item: Item) -> bool:
    """Whether its answer comes from elsewhere than a list."""
    return bool(item.calculated or item.initial_expression or item.initial or item.read_only or item.hidden)


def _unit(coding: Json) -> Unit:
    code = str(coding.get("code") or coding.get("display") or "")
    return Unit(code, str(coding.get("display") or code), str(coding.get("system") or ""))


def _bytes(size: Any) -> int | None:
    """maxSize was told in megabytes when R4 came out and is told in bytes since: nobody asks for files of a thousand megabytes."""
    if not isinstance(size, int | float):
        return None
    return int(size if size >= MEGABYTES else size * 1_000_000)
