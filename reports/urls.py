"""Addresses of the app."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.coordination, name="coordination"),
    path("rapport.pdf", views.coordination_pdf, name="coordination_pdf"),
    path("rapport.xlsx", views.coordination_xlsx, name="coordination_xlsx"),
    path("validation/<uuid:uid>/", views.confirm, name="confirm"),
    path("validation/<uuid:uid>/retrait/", views.withdraw, name="withdraw"),
]
