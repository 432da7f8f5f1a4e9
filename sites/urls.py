"""Addresses of the app."""

app_name = "sites"
urlpatterns: list = []
