"""Addresses of the app."""

from django.urls import path

from helpdesk.views import absences, agenda, appointments, openings, reasons, reports

app_name = "helpdesk"
urlpatterns = [
    path("agenda/", agenda.agenda, name="agenda"),
    path("rendez-vous/<uuid:uid>/", appointments.sheet, name="appointment"),
    path("rendez-vous/<uuid:uid>/carte/", appointments.card, name="card"),
    path("rendez-vous/<uuid:uid>/rendez-vous.ics", appointments.calendar, name="calendar"),
    path("rendez-vous/<uuid:uid>/annuler/", appointments.cancel_appointment, name="cancel"),
    path("rendez-vous/<uuid:uid>/retablir/", appointments.reinstate_appointment, name="reinstate"),
    path("rendez-vous/<uuid:uid>/deplacer/", appointments.move_appointment, name="move"),
    path("rendez-vous/<uuid:uid>/personnes/<int:pk>/", appointments.attendance, name="attendance"),
    path("rendez-vous/<uuid:uid>/compte-rendu/", reports.report_appointment, name="report"),
    path("comptes-rendus/", reports.to_do, name="reports_to_do"),
    path("motifs/", reasons.reason_list, name="reasons"),
    path("motifs/nouveau/", reasons.reason_new, name="reason_new"),
    path("motifs/<uuid:uid>/", reasons.reason_edit, name="reason"),
    path("plages/", openings.opening_list, name="openings"),
    path("plages/nouvelle/", openings.opening_new, name="opening_new"),
    path("plages/<uuid:uid>/", openings.opening_edit, name="opening"),
    path("plages/<uuid:uid>/supprimer/", openings.opening_delete, name="opening_delete"),
    path("absences/", absences.absence_list, name="absences"),
    path("absences/aujourd-hui/", absences.absent_today, name="absent_today"),
    path("absences/nouvelle/", absences.absence_new, name="absence_new"),
    path("absences/<uuid:uid>/", absences.absence_sheet, name="absence"),
    path("absences/<uuid:uid>/supprimer/", absences.absence_delete, name="absence_delete"),
]
