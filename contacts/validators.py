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
    try:
        if len(value) != len("12-29"):
            raise ValueError
        date.fromisoformat(f"2000-{value}")  # a leap year
    except ValueError:
        raise ValidationError(
            "「12-29」のように、実際にある月と日を半角2桁ずつで入力してください。"
        ) from None
