from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('assessments', '0004_facts_and_words')]

    operations = [
        DropOwnIndex('InstrumentVersion', 'instrument'),
        DropOwnIndex('BuildingStep', 'version'),
        DropOwnIndex('Assessment', 'person'),
        DropOwnIndex('Score', 'assessment'),
    ]
