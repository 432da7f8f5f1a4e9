from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('helpdesk', '0006_attendee_confirmed_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='request_key',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
    ]
