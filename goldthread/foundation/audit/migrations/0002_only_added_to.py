from django.db import migrations

from goldthread.foundation.audit import triggers


def add(apps, editor):
    triggers.install(editor.connection)


def take_away(apps, editor):
    triggers.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(add, take_away)]
