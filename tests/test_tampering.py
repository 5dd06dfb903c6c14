"""Requests that no browser sends: whatever is in them, no page of the admin answers with an unknown error.

Each field of what a browser sends is replaced in turn. The forms are found by walking the admin's registry, the
other pages by walking its URLs.
"""

import logging
import re
import time
from collections.abc import Iterator
from itertools import cycle, product
from typing import Any
from urllib.parse import quote, urlencode, urljoin

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models, transaction
from django.forms import Textarea, TextInput
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from reversion.models import Revision, Version

from core.logs import JsonLines
from editing.content_models import relations_to_parts
from products.models import Notice, PolicyTerm
from tests.admin_forms import form_data, forms_in, nothing_rendered
from tests.html import Page
from tests.patience import limit

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

SECRET = "typed-by-somebody"  # noqa: S105
HUGE = str(10**31)
VALUES: dict[str, Any] = {
    "huge": HUGE, "negative": f"-{HUGE}", "exponent": "1e400", "a word": SECRET, "NUL": f"a\0{SECRET}",
    "nothing": "", "a surrogate": b"\xed\xa0\x80", "no UTF-8": b"\xff\xfe", "several": [SECRET, HUGE, "1"],
    "wide": "９" * 40, "long": "9" * 5_000, "NaN": "NaN", "brackets": "[1]", "a name": "__class__",
}  # fmt: skip
EACH = ("huge", "a word", "NUL", "several", "nothing")
COUNTS = ("-1", "1000000000", "2000", "x", "", HUGE, "1.5", "\0", "９")
OF_DJANGO = ("_to_field", "_popup", "_selected_action", "action", "_saveasnew", "_continue", "_seen", "_reason",
             "_confirmed", "_preview", "_page", "index", "select_across", "post", "next", "back")  # fmt: skip
IN_QUERIES = ("_to_field", "_popup", "p", "q", "o", "e", "all", "id__in", "id__exact", "pk__gt", "password", "_facets",
              "_changelist_filters", "term", "back", "correct", "next", "on", "link", "x__y", "is_active__exact")  # fmt: skip
KEYS = ("1", "-1", HUGE, "x", "%00", "_zz", "%FF", quote("９" * 30))


@pytest.fixture
def client() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("tamperer"))
    return client


def send(client: Client, url: str, data: dict[str, Any], **options: Any) -> HttpResponse:
    """Send the bytes as they are, and take back what they changed; no answer may be an error, or come late."""
    body = urlencode(data, doseq=True)
    options.setdefault("content_type", "application/x-www-form-urlencoded")
    began = time.monotonic()
    with transaction.atomic():
        response = client.post(url, body, secure=True, **options)
        transaction.set_rollback(True)
    assert time.monotonic() - began < limit(2), url
    return response


def with_few_rows(row: models.Model) -> models.Model:
    """Delete all but two rows of each part: each row is validated with each request."""
    for name, _ in relations_to_parts(type(row)):
        rows = getattr(row, name)
        rows.exclude(pk__in=[each.pk for each in rows.all()[:2]]).delete()
    return row


def forms_of(model: type[models.Model]) -> Iterator[str]:
    """Yield the URLs of the forms of a model."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield reverse(f"{name}_add")
    row = model._default_manager.order_by("pk").first()
    if row:
        yield f"{reverse(f'{name}_change', args=[with_few_rows(row).pk])}?correct=1"


def typed_into(client: Client, url: str) -> set[str]:
    """Return the names of the fields into which people type."""
    with nothing_rendered():
        context = client.get(url, secure=True).context_data
    return {
        bound.html_name
        for form in forms_in(context)
        for bound in form
        if isinstance(bound.field.widget, TextInput | Textarea)
    }


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_each_field_of_each_form_takes_or_refuses_anything(client, model):
    for url in forms_of(model):
        if client.get(url, secure=True).status_code == 403:
            continue
        data, typed = form_data(client, url), typed_into(client, url)
        counts = {name: data[name] for name in data if name.endswith("_FORMS")}
        for what, value in VALUES.items():  # the form that comes back holds it
            response = send(client, url, dict.fromkeys(data, value) | counts)
            assert response.status_code < 500, (url, "all", what)
        for name, value in replacements(url, data):
            with nothing_rendered():
                response = send(client, url, data | {name: value})
            assert response.status_code < 500, (url, name, value)
            if name in typed:
                assert response.status_code in (200, 302), (url, name, value)


def replacements(url: str, data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the name of each field with each of its values; rows and new objects take turns, for there are many."""
    turns = cycle(EACH)
    for name in data if "add/" in url else (*data, *OF_DJANGO):
        if name.endswith("_FORMS"):
            values = COUNTS
        elif re.search(r"-([1-9]\d*|__prefix__)-", name):
            values = ()
        elif "-" in name or "add/" in url:
            values = (VALUES[next(turns)],)
        else:
            values = [VALUES[what] for what in ("huge", "NUL", next(turns))]
        yield from ((name, value) for value in values)


def test_the_count_of_rows_is_bounded_by_what_was_sent(client):
    (url,) = [url for url in forms_of(PolicyTerm) if "change" in url]
    data = form_data(client, url)
    (name, *_) = [name for name in data if name.endswith("TOTAL_FORMS")]
    assert send(client, url, data | {name: "2000"}).status_code == 400
    assert send(client, url, data | {name: str(int(data[name]) + 1)}).status_code == 400
    with nothing_rendered():
        assert send(client, url, data).status_code in (200, 302)


