"""Keys of likeness for everybody already known. By the rules of the day; ``goldthread`` keeps them in step from here on."""

from collections import defaultdict

from django.db import migrations

from goldthread.people.persons.likeness import keys_of
from goldthread.people.persons.likeness.rows import described

BATCH = 500


def fill(apps, schema_editor):
    person_model = apps.get_model("persons", "Person")
    after = None
    while True:
        persons = person_model.objects.order_by("pk").only("pk", "birth_date", "birth_date_kind")
        batch = list((persons.filter(pk__gt=after) if after else persons)[:BATCH])
        if not batch:
            return
        _fill(apps, batch)
        after = batch[-1].pk


def _fill(apps, batch):
    key_model = apps.get_model("persons", "LikenessKey")
    ids = [person.pk for person in batch]
    rows = {}
    for name in ("PersonName", "ContactPoint", "Address"):
        rows[name] = defaultdict(list)
        for row in apps.get_model("persons", name).objects.filter(person__in=ids).order_by("pk"):
            rows[name][row.person_id].append(row)
    made = []
    for person in batch:
        names, points, places = (rows[name][person.pk] for name in ("PersonName", "ContactPoint", "Address"))
        found = {}
        for labels in sorted({0, *(row.labels for row in (*points, *places))}):
            some = [row for row in points if row.labels == labels]
            others = [row for row in places if row.labels == labels]
            for key in keys_of(described(person, names, some, others)).values():
                found.setdefault(key, labels)
        made += [key_model(key=key, person_id=person.pk, labels=labels) for key, labels in found.items()]
    key_model.objects.bulk_create(made, batch_size=2000)


def nothing(apps, schema_editor):
    """The table goes with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("persons", "0003_likeness")]

    operations = [migrations.RunPython(fill, nothing)]
