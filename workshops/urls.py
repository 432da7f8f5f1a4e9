"""Addresses of the app."""

app_name = "workshops"
urlpatterns: list = []
