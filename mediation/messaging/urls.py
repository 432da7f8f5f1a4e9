"""Addresses of the app."""

from django.urls import path

from mediation.messaging.views import ledger, replies, wordings

app_name = "messaging"
urlpatterns = [
    path("", ledger.message_list, name="list"),
    path("appels/", ledger.call_list, name="calls"),
    path("journal/", ledger.download_log, name="log"),
    path("reponses/", replies.reply_list, name="replies"),
    path("reponses/<uuid:uid>/", replies.handle_reply, name="reply_handled"),
    path("sante/", ledger.worker_health, name="worker_health"),
    path("textes/", wordings.wording_list, name="wordings"),
    path("textes/<slug:slug>/<slug:language>/", wordings.wording_edit, name="wording"),
    path("textes/<slug:slug>/<slug:language>/origine/", wordings.wording_restore, name="wording_restore"),
    path("<uuid:uid>/", ledger.message_sheet, name="sheet"),
    path("<uuid:uid>/appel/", ledger.note_call, name="note_call"),
]
