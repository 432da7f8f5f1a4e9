from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mediation.messaging.places import PLACES


class SitesConfig(AppConfig):
    name = "sites"
    verbose_name = _("lieux")

    def ready(self) -> None:
        PLACES.path = "sites.selectors.longest_place_in_messages"
