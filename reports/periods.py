"""The period of a report: two days and what people call it."""

import datetime as dt
from dataclasses import dataclass

from mediation.kernel.formats import MONTHS, SHORT_MONTHS, ordinal
from reports.enums import Preset

DAY = dt.timedelta(days=1)
MOST_LABELS = 18


@dataclass(frozen=True)
class Month:
    """One month of the calendar."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> "Month":
        """Return the month that holds ``day``."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> dt.date:
        """The first of the month."""
        return dt.date(self.year, self.number, 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of the month."""
        return self.plus(1).first_day - DAY

    @property
    def name(self) -> str:
        """The month and its year: "mars 2026"."""
        return f"{MONTHS[self.number - 1]} {self.year}"

    def label_among(self, months: int) -> str:
        """What a chart of so many months writes under this one: every month, or only where a year begins."""
        if months > MOST_LABELS:
            return str(self.year) if self.number == 1 else ""
        return f"{SHORT_MONTHS[self.number - 1]} {self.year % 100:02}"

    def plus(self, months: int) -> "Month":
        """Return the month so many months later (earlier where negative)."""
        years, index = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, index + 1)


@dataclass(frozen=True)
class Period:
    """From a first to a last day, both included."""

    first_day: dt.date
    last_day: dt.date

    @classmethod
    def of_months(cls, first: Month, last: Month) -> "Period":
        """Return the period of whole months, both included."""
        return cls(first.first_day, last.last_day)

    @property
    def months(self) -> list[Month]:
        """The months that the period touches, in order."""
        months = [Month.of(self.first_day)]
        while months[-1].last_day < self.last_day:
            months.append(months[-1].plus(1))
        return months

    @property
    def is_whole_months(self) -> bool:
        """Whether the period begins with a month and ends with one."""
        return self == Period.of_months(self.months[0], self.months[-1])

    @property
    def before(self) -> "Period":
        """The period of the same length just before, in months where this one is made of whole months."""
        if self.is_whole_months:
            first = self.months[0]
            return Period.of_months(first.plus(-len(self.months)), first.plus(-1))
        return Period(self.first_day - (self.last_day - self.first_day) - DAY, self.first_day - DAY)

    @property
    def title(self) -> str:
        """The period in words: "mars 2026", "de janvier à mars 2026", "du 3 au 14 mars 2026"."""
        first, last = self.months[0], self.months[-1]
        if not self.is_whole_months:
            return _title_of_days(self.first_day, self.last_day)
        if first == last:
            return first.name
        if first == Month(last.year, 1) and last.number == 12:
            return f"année {last.year}"
        start = MONTHS[first.number - 1] if first.year == last.year else first.name
        return f"{'d’' if start[0] in 'ao' else 'de '}{start} à {last.name}"


def preset_period(preset: str, today: dt.date) -> Period:
    """Return the period that a preset means on ``today``; finished ones are whole months, so they can be confirmed."""
    this, last = Month.of(today), Month.of(today).plus(-1)
    match preset:
        case Preset.LAST_QUARTER:
            end = this.plus(-1 - (this.number - 1) % 3)
            return Period.of_months(end.plus(-2), end)
        case Preset.LAST_TWELVE:
            return Period.of_months(last.plus(-11), last)
        case Preset.THIS_MONTH:
            return Period(this.first_day, today)
        case Preset.THIS_YEAR:
            return Period(dt.date(today.year, 1, 1), today)
    return Period.of_months(last, last)


def _title_of_days(first: dt.date, last: dt.date) -> str:
    """Return "le 3 mars 2026", "du 3 au 14 mars 2026" or "du 20 février au 3 mars 2026"."""
    end = f"{ordinal(last.day)} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return f"le {end}"
    start = ordinal(first.day)
    if (first.year, first.month) != (last.year, last.month):
        start += f" {MONTHS[first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"du {start} au {end}"
