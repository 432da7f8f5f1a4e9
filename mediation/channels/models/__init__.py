"""What the doors of residents keep."""

from mediation.channels.models.kiosk import CallForHelp, KioskDevice
from mediation.channels.models.voice import Call

__all__ = ["Call", "CallForHelp", "KioskDevice"]
