"""How figures, dates and hours are written in Japanese on the site."""

from datetime import date, datetime, time

MAN = 10_000
OKU = 100_000_000


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
