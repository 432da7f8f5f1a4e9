"""A file is tried on first; it is written when somebody has read what would happen."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mediation.accounts.actor import Actor
from mediation.accounts.models import User
from sites.enums import FileFormat
from sites.imports.formats import open_file
from sites.imports.reading import UnreadableFile
from sites.models import PendingImport
from sites.services.imports import ImportReport, import_sites

KEPT = dt.timedelta(days=1)


@transaction.atomic
def keep_file(
    *, file_name: str, content: bytes, file_format: FileFormat, insee_prefix: str, user: User, by: Actor
) -> PendingImport:
    """Keep a readable file until somebody decides; forget those of yesterday. Raises ValidationError in words."""
    try:
        open_file(content, file_format)
    except UnreadableFile as error:
        raise ValidationError(str(error)) from error
    PendingImport.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return PendingImport.objects.create(
        user=user, file_name=file_name[:200], file_format=file_format, insee_prefix=insee_prefix, content=content
    )


def try_file(*, pending: PendingImport, by: Actor) -> ImportReport:
    """Say what would happen, and write nothing."""
    return _import(pending, by=by, dry_run=True)


@transaction.atomic
def write_file(*, pending: PendingImport, all_or_nothing: bool, by: Actor) -> ImportReport:
    """Write the file's places, and forget the file once they are written."""
    report = _import(pending, by=by, all_or_nothing=all_or_nothing)
    if report.written:
        pending.delete()
    return report


def _import(pending: PendingImport, *, by: Actor, dry_run: bool = False, all_or_nothing: bool = False) -> ImportReport:
    return import_sites(
        content=bytes(pending.content),
        file_format=FileFormat(pending.file_format),
        insee_prefix=pending.insee_prefix,
        by=by,
        dry_run=dry_run,
        all_or_nothing=all_or_nothing,
    )
