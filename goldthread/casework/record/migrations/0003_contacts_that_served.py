from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0002_entries_of_kind")]

    operations = [
        migrations.AddField(model_name="entry", name="served", field=models.BooleanField(default=False)),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("kind", "contact"), ("served", False), ("voided", False)),
                fields=["person", "happened_at"],
                name="record_entry_serves_none",
            ),
        ),
    ]
