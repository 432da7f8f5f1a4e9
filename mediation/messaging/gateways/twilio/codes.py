"""What Twilio's statuses and error codes ask of a human (www.twilio.com/docs/api/errors)."""

from mediation.messaging.enums import AttemptState, Medium, Trouble

TROUBLES = {
    # The number.
    13223: Trouble.WRONG_NUMBER,
    13224: Trouble.WRONG_NUMBER,
    21211: Trouble.WRONG_NUMBER,
    21214: Trouble.WRONG_NUMBER,
    21217: Trouble.WRONG_NUMBER,
    30005: Trouble.WRONG_NUMBER,
    21614: Trouble.NOT_MOBILE,
    21635: Trouble.NOT_MOBILE,
    30006: Trouble.NOT_MOBILE,
    # The person and their telephone.
    21610: Trouble.OPTED_OUT,
    30003: Trouble.OUT_OF_REACH,
    30008: Trouble.OUT_OF_REACH,
    30036: Trouble.OUT_OF_REACH,
    # Between operators.
    30004: Trouble.FILTERED,
    30007: Trouble.FILTERED,
    30034: Trouble.FILTERED,
    # How fast we send.
    14107: Trouble.SLOW_DOWN,
    20429: Trouble.SLOW_DOWN,
    30001: Trouble.SLOW_DOWN,
    30022: Trouble.SLOW_DOWN,
    # Our account, our sender, what the account may do.
    20003: Trouble.ACCOUNT,
    20005: Trouble.ACCOUNT,
    20404: Trouble.ACCOUNT,
    21210: Trouble.ACCOUNT,
    21212: Trouble.ACCOUNT,
    21215: Trouble.ACCOUNT,
    21408: Trouble.ACCOUNT,
    21603: Trouble.ACCOUNT,
    21606: Trouble.ACCOUNT,
    21608: Trouble.ACCOUNT,
    21659: Trouble.ACCOUNT,
    30002: Trouble.ACCOUNT,
}
# Worth another try: the telephone is switched on again, the account is put in order.
TEMPORARY = {Trouble.SLOW_DOWN, Trouble.OUT_OF_REACH, Trouble.ACCOUNT}

MESSAGE_STATES = {
    "accepted": AttemptState.ACCEPTED,
    "scheduled": AttemptState.ACCEPTED,
    "queued": AttemptState.ACCEPTED,
    "sending": AttemptState.ACCEPTED,
    "sent": AttemptState.SENT,
    "delivered": AttemptState.DELIVERED,
    "read": AttemptState.DELIVERED,
    "undelivered": AttemptState.UNDELIVERED,
    "failed": AttemptState.FAILED,
    "canceled": AttemptState.FAILED,
}
# A call that was answered has been heard, by somebody or by their answering machine: Twilio cannot tell for sure.
CALL_STATES = {
    "queued": AttemptState.ACCEPTED,
    "initiated": AttemptState.ACCEPTED,
    "ringing": AttemptState.ACCEPTED,
    "in-progress": AttemptState.ACCEPTED,
    "completed": AttemptState.DELIVERED,
    "busy": AttemptState.UNDELIVERED,
    "no-answer": AttemptState.UNDELIVERED,
    "failed": AttemptState.FAILED,
    "canceled": AttemptState.FAILED,
}
CALL_TROUBLES = {"busy": Trouble.NO_ANSWER, "no-answer": Trouble.NO_ANSWER}


def trouble_of(code: int | None) -> Trouble:
    """Return what a code asks of a human."""
    return TROUBLES.get(code or 0, Trouble.OTHER)


def state_of(medium: str, status: str) -> AttemptState | None:
    """Return where an attempt stands by Twilio's word for it; None for a word that is new to us."""
    return (CALL_STATES if medium == Medium.VOICE else MESSAGE_STATES).get(status)


def what_went_wrong(status: str, code: str) -> tuple[Trouble | str, str]:
    """Return what a status callback asks of a human, and in Twilio's terms; nothing where all is well."""
    number = int(code) if code.isdecimal() else 0
    if number:
        return trouble_of(number), f"Twilio {number}"
    if status in CALL_TROUBLES:
        return CALL_TROUBLES[status], f"Twilio {status}"
    failed = {AttemptState.FAILED, AttemptState.UNDELIVERED}
    return (Trouble.OTHER, f"Twilio {status}") if MESSAGE_STATES.get(status) in failed else ("", "")
