"""One row of the survey as an item of a Questionnaire."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.problems import Problem
from goldthread.casework.assessments.rules.xlsform.sheets import Row
from goldthread.casework.assessments.rules.xlsform.xpath import Said, XPathError, quoted, translate, yes

HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
TYPES = {
    "text": ("string", "text"),
    "string": ("string", "text"),
    "integer": ("integer", "number"),
    "int": ("integer", "number"),
    "decimal": ("decimal", "number"),
    "range": ("decimal", "number"),
    "date": ("date", "date"),
    "time": ("time", "date"),
    "datetime": ("dateTime", "date"),
    "note": ("display", "any"),
    "acknowledge": ("boolean", "boolean"),
    "barcode": ("string", "text"),
    "image": ("attachment", "any"),
    "audio": ("attachment", "any"),
    "video": ("attachment", "any"),
    "file": ("attachment", "any"),
    "group": ("group", "any"),
    "repeat": ("group", "any"),
}
FROM_THE_DEVICE = frozenset(
    (
        "start",
        "end",
        "today",
        "deviceid",
        "subscriberid",
        "simserial",
        "phonenumber",
        "username",
        "email",
        "audit",
        "start-geopoint",
        "background-audio",
    )
)
"""What a telephone notes of itself. Left out: Goldthread records by itself who answered, and when."""
REFUSED = (
    "choice_filter",
    "trigger",
    "query",
    "media::image",
    "media::audio",
    "media::video",
    "image",
    "audio",
    "video",
)
CONTROLS = {"minimal": "drop-down", "autocomplete": "autocomplete", "search": "autocomplete", "slider": "slider"}
SURELY, NEVER = ("yes", "true", "true()", "1"), ("", "no", "false", "false()", "0")
KINDS = {
    "number": "decimal",
    "boolean": "boolean",
    "text": "string",
    "any": "string",
    "choice": "string",
    "date": "date",
}


@dataclass
class Question:
    """A row of the survey, with the rows in it when it is a group."""

    row: Row
    name: str
    type: str
    turns: tuple[str, ...]
    """The names of the repeats it stands in, outermost first."""
    items: list["Question"] = field(default_factory=list)

    @property
    def list_name(self) -> str:
        """The list of choices it takes its answers from."""
        words = self.type.split(" ")
        return words[1] if self.type.startswith(("select_", "rank")) and len(words) > 1 else ""


@dataclass
class Form:
    """What a row can refer to."""

    lists: dict[str, list[Row]]
    language: str
    questions: dict[str, Question] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """The words of a row in its languages."""

    row: Row

    def language(self, default: str) -> str:
        """The code in ``English (en)``."""
        return default.rpartition("(")[2].rstrip(")") if "(" in default else default if 2 <= len(default) <= 3 else ""

    def under(self, column: str, name: str, default: str) -> dict[str, Any]:
        """The words of *column* as FHIR keeps them under *name*, with their translations."""
        by_language = dict(self.row.words.get(column, {}))
        if not by_language:
            return {}
        main = next(
            (key for key in ("", self.language(default), default) if key in by_language), next(iter(by_language))
        )
        plain = by_language.pop(main)
        others = [
            {
                "url": f"{HL7}translation",
                "extension": [{"url": "lang", "valueCode": key}, {"url": "content", "valueString": words}],
            }
            for key, words in by_language.items()
        ]
        return {name: plain, **({f"_{name}": {"extension": others}} if others else {})}


def words_of(row: Row) -> Words:
    """The words of *row*."""
    return Words(row)


def metadata_types(kind: str) -> bool:
    """Whether a row of the type *kind* is about the device, not the person."""
    return kind in FROM_THE_DEVICE


def item_of(question: Question, form: Form, problems: list[Problem]) -> dict[str, Any] | None:
    """The item that *question* is; None and a problem when its type is not known."""
    row = question.row
    for column in REFUSED:
        if row.cells.get(column):
            problems.append(Problem(row.place, _("has %(column)s, which is not supported") % {"column": column}))
    for words in row.words.get("label", {}).values():
        if "${" in words:
            problems.append(Problem(row.place, _("shows an answer in its words, which is not supported")))
    kind = fhir_type(question, form)
    if kind is None:
        problems.append(Problem(row.place, _("its type “%(type)s” is not supported") % {"type": question.type}))
        return None
    item: dict[str, Any] = {
        "linkId": question.name,
        "type": kind,
        **words_of(row).under("label", "text", form.language),
    }
    builder = _Builder(question, form, problems, item)
    builder.build()
    inner = [child for one in question.items if (child := item_of(one, form, problems))]
    if inner:
        item["item"] = [*item.get("item", []), *inner]
    return item


def fhir_type(question: Question, form: Form) -> str | None:
    """The type of FHIR for a row; None when there is none."""
    if question.type.startswith(("select_one ", "select_multiple ")):
        return "open-choice" if question.type.endswith(" or_other") else "choice"
    if question.type == "calculate":
        try:
            return KINDS.get(calculation_of(question, form).kind, "string")
        except XPathError:
            return "string"
    found = TYPES.get(question.type)
    if found and found[0] == "string" and "multiline" in question.row.said("appearance"):
        return "text"
    return found[0] if found else None


def calculation_of(question: Question, form: Form) -> Said:
    """The calculation of *question* in FHIRPath."""
    return translate(question.row.said("calculation", "calculate"), lambda name: refer(name, question, form, ()))


def refer(name: str, here: Question, form: Form, above: tuple[str, ...]) -> Said:
    """The answers of the question *name* as they are seen from *here*: those of its own turn, when both stand in one repeat."""
    other = form.questions.get(name) if name else here
    if other is None:
        raise XPathError(_("there is no question “%(name)s”") % {"name": name})
    if other.name in above or len(above) > 20:
        raise XPathError(_("“%(name)s” is worked out in a circle") % {"name": other.name})
    near = bool(other.turns) and other.turns == here.turns
    start = "%context" if near else "%resource"
    path = f"{start}.descendants().where(linkId = {quoted(other.name)}).answer.value"
    if other.type.startswith("select_multiple "):
        return Said(path, "choices")
    if other.type.startswith("select_one "):
        return Said(path, "choice")
    if other.type == "calculate" and other is not here:
        inner = translate(
            other.row.said("calculation", "calculate"), lambda one: refer(one, other, form, (*above, other.name))
        )
        return Said(path, inner.kind if inner.kind not in ("choice", "choices") else "text")
    return Said(path, TYPES.get(other.type, ("", "any"))[1])


class _Builder:
    """Fills in one item."""

    def __init__(self, question: Question, form: Form, problems: list[Problem], item: dict[str, Any]) -> None:
        self.question = question
        self.row = question.row
        self.form = form
        self.problems = problems
        self.item = item
        self.extensions: list[dict[str, Any]] = []

    def build(self) -> None:
        self._flags()
        self._choices()
        self._logic()
        self._look()
        if self.extensions:
            self.item["extension"] = self.extensions

    def _add(self, reason: str) -> None:
        self.problems.append(Problem(self.row.place, reason))

    def _flags(self) -> None:
        for column, name in (("required", "required"), ("readonly", "readOnly"), ("read_only", "readOnly")):
            word = self.row.said(column).lower()
            if word in SURELY:
                self.item[name] = True
            elif word not in NEVER:
                self._add(_("%(column)s is a condition, which is not supported") % {"column": column})
        if self.question.type == "repeat" or self.question.type.startswith("select_multiple "):
            self.item["repeats"] = True
        count = self.row.said("repeat_count")
        if count.isdecimal() and int(count) <= 50:
            self._extend("minOccurs", HL7 + "questionnaire-minOccurs", valueInteger=int(count))
            self._extend("maxOccurs", HL7 + "questionnaire-maxOccurs", valueInteger=int(count))
        elif count:
            self._add(_("repeat_count is not a number up to 50, which is not supported"))

    def _choices(self) -> None:
        if not self.question.list_name:
            return
        rows = self.form.lists.get(self.question.list_name)
        if not rows:
            self._add(_("there are no choices called “%(name)s”") % {"name": self.question.list_name})
            return
        self.item["answerOption"] = [self._option(row) for row in rows]

    def _option(self, row: Row) -> dict[str, Any]:
        name = row.said("name", "value")
        words = words_of(row).under("label", "display", self.form.language)
        made: dict[str, Any] = {"valueCoding": {"code": name, "display": name, **words}}
        weight = row.said("weight", "score") or name
        try:
            made["extension"] = [{"url": f"{HL7}ordinalValue", "valueDecimal": float(weight)}]
        except ValueError:
            if row.said("weight", "score"):
                self.problems.append(Problem(row.place, _("its weight is no number")))
        return made

    def _logic(self) -> None:
        relevant = self.row.said("relevant", "relevance")
        if relevant:
            self._expression("relevant", SDC + "enableWhenExpression", relevant, condition=True)
        calculation = self.row.said("calculation", "calculate")
        if calculation:
            self._expression("calculation", SDC + "calculatedExpression", calculation)
            self.item["readOnly"] = True
            if self.question.type == "calculate":
                self._extend("hidden", HL7 + "questionnaire-hidden", valueBoolean=True)
        elif self.question.type == "calculate":
            self._add(_("calculates nothing"))
        self._constraint()
        self._default()

    def _expression(self, column: str, url: str, source: str, condition: bool = False) -> None:
        said = self._said(column, source)
        if said is None:
            return
        try:
            path = yes(said) if condition else f"{said.path}.code" if said.kind in ("choice", "choices") else said.path
        except XPathError as error:
            self._add(f"{column}: {error}")
            return
        self._extend(column, url, valueExpression={"language": "text/fhirpath", "expression": path})

    def _said(self, column: str, source: str) -> Said | None:
        try:
            return translate(
                source, lambda name: refer(name, self.question, self.form, (self.question.name,) if name else ())
            )
        except XPathError as error:
            self._add(f"{column}: {error}")
            return None

    def _constraint(self) -> None:
        source = self.row.said("constraint")
        said = self._said("constraint", source) if source else None
        if said is None:
            return
        own = refer("", self.question, self.form, ()).path
        says = words_of(self.row).under("constraint_message", "valueString", self.form.language)
        parts = [
            {"url": "key", "valueId": "constraint"},
            {"url": "severity", "valueCode": "error"},
            {"url": "expression", "valueString": f"{own}.empty() or {said.path}"},
            {"url": "human", **(says or {"valueString": _("The answer is not allowed here.")})},
        ]
        self.extensions.append({"url": HL7 + "questionnaire-constraint", "extension": parts})

    def _default(self) -> None:
        default = self.row.said("default")
        if not default:
            return
        if "(" in default or "${" in default:
            self._expression("default", SDC + "initialExpression", default)
            return
        if self.question.list_name:
            for option in self.item.get("answerOption", []):
                if option["valueCoding"]["code"] in default.split():
                    option["initialSelected"] = True
            return
        value = _initial(self.item["type"], default)
        if value is None:
            self._add(_("its default “%(default)s” does not fit its type") % {"default": default})
        else:
            self.item["initial"] = [value]

    def _look(self) -> None:
        hint = words_of(self.row).under("hint", "text", self.form.language)
        if hint and self.item["type"] != "display":
            control = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]}
            shown = {"url": HL7 + "questionnaire-itemControl", "valueCodeableConcept": control}
            self.item["item"] = [
                {"linkId": f"{self.question.name}/hint", "type": "display", **hint, "extension": [shown]}
            ]
        for word in self.row.said("appearance").split():
            if word in CONTROLS:
                concept = {"coding": [{"code": CONTROLS[word]}]}
                self._extend("appearance", HL7 + "questionnaire-itemControl", valueCodeableConcept=concept)
        if self.question.type == "range":
            self._range()

    def _range(self) -> None:
        pairs = (
            part.split("=", 1)
            for part in self.row.said("parameters").replace(";", " ").replace(",", " ").split()
            if "=" in part
        )
        given = {name.strip(): value for name, value in pairs}
        for name, url in (("start", "minValue"), ("end", "maxValue")):
            value = _initial("decimal", given.get(name, ""))
            if value:
                self._extend(name, HL7 + url, **value)

    def _extend(self, _name: str, url: str, **value: Any) -> None:
        self.extensions.append({"url": url, **value})


def _initial(kind: str, default: str) -> dict[str, Any] | None:
    """A default as FHIR keeps it."""
    try:
        if kind == "integer":
            return {"valueInteger": int(default)}
        if kind == "decimal":
            return {"valueDecimal": float(default)}
    except ValueError:
        return None
    if kind == "boolean":
        return {"valueBoolean": default.lower() in SURELY} if default.lower() in (*SURELY, *NEVER) else None
    names = {
        "date": "valueDate",
        "time": "valueTime",
        "dateTime": "valueDateTime",
        "string": "valueString",
        "text": "valueString",
    }
    return {names[kind]: default} if kind in names else None
