from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["person", "kind", "-happened_at", "-id"], name="record_entry_of_kind"),
        ),
    ]
