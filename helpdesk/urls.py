"""Addresses of the app."""

app_name = "helpdesk"
urlpatterns: list = []
