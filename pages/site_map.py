"""The one list of the public pages, behind the menu, the breadcrumbs and both site maps."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from core.moment import Moment
from editing.edit_marks import mark_of
from pages.public_content import Content, content_now
from products.models import PolicyTerm
from publishing.rendering import NOT_FOUND


@dataclass(frozen=True)
class Page:
    """A page that is always there, under its URL name; `parent` is the name of the page above it."""

    name: str
    label: str
    parent: str | None = None
    in_menu: bool = False

    @cached_property
    def path(self) -> str:
        return reverse(self.name)

    @cached_property
    def trail(self) -> "list[Page | SiteMapEntry]":
        """Return the pages from the home page to this one; nothing for the home page itself."""
        if self.name == "home":
            return []
        above = [PAGES["home"], *([PAGES[self.parent]] if self.parent else [])]
        return [*above, self]


PAGES = {
    page.name: page
    for page in (
        Page("home", "ホーム"),
        Page("insurance", "保険のご案内", in_menu=True),
        Page("join", "今申し込むと、いつから?", parent="insurance"),
        Page("premiums", "保険料", parent="insurance", in_menu=True),
        Page("summary", "社内説明用シート", parent="insurance"),
        Page("request", "取扱代理店へのお問い合わせ文", parent="insurance"),
        Page("support-desk", "サポートデスク", in_menu=True),
        Page("incident", "緊急のとき"),
        Page("security-services", "セキュリティサービス", in_menu=True),
        Page("documents", "資料", in_menu=True),
        Page("faq", "よくあるご質問", in_menu=True),
        Page("news", "お知らせ", in_menu=True),
        Page("contact", "お問い合わせ", in_menu=True),
        Page("company", "会社概要"),
        Page("privacy", "個人情報の取扱いについて"),
        Page("accessibility", "アクセシビリティ"),
        Page("site-map", "サイトマップ"),
    )
}
MENU = tuple(page for page in PAGES.values() if page.in_menu)
FOOTER_MENU = tuple(page for page in PAGES.values() if not page.in_menu and not page.parent)


@dataclass(frozen=True)
class SiteMapEntry:
    label: str
    path: str
    children: list["SiteMapEntry"] = field(default_factory=list)


def term_entry(term: PolicyTerm) -> SiteMapEntry:
    """Return the page of a term."""
    return SiteMapEntry(f"保険期間 {mark_of(term, 'starts_at')}{term}", term.get_absolute_url())


def site_map(content: Content, moment: Moment) -> list[SiteMapEntry]:
    """Return every public page at the moment; terms and notices stand under the page that lists them."""
    offered = content.terms.offered_at(moment)
    below: dict[str, list[SiteMapEntry]] = {name: [] for name in PAGES}
    for page in PAGES.values():
        if page.parent:
            below[page.parent].append(SiteMapEntry(page.label, page.path))
    for term in content.terms.public_at(moment):
        if term != offered:
            below["insurance"].append(term_entry(term))
    for notice in content.notices.public_at(moment):
        below["news"].append(SiteMapEntry(notice.title, notice.get_absolute_url()))
    return [
        SiteMapEntry(page.label, page.path, below[page.name])
        for page in PAGES.values()
        if not page.parent
    ]


FILE_URL_NAMES = ["news-feed", "sitemap-xml", "manifest", "robots-txt", "security-txt"]


def paths(moment: Moment) -> Iterator[str]:
    """Yield the paths of all that is public at the moment except calendars and documents.

    First comes the page for when there is no other.
    """
    yield reverse("unavailable")
    yield reverse("refused")
    yield reverse("upload-refused")
    yield reverse("redirects")
    yield NOT_FOUND.path
    yield from public_paths(content_now(), moment)
    yield from map(reverse, FILE_URL_NAMES)


def whole_site(moment: Moment) -> Iterator[str]:
    """Yield the paths of all that is public at the moment, each once, for the page cache and the mirror.

    Calendars and documents are among them, and the term that stands for the product under its own path.
    """
    yield from paths(moment)
    content = content_now()
    if offered := content.terms.offered_at(moment):
        yield offered.get_absolute_url()
        if offered.premium_rows.all():
            yield reverse("premiums-csv")
    yield reverse("favicon")
    yield reverse("calendar")
    for term in content.terms.public_at(moment):
        yield reverse("deadlines-calendar", args=[term.code])
        for deadline in term.deadlines:
            yield reverse("deadline-calendar", args=[term.code, deadline.day.isoformat()])
    for document in content.documents.public_at(moment):
        if document.file:
            yield document.get_absolute_url()


def public_paths(content: Content, moment: Moment) -> Iterator[str]:
    """Yield the paths of all entries, each page before the pages under it."""
    for entry in site_map(content, moment):
        yield entry.path
        yield from (child.path for child in entry.children)
