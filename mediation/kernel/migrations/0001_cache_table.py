"""Make the table of the cache with the others, so that an installation needs no command besides migrate."""

from django.core.management import call_command
from django.db import migrations


def create_table(apps, schema_editor):
    """Write the table of settings.CACHES; nothing where it exists already."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The cache keeps counters only: going back may leave the table."""

    dependencies = []
    operations = [migrations.RunPython(create_table, migrations.RunPython.noop)]
