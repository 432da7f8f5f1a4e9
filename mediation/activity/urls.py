"""Addresses of the app."""

from django.urls import path

from mediation.activity.views import activities, demarches, imports, log, monthly, sources

app_name = "activity"
urlpatterns = [
    path("", activities.activity_list, name="list"),
    path("noter/", log.log_activity, name="log"),
    path("noter/personnes/", log.people, name="people"),
    path("demarches/", demarches.demarche_list, name="demarches"),
    path("demarches/<slug:slug>/", demarches.demarche_sheet, name="demarche"),
    path("outils/", sources.source_list, name="sources"),
    path("outils/<uuid:uid>/", sources.source_declare, name="source"),
    path("totaux-mensuels/", monthly.monthly_totals, name="monthly"),
    path("import/", imports.import_file, name="import"),
    path("import/<uuid:uid>/", imports.imported_file, name="imported"),
    path("<uuid:uid>/", activities.activity_sheet, name="sheet"),
    path("<uuid:uid>/modifier/", log.edit_activity, name="edit"),
    path("<uuid:uid>/supprimer/", activities.activity_delete, name="delete"),
]
