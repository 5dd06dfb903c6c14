from datetime import time

import pytest

from contacts.hours import OpeningHours


def hours(**changes) -> OpeningHours:
    facts = {
        "always_open": False,
        "opens_at": time(9),
        "closes_at": time(17),
        "closed_on_saturdays": True,
        "closed_on_sundays": True,
        "closed_on_public_holidays": True,
        "closed_at_year_end": True,
    }
    return OpeningHours(**facts | changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "平日:午前9時から午後5時まで"),
        ({"closes_at": time(17, 30)}, "平日:午前9時から午後5時30分まで"),
        ({"closed_on_saturdays": False}, "平日・土曜日:午前9時から午後5時まで"),
        ({"closed_on_sundays": False}, "平日・日曜日:午前9時から午後5時まで"),
        ({"opens_at": None, "closes_at": None}, ""),
        ({"always_open": True, "opens_at": None, "closes_at": None}, "24時間365日受付(年中無休)"),
    ],
)
def test_opening_hours_are_said_in_words(changes, words):
    assert hours(**changes).in_words == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "土・日・祝日・年末年始は、お休みとさせていただきます。"),
        ({"closed_on_saturdays": False}, "日・祝日・年末年始は、お休みとさせていただきます。"),
        ({"closed_at_year_end": False}, "土・日・祝日は、お休みとさせていただきます。"),
        ({"opens_at": None, "closes_at": None}, ""),
        ({"always_open": True, "opens_at": None, "closes_at": None}, ""),
        (
            {
                "closed_on_saturdays": False,
                "closed_on_sundays": False,
                "closed_on_public_holidays": False,
                "closed_at_year_end": False,
            },
            "",
        ),
    ],
)
def test_closed_days_are_said_in_words(changes, words):
    assert hours(**changes).closed_days_in_words == words
