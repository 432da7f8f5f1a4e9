"""What a sheet says of one entry."""

from django.utils.translation import gettext as _

from mediation.activity.enums import Device
from mediation.activity.models import Activity
from mediation.kernel import formats


def activity_facts(activity: Activity) -> list[tuple[str, str]]:
    """Return what was done, where and when, as pairs of a label and a value; the template leaves empty ones out."""
    return [
        (_("Type"), str(activity.get_kind_display())),
        (_("Jour"), formats.long_day(activity.day, year=True)),
        (_("Durée"), formats.duration(activity.duration_minutes)),
        (_("Lieu"), activity.place_in_words),
        (_("Médiateur"), str(activity.mediator or _("Non précisé"))),
        (_("Structure"), activity.organisation.name),
        (_("Thèmes"), "\n".join(str(theme.get_theme_display()) for theme in activity.themes.all())),
        (_("Démarches"), "\n".join([*(one.name for one in activity.demarches.all()), activity.demarche_name]).strip()),
        (_("Ce qui bloquait"), "\n".join(str(one.get_obstacle_display()) for one in activity.obstacles.all())),
        (_("Matériel"), ", ".join(str(Device(one).label) for one in activity.devices)),
        (_("Niveau"), str(activity.get_level_display())),
        (_("Autonomie"), str(activity.get_autonomy_display())),
        (_("Résultat"), str(activity.get_outcome_display())),
        (_("La prochaine fois sans aide"), {True: _("Oui"), False: _("Non"), None: ""}[activity.next_time_alone]),
        (_("Orientation"), str(activity.get_referred_to_display())),
        (_("Notes"), activity.notes),
        (_("Activités regroupées"), str(activity.times) if activity.times > 1 else ""),
    ]
