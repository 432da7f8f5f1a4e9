"""Public pages: a request becomes a call of the same services that the back-office calls."""
