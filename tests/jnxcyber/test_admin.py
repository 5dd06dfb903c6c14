"""The admin opens, in Japanese, under a policy that lets its own scripts run and nothing else."""

import lxml.html
import pytest
from django.contrib import admin
from django.urls import reverse

from contacts.models import Desk, DeskRole
from editing.content_files import export_content, models_in_files
from products.models import LegalText, PolicyTerm, PremiumRow, SupportDesk
from tests.admin_forms import form_data, form_url_of, messages_after, save
from tests.factories import make_term
from tests.moments import IN_THE_TERM, tokyo

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_get(admin_client):
    def get(path: str) -> str:
        response = admin_client.get(path, secure=True)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        return response.content.decode()

    return get


@pytest.mark.parametrize(
    "model",
    [model for model in models_in_files() if model in admin.site._registry],
)
def test_every_list_and_form_opens(admin_get, model):
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    admin_get(reverse(f"{names}_changelist"))
    for row in model._default_manager.all()[:1]:
        html = admin_get(reverse(f"{names}_change", args=[row.pk]))
        assert str(model._meta.verbose_name) in html


def test_every_place_that_a_form_names_is_on_its_public_page(admin_get, visit):
    links = set()
    for model in (model for model in models_in_files() if model in admin.site._registry):
        for row in model._default_manager.all()[:1]:
            form = lxml.html.document_fromstring(admin_get(form_url_of(row)))
            links |= set(form.xpath("//a[starts-with(., '公開ページのその場所')]/@href"))
    assert "/insurance/#premiums" in links
    for link in links:
        path, _, place = link.partition("#")
        page = visit(path, IN_THE_TERM)
        assert not place or page.all(f"#{place}"), link


def test_every_model_can_be_edited_by_itself_or_within_another():
    registered = admin.site._registry
    inlines = {inline.model for options in registered.values() for inline in options.inlines}
    assert set(models_in_files()) <= registered.keys() | inlines


def test_every_name_that_an_editor_sees_is_japanese():
    for model in models_in_files():
        for name in [model._meta.verbose_name] + [
            field.verbose_name
            for field in model._meta.fields
            if field.editable and not field.auto_created and field.name not in ("url", "number")
        ]:
            assert any("\u3040" <= character <= "\u9fff" for character in name), (model, name)


def test_the_login_page_is_japanese_and_has_the_policy_of_the_admin(client):
    response = client.get("/admin/login/", secure=True)
    assert "ログイン" in response.content.decode()
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.fixture
def term() -> PolicyTerm:
    return PolicyTerm.objects.get(code="2025")


@pytest.mark.parametrize("role", DeskRole)
def test_a_form_that_is_saved_as_it_stands_changes_nothing(admin_client, role, tmp_path):
    export_content(tmp_path / "before")
    for row in (Desk.objects.get(role=role), PolicyTerm.objects.get(), SupportDesk.objects.get()):
        assert save(admin_client, form_url_of(row)).status_code == 302
    export_content(tmp_path / "after")
    for path in (tmp_path / "before").iterdir():
        assert (tmp_path / "after" / path.name).read_text() == path.read_text()


def test_a_changed_telephone_number_is_on_the_public_page_at_once(admin_client, visit):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    response = save(admin_client, form_url_of(desk), telephone="03-1111-2222")
    assert response.status_code == 302
    assert "TEL:03-1111-2222" in visit("/contact/").text


