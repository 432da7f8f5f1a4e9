"""What most of our rows share."""

import uuid

from django.db import models


class Identified(models.Model):
    """A row that pages and files name by an unguessable identifier, never by its number."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
