"""The URLs of the site: public pages, each through `public_page`, previews of them, and
the admin."""

from django.contrib import admin
from django.urls import path

from core.paths import ADMIN
from editing.preview import preview_of_a_day
from pages import answers, approval_sheet, errors, files, premium_csv, prepared_request, views
from pages.errors import UNAVAILABLE
from publishing.public import public_page
from publishing.rendering import REFUSED, UPLOAD_REFUSED

public_urls = [
    path("", public_page(views.home), name="home"),
    path("insurance/", public_page(views.insurance), name="insurance"),
    path("insurance/terms/<slug:code>/", public_page(views.term), name="term"),
    path("insurance/join/", public_page(answers.join, "on"), name="join"),
    path("redirects.json", public_page(files.redirects), name="redirects"),
    path("insurance/deadlines.ics", public_page(answers.calendar), name="calendar"),
    path(
        "insurance/terms/<slug:code>/deadlines.ics",
        public_page(answers.deadlines_calendar),
        name="deadlines-calendar",
    ),
    path(
        "insurance/terms/<slug:code>/deadlines/<str:day>.ics",
        public_page(answers.deadline_calendar),
        name="deadline-calendar",
    ),
    path(
        "insurance/premiums/",
        public_page(answers.premiums, "turnover", "own", "profit"),
        name="premiums",
    ),
    path("insurance/premiums.csv", public_page(premium_csv.premiums_csv), name="premiums-csv"),
    path(
        "insurance/summary/",
        public_page(approval_sheet.summary, "no", "turnover", "on"),
        name="summary",
    ),
    path(
        "insurance/summary/qr.svg",
        public_page(approval_sheet.qr_code, "turnover", "on"),
        name="summary-qr",
    ),
    path(
        "insurance/request/",
        public_page(prepared_request.prepared_request, "about", "turnover", "profit", "on"),
        name="request",
    ),
    path("incident/", public_page(answers.incident), name="incident"),
    path("support-desk/", public_page(views.support_desk), name="support-desk"),
    path("security-services/", public_page(views.security_services), name="security-services"),
    path("company/", public_page(views.company), name="company"),
    path("contact/", public_page(views.contact), name="contact"),
    path("faq/", public_page(views.faq), name="faq"),
    path("news/", public_page(views.news, "page"), name="news"),
    path("news/<int:pk>/", public_page(views.news_item), name="news-item"),
    path("news/feed.atom", public_page(views.news_feed), name="news-feed"),
    path("documents/", public_page(views.documents), name="documents"),
    path(UNAVAILABLE.path.removeprefix("/"), public_page(errors.unavailable), name="unavailable"),
    path(REFUSED.path.removeprefix("/"), public_page(errors.refused), name="refused"),
    path(
        UPLOAD_REFUSED.path.removeprefix("/"),
        public_page(errors.upload_refused),
        name="upload-refused",
    ),
    path("documents/<slug:code>.pdf", public_page(views.document_file), name="document-file"),
    path("accessibility/", public_page(views.accessibility), name="accessibility"),
    path("privacy/", public_page(views.privacy), name="privacy"),
    path("site-map/", public_page(views.site_map_for_people), name="site-map"),
    path("sitemap.xml", public_page(files.sitemap_xml), name="sitemap-xml"),
    path("site.webmanifest", public_page(files.manifest), name="manifest"),
    path("favicon.ico", public_page(files.favicon), name="favicon"),
    path("robots.txt", public_page(files.robots_txt), name="robots-txt"),
    path(".well-known/security.txt", public_page(files.security_txt), name="security-txt"),
]

urlpatterns = [
    *public_urls,
    path("preview/<str:link>/<path:path>", preview_of_a_day),
    path("preview/<str:link>/", preview_of_a_day, {"path": ""}),
    path(ADMIN.removeprefix("/"), admin.site.urls),
]

handler400 = errors.bad_request
handler404 = errors.page_not_found
handler500 = errors.server_error