@pytest.mark.parametrize(
    ("role", "changes", "message"),
    [
        ("incident", {"who_may_call": ""}, "「利用できる方」が必要です"),
        ("incident", {"telephone": "", "email": "a@example.jp"}, "空欄にできません"),
        ("agency", {"telephone": "", "email": "a@example.jp"}, "空欄にできません"),
        ("agency", {"opens_at": ""}, "受付時刻は、開始と終了の両方を"),
        ("agency", {"opens_at": "25:00"}, "時間を正しく入力してください"),
        ("agency", {"order": "9" * 30}, "以下でなければなりません"),
    ],
)
def test_what_a_desk_must_have_is_said_and_not_a_fault(admin_client, role, changes, message):
    desk = Desk.objects.get(role=role)
    assert message in messages_after(admin_client, form_url_of(desk), **changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"premium_rows-0-number": 2}, "同じ No の保険料の例がすでにあります"),
        ({"premium_rows-0-number": 2, "premium_rows-1-number": 1}, "いったん別の値にして"),
        ({"premium_rows-2-turnover": 1_000_000_000}, "利益の補償がない例がすでにあります"),
        (
            {"premium_rows-0-turnover": 3_000_000_000, "premium_rows-2-turnover": 3_000_000_000},
            "利益の補償がない例がすでにあります",
        ),
        ({"premium_rows-0-annual_low": 999_999}, "下限は、上限以下に"),
        ({"premium_rows-0-profit_limit": 1}, "利益の保険金額と利益てん補期間は"),
        ({f"premium_rows-{n}-DELETE": "on" for n in range(6)}, "保険料の例が1件以上必要です"),
        ({f"reasons-{n}-DELETE": "on" for n in range(3)}, "選ばれる理由が1件以上必要です"),
        (
            {f"coverage_categories-{n}-DELETE": "on" for n in range(3)},
            "補償が1件以上必要です",
        ),
        ({"reasons-0-note": ""}, "「スケールメリット」を示すときは、注記が必要です"),
        (
            {"premium_rows-5-DELETE": "on", "premium_rows-4-number": 6},
            "いったん別の値にして",
        ),
        (
            {"support_functions-0-title": "GDPR支援機能", "support_functions-5-title": "x"},
            "いったん別の値にして",
        ),
        ({"starts_at_0": "0001-01-01"}, "2000年から2100年までの日付を"),
        ({"public_from_0": "0001-01-01"}, "2000年から2100年までの日付を"),
        ({"ends_at_0": "2025-04-01"}, "保険期間の終了は、開始より後に"),
        ({"joining_deadline_day": 31}, "1から28までで"),
        ({"approval_number": "SJ"}, "承認番号と承認日は、両方を"),
        ({"premium_rows-0-turnover": "9" * 40}, "金額として読み取れません"),
    ],
)
def test_what_a_term_must_be_is_said_and_not_a_fault(admin_client, term, changes, message):
    assert message in messages_after(admin_client, form_url_of(term), **changes)
    assert term.premium_rows.get(number=1).annual_low == 140_230


def test_a_draft_may_still_be_empty(admin_client):
    draft = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    assert save(admin_client, form_url_of(draft)).status_code == 302
    public = {"public_from_0": "2026-02-01", "public_from_1": "00:00"}
    assert "1件以上必要です" in messages_after(admin_client, form_url_of(draft), **public)


def test_only_a_draft_of_a_term_can_be_deleted(admin_client, term):
    draft = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    draft.coverage_categories.create(
        kind="liability", short_name="賠償", title="見出し", text="説明"
    )
    for row, status in ((term, 403), (draft, 302)):
        url = form_url_of(row).replace("change", "delete")
        assert admin_client.post(url, {"post": "yes"}, secure=True).status_code == status
    assert list(PolicyTerm.objects.all()) == [term]


@pytest.mark.parametrize("kind", ["closing", "privacy"])
def test_the_last_legal_text_of_a_kind_cannot_be_deleted(admin_client, kind):
    texts = list(LegalText.objects.filter(kind=kind))
    for text in texts:
        url = form_url_of(text).replace("change", "delete")
        admin_client.post(url, {"post": "yes"}, secure=True)
    assert LegalText.objects.filter(kind=kind).count() == 1
    html = admin_client.get(reverse("admin:products_legaltext_changelist"), secure=True).content
    assert b"delete_selected" not in html


def test_what_a_paste_brings_along_does_not_reach_the_pages(admin_client, visit, term):
    response = save(
        admin_client,
        form_url_of(term),
        premium_notes="* 一つ目\x0b\r\n\r\n  ＊二つ目\x08 \r\n",
        eligibility="一行目\r\n二行目\x07",
        coverage_note="*注記",
    )
    assert response.status_code == 302
    page = visit("/insurance/")
    assert page.texts(".premiums .notes li") == ["*一つ目", "*二つ目"]
    assert page.texts(".coverages ~ .caution") == ["*注記"]
    term.refresh_from_db()
    assert term.eligibility == "一行目\n二行目"


