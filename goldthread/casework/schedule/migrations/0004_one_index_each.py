from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('schedule', '0003_groups')]

    operations = [
        DropOwnIndex('Appointment', 'client', 'series'),
        DropOwnIndex('AppointmentWorker', 'appointment', 'staff'),
    ]
