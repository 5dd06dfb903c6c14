"""Words that are replaced as an editor does it, and what is then stored."""

from django.test import Client

from contacts.models import PersonInCharge
from products.models import FaqEntry
from tests.html import Page

OUTDATED = "選んだ場所の内容が変わりました。まだ置き換えていません。"


def shown(client: Client, words: str, new: str) -> Page:
    return Page(client.post("/admin/replace/", {"q": words, "new": new}, secure=True))


def press(client: Client, words: str, new: str, places: list[str], reason: str = "") -> Page:
    data = {"q": words, "new": new, "place": places, "_reason": reason, "_replace": "1"}
    return Page(client.post("/admin/replace/", data, secure=True, follow=True))


def replace(client: Client, words: str, new: str, reason: str = "") -> Page:
    """Press the button with the places that are ticked at first."""
    return press(client, words, new, ticked(shown(client, words, new)), reason)


def ticked(page: Page) -> list[str]:
    return page.attributes("input[name=place][checked]", "value")


def all_places(page: Page) -> list[str]:
    return page.attributes("input[name=place]", "value")


def make_questions(*texts: str) -> list[FaqEntry]:
    return [
        FaqEntry.objects.create(question=f"問い{number}", answer=text)
        for number, text in enumerate(texts)
    ]


def answers() -> list[str]:
    entries = FaqEntry.objects.filter(question__startswith="問い").order_by("pk")
    return [entry.answer for entry in entries]


def persons() -> list[str]:
    """Return the persons of the desk of the agency, and those of the secretariat."""
    roles = ("agency", "secretariat")
    found = PersonInCharge.objects.filter(desk__role__in=roles).order_by("desk__role", "order")
    return [person.name for person in found]
