"""Opening hours in words, from the facts that a desk holds about them. Needs no database."""

from dataclasses import dataclass
from datetime import time

from jnxcyber.japanese import hour


@dataclass(frozen=True)
class OpeningHours:
    """When a desk can be called. `opens_at` and `closes_at` are None for a desk without hours."""

    always_open: bool
    opens_at: time | None
    closes_at: time | None
    closed_on_saturdays: bool
    closed_on_sundays: bool
    closed_on_public_holidays: bool
    closed_at_year_end: bool

    @property
    def in_words(self) -> str:
        """「平日:午前9時から午後5時まで」, 「24時間365日受付(年中無休)」, or "" where no hours are known."""
        if self.always_open:
            return "24時間365日受付(年中無休)"
        if self.opens_at is None or self.closes_at is None:
            return ""
        days = ["平日"]
        if not self.closed_on_saturdays:
            days.append("土曜日")
        if not self.closed_on_sundays:
            days.append("日曜日")
        return f"{'・'.join(days)}:{hour(self.opens_at)}から{hour(self.closes_at)}まで"

    @property
    def closed_days_in_words(self) -> str:
        """「土・日・祝日・年末年始は、お休みとさせていただきます。」, or "" where there is nothing to say."""
        if self.always_open or self.opens_at is None:
            return ""
        kinds = (
            (self.closed_on_saturdays, "土"),
            (self.closed_on_sundays, "日"),
            (self.closed_on_public_holidays, "祝日"),
            (self.closed_at_year_end, "年末年始"),
        )
        closed = "・".join(name for applies, name in kinds if applies)
        return f"{closed}は、お休みとさせていただきます。" if closed else ""
