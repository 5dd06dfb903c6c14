"""The addresses of the site: the public pages, each through `public_page`, and the admin."""

from django.contrib import admin
from django.urls import path

from jnxcyber.pages import errors, views
from jnxcyber.publishing.public import public_page

public_urls = [
    path("", public_page(views.home), name="home"),
    path("insurance/", public_page(views.insurance), name="insurance"),
    path("insurance/terms/<slug:code>/", public_page(views.term), name="term"),
    path("support-desk/", public_page(views.support_desk), name="support-desk"),
    path("security-services/", public_page(views.security_services), name="security-services"),
    path("company/", public_page(views.company), name="company"),
    path("contact/", public_page(views.contact), name="contact"),
    path("faq/", public_page(views.faq), name="faq"),
    path("news/", public_page(views.news), name="news"),
    path("news/<int:pk>/", public_page(views.news_item), name="news-item"),
    path("news/feed.atom", public_page(views.news_feed), name="news-feed"),
    path("documents/", public_page(views.documents), name="documents"),
    path("documents/<slug:code>.pdf", public_page(views.document_file), name="document-file"),
    path("privacy/", public_page(views.privacy), name="privacy"),
    path("site-map/", public_page(views.site_map_for_people), name="site-map"),
    path("sitemap.xml", public_page(views.sitemap_xml), name="sitemap-xml"),
    path("robots.txt", public_page(views.robots_txt), name="robots-txt"),
    path(".well-known/security.txt", public_page(views.security_txt), name="security-txt"),
]

urlpatterns = [*public_urls, path("admin/", admin.site.urls)]

handler404 = errors.page_not_found
handler500 = errors.server_error
