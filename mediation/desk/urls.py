"""Addresses of the app."""

from django.urls import path

from mediation.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.start, name="start"),
    path("aujourd-hui/", views.today, name="today"),
    path("accueil/", views.front_desk, name="front_desk"),
    path("accueil/arrivees/", views.arrivals, name="arrivals"),
    path("accueil/pris/<uuid:uid>/", views.booked, name="booked"),
    path("accueil/rendez-vous/<uuid:uid>/personnes/<int:pk>/<str:name>/", views.mark, name="mark"),
    path("personnes/<uuid:uid>/", views.person, name="person"),
    path("personnes/<uuid:uid>/historique/", views.share_history, name="share_history"),
    path("reglages/", views.settings_hub, name="settings"),
]
