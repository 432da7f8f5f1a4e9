"""Addresses of the kiosk's screens, and of the pages where administrators pair kiosks."""

from django.urls import path

from mediation.channels.kiosk.views import (
    arrivals,
    booking,
    calls,
    computers,
    devices,
    offline,
    pairing,
    screens,
    tickets,
    workshops,
)

app_name = "kiosk"
urlpatterns = [
    path("", screens.start, name="start"),
    path("langue/", screens.language, name="language"),
    path("besoin/", screens.menu, name="menu"),
    path("motif/", booking.need, name="need"),
    path("horaire/", booking.time, name="time"),
    path("reserver/", booking.book, name="book"),
    path("ateliers/", workshops.workshop_list, name="workshops"),
    path("ateliers/<uuid:uid>/", workshops.workshop, name="workshop"),
    path("ordinateur/", computers.wish, name="computer"),
    path("ordinateur/quand/", computers.time, name="computer_time"),
    path("ordinateur/numero/", computers.done, name="computer_done"),
    path("ordinateur/rendre/", computers.give_back, name="computer_give_back"),
    path("ordinateur/reserve/", computers.reserved, name="computer_reserved"),
    path("termine/", screens.done, name="done"),
    path("ticket/", tickets.take, name="ticket"),
    path("ticket/numero/", tickets.number, name="ticket_number"),
    path("ticket/rappel/", tickets.call_back, name="ticket_call_back"),
    path("ticket/rappel/note/", tickets.called_back, name="ticket_called_back"),
    path("arrivee/", arrivals.tell, name="arrival"),
    path("arrivee/heure/", arrivals.without_code, name="arrival_hour"),
    path("arrivee/merci/", arrivals.told, name="arrived"),
    path("appeler/", screens.call, name="call"),
    path("appeler/merci/", screens.called, name="called"),
    path("veille/", offline.alive, name="alive"),
    path("hors-ligne/", offline.away, name="away"),
    path("gardien.js", offline.worker, name="worker"),
    path("associer/", pairing.pair, name="pair"),
    path("appareils/", devices.device_list, name="devices"),
    path("appareils/nouveau/", devices.add, name="device_add"),
    path("appareils/<uuid:uid>/code/", devices.new_code, name="device_code"),
    path("appareils/<uuid:uid>/nom/", devices.rename, name="device_rename"),
    path("appareils/<uuid:uid>/retirer/", devices.revoke, name="device_revoke"),
    path("appels/", calls.open_calls, name="calls"),
    path("appels/<int:pk>/", calls.answer, name="answer_call"),
]
