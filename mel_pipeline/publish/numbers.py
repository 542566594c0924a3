"""Numbers, dates and periods as a language writes them, by CLDR through Babel.

Only formatting belongs here. A `Number` carries the plain number beside its text, so that the three languages
of a page can be compared.
"""

import re
from dataclasses import dataclass
from datetime import date

from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from mel_pipeline.publish.words import Words

DECIMALS = 1
MEASURE_TYPES = ("percentage", "mean", "index", "ratio")


@dataclass(frozen=True)
class Number:
    """One number: as data, and as its language writes it."""

    value: float
    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def data(self) -> str:
        """The number as machines read it; equal in all languages."""
        return f"{round(self.value, 6):.12g}"

    def __html__(self) -> Markup:
        return Markup('<data value="{}"><bdi dir="ltr">{}</bdi></data>').format(self.data, escape(self.text))


@dataclass(frozen=True)
class Numbers:
    """Writes numbers, dates and periods in one language."""

    words: Words

    def of(self, value: float, indicator_type: str) -> Number:
        """A value of an indicator: percentages are 0 to 100, counts have no decimals."""
        if indicator_type == "percentage":
            return Number(value, self._percent(value / 100, DECIMALS))
        if indicator_type in MEASURE_TYPES:
            return Number(value, self._decimal(value, DECIMALS))
        return self.count(value)

    def count(self, value: float) -> Number:
        """A whole number."""
        return Number(value, self._decimal(value, 0))

    def share(self, share: float) -> Number:
        """A share of 0 to 1, written in whole percent; only all of it is written as 100 %."""
        rounded = round(share, 2)
        return Number(rounded, self._percent(0.99 if rounded == 1 and share < 1 else rounded, 0))

    def score(self, score: float) -> Number:
        """A score of 0 to 1, written on a scale of 0 to 100."""
        return self.count(round(100 * score))

    def day(self, day: date) -> Markup:
        """A date in words."""
        return Markup('<time datetime="{}"><bdi>{}</bdi></time>').format(day.isoformat(), self.plain_day(day))

    def plain_day(self, day: date) -> str:
        """A date in words, without markup."""
        return format_date(day, "long", locale=self.words.locale)

    def period(self, period: str) -> str:
        """A period code in words: `2024Q4`, `2024Q4-ytd`, `2024Q4-r4`, `2024H2`, `2024`; another stays as it is."""
        half = re.fullmatch(r"(\d{4})H([12])", period)
        if half is not None:
            if half[2] == "1":
                return self.words.plain("first half of %(year)s", year=half[1])
            return self.words.plain("second half of %(year)s", year=half[1])
        parts = re.fullmatch(r"(\d{4})(?:Q([1-4])(-ytd|-r4)?)?", period)
        if parts is None:
            return period
        year, quarter, span = parts.groups()
        if quarter is None:
            return year
        day = date(int(year), 3 * int(quarter), 1)
        words = format_date(day, "QQQ y", locale=self.words.locale)
        if span == "-r4":
            return self.words.plain("four quarters to %(period)s", period=words)
        return self.words.plain("%(period)s, year to date", period=words) if span else words

    def short_period(self, period: str) -> list[str]:
        """A period code in two short lines for the axis of a chart: quarter and year."""
        parts = re.match(r"(\d{4})Q([1-4])", period)
        if parts is None:
            return [self.period(period)]
        day = date(int(parts[1]), 3 * int(parts[2]), 1)
        return [format_date(day, pattern, locale=self.words.locale) for pattern in ("QQQ", "y")]

    def territory(self, alpha3: str) -> str:
        """Name of a country by its ISO 3166-1 alpha-3 code; an unknown code stays as it is."""
        alpha2 = next(iter(get_global("territory_aliases").get(alpha3, [])), alpha3)
        return str(self.words.locale.territories.get(alpha2, alpha3))

    def _decimal(self, value: float, decimals: int) -> str:
        rounded = round(value, decimals) + 0.0
        pattern = "#,##0" if rounded == int(rounded) and not decimals else "#,##0.0"
        return str(format_decimal(rounded, pattern, locale=self.words.locale))

    def _percent(self, share: float, decimals: int) -> str:
        rounded = round(share, decimals + 2) + 0.0
        return str(format_percent(rounded, locale=self.words.locale, decimal_quantization=False))
