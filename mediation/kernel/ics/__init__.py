"""iCalendar (RFC 5545): calendars that we write, and those that others wrote and we read."""
