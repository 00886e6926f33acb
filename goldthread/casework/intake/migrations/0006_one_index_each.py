from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('intake', '0005_hand_offs_are_corrected')]

    operations = [
        DropOwnIndex('Inquiry', 'client'),
        DropOwnIndex('AskedProgram', 'inquiry'),
        DropOwnIndex('HandOff', 'inquiry', 'client'),
        DropOwnIndex('HandOffWords', 'hand_off'),
        DropOwnIndex('HandOffAnswer', 'hand_off'),
        DropOwnIndex('Place', 'program'),
        DropOwnIndex('Touch', 'place'),
        DropOwnIndex('Offer', 'place'),
    ]
