"""The style sheets as they are served: collected, compressed, under names that change with them."""

import json
import re
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
import tinycss2
from django.conf import settings as project
from django.core.management import call_command
from django.templatetags.static import static

from products.models import Product
from publishing.static_files import smaller
from tests.headers import assert_has_the_usual_headers
from tests.html import Page, squeezed
from tests.publishing.conftest import HASHED

pytestmark = pytest.mark.django_db


def test_a_page_links_hashed_files_that_are_served_for_ever_and_compressed(collected):
    page = Page(collected.get("/", secure=True))
    urls = [link.get("href") for link in page.all("head link[href^='/static/']")]
    assert len(urls) == 3  # icon, icon for telephones, style sheet
    for url in urls:
        assert re.search(r"\.[0-9a-f]{12}\.(css|svg|png)$", url)
        response = collected.get(url, secure=True, headers={"accept-encoding": "gzip, br"})
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert "Access-Control-Allow-Origin" not in response.headers
        assert_has_the_usual_headers(response)
        if url.endswith(".css"):
            assert response.headers["Content-Encoding"] == "br"
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            refusal = collected.generic(method, url, secure=True)
            assert refusal.status_code == 405
            assert_has_the_usual_headers(refusal)


def declarations(rules: list) -> Iterator[list[str]]:
    """Yield the names of the properties of each block, also of blocks within others."""
    for rule in rules:
        if getattr(rule, "content", None):
            inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True)
            yield [each.lower_name for each in inner if each.type == "declaration"]
            yield from declarations(inner)


@pytest.mark.parametrize(
    "sheet",
    sorted((project.BASE_DIR / "static" / "css").rglob("*.css")),
    ids=lambda path: path.name,
)
def test_no_rule_sets_a_property_twice(sheet):
    rules = tinycss2.parse_stylesheet(sheet.read_text(), skip_comments=True, skip_whitespace=True)
    blocks = list(declarations(rules))
    assert any(blocks) or sheet.name == "site.css"
    for names in blocks:
        assert len(names) == len(set(names)), names


def test_two_style_sheets_hold_all_parts_and_only_the_approval_sheet_needs_the_second(
    collected, settings
):
    page = Page(collected.get("/insurance/summary/?no=1", secure=True))
    urls = page.attributes("link[rel=stylesheet]", "href")
    sheet, second = (b"".join(collected.get(url, secure=True)).decode() for url in urls)
    assert "@layer print" in second
    assert urls[:1] == Page(collected.get("/", secure=True)).attributes(
        "link[rel=stylesheet]", "href"
    )
    assert "@import" not in sheet + second
    assert "/*" not in sheet + second
    parts = list((settings.BASE_DIR / "static" / "css").rglob("*.css"))
    for part in parts:
        rules = re.sub(r"/\*.*?\*/\s*|@import.*?\n", "", part.read_text(), flags=re.DOTALL)
        assert part.name.startswith("admin") or squeezed(rules) in squeezed(sheet + second), part
    assert sheet.startswith("@layer tokens, base, layout, components, print;")
    assert sheet.index("--text:") < sheet.index("body{") < sheet.index("@media print")


def test_every_rule_of_the_style_sheet_stands_in_a_layer(collected):
    page = Page(collected.get("/", secure=True))
    url = page.one("link[rel=stylesheet]").get("href")
    sheet = b"".join(collected.get(url, secure=True)).decode()
    declared, *rules = tinycss2.parse_stylesheet(sheet, skip_whitespace=True)
    layers = [tinycss2.serialize(rule.prelude).strip() for rule in rules]
    assert {(rule.type, rule.lower_at_keyword) for rule in [declared, *rules]} == {
        ("at-rule", "layer")
    }
    assert list(dict.fromkeys(layers)) == [
        name.strip() for name in tinycss2.serialize(declared.prelude).split(",")
    ]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* why */\nli + li,\n.a .b {\n  margin: calc(1px - 2px);\n}\n", "li + li,.a .b{margin: calc(1px - 2px);}"),
        ("@media (min-width: 1rem) and (max-width: 2rem), print {\n  a {\n    top: 0;\n  }\n}\n",
         "@media (min-width: 1rem) and (max-width: 2rem), print{a{top: 0;}}"),
        ('q {\n  content: "{ ; , }  /";\n}\n', 'q{content: "{ ; , }  /";}'),
        ("p {\n  grid: auto 1fr /\n    1fr 2fr;\n}\n", "p{grid: auto 1fr /\n1fr 2fr;}"),
    ],
)  # fmt: skip
def test_only_comments_and_indentation_are_left_out(written, sent):
    assert smaller(written) == sent


def test_a_dry_run_leaves_what_is_collected_alone(collected, settings):
    before = {path: path.read_bytes() for path in settings.STATIC_ROOT.rglob("*.*")}
    call_command("collectstatic", interactive=False, verbosity=0, dry_run=True)
    assert {path: path.read_bytes() for path in settings.STATIC_ROOT.rglob("*.*")} == before


@pytest.fixture
def source(settings, tmp_path) -> Path:
    """Collect from a copy of our own style sheets, which takes far less time than all files."""
    source = Path(
        shutil.copytree(settings.BASE_DIR / "static" / "css", tmp_path / "source" / "css")
    )
    settings.STATICFILES_DIRS = [source.parent]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | HASHED
    return source


def test_links_to_the_source_are_not_written_through(source):
    before = (source / "site.css").read_text()
    call_command("collectstatic", interactive=False, verbosity=0, link=True)
    assert (source / "site.css").read_text() == before


def test_a_changed_part_changes_the_name_of_the_style_sheet(source):
    def name() -> str:
        call_command("collectstatic", interactive=False, verbosity=0)
        return static("css/site.css")

    before = name()
    assert name() == before
    with (source / "components" / "hero.css").open("a") as part:
        part.write("main { color: red; }\n")
    assert name() != before


def test_the_pictures_have_the_sizes_that_pages_announce(collected):
    manifest = collected.get("/site.webmanifest", secure=True)
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    icons = json.loads(manifest.content)["icons"]
    assert [icon["sizes"] for icon in icons] == ["192x192", "512x512"]
    page = Page(collected.get("/", secure=True))
    card = page.one('meta[property="og:image"]').get("content")
    assert card.startswith("https://cyber.jnx.test/static/social-card.")
    pictures = {icon["src"]: icon["sizes"] for icon in icons} | {
        page.one("link[rel=apple-touch-icon]").get("href"): "180x180",
        card.removeprefix("https://cyber.jnx.test"): "1200x630",
    }
    for url, size in pictures.items():
        picture = b"".join(collected.get(url, secure=True))
        assert picture.startswith(b"\x89PNG")
        assert "{}x{}".format(*struct.unpack(">II", picture[16:24])) == size


def test_the_social_card_bears_the_name_of_the_product(settings, db):
    card = (settings.BASE_DIR / "static" / "social-card.svg").read_text()
    product = Product.objects.get()
    assert f">{product.name}<" in card
    assert f">{product.insurer.short_name}<" in card


COLOUR = (
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color-mix|color)\("
    r"|: *(?:[a-z0-9 ]+ )?(?:black|white|red|blue|navy|gray|grey|green|yellow|teal|orange)\b"
)


def test_no_colour_stands_outside_the_tokens(settings):
    for path in (settings.BASE_DIR / "static" / "css").rglob("*.css"):
        if path.name != "tokens.css":
            assert not re.findall(COLOUR, smaller(path.read_text()), re.IGNORECASE), path
