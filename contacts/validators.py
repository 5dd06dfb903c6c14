"""Validators of postal codes, telephone numbers and days of the year."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

validate_postal_code = RegexValidator(
    r"^[0-9]{3}-[0-9]{4}\Z", "郵便番号は「108-0074」のように半角で入力してください。"
)
validate_telephone = RegexValidator(
    r"^0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}\Z",
    "電話番号は「03-5422-6351」のように半角の数字とハイフンで入力してください。",
)

MOST_AT_YEAR_END = 31  # days
DAYS_OF_LEAP_YEAR = 366
_OF_ELEVEN_DIGITS = re.compile(r"0[5-9]0|0800")  # mobile, internet and some toll-free numbers


def wrong_count_of_digits(telephone: str) -> str:
    """Return a message where a number has a digit too few or too many, so that nobody could call it; "" elsewhere."""
    count = sum(map(str.isdecimal, telephone))
    wanted = 11 if _OF_ELEVEN_DIGITS.match(telephone) else 10
    if not telephone or count == wanted:
        return ""
    first = telephone.partition("-")[0]
    return f"電話番号の数字が{count}桁です。「{first}」で始まる番号は{wanted}桁です。"


def validate_month_and_day(value: str) -> None:
    """Refuse a text that is no month and day of two digits each, as they are stored."""
    if _day_of_leap_year(value) is None:
        raise ValidationError(
            "「12-29」や「12月29日」のように、実際にある月と日を入力してください。"
        )


def too_long_at_year_end(first: str, last: str) -> str:
    """Return a message where these days, such as "01-03" and "12-29", make a long range; "" elsewhere.

    Days in the wrong order would close a desk for nearly the whole year.
    """
    begins, ends = _day_of_leap_year(first), _day_of_leap_year(last)
    if (
        begins is None
        or ends is None
        or (ends - begins).days % DAYS_OF_LEAP_YEAR < MOST_AT_YEAR_END
    ):
        return ""
    return (
        f"年末年始の休みが、{begins.month}月{begins.day}日から{ends.month}月{ends.day}日までになります。"
        f"{MOST_AT_YEAR_END}日以内にしてください。最初の日と最後の日が逆かもしれません。"
    )


def _day_of_leap_year(month_and_day: str) -> date | None:
    """Return "12-29" as a date of 2000; None for anything else, such as the week "W52-1"."""
    if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", month_and_day):
        return None
    try:
        return date.fromisoformat(f"2000-{month_and_day}")
    except ValueError:
        return None
