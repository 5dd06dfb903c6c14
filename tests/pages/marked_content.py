"""Shared by the tests of edit marks: the pages that editors see, and content for all that they can show."""

from contacts.models import Desk, DeskRole
from products.models import Notice, PolicyTerm
from products.rollover import prepare_next
from tests.moments import IN_THE_TERM, tokyo
from tests.pages.page_paths import PAGE_PATHS, TERM_PATH

NOW = "/admin/site/now"
TRACE = "[\ufdd0-\ufdef]|%EF%B7"  # of a mark in a text or a URL
NEXT_TERM_PATH = "/insurance/terms/2026/"
QUESTIONS = (
    "/insurance/premiums/?turnover=5000000000&profit=yes",
    "/insurance/premiums/?own=11億円&profit=no",
    "/insurance/premiums/?profit=no",
    "/insurance/summary/?no=1",
    "/insurance/join/?on=2025-12-24",
)
OF_A_TERM = (
    *("/", "/insurance/", "/insurance/join/", "/insurance/premiums/", "/insurance/summary/"),
    *(TERM_PATH, NEXT_TERM_PATH, *QUESTIONS),
)
PATHS = tuple(dict.fromkeys((*OF_A_TERM, *PAGE_PATHS, "/news/1/", "/no-such-page/")))
TIMES = {
    "before the term, on a closed day": "2025-03-20T10:00",
    "open": IN_THE_TERM,
    "on a deadline that is a closed day": "2025-12-20T10:00",
    "intake over": "2026-03-25T10:00",
    "ended": "2027-04-02T10:00",
}
# The elements that hold one text each; the figures of a table share a mark for each row.


def fill_content() -> None:
    """Fill in what the shipped content leaves open: an important notice, a second term, two of the gaps."""
    Notice.objects.create(
        pk=1,
        title="件名の例",
        text="一つ目の**段落**\n\n二つ目の段落の一行目\n二行目\n- [一](https://a.jp/)\n- 二",
        important=True,
        public_from=tokyo("2025-01-01T10:00"),
        public_until=tokyo("2028-01-01T10:00"),
    )
    PolicyTerm.objects.update(
        public_from=tokyo("2025-02-01T00:00"),
        eligibility="例の一\n- 例の二",
        part_year_premium="例",
    )
    following = prepare_next(PolicyTerm.objects.get())
    PolicyTerm.objects.filter(pk=following.pk).update(public_from=tokyo("2026-02-01T00:00"))
    Desk.objects.filter(role=DeskRole.SECRETARIAT).update(name="例の窓口", department="例の部署")
