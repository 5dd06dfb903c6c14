"""Paths of all that a visitor can see: pages, answers to good and bad questions, error pages."""

from tests.pages.page_paths import PAGE_PATHS, TERM_PATH

ANSWERS = [
    "/insurance/join/?on=2025-12-20",
    "/insurance/premiums/?turnover=5000000000&profit=yes",
    "/insurance/premiums/?own=12億円&profit=no",
    "/insurance/summary/?no=4&on=2025-12-10",
    "/insurance/summary/?turnover=30億円&on=2025-12-10",
    "/insurance/request/?about=question&turnover=30億円&profit=yes&on=2025-10-03",
]
REFUSALS = [
    "/insurance/join/?on=2025-02-30",
    "/insurance/premiums/?own=たくさん",
    "/insurance/summary/?no=99",
    "/insurance/request/?turnover=たくさん",
    "/nowhere/",
]
EVERYTHING = [*PAGE_PATHS, TERM_PATH, "/news/1/", *ANSWERS, *REFUSALS]
# The other pages differ after the term by nothing but the hours of the desks, which stand on these too.
OF_THE_TERM = [*PAGE_PATHS[:6], "/faq/", "/documents/", TERM_PATH, *ANSWERS]
IN_EACH_STATE = [("open", path) for path in EVERYTHING] + [("ended", path) for path in OF_THE_TERM]
