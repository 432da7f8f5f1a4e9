"""Addresses of the app."""

from django.urls import path

from helpdesk.views.agenda import agenda

app_name = "helpdesk"
urlpatterns = [
    path("agenda/", agenda, name="agenda"),
    path("rendez-vous/<uuid:uid>/", agenda, name="appointment"),
    path("rendez-vous/<uuid:uid>/carte/", agenda, name="card"),
    path("rendez-vous/<uuid:uid>/rendez-vous.ics", agenda, name="calendar"),
    path("rendez-vous/<uuid:uid>/annuler/", agenda, name="cancel"),
    path("rendez-vous/<uuid:uid>/retablir/", agenda, name="reinstate"),
    path("rendez-vous/<uuid:uid>/deplacer/", agenda, name="move"),
    path("rendez-vous/<uuid:uid>/personnes/<int:pk>/", agenda, name="attendance"),
    path("rendez-vous/<uuid:uid>/compte-rendu/", agenda, name="report"),
    path("comptes-rendus/", agenda, name="reports_to_do"),
    path("motifs/", agenda, name="reasons"),
    path("motifs/nouveau/", agenda, name="reason_new"),
    path("motifs/<uuid:uid>/", agenda, name="reason"),
    path("plages/", agenda, name="openings"),
    path("plages/nouvelle/", agenda, name="opening_new"),
    path("plages/<uuid:uid>/", agenda, name="opening"),
    path("plages/<uuid:uid>/supprimer/", agenda, name="opening_delete"),
    path("absences/", agenda, name="absences"),
    path("absences/aujourd-hui/", agenda, name="absent_today"),
    path("absences/nouvelle/", agenda, name="absence_new"),
    path("absences/<uuid:uid>/", agenda, name="absence"),
    path("absences/<uuid:uid>/supprimer/", agenda, name="absence_delete"),
]
