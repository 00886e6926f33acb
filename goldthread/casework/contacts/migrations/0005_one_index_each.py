from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('contacts', '0004_concerns_tried_before')]

    operations = [
        DropOwnIndex('Contact', 'person', 'staff'),
        DropOwnIndex('ContactPerson', 'contact', 'person'),
        DropOwnIndex('ContactActivity', 'contact'),
        DropOwnIndex('ChecklistAnswers', 'contact'),
        DropOwnIndex('Addendum', 'contact'),
        DropOwnIndex('Concern', 'person'),
    ]
