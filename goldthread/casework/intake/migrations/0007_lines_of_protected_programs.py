"""Lines about a place on the waitlist of a protected program, or a referral instead of it, leave the timeline, as new ones are not written."""

from typing import Any

from django.db import migrations


def leave_the_timeline(apps: Any, schema_editor: Any) -> None:
    """A line of no episode is read by whoever works with the client in any program. The place and the referral stay where they are."""
    lines = apps.get_model("record", "Entry").objects.filter(kind__in=["waiting", "referred"], episode=None)
    lines.exclude(labels=0).update(hidden=True, voided=True)


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_one_index_each"), ("record", "0004_one_index_each")]

    operations = [migrations.RunPython(leave_the_timeline, migrations.RunPython.noop)]
