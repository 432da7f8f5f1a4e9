from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    name = "mediation.channels"
    verbose_name = _("portes d’entrée du public")
