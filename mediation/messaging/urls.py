"""Addresses of the app."""

from django.urls import path

from mediation.messaging import views

app_name = "messaging"
urlpatterns = [
    path("", views.message_list, name="list"),
    path("appels/", views.call_list, name="calls"),
    path("journal/", views.download_log, name="log"),
    path("sante/", views.worker_health, name="worker_health"),
    path("<uuid:uid>/", views.message_sheet, name="sheet"),
    path("<uuid:uid>/appel/", views.note_call, name="note_call"),
]
