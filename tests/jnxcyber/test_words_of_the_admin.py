"""The words on the screens of the admin: those of an office, not those of Django."""

import ast
import gettext
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, reverse

from products.models import Notice
from products.rollover import prepare_next
from tests.admin_forms import form_url_of, save
from tests.html import Page

pytestmark = pytest.mark.django_db

FOREIGN = re.compile(
    "スラッ?グ|slug|スタッフ|オブジェクト|パーミッション|アクティブ|LDAP|認証と認可|モデル|レコード|エントリ|ようこそ|[“”]"
    "|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9a-f]{16}|[^\\s」] を(?:追加|変更|削除|表示|選)"
)
OWN_PAGES = (
    "", "search/?q=保険", "replace/?q=保険料&new=保険金", "record/", "account/", "preview/",
    "products/policyterm/next/", "products/policyterm/2/check/", "products/policyterm/2/paste/",
)  # fmt: skip
CATALOGUE = settings.BASE_DIR / "locale/ja/LC_MESSAGES/django"


def paths() -> Iterator[str]:
    """Yield the pages of the admin: its own, and of each registered model those with and without an object."""
    yield from (f"/admin/{path}" for path in OWN_PAGES)
    for model in filter(admin.site.is_registered, apps.get_models()):
        row = model._default_manager.order_by("pk").last()
        for name in ("changelist", "add", "recoverlist", "change", "history", "delete"):
            arguments = [row.pk] if row and name in ("change", "history", "delete") else []
            try:
                yield reverse(
                    f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=arguments
                )
            except NoReverseMatch:
                continue


def shown(page: Page) -> Iterator[str]:
    for hidden in page.all("script, style, input[type=hidden], textarea"):
        hidden.drop_tree()
    yield page.document.text_content()
    for name in ("placeholder", "title", "alt", "aria-label"):
        yield from page.document.xpath(f"//@{name}")
    yield from page.document.xpath("//input[@type='text' or @type='submit']/@value")


def foreign_words(page: Page) -> list[str]:
    return [
        text[max(0, match.start() - 20) : match.end() + 10]
        for text in shown(page)
        for match in FOREIGN.finditer(text)
    ]


@pytest.fixture
def signed_in(client, term) -> Client:
    """Return the browser of somebody who may see every screen, with something on each."""
    prepare_next(term)
    Notice.objects.create(title="件名", text="本文")
    client.force_login(User.objects.create_superuser("root", first_name="花子", last_name="山田"))
    return client


def test_no_screen_has_words_of_a_program(signed_in):
    found = {}
    for path in paths():
        response = signed_in.get(path, secure=True)
        if response.status_code == 200 and (words := foreign_words(Page(response))):
            found[path] = words
    assert found == {}


def test_no_message_has_words_of_a_program(signed_in, term):
    client = signed_in
    notice = Notice.objects.get()
    for response in (
        client.post(form_url_of(notice), {"title": "x" * 300, "public_from_0": "いつか"}, secure=True),
        save(client, form_url_of(term), joining_deadline_day="31", code="あ い"),
        client.post("/admin/products/notice/", {"action": "delete_selected", "_selected_action": [notice.pk]}, secure=True),
        client.post(f"/admin/products/notice/{notice.pk}/delete/", {"post": "yes"}, secure=True, follow=True),
        client.get("/admin/products/notice/999/change/", secure=True, follow=True),
        client.post("/admin/auth/user/add/", {"username": "a b", "password1": "x", "password2": "y"}, secure=True),
    ):  # fmt: skip
        assert response.status_code == 200
        assert foreign_words(Page(response)) == []


def test_lists_count_their_rows_as_people_count(signed_in):
    page = Page(signed_in.get("/admin/contacts/desk/", secure=True))
    assert page.texts(".paginator") == ["4件"]


def test_a_long_list_has_its_pages_and_can_be_shown_whole(signed_in):
    Notice.objects.bulk_create(Notice(title=f"件名{n}", text="本文") for n in range(100))
    page = Page(signed_in.get("/admin/products/notice/", secure=True))
    assert page.texts(".paginator a:not([aria-current])") == ["2", "すべて表示"]
    assert page.texts(".paginator")[0].endswith("101件すべて表示")


def test_who_is_signed_in_stands_on_the_screen_as_people_are_called(signed_in):
    page = Page(signed_in.get("/admin/", secure=True))
    assert "山田花子さん" in page.texts("#user-tools")[0]


def test_the_catalogue_is_compiled():
    texts = re.findall(
        r'^msgid (".*")\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? (".*")$',
        CATALOGUE.with_suffix(".po").read_text("utf-8"),
        re.MULTILINE,
    )
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written = {
        ast.literal_eval(each): ast.literal_eval(text) for each, text in texts if each != '""'
    }
    held = {
        (key[0] if isinstance(key, tuple) else key).rpartition("\x04")[2]: text
        for key, text in compiled.items()
        if key
    }
    assert held == written
