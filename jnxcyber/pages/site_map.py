"""Which public pages there are: the one list behind the menu, the breadcrumbs and both site maps."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from jnxcyber.publishing.moment import Moment
from products.models import Notice, PolicyTerm


@dataclass(frozen=True)
class Page:
    """A page that is always there, under its URL name."""

    name: str
    label: str
    in_menu: bool = False

    @property
    def path(self) -> str:
        return reverse(self.name)


PAGES = {
    page.name: page
    for page in (
        Page("home", "ホーム"),
        Page("insurance", "保険のご案内", in_menu=True),
        Page("support-desk", "サポートデスク", in_menu=True),
        Page("security-services", "セキュリティサービス", in_menu=True),
        Page("news", "お知らせ", in_menu=True),
        Page("contact", "お問い合わせ", in_menu=True),
        Page("faq", "よくあるご質問", in_menu=True),
        Page("documents", "資料"),
        Page("company", "会社概要"),
        Page("privacy", "個人情報の取扱いについて"),
        Page("site-map", "サイトマップ"),
    )
}
MENU = [page for page in PAGES.values() if page.in_menu]
FOOTER_MENU = [page for page in PAGES.values() if not page.in_menu]


@dataclass(frozen=True)
class Entry:
    label: str
    path: str
    children: list["Entry"] = field(default_factory=list)


def site_map(moment: Moment) -> list[Entry]:
    """Every public page at the moment; terms and notices stand under the page that lists them."""
    shown = PolicyTerm.objects.shown_at(moment)
    terms = PolicyTerm.objects.public_at(moment)
    children = {
        "insurance": [
            Entry(f"保険期間 {term}", term.get_absolute_url()) for term in terms if term != shown
        ],
        "news": [
            Entry(notice.title, notice.get_absolute_url())
            for notice in Notice.objects.public_at(moment)
        ],
    }
    return [Entry(page.label, page.path, children.get(page.name, [])) for page in PAGES.values()]


def public_paths(moment: Moment) -> Iterator[str]:
    """The paths of all entries, each page before the pages under it."""
    for entry in site_map(moment):
        yield entry.path
        yield from (child.path for child in entry.children)
