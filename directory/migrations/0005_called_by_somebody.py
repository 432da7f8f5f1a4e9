from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_reminders")]
    operations = [
        migrations.AlterField(
            model_name="beneficiary",
            name="preferred_channel",
            field=models.CharField(
                blank=True,
                choices=[
                    ("sms", "SMS"),
                    ("voice", "Appel"),
                    ("person", "Appel par quelqu’un"),
                    ("email", "E-mail"),
                    ("letter", "Lettre"),
                    ("none", "Aucun message"),
                ],
                help_text="Vide : au mieux.",
                max_length=8,
                verbose_name="comment nous joindre",
            ),
        ),
    ]
