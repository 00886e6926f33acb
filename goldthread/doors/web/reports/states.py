"""The table of jurisdictions as it is: what holds in each state, which number, from where, and whether anybody checked it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.casework.incidents.enums import Population
from goldthread.casework.incidents.rules.jurisdictions import ruling_for, table
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.reports.finding import READERS
from goldthread.doors.web.reports.words import span_words


@require_GET
@staff_page(*READERS)
def table_of_states(request: StaffRequest) -> HttpResponse:
    """Every state for one group (``population``)."""
    asked = request.GET.get("population", "")
    population = Population(asked) if asked in Population.values else Population.CHILD
    rows = [_row(state, name, population, request) for state, name in table().states.items()]
    context = {
        "rows": rows,
        "population": population,
        "populations": [(one.value, one.label, one == population) for one in Population],
        "checked": sum(row["ruling"].known and row["ruling"].verified for row in rows),
        "known": sum(row["ruling"].known for row in rows),
        "numbers": sum(row["ruling"].own_line for row in rows),
        "national": rows[0]["ruling"].national,
    }
    return render(request, "reports/states.html", context)


def _row(state: str, name: str, population: Population, request: StaffRequest) -> dict[str, Any]:
    ruling = ruling_for(state, population.value, request.viewer.today)
    return {"name": name, "ruling": ruling, "oral": span_words(ruling.oral), "written": span_words(ruling.written)}
