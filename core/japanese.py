"""Writing figures, dates and hours in Japanese, and reading them from what is typed."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MAN = 10_000
OKU = 100_000_000
CHO = 1_000_000_000_000
REIWA = 2019  # the year that was 令和1年
FIRST_DAY_OF_REIWA = date(2019, 5, 1)
END_OF_DAY = time.max  # how 24:00 is read, which Python's time cannot hold
REVERSES = "\u202e"  # shows the digits after it from right to left


class WrongWeekdayError(ValueError):
    """A date with the name of a weekday that it does not fall on. Its text is a sentence for who typed it."""


class AmbiguousHourError(ValueError):
    """午前12時 or 午後12時, each of which is noon to some people and midnight to others."""


def yen(amount: int) -> str:
    """Return 140230 as "140,230円"."""
    return f"{amount:,}円"


def yen_in_units(amount: int) -> str:
    """Return whole yen in the units of limits and turnovers: 1000000000 as "10億円"."""
    oku, rest = divmod(amount, OKU)
    man, ones = divmod(rest, MAN)
    parts = [f"{n:,}{unit}" for n, unit in ((oku, "億"), (man, "万"), (ones, "")) if n]
    return ("".join(parts) or "0") + "円"


def day(value: date) -> str:
    """Return 2025-04-01 as "2025年4月1日"."""
    return f"{value.year}年{value.month}月{value.day}日"


def hour(value: time) -> str:
    """Return 16:00 as "午後4時", 16:30 as "午後4時30分"."""
    half = "午前" if value.hour < 12 else "午後"
    minutes = f"{value.minute}分" if value.minute else ""
    return f"{half}{value.hour % 12}時{minutes}"


def day_and_hour(value: datetime) -> str:
    """Return a datetime, in the time zone it carries, as "2025年4月1日(午後4時)"."""
    return f"{day(value)}({hour(value.time())})"


def end(value: datetime) -> str:
    """Return when something ends, as day_and_hour does; midnight as the end of the day before."""
    if value.time() != time(0):
        return day_and_hour(value)
    return f"{day(value - timedelta(days=1))}の終わり"


def megabytes(size: int) -> str:
    """Return a number of bytes as "20MB" or "1.2MB"; less than that as "350KB".

    Rounded up, so that a size above a limit never reads like the limit.
    """
    if size <= 999 * 1024:
        return f"{-(-size // 1024)}KB"
    tenths = -(-size * 10 // 1024**2)
    return f"{tenths / 10:g}MB"


def circled(number: int) -> str:
    """Return 1 as "①", up to 20; beyond, "(21)"."""
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else f"({number})"


def full_name(user: "User") -> str:
    """Return the user's name, family name first; "" where no name is given."""
    return f"{user.last_name} {user.first_name}".strip()


def person(user: "User") -> str:
    """Return the user's full name; the user name where no name is given."""
    return full_name(user) or user.get_username()


def weekday(value: date) -> str:
    """Return 「月」 to 「日」."""
    return "月火水木金土日"[value.weekday()]


