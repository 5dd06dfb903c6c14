"""The notices as a feed (Atom, RFC 4287)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from core.clock import start_of_day
from core.formatted_text import formatted
from core.moment import Moment
from pages.public_content import Content
from pages.site_map import PAGES

NOTICES_IN_FEED = 50


class EmptyFeed(Atom1Feed):
    """A feed without entries. Django asks the wall clock when it was updated; a page must not."""

    def latest_post_date(self) -> datetime:
        midnight: datetime = self.feed["midnight"]
        return midnight


def news(content: Content, moment: Moment) -> Atom1Feed:
    """Return the feed of the newest notices that are public at the moment."""
    notices = content.notices.public_at(moment)[:NOTICES_IN_FEED]
    extra: dict[str, Any] = {} if notices else {"midnight": start_of_day(moment.today)}
    feed = (Atom1Feed if notices else EmptyFeed)(
        title=content.texts.plain("news-feed-title", {}),
        link=settings.SITE_URL + PAGES["news"].path,
        feed_url=settings.SITE_URL + reverse("news-feed"),
        description=None,
        language="ja",
        author_name=content.product.insurer.name,
        **extra,
    )
    for notice in notices:
        feed.add_item(
            title=notice.title,
            link=settings.SITE_URL + notice.get_absolute_url(),
            unique_id=notice.uid.urn,
            description=formatted(notice.text),  # a reader takes it as HTML
            pubdate=notice.public_from,
            updateddate=content.updated_at(notice),
        )
    return feed
