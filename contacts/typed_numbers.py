"""Telephone numbers, postal codes and days of the year as people write them, returned as they are stored: with hyphens.

What cannot be read is returned as it is: the validators refuse it.
"""

import re

from core import japanese
from core.japanese import changed_digit, half_width

# Without a list of area codes, the parts of these numbers are known.
_WITHOUT_HYPHENS = re.compile(
    r"(0120|0570)([0-9]{3})([0-9]{3})|(0800)([0-9]{3})([0-9]{4})"
    r"|(0[36])([0-9]{4})([0-9]{4})|(0[5789]0)([0-9]{4})([0-9]{4})"
)
_MONTH_AND_DAY = re.compile(r"([0-9]{1,2})[-/.月]([0-9]{1,2})日?")


def hyphenated_telephone(text: str) -> str:
    """Return 03(5422)6351, 03 5422 6351 and 0354226351 as "03-5422-6351"."""
    if changed_digit(text):
        return text
    plain = half_width(text).strip()
    parts = [part for part in re.split(r"[()\s-]+", plain) if part]
    if len(parts) == 1 and (match := _WITHOUT_HYPHENS.fullmatch(parts[0])):
        parts = [part for part in match.groups() if part]
    return "-".join(parts) if len(parts) == 3 and all(map(str.isdecimal, parts)) else plain


def hyphenated_postal_code(text: str) -> str:
    """Return 〒108-0074 and 1080074 as "108-0074"."""
    if changed_digit(text):
        return text
    plain = half_width(text).strip().removeprefix("〒").strip()
    return re.sub(r"^([0-9]{3})([0-9]{4})$", r"\1-\2", plain)


def hyphenated_month_and_day(text: str) -> str:
    """Return 1/3, 1-3 and 1月3日 as "01-03"."""
    match = None if changed_digit(text) else _MONTH_AND_DAY.fullmatch(japanese.plain(text))
    return f"{match[1]:0>2}-{match[2]:0>2}" if match else text