def half_width(text: str) -> str:
    """Return the text in half-width digits, signs and dashes, as they are stored and read."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def without_zero_width(text: str) -> str:
    """Return the text without characters that take no room, as a paste brings them along."""
    if text.isascii():
        return text
    return "".join(c for c in text if c in REVERSES or unicodedata.category(c) != "Cf")


def plain(text: str) -> str:
    """Return the text in half-width characters, without white space but between two digits."""
    return re.sub(r"(?<![0-9])\s+|\s+(?![0-9])", "", half_width(without_zero_width(text)).strip())


def changed_digit(text: str) -> str:
    """Return the first character that would become a digit in half width and is none: 「²」「①」「½」; else ""."""
    for match in re.finditer(r"[^\x00-\x7f\uff10-\uff19]", text):
        if re.search(r"[0-9]", unicodedata.normalize("NFKC", match[0])):
            return match[0]
    return ""


def full_day(value: date) -> str:
    """Return 2026-04-01 as "2026年4月1日(令和8年・水曜日)"."""
    era = f"令和{value.year - REIWA + 1}年・" if value >= FIRST_DAY_OF_REIWA else ""
    return f"{day(value)}({era}{weekday(value)}曜日)"


def find_year(text: str) -> int | None:
    """Return where in the text a year is named, in digits of either width; None where none is.

    A year is 2025年, 平成30年度, 令和元年, or that of a date such as 2025/4/1. An amount such as 2000万円 is none.
    """
    match = _YEAR.search(text.translate(_HALF_WIDTH))
    return match.start() if match else None


def parse_day(text: str) -> date:
    """Return the date in 2025-10-03, 2025/10/3, 20251003, 2025年10月3日(金) or 令和7年10月3日 金曜日.

    Digits have either width. Raises WrongWeekdayError where the weekday is that of a different date, ValueError for
    anything else.
    """
    figures = _figures(text)
    if re.fullmatch(r"[0-9]{8}", figures):
        return date.fromisoformat(figures)
    match = _DAY.fullmatch(figures)
    if not match:
        raise ValueError(text)
    reiwa, year, month, day_of_month, typed_weekday = match.groups()
    first_year = REIWA - 1 if reiwa else 0
    found = date(first_year + (1 if year == "元" else int(year)), int(month), int(day_of_month))
    if typed_weekday and typed_weekday != weekday(found):
        raise WrongWeekdayError(
            f"{day(found)}は{weekday(found)}曜日です。日付か曜日を直してください。"
        )
    return found


def parse_hour(text: str) -> time:
    """Return the time of day in 16:00, 16時, 午後4時, 午後4時30分 or 正午; END_OF_DAY for 24:00.

    Digits have either width. Raises AmbiguousHourError or ValueError.
    """
    figures = _figures(text)
    if figures == "正午":
        return time(12)
    match = _HOUR.fullmatch(figures)
    if not match:
        raise ValueError(text)
    half, hours, minutes = match[1], int(match[2]), int(match[3] or match[4] or 0)
    if half and hours == 12:
        raise AmbiguousHourError(text)
    if half and hours > 12:
        raise ValueError(text)
    if (hours, minutes) == (24, 0):
        return END_OF_DAY
    return time(hours + (12 if half == "午後" else 0), minutes)


def parse_yen(text: str) -> int:
    """Return the whole yen in 1,200,000,000, 12億円, 12億5,000万, 1.5億 or 1,200百万円.

    Digits have either width. Raises ValueError for anything else, fractions of a yen included.
    """
    # Where the yen sign of a keyboard is a backslash, fonts show both as "¥".
    whole = _figures(text).removeprefix("¥").removeprefix("\\")
    figures = whole.removesuffix("円")
    match = _YEN.fullmatch(figures) or _YEN_IN_ONE_UNIT.fullmatch(figures)
    if not match or not any(match.groups()):
        raise ValueError(text)
    # Spoken, 「38万5」 is 385,000: written, it is told from 380,005 by 円 alone.
    if re.search("[兆億万][0-9]{1,3}$", whole):
        raise ValueError(text)
    amount = sum(
        Decimal(digits.replace(",", "")) * UNITS[unit]
        for unit, digits in match.groupdict().items()
        if digits
    )
    if amount != int(amount):
        raise ValueError(text)
    return int(amount)


def _figures(text: str) -> str:
    """Return the plain text. Raises ValueError where the figures in it are not those that a person sees."""
    if changed_digit(text) or REVERSES in text:
        raise ValueError(text)
    return plain(text)


def without_about(text: str) -> str:
    """Return 「約12億円」 as 「12億円」, for amounts that need not be exact."""
    return _ABOUT.sub("", text)


# Hyphens, dashes, the minus sign, and the long-vowel mark that a Japanese keyboard types for them.
_DASHES = {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc"}
# Unlike half_width(), one character for one: places in the text stay.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_YEAR = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}(?=年|[-/.][0-9]{1,2}[-/.][0-9])"
    r"|(?:明治|大正|昭和|平成|令和|[㍾㍽㍼㍻㋿])\s*(?:[0-9]{1,2}|元)年"
)
_DAY = re.compile(
    r"(令和|[Rr])?([0-9]{1,4}|元)[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?"
    r"(?:\(?([日月火水木金土])(?:曜日?)?\)?)?"
)
_HOUR = re.compile(r"(午前|午後)?([0-9]{1,2})(?::([0-9]{2})(?::00)?|時(?:([0-9]{1,2})分)?)")
UNITS = {"cho": CHO, "oku": OKU, "man": MAN, "yen": 1, "million": 1_000_000, "thousand": 1_000}
_ABOUT = re.compile(r"^\s*(?:約|およそ|おおよそ)")
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,8})?"
_YEN = re.compile(
    rf"(?:(?P<cho>{_NUMBER})兆)?(?:(?P<oku>{_NUMBER})億)?(?:(?P<man>{_NUMBER})万)?"
    r"(?P<yen>[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})?"
)
_YEN_IN_ONE_UNIT = re.compile(rf"(?P<million>{_NUMBER})百万|(?P<thousand>{_NUMBER})千")
