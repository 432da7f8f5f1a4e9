"""Addresses of the app."""

app_name = "messaging"
urlpatterns: list = []
