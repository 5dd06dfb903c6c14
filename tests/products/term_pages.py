"""The URLs of the pages of a term in the admin."""

from django.urls import reverse


def url(name: str, *arguments) -> str:
    return reverse(f"admin:products_policyterm_{name}", args=arguments)
