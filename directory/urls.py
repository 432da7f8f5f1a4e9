"""Addresses of the app."""

from django.urls import path

from directory import views

app_name = "directory"
urlpatterns = [
    path("beneficiaires/", views.beneficiary_list, name="beneficiaries"),
    path("beneficiaires/nouveau/", views.beneficiary_add, name="beneficiary_add"),
    path("beneficiaires/<uuid:uid>/modifier/", views.beneficiary_edit, name="beneficiary_edit"),
    path("structures/", views.organisation_list, name="organisations"),
    path("structures/nouvelle/", views.organisation_add, name="organisation_add"),
    path("structures/<uuid:uid>/", views.organisation_sheet, name="organisation"),
    path("structures/<uuid:uid>/modifier/", views.organisation_edit, name="organisation_edit"),
    path("structures/<uuid:uid>/mediateurs/nouveau/", views.mediator_add, name="mediator_add"),
    path("mediateurs/<uuid:uid>/", views.mediator_sheet, name="mediator"),
    path("mediateurs/<uuid:uid>/modifier/", views.mediator_edit, name="mediator_edit"),
    path("comptes/", views.account_list, name="accounts"),
    path("comptes/inviter/", views.account_invite, name="account_invite"),
    path("comptes/<uuid:uid>/", views.account_sheet, name="account"),
    path("comptes/<uuid:uid>/roles/", views.role_give, name="role_give"),
    path("comptes/<uuid:uid>/roles/<int:pk>/retirer/", views.role_remove, name="role_remove"),
    path("comptes/<uuid:uid>/message/", views.account_send_link, name="account_send_link"),
    path("comptes/<uuid:uid>/fermer/", views.account_close, name="account_close"),
    path("comptes/<uuid:uid>/rouvrir/", views.account_reopen, name="account_reopen"),
]
