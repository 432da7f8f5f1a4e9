"""Where every page lives."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from mediation.channels.web.views import search_engines
from mediation.kernel.views import favicon, health, network_colours

handler500 = "mediation.kernel.views.failed"
# The language of a public page stands in its address: it needs no cookie, and one can send it to somebody.
urlpatterns = i18n_patterns(path("", include("mediation.channels.web.urls")), prefix_default_language=False)
urlpatterns += [
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
    path("robots.txt", search_engines.robots, name="robots"),
    path("sitemap.xml", search_engines.sitemap, name="sitemap"),
    path("couleurs.css", network_colours, name="network_colours"),
    path("telephone/", include("mediation.channels.voice.urls")),
    path("favicon.ico", favicon, name="favicon"),
    path("sante/", health, name="health"),
]
