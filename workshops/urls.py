"""Addresses of the app."""

from django.urls import path

from workshops import views

app_name = "workshops"
urlpatterns = [
    path("", views.workshop_list, name="list"),
    path("nouveau/", views.add, name="add"),
    path("<uuid:uid>/", views.sheet, name="sheet"),
    path("<uuid:uid>/modifier/", views.edit, name="edit"),
    path("<uuid:uid>/annuler/", views.cancel, name="cancel"),
    path("<uuid:uid>/inscrire/", views.register, name="register"),
    path("<uuid:uid>/inscrire/nouvelle-personne/", views.register_new, name="register_new"),
    path("<uuid:uid>/presence/", views.attendance, name="attendance"),
    path("<uuid:uid>/liste/", views.attendance_sheet, name="print"),
    path("inscriptions/<uuid:uid>/desinscrire/", views.unregister, name="unregister"),
    path("inscriptions/<uuid:uid>/donner-la-place/", views.accept, name="accept"),
]
