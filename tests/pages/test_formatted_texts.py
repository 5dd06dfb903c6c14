"""Formatted text on the pages: the same rules in every field that has them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from core.fields import FORMAT_HELP, FormattedField
from editing.content_models import content_models
from products.models import (
    FaqEntry,
    LegalText,
    Notice,
    PolicyTerm,
    Product,
    SecurityService,
    SupportDesk,
)
from tests.html import squeezed
from tests.moments import tokyo

pytestmark = pytest.mark.django_db

TEXT = "次を**必ず**ご覧ください。\n- <b>一</b>\n- [資料](https://a.jp/)\n\nTEL:03-5422-6351"
HTML = (
    "<p>次を<strong>必ず</strong>ご覧ください。</p>"
    '<ul><li>&lt;b&gt;一&lt;/b&gt;</li><li><a href="https://a.jp/">資料</a>(外部サイト)</li></ul>'
    '<p>TEL:<a href="tel:03-5422-6351">03-5422-6351</a></p>'
)
FIELDS = [
    (model, field.name)
    for model in content_models()
    for field in model._meta.fields
    if isinstance(field, FormattedField)
]
GAPS = {name for model, name in FIELDS if model is PolicyTerm}
SHEET, CLOSED_DAY = "/insurance/summary/?no=1", "/insurance/join/?on=2025-12-20"


def test_these_fields_are_formatted():
    assert {(model, name) for model, name in FIELDS if model is not PolicyTerm} == {
        (Notice, "text"),
        (FaqEntry, "answer"),
    }
    assert len(GAPS) == 11


@pytest.mark.parametrize(
    ("path", "at", "names"),
    [
        ("/", "2025-10-03T10:00", ["eligibility", "how_to_apply", "exclusions", "deductible"]),
        ("/faq/", "2025-10-03T10:00", ["eligibility", "how_to_apply", "exclusions", "deductible"]),
        ("/insurance/", "2025-10-03T10:00", sorted(GAPS - {"recruiting_where"})),
        (SHEET, "2025-10-03T10:00", sorted(GAPS - {"recruiting_where"})),
        (CLOSED_DAY, "2025-10-03T10:00", ["part_year_premium", "how_to_apply", "closed_day_rule"]),
        ("/", "2025-12-10T10:00", ["closed_day_rule"]),
        ("/insurance/join/", "2025-03-10T10:00", ["recruiting_where"]),
    ],
)
def test_the_gaps_of_a_term_are_formatted_wherever_they_stand(visit, path, at, names):
    for name in names:
        PolicyTerm.objects.update(**dict.fromkeys(GAPS, "") | {name: TEXT})
        page = visit(path, at=at)
        assert HTML in page.html, name
        assert not page.all("p p, p ul")


def test_an_answer_is_formatted_on_the_page_and_plain_for_search_engines(visit):
    entry = FaqEntry.objects.create(question="質問", answer=TEXT, order=99)
    page = visit("/faq/")
    (section,) = page.all(f"#faq-{entry.pk}")
    assert HTML in page.html
    assert section.cssselect("h2 a")[0].get("href") == f"#faq-{entry.pk}"
    (faq,) = [each for each in page.structured_data if each["@type"] == "FAQPage"]
    assert faq["mainEntity"][-1]["url"] == f"{settings.SITE_URL}/faq/#faq-{entry.pk}"
    assert faq["mainEntity"][-1]["acceptedAnswer"]["text"] == (
        "次を必ずご覧ください。\n・<b>一</b>\n・資料(https://a.jp/)\n\nTEL:03-5422-6351"
    )


def test_the_anchor_of_a_question_stays_when_the_order_changes(visit):
    last = FaqEntry.objects.last()
    FaqEntry.objects.filter(pk=last.pk).update(order=0)
    assert visit("/faq/").all("[id^=faq-]")[0].get("id") == f"faq-{last.pk}"


def test_a_notice_is_formatted(visit):
    notice = Notice.objects.create(title="件名", text=TEXT, public_from=tokyo("2025-09-01T09:00"))
    assert HTML in visit(notice.get_absolute_url()).html


@pytest.mark.parametrize("name", ["A](javascript:alert(1))", "<script>x</script>", "- 例", "**"])
def test_a_value_that_is_filled_in_brings_no_link_and_no_html(visit, name):
    FaqEntry.objects.create(question="質問", answer="[{商品名}](https://a.jp/)と{商品名}", order=99)
    Product.objects.update(name=name)
    page = visit("/faq/")
    assert name in "".join(page.all(".faq section")[-1].itertext())
    assert not page.all("[href^=javascript], .faq script")


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_each_formatted_field_has_the_same_line_of_help(admin_client, model, name):
    url = reverse(f"admin:products_{model._meta.model_name}_add")
    assert model._meta.get_field(name).help_text.endswith(FORMAT_HELP)
    assert admin_client.get(url, secure=True).content.decode().count(FORMAT_HELP) == sum(
        each is model for each, _ in FIELDS
    )


def test_the_lines_of_an_answer_of_before_stay_paragraphs(visit):
    FaqEntry.objects.create(question="質問", answer="一\n二\n\n三", order=99)
    migration = import_module("products.migrations.0006_formatted_text")
    migration.separate_paragraphs(apps, None)
    migration.separate_paragraphs(apps, None)  # which changes nothing more
    assert "<p>一</p><p>二</p><p>三</p>" in visit("/faq/").html


@pytest.mark.parametrize(
    ("model", "name", "path"),
    [
        (SecurityService, "text", "/security-services/"),
        (SupportDesk, "text", "/support-desk/"),
        (PolicyTerm, "coverage_lead", "/insurance/"),
        (LegalText, "text", "/privacy/"),
        (FaqEntry, "answer", "/faq/"),
    ],
)
def test_an_empty_line_is_a_paragraph_and_a_line_end_a_line_in_every_text(visit, model, name, path):
    row = model.objects.last()  # of the legal texts, one about privacy
    setattr(row, name, "一つ目の文。\n次の行。\n\n二つ目の段落。")
    row.save()
    assert "<p>一つ目の文。<br>次の行。</p><p>二つ目の段落。</p>" in squeezed(visit(path).html)


def test_the_lines_of_a_security_service_of_before_stay_paragraphs(visit):
    SecurityService.objects.update(text="一\n二\n\n三")
    migration = import_module("products.migrations.0009_paragraphs_of_services")
    migration.separate_paragraphs(apps, None)
    assert "<p>一</p><p>二</p><p>三</p>" in squeezed(visit("/security-services/").html)
