"""Addresses of the voice line; the first and the last stand in the city's account at the operator."""

from django.urls import path

from mediation.channels.voice import views

app_name = "voice"
urlpatterns = [
    path("", views.ring, name="ring"),
    path("nouvelles/", views.heard, name="heard"),
    path("fin/", views.status, name="status"),
    path("<int:number>/", views.turn, name="turn"),
    path("voix/<slug:language>/<slug:name>.mp3", views.recording, name="recording"),
]
