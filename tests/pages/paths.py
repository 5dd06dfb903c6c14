"""The public pages with the shipped content, spelled out: a page that is missing here or in the site
map fails a test."""

PAGES = [
    "/",
    "/insurance/",
    "/support-desk/",
    "/security-services/",
    "/news/",
    "/contact/",
    "/faq/",
    "/documents/",
    "/company/",
    "/privacy/",
    "/site-map/",
]
TERM = "/insurance/terms/2025/"  # not in the site map while it stands for the product
FILES = ["/news/feed.atom", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt"]
