"""Addresses of the app."""

from django.urls import path

from sites.views import places, workstations

app_name = "sites"
urlpatterns = [
    path("", places.site_list, name="list"),
    path("postes/", workstations.workstation_list, name="workstations"),
    path("<uuid:uid>/", places.site_sheet, name="sheet"),
]
