"""Addresses that operators call; they stand in the accounts of cities, so they do not change."""

from django.urls import path

from mediation.messaging.webhooks import callr, twilio

app_name = "webhooks"
urlpatterns = [
    path("callr/", callr.event, name="callr_event"),
    path("twilio/entrant/", twilio.incoming, name="twilio_incoming"),
    path("twilio/<str:reference>/", twilio.status, name="twilio_status"),
    path("twilio/<str:reference>/touche/", twilio.key, name="twilio_key"),
]
