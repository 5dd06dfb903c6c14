"""Pages of the admin by the name of their URL."""

from django.urls import reverse

from tests.html import Page


def page(client, name: str, *arguments) -> Page:
    return Page(client.get(reverse(f"admin:{name}", args=arguments), secure=True))
