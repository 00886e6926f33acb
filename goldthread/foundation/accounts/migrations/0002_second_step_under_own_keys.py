"""Secrets of the second step were locked with a key of the installation; now with the agency's, so that they can go with it."""

from cryptography.exceptions import InvalidTag
from django.db import migrations

from goldthread.foundation.accounts.secrets import locked_anew


def lock_anew(apps, schema_editor):
    for row in apps.get_model("mfa", "Authenticator").objects.order_by("pk").iterator(chunk_size=500):
        try:
            fresh = locked_anew(row.data)
        except (InvalidTag, FileNotFoundError):
            continue  # its key is lost, as it was before: no reason to stop the update
        if fresh != row.data:
            row.data = fresh
            row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(lock_anew, migrations.RunPython.noop)]
