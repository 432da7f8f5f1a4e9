"""Addresses of the app."""

app_name = "activity"
urlpatterns: list = []
