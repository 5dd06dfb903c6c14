"""How figures, dates and hours are written in Japanese on the site, and read from what is typed."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

MAN = 10_000
OKU = 100_000_000
CHO = 1_000_000_000_000
REIWA = 2019  # the year that was 令和1年


def yen(amount: int) -> str:
    """140230 as "140,230円"."""
    return f"{amount:,}円"


def yen_in_units(amount: int) -> str:
    """Whole yen in the units that limits and turnovers are quoted in: 1000000000 as "10億円"."""
    oku, rest = divmod(amount, OKU)
    man, ones = divmod(rest, MAN)
    parts = [f"{n:,}{unit}" for n, unit in ((oku, "億"), (man, "万"), (ones, "")) if n]
    return ("".join(parts) or "0") + "円"


def day(value: date) -> str:
    """2025-04-01 as "2025年4月1日"."""
    return f"{value.year}年{value.month}月{value.day}日"


def hour(value: time) -> str:
    """16:00 as "午後4時", 16:30 as "午後4時30分"."""
    half = "午前" if value.hour < 12 else "午後"
    minutes = f"{value.minute}分" if value.minute else ""
    return f"{half}{value.hour % 12}時{minutes}"


def day_and_hour(value: datetime) -> str:
    """A moment in the time zone it carries, as "2025年4月1日(午後4時)"."""
    return f"{day(value)}({hour(value.time())})"


def circled(number: int) -> str:
    """1 as "①", up to 20; beyond, "(21)"."""
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else f"({number})"


def weekday(value: date) -> str:
    """「月」 to 「日」."""
    return "月火水木金土日"[value.weekday()]


def parse_day(text: str) -> date:
    """The date that a person means by 2025-10-03, 2025/10/3, 2025年10月3日 or 令和7年10月3日, in digits
    of either width. Raises ValueError for anything else."""
    match = _DAY.fullmatch(_plain(text))
    if not match:
        raise ValueError(text)
    reiwa, year, month, day_of_month = match.groups()
    first_year = REIWA - 1 if reiwa else 0
    return date(first_year + int(year), int(month), int(day_of_month))


def parse_yen(text: str) -> int:
    """The whole yen that a person means by 1,200,000,000, 12億円, 12億5,000万 or 1.5億, in digits of
    either width. Raises ValueError for anything else, fractions of a yen included."""
    match = _YEN.fullmatch(_plain(text).replace(",", "").removesuffix("円"))
    if not match or not any(match.groups()):
        raise ValueError(text)
    amount = Decimal(0)
    for digits, unit in zip(match.groups(), (CHO, OKU, MAN, 1), strict=True):
        amount += Decimal(digits or 0) * unit
    if amount != int(amount):
        raise ValueError(text)
    return int(amount)


def _plain(text: str) -> str:
    """In half-width digits and signs, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


_DAY = re.compile(r"(令和|R)?(\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_NUMBER = r"(\d{1,15}(?:\.\d{1,8})?)"
_YEN = re.compile(rf"(?:{_NUMBER}兆)?(?:{_NUMBER}億)?(?:{_NUMBER}万)?(\d{{1,15}})?", re.ASCII)
