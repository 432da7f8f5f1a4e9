"""The telephone line for whoever has no computer: keys only, at the operator Twilio.

Each request says what was pressed and is answered with what to say next (TwiML). The state of a call lives in
``channels.models.Call``; ``steps`` are the questions, and no rule of booking stands here.
"""
