"""One fact, one record: texts that name a fact show it as its own record has it."""

import lxml.etree
import pytest
from django.core.exceptions import ValidationError

from contacts.models import Desk, DeskRole, Organisation
from core.moment import Moment
from editing.checks import unfit_placeholders
from editing.placeholders import placeholders_of, validate_placeholders
from pages.models import PageText
from pages.texts.in_content import CONDITIONS, NAMES
from products.models import (
    FaqEntry,
    LegalText,
    Notice,
    PolicyTerm,
    Product,
    Reason,
    SecurityService,
    SupportDesk,
)
from tests.admin_forms import form_data
from tests.html import Page
from tests.moments import IN_THE_TERM, moment, tokyo
from tests.pages.page_paths import FILE_PATHS, PAGE_PATHS, TERM_PATH

pytestmark = pytest.mark.django_db

PATHS = (*PAGE_PATHS, TERM_PATH, *FILE_PATHS)


def change(model, **values) -> None:
    """Change each row that has the first of these values, given as old and new."""
    for name, (old, new) in values.items():
        assert model.objects.filter(**{name: old}).update(**{name: new})


@pytest.mark.parametrize(
    ("model", "field", "old", "new"),
    [
        (Product, "name", "JNX団体サイバー保険", "例の保険"),
        (Organisation, "name", "SOMPOリスクマネジメント株式会社", "例の会社"),
        (Organisation, "short_name", "SOMPOリスクマネジメント", "例の会社"),
        (Organisation, "short_name", "損害保険ジャパン", "例の会社"),
        (Organisation, "abbreviation", "損保ジャパン", "例の会社"),
        (Organisation, "address", "東京都新宿区西新宿1-26-1", "例の住所"),
        (Desk, "name", "SOMPOサイバーインシデントサポートデスク", "例の窓口"),
        (Desk, "telephone", "0120-318-258", "0120-000-000"),
        (Desk, "telephone", "03-5422-6351", "03-0000-0000"),
    ],
)
def test_a_fact_is_changed_once_for_all_pages_and_files(visit, model, field, old, new):
    change(model, **{field: (old, new)})
    PolicyTerm.objects.update(support_lead="")  # approved with the term, and so written out
    Reason.objects.update(text="")
    shown = {path: visit(path).html for path in PATHS}
    others = ("損害保険ジャパン株式会社", "SOMPOリスクマネジメント株式会社")
    for path, html in shown.items():
        for other in others:
            html = html.replace(other, "") if other != old else html
        assert old not in html, path
    assert any(new in html for html in shown.values())


@pytest.mark.parametrize(
    ("model", "field", "paths"),
    [
        (Desk, "after_hours_note", ("/contact/", "/support-desk/", "/incident/", "/faq/")),
        (SupportDesk, "who_may_use", ("/support-desk/", "/faq/")),
        (SupportDesk, "charge_note", ("/support-desk/", "/incident/", "/faq/")),
    ],
)
def test_a_condition_of_a_desk_is_changed_once(visit, model, field, paths):
    row = model.objects.exclude(**{field: ""}).get()
    model.objects.filter(pk=row.pk).update(**{field: "条件の例は{引受保険会社の略称}です。"})
    for path in paths:
        assert "条件の例は損保ジャパンです。" in visit(path).text, path


def test_a_value_is_shown_as_text_wherever_its_text_stands(visit):
    Product.objects.update(name="<b>例</b>&")
    Notice.objects.create(
        pk=1, title="{商品名}の件名", text="{商品名}の本文", public_from=tokyo("2025-01-01T10:00")
    )
    page = visit("/news/1/")
    assert page.one("h1").text_content() == "<b>例</b>&の件名"
    assert "<b>例</b>&の本文" in page.texts("main article > p")
    (article,) = [each for each in page.structured_data if each["@type"] == "NewsArticle"]
    assert article["headline"] == "<b>例</b>&の件名"
    feed = lxml.etree.fromstring(visit("/news/feed.atom").html.encode())
    assert (
        feed.xpath("string(//*[local-name()='summary'])")
        == "<p>&lt;b&gt;例&lt;/b&gt;&amp;の本文</p>"
    )


def test_without_an_abbreviation_the_short_name_stands_in(visit):
    Organisation.objects.update(abbreviation="")
    assert "損害保険ジャパンは「すべてを" in visit("/company/").text


def test_an_unknown_placeholder_is_shown_as_typed_and_found(visit):
    entry = FaqEntry.objects.first()
    assert not [*unfit_placeholders(moment(IN_THE_TERM))]
    FaqEntry.objects.filter(pk=entry.pk).update(answer="{例の名前}と{保険期間}と{商品名}")
    assert "{例の名前}と{保険期間}とJNX団体サイバー保険" in visit("/faq/").text
    (finding,) = unfit_placeholders(moment(IN_THE_TERM))
    assert "「{例の名前}と{保険期間}と{商品名}」" in finding.says
    assert finding.advice.startswith("「{例の名前}」は、この文では使えません。")
    assert finding.url == f"/admin/products/faqentry/{entry.pk}/change/"
    Notice.objects.create(title="{例の名前}", text="本文")
    assert len([*unfit_placeholders(moment(IN_THE_TERM))]) == 2


