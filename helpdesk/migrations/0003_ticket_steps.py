from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0002_activity_times"),
        ("directory", "0003_time_and_merges"),
        ("helpdesk", "0002_agendas_requests_queues"),
        ("sites", "0004_whole_points"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="before",
            field=models.JSONField(editable=False, null=True, verbose_name="avant le dernier geste"),
        ),
        migrations.AddField(
            model_name="ticket",
            name="returned_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="remis dans la file à"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("state__in", ("called", "served"))),
                fields=("drop_in", "mediator"),
                name="ticket_one_at_a_time",
                violation_error_message="Ce médiateur reçoit déjà quelqu’un.",
            ),
        ),
    ]
