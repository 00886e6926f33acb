"""Lines of contacts that were signed before there was a word for it say whether they moved a goal."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef


def say_who_served(apps: Any, schema_editor: Any) -> None:
    progress = apps.get_model("plans", "Progress").objects.filter(
        source_kind="contact", source_id=OuterRef("source_id"), person=OuterRef("person"), voided=False
    )
    lines = apps.get_model("record", "Entry").objects.filter(kind="contact", source_kind="contact")
    lines.filter(Exists(progress)).update(served=True)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("record", "0003_contacts_that_served"), ("plans", "0002_papers")]

    operations = [migrations.RunPython(say_who_served, migrations.RunPython.noop)]
