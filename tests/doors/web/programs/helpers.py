"""What the tests of the programs' pages do again and again."""

from datetime import date

from django.urls import reverse

from goldthread.doors.web.programs.rule_form import RuleForm
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs import queries
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.rules.template import Span
from goldthread.foundation.programs.shipped import shipped
from tests.factories import AT

FAR = date(2027, 12, 1)


def opened(key="idd-hcbs", **more):
    by = Actor(at=AT, today=AT.date(), name="Esther Adomako")
    values = {
        "name": f"Our {key}",
        "template": shipped()[key],
        "template_key": key,
        "team": None,
        "opened_on": date(2026, 1, 5),
    }
    return open_program(key=key, by=by, **(values | more))


def page(name, *args):
    return reverse(f"programs:{name}", args=args)


def filled(program, key, **changed):
    """What the form of a rule sends when nothing is touched, with *changed*."""
    template = queries.parsed(queries.latest(program))
    form = RuleForm(requirement=template.requirement(key), template=template, today=date(2026, 11, 19))
    data = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, Span):
            data |= {f"{bound.name}_count": value.count, f"{bound.name}_unit": str(value.unit)}
        elif value not in (None, False, "", []):
            data[bound.name] = value
    return (
        data
        | {"version": queries.latest(program).number, "in_force_from": FAR.isoformat(), "form_id": str(new_id())}
        | changed
    )