def patterns(resolver: URLResolver, before: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from patterns(each, route)


def paths() -> list[str]:
    """Return the routes of the admin without its catch-all."""
    (resolver,) = [each for each in get_resolver().url_patterns if str(each.pattern) == "admin/"]
    return sorted({route for route in patterns(resolver, "/admin/") if "(?P" not in route})


@pytest.mark.parametrize("route", paths())
def test_each_url_of_the_admin_takes_or_refuses_anything(client, route):
    for key in KEYS if "<" in route else ("",):
        path = re.sub("<.*?>", key, route)
        query = urlencode(dict.fromkeys(IN_QUERIES, SECRET))
        for response in (
            client.get(f"{path}?{query}", secure=True),
            send(client, path, dict.fromkeys(OF_DJANGO, SECRET)),
        ):
            assert response.status_code < 500, path


def with_queries() -> list[str]:
    """Return the routes of the pages that read their query: lists, histories and those of our own."""
    no_query = re.compile(
        "<|^/admin/$|/(add|jsi18n|logout|password_change|second-factor|handbook|recover|move)/"
    )
    return [route for route in paths() if not no_query.search(route)]


@pytest.mark.parametrize("route", with_queries())
def test_each_page_takes_or_refuses_any_query_and_any_action(client, route):
    for value in (VALUES[what] for what in EACH):
        with nothing_rendered():
            for name in IN_QUERIES:
                query = urlencode({name: value}, doseq=True)
                response = client.get(f"{route}?{query}", secure=True)
                assert response.status_code < 500, (route, query)
        for action in ("delete_selected", SECRET, ""):
            for across in ("0", "1"):
                data = {"action": action, "_selected_action": value, "select_across": across}
                assert send(client, route, data | {"index": "0"}).status_code < 500, (route, data)


@pytest.fixture
def tools(client) -> list[str]:
    """Return the URLs of pages with forms of their own, one of each kind, for rows and versions that exist."""
    person = User.objects.create_user("somebody-else", is_staff=True)
    notice = Notice.objects.create(title="件名", text="本文")
    form = f"/admin/products/notice/{notice.pk}/change/"
    for title in ("新しい件名", "別の件名"):
        assert (
            client.post(form, form_data(client, form, title=title), secure=True).status_code == 302
        )
    revision = Revision.objects.latest("pk")
    version = Version.objects.get_for_object(notice).earliest("pk")
    deleted = Notice.objects.create(title="消す件名", text="本文")
    url = f"/admin/products/notice/{deleted.pk}/change/"
    assert client.post(url, form_data(client, url, title="消した"), secure=True).status_code == 302
    gone = Version.objects.get_for_object(deleted).latest("pk")
    deleted.delete()
    term = f"/admin/products/policyterm/{PolicyTerm.objects.first().pk}"
    user = f"/admin/auth/user/{person.pk}"
    return [
        f"{term}/paste/", f"{term}/check/", f"/admin/products/notice/{notice.pk}/delete/",
        f"/admin/products/notice/{notice.pk}/history/{version.pk}/",
        f"/admin/products/notice/recover/{gone.pk}/", f"/admin/changes/{revision.pk}/undo/",
        "/admin/replace/?q=件名&new=題名", "/admin/account/", "/admin/password_change/",
        f"{user}/password/", f"{user}/lockout/", f"{user}/second-factor/",
    ]  # fmt: skip


def forms_on(client: Client, url: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the method, the URL and the fields of each form of the page's own: not those of every page."""
    answer = client.get(url, secure=True)
    assert answer.status_code == 200, url
    for form in Page(answer).all("#content form:not(.search-box)"):
        names = [field.get("name") for field in form.cssselect("[name]")]
        fields = dict.fromkeys(names, "1") | dict(form.form_values())
        yield form.get("method", "get").lower(), urljoin(url, form.get("action") or url), fields


def test_each_field_of_each_tool_takes_or_refuses_anything(client, tools):
    for url in tools:
        for method, to, fields in forms_on(client, url):
            for name, what in product(fields, (*EACH, "negative")):
                sent = fields | {name: VALUES[what]}
                with nothing_rendered():
                    if method == "post":
                        response = send(client, to, sent)
                    else:
                        query = urlencode(sent, doseq=True)
                        response = client.get(f"{to.partition('?')[0]}?{query}", secure=True)
                assert response.status_code < 500, (to, name, what)
            client.force_login(User.objects.get(username="tamperer"))  # some tools sign out


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "utf-16", "zip", "x"])
def test_a_form_in_another_character_set_is_refused(client, charset):
    """Some of them decode to what no database takes."""
    url = reverse("admin:products_notice_add")
    body = f'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n\\ud800+2AA-{SECRET}\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    response = client.generic("POST", url, body, content_type=kind, secure=True)
    assert response.status_code == (200 if charset == "x" else 400)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/admin/products/notice/", {"action": "delete_selected", "_selected_action": SECRET}),
        ("/admin/products/notice/", {"action": "delete_selected", "_selected_action": HUGE}),
        ("/admin/products/notice/?_to_field=", {}),
        (f"/admin/products/notice/?_to_field={SECRET}", {}),
    ],
)
def test_a_tampered_request_gets_the_page_for_refused_ones_and_leaves_no_word_in_the_log(
    client, path, data, monkeypatch
):
    lines: list[str] = []
    handler = logging.Handler(logging.WARNING)
    monkeypatch.setattr(handler, "emit", lambda record: lines.append(JsonLines().format(record)))
    logger = logging.getLogger("django.request")
    monkeypatch.setattr(logger, "handlers", [*logger.handlers, handler])
    response = client.post(path, data, secure=True) if data else client.get(path, secure=True)
    assert response.status_code == 400
    assert "受け付けられません" in response.content.decode()
    assert lines
    assert SECRET not in "".join(lines)
    assert HUGE not in "".join(lines)
