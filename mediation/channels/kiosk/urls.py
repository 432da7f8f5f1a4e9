"""Addresses of the kiosk's screens, and of the pages where administrators pair kiosks."""

from django.urls import path

from mediation.channels.kiosk.views import calls, devices, pairing, screens, tickets

app_name = "kiosk"
urlpatterns = [
    path("", screens.start, name="start"),
    path("horaire/", screens.time, name="time"),
    path("telephone/", screens.phone, name="phone"),
    path("verifier/", screens.confirm, name="confirm"),
    path("termine/", screens.done, name="done"),
    path("ticket/", tickets.take, name="ticket"),
    path("ticket/numero/", tickets.number, name="ticket_number"),
    path("ticket/rappel/", tickets.call_back, name="ticket_call_back"),
    path("ticket/rappel/note/", tickets.called_back, name="ticket_called_back"),
    path("appeler/", screens.call, name="call"),
    path("associer/", pairing.pair, name="pair"),
    path("appareils/", devices.device_list, name="devices"),
    path("appareils/nouveau/", devices.add, name="device_add"),
    path("appareils/<uuid:uid>/code/", devices.new_code, name="device_code"),
    path("appareils/<uuid:uid>/nom/", devices.rename, name="device_rename"),
    path("appareils/<uuid:uid>/retirer/", devices.revoke, name="device_revoke"),
    path("appels/", calls.open_calls, name="calls"),
    path("appels/<uuid:uid>/", calls.answer, name="answer_call"),
]
