"""What will happen on the public site by itself, in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from jnxcyber.editing.addresses import form_address
from jnxcyber.japanese import day, hour
from jnxcyber.publishing.moment import TOKYO, Moment, end_of_day
from products.joining import last_day_to_apply
from products.models import Document, Notice, PolicyTerm

MOST = 10


@dataclass(frozen=True)
class Event:
    """`says` is a whole sentence; `address` is where in the admin it is decided."""

    at: datetime
    says: str
    address: str


def what_comes(moment: Moment) -> list[Event]:
    """The next events on the public site."""
    events = [*_of_terms(moment), *_next_deadline(moment), *_of_what_has_a_period(moment)]
    return sorted(events, key=lambda event: event.at)[:MOST]


def day_and_time(at: datetime) -> str:
    """「2026年4月1日 午後4時」, in Tokyo time."""
    at = at.astimezone(TOKYO)
    return f"{day(at)} {hour(at.time())}"


def _of_terms(moment: Moment) -> Iterator[Event]:
    terms = PolicyTerm.objects.exclude(public_from=None).filter(
        Q(public_from__gt=moment.at) | Q(ends_at__gt=moment.at)
    )
    for term in terms:
        intake_ends_at = end_of_day(last_day_to_apply(term.ends_at, term.joining_rule))
        for at, what in (
            (term.public_from, "を公開します"),
            (term.starts_at, "が始まります"),
            (intake_ends_at, "の申込みの受付が終わります"),
            (term.ends_at, "が終わります"),
        ):
            if at and at > moment.at:
                yield Event(at, f"{day_and_time(at)}に、保険期間{term}{what}。", form_address(term))


def _next_deadline(moment: Moment) -> Iterator[Event]:
    term = PolicyTerm.objects.for_application(moment.today, moment)
    joining = term.joining_on(moment.today, moment) if term else None
    if term and joining and joining.is_mid_term and joining.deadline:
        deadline = joining.deadline
        yield Event(
            end_of_day(deadline.day),
            f"{day(deadline.day)}は、中途加入の締切日です"
            f"({day_and_time(deadline.start)}からの補償)。",
            form_address(term, "id_joining_deadline_day"),
        )


def _of_what_has_a_period(moment: Moment) -> Iterator[Event]:
    for model, name in ((Notice, "お知らせ"), (Document, "資料")):
        rows = model._default_manager.exclude(public_from=None)
        for field, what in (
            ("public_from", "を公開します"),
            ("public_until", "の公開が終わります"),
        ):
            for row in rows.filter(**{f"{field}__gt": moment.at}).order_by(field, "pk")[:MOST]:
                at = getattr(row, field)
                yield Event(at, f"{day_and_time(at)}に、{name}「{row}」{what}。", form_address(row))
