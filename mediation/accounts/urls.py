"""Addresses of allauth that this network does not offer, closed before allauth's own are looked at."""

from django.urls import path, re_path

from mediation.accounts import views

urlpatterns = [
    path("signup/", views.not_offered, name="account_signup"),
    path("email/", views.not_offered, name="account_email"),
    path("confirm-email/", views.not_offered, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", views.not_offered, name="account_confirm_email"),
    path("login/code/confirm/", views.not_offered, name="account_confirm_login_code"),
]
