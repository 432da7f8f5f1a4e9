"""What turns requests about the activity log into values."""

from mediation.activity.forms.imports import ImportForm
from mediation.activity.forms.monthly import MonthlyForm
from mediation.activity.forms.sources import DeclaredSourceForm
from mediation.activity.forms.what import WhatForm
from mediation.activity.forms.who import ActivityForm

__all__ = ["ActivityForm", "DeclaredSourceForm", "ImportForm", "MonthlyForm", "WhatForm"]
