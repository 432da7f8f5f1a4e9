"""Addresses of the public pages, in words that can be read out on the telephone."""

from django.urls import path

from mediation.channels.web.views import (
    appointment,
    booking,
    call_back,
    demarches,
    earlier,
    home,
    maps,
    moving,
    places,
    texts,
    workshops,
)

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("lieux/", places.place_list, name="places"),
    path("lieux/carte.json", maps.places, name="map_places"),
    path("lieux/quartiers.json", maps.quartiers, name="map_quartiers"),
    path("lieux/<uuid:uid>/", places.place, name="place"),
    path("demarches/", demarches.demarche_list, name="demarches"),
    path("demarches/<slug:slug>/", demarches.demarche, name="demarche"),
    path("ateliers/", workshops.workshop_list, name="workshops"),
    path("ateliers/<uuid:uid>/", workshops.workshop, name="workshop"),
    path("rendez-vous/", booking.need, name="book"),
    path("rendez-vous/lieu/", booking.place, name="book_place"),
    path("rendez-vous/horaire/", booking.time, name="book_time"),
    path("rendez-vous/vous/", booking.who, name="book_who"),
    path("rendez-vous/confirme/", booking.done, name="book_done"),
    path("rappelez-moi/", call_back.need, name="call_back"),
    path("rappelez-moi/quand/", call_back.when, name="call_back_when"),
    path("rappelez-moi/numero/", call_back.who, name="call_back_who"),
    path("rappelez-moi/note/", call_back.done, name="call_back_done"),
    path("rappelez-moi/fin/", call_back.leave, name="call_back_leave"),
    path("mon-rendez-vous/", appointment.find, name="appointment"),
    path("mon-rendez-vous/voir/", appointment.sheet, name="appointment_sheet"),
    path("mon-rendez-vous/annuler/", appointment.cancel, name="appointment_cancel"),
    path("mon-rendez-vous/horaire/", moving.time, name="appointment_move"),
    path("mon-rendez-vous/horaire/lieu/", moving.place, name="appointment_move_place"),
    path("mon-rendez-vous/horaire/confirmer/", moving.confirm, name="appointment_move_confirm"),
    path("mon-rendez-vous/horaire/confirme/", moving.done, name="appointment_moved"),
    path("mon-rendez-vous/plus-tot/", earlier.ask, name="appointment_earlier"),
    path("mon-rendez-vous/plus-tot/reponse/", earlier.answer, name="appointment_earlier_answer"),
    path("mon-rendez-vous/agenda.ics", appointment.calendar, name="appointment_calendar"),
    path("mon-rendez-vous/fin/", appointment.leave, name="appointment_leave"),
    path("accessibilite/", texts.accessibility, name="accessibility"),
    path("mentions-legales/", texts.legal, name="legal"),
    path("vos-donnees/", texts.privacy, name="privacy"),
]
