"""The kiosk's screens, and the pages of those who look after kiosks."""
