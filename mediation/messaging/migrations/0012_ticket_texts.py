from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0011_asked_by_text'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('booked', 'Confirmation'), ('moved', 'Changement d’horaire'), ('early_reminder', 'Premier rappel'), ('reminder', 'Rappel'), ('cancelled', 'Annulation par le service'), ('excused', 'Annulation par la personne'), ('registered', 'Inscription à un atelier'), ('waiting', 'Liste d’attente'), ('seat_offered', 'Place proposée'), ('earlier_offered', 'Horaire plus tôt proposé'), ('acknowledged', 'Demande d’aide reçue'), ('new_times', 'Nouveaux horaires proposés'), ('confirmed', 'Présence confirmée'), ('stopped', 'Arrêt des SMS'), ('started', 'Reprise des SMS'), ('help', 'Mode d’emploi'), ('which', 'Question de précision'), ('not_understood', 'Réponse non comprise'), ('too_late', 'Réponse trop tardive'), ('where', 'Lieu à préciser'), ('times', 'Horaires demandés par SMS'), ('other_times', 'Horaire pris, deux autres proposés'), ('one_time', 'Un seul horaire libre'), ('no_time', 'Aucun horaire libre'), ('own', 'Rendez-vous redits'), ('places', 'Lieux les plus proches'), ('refused', 'Demande refusée'), ('ticket', 'Numéro de ticket')], max_length=16, verbose_name='nature'),
        ),
        migrations.AlterField(
            model_name='ownwording',
            name='kind',
            field=models.CharField(choices=[('booked', 'Confirmation'), ('moved', 'Changement d’horaire'), ('early_reminder', 'Premier rappel'), ('reminder', 'Rappel'), ('cancelled', 'Annulation par le service'), ('excused', 'Annulation par la personne'), ('registered', 'Inscription à un atelier'), ('waiting', 'Liste d’attente'), ('seat_offered', 'Place proposée'), ('earlier_offered', 'Horaire plus tôt proposé'), ('acknowledged', 'Demande d’aide reçue'), ('new_times', 'Nouveaux horaires proposés'), ('confirmed', 'Présence confirmée'), ('stopped', 'Arrêt des SMS'), ('started', 'Reprise des SMS'), ('help', 'Mode d’emploi'), ('which', 'Question de précision'), ('not_understood', 'Réponse non comprise'), ('too_late', 'Réponse trop tardive'), ('where', 'Lieu à préciser'), ('times', 'Horaires demandés par SMS'), ('other_times', 'Horaire pris, deux autres proposés'), ('one_time', 'Un seul horaire libre'), ('no_time', 'Aucun horaire libre'), ('own', 'Rendez-vous redits'), ('places', 'Lieux les plus proches'), ('refused', 'Demande refusée'), ('ticket', 'Numéro de ticket')], max_length=16, verbose_name='nature'),
        ),
    ]
