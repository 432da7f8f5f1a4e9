"""Addresses of the app."""

app_name = "directory"
urlpatterns: list = []
