"""YAML, or the content of a version, read into a Template. The words of the YAML stand in docs/programs.md."""

from typing import Any

from django.utils.translation import gettext as _

from goldthread.foundation.lib.labels import LABEL_NAMES
from goldthread.foundation.programs.enums import Activity, Checklist, Domain, Mode, Place, Priority
from goldthread.foundation.programs.rules.checking import check_template
from goldthread.foundation.programs.rules.fields import Notes, unknown
from goldthread.foundation.programs.rules.nodes import read_yaml
from goldthread.foundation.programs.rules.problems import Path, Problem, TemplateError
from goldthread.foundation.programs.rules.reading_aftercare import read_aftercare
from goldthread.foundation.programs.rules.reading_eligibility import read_eligibility
from goldthread.foundation.programs.rules.reading_plan import read_plan
from goldthread.foundation.programs.rules.reading_requirements import read_requirement, read_source
from goldthread.foundation.programs.rules.reading_waitlist import read_waitlist
from goldthread.foundation.programs.rules.reading_way_out import read_discharge_reason, read_way_out
from goldthread.foundation.programs.rules.template import JUDGEMENT, ContactKind, Source, Template

__all__ = ["LABEL_WORDS", "Problem", "TemplateError", "from_content", "read_template"]

TEMPLATE_KEYS = (
    "template",
    "title",
    "version",
    "serves",
    "client_word",
    "plan_word",
    "labels",
    "caseload",
    "cosign",
    "re_entry_days",
    "re_entry_source",
    "aftercare",
    "plan",
    "eligibility",
    "way_out",
    "waitlist",
    "domains",
    "activities",
    "contacts",
    "priorities",
    "requirements",
    "discharge_reasons",
)
CONTACT_KEYS = ("key", "title", "mode", "place", "activities", "checklist", "minutes")
LABEL_WORDS = tuple(str(label.name).lower() for label in LABEL_NAMES)
UNITS = ("person", "household")


def read_template(text: str, file: str = "") -> Template:
    """The template written as YAML in *text*. TemplateError with every mistake, each with its line in *file*."""
    found = read_yaml(text, file)
    notes = Notes(file, found.lines)
    notes.problems += found.problems
    return _read(found.value, notes)


def from_content(content: Any, file: str = "", lines: dict[Path, int] | None = None) -> Template:
    """The template whose content (as ``writing.to_content`` gives it) is *content*. TemplateError with every mistake.

    *lines*: the line in *file* of each part, when it came from a text.
    """
    return _read(content, Notes(file, lines or {}))


def _read(value: Any, notes: Notes) -> Template:
    fields = notes.fields(value, (), TEMPLATE_KEYS, ("template", "title", "requirements"))
    flag, flag_source = _caseload(fields.values.get("caseload"), notes)
    template = Template(
        key=fields.key("template"),
        title=fields.text("title", longest=120),
        version=fields.number("version", 1, 1),
        unit=_one_of(notes, fields.values.get("serves", "person"), ("serves",), UNITS),
        client_word=fields.text("client_word", "client", 40),
        plan_word=fields.text("plan_word", "plan", 60),
        caseload_flag=flag,
        caseload_source=flag_source,
        labels=tuple(
            _one_of(notes, item, path, LABEL_WORDS)
            for item, path in notes.items(value_of(value, "labels"), ("labels",))
        ),
        domains=fields.words("domains", Domain) or tuple(Domain),
        activities=fields.words("activities", Activity) or tuple(Activity),
        contact_kinds=fields.every("contacts", _contact_kind),
        priority_rules=fields.words("priorities", Priority),
        requirements=fields.every("requirements", read_requirement),
        discharge_reasons=fields.every("discharge_reasons", read_discharge_reason),
        cosign_default=fields.flag("cosign"),
        re_entry_days=fields.number("re_entry_days", 0, 0, 3660),
        re_entry_source=_source_of(notes, fields.values, "re_entry_source"),
        aftercare=read_aftercare(notes, fields.values.get("aftercare")),
        plan=read_plan(notes, fields.values.get("plan")),
        eligibility=read_eligibility(notes, fields.values.get("eligibility")),
        way_out=read_way_out(notes, fields.values.get("way_out")),
        waitlist=read_waitlist(notes, fields.values.get("waitlist")),
    )
    check_template(template, notes)
    if notes.problems:
        raise TemplateError(sorted(notes.problems, key=lambda problem: problem.line))
    return template


def value_of(value: Any, name: str) -> Any:
    """The field *name* of *value*, when that is a mapping."""
    return value.get(name) if isinstance(value, dict) else None


def _one_of(notes: Notes, value: Any, path: Path, words: tuple[str, ...]) -> str:
    if value not in words:
        notes.wrong(path, unknown(str(value), words, _("“%(word)s” cannot stand here.")))
        return words[0]
    return str(value)


def _caseload(value: Any, notes: Notes) -> tuple[int, Any]:
    if value is None:
        return 0, JUDGEMENT
    fields = notes.fields(value, ("caseload",), ("flag", "source"), ("flag", "source"))
    return fields.number("flag", 1, 1, 1000), read_source(notes, fields.values.get("source"), fields.at("source"))


def _source_of(notes: Notes, values: dict[str, Any], name: str) -> Source:
    return read_source(notes, values[name], (name,)) if values.get(name) is not None else JUDGEMENT


def _contact_kind(notes: Notes, value: Any, path: Path) -> ContactKind:
    fields = notes.fields(value, path, CONTACT_KEYS, ("key", "title", "mode"))
    return ContactKind(
        key=fields.key("key"),
        title=fields.text("title", longest=120),
        mode=fields.word("mode", Mode, Mode.IN_PERSON),
        place=fields.word("place", Place, Place.OFFICE) if fields.has("place") else None,
        activities=fields.words("activities", Activity),
        checklist=fields.word("checklist", Checklist, Checklist.HOME) if fields.has("checklist") else None,
        minutes=fields.number("minutes", 30, 1, 1440),
    )
