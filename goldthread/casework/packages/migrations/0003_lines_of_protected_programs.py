"""Lines and tasks of packages with something protected in them are of its program, and say to nobody else whom it went to: as new ones are."""

from typing import Any

from django.db import migrations
from django.utils import translation
from django.utils.translation import gettext as _


def put_under_their_program(apps: Any, schema_editor: Any) -> None:
    """A line of no episode is read by whoever works with the client in any program."""
    rows = apps.get_model("packages", "Package").objects.exclude(labels=0)
    lines = apps.get_model("record", "Entry").objects.filter(source_kind__in=["package", "package_end"], episode=None)
    for row in rows.select_related("release__document").iterator():
        if program := _program(apps, row):
            lines.filter(source_id=row.pk).update(episode=program)


def _program(apps: Any, row: Any) -> Any:
    """The episode of its release's paper; else the client's first one with one of the labels that are in the package."""
    if row.release.document.episode_id:
        return row.release.document.episode_id
    served = apps.get_model("episodes", "Episode").objects.filter(members__person=row.person_id, labels__gt=0)
    ordered = served.order_by("enrolled_on", "pk").values_list("pk", "labels")
    return next((pk for pk, labels in ordered if labels & row.labels), None)


def name_nobody(apps: Any, schema_editor: Any) -> None:
    """A task of no program is read by them, too."""
    agency = apps.get_model("agency", "Agency").objects.first()
    with translation.override(agency.default_language if agency else "en"):
        title = _("Ask whether they were seen there")
    tasks = apps.get_model("tasks", "Task").objects.filter(source_kind="package", episode=None)
    tasks.exclude(labels=0).update(title=title)


class Migration(migrations.Migration):
    dependencies = [
        ("packages", "0002_one_index_each"),
        ("record", "0004_one_index_each"),
        ("tasks", "0005_one_index_each"),
        ("episodes", "0001_initial"),
        ("agency", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(put_under_their_program, migrations.RunPython.noop),
        migrations.RunPython(name_nobody, migrations.RunPython.noop),
    ]
