"""The catalogue of démarches."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.activity.enums import DemarcheTheme, Level
from mediation.activity.querysets import DemarcheQuerySet
from mediation.kernel import formats
from mediation.kernel.models import Identified


class Demarche(Identified):
    """A formality with a public body, in words that residents use, and how to do it otherwise than online."""

    slug = models.SlugField(_("adresse courte"), unique=True, max_length=80)
    name = models.CharField(_("nom"), max_length=120)
    public_body = models.CharField(_("organisme"), max_length=120)
    theme = models.CharField(_("thème"), max_length=20, choices=DemarcheTheme.choices)
    level = models.CharField(_("échelon"), max_length=12, choices=Level.choices)
    online_url = models.URLField(_("où en ligne"), blank=True)
    what_to_bring = models.JSONField(_("à apporter"), default=list, blank=True)
    everyday_words = models.JSONField(_("mots de tous les jours"), default=list, blank=True)
    search_words = models.TextField(blank=True, editable=False)
    description = models.TextField(_("description"), blank=True)
    otherwise_counter = models.TextField(_("au guichet"), blank=True)
    otherwise_phone = models.TextField(_("par téléphone"), blank=True)
    otherwise_post = models.TextField(_("par courrier"), blank=True)
    is_active = models.BooleanField(_("proposée"), default=True)

    objects = DemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = _("démarche")
        verbose_name_plural = _("démarches")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Keep beside the entry the words by which people find it, without accents."""
        self.search_words = formats.searchable(" ".join([self.name, self.public_body, *self.everyday_words]))
        if update_fields is not None:
            update_fields = {*update_fields, "search_words"}
        super().save(*args, update_fields=update_fields, **kwargs)
