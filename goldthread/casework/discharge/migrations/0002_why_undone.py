from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('discharge', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='wayout',
            name='undone_why',
            field=models.CharField(blank=True, max_length=300, verbose_name='why'),
        ),
    ]
