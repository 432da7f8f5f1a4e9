"""Where each mediator of the demonstration reports, and which month a partner has not sent."""

import datetime as dt

from django.db.models import Sum

from directory.enums import Source
from directory.models import Mediator, Organisation
from mediation.activity.models import Activity, Assistance, DeclaredSource, ImportedFile
from mediation.demo.city.almanac import Almanac
from mediation.demo.city.dice import Dice
from mediation.demo.city.organisations import PLANS, Network
from reports.models import Confirmation


class Sources:
    """Answers for the whole load from two queries."""

    def __init__(self, almanac: Almanac, network: Network) -> None:
        self.declared = {row.mediator_id: row for row in DeclaredSource.objects.all()}
        self.silent = {network.organisations[plan.key].pk for plan in PLANS if plan.silent_month}
        last_month = almanac.today.replace(day=1) - dt.timedelta(days=1)
        self.silent_month = (last_month.year, last_month.month)

    def of(self, mediator: Mediator, day: dt.date) -> str:
        """Return where a mediator reports a day."""
        row = self.declared.get(mediator.pk)
        if row and row.starts_on <= day and (row.ends_on is None or day <= row.ends_on):
            return row.source
        return mediator.organisation.default_source

    def is_silent(self, organisation: Organisation, day: dt.date) -> bool:
        """Whether an organisation's file lacks this day's month."""
        return organisation.pk in self.silent and (day.year, day.month) == self.silent_month


def write_imported_files(seed: int, almanac: Almanac, network: Network) -> None:
    """Write the traces of the partners' last files."""
    dice = Dice(seed, "files")
    for plan in PLANS:
        if plan.source == Source.COOP:
            ImportedFile.objects.create(
                uid=dice.uid(),
                organisation=network.organisations[plan.key],
                name=f"coop-numerique-{plan.key}.xlsx",
                first_day=almanac.first_day,
                last_day=almanac.today - dt.timedelta(days=1),
                summary=_held_by_last_file(network.organisations[plan.key]),
            )


def _held_by_last_file(organisation: Organisation) -> dict[str, int]:
    """Say of an organisation's last file what the page of an import shows: it brought everything there is."""
    entries = Activity.objects.filter(organisation=organisation, source=Source.COOP)
    people = Assistance.objects.filter(activity__in=entries).aggregate(total=Sum("people"))["total"] or 0
    return {"rows": people, "created": entries.count(), "updated": 0, "unchanged": 0, "assistances": people}


def write_confirmations(almanac: Almanac, network: Network) -> None:
    """Most organisations have confirmed their figures of last month; a few have not found the time yet."""
    last_day = almanac.today.replace(day=1) - dt.timedelta(days=1)
    late = {network.organisations[key].pk for key in ("clic", "mjc", "quartiers")}
    Confirmation.objects.bulk_create(
        Confirmation(organisation=organisation, first_day=last_day.replace(day=1), last_day=last_day)
        for organisation in network.organisations.values()
        if organisation.pk not in late
    )
