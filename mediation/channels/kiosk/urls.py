"""Addresses of the app."""

app_name = "kiosk"
urlpatterns: list = []
