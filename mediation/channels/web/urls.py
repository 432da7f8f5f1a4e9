"""Addresses of the app."""

app_name = "web"
urlpatterns: list = []