def test_a_row_may_take_the_place_of_a_deleted_one(admin_client, term):
    data = form_data(admin_client, form_url_of(term))
    added = {
        name.replace("-5-", "-6-"): value
        for name, value in data.items()
        if name.startswith("premium_rows-5-")
    }
    changes = {
        "premium_rows-TOTAL_FORMS": 7,
        "premium_rows-5-DELETE": "on",
        "premium_rows-6-id": "",
        "premium_rows-6-annual_high": 4_000_000,
    }
    assert save(admin_client, form_url_of(term), **added | changes).status_code == 302
    assert term.premium_rows.get(number=6).annual_high == 4_000_000


def test_a_published_code_and_the_place_of_a_legal_text_stay(admin_client, term):
    save(admin_client, form_url_of(term), code="other")
    assert PolicyTerm.objects.get().code == "2025"
    text = LegalText.objects.filter(kind="closing").first()
    save(admin_client, form_url_of(text), kind="privacy")
    text.refresh_from_db()
    assert text.kind == "closing"


def test_coverage_leaves_a_term_only_within_the_form_of_the_term(admin_client, term):
    changelist = reverse("admin:products_coveragecategory_changelist")
    ids = list(term.coverage_categories.values_list("pk", flat=True))
    data = {"action": "delete_selected", "_selected_action": ids, "post": "yes"}
    admin_client.post(changelist, data, secure=True)
    assert term.coverage_categories.count() == 3
    category = term.coverage_categories.first()
    draft = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    save(admin_client, form_url_of(category), term=draft.pk)
    category.refresh_from_db()
    assert category.term == term


def test_a_text_that_nobody_sees_is_no_text(admin_client, term):
    response = save(admin_client, form_url_of(term), premium_notes="\u200b\ufffe\u202e")
    assert response.status_code == 200
    assert "このフィールドは必須です" in response.content.decode()


def test_a_notice_with_control_characters_leaves_the_feed_in_order(admin_client, visit):
    url = reverse("admin:products_notice_add")
    data = {
        "title": "件\x08名\x0b\ufffe",
        "text": "本\x0b文",
        "public_from_0": "2025-10-01",
        "public_from_1": "09:00",
        "public_until_0": "",
        "public_until_1": "",
    }
    assert admin_client.post(url, data, secure=True).status_code == 302
    assert "件名" in visit("/news/feed.atom").html


def test_a_refused_value_keeps_what_was_typed_beside_a_japanese_message(admin_client):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    url = reverse("admin:contacts_desk_change", args=[desk.pk])
    html = admin_client.post(url, {"telephone": "でんわ"}, secure=True).content.decode()
    assert "電話番号は「03-5422-6351」のように" in html
    assert 'value="でんわ"' in html


@pytest.mark.parametrize(
    "name",
    [
        "contacts_desk",
        "products_product",
        "products_supportdesk",
        "products_securityprogram",
    ],
)
def test_what_the_pages_rely_on_cannot_be_added_or_deleted(admin_client, name):
    assert admin_client.get(reverse(f"admin:{name}_add"), secure=True).status_code == 403
    model = next(
        m for m in admin.site._registry if f"{m._meta.app_label}_{m._meta.model_name}" == name
    )
    row = model._default_manager.first()
    assert (
        admin_client.get(reverse(f"admin:{name}_delete", args=[row.pk]), secure=True).status_code
        == 403
    )


@pytest.mark.parametrize(
    ("public_from", "label"),
    [
        (None, "下書き"),
        ("2026-12-01T00:00", "公開予定"),
        ("2025-02-01T00:00", "公開中(満了)"),
    ],
)
def test_the_list_of_terms_says_what_visitors_see(admin_get, set_clock, public_from, label):
    PolicyTerm.objects.update(public_from=tokyo(public_from) if public_from else None)
    set_clock("2026-11-22T12:00")
    assert label in admin_get(reverse("admin:products_policyterm_changelist"))


def test_premium_rows_are_edited_within_their_term():
    inlines = admin.site._registry[PolicyTerm].inlines
    assert PremiumRow in {inline.model for inline in inlines}
