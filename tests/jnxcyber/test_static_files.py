"""The style sheets as they are served: collected, compressed, under names that change with them."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from tests.html import Page
from tests.pages.test_answers import assert_has_the_usual_headers

pytestmark = pytest.mark.django_db


@pytest.fixture
def collected(settings, client) -> Client:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return client


def test_a_page_links_hashed_files_that_are_served_for_ever_and_compressed(collected):
    page = Page(collected.get("/", secure=True))
    addresses = [link.get("href") for link in page.all("link[rel=stylesheet], link[rel=icon]")]
    assert len(addresses) == 4
    for address in addresses:
        assert re.search(r"\.[0-9a-f]{12}\.(css|svg)$", address)
        response = collected.get(address, secure=True, headers={"accept-encoding": "gzip, br"})
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert "Access-Control-Allow-Origin" not in response.headers
        assert_has_the_usual_headers(response)
        if address.endswith(".css"):
            assert response.headers["Content-Encoding"] == "br"
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            refusal = collected.generic(method, address, secure=True)
            assert refusal.status_code == 405
            assert_has_the_usual_headers(refusal)


def test_no_colour_stands_outside_the_tokens(settings):
    for path in (settings.BASE_DIR / "static" / "css").glob("*.css"):
        if path.name != "tokens.css":
            assert not re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", path.read_text())
