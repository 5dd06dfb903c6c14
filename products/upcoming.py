"""The upcoming events of products."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from core.clock import end_of_day
from core.japanese import day
from core.moment import Moment
from editing.events import MOST_EVENTS, UpcomingEvent, day_and_time, end_and_time, upcoming
from editing.links import form_url
from products.models import Document, Notice, PolicyTerm


@upcoming
def changes_of_terms(moment: Moment) -> Iterator[UpcomingEvent]:
    """Yield when terms become public, begin, take no more applications and end."""
    terms = PolicyTerm.objects.exclude(public_from=None).filter(
        Q(public_from__gt=moment.at) | Q(ends_at__gt=moment.at)
    )
    for term in terms:
        for at, what in (
            (term.public_from, "を公開します"),
            (term.starts_at, "が始まります"),
            (term.intake_ends_at, "の申込みの受付が終わります"),
            (term.ends_at, "が終わります"),
        ):
            if at and at > moment.at:
                yield UpcomingEvent(
                    at, f"{day_and_time(at)}に、保険期間{term}{what}。", form_url(term)
                )


@upcoming
def next_deadline(moment: Moment) -> Iterator[UpcomingEvent]:
    """Yield the next deadline for joining during a term."""
    term = PolicyTerm.objects.offered_at(moment)
    joining = term.joining_on(moment.today, moment) if term else None
    if term and joining and joining.is_mid_term and joining.deadline:
        deadline = joining.deadline
        yield UpcomingEvent(
            end_of_day(deadline.day),
            f"{day(deadline.day)}は、中途加入の締切日です"
            f"({day_and_time(deadline.start)}からの補償)。",
            form_url(term, "id_joining_deadline_day"),
        )


@upcoming
def publications(moment: Moment) -> Iterator[UpcomingEvent]:
    """Yield when notices and documents become public, and until when they are."""
    for model, name in ((Notice, "お知らせ"), (Document, "資料")):
        rows = model._default_manager.exclude(public_from=None)
        for field, what, in_words in (
            ("public_from", "を公開します", day_and_time),
            ("public_until", "の公開が終わります", end_and_time),
        ):
            for row in rows.filter(**{f"{field}__gt": moment.at}).order_by(field, "pk")[
                :MOST_EVENTS
            ]:
                at = getattr(row, field)
                yield UpcomingEvent(at, f"{in_words(at)}に、{name}「{row}」{what}。", form_url(row))
