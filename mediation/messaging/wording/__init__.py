"""What messages say. Never the démarche, the person's name or a link: telephones are shared.

Each message has two forms: SHORT, an SMS (one part of GSM-7 in French even with the longest real values), and LONG, the
same in full sentences, for an e-mail, a letter, or to be said on the telephone. Where the sender receives, the SMS says
how to reply. An administrator may say it otherwise (``OwnWording``).
"""

from mediation.messaging.wording.rendering import render, sender_receives, subject
from mediation.messaging.wording.words import Words

__all__ = ["Words", "render", "sender_receives", "subject"]
