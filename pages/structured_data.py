"""The facts of the content for search engines, in the terms of schema.org."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from contacts.models import Desk, DeskRole, Organisation
from core.clock import TOKYO
from core.formatted_text import plain
from pages.site_map import PAGES, Page, SiteMapEntry
from products.models import FaqEntry, Notice, Product

Data = dict[str, Any]


def document(graph: Sequence[Data]) -> SafeString:
    """Return JSON-LD to stand in a script element; "" where there is nothing to say."""
    if not graph:
        return SafeString("")
    whole = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    # No text of the content can end the element: "<" and its like never appear in it.
    escapes = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}
    return mark_safe(text.translate(escapes))  # noqa: S308 (escaped just above)


def breadcrumb(trail: Iterable[Page | SiteMapEntry]) -> Data:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": entry.label,
                "item": settings.SITE_URL + entry.path,
            }
            for position, entry in enumerate(trail, start=1)
        ],
    }


def web_site(product: Product) -> Data:
    return {
        "@type": "WebSite",
        "name": product.name,
        "url": f"{settings.SITE_URL}/",
        "inLanguage": "ja",
    }


def organisation(organisation: Organisation) -> Data:
    data = {"@type": "Organization", "name": organisation.name}
    if organisation.url:
        data["url"] = organisation.url
    if organisation.address:
        data["address"] = organisation.address
    return data


def insurance(product: Product) -> Data:
    """Return the product without its prices, which never travel without their notes."""
    return {
        "@type": "FinancialProduct",
        "name": product.name,
        "category": product.insurance_class,
        "provider": organisation(product.insurer),
    }


def services(provider: Organisation, names: Iterable[str]) -> Data:
    return {
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "item": {"@type": "Service", "name": name, "provider": organisation(provider)},
            }
            for position, name in enumerate(names, start=1)
        ],
    }


def contacts(desks: Iterable[Desk]) -> Data:
    """Return each desk as a contact point of its own organisation, with the conditions of its number."""
    return {
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "item": organisation(desk.organisation) | {"contactPoint": _contact_point(desk)},
            }
            for position, desk in enumerate(desks, start=1)
        ],
    }


def _contact_point(desk: Desk) -> Data:
    hours = desk.hours
    conditions = (
        desk.who_may_call,
        hours.in_words,
        hours.closed_days_in_words,
        desk.after_hours_note,
    )
    point = {
        "@type": "ContactPoint",
        "contactType": desk.role_name,
        "name": desk.title,
        "description": " ".join(condition for condition in conditions if condition),
        "telephone": f"+81-{desk.telephone.removeprefix('0')}" if desk.telephone else "",
        "email": desk.email,
    }
    return {key: value for key, value in point.items() if value}


def desk_service(desks: dict[str, Desk]) -> Data | None:
    """Return the desk for incidents as a service of its organisation."""
    desk = desks.get(DeskRole.INCIDENT)
    return services(desk.organisation, [desk.title]) if desk else None


def faq(entries: Iterable[FaqEntry]) -> Data:
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": entry.question,
                "url": f"{settings.SITE_URL}{PAGES['faq'].path}#{entry.anchor}",
                "acceptedAnswer": {"@type": "Answer", "text": plain(entry.answer)},
            }
            for entry in entries
        ],
    }


def article(notice: Notice, updated_at: datetime | None) -> Data:
    return {
        "@type": "NewsArticle",
        "headline": notice.title,
        "datePublished": notice.public_from.isoformat() if notice.public_from else None,
        "dateModified": updated_at.astimezone(TOKYO).isoformat() if updated_at else None,
        "url": settings.SITE_URL + notice.get_absolute_url(),
    }
