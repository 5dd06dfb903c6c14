"""The public pages with the shipped content, spelled out: a page that is missing here or in the site
map fails a test."""

PAGE_PATHS = [
    "/",
    "/insurance/",
    "/insurance/join/",
    "/insurance/premiums/",
    "/insurance/summary/",
    "/insurance/request/",
    "/support-desk/",
    "/incident/",
    "/security-services/",
    "/documents/",
    "/faq/",
    "/news/",
    "/contact/",
    "/company/",
    "/privacy/",
    "/accessibility/",
    "/site-map/",
]
TERM_PATH = "/insurance/terms/2025/"  # not in the site map while it stands for the product
FILE_PATHS = [
    "/news/feed.atom",
    "/sitemap.xml",
    "/site.webmanifest",
    "/robots.txt",
    "/.well-known/security.txt",
    "/insurance/deadlines.ics",
    "/insurance/terms/2025/deadlines.ics",
    "/insurance/terms/2025/deadlines/2025-10-20.ics",
]
