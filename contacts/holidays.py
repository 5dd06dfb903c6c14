"""Japanese public holidays, as far as they are known."""

from datetime import date

import jpholiday

# The government announces the holidays of a year in the February before; jpholiday computes later
# years too, but a law may still move them. To be raised with a release of jpholiday that knows more.
LAST_KNOWN_YEAR = 2027


def is_public_holiday(day: date) -> bool:
    """Return whether the day is a public holiday, substitute and citizens' holidays included."""
    return bool(jpholiday.is_holiday(day))


def holidays_are_known(day: date) -> bool:
    return day.year <= LAST_KNOWN_YEAR
