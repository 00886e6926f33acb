from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schedule', '0002_of_a_task'),
    ]

    operations = [
        migrations.AddField(
            model_name='appointment',
            name='group',
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name='appointment',
            index=models.Index(condition=models.Q(('group__isnull', False)), fields=['group'], name='schedule_by_group'),
        ),
    ]
