from django.db import migrations


class Migration(migrations.Migration):
    """A refusal becomes one of the things that are known of a line: nobody who said STOP is forgotten."""

    dependencies = [("messaging", "0004_calendar")]
    operations = [
        migrations.RenameModel("OptOut", "Line"),
        migrations.RenameField("line", "since", "refuses_since"),
    ]
