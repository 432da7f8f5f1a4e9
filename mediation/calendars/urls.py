"""Addresses of the app: the pages of agents, and the one that telephones read."""

from django.urls import path

from mediation.calendars.views import external, feeds

app_name = "calendars"
urlpatterns = [
    path("agent/mon-agenda/", feeds.feeds, name="feeds"),
    path("agent/mon-agenda/<uuid:uid>/retirer/", feeds.revoke, name="revoke"),
    path("agent/mon-agenda/personnel/", external.calendars, name="external"),
    path("agent/mon-agenda/personnel/adresse/", external.add_address, name="external_add"),
    path("agent/mon-agenda/personnel/fichier/", external.add_file, name="external_file"),
    path("agent/mon-agenda/personnel/<uuid:uid>/", external.calendar_sheet, name="external_sheet"),
    path("agent/mon-agenda/personnel/<uuid:uid>/lire/", external.read_now, name="external_read"),
    path("agent/mon-agenda/personnel/<uuid:uid>/retirer/", external.remove, name="external_remove"),
    path("calendriers/<str:token>.ics", feeds.feed_file, name="feed"),
]