def test_a_text_that_names_an_empty_fact_is_found():
    Desk.objects.update(after_hours_note="")
    (finding,) = unfit_placeholders(moment(IN_THE_TERM))
    assert finding.advice.startswith("「{緊急の窓口の夜間・休日の注意}」の元の内容が空欄です。")
    assert "「{緊急の窓口の夜間・休日の注意}」" in finding.says


@pytest.mark.parametrize(
    ("model", "field", "takes"),
    [
        (Product, "name", ()),
        (Organisation, "abbreviation", ()),
        (Desk, "name", ()),
        (Desk, "subject", NAMES),
        (Desk, "after_hours_note", NAMES),
        (SupportDesk, "charge_note", NAMES),
        (PolicyTerm, "eligibility", ()),  # what the insurer approves with a term is written out
        (Reason, "text", ()),
        (SecurityService, "points", NAMES),  # a list, in which a condition could become two entries
        (FaqEntry, "question", NAMES),
        (FaqEntry, "answer", (*NAMES, *CONDITIONS)),
        (LegalText, "text", (*NAMES, *CONDITIONS)),
    ],
)  # fmt: skip
def test_a_field_takes_facts_that_cannot_go_in_a_circle(model, field, takes):
    field = model._meta.get_field(field)
    for name in (*NAMES, *CONDITIONS):
        if name in takes:
            validate_placeholders(field, f"例の{{{name}}}")
        else:
            with pytest.raises(ValidationError, match="この文では使えません"):
                validate_placeholders(field, f"例の{{{name}}}")


def test_words_are_found_in_a_text_as_typed_and_as_filled(admin_client, set_clock):
    set_clock(IN_THE_TERM)
    Notice.objects.create(title="件名", text="団体サイバーの話。次は{商品名}です。")
    page = Page(admin_client.get("/admin/search/", {"q": "団体サイバー"}, secure=True))
    sentences = page.texts(".search-sentence")
    assert "団体サイバーの話。" in sentences
    assert "次はJNX団体サイバー保険です。" in sentences


def test_page_texts_have_rules_of_their_own():
    assert placeholders_of(PageText) == {}
    validate_placeholders(PageText._meta.get_field("text"), "{保険期間}")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("{保険期間}のお知らせ", "「{保険期間}」は、この文では使えません。使えるのは{商品名}、"),
        ("\uff5b商品名\uff5dのお知らせ", "波かっこは、差し込みの名前を囲むときだけ、半角の"),
        ("{商品名のお知らせ", "「{」と「}」は、差し込みの名前を囲むときだけ使えます"),
    ],
)
def test_the_form_refuses_at_the_field_and_keeps_what_was_typed(
    admin_client, set_clock, typed, message
):
    set_clock(IN_THE_TERM)
    url = "/admin/products/notice/add/"
    data = form_data(admin_client, url, title=typed, text="本文")
    page = Page(admin_client.post(url, data, secure=True))
    assert message in page.texts(".field-title .errorlist")[0]
    assert page.one("#id_title").get("value") == typed
    assert not Notice.objects.exists()


def test_the_form_lists_what_its_texts_may_name(admin_client, set_clock):
    set_clock(IN_THE_TERM)
    page = Page(admin_client.get("/admin/products/notice/add/", secure=True))
    offered = page.texts("details.placeholders li")
    assert offered[0] == "{商品名}"
    assert offered[-1] == f"{{{CONDITIONS[-1]}}}(「本文」の欄だけ)"
    product = Product.objects.get()
    url = f"/admin/products/product/{product.pk}/change/"
    assert not Page(admin_client.get(url, secure=True)).all("details.placeholders")


def test_the_search_finds_words_that_a_placeholder_fills_in(admin_client, set_clock):
    set_clock(IN_THE_TERM)
    desk = DeskRole.INCIDENT.label
    words = "損保ジャパンのご契約者専用窓口です"
    page = Page(admin_client.get("/admin/search/", {"q": words}, secure=True))
    (hit,) = page.texts(".search-hits li > p:first-child")
    assert desk in hit
    assert page.texts(".search-hits mark") == [words]
    replaced = Page(admin_client.post("/admin/replace/", {"q": words, "new": "例"}, secure=True))
    assert not replaced.all("[name=place]")
    assert "差し込み({})にかかる言葉は、ここでは置き換えられません" in replaced.main


def test_an_editor_sees_the_marks_of_the_text_and_of_the_fact(admin_client, set_clock):
    set_clock(IN_THE_TERM)
    page = Page(admin_client.get("/admin/site/now/company/", secure=True))
    titles = [mark.get("title") for mark in page.all("#statement + p .edit-mark")]
    assert [title.split("の「")[1] for title in titles] == [
        "会社案内」を開く",
        "文の中の略称」を開く",
    ]


def test_a_preview_shows_a_new_fact_wherever_it_is_named(admin_client, set_clock):
    set_clock(IN_THE_TERM)
    url = f"/admin/products/product/{Product.objects.get().pk}/change/"
    data = form_data(admin_client, url, name="例の保険", _preview="1", _page="/faq/")
    assert "例の保険に加入すると" in Page(admin_client.post(url, data, secure=True)).main


def test_the_moment_has_no_part_in_facts():
    assert not [name for name in (*NAMES, *CONDITIONS) if "保険期間" in name]
    assert Moment.now().expires_at is None
