"""Addresses of the app."""

from django.urls import path

from mediation.messaging.views import calls, ledger, letters, month, replies, wordings

app_name = "messaging"
urlpatterns = [
    path("", ledger.message_list, name="list"),
    path("appels/", calls.call_list, name="calls"),
    path("journal/", ledger.download_log, name="log"),
    path("lettres/", letters.letter_list, name="letters"),
    path("lettres/pdf/", letters.letters_pdf, name="letters_pdf"),
    path("lettres/postees/", letters.note_posted, name="note_posted"),
    path("mois/", month.month, name="month"),
    path("reponses/", replies.reply_list, name="replies"),
    path("reponses/<uuid:uid>/", replies.handle_reply, name="reply_handled"),
    path("reponses/<uuid:uid>/ecrire/", replies.write_back, name="write_back"),
    path("sante/", ledger.worker_health, name="worker_health"),
    path("textes/", wordings.wording_list, name="wordings"),
    path("textes/<slug:slug>/<slug:language>/", wordings.wording_edit, name="wording"),
    path("textes/<slug:slug>/<slug:language>/origine/", wordings.wording_restore, name="wording_restore"),
    path("<uuid:uid>/", ledger.message_sheet, name="sheet"),
    path("<uuid:uid>/appel/", calls.note_call, name="note_call"),
    path("<uuid:uid>/autre-moyen/", ledger.change_way, name="change_way"),
]
