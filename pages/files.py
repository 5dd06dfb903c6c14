"""The files for machines: site map, manifest, redirects, robots.txt, security.txt."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from core.clock import TOKYO, start_of_day
from core.moment import Moment
from core.paths import PREVIEW
from pages.public_content import content_now
from pages.site_map import PAGES, public_paths


def sitemap_xml(moment: Moment) -> HttpResponse:
    content = content_now()
    # Of other pages nobody knows when they changed: what they show is spread over many records.
    saved = {
        notice.get_absolute_url(): content.updated_at(notice)
        for notice in content.notices.public_at(moment)
    }
    urls = [
        (settings.SITE_URL + path, _in_tokyo(saved.get(path)))
        for path in public_paths(content, moment)
    ]
    xml = render_to_string("sitemap.xml", {"urls": urls})
    return HttpResponse(xml, content_type="application/xml")


def manifest(moment: Moment) -> JsonResponse:
    """Send what a telephone needs to keep the site on its home screen."""
    return JsonResponse(
        {
            "name": content_now().product.name,
            "lang": "ja",
            "start_url": PAGES["home"].path,
            "display": "browser",
            "icons": [_icon(size) for size in (192, 512)],
        },
        json_dumps_params={"ensure_ascii": False},
        content_type="application/manifest+json",
    )


def redirects(moment: Moment) -> JsonResponse:
    """Send all redirects, which `publishing/front.py` reads as it reads pages: anew after each edit."""
    return JsonResponse(content_now().redirects)


def _icon(size: int) -> dict[str, str]:
    return {
        "src": static(f"icon-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": "any maskable",
    }


def favicon(moment: Moment) -> HttpResponse:
    """Send the icon that software asks for at this URL without having read a page."""
    icon = settings.BASE_DIR / "static" / "favicon.ico"
    return HttpResponse(icon.read_bytes(), content_type="image/vnd.microsoft.icon")


def robots_txt(moment: Moment) -> HttpResponse:
    """Allow everything except the admin; nothing at all while the clock is pinned."""
    closed = "/" if moment.pinned else reverse("admin:index")
    lines = [
        "User-agent: *",
        f"Disallow: {closed}",
        f"Disallow: {PREVIEW}",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap-xml')}",
    ]
    return _text(lines)


def security_txt(moment: Moment) -> HttpResponse:
    """Send security.txt (RFC 9116).

    Its end of validity must lie within a year from now: it is half a year from the first of this month.
    """
    months = moment.at.month - 1 + 6
    first = moment.today.replace(year=moment.at.year + months // 12, month=months % 12 + 1, day=1)
    lines = [
        f"Contact: {settings.SITE_URL}{PAGES['contact'].path}",
        f"Expires: {start_of_day(first).isoformat()}",
        "Preferred-Languages: ja",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    ]
    return _text(lines)


def _in_tokyo(at: datetime | None) -> datetime | None:
    return at.astimezone(TOKYO) if at else None


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
