"""Where every page lives."""

from django.urls import include, path

from mediation.kernel.views import favicon, health, network_colours

urlpatterns = [
    path("", include("mediation.channels.web.urls")),
    path("", include("mediation.calendars.urls")),
    path("borne/", include("mediation.channels.kiosk.urls")),
    path("compte/", include("mediation.accounts.urls")),
    path("compte/", include("allauth.account.urls")),
    path("agent/", include("mediation.desk.urls")),
    path("agent/", include("helpdesk.urls")),
    path("agent/ateliers/", include("workshops.urls")),
    path("agent/activites/", include("mediation.activity.urls")),
    path("agent/lieux/", include("sites.urls")),
    path("agent/messages/", include("mediation.messaging.urls")),
    path("messages/operateur/", include("mediation.messaging.webhooks.urls")),
    path("agent/pilotage/", include("reports.urls")),
    path("agent/", include("directory.urls")),
    path("couleurs.css", network_colours, name="network_colours"),
    path("favicon.ico", favicon, name="favicon"),
    path("sante/", health, name="health"),
]
