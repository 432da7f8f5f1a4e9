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
    path("accueil/note/<uuid:uid>/", views.noted, name="noted"),
    path("accueil/pris/<uuid:uid>/plus-tot/", views.wish, name="wish"),
    path("accueil/rendez-vous/<uuid:uid>/personnes/<int:pk>/<str:name>/", views.mark, name="mark"),
    path("personnes/<uuid:uid>/", views.person, name="person"),
    path("personnes/<uuid:uid>/historique/", views.share_history, name="share_history"),
    path("personnes/<uuid:uid>/comparer/<uuid:other>/", views.compare, name="compare"),
    path("personnes/fusions/<uuid:uid>/separer/", views.part, name="part"),
    path("fermetures/<int:pk>/", views.closure, name="closure"),
    path("reglages/", views.settings_hub, name="settings"),
]
