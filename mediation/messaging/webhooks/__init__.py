"""Where operators call: what became of messages, and what people answered.

Everybody may knock; a request without the operator's signature changes nothing. Each is answered at once, and news that
is old, repeated or about nothing we know is as welcome as any other: an operator that gets an error would call again.
"""
