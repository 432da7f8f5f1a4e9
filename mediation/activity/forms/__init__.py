"""What turns requests about the activity log into values."""

from mediation.activity.forms.what import WhatForm
from mediation.activity.forms.who import ActivityForm

__all__ = ["ActivityForm", "WhatForm"]
