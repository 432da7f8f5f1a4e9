"""Addresses of the app."""

from django.urls import path

from sites.views import closures, error_reports, imports, places, reservations, workstations

app_name = "sites"
urlpatterns = [
    path("", places.site_list, name="list"),
    path("nouveau/", places.site_create, name="create"),
    path("verifier/nom/", places.check_short_name, name="check_short_name"),
    path("verifier/horaires/", places.check_hours, name="check_hours"),
    path("importer/", imports.site_import, name="import"),
    path("importer/<uuid:uid>/", imports.import_review, name="import_review"),
    path("erreurs/", error_reports.report_list, name="error_reports"),
    path("erreurs/<uuid:uid>/", error_reports.report_mark, name="error_report_mark"),
    path("export-national/", places.national_export, name="national_export"),
    path("postes/", workstations.workstation_list, name="workstations"),
    path("postes/seances/<uuid:uid>/", reservations.reservation, name="reservation"),
    path("postes/seances/<uuid:uid>/geste/", reservations.reservation_gesture, name="reservation_gesture"),
    path("postes/<uuid:uid>/", workstations.workstation_edit, name="workstation_edit"),
    path("postes/<uuid:uid>/etat/", workstations.workstation_state, name="workstation_state"),
    path("postes/<uuid:uid>/retirer/", workstations.workstation_remove, name="workstation_remove"),
    path("<uuid:uid>/", places.site_sheet, name="sheet"),
    path("<uuid:uid>/modifier/", places.site_edit, name="edit"),
    path("<uuid:uid>/visibilite/", places.site_publication, name="publication"),
    path("<uuid:uid>/fermetures/nouvelle/", closures.closure_add, name="closure_add"),
    path("<uuid:uid>/fermetures/<int:pk>/retirer/", closures.closure_remove, name="closure_remove"),
    path("<uuid:uid>/postes/reserver/", reservations.reservation_new, name="reservation_new"),
    path("<uuid:uid>/postes/nouveau/", workstations.workstation_add, name="workstation_add"),
]
